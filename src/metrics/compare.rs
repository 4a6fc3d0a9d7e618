//! Whether two groups differ, with the interval of the difference.
//!
//! For many comparisons at once correct the p-values with [`multiple::q_values`](super::multiple::q_values).

use super::{Confidence, Estimate, Lack, Moments, fisher};
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// Below this expected count the normal approximation is replaced by the exact test (Cochran 1954, Biometrics
/// 10:417).
const SMALL: f64 = 5.0;

/// The first group minus the second.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Difference {
    /// The difference.
    pub value: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
    /// p-value of "no difference".
    pub p: f64,
    /// Observations of the two groups.
    pub n: (u64, u64),
}

/// Difference of two shares, each as (successes, all).
///
/// Interval: hybrid score interval of Newcombe (1998, Statistics in Medicine 17:873, method 10), from the Wilson
/// intervals of both. p-value: z with the pooled share, or Fisher's exact test where a count below 5 is
/// expected.
///
/// ```
/// use candor::metrics::{Confidence, compare};
/// // Newcombe's example (a): 56/70 − 48/80.
/// let difference = compare::shares((56, 70), (48, 80), Confidence::default()).unwrap();
/// assert_eq!(format!("{:.4}..{:.4}", difference.low, difference.high), "0.0524..0.3339");
/// ```
///
/// # Errors
/// [`Lack::Few`] when a group is empty.
pub fn shares(first: (u64, u64), second: (u64, u64), confidence: Confidence) -> Result<Difference, Lack> {
    let wilson = |(k, n)| Estimate::share(k, n, confidence).ok_or(Lack::Few { n, needed: 1 });
    let (one, two) = (wilson(first)?, wilson(second)?);
    let value = one.value - two.value;
    let low = value - (one.value - one.low).hypot(two.high - two.value);
    let high = value + (one.high - one.value).hypot(two.value - two.low);
    Ok(Difference { value, low, high, p: share_p(first, second), n: (first.1, second.1) })
}

fn share_p((k1, n1): (u64, u64), (k2, n2): (u64, u64)) -> f64 {
    let (k1, k2) = (k1.min(n1), k2.min(n2));
    let (size1, size2) = (n1 as f64, n2 as f64);
    let pooled = (k1 + k2) as f64 / (size1 + size2);
    if size1.min(size2) * pooled.min(1.0 - pooled) < SMALL {
        return fisher::two_sided([[k1, n1 - k1], [k2, n2 - k2]]);
    }
    let error = (pooled * (1.0 - pooled) * (1.0 / size1 + 1.0 / size2)).sqrt();
    let gap = k1 as f64 / size1 - k2 as f64 / size2;
    2.0 * Normal::standard().sf(gap.abs() / error)
}

/// Difference of two means by Welch (1947, Biometrika 34:28): the groups may differ in spread.
///
/// ```
/// use candor::metrics::{Confidence, Moments, compare};
/// let (mut before, mut after) = (Moments::default(), Moments::default());
/// [3.0, 2.0, 4.0, 1.0].into_iter().for_each(|stars| before.add(stars, 10));
/// [5.0, 4.0, 4.0, 3.0].into_iter().for_each(|stars| after.add(stars, 10));
/// let difference = compare::means(&after, &before, Confidence::default()).unwrap();
/// assert!(difference.value == 1.5 && difference.low > 0.0);
/// ```
///
/// # Errors
/// [`Lack::Few`] with fewer than two numbers in a group, [`Lack::Constant`] when neither group varies.
pub fn means(first: &Moments, second: &Moments, confidence: Confidence) -> Result<Difference, Lack> {
    let part = |group: &Moments| {
        let few = Lack::Few { n: group.n(), needed: 2 };
        let noise = group.variance().ok_or_else(|| few.clone())? / group.n() as f64;
        Ok((group.mean().ok_or(few)?, noise, group.n() as f64 - 1.0))
    };
    let ((mean1, noise1, free1), (mean2, noise2, free2)) = (part(first)?, part(second)?);
    let noise = noise1 + noise2;
    if noise <= 0.0 {
        return Err(Lack::constant("either group"));
    }
    let freedom = noise * noise / (noise1 * noise1 / free1 + noise2 * noise2 / free2);
    let (value, error) = (mean1 - mean2, noise.sqrt());
    let Ok(t) = StudentsT::new(0.0, 1.0, freedom) else { return Err(Lack::constant("either group")) };
    let margin = t.inverse_cdf(0.5 + confidence.level() / 2.0) * error;
    let p = 2.0 * t.sf((value / error).abs());
    Ok(Difference { value, low: value - margin, high: value + margin, p, n: (first.n(), second.n()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(difference: Difference, low: f64, high: f64, p: f64) {
        for (own, golden) in [(difference.low, low), (difference.high, high), (difference.p, p)] {
            assert!((own - golden).abs() < 1e-6, "{own} is not {golden}");
        }
    }

    /// statsmodels 0.15: `confint_proportions_2indep` with method "newcomb", `proportions_ztest`; scipy:
    /// `fisher_exact`.
    #[test]
    fn shares_as_statsmodels() {
        let of = |one, two| shares(one, two, Confidence::default()).unwrap();
        near(of((56, 70), (48, 80)), 0.052_431_472, 0.333_872_654, 0.008_045_081);
        near(of((9, 10), (3, 10)), 0.170_522_724, 0.809_017_974, 0.019_766_611);
        near(of((0, 10), (0, 20)), -0.161_125_158, 0.277_532_8, 1.0);
        assert_eq!(shares((1, 2), (0, 0), Confidence::default()), Err(Lack::Few { n: 0, needed: 1 }));
    }

    /// scipy 1.17: `ttest_ind(a, b, equal_var=False)` with its `confidence_interval()`.
    #[test]
    fn means_as_scipy() {
        let of = |values: &[f64]| {
            let mut moments = Moments::default();
            for value in values {
                moments.add(*value, 1);
            }
            moments
        };
        let (a, b) = (of(&[5.0, 4.0, 4.0, 3.0, 1.0, 5.0, 2.0, 5.0]), of(&[3.0, 2.0, 4.0, 1.0, 2.0, 3.0]));
        let difference = means(&a, &b, Confidence::default()).unwrap();
        near(difference, -0.364_039_05, 2.614_039_05, 0.125_625_323);
        let same = of(&[4.0, 4.0]);
        assert_eq!(means(&same, &same, Confidence::default()), Err(Lack::constant("either group")));
    }
}
