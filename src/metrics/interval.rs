//! Estimates with intervals.

use super::Moments;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// A number with its interval and the count behind it.
///
/// ```
/// use candor::metrics::{Confidence, Estimate};
/// let share = Estimate::share(8, 10, Confidence::default()).unwrap();
/// assert_eq!((share.value, share.n), (0.8, 10));
/// assert!(share.low > 0.49 && share.high < 0.95);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
    /// Observations behind it.
    pub n: u64,
}

/// How sure intervals are to hold the truth: 0.5..0.9999, 0.95 unless told.
///
/// ```
/// use candor::metrics::Confidence;
/// assert!((Confidence::default().z() - 1.96).abs() < 0.001);
/// assert_eq!(Confidence::new(2.0).level(), 0.9999);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Confidence(f64);

impl Default for Confidence {
    fn default() -> Self {
        Self(0.95)
    }
}

impl Confidence {
    /// A confidence level, brought into 0.5..0.9999; not a number counts as 0.95.
    pub fn new(level: f64) -> Self {
        if level.is_nan() { Self::default() } else { Self(level.clamp(0.5, 0.9999)) }
    }

    /// The level.
    pub fn level(self) -> f64 {
        self.0
    }

    /// 1 − level: the p-value from which on a finding counts.
    pub fn alpha(self) -> f64 {
        1.0 - self.0
    }

    /// Two-sided quantile of the standard normal distribution (1.96 for 0.95).
    pub fn z(self) -> f64 {
        Normal::standard().inverse_cdf(0.5 + self.0 / 2.0)
    }

    /// Two-sided quantile of Student's t with `n - 1` degrees of freedom.
    pub fn t(self, n: u64) -> f64 {
        let freedom = n.saturating_sub(1).max(1) as f64;
        StudentsT::new(0.0, 1.0, freedom).map_or_else(|_| self.z(), |t| t.inverse_cdf(0.5 + self.0 / 2.0))
    }
}

impl Estimate {
    /// A share with the score interval of Wilson (1927, JASA 22:209): good for small n and for shares near 0
    /// and 1; never leaves 0..1. `successes` above `n` count as `n`. `None` when n is 0.
    pub fn share(successes: u64, n: u64, confidence: Confidence) -> Option<Self> {
        if n == 0 {
            return None;
        }
        let (k, size, z2) = (successes.min(n), n as f64, confidence.z().powi(2));
        let p = k as f64 / size;
        let centre = p + z2 / (2.0 * size);
        let margin = (z2 * (p * (1.0 - p) / size + z2 / (4.0 * size * size))).sqrt();
        let scale = 1.0 + z2 / size;
        // At the ends the bound is exactly 0 or 1; rounding errors must not say otherwise.
        let low = if k == 0 { 0.0 } else { ((centre - margin) / scale).max(0.0) };
        let high = if k == n { 1.0 } else { ((centre + margin) / scale).min(1.0) };
        Some(Self { value: p, low, high, n })
    }

    /// A mean with the interval of Student (1908, Biometrika 6:1): mean ± t·s/√n, cut at the ends of the scale.
    /// One number alone says nothing about the spread: its interval is the whole scale. `None` without numbers.
    pub fn mean(moments: &Moments, (min, max): (f64, f64), confidence: Confidence) -> Option<Self> {
        let n = moments.n();
        let value = moments.mean()?;
        let Some(variance) = moments.variance() else { return Some(Self { value, low: min, high: max, n }) };
        let margin = confidence.t(n) * (variance / n as f64).sqrt();
        Some(Self { value, low: (value - margin).max(min), high: (value + margin).min(max), n })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    // scipy 1.17: binomtest(k, n).proportion_ci(method="wilson"). 263 of 300 is the example of Newcombe (1998,
    // Statistics in Medicine 17:857) in the variants of many text books.
    #[test]
    fn wilson_as_scipy() {
        let ends = |k, n| Estimate::share(k, n, Confidence::default()).map(|e| (e.low, e.high)).unwrap();
        near(ends(8, 10).0, 0.490_162_471_536_641_8);
        near(ends(8, 10).1, 0.943_317_848_545_624_8);
        near(ends(263, 300).0, 0.834_626_275_971_176_6);
        near(ends(263, 300).1, 0.909_182_685_706_332);
        assert_eq!(ends(0, 10).0, 0.0);
        near(ends(0, 10).1, 0.277_532_799_862_889_3);
        assert_eq!(ends(10, 10).1, 1.0);
        assert_eq!(Estimate::share(0, 0, Confidence::default()), None);
    }

    // scipy 1.17: t.interval(.95, 7, mean, sd / sqrt(8)).
    #[test]
    fn mean_as_scipy() {
        let mut moments = Moments::default();
        for rating in [5.0, 4.0, 4.0, 3.0, 1.0, 5.0, 2.0, 5.0] {
            moments.add(rating, 1);
        }
        let mean = Estimate::mean(&moments, (1.0, 5.0), Confidence::default()).unwrap();
        assert_eq!(mean.value, 3.625);
        assert!(
            (mean.low - 2.366_002_137_198_787).abs() < 1e-6
                && (mean.high - 4.883_997_862_801_213).abs() < 1e-6
        );
    }

    #[test]
    fn one_number_says_nothing_about_the_spread() {
        let mut moments = Moments::default();
        moments.add(5.0, 1);
        let mean = Estimate::mean(&moments, (1.0, 5.0), Confidence::default()).unwrap();
        assert_eq!((mean.value, mean.low, mean.high, mean.n), (5.0, 1.0, 5.0, 1));
    }
}
