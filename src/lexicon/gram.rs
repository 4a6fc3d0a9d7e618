//! Cues: one or two words, or one to four Han characters, found by a number that stands for them.
//!
//! Cues overlap ("not worth" beside "not" and "worth"), so the longest-match pass of the other lists is not for
//! them: each place asks for the few numbers that end there.

use super::scan::Scan;
use super::table::Table;
use super::vocabulary::TermId;
use super::words::Key;
use crate::text::{Token, Tokens, is_han};

/// A cue found in the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct CueHit {
    /// First byte in the cleaned text.
    pub(crate) start: u32,
    /// One past the last.
    pub(crate) end: u32,
    pub(crate) term: TermId,
    pub(crate) value: f32,
}

impl Scan {
    #[inline]
    pub(super) fn cue(&mut self, bit: u32, start: usize, end: usize, cue: Cue) {
        self.cues.push(CueHit {
            start: start as u32,
            end: end as u32,
            term: TermId(cue.term | bit),
            value: cue.value,
        });
    }

    /// The cues that a word ends: itself, and the pair with the word before.
    #[inline]
    pub(super) fn word_cues(&mut self, table: &Table, bit: u32, start: usize, end: usize, number: u64) {
        let (first, before) = self.before;
        if before != BREAK
            && let Some(cue) = table.grams().find(pair(before, number))
        {
            self.cue(bit, first as usize, end, cue);
        }
        if let Some(cue) = table.grams().find(number) {
            self.cue(bit, start, end, cue);
        }
        self.before = (start as u32, number);
    }

    /// Drops the base cues that the overlay has too.
    #[cold]
    pub(super) fn override_cues(&mut self) {
        self.cues.sort_unstable_by_key(|c| (c.end, c.start, !c.term.is_overlay()));
        self.cues.dedup_by_key(|c| (c.end, c.start));
    }
}

/// Han characters in the longest cue.
const LONGEST: usize = 4;
/// Number of a place behind which no pair of words begins.
pub(super) const BREAK: u64 = 0;

/// The number of a pair of words from theirs. Numbers of words and pairs are hashes of 64 bits, those of Han
/// characters are the characters themselves; that two of them meet is as good as impossible.
#[inline]
fn pair(first: u64, second: u64) -> u64 {
    (first.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ second).rotate_left(29) | 1
}

/// A cue: its number in the vocabulary and what it is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cue {
    pub(super) term: u32,
    pub(super) value: f32,
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    number: u64,
    cue: Cue,
}

/// Cues by number: open addressing, behind a filter of one bit a number that most places do not pass.
#[derive(Debug, Clone, Default)]
pub(super) struct Grams {
    cells: Vec<Cell>,
    filter: Vec<u64>,
    /// Whether there are wide ones.
    wide: bool,
}

impl Grams {
    /// Places the cues `terms`; those that no text can hold are left out.
    pub(super) fn build(terms: &[(&str, Cue)]) -> Self {
        if terms.is_empty() {
            return Self::default();
        }
        let mut grams = Self {
            cells: vec![
                Cell { number: BREAK, cue: Cue { term: 0, value: 0.0 } };
                (2 * terms.len()).next_power_of_two()
            ],
            filter: vec![0; (terms.len() / 4).next_power_of_two()],
            wide: terms.iter().any(|(text, _)| !text.is_ascii()),
        };
        for (text, cue) in terms {
            if let Some(number) = number(text) {
                grams.insert(number, *cue);
            }
        }
        grams
    }

    fn insert(&mut self, number: u64, cue: Cue) {
        let (cell, bit) = self.bit(number);
        if let Some(cell) = self.filter.get_mut(cell) {
            *cell |= bit;
        }
        let mask = self.cells.len() - 1;
        let mut at = place(number) & mask;
        while self.cells.get(at).is_some_and(|c| c.number != BREAK && c.number != number) {
            at = (at + 1) & mask;
        }
        if let Some(cell) = self.cells.get_mut(at) {
            *cell = Cell { number, cue };
        }
    }

    #[inline]
    fn bit(&self, number: u64) -> (usize, u64) {
        let mixed = number.wrapping_mul(0xD6E8_FEB8_6659_FD93);
        ((mixed >> 40) as usize & self.filter.len().wrapping_sub(1), 1 << ((mixed >> 34) & 63))
    }

    /// The cue with this number.
    #[inline]
    pub(super) fn find(&self, number: u64) -> Option<Cue> {
        let (cell, bit) = self.bit(number);
        if self.filter.get(cell).is_none_or(|c| c & bit == 0) {
            return None;
        }
        let mask = self.cells.len().wrapping_sub(1);
        let mut at = place(number) & mask;
        while let Some(cell) = self.cells.get(at).filter(|c| c.number != BREAK) {
            if cell.number == number {
                return Some(cell.cue);
            }
            at = (at + 1) & mask;
        }
        None
    }

    /// Calls `each` with every cue in a run of Han characters: its first and last byte and its term.
    #[inline]
    pub(super) fn wide(&self, run: &str, mut each: impl FnMut(usize, usize, Cue)) {
        if !self.wide {
            return;
        }
        let mut window = 0u64;
        for (at, char) in run.char_indices() {
            // Sixteen bits a character: the window always holds the last four.
            window = (window << 16) | u64::from(char as u32 & 0xFFFF);
            let end = at + char.len_utf8();
            for (length, mask) in WINDOWS {
                if end < 3 * length {
                    continue;
                }
                if let Some(cue) = self.find(window & mask) {
                    each(end - 3 * length, end, cue);
                }
            }
        }
    }

    /// Bytes held.
    pub(super) fn heap_bytes(&self) -> usize {
        self.cells.capacity() * size_of::<Cell>() + self.filter.capacity() * 8
    }
}

/// Lengths, longest first, with the masks of so many last characters.
const WINDOWS: [(usize, u64); LONGEST] =
    [(4, u64::MAX), (3, 0xFFFF_FFFF_FFFF), (2, 0xFFFF_FFFF), (1, 0xFFFF)];

#[inline]
const fn place(number: u64) -> usize {
    (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize
}

/// Calls `each` with the number and the words of everything in a cleaned text that could be a cue.
pub(crate) fn each_gram(text: &str, mut each: impl FnMut(u64, &str)) {
    let mut before = (0, BREAK);
    for token in Tokens::new(text) {
        match token {
            Token::Word { start, end } | Token::Number { start, end } => {
                let word = text.get(start..end).unwrap_or_default();
                let folded = Key::folded(word.as_bytes(), word.len());
                let number = folded.map_or(BREAK, |(key, _)| key.number());
                if number != BREAK {
                    each(number, word);
                }
                if number != BREAK && before.1 != BREAK {
                    each(pair(before.1, number), text.get(before.0..end).unwrap_or_default());
                }
                before = (start, number);
            }
            Token::Sign { .. } => {}
            Token::Han { start, end } => {
                before.1 = BREAK;
                each_run(text.get(start..end).unwrap_or_default(), &mut each);
            }
            _ => before.1 = BREAK,
        }
    }
}

/// The runs of one to four Han characters.
fn each_run(run: &str, each: &mut impl FnMut(u64, &str)) {
    for start in (0..run.len()).step_by(3) {
        let longest = (run.len() - start).min(3 * LONGEST);
        for end in (start + 3..=start + longest).step_by(3) {
            if let Some((number, words)) = run.get(start..end).and_then(|w| Some((number(w)?, w))) {
                each(number, words);
            }
        }
    }
}

/// The number of a cue as it is listed.
fn number(text: &str) -> Option<u64> {
    if text.is_ascii() {
        let mut words = text.split(' ').map(|w| Key::new(w.as_bytes()).map(|k| k.number()));
        let first = words.next()??;
        return match (words.next(), words.next()) {
            (None, _) => Some(first),
            (Some(second), None) => Some(pair(first, second?)),
            _ => None,
        };
    }
    let fits = text.chars().count() <= LONGEST && text.chars().all(|c| is_han(c) && c.len_utf8() == 3);
    fits.then(|| text.chars().fold(0, |window, c| (window << 16) | u64::from(c as u32)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_end_at_a_place_are_found() {
        let terms = ["不", "不好", "太不好了", "好了", "not worth"];
        let cues: Vec<(&str, Cue)> =
            terms.into_iter().zip((0..).map(|term| Cue { term, value: 0.5 })).collect();
        let grams = Grams::build(&cues);
        let mut found = Vec::new();
        grams.wide("太不好了", |start, end, cue| found.push((start, end, cue.term)));
        assert_eq!(found, [(3, 6, 0), (3, 9, 1), (0, 12, 2), (6, 12, 3)]);
        let word = |w: &str| Key::new(w.as_bytes()).unwrap().number();
        assert_eq!(grams.find(pair(word("not"), word("worth"))), Some(Cue { term: 4, value: 0.5 }));
        assert_eq!(grams.find(pair(word("worth"), word("not"))), None);
        assert_eq!(Grams::default().find(word("not")), None);
    }
}
