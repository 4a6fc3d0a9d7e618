//! One look over a text before it is cleaned: which steps have anything to do.

use super::script::{is_han, simplified};

/// What a text holds; computed in one pass, so that the steps need not look each for themselves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Signals {
    bits: u8,
    digits: u32,
    /// Characters that only Traditional script has.
    pub(crate) traditional: u32,
}

const LESS: u8 = 1;
const AMPERSAND: u8 = 1 << 1;
const GREATER: u8 = 1 << 2;
const AT: u8 = 1 << 3;
const WIDE: u8 = 1 << 4;
const RUN: u8 = 1 << 5;
const FOLDS: u8 = 1 << 6;
const DIGIT: u8 = 1 << 7;

/// Bits of each byte.
static CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let mut i = 0;
    while i < 256 {
        class[i] = match i as u8 {
            b'<' => LESS,
            b'&' => AMPERSAND,
            b'>' => GREATER,
            b'@' => AT,
            b'0'..=b'9' => DIGIT,
            0x80.. => WIDE,
            _ => 0,
        };
        i += 1;
    }
    class
};

impl Signals {
    /// Looks over a text.
    pub(crate) fn of(text: &str) -> Self {
        let mut signals = Self::default();
        // Three equal bytes and a fourth: the run that the repeat step cuts.
        let (mut last, mut run) = (0u8, 0u32);
        for &byte in text.as_bytes() {
            let class = CLASS.get(byte as usize).copied().unwrap_or_default();
            signals.bits |= class;
            signals.digits += u32::from(class >> 7);
            run = if byte == last { run + 1 } else { 0 };
            last = byte;
            if run >= 3 {
                signals.bits |= RUN;
            }
        }
        if signals.bits & WIDE != 0 {
            signals.look_wide(text);
        }
        signals
    }

    /// The part that needs characters.
    fn look_wide(&mut self, text: &str) {
        let (mut last, mut run) = ('\0', 0);
        for c in text.chars() {
            run = if c == last { run + 1 } else { 0 };
            last = c;
            if run >= 3 {
                self.bits |= RUN;
            }
            if is_han(c) {
                if simplified(c).is_some() {
                    self.bits |= FOLDS;
                    // These five are written in Simplified texts as well.
                    self.traditional += u32::from(!matches!(c, '著' | '乾' | '係' | '瞭' | '藉' | '徵'));
                }
            } else if !c.is_ascii() && !is_plain_sign(c) {
                self.bits |= FOLDS;
            }
        }
    }

    const fn has(self, bit: u8) -> bool {
        self.bits & bit != 0
    }

    /// A tag may be there.
    pub(super) const fn may_hold_tags(self) -> bool {
        self.has(LESS)
    }

    /// A character reference may be there.
    pub(super) const fn may_hold_entities(self) -> bool {
        self.has(AMPERSAND)
    }

    /// Quoted lines or a repost chain may be there.
    pub(super) const fn may_hold_quotes(self) -> bool {
        self.has(GREATER) || self.has(AT)
    }

    /// A character that folds may be there.
    pub(super) const fn may_fold(self) -> bool {
        self.has(FOLDS)
    }

    /// A run of four may be there.
    pub(super) const fn may_hold_runs(self) -> bool {
        self.has(RUN)
    }

    /// An address or a phone number may be there: an at sign or seven digits.
    pub(crate) const fn may_hold_personal_data(self) -> bool {
        self.has(AT) || self.digits >= 7
    }
}

/// Chinese punctuation that no step touches.
const fn is_plain_sign(c: char) -> bool {
    matches!(c as u32, 0x3001..=0x301F | 0xFF01..=0xFF0F | 0xFF1A..=0xFF20 | 0x2014 | 0x2026 | 0x201C | 0x201D)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_text_needs_nothing() {
        for text in ["It is good. Really, 10 of 10!", "很好用，推荐！"] {
            let s = Signals::of(text);
            assert!(!(s.may_hold_tags() || s.may_hold_entities() || s.may_hold_quotes()));
            assert!(!(s.may_fold() || s.may_hold_runs() || s.may_hold_personal_data()), "{text}");
        }
    }

    #[test]
    fn each_step_is_called() {
        assert!(Signals::of("<b>").may_hold_tags() && Signals::of("&amp;").may_hold_entities());
        assert!(Signals::of("哈哈哈哈").may_hold_runs() && Signals::of("soooo").may_hold_runs());
        assert_eq!(Signals::of("這個東西著").traditional, 4);
        assert!(Signals::of("ｏｋ").may_fold() && Signals::of("it’s").may_fold());
    }
}
