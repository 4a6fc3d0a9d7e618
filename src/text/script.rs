//! Scripts: which letters a text is written in, and the folding of Traditional characters.

use std::sync::LazyLock;

/// First and last code point of the folding table (CJK Extension A to the end of the main block).
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;

/// For each Han character the one it is matched as, 0 where it stays.
static TRADITIONAL: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table = vec![0u16; (LAST - FIRST + 1) as usize];
    for line in include_str!("data/traditional.tsv").lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split('\t').filter_map(|f| f.chars().next());
        if let (Some(from), Some(to)) = (fields.next(), fields.next())
            && let Some(cell) = table.get_mut((from as u32).wrapping_sub(FIRST) as usize)
        {
            *cell = u16::try_from(to as u32).unwrap_or_default();
        }
    }
    table
});

/// The Simplified form of a Traditional character; `None` when it has no other form.
#[inline]
pub(crate) fn simplified(c: char) -> Option<char> {
    let cell = TRADITIONAL.get((c as u32).wrapping_sub(FIRST) as usize)?;
    if *cell == 0 { None } else { char::from_u32(u32::from(*cell)) }
}

/// One character as lists and texts are matched: Simplified, half width, plain apostrophe.
pub(crate) fn fold_char(c: char) -> char {
    match c {
        '\u{FF10}'..='\u{FF19}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' => {
            char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
        }
        '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{FF07}' => '\'',
        _ => simplified(c).unwrap_or(c),
    }
}

/// Whether the character is a Han character.
#[inline]
pub(crate) const fn is_han(c: char) -> bool {
    matches!(c as u32, 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF) || c == '〇'
}

/// Whether the character belongs to a script that is neither Latin nor Han.
const fn is_foreign(c: char) -> bool {
    matches!(c as u32,
        0x0370..=0x1FFF | 0x2C00..=0x2DFF | 0x3040..=0x30FF | 0x31F0..=0x31FF | 0xA4D0..=0xABFF
        | 0xAC00..=0xD7FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0xFF66..=0xFFDC)
}

/// Counts of characters and words by script, over one item.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ScriptCounts {
    /// Han characters.
    pub(crate) han: u32,
    /// Of these, characters written in Traditional form only.
    pub(crate) traditional: u32,
    /// Words of ASCII letters.
    pub(crate) words: u32,
    /// Of these, words that only English has so often.
    pub(crate) function_words: u32,
    /// Letters of other scripts, and Latin letters with marks.
    pub(crate) foreign: u32,
    /// Words with Latin letters that English does not use.
    pub(crate) accented: u32,
}

impl ScriptCounts {
    /// Counts one non-ASCII character.
    #[inline]
    pub(crate) fn count(&mut self, c: char) {
        if is_han(c) {
            self.han += 1;
        } else if is_foreign(c) {
            self.foreign += 1;
        } else if matches!(c as u32, 0x00C0..=0x024F) {
            self.accented += 1;
        }
    }

    /// Adds the counts of another text.
    pub(crate) fn add(&mut self, other: &Self) {
        self.han += other.han;
        self.traditional += other.traditional;
        self.words += other.words;
        self.function_words += other.function_words;
        self.foreign += other.foreign;
        self.accented += other.accented;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_lists_are_written_in() {
        assert_eq!("這個東西ＯＫ’".chars().map(fold_char).collect::<String>(), "这个东西OK'");
        assert_eq!(simplified('好'), None);
    }

    #[test]
    fn table_is_sorted_and_single() {
        let lines: Vec<char> = include_str!("data/traditional.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .map(|l| l.chars().next().unwrap())
            .collect();
        assert!(lines.windows(2).all(|w| w[0] < w[1]));
        assert!(lines.iter().all(|c| is_han(*c)));
    }

    #[test]
    fn folding_is_idempotent() {
        let again: Vec<char> = (FIRST..=LAST)
            .filter_map(char::from_u32)
            .filter(|c| simplified(*c).and_then(simplified).is_some_and(|d| d != simplified(*c).unwrap()))
            .collect();
        assert!(again.is_empty(), "fold to characters that fold again: {again:?}");
    }
}
