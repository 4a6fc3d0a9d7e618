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
use crate::lexicon::{CueHit, List, valence};
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
    let judged = marks.iter().any(is_opinion);
    let factor = surroundings(reading, number, constants, &mut insight.steps);
    let steps = (first, insight.steps.len() as u32);
    let free = cues.iter().filter(|cue| !is_spoken_for(&mut marks, cue, judged));
    insight.firings.extend(free.map(|cue| Firing {
        rule: cue.term.0,
        field: reading.field,
        span: Some(reading.map.original(CleanSpan::new(cue.start, cue.end))),
        weight: value(reading, cue) * factor,
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

fn is_opinion(mark: &Mark) -> bool {
    let cue = mark.sense.class == valence::CUE || mark.sense.value == 0.0;
    mark.sense.list == List::Symbol || mark.sense.list == List::Valence && !cue
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
    let marks = reading.clauses.clauses.get(number).map_or(&[][..], |c| reading.clauses.marks_of(c));
    let unreal = marks.iter().find(|m| irrealis::damps(m));
    if let Some(mark) = unreal {
        add(StepKind::Irrealis, Some(mark.span), mark.sense.value);
    } else if let Some(verb) = report::reporting(reading.clauses, number) {
        add(StepKind::Irrealis, Some(verb.span), constants.irrealis.report);
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
