//! How closely two numbers go along with each other.

use crate::metrics::{Confidence, Estimate, Lack, Moments, pairs};
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};
use std::collections::BTreeMap;

/// Below this n an interval would cover most of −1..1.
pub const LEAST: u64 = 10;

/// How often each pair of two numbers was seen: exact in any order of adding, and enough for ranks.
///
/// Numbers are rounded to hundredths, so that memory is bounded by the levels (scores −1..1 and stars: 201 · 5).
///
/// ```
/// use candor::metrics::{Confidence, driver::Joint};
/// // Anscombe 1973, The American Statistician 27:17, first set: r = 0.816.
/// let mut joint = Joint::default();
/// let x = [10.0, 8.0, 13.0, 9.0, 11.0, 14.0, 6.0, 4.0, 12.0, 7.0, 5.0];
/// let y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
/// x.into_iter().zip(y).for_each(|(x, y)| joint.add(x, y));
/// let r = joint.pearson(Confidence::default()).unwrap();
/// assert_eq!(format!("{:.3} {:.3}..{:.3}", r.value, r.low, r.high), "0.816 0.424..0.951");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joint {
    #[serde(with = "pairs")]
    pairs: BTreeMap<(i64, i64), u64>,
}

/// A correlation, −1..1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Correlation {
    /// The coefficient.
    pub value: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
    /// p-value of "no correlation".
    pub p: f64,
    /// Pairs behind it.
    pub n: u64,
}

impl Correlation {
    /// The coefficient with its interval alone.
    pub fn estimate(&self) -> Estimate {
        Estimate { value: self.value, low: self.low, high: self.high, n: self.n }
    }
}

/// Sums of x and y over weighted pairs.
#[derive(Default)]
struct Sums {
    n: f64,
    x: f64,
    y: f64,
    xx: f64,
    yy: f64,
    xy: f64,
}

impl Joint {
    /// Counts a pair; one that is no pair of numbers is left out.
    pub fn add(&mut self, x: f64, y: f64) {
        if x.is_finite() && y.is_finite() {
            let level = |value: f64| (value * 100.0).round() as i64;
            *self.pairs.entry((level(x), level(y))).or_default() += 1;
        }
    }

    /// Adds all counts of another.
    pub fn merge(&mut self, other: &Self) {
        for (pair, n) in &other.pairs {
            *self.pairs.entry(*pair).or_default() += n;
        }
    }

    /// Number of pairs.
    pub fn n(&self) -> u64 {
        self.pairs.values().sum()
    }

    /// Mean of the first numbers with the interval of Student, cut at the ends of their scale.
    pub fn first_mean(&self, scale: (f64, f64), confidence: Confidence) -> Option<Estimate> {
        let mut moments = Moments::default();
        self.pairs.iter().for_each(|((x, _), n)| moments.add(*x as f64 / 100.0, *n));
        Estimate::mean(&moments, scale, confidence)
    }

    /// Pearson's product-moment correlation. Interval by Fisher's z (1921, Metron 1:3): tanh(atanh r ± z/√(n −
    /// 3)); p-value by t = r·√((n − 2)/(1 − r²)).
    ///
    /// # Errors
    /// [`Lack::Few`] below [`LEAST`] pairs, [`Lack::Constant`] when one side does not vary.
    pub fn pearson(&self, confidence: Confidence) -> Result<Correlation, Lack> {
        correlate(self.pairs.iter().map(|((x, y), n)| (*x as f64, *y as f64, *n as f64)), 1.0, confidence)
    }

    /// Spearman's correlation of ranks, equal numbers sharing their mean rank. Interval by Fisher's z with the
    /// variance (1 + r²/2)/(n − 3) of Bonett and Wright (2000, Psychometrika 65:23); p-value as for Pearson's.
    ///
    /// # Errors
    /// As [`pearson`](Self::pearson).
    pub fn spearman(&self, confidence: Confidence) -> Result<Correlation, Lack> {
        let (first, second) = (ranks(self.pairs.iter().map(|((x, _), n)| (*x, *n))), {
            ranks(self.pairs.iter().map(|((_, y), n)| (*y, *n)))
        });
        let rank = |ranks: &BTreeMap<i64, f64>, level: i64| ranks.get(&level).copied().unwrap_or_default();
        let ranked = self.pairs.iter().map(|((x, y), n)| (rank(&first, *x), rank(&second, *y), *n as f64));
        correlate(ranked, 2.0, confidence)
    }
}

/// Mean rank of each level.
fn ranks(levels: impl Iterator<Item = (i64, u64)>) -> BTreeMap<i64, f64> {
    let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
    levels.for_each(|(level, n)| *counts.entry(level).or_default() += n);
    let mut below = 0;
    let mean_rank = |(level, n): (i64, u64)| {
        let rank = below as f64 + f64::midpoint(n as f64, 1.0);
        below += n;
        (level, rank)
    };
    counts.into_iter().map(mean_rank).collect()
}

/// `order` 1 for numbers, 2 for ranks.
fn correlate(
    pairs: impl Iterator<Item = (f64, f64, f64)>,
    order: f64,
    confidence: Confidence,
) -> Result<Correlation, Lack> {
    let mut s = Sums::default();
    for (x, y, n) in pairs {
        s.n += n;
        s.x += n * x;
        s.y += n * y;
        s.xx += n * x * x;
        s.yy += n * y * y;
        s.xy += n * x * y;
    }
    let n = s.n as u64;
    Lack::unless(n, LEAST)?;
    let (xx, yy, xy) = (s.n * s.xx - s.x * s.x, s.n * s.yy - s.y * s.y, s.n * s.xy - s.x * s.y);
    if xx <= 0.0 || yy <= 0.0 {
        return Err(Lack::constant(if xx <= 0.0 { "the first" } else { "the second" }));
    }
    let value = (xy / (xx.sqrt() * yy.sqrt())).clamp(-1.0, 1.0);
    let noise = if order > 1.0 { 1.0 + value * value / 2.0 } else { 1.0 };
    let margin = confidence.z() * (noise / (s.n - 3.0)).sqrt();
    let z = value.atanh();
    Ok(Correlation { value, low: (z - margin).tanh(), high: (z + margin).tanh(), p: p_value(value, s.n), n })
}

fn p_value(r: f64, n: f64) -> f64 {
    let t = r.abs() * ((n - 2.0) / (1.0 - r * r)).sqrt();
    StudentsT::new(0.0, 1.0, n - 2.0)
        .map_or(1.0, |student| if t.is_finite() { 2.0 * student.sf(t) } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::super::golden::ASPECTS;
    use super::*;

    fn joint(column: usize) -> Joint {
        let mut joint = Joint::default();
        for row in ASPECTS {
            joint.add(row[column], row[3]);
        }
        joint
    }

    #[track_caller]
    fn near(r: Correlation, [value, low, high, p]: [f64; 4]) {
        for (own, golden) in [(r.value, value), (r.low, low), (r.high, high), (r.p, p)] {
            assert!((own - golden).abs() < 1e-9, "{own} is not {golden}");
        }
    }

    /// scipy 1.17: `pearsonr(x, y)` with its `confidence_interval()`.
    #[test]
    fn pearson_as_scipy() {
        let r = |column| joint(column).pearson(Confidence::default()).unwrap();
        near(
            r(0),
            [0.976_779_586_526_939_1, 0.916_830_680_402_351_6, 0.993_659_914_968_828, 5.113_497_990e-8],
        );
        near(
            r(1),
            [
                0.750_384_516_815_827_5,
                0.309_970_905_497_777_56,
                0.925_655_481_672_646_8,
                0.004_929_983_624_83,
            ],
        );
    }

    /// scipy 1.17: `spearmanr(x, y)`, with ties; interval by the formula in numpy.
    #[test]
    fn spearman_as_scipy() {
        let r = |column| joint(column).spearman(Confidence::default()).unwrap();
        near(
            r(0),
            [0.967_682_245_961_525_7, 0.851_853_774_040_658_2, 0.993_278_649_825_498_8, 2.629_777_580_7e-7],
        );
        near(
            r(2),
            [
                0.801_527_617_396_98,
                0.338_071_327_321_570_7,
                0.952_105_066_181_139_8,
                0.001_719_549_147_578_95,
            ],
        );
    }

    #[test]
    fn few_or_equal_numbers_are_no_answer() {
        let mut joint = Joint::default();
        (0..9).for_each(|i| joint.add(f64::from(i), 1.0));
        assert_eq!(joint.pearson(Confidence::default()), Err(Lack::Few { n: 9, needed: 10 }));
        joint.add(f64::NAN, 1.0);
        joint.add(9.0, 1.0);
        assert_eq!(joint.spearman(Confidence::default()), Err(Lack::constant("the second")));
    }

    #[test]
    fn a_line_is_a_correlation_of_one() {
        let mut joint = Joint::default();
        (0..20).for_each(|i| joint.add(f64::from(i), f64::from(-i)));
        let r = joint.pearson(Confidence::default()).unwrap();
        assert_eq!((r.value, r.low, r.high, r.p), (-1.0, -1.0, -1.0, 0.0));
    }
}
