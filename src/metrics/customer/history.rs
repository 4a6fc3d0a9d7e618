//! What is known of each customer.

use super::profile::{self, Profile};
use crate::annotate::{Insight, Intent};
use crate::feedback::{Feedback, Order};
use crate::metrics::moments::{fixed, float};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Orders and words of customers: mergeable, the same in any order of adding.
///
/// An order that several items tell counts once. Memory grows with customers and their orders; of the words only
/// those that complain or threaten to leave are kept, as numbers.
///
/// ```
/// use candor::{Engine, Feedback, feedback::{Customer, Order}, metrics::customer::Customers};
/// let engine = Engine::builder().build()?;
/// let mut customers = Customers::default();
/// let orders = vec![Order { at: "2026-01-05T00:00:00Z".parse().unwrap(), value: 40.0 }];
/// let customer = Customer { id: Some("c-9".into()), orders, ..Customer::default() };
/// let text = "Never again, I am switching to another shop";
/// let feedback = Feedback::builder("r-1").customer(customer).text(text).build()?;
/// customers.push(&feedback, &engine.analyze(&feedback));
/// let profiles = customers.profiles("2026-02-01T00:00:00Z".parse().unwrap());
/// assert_eq!((profiles[0].id.as_str(), profiles[0].value, profiles[0].orders), ("c-9", Some(40.0), 1));
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Customers {
    histories: BTreeMap<String, History>,
}

/// One customer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct History {
    /// When, and the value in fixed point.
    orders: BTreeSet<(Timestamp, i64)>,
    /// Value over the whole relation as the newest item tells it.
    lifetime: Option<(Option<Timestamp>, i64)>,
    /// Segment as the newest item tells it.
    segment: Option<(Option<Timestamp>, String)>,
    /// When, whether it complains, and how much it speaks of leaving in fixed point; `None` without a date.
    words: BTreeSet<(Option<Timestamp>, bool, i64)>,
    /// Items.
    pub(super) items: u64,
}

impl Customers {
    /// Counts one item with its verdict; without a customer id it is left out.
    pub fn push(&mut self, feedback: &Feedback, insight: &Insight) {
        let customer = feedback.customer();
        let Some(id) = &customer.id else { return };
        let at = feedback.created_at();
        let complains = insight.intents().contains(Intent::Complaint);
        let leaving = fixed(f64::from(insight.churn_risk()));
        let mut history = History {
            orders: customer.orders.iter().map(|order| (order.at, fixed(order.value))).collect(),
            lifetime: customer.lifetime_value.map(|value| (at, fixed(value))),
            segment: customer.segment.clone().map(|segment| (at, segment)),
            words: BTreeSet::new(),
            items: 1,
        };
        if complains || leaving > 0 {
            history.words.insert((at, complains, leaving));
        }
        self.entry(id).merge(history);
    }

    /// Adds orders that the host knows apart from feedback.
    pub fn add_orders<'a>(&mut self, id: &str, orders: impl IntoIterator<Item = &'a Order>) {
        let orders = orders.into_iter().map(|order| (order.at, fixed(order.value)));
        self.entry(id).orders.extend(orders);
    }

    fn entry(&mut self, id: &str) -> &mut History {
        self.histories.entry(id.to_owned()).or_default()
    }

    /// Adds everything another holds.
    pub fn merge(&mut self, other: &Self) {
        for (id, history) in &other.histories {
            self.entry(id).merge(history.clone());
        }
    }

    /// Forgets a customer: nothing of them remains.
    pub fn erase(&mut self, id: &str) {
        self.histories.remove(id);
    }

    /// All customers as they stand at `now`, by id; orders after it do not count. Log-linear in their number.
    pub fn profiles(&self, now: Timestamp) -> Vec<Profile> {
        profile::all(self.histories.iter().map(|(id, history)| (id.as_str(), history)), now)
    }

    /// The customers to call first: those who may leave with at least this risk, by what would be lost (risk times
    /// value, the mean value where none is known), at most `limit`.
    pub fn call_first(&self, now: Timestamp, least_risk: f64, limit: usize) -> Vec<Profile> {
        profile::call_first(self.profiles(now), least_risk, limit)
    }
}

impl History {
    fn merge(&mut self, other: Self) {
        self.orders.extend(other.orders);
        self.lifetime = self.lifetime.max(other.lifetime);
        self.segment = self.segment.take().max(other.segment);
        self.words.extend(other.words);
        self.items += other.items;
    }

    /// Orders up to an instant, in the order of time, with their values.
    pub(super) fn orders(&self, now: Timestamp) -> Vec<(Timestamp, f64)> {
        let until = self.orders.iter().take_while(|(at, _)| *at <= now);
        until.map(|(at, value)| (*at, float(*value))).collect()
    }

    /// Value of the relation: as told, else the sum of the orders.
    pub(super) fn value(&self, orders: &[(Timestamp, f64)]) -> Option<f64> {
        let sum = (!orders.is_empty()).then(|| orders.iter().map(|(_, value)| value).sum());
        self.lifetime.map(|(_, value)| float(value)).or(sum)
    }

    pub(super) fn segment(&self) -> Option<&str> {
        self.segment.as_ref().map(|(_, segment)| segment.as_str())
    }

    /// Complaints, and the strongest word of leaving, since an instant; who ordered again has forgiven. Words
    /// without a date count where there is no order.
    pub(super) fn words_since(&self, last: Option<Timestamp>) -> (u64, f64) {
        let since = self.words.iter().filter(|(at, ..)| *at >= last);
        since.fold((0, 0.0), |(complaints, leaving), (_, complains, own)| {
            (complaints + u64::from(*complains), f64::max(leaving, float(*own)))
        })
    }
}

/// Time between one order and the next.
pub(super) fn gaps(orders: &[(Timestamp, f64)]) -> Vec<SignedDuration> {
    let pairs = orders.iter().zip(orders.iter().skip(1));
    pairs.map(|((before, _), (after, _))| after.duration_since(*before)).collect()
}
