//! Learned cues: words that lean to one side only in sum.
//!
//! A cue takes what its clause does to all its words: the side of a contrast, a wish or question word, a title. It is
//! not turned by negators, for pairs of words say that themselves ("not returned", 不退), and is no opinion.

use super::{contrast, irrealis};
use super::valence::Reading;
use crate::annotate::clause::Clause;
use crate::annotate::constants::Constants;
use crate::annotate::insight::{Field, Firing, Insight, Step, StepKind};
use crate::lexicon::{CueHit, List};
use crate::span::CleanSpan;

/// Weighs the cues of the clause `number`; says whether there are any.
pub(super) fn fire(
    reading: &Reading<'_>,
    number: usize,
    clause: &Clause,
    constants: &Constants,
    insight: &mut Insight,
) -> bool {
    let cues = reading.cues.get(clause.cues.0 as usize..clause.cues.1 as usize).unwrap_or_default();
    if cues.is_empty() {
        return false;
    }
    let first = insight.steps.len() as u32;
    let factor = surroundings(reading, number, clause, constants, &mut insight.steps);
    let steps = (first, insight.steps.len() as u32);
    insight.firings.extend(cues.iter().map(|cue| Firing {
        rule: cue.term.0,
        field: reading.field,
        span: Some(reading.map.original(CleanSpan::new(cue.start, cue.end))),
        weight: value(reading, cue) * factor,
        effect: 0.0,
        steps,
    }));
    true
}

/// What the clause does to all its cues, in steps that all of them share.
fn surroundings(
    reading: &Reading<'_>,
    number: usize,
    clause: &Clause,
    constants: &Constants,
    steps: &mut Vec<Step>,
) -> f32 {
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
    let unreal = reading.clauses.marks_of(clause).iter().find(|m| irrealis::damps(m));
    if let Some(mark) = unreal {
        add(StepKind::Irrealis, Some(mark.span), mark.sense.value);
    }
    if reading.field == Field::Title {
        add(StepKind::Title, None, constants.title.factor);
    }
    factor
}

fn value(reading: &Reading<'_>, cue: &CueHit) -> f32 {
    let senses = reading.catalog.table(cue.term).map_or(&[][..], |t| t.vocabulary.senses(cue.term.index()));
    senses.iter().find(|s| s.list == List::Cue).map_or(0.0, |s| s.value)
}
