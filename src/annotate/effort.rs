//! Effort: how much trouble the customer had, after the question of the Customer Effort Score.
//!
//! Dixon, Freeman, Toman, "Stop Trying to Delight Your Customers", Harvard Business Review, July 2010: repeated contacts,
//! being passed on, repeating information and switching channels drive disloyalty.

mod number;
#[cfg(test)]
mod tests;

use super::clause::Placed;
use super::constants::Effort as Constants;
use super::cue::is_negated;
use super::insight::Insight;
use super::label::{EffortLevel, Hassle};
use super::reason::{Effort, Reason};
use super::sentiment::Reading;
use crate::lexicon::effort as class;
use crate::span::CleanSpan;

/// Weight from which words are a reason.
const COUNTS: f32 = 0.3;
/// Units between a negator and what it takes away.
const REACH: u32 = 2;
/// Share of one unit of time or one time that a half of it costs.
const HALF: f32 = 0.7;
/// Words of effort looked at on either side of one that counts.
const NEAR: usize = 8;
/// Beyond so many, more do not cost more.
const MOST: u32 = 60;

/// Adds what a field tells of effort; `text` is the cleaned text.
pub(crate) fn hassles(reading: &Reading<'_>, text: &str, insight: &mut Insight) {
    for sentence in reading.clauses.efforts.chunk_by(|a, b| a.sentence == b.sentence) {
        for (at, placed) in sentence.iter().enumerate() {
            if let Some((kind, span, weight)) = hassle(reading, text, sentence, at, placed)
                && weight >= COUNTS
            {
                let reason = Reason { kind, field: reading.field, span: reading.map.original(span), weight };
                keep(&mut insight.hassles, reason);
            }
        }
    }
}

/// What one word of a sentence tells, alone or with the number before it.
fn hassle(
    reading: &Reading<'_>,
    text: &str,
    sentence: &[Placed],
    at: usize,
    placed: &Placed,
) -> Option<(Hassle, CleanSpan, f32)> {
    let mark = &placed.mark;
    let marks = &reading.clauses.marks;
    let before = marks.get(..marks.partition_point(|m| m.span.start < mark.span.start)).unwrap_or_default();
    let (sense, span) = (mark.sense, mark.span);
    if !matches!(sense.class, class::CALLS | class::TIMES | class::PERIOD) {
        let turned = || is_negated(before, mark, REACH);
        let kind = Hassle::ALL.get(sense.class as usize)?;
        return (sense.value >= COUNTS && !turned()).then_some((*kind, span, sense.value));
    }
    let (number, start) = number::before(text, span.start as usize)?;
    let span = CleanSpan::new(start as u32, span.end);
    let weight = many(sense.value, number);
    let near = sentence.iter().take(at + NEAR).skip(at.saturating_sub(NEAR));
    let mut others = near.filter(|o| o.mark.span != mark.span);
    match sense.class {
        class::PERIOD => {
            others.any(|o| o.mark.sense.class == Hassle::Wait as u8).then_some((Hassle::Wait, span, weight))
        }
        class::TIMES => {
            let tried =
                |o: &&Placed| o.stretch == placed.stretch && o.mark.sense.class <= Hassle::Rework as u8;
            let kind = others.find(tried).and_then(|o| Hassle::ALL.get(o.mark.sense.class as usize))?;
            (number >= 2.0).then_some((*kind, span, weight))
        }
        _ => (number >= 2.0).then_some((Hassle::Contact, span, weight)),
    }
}

/// What so many cost when one costs `value`: each adds its share of what is left.
fn many(value: f32, number: f32) -> f32 {
    if number < 1.0 {
        return value * HALF;
    }
    let left = (0..(number as u32).min(MOST)).fold(1.0, |left, _| left * (1.0 - value));
    1.0 - left
}

/// Keeps the strongest of its kind.
fn keep(reasons: &mut Vec<Reason<Hassle>>, reason: Reason<Hassle>) {
    match reasons.iter_mut().find(|known| known.kind == reason.kind) {
        Some(known) if known.weight < reason.weight => *known = reason,
        Some(_) => {}
        None => reasons.push(reason),
    }
}

/// Sums up: hassles combine like independent chances, ease takes away.
pub(crate) fn effort(insight: &mut Insight, constants: &Constants) {
    let (mut free, mut ease) = (1.0, 0.0);
    for reason in &insight.hassles {
        if reason.kind == Hassle::Ease {
            ease = reason.weight;
        } else {
            free *= 1.0 - reason.weight;
        }
    }
    let score = 1.0 - free - ease;
    let level = match score {
        s if s >= constants.high => EffortLevel::High,
        s if s >= constants.moderate => EffortLevel::Moderate,
        s if s <= constants.easy => EffortLevel::Easy,
        _ => EffortLevel::None,
    };
    insight.effort = Effort { level, score };
}
