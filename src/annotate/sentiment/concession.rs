//! Concession: 便宜是便宜，就是不好用 grants what it says twice, and means what follows.

use crate::annotate::clause::{Clauses, Mark};
use crate::lexicon::List;

/// What a granted opinion counts.
const GRANTED: f32 = 0.2;
/// Units beside the word among which its double is looked for.
const NEAR: u32 = 8;

/// The factor on the word `at` when it is granted: said twice with one character between, and the sentence
/// goes on.
pub(super) fn conceded(clauses: &Clauses, number: usize, at: usize) -> Option<f32> {
    let clause = clauses.clauses.get(number)?;
    let next = clauses.clauses.get(number + 1)?;
    if next.sentence != clause.sentence {
        return None;
    }
    let marks = clauses.marks_of(clause);
    let word = marks.get(at)?;
    let double = |m: &Mark| {
        let apart = word.distance(m).max(m.distance(word));
        m.term == word.term && m.sense.list == List::Valence && m.span != word.span && apart == 1
    };
    let before = marks.get(..at)?.iter().rev().take_while(|m| m.unit + NEAR >= word.unit);
    let after = marks.get(at + 1..)?.iter().take_while(|m| word.unit + NEAR >= m.unit);
    before.chain(after).any(double).then_some(GRANTED)
}
