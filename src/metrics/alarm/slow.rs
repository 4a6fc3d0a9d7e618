//! Changes that need many buckets to be seen: the moved level and the drift.

use super::baseline::Baseline;
use super::change::ChangeKind;
use super::series::Point;
use crate::metrics::Confidence;
use statrs::distribution::{ContinuousCDF, Normal};

/// A drift is told below this p-value.
const DRIFT_ALPHA: f64 = 5e-4;
/// Buckets on either side of a moved level.
const EDGE: usize = 7;
/// Part of the bursts that must be found for a factor to count as found.
const POWER: f64 = 0.85;
/// Steps of Newton's method; the function is concave and a handful is enough.
const STEPS: usize = 25;

/// A bucket by its place in time: events, and exposure with the rhythm of the week.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    events: f64,
    weight: f64,
}

/// A log-linear change over the rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drift {
    /// Rate at the end over the rate at the start, with its interval.
    pub(super) ratio: (f64, f64, f64),
    pub(super) p: f64,
    pub(super) events: f64,
    /// Events at the rate of the start.
    pub(super) expected: f64,
}

pub(super) fn rows<'a>(points: impl Iterator<Item = &'a Point>, base: &Baseline) -> Vec<Row> {
    points.map(|point| Row { events: point.count, weight: base.expected(point) }).collect()
}

/// Smallest factor on a rate that lifts a pair of buckets over `least` events in 85 of 100 cases: the quantile of
/// the gamma distribution by Wilson and Hilferty (1931, PNAS 17:684).
pub(super) fn least_factor(least: f64, expected: f64) -> Option<f64> {
    let ninth = 1.0 / (9.0 * least);
    let mean = least * (1.0 - ninth + Normal::standard().inverse_cdf(POWER) * ninth.sqrt()).powi(3);
    (expected > 0.0).then(|| mean / expected)
}

/// Whether the level moved at once or step by step, and at which row: the likelier model, where the moment of
/// the move costs half the logarithm of the number of rows (Schwarz 1978, Annals of Statistics 6:461).
pub(super) fn judge(rows: &[Row]) -> (ChangeKind, usize) {
    let (at, step) = split(rows);
    let (_, line) = slope(rows);
    let place = 0.5 * (rows.len() as f64).ln();
    (if step - place > line { ChangeKind::Shift } else { ChangeKind::Drift }, at)
}

/// The split into two levels with the highest likelihood, and its logarithm over that of one level.
fn split(rows: &[Row]) -> (usize, f64) {
    let total = sum(rows);
    let gain = |events: f64, weight: f64| if events > 0.0 { events * (events / weight).ln() } else { 0.0 };
    let (mut before, mut best) = ((0.0, 0.0), (rows.len() / 2, 0.0));
    for (index, row) in rows.iter().enumerate() {
        if index >= EDGE && index + EDGE <= rows.len() {
            let after = (total.0 - before.0, total.1 - before.1);
            let both = gain(before.0, before.1) + gain(after.0, after.1) - gain(total.0, total.1);
            if both > best.1 {
                best = (index, both);
            }
        }
        before = (before.0 + row.events, before.1 + row.weight);
    }
    best
}

/// Slope of the logarithm of the rate for one row, and the logarithm of its likelihood over that of no slope.
fn slope(rows: &[Row]) -> (f64, f64) {
    let (events, _) = sum(rows);
    let mean_time =
        if events > 0.0 { times(rows).map(|(t, row)| t * row.events).sum::<f64>() / events } else { 0.0 };
    let mut slope = 0.0;
    for _ in 0..STEPS {
        let (mean, variance) = tilted(rows, slope);
        if variance <= 0.0 {
            return (0.0, 0.0);
        }
        let step = ((mean_time - mean) / variance).clamp(-0.1, 0.1);
        slope += step;
        if step.abs() < 1e-12 {
            break;
        }
    }
    let level = |slope: f64| times(rows).map(|(t, row)| row.weight * (slope * t).exp()).sum::<f64>().ln();
    (slope, events * (slope * mean_time - level(slope) + level(0.0)))
}

/// Mean and variance of the time, weighed by the exposure and the slope.
fn tilted(rows: &[Row], slope: f64) -> (f64, f64) {
    let (mut weight, mut first, mut second) = (0.0, 0.0, 0.0);
    for (t, row) in times(rows) {
        let w = row.weight * (slope * t).exp();
        (weight, first, second) = (weight + w, first + w * t, second + w * t * t);
    }
    if weight <= 0.0 {
        return (0.0, 0.0);
    }
    (first / weight, second / weight - (first / weight).powi(2))
}

/// A drift over all rows, by the score test for a log-linear Poisson rate (Cox and Lewis 1966, The Statistical
/// Analysis of Series of Events, 3.3), its variance times the dispersion; `None` when none is shown.
pub(super) fn drift(rows: &[Row]) -> Option<Drift> {
    let (events, weight) = sum(rows);
    let (mean, variance) = tilted(rows, 0.0);
    let (slope, _) = slope(rows);
    if events <= 0.0 || variance <= 0.0 {
        return None;
    }
    let level = |row: &Row, t: f64| events * row.weight * (slope * (t - mean)).exp() / weight;
    let chi: f64 = times(rows).map(|(t, row)| (row.events - level(row, t)).powi(2) / level(row, t)).sum();
    let dispersion = (chi / (rows.len() as f64 - 2.0)).max(1.0);
    let score = times(rows).map(|(t, row)| row.events * (t - mean)).sum::<f64>();
    let z = score / (events * variance * dispersion).sqrt();
    let p = 2.0 * Normal::standard().sf(z.abs());
    let length = rows.len() as f64 - 1.0;
    let margin = Confidence::default().z() * (dispersion / (events * variance)).sqrt();
    let ratio = [slope, slope - margin, slope + margin].map(|s| (s * length).exp());
    let expected = events / times(rows).map(|(t, row)| row.weight * (slope * t).exp()).sum::<f64>() * weight;
    let [value, low, high] = ratio;
    (p < DRIFT_ALPHA).then_some(Drift { ratio: (value, low, high), p, events, expected })
}

fn sum(rows: &[Row]) -> (f64, f64) {
    rows.iter().fold((0.0, 0.0), |sum, row| (sum.0 + row.events, sum.1 + row.weight))
}

fn times(rows: &[Row]) -> impl Iterator<Item = (f64, &Row)> {
    rows.iter().enumerate().map(|(t, row)| (t as f64, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(events: impl IntoIterator<Item = f64>) -> Vec<Row> {
        events.into_iter().map(|events| Row { events, weight: 1.0 }).collect()
    }

    /// Exact data of a log-linear rate give back their slope.
    #[test]
    fn the_slope_is_found() {
        let line = rows((0..60).map(|t| 100.0 * (0.02 * f64::from(t)).exp()));
        assert!((slope(&line).0 - 0.02).abs() < 1e-9);
        let drift = drift(&line).unwrap();
        assert!((drift.ratio.0 - (0.02_f64 * 59.0).exp()).abs() < 1e-6);
        assert_eq!(judge(&line).0, ChangeKind::Drift);
    }

    #[test]
    fn a_step_is_a_step() {
        let step = rows((0..60).map(|t| if t < 40 { 20.0 } else { 30.0 }));
        assert_eq!(judge(&step), (ChangeKind::Shift, 40));
    }

    /// Exact quantile of the gamma distribution with shape 10: scipy 1.17, gamma.ppf(.85, 10) = 13.249.
    #[test]
    fn least_factor_is_a_gamma_quantile() {
        assert!((least_factor(10.0, 1.0).unwrap() - 13.249).abs() < 0.02);
        assert_eq!(least_factor(10.0, 0.0), None);
    }
}
