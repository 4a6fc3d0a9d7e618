//! Net Promoter Score: share of promoters (9, 10) minus share of detractors (0..6), in points.
//!
//! Reichheld 2003, Harvard Business Review 81(12). Only ratings of kind `nps` count.

use super::{Confidence, Estimate, Levels, Moments};
use crate::feedback::RatingKind;

/// Below this n the normal interval is replaced by the adjusted one.
const SMALL: u64 = 30;

/// +1 for a promoter, −1 for a detractor, 0 between.
pub(super) fn stance(value: f64) -> f64 {
    match value {
        v if v >= 9.0 => 1.0,
        v if v >= 7.0 => 0.0,
        _ => -1.0,
    }
}

/// The stances of all answers.
pub(super) fn moments(levels: &Levels) -> Moments {
    let mut moments = Moments::default();
    for (level, n) in levels.of_kind(RatingKind::Nps) {
        moments.add(stance(level.value()), n);
    }
    moments
}

/// Half the width of the interval in points: z·√((p + d − (p − d)²)/n)·100 for shares `p` of promoters and `d`
/// of detractors among `n` answers (variance of a difference of two multinomial shares).
///
/// ```
/// use candor::metrics::{Confidence, nps};
/// let margin = nps::margin(0.5, 0.2, 400, Confidence::default());
/// assert_eq!(format!("{margin:.1}"), "7.7");
/// ```
pub fn margin(p: f64, d: f64, n: u64, confidence: Confidence) -> f64 {
    margin_of(p, d, n as f64, confidence)
}

fn margin_of(p: f64, d: f64, n: f64, confidence: Confidence) -> f64 {
    100.0 * confidence.z() * ((p + d - (p - d).powi(2)).max(0.0) / n).sqrt()
}

/// The score in points with its interval; `None` without answers.
///
/// From 30 answers on score ± [`margin`]. Below, the adjusted interval of Rocks (2016, The American
/// Statistician 70:365): ¾ of an answer more on either side and 1½ in the middle, so that a few equal answers do
/// not look certain.
///
/// ```
/// use candor::{feedback::Rating, metrics::{Confidence, Levels, nps}};
/// let mut levels = Levels::default();
/// for value in [10.0, 9.0, 8.0, 3.0] {
///     levels.add(&Rating::nps(value)?);
/// }
/// assert_eq!(nps::score(&levels, Confidence::default()).unwrap().value, 25.0);
/// # Ok::<(), candor::Error>(())
/// ```
pub fn score(levels: &Levels, confidence: Confidence) -> Option<Estimate> {
    let (mut promoters, mut detractors, mut n) = (0, 0, 0);
    for (level, count) in levels.of_kind(RatingKind::Nps) {
        n += count;
        match stance(level.value()) {
            s if s > 0.0 => promoters += count,
            s if s < 0.0 => detractors += count,
            _ => {}
        }
    }
    if n == 0 {
        return None;
    }
    let more = if n < SMALL { 0.75 } else { 0.0 };
    let size = n as f64 + 4.0 * more;
    let (p, d) = ((promoters as f64 + more) / size, (detractors as f64 + more) / size);
    let centre = 100.0 * (p - d);
    let margin = margin_of(p, d, size, confidence);
    let value = 100.0 * (promoters as f64 - detractors as f64) / n as f64;
    Some(Estimate { value, low: (centre - margin).max(-100.0), high: (centre + margin).min(100.0), n })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feedback::Rating;

    fn of(values: &[(f64, u64)]) -> Estimate {
        let mut levels = Levels::default();
        for &(value, times) in values {
            (0..times).for_each(|_| levels.add(&Rating::nps(value).unwrap()));
        }
        score(&levels, Confidence::default()).unwrap()
    }

    #[test]
    fn published_example() {
        // p = .5, d = .2, n = 400 gives 30 ± 7.7 points.
        let nps = of(&[(10.0, 200), (7.0, 120), (6.0, 80)]);
        assert!((nps.value - 30.0).abs() < 1e-9);
        assert_eq!(format!("{:.1} {:.1}", nps.low, nps.high), "22.3 37.7");
    }

    #[test]
    fn buckets_have_their_published_edges() {
        let stances: Vec<_> = [0.0, 6.0, 7.0, 8.0, 9.0, 10.0].into_iter().map(stance).collect();
        assert_eq!(stances, [-1.0, -1.0, 0.0, 0.0, 1.0, 1.0]);
    }

    #[test]
    fn few_equal_answers_are_not_certain() {
        let nps = of(&[(10.0, 3)]);
        assert_eq!((nps.value, nps.high), (100.0, 100.0));
        assert!(nps.low < 20.0);
    }

    #[test]
    fn other_kinds_do_not_count() {
        let mut levels = Levels::default();
        levels.add(&Rating::new(10.0, 0.0, 10.0, RatingKind::Stars).unwrap());
        assert_eq!(score(&levels, Confidence::default()), None);
    }
}
