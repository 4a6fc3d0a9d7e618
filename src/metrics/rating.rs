//! Mean ratings: stars on one common scale, other kinds each on its own.

use super::{Confidence, Estimate, Levels, Moments};
use crate::feedback::RatingKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The common scale of star ratings.
pub const STARS: (f64, f64) = (1.0, 5.0);

/// A mean on the scale its ratings were given on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ScaleMean {
    /// What the ratings measure.
    pub kind: RatingKind,
    /// Lowest possible value.
    pub min: f64,
    /// Highest possible value.
    pub max: f64,
    /// The mean with its interval.
    pub mean: Estimate,
}

/// Star ratings on the common scale.
pub(super) fn moments(levels: &Levels) -> Moments {
    let mut moments = Moments::default();
    for (level, n) in levels.of_kind(RatingKind::Stars) {
        if let Some(part) = level.normalized() {
            moments.add(STARS.0 + part * (STARS.1 - STARS.0), n);
        }
    }
    moments
}

/// Mean of all star ratings with its interval, mapped to 1..5; `None` without star ratings.
///
/// ```
/// use candor::{feedback::{Rating, RatingKind}, metrics::{Confidence, Levels, rating}};
/// let mut levels = Levels::default();
/// levels.add(&Rating::stars(5.0)?);
/// levels.add(&Rating::new(5.0, 0.0, 10.0, RatingKind::Stars)?); // the middle: 3 of 5
/// assert_eq!(rating::stars(&levels, Confidence::default()).unwrap().value, 4.0);
/// # Ok::<(), candor::Error>(())
/// ```
pub fn stars(levels: &Levels, confidence: Confidence) -> Option<Estimate> {
    Estimate::mean(&moments(levels), STARS, confidence)
}

/// Mean of the ratings of one kind, apart for each scale, in the order of the scales. Ratings without a scale
/// are left out.
pub fn by_scale(levels: &Levels, kind: RatingKind, confidence: Confidence) -> Vec<ScaleMean> {
    let mut scales: BTreeMap<(i64, i64), ((f64, f64), Moments)> = BTreeMap::new();
    for (level, n) in levels.of_kind(kind) {
        if let (Some(scale), Some(part)) = (level.scale(), level.normalized()) {
            let key = (super::moments::fixed(scale.0), super::moments::fixed(scale.1));
            scales.entry(key).or_insert((scale, Moments::default())).1.add(part, n);
        }
    }
    let mean = |((min, max), moments): ((f64, f64), Moments)| {
        let unit = Estimate::mean(&moments, (0.0, 1.0), confidence)?;
        let back = |part: f64| min + part * (max - min);
        let mean =
            Estimate { value: back(unit.value), low: back(unit.low), high: back(unit.high), n: unit.n };
        Some(ScaleMean { kind, min, max, mean })
    };
    scales.into_values().filter_map(mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feedback::Rating;

    #[test]
    fn scales_are_kept_apart() {
        let mut levels = Levels::default();
        for (value, max) in [(2.0, 5.0), (4.0, 5.0), (7.0, 7.0)] {
            levels.add(&Rating::new(value, 1.0, max, RatingKind::Ordinal).unwrap());
        }
        let means = by_scale(&levels, RatingKind::Ordinal, Confidence::default());
        let means: Vec<_> = means.iter().map(|m| (m.max, m.mean.value, m.mean.n)).collect();
        assert_eq!(means, [(5.0, 3.0, 2), (7.0, 7.0, 1)]);
        assert_eq!(stars(&levels, Confidence::default()), None);
    }
}
