//! Reported speech: what a shop claims or a stranger says is not the customer's verdict.
//!
//! A speaker ("the label", 客服) with a verb of saying close behind ("reads", 说) reports what follows; the
//! verb may itself be the opinion word ("some people complain"). "I think" gives the word back.

use crate::annotate::clause::{Clauses, Mark};
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

/// The verb of saying in a clause that reports what somebody else says.
pub(super) fn reporting(clauses: &Clauses, number: usize) -> Option<&Mark> {
    let marks = clauses.marks_of(clauses.clauses.get(number)?);
    let mut speaker: Option<&Mark> = None;
    for mark in marks.iter().filter(|m| m.sense.list == List::Irrealis) {
        match mark.sense.class {
            irrealis::SPEAKER => speaker = Some(mark),
            irrealis::SPEECH if spoken(speaker, mark) => return Some(mark),
            irrealis::OWN => return None,
            _ => {}
        }
    }
    cited(clauses, number)
}

fn spoken(speaker: Option<&Mark>, verb: &Mark) -> bool {
    speaker.is_some_and(|s| s.distance(verb) <= REACH)
}

/// The verb of saying before a colon or quotation mark that opens the clause `at`: the label reads "healthy".
pub(super) fn cited(clauses: &Clauses, at: usize) -> Option<&Mark> {
    let clause = clauses.clauses.get(at).filter(|c| c.is_cited())?;
    let before = clauses.clauses.get(at.checked_sub(1)?).filter(|c| c.number + 1 == clause.number)?;
    let marks = clauses.marks_of(before);
    let verb = |m: &Mark| {
        m.sense.list == List::Irrealis && matches!(m.sense.class, irrealis::SPEECH | irrealis::REPORT)
    };
    let last = marks.iter().rposition(|m| verb(m) && m.unit_end == clause.unit)?;
    let alone = marks.get(last).filter(|m| m.sense.class == irrealis::REPORT);
    alone.or_else(|| reported(marks, last))
}

/// Index after the last mark before `at` that says that the customer speaks; 0 when there is none.
pub(super) fn own_voice(marks: &[Mark], at: usize) -> usize {
    let own = |m: &Mark| m.sense.list == List::Irrealis && m.sense.class == irrealis::OWN;
    marks.get(..at).unwrap_or_default().iter().rposition(own).map_or(0, |i| i + 1)
}
