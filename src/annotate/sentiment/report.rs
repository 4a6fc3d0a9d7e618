//! Reported speech: what a shop claims or a stranger says is not the customer's verdict.
//!
//! A speaker ("the label", 客服) with a verb of saying close behind ("reads", 说) reports what follows; the
//! verb may itself be the opinion word ("some people complain"). "I think" gives the word back.

use crate::annotate::clause::Mark;
use crate::lexicon::{List, irrealis};

/// Units between a speaker and the verb of saying.
const REACH: u32 = 2;
/// Units over which one verb reports.
const SCOPE: u32 = 12;

/// The verb of saying that reports the opinion word `at`.
pub(super) fn reported(marks: &[Mark], at: usize) -> Option<&Mark> {
    let word = marks.get(at)?;
    let mut speaker: Option<&Mark> = None;
    for mark in marks.iter().take_while(|m| m.unit <= word.unit).filter(|m| m.sense.list == List::Irrealis) {
        match mark.sense.class {
            irrealis::SPEAKER if !mark.overlaps(word) => speaker = Some(mark),
            irrealis::SPEECH if spoken(speaker, mark) && mark.distance(word) <= SCOPE => return Some(mark),
            _ => {}
        }
    }
    None
}

fn spoken(speaker: Option<&Mark>, verb: &Mark) -> bool {
    speaker.is_some_and(|s| s.distance(verb) <= REACH)
}

/// Index after the last mark before `at` that says that the customer speaks; 0 when there is none.
pub(super) fn own_voice(marks: &[Mark], at: usize) -> usize {
    let own = |m: &Mark| m.sense.list == List::Irrealis && m.sense.class == irrealis::OWN;
    marks.get(..at).unwrap_or_default().iter().rposition(own).map_or(0, |i| i + 1)
}
