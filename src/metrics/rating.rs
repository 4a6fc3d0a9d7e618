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

/// Mean of the star ratings of a part, drawn to the mean of all: a product with two ratings of 5 does not lead.
///
/// With C the mean of all and n ratings of mean R: (n·R + prior·C)/(n + prior), the weighted rating that
/// `IMDb` published for its Top 250. It is the posterior mean of star shares with a Dirichlet prior of `prior` ratings
/// spread as those of all; the interval is its normal approximation with variance (Σs²p − mean²)/(n + prior + 1)
/// (Gelman et al. 2013, Bayesian Data Analysis, 3rd edition, section 3.4). Rank by `low`. `prior` is brought to
/// at least 1; `None` when `all` has no star ratings.
///
/// ```
/// use candor::{feedback::Rating, metrics::{Confidence, Levels, rating}};
/// let (mut all, mut product) = (Levels::default(), Levels::default());
/// [5.0, 5.0, 4.0, 3.0, 2.0, 5.0, 1.0, 3.0].into_iter().try_for_each(|s| Rating::stars(s).map(|r| all.add(&r)))?;
/// product.add(&Rating::stars(5.0)?);
/// let mean = rating::shrunken(&product, &all, 4.0, Confidence::default()).unwrap();
/// assert_eq!(mean.value, 3.8); // (1 · 5 + 4 · 3.5) / 5
/// # Ok::<(), candor::Error>(())
/// ```
pub fn shrunken(part: &Levels, all: &Levels, prior: f64, confidence: Confidence) -> Option<Estimate> {
    let prior = prior.max(1.0);
    let (own, common) = (moments(part), moments(all));
    let scale = prior / common.n() as f64;
    let size = own.n() as f64 + prior;
    let (centre, own_mean) = (common.mean()?, own.mean().unwrap_or_default());
    let value = (own.n() as f64 * own_mean + prior * centre) / size;
    let squares = (square_sum(part) + scale * square_sum(all)) / size;
    let margin = confidence.z() * ((squares - value * value).max(0.0) / (size + 1.0)).sqrt();
    Some(Estimate {
        value,
        low: (value - margin).max(STARS.0),
        high: (value + margin).min(STARS.1),
        n: own.n(),
    })
}

/// Σs² of the star ratings on the common scale.
fn square_sum(levels: &Levels) -> f64 {
    let stars = levels.of_kind(RatingKind::Stars);
    let square = |(level, n): (&super::Level, u64)| {
        let part = level.normalized()?;
        Some((STARS.0 + part * (STARS.1 - STARS.0)).powi(2) * n as f64)
    };
    stars.filter_map(square).sum()
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

    /// With every level as prior once the formula of Miller (2014, "Ranking items with star ratings"):
    /// mean − z·√((Σs²p − mean²)/(N + K + 1)); numbers by numpy 2.4.
    #[test]
    fn shrunken_mean_as_published() {
        let levels = |values: &[f64]| {
            let mut levels = Levels::default();
            for value in values {
                levels.add(&Rating::stars(*value).unwrap());
            }
            levels
        };
        let (all, part) = (levels(&[1.0, 2.0, 3.0, 4.0, 5.0]), levels(&[5.0, 5.0, 4.0, 5.0]));
        let mean = shrunken(&part, &all, 5.0, Confidence::default()).unwrap();
        assert!((mean.value - 3.777_777_777_777_778).abs() < 1e-12);
        assert!((mean.low - SHRUNKEN_LOW).abs() < 1e-9, "{}", mean.low);
        assert_eq!(shrunken(&levels(&[]), &all, 5.0, Confidence::default()).unwrap().value, 3.0);
        assert_eq!(shrunken(&all, &levels(&[]), 5.0, Confidence::default()), None);
    }

    const SHRUNKEN_LOW: f64 = 2.912_144_138_688_439;

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
