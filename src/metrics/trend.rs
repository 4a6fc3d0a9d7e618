//! Whether a topic comes up more often than before.
//!
//! The last window is compared with the equally long one before it, each against the items it holds, so that a
//! busy week is not a rising problem.

use super::{Confidence, multiple};
use serde::{Deserialize, Serialize};
use statrs::distribution::{Binomial, ContinuousCDF, Discrete, DiscreteCDF, Normal};
use statrs::function::beta::checked_beta_reg;

/// Fewer events than this in both windows together are never judged.
const LEAST_EVENTS: u64 = 10;

/// Where a rate goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Direction {
    /// Surely up.
    Rising,
    /// Surely down.
    Falling,
    /// No change shown, though one would have been seen.
    Steady,
    /// Not enough data.
    #[default]
    Unknown,
}

impl Direction {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rising => "rising",
            Self::Falling => "falling",
            Self::Steady => "steady",
            Self::Unknown => "unknown",
        }
    }
}

/// The last window of a topic against the one before.
///
/// ```
/// use candor::metrics::{Confidence, Direction, trend::{Window, compare, judge}};
/// let (last, previous) = (Window { events: 40, items: 500 }, Window { events: 15, items: 500 });
/// let mut topics = [(compare(last, previous, Confidence::default()), last, previous)];
/// judge(&mut topics, Confidence::default());
/// assert_eq!(topics[0].0.direction, Direction::Rising);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Trend {
    /// The verdict, after correction for the number of topics.
    pub direction: Direction,
    /// Rate of the last window over the rate of the previous; `None` when the previous has no event.
    pub change: Option<f64>,
    /// Lower end of the interval of the change.
    pub low: Option<f64>,
    /// Upper end of the interval of the change; `None` when it has no limit.
    pub high: Option<f64>,
    /// p-value of "no change", of this topic alone.
    pub p: Option<f64>,
    /// The same after correction for the number of topics (Benjamini and Hochberg).
    pub q: Option<f64>,
    /// Items with the problem in the last window.
    pub last: u64,
    /// Items with the problem in the previous window.
    pub previous: u64,
}

/// Events and exposure of one window: items with the problem, and all items.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Window {
    /// Items with the problem.
    pub events: u64,
    /// All items.
    pub items: u64,
}

/// Compares two Poisson rates by the conditional exact test (Przyborowski and Wilenski 1940, Biometrika 31:313):
/// given the sum of events, those of the last window are binomial. The p-value is two-sided by the method of
/// least likelihood, the interval that of Clopper and Pearson (1934), both as `poisson.test` of R.
///
/// The direction is set by [`judge`], which knows the other topics; here it is unknown. Without events, or with
/// a window without items, nothing is compared.
///
/// ```
/// use candor::metrics::{Confidence, trend::{Window, compare}};
/// // Example of R's poisson.test: c(11, 6+8+7), c(800, 1083+1050+878).
/// let last = Window { events: 11, items: 800 };
/// let previous = Window { events: 21, items: 3011 };
/// let trend = compare(last, previous, Confidence::default());
/// assert_eq!(format!("{:.5}", trend.p.unwrap()), "0.07967");
/// assert_eq!(format!("{:.6}", trend.change.unwrap()), "1.971488");
/// ```
pub fn compare(last: Window, previous: Window, confidence: Confidence) -> Trend {
    let counts = Trend { last: last.events, previous: previous.events, ..Trend::default() };
    let n = last.events + previous.events;
    if n == 0 || last.items == 0 || previous.items == 0 {
        return counts;
    }
    let exposure = previous.items as f64 / last.items as f64;
    let ratio = |part: f64| (part < 1.0).then(|| part / (1.0 - part) * exposure);
    let (low, high) = clopper_pearson(last.events, n, confidence);
    let change = (previous.events > 0).then(|| last.events as f64 / previous.events as f64 * exposure);
    let p = two_sided(last.events, n, 1.0 / (1.0 + exposure));
    Trend { change, low: ratio(low), high: ratio(high), p, ..counts }
}

/// Sets q-values and directions over the topics that are looked at together.
///
/// Rising or falling needs q < 1 − confidence. Unknown is the answer below 10 events, and where even the most
/// one-sided split of the events could not have reached significance.
pub fn judge(trends: &mut [(Trend, Window, Window)], confidence: Confidence) {
    let alpha = confidence.alpha();
    let judged = |(trend, last, previous): &(Trend, Window, Window)| {
        let n = trend.last + trend.previous;
        let part = last.items as f64 / (last.items + previous.items).max(1) as f64;
        let extremes = [two_sided(0, n, part), two_sided(n, n, part)];
        n >= LEAST_EVENTS && extremes.into_iter().flatten().any(|p| p < alpha)
    };
    let p: Vec<f64> = trends.iter().filter(|t| judged(t)).filter_map(|t| t.0.p).collect();
    let mut q = multiple::q_values(&p).into_iter();
    for entry in trends.iter_mut() {
        if !judged(entry) || entry.0.p.is_none() {
            continue;
        }
        let trend = &mut entry.0;
        trend.q = q.next();
        let up = trend.change.is_none_or(|c| c > 1.0);
        trend.direction = match trend.q {
            Some(q) if q < alpha && up => Direction::Rising,
            Some(q) if q < alpha => Direction::Falling,
            _ => Direction::Steady,
        };
    }
}

/// Two-sided p-value of `k` of `n` at probability `p`: the sum of all outcomes no likelier than `k`.
fn two_sided(k: u64, n: u64, p: f64) -> Option<f64> {
    let binomial = Binomial::new(p, n).ok()?;
    let mean = n as f64 * p;
    // As R: outcomes count as equally likely up to a relative error of 1e-7.
    let limit = binomial.pmf(k) * (1.0 + 1e-7);
    if (k as f64) < mean {
        let (mut low, mut high) = (mean.ceil() as u64, n + 1);
        while low < high {
            let middle = low + (high - low) / 2;
            if binomial.pmf(middle) <= limit { high = middle } else { low = middle + 1 }
        }
        Some((binomial.cdf(k) + above(&binomial, low)).min(1.0))
    } else if k as f64 > mean {
        let (mut low, mut high) = (0, mean.floor() as u64 + 1);
        while low < high {
            let middle = low + (high - low) / 2;
            if binomial.pmf(middle) <= limit { low = middle + 1 } else { high = middle }
        }
        Some((above(&binomial, k) + low.checked_sub(1).map_or(0.0, |k| binomial.cdf(k))).min(1.0))
    } else {
        Some(1.0)
    }
}

/// Probability of `k` or more.
fn above(binomial: &Binomial, k: u64) -> f64 {
    k.checked_sub(1).map_or(1.0, |below| binomial.sf(below))
}

fn clopper_pearson(k: u64, n: u64, confidence: Confidence) -> (f64, f64) {
    let (k, n) = (k as f64, n as f64);
    let tail = confidence.alpha() / 2.0;
    let low = if k > 0.0 { beta_quantile(k, n - k + 1.0, tail) } else { 0.0 };
    let high = if k < n { beta_quantile(k + 1.0, n - k, 1.0 - tail) } else { 1.0 };
    (low, high)
}

fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    statrs::distribution::Beta::new(a, b).map_or(f64::NAN, |beta| beta.inverse_cdf(p))
}

/// Interval of the ratio of two rates, as in [`compare`], for events that need not be whole numbers: `k` against
/// `base`, with `part` of the exposure.
pub(super) fn rate_ratio(k: f64, base: f64, part: f64, confidence: Confidence) -> (f64, Option<f64>) {
    let odds = part / (1.0 - part);
    let ratio = |share: f64| share / (1.0 - share) / odds;
    let tail = confidence.alpha() / 2.0;
    let low = if k > 0.0 { ratio(beta_quantile(k, base + 1.0, tail)) } else { 0.0 };
    (low, (base > 0.0).then(|| ratio(beta_quantile(k + 1.0, base, 1.0 - tail))))
}

/// Above this many events the beta distribution is replaced by the normal one: the continued fraction behind it
/// needs too many terms, and the two are the same.
const MANY: f64 = 20_000.0;

/// Probability of `k` or more of `k + base` events where `part` of the exposure lies; for events that need not
/// be whole numbers by the incomplete beta function (Clopper and Pearson 1934, Biometrika 26:404).
pub(super) fn upper_tail(k: f64, base: f64, part: f64) -> f64 {
    if k <= 0.0 || part >= 1.0 {
        return 1.0;
    }
    let n = k + base;
    if n > MANY {
        let z = (k - 0.5 - n * part) / (n * part * (1.0 - part)).sqrt();
        return Normal::standard().sf(z);
    }
    checked_beta_reg(k, base + 1.0, part.max(0.0)).unwrap_or(1.0)
}

/// Probability of `k` or fewer, as [`upper_tail`].
pub(super) fn lower_tail(k: f64, base: f64, part: f64) -> f64 {
    if base <= 0.0 {
        return 1.0;
    }
    upper_tail(base, k, 1.0 - part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(last: (u64, u64), previous: (u64, u64)) -> (Trend, Window, Window) {
        let window = |(events, items)| Window { events, items };
        let (last, previous) = (window(last), window(previous));
        (compare(last, previous, Confidence::default()), last, previous)
    }

    fn directions(mut trends: Vec<(Trend, Window, Window)>) -> Vec<Direction> {
        judge(&mut trends, Confidence::default());
        trends.into_iter().map(|t| t.0.direction).collect()
    }

    /// scipy 1.17: binomtest(k, n, share of exposure), its pvalue and exact interval as odds; the first is the
    /// example in the manual of R's poisson.test.
    #[test]
    fn values_as_r_and_scipy() {
        let golden = [
            (
                (11, 800),
                (21, 3011),
                0.079_668_633_033_329_5,
                0.858_426_403_391_619,
                Some(4.277_265_943_654_079),
            ),
            (
                (30, 500),
                (15, 500),
                0.035_697_803_555_194_7,
                1.042_885_737_019_49,
                Some(3.999_857_803_776_694),
            ),
            ((8, 100), (2, 100), 0.109_375, 0.798_252_400_496_63, Some(38.665_656_079_715_2)),
            ((0, 100), (6, 100), 0.031_25, 0.0, Some(0.849_311_194_297_323_6)),
            ((5, 100), (0, 100), 0.062_5, 0.916_355_857_315_46, None),
        ];
        for (last, previous, p, low, high) in golden {
            let trend = of(last, previous).0;
            assert!((trend.p.unwrap() - p).abs() < 1e-9, "{trend:?}");
            assert!((trend.low.unwrap() - low).abs() < 1e-6, "{trend:?}");
            assert_eq!(trend.high.is_some(), high.is_some());
            assert!((trend.high.unwrap_or_default() - high.unwrap_or_default()).abs() < 1e-5, "{trend:?}");
        }
    }

    #[test]
    fn tails_and_ratios_of_whole_numbers_are_the_exact_ones() {
        let binomial = Binomial::new(0.3, 20).unwrap();
        for k in 1..20_u64 {
            assert!((upper_tail(k as f64, (20 - k) as f64, 0.3) - above(&binomial, k)).abs() < 1e-9);
            assert!((lower_tail(k as f64, (20 - k) as f64, 0.3) - binomial.cdf(k)).abs() < 1e-9);
        }
        let trend = of((11, 800), (21, 3011)).0;
        let (low, high) = rate_ratio(11.0, 21.0, 800.0 / 3811.0, Confidence::default());
        assert!(
            (low - trend.low.unwrap()).abs() < 1e-9 && (high.unwrap() - trend.high.unwrap()).abs() < 1e-9
        );
        // Where the normal distribution takes over, hardly anything moves.
        let (exact, normal) = (upper_tail(2_060.0, 17_940.0, 0.1), upper_tail(2_060.0, 17_941.0, 0.1));
        assert!((exact - normal).abs() < 2e-3, "{exact} {normal}");
    }

    #[test]
    fn rates_count_not_volumes() {
        // Three times the complaints in three times the items.
        let trends = vec![of((90, 3000), (30, 1000)), of((90, 1000), (30, 1000)), of((30, 1000), (90, 1000))];
        assert_eq!(directions(trends), [Direction::Steady, Direction::Rising, Direction::Falling]);
    }

    #[test]
    fn little_data_is_said_so() {
        let trends = vec![of((5, 100), (1, 100)), of((0, 0), (20, 100)), of((9, 1), (9, 100_000))];
        assert_eq!(directions(trends), [Direction::Unknown, Direction::Unknown, Direction::Rising]);
        assert_eq!(directions(vec![of((12, 100), (0, 100))]), [Direction::Rising]);
        // Twelve events cannot be too many for a window that holds nearly everything.
        assert_eq!(directions(vec![of((12, 99_999), (0, 1))]), [Direction::Steady]);
    }

    #[test]
    fn many_topics_need_stronger_evidence() {
        let one = of((30, 500), (15, 500)); // p = 0.036
        let mut trends = vec![one];
        trends.extend(std::iter::repeat_n(of((20, 500), (20, 500)), 9));
        assert_eq!(directions(vec![one]), [Direction::Rising]);
        assert_eq!(directions(trends)[0], Direction::Steady);
    }

    proptest! {
        #[test]
        fn p_is_the_sum_over_outcomes_no_likelier(k in 0_u64..40, more in 0_u64..40, part in 0.02_f64..0.98) {
            let n = k + more;
            let binomial = Binomial::new(part, n).unwrap();
            let limit = binomial.pmf(k) * (1.0 + 1e-7);
            let naive: f64 = (0..=n).map(|i| binomial.pmf(i)).filter(|p| *p <= limit).sum();
            prop_assert!((two_sided(k, n, part).unwrap() - naive.min(1.0)).abs() < 1e-9);
        }
    }
}
