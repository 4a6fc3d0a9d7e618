//! Exact duplicates: equal after folding case, width, script and blanks.

use crate::feedback::Feedback;
use crate::text::fold_char;
use crate::text::script::is_han;
use rustc_hash::FxHashMap;
use std::hash::Hasher;

/// Shorter texts ("好评", "very good") are naturally equal and no duplicates.
const MIN_HAN: usize = 8;
/// The same for words of other scripts.
const MIN_WORDS: usize = 5;

/// Remembers texts by a 64-bit print and tells which item said the same first.
///
/// Memory: about 24 bytes a distinct text. Two different texts get one print with a probability of
/// about n²/2⁶⁵.
///
/// ```
/// use candor::{Feedback, text::dedup::ExactIndex};
/// let mut seen = ExactIndex::default();
/// let first = Feedback::from_text("The strap broke after two days of use");
/// let again = Feedback::from_text("the strap  broke after two days of use ");
/// assert_eq!(seen.insert(&first), None);
/// assert_eq!(seen.insert(&again), Some(0));
/// ```
#[derive(Debug, Clone, Default)]
pub struct ExactIndex {
    first: FxHashMap<u64, u64>,
    items: u64,
}

impl ExactIndex {
    /// Adds an item; the number (counted from 0) of the first item with the same words, if there is one.
    pub fn insert(&mut self, feedback: &Feedback) -> Option<u64> {
        let item = self.items;
        self.items += 1;
        let print = print(feedback)?;
        match self.first.entry(print) {
            std::collections::hash_map::Entry::Occupied(e) => Some(*e.get()),
            std::collections::hash_map::Entry::Vacant(e) => {
                e.insert(item);
                None
            }
        }
    }
}

/// Print of the words and product of an item; `None` when it is too short to be a duplicate.
fn print(feedback: &Feedback) -> Option<u64> {
    let mut hasher = rustc_hash::FxHasher::default();
    let (mut han, mut words) = (0, 0);
    let turns = feedback.turns().iter().filter(|t| t.role.is_read()).map(|t| t.text.as_str());
    for field in [feedback.title(), feedback.text()].into_iter().chain(turns) {
        for word in field.split_whitespace() {
            words += 1;
            for c in word.chars().map(fold_char).flat_map(char::to_lowercase) {
                han += usize::from(is_han(c));
                hasher.write_u32(c as u32);
            }
            hasher.write_u8(b' ');
        }
    }
    hasher.write(feedback.product().unwrap_or_default().as_bytes());
    (han >= MIN_HAN || words >= MIN_WORDS).then(|| hasher.finish())
}
