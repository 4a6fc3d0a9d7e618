//! Comparison: what is said of the thing before or beside this one counts for the other side.

use crate::annotate::clause::Mark;
use crate::annotate::constants::Comparison;
use crate::lexicon::{List, irrealis};

/// Units between a rival and what is said of it: "my old phone was terrible"; or praise and its measure.
const REACH: u32 = 3;
/// Marks looked back upon.
const REMEMBERED: usize = 8;

/// Factor on an opinion of another thing, with the words that tell; `good` and `negated` are what modifiers made of it.
pub(super) fn of_other<'a>(
    marks: &'a [Mark],
    at: usize,
    (good, negated): (bool, bool),
    constants: &Comparison,
) -> Option<(f32, &'a Mark)> {
    if let Some(rival) = rival(marks, at) {
        return Some((if good { -constants.rival_good } else { -constants.rival_bad }, rival));
    }
    measure(marks, at).filter(|_| good && !negated).map(|measure| (-constants.rival_good, measure))
}

/// The rival an opinion is about.
///
/// It must be what the clause is about: after another opinion or a negator ("not as good as my old one") it is
/// only the measure.
fn rival(marks: &[Mark], at: usize) -> Option<&Mark> {
    let word = marks.get(at)?;
    let speaks = |m: &&Mark| matches!(m.sense.list, List::Valence | List::Negator | List::Irrealis);
    let first =
        marks.iter().take_while(|m| m.unit < word.unit).find(|m| speaks(m) && m.sense.value != 0.0)?;
    (is_of(first, irrealis::RIVAL) && first.distance(word) <= REACH).then_some(first)
}

/// This thing as the measure of another: "theirs is softer than this", 那家比这家好; not where nothing is said to be
/// better.
fn measure(marks: &[Mark], at: usize) -> Option<&Mark> {
    let word = marks.get(at)?;
    let (before, after) = (marks.get(..at)?.iter().rev().take(REMEMBERED), marks.get(at + 1..)?);
    if before.clone().any(|m| m.sense.list == List::Negator) {
        return None;
    }
    let own = |m: &&Mark| is_of(m, irrealis::MEASURE);
    if word.han {
        return before.take_while(|m| m.distance(word) <= REACH).find(own);
    }
    after.iter().take_while(|m| word.distance(m) <= REACH).find(own)
}

fn is_of(mark: &Mark, class: u8) -> bool {
    mark.sense.list == List::Irrealis && mark.sense.class == class
}
