//! Whether customers stay: repurchase, recommendation, leaving, and what they say of competitors.
//!
//! All shares are of distinct customers, with Wilson intervals. The three sides of loyalty (buying again,
//! recommending, resisting other offers) are those of Griffin (1995, Customer Loyalty: How to Earn It, How to Keep
//! It); what counts for each is stated at the number.

use super::{Confidence, Estimate, hash, pairs};
use crate::annotate::{Insight, Intent, Polarity};
use crate::feedback::{Feedback, RatingKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const ORDERED: u8 = 1;
const ORDERED_AGAIN: u8 = 1 << 1;
const SPOKE: u8 = 1 << 2;
const RECOMMENDS: u8 = 1 << 3;
const LEAVES: u8 = 1 << 4;
const COMPARES: u8 = 1 << 5;
const PREFERS_OTHERS: u8 = 1 << 6;

/// What is known of each customer: mergeable, exact in any order of adding, 9 bytes a customer.
///
/// ```
/// use candor::{Engine, Feedback, metrics::{Confidence, loyalty::Loyalty}};
/// let engine = Engine::builder().build()?;
/// let mut loyalty = Loyalty::default();
/// for text in ["I recommend this shop to everyone", "Never again, I am switching to another shop"] {
///     let feedback = Feedback::builder(text).text(text).build()?;
///     loyalty.push(&feedback, &engine.analyze(&feedback));
/// }
/// let numbers = loyalty.numbers(Confidence::default());
/// assert_eq!(numbers.recommendation.unwrap().value, 0.5);
/// assert!(numbers.repurchase.is_none()); // no order history
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loyalty {
    #[serde(with = "pairs")]
    customers: BTreeMap<u64, u8>,
}

/// Loyalty as shares of customers; `None` where nobody is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LoyaltyNumbers {
    /// Customers.
    pub customers: u64,
    /// Of those with an order in `Customer.orders`: who has at least two.
    pub repurchase: Option<Estimate>,
    /// Of those who said something: who recommends, in words or by 9 or 10 of 10.
    pub recommendation: Option<Estimate>,
    /// Of those who said something: who announces to leave.
    pub leaving: Option<Estimate>,
    /// Resistance to competitors, of those who compare or recommend elsewhere: who neither announces to leave nor
    /// speaks badly in comparing.
    pub resistance: Option<Estimate>,
}

impl Loyalty {
    /// Counts one item with its verdict.
    pub fn push(&mut self, feedback: &Feedback, insight: &Insight) {
        let (kind, id) = feedback.customer_key();
        *self.customers.entry(hash::stable(&[kind, id])).or_default() |= signs(feedback, insight);
    }

    /// Adds everything another holds.
    pub fn merge(&mut self, other: &Self) {
        for (customer, signs) in &other.customers {
            *self.customers.entry(*customer).or_default() |= signs;
        }
    }

    /// The shares.
    pub fn numbers(&self, confidence: Confidence) -> LoyaltyNumbers {
        let count = |all: u8, none: u8| {
            self.customers.values().filter(|signs| *signs & all == all && *signs & none == 0).count() as u64
        };
        let share = |part, whole| Estimate::share(part, whole, confidence);
        let spoke = count(SPOKE, 0);
        LoyaltyNumbers {
            customers: self.customers.len() as u64,
            repurchase: share(count(ORDERED_AGAIN, 0), count(ORDERED, 0)),
            recommendation: share(count(SPOKE | RECOMMENDS, 0), spoke),
            leaving: share(count(SPOKE | LEAVES, 0), spoke),
            resistance: share(count(COMPARES, LEAVES | PREFERS_OTHERS), count(COMPARES, 0)),
        }
    }
}

fn signs(feedback: &Feedback, insight: &Insight) -> u8 {
    let sign = |is: bool, bit: u8| if is { bit } else { 0 };
    let orders = feedback.customer().orders.len();
    let intents = insight.intents();
    let polarity = insight.sentiment().polarity;
    let nps = feedback.rating().filter(|rating| rating.kind() == RatingKind::Nps);
    let promotes = nps.is_some_and(|rating| super::nps::stance(rating.value()) > 0.0);
    let compares = intents.contains(Intent::Comparison);
    sign(orders > 0, ORDERED)
        | sign(orders > 1, ORDERED_AGAIN)
        | sign(insight.abstained().is_none() || nps.is_some(), SPOKE)
        | sign(promotes || intents.contains(Intent::Recommend) && polarity != Polarity::Negative, RECOMMENDS)
        | sign(intents.contains(Intent::Churn), LEAVES)
        | sign(compares, COMPARES)
        | sign(compares && polarity == Polarity::Negative, PREFERS_OTHERS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feedback::{Customer, Order, Rating};
    use crate::metrics::testing::Item;
    use jiff::Timestamp;

    fn item(id: &str, orders: usize, intents: &[Intent], polarity: Polarity) -> (Feedback, Insight) {
        let order = Order { at: Timestamp::UNIX_EPOCH, value: 9.0 };
        let customer = Customer { id: Some(id.into()), orders: vec![order; orders], ..Customer::default() };
        let mut item = Item::new(id).with(|b| b.customer(customer));
        for intent in intents {
            item.insight.intents.insert(*intent);
        }
        item.insight.sentiment.polarity = polarity;
        item.done()
    }

    #[test]
    fn each_customer_counts_once() {
        let (mut loyalty, mut other) = (Loyalty::default(), Loyalty::default());
        for (id, orders, intents, polarity) in [
            ("a", 2, &[Intent::Recommend][..], Polarity::Positive),
            ("a", 2, &[], Polarity::Neutral),
            ("b", 1, &[Intent::Comparison], Polarity::Positive),
            ("c", 1, &[Intent::Comparison, Intent::Churn], Polarity::Positive),
            ("d", 0, &[Intent::Comparison], Polarity::Negative),
        ] {
            let (feedback, insight) = item(id, orders, intents, polarity);
            let into = if id < "c" { &mut loyalty } else { &mut other };
            into.push(&feedback, &insight);
        }
        loyalty.merge(&other);
        let numbers = loyalty.numbers(Confidence::default());
        let parts = [numbers.repurchase, numbers.recommendation, numbers.leaving, numbers.resistance];
        let parts = parts.map(|share| share.map(|share| (share.value, share.n)).unwrap());
        assert_eq!(parts, [(1.0 / 3.0, 3), (0.25, 4), (0.25, 4), (1.0 / 3.0, 3)]);
        let text = serde_json::to_string(&loyalty).unwrap();
        assert_eq!(serde_json::from_str::<Loyalty>(&text).unwrap(), loyalty);
    }

    #[test]
    fn promoters_recommend() {
        let mut loyalty = Loyalty::default();
        let (feedback, insight) = Item::new("p").with(|b| b.rating(Rating::nps(9.0).unwrap())).done();
        loyalty.push(&feedback, &insight);
        assert_eq!(loyalty.numbers(Confidence::default()).recommendation.unwrap().value, 1.0);
        assert_eq!(Loyalty::default().numbers(Confidence::default()), LoyaltyNumbers::default());
    }
}
