//! Negation: who turns what, within the clause.

use crate::annotate::clause::Mark;
use crate::annotate::constants::Negation;
use crate::lexicon::{List, negator, valence};

/// What negation does to one opinion word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Turn {
    /// Factor on the weight: negative turns the sign.
    pub(super) factor: f32,
    /// Index of the nearest negator in the clause.
    pub(super) by: usize,
}

/// The negation of the opinion word `at` among the marks of its clause.
///
/// A negator acts on what follows within its reach, up to the first opinion word and those close behind
/// it. Two negators cancel, but what is left is weaker ("not without charm").
pub(super) fn turn(marks: &[Mark], at: usize, constants: &Negation) -> Option<Turn> {
    // An emoji stands for itself, whatever the words before it say.
    let word = marks.get(at).filter(|m| m.sense.list != List::Symbol)?;
    let mut acting = marks.iter().enumerate().filter(|(i, m)| acts(marks, *i, m, at, word, constants));
    let (first, negator) = acting.next()?;
    let (mut by, mut strength, mut count) = (first, negator.sense.value, 1);
    for (i, next) in acting {
        by = i;
        strength = strength.min(next.sense.value);
        count += 1;
    }
    if count % 2 == 0 {
        return Some(Turn { factor: 0.8, by });
    }
    let absence = marks.get(by).is_some_and(|m| m.sense.class == negator::ABSENCE);
    let left = left_over(word, absence, constants);
    // A weak negator (不太, hardly ever) turns less than a full one.
    Some(Turn { factor: -left * strength.max(0.3), by })
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
    let han = mark.span.end - mark.span.start >= 3 * (mark.unit_end - mark.unit).max(1);
    let reach = if han { constants.reach_han } else { constants.reach };
    if mark.distance(word) > reach {
        return false;
    }
    // Behind the first opinion word only what stands close is still meant ("not good or cheap").
    let mut between = marks.get(i + 1..at).unwrap_or_default().iter();
    between.all(|m| m.sense.list != List::Valence || m.sense.class == valence::CUE || m.distance(word) <= 2)
}
