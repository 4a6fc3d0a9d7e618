//! A customer as they stand at one instant.

use super::history::History;
use super::rfm::{self, Orders, Rfm};
use super::risk::{self, ChurnRisk, Rhythm};
use super::stage::Stage;
use jiff::Timestamp;
use serde::Serialize;

/// What is known of a customer at one instant; `None` where nothing is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Profile {
    /// Id in the host's system.
    pub id: String,
    /// Segment of the host.
    pub segment: Option<String>,
    /// Items of feedback.
    pub items: u64,
    /// Orders.
    pub orders: u64,
    /// The last of them.
    pub last_order: Option<Timestamp>,
    /// Value of the relation in the host's currency: as the host tells it, else the sum of the orders.
    pub value: Option<f64>,
    /// Scores among all customers; needs five customers with orders.
    pub rfm: Option<Rfm>,
    /// Stage of the relation.
    pub stage: Option<Stage>,
    /// Complaints since the last order.
    pub complaints: u64,
    /// Whether they may leave.
    pub churn: ChurnRisk,
}

/// A customer with the orders up to now.
struct Known<'a> {
    id: &'a str,
    history: &'a History,
    orders: Vec<(Timestamp, f64)>,
}

pub(super) fn all<'a>(
    histories: impl Iterator<Item = (&'a str, &'a History)>,
    now: Timestamp,
) -> Vec<Profile> {
    let known: Vec<Known<'_>> =
        histories.map(|(id, history)| Known { id, history, orders: history.orders(now) }).collect();
    let common = risk::common_gap(known.iter().map(|known| known.orders.as_slice()));
    let orders: Vec<Option<Orders>> = known.iter().map(|known| summed(&known.orders)).collect();
    let scores = rfm::scores(&orders);
    known.into_iter().zip(scores).map(|(known, rfm)| known.profile(rfm, common, now)).collect()
}

fn summed(orders: &[(Timestamp, f64)]) -> Option<Orders> {
    let value = orders.iter().map(|(_, value)| value).sum();
    orders.last().map(|(last, _)| Orders { last: *last, n: orders.len(), value })
}

impl Known<'_> {
    fn profile(self, rfm: Option<Rfm>, common: Option<f64>, now: Timestamp) -> Profile {
        let last_order = self.orders.last().map(|(at, _)| *at);
        let rhythm = Rhythm::of(&self.orders, common, now);
        let (complaints, words) = self.history.words_since(last_order);
        Profile {
            id: self.id.to_owned(),
            segment: self.history.segment().map(str::to_owned),
            items: self.history.items,
            orders: self.orders.len() as u64,
            last_order,
            value: self.history.value(&self.orders),
            rfm,
            stage: Stage::of(&self.orders, rhythm),
            complaints,
            churn: risk::risk(rhythm, words),
        }
    }
}

pub(super) fn call_first(mut profiles: Vec<Profile>, least_risk: f64, limit: usize) -> Vec<Profile> {
    let values: Vec<f64> = profiles.iter().filter_map(|profile| profile.value).collect();
    let mean = if values.is_empty() { 1.0 } else { values.iter().sum::<f64>() / values.len() as f64 };
    let loss = |profile: &Profile| profile.churn.value * profile.value.unwrap_or(mean);
    profiles.retain(|profile| profile.churn.value >= least_risk);
    profiles.sort_by(|a, b| loss(b).total_cmp(&loss(a)).then_with(|| a.id.cmp(&b.id)));
    profiles.truncate(limit);
    profiles
}

#[cfg(test)]
mod tests {
    use super::super::Customers;
    use super::*;
    use crate::annotate::Intent;
    use crate::feedback::{Customer, Order};
    use crate::metrics::testing::Item;

    fn day(day: i64) -> Timestamp {
        Timestamp::from_second(1_735_689_600 + (day - 1) * 86_400).unwrap()
    }

    fn push(customers: &mut Customers, id: &str, days: &[i64], said: i64, churn: f32) {
        let orders = days.iter().map(|n| Order { at: day(*n), value: 20.0 }).collect();
        let customer =
            Customer { id: Some(id.into()), orders, segment: Some("gold".into()), ..Customer::default() };
        let mut item = Item::new(id).day(said).with(|b| b.customer(customer));
        item.insight.churn_risk = churn;
        item.insight.intents.insert(Intent::Complaint);
        let (feedback, insight) = item.done();
        customers.push(&feedback, &insight);
    }

    fn five() -> Customers {
        let mut customers = Customers::default();
        push(&mut customers, "steady", &[1, 31, 61, 91, 121, 151], 160, 0.0);
        push(&mut customers, "silent", &[1, 8, 15, 22, 29, 36], 40, 0.0);
        push(&mut customers, "leaving", &[120, 150], 155, 0.9);
        push(&mut customers, "forgave", &[120, 150], 130, 0.9);
        push(&mut customers, "new", &[158], 159, 0.0);
        customers
    }

    #[test]
    fn everybody_has_a_stage_and_a_risk() {
        let profiles = five().profiles(day(160));
        let rows: Vec<_> =
            profiles.iter().map(|p| (p.id.as_str(), p.stage.unwrap().as_str(), p.complaints)).collect();
        let golden = [
            ("forgave", "introduction", 0),
            ("leaving", "introduction", 1),
            ("new", "introduction", 1),
            ("silent", "decline", 1),
            ("steady", "maturity", 1),
        ];
        assert_eq!(rows, golden);
        assert!(
            profiles[0].churn.value < 0.5 && profiles[1].churn.value > 0.9 && profiles[3].churn.value > 0.95
        );
        assert_eq!(profiles[3].rfm.unwrap(), Rfm { recency: 1, frequency: 4, monetary: 4 });
        assert_eq!((profiles[4].segment.as_deref(), profiles[4].value), (Some("gold"), Some(120.0)));
    }

    #[test]
    fn whom_to_call_first_loses_most() {
        let first = |least, limit| {
            five().call_first(day(160), least, limit).into_iter().map(|p| p.id).collect::<Vec<_>>()
        };
        assert_eq!(first(0.5, 9), ["silent", "leaving"]);
        assert_eq!(first(0.0, 1), ["silent"]);
    }

    #[test]
    fn merging_counts_an_order_once_and_erasing_leaves_nothing() {
        let (mut twice, once) = (five(), five());
        twice.merge(&once);
        let orders =
            |customers: &Customers| customers.profiles(day(160)).iter().map(|p| p.orders).collect::<Vec<_>>();
        assert_eq!(orders(&twice), orders(&once));
        let text = serde_json::to_string(&twice).unwrap();
        assert_eq!(serde_json::from_str::<Customers>(&text).unwrap(), twice);
        once.profiles(day(1)).iter().for_each(|profile| assert!(profile.rfm.is_none()));
        twice.erase("silent");
        assert!(twice.profiles(day(160)).iter().all(|profile| profile.id != "silent"));
    }
}
