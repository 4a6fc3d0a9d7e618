//! Learned cues: words that lean to one side only in sum.
//!
//! A cue takes what its clause does to all its words: the side of a contrast, a wish, a question word or a report,
//! a title. It is not turned by negators, for pairs of words say that themselves ("not returned", 不退), and is no
//! opinion. Where a listed word speaks, the cues inside it are silent.

use super::valence::Reading;
use super::{contrast, irrealis, report};
use crate::annotate::clause::{Clause, Mark};
use crate::annotate::constants::Constants;
use crate::annotate::insight::{Field, Firing, Insight, Step, StepKind};
use crate::lexicon::{CueHit, List};
use crate::span::CleanSpan;

/// Weighs the cues of the clause `number`.
pub(super) fn fire(
    reading: &Reading<'_>,
    number: usize,
    clause: &Clause,
    constants: &Constants,
    insight: &mut Insight,
) {
    let cues = reading.cues.get(clause.cues.0 as usize..clause.cues.1 as usize).unwrap_or_default();
    if cues.is_empty() {
        return;
    }
    let first = insight.steps.len() as u32;
    let mut marks = reading.clauses.marks_of(clause);
    let judged = marks.iter().any(|m| m.sense.list == List::Symbol || m.is_opinion());
    let factor = surroundings(reading, number, constants, &mut insight.steps);
    let steps = (first, insight.steps.len() as u32);
    let free = cues.iter().filter(|cue| !is_spoken_for(&mut marks, cue, judged));
    insight.firings.extend(free.map(|cue| Firing {
        rule: cue.term.0,
        field: reading.field,
        span: Some(reading.map.original(CleanSpan::new(cue.start, cue.end))),
        weight: cue.value * factor,
        effect: 0.0,
        steps,
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

/// What the clause does to all its cues, in steps that all of them share.
fn surroundings(reading: &Reading<'_>, number: usize, constants: &Constants, steps: &mut Vec<Step>) -> f32 {
    let mut factor = 1.0;
    let mut add = |kind, span: Option<CleanSpan>, by: f32| {
        if by != 1.0 {
            factor *= by;
            steps.push(Step { kind, span: span.map(|s| reading.map.original(s)), factor: by });
        }
    };
    let side = contrast::side(reading.clauses, number, &constants.contrast);
    let by = side.by.and_then(|i| reading.clauses.marks.get(i as usize)).map(|m| m.span);
    add(StepKind::Contrast, by, side.factor);
    if let Some((by, value)) = unreal(reading, number, constants) {
        add(StepKind::Irrealis, Some(by.span), value);
    }
    if reading.field == Field::Title {
        add(StepKind::Title, None, constants.title.factor);
    }
    factor
}

/// What makes the clause a wish, a question or a report.
fn unreal<'a>(reading: &Reading<'a>, number: usize, constants: &Constants) -> Option<(&'a Mark, f32)> {
    let clause = reading.clauses.clauses.get(number)?;
    let mut marks = reading.clauses.marks_of(clause).iter().filter(|m| m.sense.list == List::Irrealis);
    // Most clauses have neither.
    marks.clone().next().is_some().then_some(()).or(clause.is_cited().then_some(()))?;
    if let Some(mark) = marks.find(|m| irrealis::damps(m)) {
        return Some((mark, mark.sense.value));
    }
    Some((report::reporting(reading.clauses, number)?, constants.irrealis.report))
}
