//! Cues: what the lists of intents, severity, urgency, churn and feelings say, summed over an item.

use super::clause::{Clause, Clauses, Mark};
use super::constants::Constants;
use super::label::{Consequence, Intent};
use super::reason::Reason;
use super::sentiment::Reading;
use crate::lexicon::{List, intent, negator};
use crate::taxonomy::TopicId;

/// Numbers of the classes of [`List::Template`].
const TEMPLATE: u8 = 0;
const SPAM: u8 = 1;
const EXTORTION: u8 = 3;

/// Share of an imperative that does not open its sentence.
const LATER: f32 = 0.4;
/// Units between a negator and the function it negates.
const FUNCTION_REACH: u32 = 2;
/// Value from which a cue can be negated.
const STRONG: f32 = 0.5;
/// Marks looked back upon.
const REMEMBERED: usize = 24;

/// Sums over all fields of an item.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cues {
    /// Greatest sum of a sentence, by class of [`List::Intent`].
    pub(crate) intents: [f32; 9],
    /// Least sum of a sentence below 0, by the same.
    pub(crate) denied: [f32; 9],
    /// Strongest words by class of [`List::Severity`].
    pub(crate) severity: [Option<Reason<Consequence>>; 8],
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
    /// Sentences with a listed word.
    pub(crate) sentences: u32,
}

impl Cues {
    /// Adds the cues of one field, and to `needs` the topics that a sentence asks for or about, or reports a problem with.
    pub(crate) fn read(&mut self, reading: &Reading<'_>, constants: &Constants, needs: &mut Vec<TopicId>) {
        let clauses = reading.clauses;
        let reach = constants.negation.reach / 2;
        let mut wants = Wants::default();
        for (number, clause) in clauses.clauses.iter().enumerate() {
            self.questions += u32::from(clause.question);
            if clause.sentence != wants.sentence {
                self.close(&wants, clauses, needs);
                wants = Wants { sentence: clause.sentence, first: number, ..Wants::default() };
            }
            let (marks, asked) = (clauses.marks_of(clause), clauses.wants_of(clause));
            for mark in marks {
                self.add_spoken(mark);
            }
            for signal in clauses.signals_of(clause) {
                self.add(reading, signal, || is_negated(marks, signal, reach));
            }
            for (at, want) in asked.iter().enumerate() {
                let words = Before { wants: asked.get(..at).unwrap_or_default(), marks };
                wants.add(clause, &words, want, reach);
            }
            wants.clauses += 1;
            wants.asks |= clause.question;
        }
        self.close(&wants, clauses, needs);
    }

    /// Takes over what a sentence says, where it says more than those before.
    fn close(&mut self, wants: &Wants, clauses: &Clauses, needs: &mut Vec<TopicId>) {
        self.sentences += u32::from(wants.clauses > 0);
        if wants.needs_something() {
            let own = clauses.clauses.get(wants.first..wants.first + wants.clauses).unwrap_or_default();
            let named = own.iter().flat_map(|clause| clauses.names_of(clause)).filter(|m| m.names());
            for topic in named.map(|m| TopicId(m.sense.topic)) {
                if !needs.contains(&topic) {
                    needs.push(topic);
                }
            }
        }
        for ((most, least), sum) in self.intents.iter_mut().zip(&mut self.denied).zip(wants.sums) {
            *most = most.max(sum);
            *least = least.min(sum);
        }
    }

    /// Adds a cue that the sentiment asks for as well.
    #[inline]
    fn add_spoken(&mut self, mark: &Mark) {
        let (class, value) = (mark.sense.class as usize, mark.sense.value);
        match mark.sense.list {
            List::Symbol => raise(&mut self.emotions, class, value.abs() / 4.0),
            List::Template if mark.sense.class == TEMPLATE => {
                self.template += mark.span.end - mark.span.start;
            }
            List::Template if mark.sense.class == SPAM => self.spam = true,
            List::Template if mark.sense.class == EXTORTION => self.extortion = true,
            List::Template => self.incentive = true,
            _ => {}
        }
    }

    /// Adds a cue that speaks on its own.
    fn add(&mut self, reading: &Reading<'_>, mark: &Mark, turned: impl Fn() -> bool) {
        let (class, value) = (mark.sense.class as usize, mark.sense.value);
        match mark.sense.list {
            List::Severity if !turned() => self.worsen(reading, mark),
            List::Urgency if !turned() => raise(&mut self.urgency, class, value),
            List::Emotion if !turned() => raise(&mut self.emotions, class, value),
            List::Churn if value > 0.0 && !turned() => self.leaving = self.leaving.max(value),
            List::Churn if value < 0.0 && !turned() => self.staying = self.staying.max(-value),
            _ => {}
        }
    }

    /// Takes over a consequence that is named, where none of its kind was named as strongly.
    fn worsen(&mut self, reading: &Reading<'_>, mark: &Mark) {
        let (class, weight) = (mark.sense.class as usize, mark.sense.value);
        let Some((cell, kind)) = self.severity.get_mut(class).zip(Consequence::ALL.get(class)) else {
            return;
        };
        if cell.is_none_or(|known| known.weight < weight) {
            let span = reading.map.original(mark.span);
            *cell = Some(Reason { kind: *kind, field: reading.field, span, weight });
        }
    }
}

/// Evidence for the intents in one sentence.
#[derive(Debug, Default)]
struct Wants {
    sums: [f32; 9],
    sentence: u32,
    /// Number of its first clause.
    first: usize,
    /// Clauses read so far.
    clauses: usize,
    /// One of them is a question.
    asks: bool,
}

impl Wants {
    /// Whether the sentence asks for something or about it, proposes it, or reports a problem.
    fn needs_something(&self) -> bool {
        let says = |intent: &Intent| self.sums.get(*intent as usize).is_some_and(|sum| *sum >= STRONG);
        let needs = [Intent::Suggestion, Intent::Question, Intent::Request, Intent::Problem];
        self.asks || needs.iter().any(says)
    }

    /// Adds one word; said twice, it counts once.
    fn add(&mut self, clause: &Clause, before: &Before<'_>, want: &Mark, reach: u32) {
        let (class, value) = (want.sense.class, want.sense.value);
        let (class, value) = match class {
            intent::IMPERATIVE if !before.opens(clause, want) => return,
            intent::IMPERATIVE if self.clauses == 0 => (Intent::Suggestion as u8, value),
            intent::IMPERATIVE => (Intent::Suggestion as u8, value * LATER),
            intent::FUNCTION if is_negated(before.marks, want, FUNCTION_REACH) => {
                (Intent::Problem as u8, value)
            }
            intent::FUNCTION => return,
            // What is not wished is no wish; a small word says the same either way.
            _ if value >= STRONG && is_negated(before.marks, want, reach) => return,
            class => (class, value),
        };
        let same = |m: &Mark| m.term == want.term && m.sense.class == want.sense.class;
        if !before.wants.iter().rev().take(REMEMBERED).any(same)
            && let Some(sum) = self.sums.get_mut(class as usize)
        {
            *sum += value;
        }
    }
}

/// What a clause holds around a word of an intent: the words of intents before it, and the marks.
struct Before<'a> {
    wants: &'a [Mark],
    marks: &'a [Mark],
}

impl Before<'_> {
    /// Whether a bare verb opens its clause, or follows words that lead to one: "please just add".
    fn opens(&self, clause: &Clause, want: &Mark) -> bool {
        let mut open = clause.unit;
        let leads = |m: &&Mark| m.sense.class == intent::IMPERATIVE && m.sense.value == 0.0;
        for m in self.wants.iter().take(REMEMBERED).filter(leads) {
            if m.unit == open {
                open = m.unit_end;
            }
        }
        want.unit == open && !want.inflected
    }
}

/// Whether the last negator before a word stands within so many units.
pub(super) fn is_negated(marks: &[Mark], word: &Mark, reach: u32) -> bool {
    let before = marks.iter().rev().skip_while(|m| m.span.start >= word.span.start);
    let negates =
        |m: &&Mark| m.sense.list == List::Negator && m.sense.class != negator::POST && !m.overlaps(word);
    before.take(REMEMBERED).find(negates).is_some_and(|m| m.distance(word) <= reach)
}

fn raise<const N: usize>(of: &mut [f32; N], class: usize, value: f32) {
    if let Some(cell) = of.get_mut(class) {
        *cell = cell.max(value);
    }
}
