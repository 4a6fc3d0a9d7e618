//! The score: all weights over one denominator.
//!
//! With P and N the sums of the positive and of the absolute negative weights, m the number of clauses
//! that bear an opinion and D = P + N + κ·m, every firing has the effect w / D, and
//! `positive = P / D`, `negative = N / D`, `score = positive - negative`. So the effects sum to the score,
//! it stays within -1..1, copies of a text keep it (P, N and m grow alike), and it rises with each weight.
//! Where nothing is judged, D is as great as it must be for the score to stay neutral; see [`Verdict`].

use super::Verdict;
use super::confidence::confidence;
use crate::annotate::constants::Constants;
use crate::annotate::insight::{Insight, Sentiment};
use crate::annotate::label::Polarity;
use crate::annotate::language::is_chinese;

/// Turns the weights of an insight into effects and the sentiment of the whole.
pub(crate) fn combine(insight: &mut Insight, verdict: &Verdict, constants: &Constants) {
    let bearing = verdict.bearing;
    let chinese = is_chinese(insight.language);
    let (mut positive, mut negative) = (0.0f64, 0.0f64);
    for firing in &insight.firings {
        let weight = f64::from(firing.weight);
        positive += weight.max(0.0);
        negative -= weight.min(0.0);
    }
    let mut denominator = positive + negative + f64::from(constants.kappa) * f64::from(bearing);
    if let Some(cap) = verdict.cap(positive - negative, &constants.lean) {
        denominator = denominator.max((positive - negative).abs() / cap);
    }
    if denominator <= 0.0 {
        return;
    }
    for firing in &mut insight.firings {
        firing.effect = (f64::from(firing.weight) / denominator) as f32;
    }
    let (positive, negative) = ((positive / denominator) as f32, (negative / denominator) as f32);
    let score = positive - negative;
    let band = if chinese { constants.neutral_band.zh } else { constants.neutral_band.en };
    // Cues stand on both sides of every longer text; only who says good and bad is of two minds.
    let divided = verdict.weaker_side() / denominator >= f64::from(constants.mixed_share);
    let polarity =
        if divided && score.abs() < constants.mixed_band { Polarity::Mixed } else { polarity(score, band) };
    let confidence = confidence(score, chinese, constants.confidence);
    insight.sentiment = Sentiment { polarity, score, positive, negative, confidence };
}

/// The label of a score with a neutral band.
pub(crate) fn polarity(score: f32, band: f32) -> Polarity {
    if score.abs() < band {
        Polarity::Neutral
    } else if score > 0.0 {
        Polarity::Positive
    } else {
        Polarity::Negative
    }
}
