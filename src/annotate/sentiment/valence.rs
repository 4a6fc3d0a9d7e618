//! Weighing: each opinion word with its modifiers becomes a firing.

use super::{contrast, intensity, irrealis, negation};
use crate::annotate::clause::Clauses;
use crate::annotate::constants::Constants;
use crate::annotate::insight::{Field, Firing, Insight, Step, StepKind};
use crate::lexicon::List;
use crate::span::{CleanSpan, Span};
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
            if !matches!(mark.sense.list, List::Valence | List::Symbol) {
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
    fn original(&self, span: CleanSpan) -> Span {
        self.reading.map.original(span)
    }

    fn fire(&self, insight: &mut Insight) -> Weighed {
        let clauses = self.reading.clauses;
        let clause = clauses.clauses.get(self.number).copied().unwrap_or_default();
        let marks = clauses.marks_of(&clause);
        let first = insight.steps.len() as u32;
        let (mut negated, mut asserted) = (false, true);
        let mut factor = 1.0;
        let mut step = |kind, span: Option<CleanSpan>, by: f32| {
            if by != 1.0 {
                factor *= by;
                insight.steps.push(Step { kind, span: span.map(|s| self.original(s)), factor: by });
            }
        };
        intensity::degrees(marks, self.at, &self.constants.intensity, |m| {
            let kind = if m.sense.list == List::Booster { StepKind::Booster } else { StepKind::Downtoner };
            step(kind, Some(m.span), m.sense.value);
        });
        if let Some(turn) = negation::turn(marks, self.at, &self.constants.negation) {
            negated = turn.factor < 0.0;
            step(StepKind::Negation, marks.get(turn.by).map(|m| m.span), turn.factor);
        }
        let side = contrast::side(clauses, self.number, &self.constants.contrast);
        let by = side.by.and_then(|i| clauses.marks.get(i as usize)).map(|m| m.span);
        step(StepKind::Contrast, by, side.factor);
        if let Some((damped, cue)) = irrealis::damping(marks, self.at, &clause, &self.constants.irrealis) {
            asserted = damped >= ASSERTED;
            step(StepKind::Irrealis, cue.map(|m| m.span), damped);
        }
        let Some(mark) = marks.get(self.at) else {
            return Weighed { clause: 0, mark: 0, weight: 0.0, negated, asserted };
        };
        let emphasis =
            intensity::emphasis(mark, clause.exclaims, self.reading.shouting, &self.constants.intensity);
        step(StepKind::Emphasis, None, emphasis);
        if self.reading.field == Field::Title {
            step(StepKind::Title, None, self.constants.title.factor);
        }
        let weight = mark.sense.value * factor;
        insight.firings.push(Firing {
            rule: mark.term,
            field: self.reading.field,
            span: Some(self.original(mark.span)),
            weight,
            effect: 0.0,
            steps: (first, insight.steps.len() as u32),
        });
        let mark = clause.marks.0 + self.at as u32;
        Weighed { clause: self.number as u32, mark, weight, negated, asserted }
    }
}
