//! What the numbers of an aggregate do not hold: the worth of customers, broken targets, effort, grave words.

use crate::annotate::{Consequence, Insight};
use crate::data;
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::Feedback;
use crate::metrics::Scope;
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
/// facts.effort("delivery/speed", None, 10.0);
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
    /// Days of work, by scope as it is written, `courier=Swift`; everywhere is empty.
    effort: BTreeMap<String, f64>,
    /// Part of the turnover, in the same way.
    stake: BTreeMap<String, f64>,
}

/// Attribute that holds what an order was worth, where the record has no orders of the customer.
const ORDER_VALUE: &str = "order_value";
/// Hours of a day of work.
const HOURS: f64 = 8.0;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "schema")]
    _schema: u32,
    fact: Vec<Stated>,
}

/// What a file states of one problem.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stated {
    topic: String,
    scope: Option<String>,
    effort_hours: Option<f64>,
    value: Option<f64>,
}

impl Facts {
    /// Reads what a host states of its problems; `name` appears in error messages.
    ///
    /// `effort_hours` is the work that solving takes (eight hours are a day), `value` the part of the turnover, 0..1,
    /// that the problem puts at stake. Without a scope both hold wherever nothing closer is stated.
    ///
    /// ```
    /// use candor::priority::Facts;
    /// let facts = Facts::parse("facts.toml", r#"
    /// schema = 1
    /// [[fact]]
    /// topic = "delivery/speed"
    /// scope = "courier=Swift"
    /// effort_hours = 24
    /// value = 0.1
    /// "#)?;
    /// let error = Facts::parse("facts.toml", "schema = 1\n[[fact]]\ntopic = \"price\"\nvalue = 7").unwrap_err();
    /// assert_eq!(error.to_string(), "facts.toml: value 7 of topic \"price\" is outside 0..1");
    /// # Ok::<(), candor::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Syntax`] when it is not TOML of that shape or a scope is not like `courier=Swift`,
    /// [`ErrorKind::Incompatible`] for another schema, [`ErrorKind::OutOfRange`] for hours below 0 or a value outside
    /// 0..1.
    pub fn parse(name: &str, toml: &str) -> Result<Self> {
        let File { fact, .. } = data::read(name, toml)?;
        let mut facts = Self::default();
        for stated in fact {
            facts.state(&stated).map_err(|(kind, message)| Error::new(kind, message).at_source(name))?;
        }
        Ok(facts)
    }

    fn state(&mut self, stated: &Stated) -> std::result::Result<(), (ErrorKind, String)> {
        let Stated { topic, scope, effort_hours, value } = stated;
        let whole = |text: &String| match text.split_once('=') {
            Some((dimension, value)) if !dimension.is_empty() => Ok(Scope::new(dimension, value)),
            _ => Err((ErrorKind::Syntax, format!("scope \"{text}\" is not like \"courier=Swift\""))),
        };
        let scope = scope.as_ref().map(whole).transpose()?;
        if let Some(hours) = effort_hours.filter(|hours| !hours.is_finite() || *hours < 0.0) {
            let message = format!("effort_hours {hours} of topic \"{topic}\" is not a number of 0 or more");
            return Err((ErrorKind::OutOfRange, message));
        }
        if let Some(value) = value.filter(|value| !(0.0..=1.0).contains(value)) {
            return Err((
                ErrorKind::OutOfRange,
                format!("value {value} of topic \"{topic}\" is outside 0..1"),
            ));
        }
        if let Some(hours) = effort_hours {
            self.effort(topic.as_str(), scope.as_ref(), hours / HOURS);
        }
        if let Some(value) = value {
            self.stake(topic.as_str(), scope.as_ref(), *value);
        }
        Ok(())
    }

    /// Takes the worth of the customer (lifetime value, else the sum of the orders, else the attribute `order_value`)
    /// and the concerns of an item.
    pub fn push(&mut self, feedback: &Feedback, insight: &Insight) {
        let (kind, id) = feedback.customer_key();
        let key = format!("{kind}/{id}");
        let customer = feedback.customer();
        let orders = || customer.orders.iter().map(|order| order.value).sum::<f64>();
        let order = || feedback.attributes().get(ORDER_VALUE)?.trim().parse().ok();
        let worth =
            customer.lifetime_value.or_else(|| (!customer.orders.is_empty()).then(orders)).or_else(order);
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

    /// Sets the days of work that solving a topic takes, there or wherever nothing closer is set; what is no number of
    /// 0 or more is left out.
    pub fn effort(&mut self, topic: impl Into<String>, scope: Option<&Scope>, days: f64) {
        if days.is_finite() && days >= 0.0 {
            self.topics.entry(topic.into()).or_default().effort.insert(key(scope), days);
        }
    }

    /// Sets the part of the turnover, 0..1, that a topic puts at stake, there or wherever nothing closer is set: it
    /// takes the place of the worth of the customers seen. What is no such part is left out.
    pub fn stake(&mut self, topic: impl Into<String>, scope: Option<&Scope>, part: f64) {
        if (0.0..=1.0).contains(&part) {
            self.topics.entry(topic.into()).or_default().stake.insert(key(scope), part);
        }
    }

    /// Adds everything another state holds; of an effort or stake known to both the greater one stays.
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
            greater(&mut own.effort, &theirs.effort);
            greater(&mut own.stake, &theirs.stake);
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
        self.topics.values().any(|topic| !topic.effort.is_empty())
    }

    /// Days of work for a topic, where they are known.
    pub(super) fn days(&self, topic: &str, scope: Option<&Scope>) -> Option<f64> {
        closest(&self.topics.get(topic)?.effort, scope)
    }

    /// Whether what is at stake was told for any topic.
    pub(super) fn knows_stakes(&self) -> bool {
        self.topics.values().any(|topic| !topic.stake.is_empty())
    }

    /// The part of the turnover at stake, where it was told.
    pub(super) fn staked(&self, topic: &str, scope: Option<&Scope>) -> Option<f64> {
        closest(&self.topics.get(topic)?.stake, scope)
    }

    /// Customers of a topic who name a concern.
    pub(super) fn concerned(&self, topic: &str, concern: Consequence) -> u64 {
        let found = self.topics.get(topic).and_then(|topic| topic.concerned.get(&concern));
        found.map_or(0, |customers| customers.len() as u64)
    }
}

fn key(scope: Option<&Scope>) -> String {
    scope.map(Scope::to_string).unwrap_or_default()
}

/// What is known of the scope, else of everywhere.
fn closest(known: &BTreeMap<String, f64>, scope: Option<&Scope>) -> Option<f64> {
    known.get(&key(scope)).or_else(|| known.get("")).copied()
}

fn greater(own: &mut BTreeMap<String, f64>, theirs: &BTreeMap<String, f64>) {
    for (scope, number) in theirs {
        let known = own.entry(scope.clone()).or_insert(*number);
        *known = known.max(*number);
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

    #[test]
    fn an_order_is_worth_what_its_attribute_says() {
        let mut facts = Facts::default();
        for (id, worth) in [("a", " 75.5"), ("b", "224.5"), ("c", "n/a"), ("d", "-3")] {
            let (feedback, insight) =
                Item::new(id).with(|b| b.attribute("order_value", worth)).bad("price/value", 0.5).done();
            facts.push(&feedback, &insight);
        }
        assert_eq!(facts.worth.values().copied().collect::<Vec<_>>(), [75.5, 224.5]);
    }

    #[test]
    fn what_is_stated_of_a_scope_is_closer() {
        let facts = "schema = 1\n[[fact]]\ntopic = \"price/value\"\neffort_hours = 80\nvalue = 0.1\n\
            [[fact]]\ntopic = \"price/value\"\nscope = \"store=North=1\"\neffort_hours = 4";
        let facts = Facts::parse("mine.toml", facts).unwrap();
        let (north, south) = (Scope::new("store", "North=1"), Scope::new("store", "South"));
        assert_eq!(facts.days("price/value", Some(&north)), Some(0.5));
        assert_eq!([None, Some(&south)].map(|scope| facts.days("price/value", scope)), [Some(10.0); 2]);
        assert_eq!(facts.staked("price/value", Some(&north)), Some(0.1));
        assert_eq!((facts.days("other", None), facts.knows_stakes()), (None, true));
    }

    #[test]
    fn errors_say_what_is_wrong() {
        let error = |fact: &str| {
            let toml = format!("schema = 1\n[[fact]]\ntopic = \"price\"\n{fact}");
            Facts::parse("mine.toml", &toml).unwrap_err().to_string()
        };
        assert_eq!(error("scope = \"north\""), "mine.toml: scope \"north\" is not like \"courier=Swift\"");
        assert_eq!(
            error("effort_hours = -1"),
            "mine.toml: effort_hours -1 of topic \"price\" is not a number of 0 or more"
        );
        assert!(error("days = 3").starts_with("mine.toml, line 4: unknown field `days`"));
    }
}
