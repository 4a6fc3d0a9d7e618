//! One property for all states: halves merge to the whole, in any order, to the same bytes, and survive storage.

use super::association::{Tables, Together};
use super::customer::Customers;
use super::driver::Drivers;
use super::loyalty::Loyalty;
use super::testing::Item;
use crate::annotate::{Insight, Intent};
use crate::feedback::{AspectRating, Customer, Feedback, Order, Rating};
use jiff::Timestamp;
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

const TOPICS: [&str; 3] = ["delivery/speed", "service/attitude", "price/value"];

type Seed = (u8, u8, Vec<(u8, bool)>, u8, u8);

/// An item by a customer, on a day, with opinions, orders and an intent.
fn item((customer, day, opinions, stars, orders): &Seed) -> (Feedback, Insight) {
    let order =
        |n: u8| Order { at: Timestamp::from_second(i64::from(n) * 86_400).unwrap(), value: f64::from(n) };
    let id = Some(format!("c-{customer}"));
    let customer = Customer { id, orders: (0..*orders).map(order).collect(), ..Customer::default() };
    let aspect =
        AspectRating { aspect: format!("a{orders}"), rating: Rating::stars(f64::from(*stars)).unwrap() };
    let item = Item::new("i").stars(f64::from(*stars)).day(i64::from(*day));
    let channel = if day % 2 == 0 { "chat" } else { "review" };
    let mut item = item.with(|b| b.customer(customer).channel(channel.into()).aspect_ratings(vec![aspect]));
    for (topic, is_bad) in opinions {
        let topic = TOPICS[usize::from(*topic) % TOPICS.len()];
        item = if *is_bad { item.bad(topic, 0.4) } else { item.good(topic) };
    }
    item.insight.churn_risk = f32::from(*orders) / 10.0;
    item.insight.intents.insert(if stars % 2 == 0 { Intent::Recommend } else { Intent::Comparison });
    item.done()
}

fn check<S: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(
    items: &[(Feedback, Insight)],
    at: usize,
    empty: impl Fn() -> S,
    push: impl Fn(&mut S, &Feedback, &Insight),
    merge: impl Fn(&mut S, &S),
) {
    let of = |items: &[(Feedback, Insight)]| {
        let mut state = empty();
        for (feedback, insight) in items {
            push(&mut state, feedback, insight);
        }
        state
    };
    let bytes = |state: &S| serde_json::to_string(state).unwrap();
    let (whole, first, mut second) = (of(items), of(&items[..at]), of(&items[at..]));
    merge(&mut second, &first);
    assert_eq!(bytes(&second), bytes(&whole));
    assert_eq!(serde_json::from_str::<S>(&bytes(&whole)).unwrap(), whole);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn halves_make_the_whole(
        seeds in prop::collection::vec((0u8..4, 1u8..30, prop::collection::vec((0u8..3, any::<bool>()), 0..3), 1u8..=5, 0u8..4), 0..12),
        at in 0usize..12,
    ) {
        let items: Vec<_> = seeds.iter().map(item).collect();
        let at = at.min(items.len());
        check(&items, at, Drivers::default, Drivers::push, Drivers::merge);
        check(&items, at, Together::default, Together::push_with_terms, Together::merge);
        check(&items, at, || Tables::new(["channel"]), Tables::push, Tables::merge);
        check(&items, at, Loyalty::default, Loyalty::push, Loyalty::merge);
        check(&items, at, Customers::default, Customers::push, Customers::merge);
    }
}
