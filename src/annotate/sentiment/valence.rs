//! Weighing: each opinion word with its modifiers becomes a firing.

use super::contrast::Side;
use super::irrealis::Mood;
use super::{
    Verdict, comparison, concession, contrast, cue, excess, intensity, irrealis, negation, question,
};
use crate::annotate::clause::{Clause, Clauses, Mark};
use crate::annotate::constants::Constants;
use crate::annotate::insight::{Field, Firing, Insight, Step, StepKind};
use crate::lexicon::{CueHit, List, Scan};
use crate::span::CleanSpan;
use crate::text::OffsetMap;

/// A field as it is read.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) field: Field,
    pub(crate) cues: &'a [CueHit],
    pub(crate) clauses: &'a Clauses,
    pub(crate) map: &'a OffsetMap,
    /// Most words are in capitals, so capitals mean nothing.
    pub(crate) shouting: bool,
    /// Words and Han characters.
    pub(crate) units: u32,
}

impl<'a> Reading<'a> {
    /// A field that was scanned and cut into clauses.
    pub(crate) fn new(field: Field, clauses: &'a Clauses, scan: &'a Scan, map: &'a OffsetMap) -> Self {
        let shouting = scan.shouted * 2 > scan.counts.words;
        Self { field, cues: &scan.cues, clauses, map, shouting, units: scan.units }
    }

    /// A firing of the rule at its place in the original; the effect comes when all have fired.
    pub(super) fn firing(&self, rule: u32, span: CleanSpan, weight: f32, steps: (u32, u32)) -> Firing {
        let span = self.map.original(span);
        Firing { rule, field: self.field, span, weight, effect: 0.0, steps }
    }
}

/// A weighed opinion word: for the rules that look at opinions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weighed {
    pub(crate) clause: u32,
    /// Index of the mark.
    pub(crate) mark: u32,
    pub(crate) weight: f32,
    pub(crate) negated: bool,
    /// Asserted, not wished, asked or reported.
    pub(crate) asserted: bool,
}

/// Weighs every opinion word of a field and counts in `verdict` what they amount to.
pub(crate) fn weigh(
    reading: &Reading<'_>,
    constants: &Constants,
    insight: &mut Insight,
    weighed: &mut Vec<Weighed>,
    verdict: &mut Verdict,
) {
    weighed.clear();
    let factor = if reading.field == Field::Title { constants.title.factor } else { 1.0 };
    for (number, clause) in reading.clauses.clauses.iter().enumerate() {
        let marks = reading.clauses.marks_of(clause);
        let side = contrast::side(reading.clauses, number, &constants.contrast);
        let place = Place { reading, constants, number, clause, marks, side };
        let before = insight.firings.len();
        for (at, mark) in marks.iter().enumerate() {
            // A value of zero only keeps a shorter word from speaking ("slow cooker").
            if !matches!(mark.sense.list, List::Valence | List::Symbol)
                || mark.sense.value == 0.0
                || intensity::only_degree(marks, at)
            {
                continue;
            }
            let fired = Word { place: &place, at, mark }.fire(insight);
            verdict.count(mark, fired.weight / factor, &fired, &constants.lean);
            weighed.push(fired);
        }
        cue::fire(&place, insight);
        verdict.bearing += if insight.firings.len() > before { factor } else { 0.0 };
    }
    verdict.units += factor * reading.units as f32;
}

/// A clause as it is weighed.
pub(super) struct Place<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) constants: &'a Constants,
    pub(super) number: usize,
    pub(super) clause: &'a Clause,
    pub(super) marks: &'a [Mark],
    side: Side,
}

impl Place<'_> {
    /// Begins the steps of one firing, or of several that share them.
    pub(super) fn steps<'s>(&'s self, insight: &'s mut Insight) -> Steps<'s> {
        Steps {
            map: self.reading.map,
            first: insight.steps.len() as u32,
            factor: 1.0,
            all: &mut insight.steps,
        }
    }

    /// Takes the side of the clause within its sentence.
    pub(super) fn contrast(&self, steps: &mut Steps<'_>) {
        let by = self.side.by.and_then(|i| self.reading.clauses.marks.get(i as usize));
        steps.add(StepKind::Contrast, by.map(|m| m.span), self.side.factor);
    }

    /// A title counts more.
    pub(super) fn title(&self, steps: &mut Steps<'_>) {
        if self.reading.field == Field::Title {
            steps.add(StepKind::Title, None, self.constants.title.factor);
        }
    }
}

/// One opinion word of a clause.
struct Word<'a> {
    place: &'a Place<'a>,
    at: usize,
    mark: &'a Mark,
}

impl Word<'_> {
    /// Weighs the word, leaving a firing and its steps.
    fn fire(&self, insight: &mut Insight) -> Weighed {
        let Place { reading, constants, number, marks, clause, .. } = *self.place;
        let mut steps = self.place.steps(insight);
        intensity::degrees(marks, self.at, &constants.intensity, |m| {
            let kind = if m.sense.list == List::Booster { StepKind::Booster } else { StepKind::Downtoner };
            steps.add(kind, Some(m.span), m.sense.value);
        });
        let negated = self.turn(&mut steps);
        let good = steps.factor * self.mark.sense.value > 0.0;
        let other = comparison::of_other(marks, self.at, (good, negated), &constants.comparison);
        if let Some((factor, by)) = other {
            steps.add(StepKind::Comparison, Some(by.span), factor);
        }
        let (clauses, irrealis) = (reading.clauses, &constants.irrealis);
        let mut mood = irrealis::mood(clauses, number, self.at, (good, negated), irrealis);
        if let Some(mood) = mood.as_mut().filter(|_| question::denied(clauses, number)) {
            mood.deny(good, irrealis);
        }
        self.surroundings(mood, &mut steps);
        let asserted = mood.is_none_or(|m| m.asserted) && !irrealis::is_silent(marks, self.at);
        if clause.mocked && !negated && self.mark.sense.value > 0.0 {
            steps.add(StepKind::Sarcasm, None, constants.sarcasm.praise);
        }
        let (weight, steps) = (self.mark.sense.value * steps.factor, steps.range());
        insight.firings.push(reading.firing(self.mark.term, self.mark.span, weight, steps));
        let mark = clause.marks.0 + self.at as u32;
        Weighed { clause: number as u32, mark, weight, negated, asserted }
    }

    /// What excess or negation does; whether the sign is turned by a negator.
    fn turn(&self, steps: &mut Steps<'_>) -> bool {
        let Place { reading, constants, number, marks, .. } = *self.place;
        if let Some((factor, by)) = excess::excess(marks, self.at, &constants.excess) {
            steps.add(StepKind::Excess, Some(by.span), factor);
            return false;
        }
        let Some(turn) = negation::turn(reading.clauses, number, self.at, &constants.negation) else {
            return false;
        };
        steps.add(StepKind::Negation, Some(turn.by), turn.factor);
        turn.factor < 0.0
    }

    /// What the clause, its neighbours and the way of writing do.
    fn surroundings(&self, mood: Option<Mood<'_>>, steps: &mut Steps<'_>) {
        let Place { reading, constants, number, clause, .. } = *self.place;
        self.place.contrast(steps);
        if let Some(mood) = mood {
            steps.add(StepKind::Irrealis, mood.by.map(|m| m.span), mood.factor);
        }
        if let Some(conceded) = concession::conceded(reading.clauses, number, self.at) {
            steps.add(StepKind::Contrast, None, conceded);
        }
        let emphasis =
            intensity::emphasis(self.mark, clause.exclaims, reading.shouting, &constants.intensity);
        steps.add(StepKind::Emphasis, None, emphasis);
        self.place.title(steps);
    }
}

/// Modifiers as they are found.
pub(super) struct Steps<'a> {
    map: &'a OffsetMap,
    first: u32,
    /// Product of their factors.
    pub(super) factor: f32,
    all: &'a mut Vec<Step>,
}

impl Steps<'_> {
    pub(super) fn add(&mut self, kind: StepKind, span: Option<CleanSpan>, by: f32) {
        if by != 1.0 {
            self.factor *= by;
            self.all.push(Step { kind, span: span.map(|s| self.map.original(s)), factor: by });
        }
    }

    /// Their places among the steps of the insight.
    pub(super) fn range(&self) -> (u32, u32) {
        (self.first, self.all.len() as u32)
    }
}
