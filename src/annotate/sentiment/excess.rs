//! Excess: "too sweet" blames with a good word, "not too sweet" praises.

use crate::annotate::clause::Mark;
use crate::annotate::constants::Excess;
use crate::lexicon::{List, degree, negator, valence};

/// Factor on a good quality that one can have too much of, with the word that says so.
///
/// Only qualities that are graded that way turn: "too cute" is praise.
pub(super) fn excess<'a>(marks: &'a [Mark], at: usize, constants: &Excess) -> Option<(f32, &'a Mark)> {
    let word = marks.get(at)?;
    let graded = word.sense.list == List::Valence && word.sense.class == valence::GRADED;
    if !graded || word.sense.value <= 0.0 {
        return None;
    }
    let acts = |m: &&Mark| matches!(m.sense.list, List::Booster | List::Negator) && !m.overlaps(word);
    let mut near = marks.get(..at)?.iter().rev().filter(acts).take_while(|m| m.distance(word) <= 1);
    near.find_map(|m| match (m.sense.list, m.sense.class) {
        (List::Booster, degree::EXCESS) => Some((-constants.over, m)),
        (List::Negator, negator::EXCESS) => Some((constants.not_over, m)),
        _ => None,
    })
}
