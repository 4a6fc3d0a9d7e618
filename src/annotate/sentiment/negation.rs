//! Negation: who turns what, within the clause.

use super::coordination;
use crate::annotate::clause::{Clauses, Mark};
use crate::annotate::constants::Negation;
use crate::lexicon::{List, degree, negator, valence};
use crate::span::CleanSpan;

/// What negation does to one opinion word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Turn {
    /// Factor on the weight: negative turns the sign.
    pub(super) factor: f32,
    /// The nearest negator.
    pub(super) by: CleanSpan,
}

/// What is left of an opinion that two negators turn ("not without charm").
const TURNED_TWICE: f32 = 0.8;

/// The negation of the opinion word `at` of a clause.
///
/// A negator acts on what follows within its reach, up to the first opinion word and those joined to it.
/// Two negators cancel unless the second repeats the first; a list hands its negator on over its commas.
pub(super) fn turn(clauses: &Clauses, number: usize, at: usize, constants: &Negation) -> Option<Turn> {
    let marks = clauses.clauses.get(number).map_or(&[][..], |c| clauses.marks_of(c));
    // An emoji stands for itself, whatever the words before it say.
    let word = marks.get(at).filter(|m| m.sense.list != List::Symbol)?;
    let Some(acting) = acting(marks, at, word, constants) else {
        let by = coordination::listed(clauses, number, at)?;
        let left = left_over(word, is_absence(by), constants);
        return Some(Turn { factor: -left * by.sense.value.max(WEAKEST), by: by.span });
    };
    if acting.count % 2 == 0 {
        return Some(Turn { factor: TURNED_TWICE, by: acting.nearest.span });
    }
    let left = left_over(word, is_absence(&acting.nearest), constants);
    // A weak negator (不太, hardly ever) turns less than a full one.
    Some(Turn { factor: -left * acting.strength.max(WEAKEST), by: acting.nearest.span })
}

/// What even the weakest negator turns.
const WEAKEST: f32 = 0.3;

/// The negators that reach one word.
struct Acting {
    nearest: Mark,
    strength: f32,
    count: u32,
}

fn acting(marks: &[Mark], at: usize, word: &Mark, constants: &Negation) -> Option<Acting> {
    let mut all: Option<Acting> = None;
    for (i, mark) in marks.iter().enumerate() {
        if !acts(marks, i, mark, at, word, constants) {
            continue;
        }
        all = Some(match all {
            // "Not pretty and not comfortable": the first negator is spent on "pretty". "Don't need no
            // help": the second only says it again.
            Some(a) if is_spent(marks, &a.nearest, i) || repeats(&a.nearest, mark) => {
                let strength = if repeats(&a.nearest, mark) { a.strength } else { mark.sense.value };
                Acting { nearest: *mark, strength, count: 1 }
            }
            Some(a) => {
                Acting { nearest: *mark, strength: a.strength.min(mark.sense.value), count: a.count + 1 }
            }
            None => Acting { nearest: *mark, strength: mark.sense.value, count: 1 },
        });
    }
    all
}

/// Whether an opinion word stands between a negator and the mark `i`.
fn is_spent(marks: &[Mark], negator: &Mark, i: usize) -> bool {
    let before = marks.get(..i).unwrap_or_default().iter().rev();
    before.take_while(|m| m.unit >= negator.unit_end).any(Mark::is_opinion)
}

/// Whether a negator only says again what the one before it says: "don't need no", "nobody never".
fn repeats(first: &Mark, second: &Mark) -> bool {
    let none = |m: &Mark| m.sense.class == negator::NONE;
    none(second) || none(first) && second.sense.class == negator::NEVER
}

fn is_absence(mark: &Mark) -> bool {
    matches!(mark.sense.class, negator::ABSENCE | negator::NONE)
}

/// Share of the weight that remains on the other side.
fn left_over(word: &Mark, absence: bool, constants: &Negation) -> f32 {
    match (word.sense.list, word.sense.class) {
        (List::Valence, valence::CUE) => constants.cue,
        (List::Valence, valence::PROBLEM) if absence => constants.problem,
        _ if word.sense.value > 0.0 => constants.positive,
        _ => constants.negative,
    }
}

/// Whether the mark `i` is a negator that reaches the word `at`.
fn acts(marks: &[Mark], i: usize, mark: &Mark, at: usize, word: &Mark, constants: &Negation) -> bool {
    if mark.sense.list != List::Negator || mark.overlaps(word) {
        return false;
    }
    if mark.sense.class == negator::POST {
        return i > at && word.distance(mark) <= 1;
    }
    if i > at {
        return false;
    }
    let reach = if mark.han { constants.reach_han } else { constants.reach };
    let between = marks.get(i + 1..at).unwrap_or_default();
    mark.distance(word) <= reach
        && !(mark.sense.class == negator::NEVER && between.iter().any(is_such))
        && coordination::passes(between, word)
}

/// "Never had such a": the negator makes a superlative.
fn is_such(mark: &Mark) -> bool {
    mark.sense.list == List::Booster && mark.sense.class == degree::SUCH
}
