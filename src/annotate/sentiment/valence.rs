//! Weighing: each opinion word with its modifiers becomes a firing.

use super::{contrast, intensity, irrealis, negation};
use crate::annotate::clause::{Clause, Clauses, Mark};
use crate::annotate::constants::Constants;
use crate::annotate::insight::{Field, Firing, Insight, Step, StepKind};
use crate::lexicon::List;
use crate::span::CleanSpan;
use crate::text::OffsetMap;

/// A field as it is read.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) field: Field,
    pub(crate) clauses: &'a Clauses,
    pub(crate) map: &'a OffsetMap,
    /// Most words are in capitals, so capitals mean nothing.
    pub(crate) shouting: bool,
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

/// Factor below which a damped opinion no longer counts as asserted.
const ASSERTED: f32 = 0.55;

/// Weighs every opinion word of a field; returns the number of clauses that bear one.
pub(crate) fn weigh(
    reading: &Reading<'_>,
    constants: &Constants,
    insight: &mut Insight,
    weighed: &mut Vec<Weighed>,
) -> u32 {
    weighed.clear();
    let mut bearing = 0;
    for (number, clause) in reading.clauses.clauses.iter().enumerate() {
        let marks = reading.clauses.marks_of(clause);
        let before = insight.firings.len();
        for (at, mark) in marks.iter().enumerate() {
            // A value of zero only keeps a shorter word from speaking ("slow cooker").
            if !matches!(mark.sense.list, List::Valence | List::Symbol) || mark.sense.value == 0.0 {
                continue;
            }
            let word = Word { reading, constants, number, at };
            weighed.push(word.fire(insight));
        }
        bearing += u32::from(insight.firings.len() > before);
    }
    bearing
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
        let turn = negation::turn(marks, self.at, &self.constants.negation);
        if let Some(turn) = turn {
            steps.add(StepKind::Negation, marks.get(turn.by).map(|m| m.span), turn.factor);
        }
        let damped = irrealis::damping(marks, self.at, &clause, &self.constants.irrealis);
        self.surroundings(&clause, damped, &mut steps);
        let negated = turn.is_some_and(|t| t.factor < 0.0);
        let praise = !negated && marks.get(self.at).is_some_and(|m| m.sense.value > 0.0);
        if clause.mocked && praise {
            steps.add(StepKind::Sarcasm, None, self.constants.sarcasm.praise);
        }
        let asserted = damped.is_none_or(|(factor, _)| factor >= ASSERTED);
        let weight = marks.get(self.at).map_or(0.0, |mark| steps.finish(mark));
        let mark = clause.marks.0 + self.at as u32;
        Weighed { clause: self.number as u32, mark, weight, negated, asserted }
    }

    /// What the clause, its neighbours and the way of writing do.
    fn surroundings(&self, clause: &Clause, damped: Option<(f32, Option<&Mark>)>, steps: &mut Steps<'_>) {
        let clauses = self.reading.clauses;
        let side = contrast::side(clauses, self.number, &self.constants.contrast);
        let by = side.by.and_then(|i| clauses.marks.get(i as usize)).map(|m| m.span);
        steps.add(StepKind::Contrast, by, side.factor);
        if let Some((factor, cue)) = damped {
            steps.add(StepKind::Irrealis, cue.map(|m| m.span), factor);
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
