//! Aggregates built from real verdicts: the whole equals its halves, in any order.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may fail loudly")]

use candor::feedback::{Channel, Customer, Feedback, Rating};
use candor::metrics::{Aggregate, SummaryOptions};
use candor::{Engine, Insight};
use proptest::prelude::*;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::builder().build().unwrap());

const TEXTS: &[&str] = &[
    "Delivery was far too slow",
    "The lamp broke on the second day, poor quality",
    "客服态度很差，非常不耐烦",
    "物流太慢了",
    "质量很好，很喜欢",
    "",
];

fn items() -> impl Strategy<Value = Vec<(Feedback, Insight)>> {
    let item = (0..TEXTS.len(), 0..9_u8, 1..6_u8, prop::option::of(0..40_i64), any::<bool>());
    let items = prop::collection::vec(item, 0..40);
    items.prop_map(|items| items.into_iter().enumerate().map(|(i, item)| make(i, item)).collect())
}

fn make(index: usize, item: (usize, u8, u8, Option<i64>, bool)) -> (Feedback, Insight) {
    let (text, customer, stars, day, chat) = item;
    let customer = Customer { id: Some(format!("c-{customer}")), ..Customer::default() };
    let mut builder = Feedback::builder(format!("r-{index}"))
        .text(TEXTS[text])
        .customer(customer)
        .rating(Rating::stars(f64::from(stars)).unwrap())
        .product(if index.is_multiple_of(3) { "lamp" } else { "kettle" })
        .channel(if chat { Channel::CHAT } else { Channel::REVIEW });
    if let Some(day) = day {
        builder = builder.created_at(jiff::Timestamp::from_second(1_735_689_600 + day * 86_400).unwrap());
    }
    let feedback = builder.build().unwrap();
    let insight = ENGINE.analyze(&feedback);
    (feedback, insight)
}

fn aggregate<'a>(items: impl IntoIterator<Item = &'a (Feedback, Insight)>) -> Aggregate {
    let mut aggregate = Aggregate::new();
    items.into_iter().for_each(|(feedback, insight)| aggregate.push(feedback, insight));
    aggregate
}

fn bytes(aggregate: &Aggregate) -> String {
    serde_json::to_string(aggregate).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn halves_in_any_order_equal_the_whole(items in items(), cut in any::<prop::sample::Index>()) {
        let whole = aggregate(&items);
        let (first, second) = items.split_at(cut.index(items.len() + 1));
        let halves = [aggregate(first), aggregate(second.iter().rev())];
        for order in [[0, 1], [1, 0]] {
            let mut merged = Aggregate::new();
            for half in order {
                merged.merge(&halves[half]).unwrap();
            }
            prop_assert_eq!(bytes(&merged), bytes(&whole));
        }
    }

    #[test]
    fn a_stored_state_gives_the_same_numbers(items in items()) {
        let whole = aggregate(&items);
        let read: Aggregate = serde_json::from_str(&bytes(&whole)).unwrap();
        let options = SummaryOptions::default();
        prop_assert_eq!(read.summary(&options), whole.summary(&options));
        prop_assert_eq!(whole.summary(&options).items, items.len() as u64);
    }
}
