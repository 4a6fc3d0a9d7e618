//! Intensity: degree words before and behind, capitals, repeated letters, exclamation marks.

use crate::annotate::clause::Mark;
use crate::annotate::constants::Intensity;
use crate::lexicon::{List, degree};

/// Calls `each` with every degree word that acts on the opinion word `at`.
pub(super) fn degrees(marks: &[Mark], at: usize, constants: &Intensity, mut each: impl FnMut(&Mark)) {
    let Some(word) = marks.get(at) else { return };
    let is_degree = |m: &Mark| matches!(m.sense.list, List::Booster | List::Downtoner) && !m.overlaps(word);
    let mut edge = *word;
    for mark in marks.get(..at).unwrap_or_default().iter().rev() {
        // A degree word acts on the next opinion word only, over other degree words.
        if mark.sense.list == List::Valence && mark.distance(word) > 0 {
            break;
        }
        if is_degree(mark) && mark.sense.class != degree::POST && mark.distance(&edge) < constants.reach {
            each(mark);
            edge = *mark;
        }
    }
    for mark in marks.get(at + 1..).unwrap_or_default() {
        if mark.sense.list == List::Valence && word.distance(mark) > 0 {
            break;
        }
        if is_degree(mark) && mark.sense.class == degree::POST && word.distance(mark) < constants.reach {
            each(mark);
            return;
        }
    }
}

/// Whether an opinion word only tells the degree of the next one: 好 of 好难吃, "terribly" of "terribly good".
pub(super) fn only_degree(marks: &[Mark], at: usize) -> bool {
    let Some(word) = marks.get(at) else { return false };
    let twin = |m: &Mark| {
        m.term == word.term
            && m.span == word.span
            && matches!(m.sense.list, List::Booster | List::Downtoner)
            && m.sense.class != degree::POST
    };
    // The other senses of a term stand beside it.
    let start = |m: &&Mark| m.span.start == word.span.start;
    let mut before = marks.get(..at).unwrap_or_default().iter().rev().take_while(start);
    let after = marks.get(at + 1..).unwrap_or_default();
    if !(before.any(twin) || after.iter().take_while(start).any(twin)) {
        return false;
    }
    let touching = after.iter().take_while(|m| word.distance(m) == 0);
    touching.filter(|m| !m.overlaps(word)).any(Mark::is_opinion)
}

/// Factor of the way it is written.
pub(super) fn emphasis(word: &Mark, exclaims: u8, shouting: bool, constants: &Intensity) -> f32 {
    let mut factor = 1.0;
    if word.shouted && !shouting {
        factor *= constants.shouted;
    }
    if word.stretched {
        factor *= constants.stretched;
    }
    for _ in 0..exclaims {
        factor *= constants.exclaim;
    }
    factor
}
