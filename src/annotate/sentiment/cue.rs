//! Learned cues: words that lean to one side only in sum.
//!
//! A cue takes what its clause does to all its words: the side of a contrast, a wish, a question word or a report,
//! a title. It is not turned by negators, for pairs of words say that themselves ("not returned", 不退), and is no
//! opinion. Where a listed word speaks, the cues inside it are silent.

use super::valence::{Place, Steps};
use super::{irrealis, report};
use crate::annotate::clause::Mark;
use crate::annotate::insight::{Insight, StepKind};
use crate::lexicon::{CueHit, List};
use crate::span::CleanSpan;

/// Weighs the cues of a clause.
pub(super) fn fire(place: &Place<'_>, insight: &mut Insight) {
    let (first, end) = place.clause.cues;
    let cues = place.reading.cues.get(first as usize..end as usize).unwrap_or_default();
    if cues.is_empty() {
        return;
    }
    let mut steps = place.steps(insight);
    place.contrast(&mut steps);
    unreal(place, &mut steps);
    place.title(&mut steps);
    let (factor, steps) = (steps.factor, steps.range());
    let mut marks = place.marks;
    let judged = marks.iter().any(|m| m.sense.list == List::Symbol || m.is_opinion());
    let free = cues.iter().filter(|cue| !is_spoken_for(&mut marks, cue, judged));
    insight.firings.extend(free.map(|cue| {
        let span = CleanSpan::new(cue.start, cue.end);
        place.reading.firing(cue.term.0, span, cue.value * factor, steps)
    }));
}

/// Whether a listed word that has a say in the sentiment stands there already; the cues run by their ends.
///
/// Negators and degree words have said theirs where there is an opinion to act on; a "not" that turns nothing
/// ("did not arrive") is a cue.
fn is_spoken_for(marks: &mut &[Mark], cue: &CueHit, judged: bool) -> bool {
    while let Some((_, rest)) = marks.split_first().filter(|(m, _)| m.span.end <= cue.start) {
        *marks = rest;
    }
    let beside = marks.iter().take_while(|m| m.span.start <= cue.start);
    let speaks = |m: &&Mark| match m.sense.list {
        List::Valence | List::Symbol => true,
        list => judged && list.group() == List::Valence.group(),
    };
    beside.filter(speaks).any(|m| cue.end <= m.span.end)
}

/// A wish, a question word or a report damps all that the clause says.
fn unreal(place: &Place<'_>, steps: &mut Steps<'_>) {
    if let Some(mark) = place.marks.iter().find(|m| irrealis::damps(m)) {
        steps.add(StepKind::Irrealis, Some(mark.span), mark.sense.value);
    } else if let Some(verb) = report::reporting(place.reading.clauses, place.number) {
        steps.add(StepKind::Irrealis, Some(verb.span), place.constants.irrealis.report);
    }
}
