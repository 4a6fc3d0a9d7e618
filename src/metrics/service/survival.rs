//! Waiting times of which some have not ended yet.
//!
//! Kaplan and Meier (1958, JASA 53:457); variance of Greenwood (1926); interval of log(−log S), which never leaves
//! 0..1 (Kalbfleisch and Prentice 1980, The Statistical Analysis of Failure Time Data).

use crate::metrics::{Confidence, Estimate, Lack, pairs};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const MINUTE: i64 = 60;
const HOUR: i64 = 3600;

/// How long cases waited, or have waited so far: mergeable, exact in any order of adding.
///
/// Times are rounded up: to seconds within an hour, to minutes within two days, to hours beyond, so that memory
/// is bounded and the usual budgets stay exact.
///
/// ```
/// use candor::metrics::{Confidence, service::Waits};
/// use jiff::SignedDuration;
/// let mut waits = Waits::default();
/// (1..=8).for_each(|minutes| waits.add(SignedDuration::from_mins(minutes)));
/// waits.add_open(SignedDuration::from_mins(2)); // not answered, but asked only two minutes ago
/// let in_time = waits.within(SignedDuration::from_mins(5), Confidence::default()).unwrap();
/// assert!(in_time.value > 5.0 / 9.0 && in_time.value < 0.7 && in_time.n == 9);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waits {
    /// Ended and open cases by seconds.
    #[serde(with = "pairs")]
    seconds: BTreeMap<i64, (u64, u64)>,
}

/// The share of cases that still wait after some time.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Step {
    /// The time.
    pub after: SignedDuration,
    /// Cases seen to wait that long.
    pub at_risk: u64,
    /// Cases that ended just then.
    pub ended: u64,
    /// Share that waits longer, with its interval; `n` counts all cases.
    pub waiting: Estimate,
}

/// A time by which a share of the cases has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Quantile {
    /// The time.
    pub value: SignedDuration,
    /// Lower end of its interval.
    pub low: Option<SignedDuration>,
    /// Upper end of its interval; `None` when the cases were not followed long enough to tell.
    pub high: Option<SignedDuration>,
}

fn rounded(wait: SignedDuration) -> i64 {
    let seconds = wait.as_secs().max(0) + i64::from(wait.subsec_nanos() > 0);
    let up = |unit: i64| (seconds + unit - 1).div_euclid(unit) * unit;
    match seconds {
        s if s <= HOUR => s,
        s if s <= 48 * HOUR => up(MINUTE),
        _ => up(HOUR),
    }
}

impl Waits {
    /// Counts a case that ended after this time; negative counts as 0.
    pub fn add(&mut self, wait: SignedDuration) {
        self.seconds.entry(rounded(wait)).or_default().0 += 1;
    }

    /// Counts a case that has waited so long and is still open.
    pub fn add_open(&mut self, so_far: SignedDuration) {
        self.seconds.entry(rounded(so_far)).or_default().1 += 1;
    }

    /// Adds all cases of another.
    pub fn merge(&mut self, other: &Self) {
        for (seconds, (ended, open)) in &other.seconds {
            let own = self.seconds.entry(*seconds).or_default();
            *own = (own.0 + ended, own.1 + open);
        }
    }

    /// Cases, ended and open.
    pub fn n(&self) -> u64 {
        self.seconds.values().map(|(ended, open)| ended + open).sum()
    }

    /// Cases that are still open.
    pub fn open(&self) -> u64 {
        self.seconds.values().map(|(_, open)| open).sum()
    }

    /// The curve: one step for each time at which cases ended. Linear in the number of distinct times.
    pub fn curve(&self, confidence: Confidence) -> Vec<Step> {
        let n = self.n();
        let (mut at_risk, mut share, mut greenwood) = (n, 1.0, 0.0);
        let mut steps = Vec::new();
        for (seconds, (ended, open)) in &self.seconds {
            if *ended > 0 {
                let (d, r) = (*ended as f64, at_risk as f64);
                share *= 1.0 - d / r;
                greenwood += d / (r * (r - d));
                let waiting = interval(share, greenwood, n, confidence);
                let after = SignedDuration::from_secs(*seconds);
                steps.push(Step { after, at_risk, ended: *ended, waiting });
            }
            at_risk -= ended + open;
        }
        steps
    }

    /// Share of cases that end within a budget: attainment of a service level, open cases included.
    ///
    /// # Errors
    /// [`Lack::Few`] without cases, and when no case was followed as long as the budget while some still wait.
    pub fn within(&self, budget: SignedDuration, confidence: Confidence) -> Result<Estimate, Lack> {
        let n = self.n();
        Lack::unless(n, 1)?;
        let last = self.curve(confidence).into_iter().take_while(|step| step.after <= budget).last();
        let followed: u64 =
            self.seconds.range(budget.as_secs()..).map(|(_, (ended, open))| ended + open).sum();
        let waiting = last.map_or_else(|| none_ended(n, followed, confidence), |step| step.waiting);
        if waiting.value > 0.0 {
            Lack::unless(followed, 1)?;
        }
        Ok(Estimate { value: 1.0 - waiting.value, low: 1.0 - waiting.high, high: 1.0 - waiting.low, n })
    }

    /// The time by which a share of the cases has ended (0.5: the median), its interval by inverting that of the
    /// curve (Brookmeyer and Crowley 1982, Biometrics 38:29); `None` when fewer have ended.
    pub fn quantile(&self, share: f64, confidence: Confidence) -> Option<Quantile> {
        let curve = self.curve(confidence);
        let left = 1.0 - share;
        let first = |of: fn(&Step) -> f64| curve.iter().find(|step| of(step) <= left).map(|step| step.after);
        let value = first(|step| step.waiting.value)?;
        Some(Quantile { value, low: first(|step| step.waiting.low), high: first(|step| step.waiting.high) })
    }
}

/// Interval of the share that waits longer.
fn interval(share: f64, greenwood: f64, n: u64, confidence: Confidence) -> Estimate {
    if share <= 0.0 {
        // Greenwood's variance is 0 here; none of n left gives the upper end of Wilson.
        let none = Estimate::share(0, n, confidence);
        return none.unwrap_or(Estimate { value: 0.0, low: 0.0, high: 1.0, n });
    }
    let theta = confidence.z() * greenwood.sqrt() / share.ln();
    Estimate { value: share, low: share.powf((-theta).exp()), high: share.powf(theta.exp()), n }
}

/// None has ended: all of those that were followed so long still wait.
fn none_ended(n: u64, followed: u64, confidence: Confidence) -> Estimate {
    let all = Estimate::share(followed, followed, confidence);
    all.map_or(Estimate { value: 1.0, low: 0.0, high: 1.0, n }, |all| Estimate { n, ..all })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weeks in remission of the 21 patients with 6-mercaptopurine of Freireich et al. (1963, Blood 21:699), as
    /// seconds here; the standard example of text books.
    fn remission() -> Waits {
        let mut waits = Waits::default();
        let of = SignedDuration::from_secs;
        for weeks in [6, 6, 6, 7, 10, 13, 16, 22, 23] {
            waits.add(of(weeks));
        }
        for weeks in [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35] {
            waits.add_open(of(weeks));
        }
        waits
    }

    /// Shares as printed in the text books (.857, .807, .753, .690, .627, .538, .448); intervals by lifelines
    /// 0.30, `KaplanMeierFitter` (exponential Greenwood).
    #[test]
    fn published_example() {
        let golden = [
            (6, 21, 0.857_143, 0.619_718, 0.951_552),
            (7, 17, 0.806_723, 0.563_147, 0.922_809),
            (10, 15, 0.752_941, 0.503_200, 0.889_362),
            (13, 12, 0.690_196, 0.431_610, 0.849_066),
            (16, 11, 0.627_451, 0.367_511, 0.804_912),
            (22, 7, 0.537_815, 0.267_779, 0.746_791),
            (23, 6, 0.448_179, 0.188_052, 0.680_143),
        ];
        let curve = remission().curve(Confidence::default());
        assert_eq!(curve.len(), golden.len());
        for (step, (after, at_risk, value, low, high)) in curve.iter().zip(golden) {
            assert_eq!((step.after.as_secs(), step.at_risk), (after, at_risk));
            let own = step.waiting;
            for (own, golden) in [(own.value, value), (own.low, low), (own.high, high)] {
                assert!((own - golden).abs() < 1e-6, "{own} is not {golden}");
            }
        }
        let median = remission().quantile(0.5, Confidence::default()).unwrap();
        assert_eq!(
            (median.value.as_secs(), median.low.map(|low| low.as_secs()), median.high),
            (23, Some(13), None)
        );
    }

    #[test]
    fn attainment_asks_for_cases_followed_so_long() {
        let within = |seconds| remission().within(SignedDuration::from_secs(seconds), Confidence::default());
        assert_eq!(within(36), Err(Lack::Few { n: 0, needed: 1 }));
        assert!((within(35).unwrap().value - 0.551_821).abs() < 1e-6);
        let none = within(5).unwrap();
        assert_eq!((none.value, none.low, none.n), (0.0, 0.0, 21));
        assert!(none.high > 0.15 && none.high < 0.16);
        assert_eq!(
            Waits::default().within(SignedDuration::ZERO, Confidence::default()),
            Err(Lack::Few { n: 0, needed: 1 })
        );
    }

    #[test]
    fn without_open_cases_it_is_the_plain_share() {
        let mut waits = Waits::default();
        (1..=10).for_each(|minutes| waits.add(SignedDuration::from_mins(minutes)));
        let share = waits.within(SignedDuration::from_mins(9), Confidence::default()).unwrap();
        assert!((share.value - 0.9).abs() < 1e-12);
        let all = waits.within(SignedDuration::from_mins(20), Confidence::default()).unwrap();
        assert_eq!((all.value, all.high), (1.0, 1.0));
    }

    #[test]
    fn budgets_stay_exact() {
        let times =
            [(299, 1, 300), (3600, 0, 3600), (3601, 0, 3660), (86_400, 0, 86_400), (172_801, 0, 176_400)];
        for (seconds, nanos, rounded_up) in times {
            assert_eq!(rounded(SignedDuration::new(seconds, nanos)), rounded_up);
        }
        assert_eq!(rounded(SignedDuration::from_secs(-5)), 0);
    }
}
