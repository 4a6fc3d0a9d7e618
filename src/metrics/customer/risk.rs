//! Whether a customer may leave: by silence against their own rhythm, and by words.

use super::history::gaps;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Gaps between the orders of all customers that a common rhythm needs.
const LEAST: usize = 10;

/// The common gap counts as this many gaps of each customer, so that one short gap makes no rhythm.
const PRIOR: f64 = 2.0;

/// Risk that a customer leaves, with its reasons.
///
/// Two independent signs are joined: 1 − (1 − silence)·(1 − words), the noisy-or of Pearl (1988, Probabilistic
/// Reasoning in Intelligent Systems, section 4.3).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ChurnRisk {
    /// 0..1.
    pub value: f64,
    /// Why, the strongest first; empty for no risk.
    pub reasons: Vec<Reason>,
}

/// One sign that a customer may leave.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// No order for long.
    Silence {
        /// Days since the last order.
        days: f64,
        /// Days between two orders of this customer, drawn to those of all.
        usual: f64,
        /// 0..1: the chance that a customer who is still active had ordered by now. With orders at random times
        /// (Schmittlein, Morrison and Colombo 1987, Management Science 33:1) it is 1 − exp(−days/usual).
        risk: f64,
    },
    /// Words since the last order that speak of leaving.
    Words {
        /// 0..1: the strongest of them.
        risk: f64,
    },
}

impl Reason {
    /// Its own risk, 0..1.
    pub const fn risk(&self) -> f64 {
        match *self {
            Self::Silence { risk, .. } | Self::Words { risk } => risk,
        }
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Silence { days, usual, .. } => write!(f, "no order for {days:.0} days, usually {usual:.0}"),
            Self::Words { risk } => write!(f, "speaks of leaving ({risk:.2})"),
        }
    }
}

/// A customer's silence against what is usual.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rhythm {
    silence: f64,
    usual: f64,
}

impl Rhythm {
    /// `common` is the mean gap of all customers in seconds.
    pub(super) fn of(orders: &[(Timestamp, f64)], common: Option<f64>, now: Timestamp) -> Option<Self> {
        let (last, common) = (orders.last()?.0, common?);
        let gaps = gaps(orders);
        let sum: f64 = gaps.iter().map(SignedDuration::as_secs_f64).sum();
        let usual = (sum + PRIOR * common) / (gaps.len() as f64 + PRIOR);
        (usual > 0.0).then(|| Self { silence: now.duration_since(last).as_secs_f64(), usual })
    }

    /// Chance that an active customer is silent for so long.
    pub(super) fn chance(self) -> f64 {
        (-self.silence / self.usual).exp()
    }
}

/// Mean gap between two orders over all customers, in seconds; `None` for fewer than ten gaps.
pub(super) fn common_gap<'a>(customers: impl Iterator<Item = &'a [(Timestamp, f64)]>) -> Option<f64> {
    let gaps: Vec<f64> = customers.flat_map(gaps).map(|gap| gap.as_secs_f64()).collect();
    (gaps.len() >= LEAST).then(|| gaps.iter().sum::<f64>() / gaps.len() as f64)
}

pub(super) fn risk(rhythm: Option<Rhythm>, words: f64) -> ChurnRisk {
    const DAY: f64 = 86_400.0;
    let silence = rhythm.map(|rhythm| Reason::Silence {
        days: rhythm.silence / DAY,
        usual: rhythm.usual / DAY,
        risk: 1.0 - rhythm.chance(),
    });
    let words = (words > 0.0).then_some(Reason::Words { risk: words.min(1.0) });
    let mut reasons: Vec<Reason> =
        silence.into_iter().chain(words).filter(|reason| reason.risk() > 0.0).collect();
    reasons.sort_by(|a, b| b.risk().total_cmp(&a.risk()));
    let stays: f64 = reasons.iter().map(|reason| 1.0 - reason.risk()).product();
    ChurnRisk { value: 1.0 - stays, reasons }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orders(days: &[i64]) -> Vec<(Timestamp, f64)> {
        days.iter().map(|day| (Timestamp::from_second(day * 86_400).unwrap(), 10.0)).collect()
    }

    #[test]
    fn silence_counts_against_the_own_rhythm() {
        let now = Timestamp::from_second(200 * 86_400).unwrap();
        let common = Some(30.0 * 86_400.0);
        let of = |days: &[i64]| risk(Rhythm::of(&orders(days), common, now), 0.0);
        let (monthly, weekly) = (of(&[80, 110, 140, 170]), of(&[149, 156, 163, 170]));
        assert!((monthly.value - (1.0 - (-1.0_f64).exp())).abs() < 1e-12, "one usual gap has passed");
        assert!(weekly.value > monthly.value);
        assert_eq!(monthly.reasons[0].to_string(), "no order for 30 days, usually 30");
        assert_eq!(risk(Rhythm::of(&[], common, now), 0.0), ChurnRisk::default());
        assert!(Rhythm::of(&orders(&[80]), None, now).is_none());
    }

    #[test]
    fn signs_are_joined() {
        let now = Timestamp::from_second(170 * 86_400).unwrap();
        let rhythm = Rhythm::of(&orders(&[140, 160]), Some(20.0 * 86_400.0), now);
        let both = risk(rhythm, 0.6);
        let silence = risk(rhythm, 0.0).value;
        assert!((both.value - (1.0 - 0.4 * (1.0 - silence))).abs() < 1e-12);
        assert_eq!(both.reasons[0].to_string(), "speaks of leaving (0.60)");
        let nine = orders(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(common_gap([nine.as_slice()].into_iter()), None);
        assert_eq!(common_gap([nine.as_slice(), nine.as_slice()].into_iter()), Some(86_400.0));
    }
}
