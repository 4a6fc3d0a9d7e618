//! Character folding: Traditional → Simplified, full-width letters → ASCII, invisible characters → nothing,
//! odd blanks → blank, styled letters (𝗴𝗿𝗲𝗮𝘁) → plain ones.

use super::Step;
use crate::text::{Rewriter, Signals, fold_char};

/// The step.
pub(in crate::text) struct Fold;

impl Step for Fold {
    fn applies(&self, signals: Signals) -> bool {
        signals.may_fold()
    }

    fn run(&self, text: &str, out: &mut Rewriter<'_>) {
        let mut buffer = [0; 4];
        for (i, c) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
            let end = i + c.len_utf8();
            match fold(c) {
                Folded::Same => {}
                Folded::Nothing => out.replace(i, end, ""),
                Folded::As(other) => out.replace(i, end, other.encode_utf8(&mut buffer)),
            }
        }
    }
}

enum Folded {
    Same,
    Nothing,
    As(char),
}

fn fold(c: char) -> Folded {
    match c as u32 {
        0..=0x7F => Folded::Same,
        // Invisible: soft hyphen, zero-width and direction marks, variation selectors, skin tones, marks.
        0xAD
        | 0x200B..=0x200C
        | 0x200E..=0x200F
        | 0x202A..=0x202E
        | 0x2060..=0x2064
        | 0xFEFF
        | 0xFE00..=0xFE0F
        | 0x1F3FB..=0x1F3FF
        | 0x0300..=0x036F => Folded::Nothing,
        0xA0 | 0x1680 | 0x2000..=0x200A | 0x202F | 0x205F | 0x3000 => Folded::As(' '),
        0x2028 | 0x2029 | 0x85 => Folded::As('\n'),
        0x1D400..=0x1D6A3 => styled(c),
        _ => match fold_char(c) {
            same if same == c => Folded::Same,
            other => Folded::As(other),
        },
    }
}

/// Mathematical alphabets of 52 letters each: A..Z a..z (Unicode chart U+1D400).
fn styled(c: char) -> Folded {
    let letter = (c as u32 - 0x1D400) % 52;
    let base = if letter < 26 { u32::from('A') + letter } else { u32::from('a') + letter - 26 };
    char::from_u32(base).map_or(Folded::Same, Folded::As)
}

#[cfg(test)]
mod tests {
    use super::*;

    super::super::step_contract!(Fold, [
        "這個東西很貴" => "这个东西很贵",
        "ＯＫ，it’s\u{200b} ok\u{feff}" => "OK，it's ok",
        "a\u{a0}b\u{3000}c" => "a b c",
        "👍🏽 ❤\u{fe0f}" => "👍 ❤",
        "𝗴𝗿𝗲𝗮𝘁" => "great",
    ]);
}
