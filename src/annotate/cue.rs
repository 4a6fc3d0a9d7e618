//! Cues: what the lists of intents, severity, urgency, churn and feelings say, summed over an item.

use super::clause::Clauses;
use super::constants::Constants;
use crate::lexicon::{List, negator};

/// Numbers of the classes of [`List::Template`].
const TEMPLATE: u8 = 0;
const SPAM: u8 = 1;
const EXTORTION: u8 = 3;

/// Sums over all fields of an item.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cues {
    /// By class of [`List::Intent`].
    pub(crate) intents: [f32; 9],
    /// Strongest by class of [`List::Severity`].
    pub(crate) severity: [f32; 8],
    /// Strongest by class of [`List::Urgency`].
    pub(crate) urgency: [f32; 2],
    /// Strongest sign of leaving and of staying.
    pub(crate) leaving: f32,
    pub(crate) staying: f32,
    /// By class of [`List::Emotion`].
    pub(crate) emotions: [f32; 8],
    /// Bytes of the field covered by default reviews.
    pub(crate) template: u32,
    pub(crate) spam: bool,
    pub(crate) incentive: bool,
    pub(crate) extortion: bool,
    /// Questions asked.
    pub(crate) questions: u32,
}

impl Cues {
    /// Adds the cues of one field.
    pub(crate) fn read(&mut self, clauses: &Clauses, constants: &Constants) {
        for clause in &clauses.clauses {
            self.questions += u32::from(clause.question);
            let marks = clauses.marks_of(clause);
            for (at, mark) in marks.iter().enumerate() {
                let (class, value) = (mark.sense.class as usize, mark.sense.value);
                let turned = || {
                    marks.get(..at).unwrap_or_default().iter().any(|m| {
                        m.sense.list == List::Negator
                            && m.sense.class != negator::POST
                            && !m.overlaps(mark)
                            && m.distance(mark) <= constants.negation.reach / 2
                    })
                };
                match mark.sense.list {
                    List::Intent if !turned() => raise(&mut self.intents, class, value),
                    List::Severity if !turned() => raise(&mut self.severity, class, value),
                    List::Urgency if !turned() => raise(&mut self.urgency, class, value),
                    List::Emotion if !turned() => raise(&mut self.emotions, class, value),
                    List::Symbol => raise(&mut self.emotions, class, value.abs() / 4.0),
                    List::Churn if value > 0.0 && !turned() => self.leaving = self.leaving.max(value),
                    List::Churn if value < 0.0 && !turned() => self.staying = self.staying.max(-value),
                    List::Template if mark.sense.class == TEMPLATE => {
                        self.template += mark.span.end - mark.span.start;
                    }
                    List::Template if mark.sense.class == SPAM => self.spam = true,
                    List::Template if mark.sense.class == EXTORTION => self.extortion = true,
                    List::Template => self.incentive = true,
                    _ => {}
                }
            }
        }
    }
}

fn raise<const N: usize>(of: &mut [f32; N], class: usize, value: f32) {
    if let Some(cell) = of.get_mut(class) {
        *cell = cell.max(value);
    }
}
