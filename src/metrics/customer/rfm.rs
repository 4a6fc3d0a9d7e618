//! Recency, frequency, monetary value: each customer's fifth among all.
//!
//! Hughes (1994, Strategic Database Marketing, chapter 6): customers are sorted by each of the three and cut in
//! fifths, 5 the best. Equal customers get the same score, that of the worst place among them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Customers with orders that fifths need.
const LEAST: usize = 5;

/// The three scores, each 1..5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Rfm {
    /// How recently the last order was.
    pub recency: u8,
    /// How many orders.
    pub frequency: u8,
    /// What they were worth together.
    pub monetary: u8,
}

/// A reading of the three scores. The cuts are ours: there is no standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RfmGroup {
    /// All three at least 4.
    Best,
    /// Frequency at least 4, recency at least 3.
    Loyal,
    /// Recency at least 4, frequency at most 2.
    New,
    /// Recency at most 2, frequency at least 3: used to come.
    AtRisk,
    /// Recency and frequency at most 2.
    Lost,
    /// Between all these.
    Middle,
}

impl RfmGroup {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Loyal => "loyal",
            Self::New => "new",
            Self::AtRisk => "at_risk",
            Self::Lost => "lost",
            Self::Middle => "middle",
        }
    }
}

impl Rfm {
    /// The group of these scores, the first that fits.
    pub const fn group(self) -> RfmGroup {
        match (self.recency, self.frequency, self.monetary) {
            (4.., 4.., 4..) => RfmGroup::Best,
            (3.., 4.., _) => RfmGroup::Loyal,
            (4.., ..=2, _) => RfmGroup::New,
            (..=2, 3.., _) => RfmGroup::AtRisk,
            (..=2, ..=2, _) => RfmGroup::Lost,
            _ => RfmGroup::Middle,
        }
    }
}

/// What the scores are made of.
pub(super) struct Orders {
    pub(super) last: Timestamp,
    pub(super) n: usize,
    pub(super) value: f64,
}

/// Scores in the order given; `None` for customers without orders, and for all when fewer than five have some.
pub(super) fn scores(customers: &[Option<Orders>]) -> Vec<Option<Rfm>> {
    let known: Vec<&Orders> = customers.iter().flatten().collect();
    if known.len() < LEAST {
        return vec![None; customers.len()];
    }
    let recency = fifths(known.iter().map(|orders| orders.last.as_second() as f64));
    let frequency = fifths(known.iter().map(|orders| orders.n as f64));
    let monetary = fifths(known.iter().map(|orders| orders.value));
    let scored = recency.into_iter().zip(frequency).zip(monetary);
    let mut scored = scored.map(|((recency, frequency), monetary)| Rfm { recency, frequency, monetary });
    customers.iter().map(|orders| orders.as_ref().and_then(|_| scored.next())).collect()
}

/// 1 + ⌊5 · (customers with less) / n⌋.
fn fifths(values: impl Iterator<Item = f64>) -> Vec<u8> {
    let values: Vec<f64> = values.collect();
    let mut sorted = values.clone();
    sorted.sort_by(f64::total_cmp);
    let below = |value: &f64| sorted.partition_point(|other| other.total_cmp(value).is_lt());
    values.iter().map(|value| (1 + 5 * below(value) / sorted.len()) as u8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifths_are_equal_and_ties_share() {
        let ten: Vec<f64> = (0..10).map(f64::from).collect();
        assert_eq!(fifths(ten.into_iter()), [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
        assert_eq!(fifths([1.0, 1.0, 1.0, 9.0, 1.0].into_iter()), [1, 1, 1, 5, 1]);
    }

    #[test]
    fn groups_have_their_cuts() {
        let group = |recency, frequency, monetary| Rfm { recency, frequency, monetary }.group().as_str();
        let groups =
            [group(5, 5, 4), group(5, 5, 1), group(5, 1, 5), group(1, 3, 1), group(2, 2, 5), group(3, 3, 3)];
        assert_eq!(groups, ["best", "loyal", "new", "at_risk", "lost", "middle"]);
    }
}
