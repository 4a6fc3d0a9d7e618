//! What the numbers of an aggregate do not hold: the worth of customers, broken targets, effort, grave words.

use crate::annotate::{Consequence, Insight};
use crate::feedback::Feedback;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What the host knows beside the numbers, for the terms value, sla and effort and for overrides by concern.
///
/// Everything is optional: a term that no issue has facts for is left out of the score.
///
/// ```
/// use candor::metrics::{Aggregate, SummaryOptions};
/// use candor::priority::{Facts, Model, TermName};
/// use candor::{Engine, Feedback, feedback::Customer};
/// let (engine, mut aggregate, mut facts) = (Engine::builder().build()?, Aggregate::new(), Facts::default());
/// for (id, worth, text) in [("a", 900.0, "Delivery was far too slow"), ("b", 100.0, "The lamp is lovely")] {
///     let customer = Customer { id: Some(id.into()), lifetime_value: Some(worth), ..Customer::default() };
///     let feedback = Feedback::builder(id).text(text).customer(customer).build()?;
///     let insight = engine.analyze(&feedback);
///     aggregate.push(&feedback, &insight);
///     facts.push(&feedback, &insight);
/// }
/// facts.effort("delivery/speed", 10.0);
/// let ranked = Model::builtin()?.rank_with(&aggregate.summary(&SummaryOptions::default()), &facts);
/// assert!(ranked[0].terms().iter().any(|term| term.name == TermName::Value));
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Worth of each customer it is known of.
    worth: BTreeMap<String, f64>,
    topics: BTreeMap<String, OfTopic>,
}

/// Facts about one topic.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct OfTopic {
    /// Customers with a problem.
    customers: BTreeSet<String>,
    /// Those of them who name something grave.
    concerned: BTreeMap<Consequence, BTreeSet<String>>,
    /// Cases with a broken target, and all.
    cases: (u64, u64),
    effort: Option<f64>,
}

impl Facts {
    /// Takes the worth of the customer (lifetime value, else the sum of the orders) and the concerns of an item.
    pub fn push(&mut self, feedback: &Feedback, insight: &Insight) {
        let (kind, id) = feedback.customer_key();
        let key = format!("{kind}/{id}");
        let customer = feedback.customer();
        let orders = || customer.orders.iter().map(|order| order.value).sum::<f64>();
        let worth = customer.lifetime_value.or_else(|| (!customer.orders.is_empty()).then(orders));
        if let Some(worth) = worth.filter(|worth| worth.is_finite() && *worth > 0.0) {
            let known = self.worth.entry(key.clone()).or_default();
            *known = known.max(worth);
        }
        for stance in crate::metrics::stances(insight).filter(|stance| stance.negative) {
            let topic = self.topics.entry(insight.path(stance.topic).to_owned()).or_default();
            topic.customers.insert(key.clone());
            for concern in insight.concerns().iter() {
                topic.concerned.entry(concern).or_default().insert(key.clone());
            }
        }
    }

    /// Adds cases of a topic, and how many of them have a broken target.
    pub fn cases(&mut self, topic: impl Into<String>, broken: u64, cases: u64) {
        let (b, n) = &mut self.topics.entry(topic.into()).or_default().cases;
        (*b, *n) = (*b + broken.min(cases), *n + cases);
    }

    /// Sets the days of work that solving a topic takes.
    pub fn effort(&mut self, topic: impl Into<String>, days: f64) {
        self.topics.entry(topic.into()).or_default().effort =
            Some(days).filter(|d| d.is_finite() && *d >= 0.0);
    }

    /// Adds everything another state holds; an effort known to both is the greater one.
    pub fn merge(&mut self, other: &Self) {
        for (key, worth) in &other.worth {
            let known = self.worth.entry(key.clone()).or_default();
            *known = known.max(*worth);
        }
        for (path, theirs) in &other.topics {
            let own = self.topics.entry(path.clone()).or_default();
            own.customers.extend(theirs.customers.iter().cloned());
            for (concern, customers) in &theirs.concerned {
                own.concerned.entry(*concern).or_default().extend(customers.iter().cloned());
            }
            own.cases = (own.cases.0 + theirs.cases.0, own.cases.1 + theirs.cases.1);
            own.effort = own.effort.into_iter().chain(theirs.effort).reduce(f64::max);
        }
    }

    /// Part of all known worth that lies with the customers of a topic, and the number of equal customers that would
    /// say it as surely; `None` when no worth is known at all.
    pub(super) fn value(&self, topic: &str) -> Option<(f64, f64)> {
        let all: f64 = self.worth.values().sum();
        let squares: f64 = self.worth.values().map(|worth| worth * worth).sum();
        if squares <= 0.0 {
            return None;
        }
        let customers = self.topics.get(topic).into_iter().flat_map(|topic| &topic.customers);
        let part: f64 = customers.filter_map(|key| self.worth.get(key)).sum();
        Some((part / all, all * all / squares))
    }

    /// Cases with a broken target, and all, of a topic; `None` when no topic has any.
    pub(super) fn broken(&self, topic: &str) -> Option<(u64, u64)> {
        let known = self.topics.values().any(|topic| topic.cases.1 > 0);
        known.then(|| self.topics.get(topic).map_or((0, 0), |topic| topic.cases))
    }

    /// Whether the days of work are known for any topic.
    pub(super) fn knows_days(&self) -> bool {
        self.topics.values().any(|topic| topic.effort.is_some())
    }

    /// Days of work for a topic, where they are known.
    pub(super) fn days(&self, topic: &str) -> Option<f64> {
        self.topics.get(topic).and_then(|topic| topic.effort)
    }

    /// Customers of a topic who name a concern.
    pub(super) fn concerned(&self, topic: &str, concern: Consequence) -> u64 {
        let found = self.topics.get(topic).and_then(|topic| topic.concerned.get(&concern));
        found.map_or(0, |customers| customers.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feedback::Customer;
    use crate::metrics::testing::Item;

    fn item(id: &str, worth: f64) -> Item {
        let customer =
            Customer { id: Some(id.to_owned()), lifetime_value: Some(worth), ..Customer::default() };
        Item::new(id).with(|b| b.customer(customer))
    }

    #[test]
    fn worth_counts_once_a_customer_in_any_order() {
        let say = |facts: &mut Facts, item: Item| {
            let (feedback, insight) = item.done();
            facts.push(&feedback, &insight);
        };
        let mut left = Facts::default();
        say(&mut left, item("a", 300.0).bad("price/value", 0.5));
        let mut right = Facts::default();
        say(&mut right, item("a", 300.0).bad("price/value", 0.5));
        say(&mut right, item("b", 100.0));
        let mut both = left.clone();
        both.merge(&right);
        right.merge(&left);
        assert_eq!(both, right);
        let (part, n) = both.value("price/value").unwrap();
        assert_eq!((part, n), (0.75, 1.6)); // 400² / (300² + 100²)
        assert_eq!((both.value("other").map(|v| v.0), Facts::default().value("other")), (Some(0.0), None));
    }
}
