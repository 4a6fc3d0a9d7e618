//! How surely an issue is the first.

use super::Ranked;
use crate::metrics::Confidence;
use statrs::distribution::{Continuous, ContinuousCDF, Normal};

/// Steps of the integral over the scores 0..100.
const STEPS: u32 = 400;
/// Least standard deviation, in points: the width of a step.
const LEAST: f64 = 0.25;

/// Sets for each issue the probability that its score is the greatest.
///
/// The scores are taken as independent and normal, in the middle of their intervals and as wide:
/// `∫ φᵢ(x) Πⱼ Φⱼ(x) dx` over all others (Thurstone 1927, "A law of comparative judgment", for more than two), by
/// the midpoint rule; the sum over all issues is 1. Linear in the issues.
pub(super) fn probabilities(ranked: &mut [Ranked], confidence: Confidence) {
    let normal = |issue: &Ranked| {
        let deviation = ((issue.high() - issue.low()) / (2.0 * confidence.z())).max(LEAST);
        Normal::new(f64::midpoint(issue.low(), issue.high()), deviation).ok()
    };
    let scores: Vec<Option<Normal>> = ranked.iter().map(normal).collect();
    let mut chances = vec![0.0; scores.len()];
    for step in 0..STEPS {
        let x = (f64::from(step) + 0.5) * 100.0 / f64::from(STEPS);
        let below = |score: &Normal| score.cdf(x).max(f64::MIN_POSITIVE).ln();
        let all: f64 = scores.iter().flatten().map(below).sum();
        for (chance, score) in chances.iter_mut().zip(&scores) {
            if let Some(score) = score {
                *chance += score.pdf(x) * (all - below(score)).exp();
            }
        }
    }
    let sum: f64 = chances.iter().sum();
    for (issue, chance) in ranked.iter_mut().zip(chances) {
        issue.first = if sum > 0.0 { chance / sum } else { 0.0 };
    }
}
