//! Answers that count more or less, so that those who answered stand for those who did not.

use super::moments::{fixed, float};
use super::{Confidence, Estimate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Weighted count, sum and sum of squares, exact in any order of adding.
///
/// Weights and numbers are rounded to four decimals and kept within 0..10 000 and ±10 000.
///
/// ```
/// use candor::metrics::{Confidence, weight::Weighted};
/// let mut satisfied = Weighted::default();
/// (0..40).for_each(|i| satisfied.add(if i < 30 { 1.0 } else { 0.0 }, 0.5)); // many of the young answered
/// (0..10).for_each(|i| satisfied.add(if i < 3 { 1.0 } else { 0.0 }, 3.0)); // few of the old did
/// let share = satisfied.mean((0.0, 1.0), Confidence::default()).unwrap();
/// assert_eq!((share.value, share.n), (0.48, 50));
/// assert_eq!(satisfied.effective_n(), Some(25.0)); // these 50 tell as much as 25 of equal weight
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighted {
    n: u64,
    weights: i128,
    weights_squared: i128,
    sum: i128,
    squares: i128,
}

impl Weighted {
    /// Adds a number; without weight or not a number it is left out.
    pub fn add(&mut self, value: f64, weight: f64) {
        if value.is_nan() || weight.is_nan() || weight <= 0.0 {
            return;
        }
        let weight = i128::from(fixed(weight.min(1e4)));
        let value = i128::from(fixed(value.clamp(-1e4, 1e4)));
        self.n += 1;
        self.weights += weight;
        self.weights_squared += weight * weight;
        self.sum += weight * value;
        self.squares += weight * value * value;
    }

    /// Adds all numbers of another.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.weights += other.weights;
        self.weights_squared += other.weights_squared;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// Effective sample size (Σw)²/Σw² of Kish (1965, Survey Sampling, section 11.7): as many answers of equal
    /// weight tell as much. `None` without answers.
    pub fn effective_n(&self) -> Option<f64> {
        (self.weights_squared > 0)
            .then(|| (self.weights as f64) * (self.weights as f64) / self.weights_squared as f64)
    }

    /// The weighted mean with the interval of Student for the effective sample size, cut at the ends of the
    /// scale; the whole scale for fewer than two. `n` counts the answers. `None` without answers.
    pub fn mean(&self, (min, max): (f64, f64), confidence: Confidence) -> Option<Estimate> {
        let size = self.effective_n()?;
        let one = float(1).recip();
        let value = self.sum as f64 / self.weights as f64 / one;
        if size < 2.0 {
            return Some(Estimate { value, low: min, high: max, n: self.n });
        }
        let spread = (self.squares as f64 / self.weights as f64 / (one * one) - value * value).max(0.0);
        let margin = confidence.t(size as u64) * (spread / (size - 1.0)).sqrt();
        Some(Estimate { value, low: (value - margin).max(min), high: (value + margin).min(max), n: self.n })
    }
}

/// Weight of each group so that the answers have the make-up of all customers (post-stratification, Holt and
/// Smith 1979, JRSS A 142:33): its share of the population by its share of the answers. Weights have mean 1 over
/// the answers. Groups without an answer or without customers are left out: nobody can stand for them.
///
/// ```
/// use candor::metrics::weight::post_stratify;
/// let weights = post_stratify([("young", 40, 4000.0), ("old", 10, 6000.0)]);
/// assert_eq!(format!("{:.2} {:.2}", weights["young"], weights["old"]), "0.50 3.00");
/// ```
pub fn post_stratify<'a>(groups: impl IntoIterator<Item = (&'a str, u64, f64)>) -> BTreeMap<&'a str, f64> {
    let known = |(_, answers, customers): &(&str, u64, f64)| *answers > 0 && *customers > 0.0;
    let groups: Vec<_> = groups.into_iter().filter(known).collect();
    let answers: f64 = groups.iter().map(|group| group.1 as f64).sum();
    let customers: f64 = groups.iter().map(|group| group.2).sum();
    groups.into_iter().map(|(name, n, size)| (name, size / customers / (n as f64 / answers))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::Moments;

    #[test]
    fn equal_weights_change_nothing() {
        let (mut plain, mut weighted) = (Moments::default(), Weighted::default());
        for value in [5.0, 4.0, 4.0, 3.0, 1.0, 5.0, 2.0, 5.0] {
            plain.add(value, 1);
            weighted.add(value, 2.5);
        }
        weighted.add(3.0, 0.0);
        weighted.add(f64::NAN, 1.0);
        let scale = (1.0, 5.0);
        let (a, b) = (Estimate::mean(&plain, scale, Confidence::default()).unwrap(), {
            weighted.mean(scale, Confidence::default()).unwrap()
        });
        assert!((a.low - b.low).abs() < 1e-9 && (a.high - b.high).abs() < 1e-9 && a.n == b.n, "{a:?} {b:?}");
    }

    #[test]
    fn merging_is_adding() {
        let (mut first, mut second, mut all) =
            (Weighted::default(), Weighted::default(), Weighted::default());
        for (value, weight) in [(0.25, 1.5), (4.0, 0.3), (2.0, 7.0)] {
            if value < 3.0 { &mut first } else { &mut second }.add(value, weight);
            all.add(value, weight);
        }
        first.merge(&second);
        assert_eq!(first, all);
        assert_eq!(Weighted::default().mean((0.0, 1.0), Confidence::default()), None);
    }
}
