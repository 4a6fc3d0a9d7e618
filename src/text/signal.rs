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

impl Signals {
    /// Looks over a text. The loops have no branches, so that the compiler makes vector code of them.
    pub(crate) fn of(text: &str) -> Self {
        let mut signals = Self::default();
        // A lane of eight bits counts the digits of one chunk without overflow.
        for chunk in text.as_bytes().chunks(255) {
            let (bits, digits) = chunk.iter().fold((0u8, 0u8), |(bits, digits), &b| {
                let here = u8::from(b == b'<')
                    | (u8::from(b == b'&') << 1)
                    | (u8::from(b == b'>') << 2)
                    | (u8::from(b == b'@') << 3)
                    | (u8::from(b >= 0x80) << 4);
                (bits | here, digits.wrapping_add(u8::from(b.wrapping_sub(b'0') < 10)))
            });
            signals.bits |= bits;
            signals.digits += u32::from(digits);
        }
        if signals.bits & WIDE != 0 {
            signals.look_wide(text);
        } else if has_run(text.as_bytes()) {
            signals.bits |= RUN;
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

/// Whether four equal bytes stand in a row.
fn has_run(bytes: &[u8]) -> bool {
    let shifted = |by: usize| bytes.get(by..).unwrap_or_default();
    let fourfold = bytes.iter().zip(shifted(1)).zip(shifted(2)).zip(shifted(3));
    fourfold.fold(0u8, |any, (((a, b), c), d)| any | (u8::from(a == b) & u8::from(b == c) & u8::from(c == d)))
        != 0
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
        assert_eq!(Signals::of("這個東西著").traditional, 3);
        assert!(Signals::of("ｏｋ").may_fold() && Signals::of("it’s").may_fold());
    }
}
