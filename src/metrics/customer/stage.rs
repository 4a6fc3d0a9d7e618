//! The stage of the relation with a customer.
//!
//! Relations begin, grow, hold and end (Dwyer, Schurr and Oh 1987, Journal of Marketing 51:11). The cuts are ours.

use super::history::gaps;
use super::risk::Rhythm;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Orders that make more than an acquaintance.
const FEW: usize = 3;

/// Gaps needed before their halves are compared.
const GAPS: usize = 4;

/// How much longer or shorter gaps, or larger orders, must become to show a direction.
const CHANGE: f64 = 1.5;

/// Silence with a chance below this ends a relation: about three times the usual gap.
const ENDED: f64 = 0.05;

/// Where the relation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Fewer than three orders.
    Introduction,
    /// Orders come in two thirds of the time, or are half as large again, in the later half of the relation.
    Growth,
    /// Neither.
    Maturity,
    /// Silent for about three times the usual gap, or gaps half as long again in the later half.
    Decline,
}

impl Stage {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Introduction => "introduction",
            Self::Growth => "growth",
            Self::Maturity => "maturity",
            Self::Decline => "decline",
        }
    }

    /// The stage by orders in the order of time; `None` without any.
    pub(super) fn of(orders: &[(Timestamp, f64)], rhythm: Option<Rhythm>) -> Option<Self> {
        if orders.is_empty() {
            return None;
        }
        if rhythm.is_some_and(|rhythm| rhythm.chance() < ENDED) {
            return Some(Self::Decline);
        }
        if orders.len() < FEW {
            return Some(Self::Introduction);
        }
        let pace = change(&gaps(orders).iter().map(SignedDuration::as_secs_f64).collect::<Vec<_>>());
        let size = change(&orders.iter().map(|(_, value)| *value).collect::<Vec<_>>());
        Some(match (pace, size) {
            (Some(pace), _) if pace >= CHANGE => Self::Decline,
            (Some(pace), _) if pace <= 1.0 / CHANGE => Self::Growth,
            (_, Some(size)) if size >= CHANGE => Self::Growth,
            _ => Self::Maturity,
        })
    }
}

/// Mean of the later half by mean of the earlier, the middle one in neither; `None` for few or worthless numbers.
fn change(numbers: &[f64]) -> Option<f64> {
    let half = numbers.len() / 2;
    if numbers.len() < GAPS {
        return None;
    }
    let earlier: f64 = numbers.iter().take(half).sum();
    let later: f64 = numbers.iter().rev().take(half).sum();
    (earlier > 0.0).then(|| later / earlier)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(days: &[i64], values: &[f64]) -> Option<Stage> {
        let at = |day: &i64| Timestamp::from_second(day * 86_400).unwrap();
        let orders: Vec<_> =
            days.iter().map(at).zip(values.iter().copied().chain(std::iter::repeat(10.0))).collect();
        Stage::of(&orders, None)
    }

    #[test]
    fn stages_by_pace_and_size() {
        assert_eq!(stage(&[], &[]), None);
        assert_eq!(stage(&[1, 20], &[]), Some(Stage::Introduction));
        assert_eq!(stage(&[0, 30, 60, 90, 120], &[]), Some(Stage::Maturity));
        assert_eq!(stage(&[0, 40, 80, 100, 120], &[]), Some(Stage::Growth));
        assert_eq!(stage(&[0, 20, 40, 80, 120], &[]), Some(Stage::Decline));
        assert_eq!(stage(&[0, 30, 60, 90, 120], &[10.0, 10.0, 15.0, 20.0, 20.0]), Some(Stage::Growth));
        assert_eq!(stage(&[0, 1, 60], &[]), Some(Stage::Maturity), "two gaps show no direction");
    }
}
