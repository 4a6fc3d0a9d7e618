//! Weighing: each opinion word with its modifiers becomes a firing.

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
        let before = insight.firings.len();
        for (at, mark) in marks.iter().enumerate() {
            // A value of zero only keeps a shorter word from speaking ("slow cooker").
            if !matches!(mark.sense.list, List::Valence | List::Symbol)
                || mark.sense.value == 0.0
                || intensity::only_degree(marks, at)
            {
                continue;
            }
            let word = Word { reading, constants, number, at };
            let fired = word.fire(insight);
            verdict.count(mark, fired.weight / factor, &fired, &constants.lean);
            weighed.push(fired);
        }
        cue::fire(reading, number, clause, constants, insight);
        verdict.bearing += if insight.firings.len() > before { factor } else { 0.0 };
    }
    verdict.units += factor * reading.units as f32;
}

/// One opinion word of a clause.
struct Word<'a> {
    reading: &'a Reading<'a>,
    constants: &'a Constants,
    number: usize,
    at: usize,
}

impl Word<'_> {
    /// Weighs the word, leaving a firing and its steps.
    fn fire(&self, insight: &mut Insight) -> Weighed {
        let clause = self.reading.clauses.clauses.get(self.number).copied().unwrap_or_default();
        let marks = self.reading.clauses.marks_of(&clause);
        let mut steps =
            Steps { reading: self.reading, first: insight.steps.len() as u32, factor: 1.0, insight };
        intensity::degrees(marks, self.at, &self.constants.intensity, |m| {
            let kind = if m.sense.list == List::Booster { StepKind::Booster } else { StepKind::Downtoner };
            steps.add(kind, Some(m.span), m.sense.value);
        });
        let negated = self.turn(marks, &mut steps);
        let good = steps.factor * marks.get(self.at).map_or(0.0, |m| m.sense.value) > 0.0;
        if let Some((factor, rival)) = comparison::of_rival(marks, self.at, good, &self.constants.comparison)
        {
            steps.add(StepKind::Comparison, Some(rival.span), factor);
        }
        let mut mood = irrealis::mood(
            self.reading.clauses,
            self.number,
            self.at,
            (good, negated),
            &self.constants.irrealis,
        );
        if let Some(mood) = mood.as_mut().filter(|_| question::denied(self.reading.clauses, self.number)) {
            mood.deny(good, &self.constants.irrealis);
        }
        self.surroundings(&clause, mood, &mut steps);
        let asserted = mood.is_none_or(|m| m.asserted) && !irrealis::is_silent(marks, self.at);
        let praise = !negated && marks.get(self.at).is_some_and(|m| m.sense.value > 0.0);
        if clause.mocked && praise {
            steps.add(StepKind::Sarcasm, None, self.constants.sarcasm.praise);
        }
        let weight = marks.get(self.at).map_or(0.0, |mark| steps.finish(mark));
        let mark = clause.marks.0 + self.at as u32;
        Weighed { clause: self.number as u32, mark, weight, negated, asserted }
    }

    /// What excess or negation does; whether the sign is turned by a negator.
    fn turn(&self, marks: &[Mark], steps: &mut Steps<'_>) -> bool {
        if let Some((factor, by)) = excess::excess(marks, self.at, &self.constants.excess) {
            steps.add(StepKind::Excess, Some(by.span), factor);
            return false;
        }
        let clauses = self.reading.clauses;
        let Some(turn) = negation::turn(clauses, self.number, self.at, &self.constants.negation) else {
            return false;
        };
        steps.add(StepKind::Negation, Some(turn.by), turn.factor);
        turn.factor < 0.0
    }

    /// What the clause, its neighbours and the way of writing do.
    fn surroundings(&self, clause: &Clause, mood: Option<Mood<'_>>, steps: &mut Steps<'_>) {
        let clauses = self.reading.clauses;
        let side = contrast::side(clauses, self.number, &self.constants.contrast);
        let by = side.by.and_then(|i| clauses.marks.get(i as usize)).map(|m| m.span);
        steps.add(StepKind::Contrast, by, side.factor);
        if let Some(mood) = mood {
            steps.add(StepKind::Irrealis, mood.by.map(|m| m.span), mood.factor);
        }
        if let Some(conceded) = concession::conceded(clauses, self.number, self.at) {
            steps.add(StepKind::Contrast, None, conceded);
        }
        if let Some(mark) = clauses.marks_of(clause).get(self.at) {
            let shouting = self.reading.shouting;
            let emphasis = intensity::emphasis(mark, clause.exclaims, shouting, &self.constants.intensity);
            steps.add(StepKind::Emphasis, None, emphasis);
        }
        if self.reading.field == Field::Title {
            steps.add(StepKind::Title, None, self.constants.title.factor);
        }
    }
}

/// The modifiers of one word as they are found.
struct Steps<'a> {
    reading: &'a Reading<'a>,
    first: u32,
    factor: f32,
    insight: &'a mut Insight,
}

impl Steps<'_> {
    fn add(&mut self, kind: StepKind, span: Option<CleanSpan>, by: f32) {
        if by != 1.0 {
            self.factor *= by;
            let span = span.map(|s| self.reading.map.original(s));
            self.insight.steps.push(Step { kind, span, factor: by });
        }
    }

    /// Leaves the firing of the word and returns its weight.
    fn finish(self, mark: &Mark) -> f32 {
        let weight = mark.sense.value * self.factor;
        self.insight.firings.push(Firing {
            rule: mark.term,
            field: self.reading.field,
            span: Some(self.reading.map.original(mark.span)),
            weight,
            effect: 0.0,
            steps: (self.first, self.insight.steps.len() as u32),
        });
        weight
    }
}
