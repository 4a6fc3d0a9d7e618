use super::*;
use crate::metrics::testing::{Item, aggregate, catalog};
use proptest::prelude::*;

fn day(index: usize) -> i64 {
    i64::try_from(index).unwrap() + 1
}

fn of(items: Vec<Item>) -> Summary {
    aggregate(items).summary(&SummaryOptions::default())
}

fn items(n: usize, make: impl Fn(usize, Item) -> Item) -> Vec<Item> {
    (0..n).map(|i| make(i, Item::new(&format!("c-{i}")))).collect()
}

#[test]
fn nothing_in_gives_nothing_out() {
    let summary = of(Vec::new());
    assert_eq!(summary, Summary::default());
    assert!(!summary.is_mixed());
}

#[test]
fn shares_are_of_customers() {
    let mut all =
        items(
            10,
            |i, item| if i < 3 { item.bad("delivery/speed", 0.5) } else { item.good("delivery/speed") },
        );
    // The first customer complains twice more.
    all.extend(["a", "b"].map(|id| Item::new("c-0").with(|b| b.order(id)).bad("delivery/speed", 0.8)));
    let summary = of(all);
    assert_eq!((summary.items, summary.customers), (12, 10));
    let row = summary.topic("delivery/speed", None).unwrap();
    assert_eq!((row.items, row.positive, row.customers), (5, 7, 3));
    assert_eq!((row.share.value, row.share.n), (0.3, 10));
    assert!((row.severity.value - 0.62).abs() < 1e-4);
}

#[test]
fn scopes_have_their_own_share_and_a_common_impact() {
    let summary = of(items(40, |i, item| {
        let item = item.product(if i % 2 == 0 { "lamp" } else { "kettle" });
        if i % 4 == 0 { item.bad("product/quality", 0.5).stars(1.0) } else { item.stars(5.0) }
    }));
    let lamp = Scope::new("product", "lamp");
    let row = summary.topic("product/quality", Some(&lamp)).unwrap();
    assert_eq!((row.share.value, row.reach.value), (0.5, 0.25));
    let impact = row.impact.unwrap();
    assert_eq!((impact.on, impact.value, impact.n), (Basis::Rating, -1.0, 10));
    assert_eq!(summary.scopes.iter().filter(|s| s.scope.dimension == "product").count(), 2);
    assert!(summary.topic("product/quality", Some(&Scope::new("product", "kettle"))).is_none());
}

#[test]
fn trends_need_two_windows() {
    let daily = |days: i64, late: usize| {
        let day = |day: i64| {
            items(20, move |i, item| {
                let bad = if day > days / 2 { late } else { 1 };
                let item = item.with(|b| b.order(day.to_string())).day(day);
                if i < bad { item.bad("delivery/speed", 0.5) } else { item.good("delivery/speed") }
            })
        };
        of((1..=days).flat_map(day).collect())
    };
    let trend = |summary: &Summary| summary.topic("delivery/speed", None).unwrap().trend;
    let rising = daily(20, 4);
    assert_eq!(rising.window_days, 10);
    assert_eq!(rising.period, Some((jiff::civil::date(2025, 1, 1), jiff::civil::date(2025, 1, 20))));
    assert_eq!(trend(&rising).direction, Direction::Rising);
    assert_eq!(trend(&rising).change, Some(4.0));
    assert_eq!(trend(&daily(20, 1)).direction, Direction::Steady);
    let short = daily(1, 4);
    assert_eq!((short.window_days, trend(&short).direction), (0, Direction::Unknown));
}

#[test]
fn the_period_can_be_cut() {
    let aggregate = aggregate(items(10, |i, item| item.day(day(i)).bad("price/value", 0.3)));
    let at = |text: &str| text.parse().unwrap();
    let options = SummaryOptions::default().from(at("2025-01-05T00:00:00Z")).to(at("2025-01-07T23:00:00Z"));
    let summary = aggregate.summary(&options);
    assert_eq!(summary.items, 3);
    assert_eq!(summary.topics[0].quotes.len(), 2); // of the five kept, from the 6th on, two are of these days
    assert_eq!(summary.period, Some((jiff::civil::date(2025, 1, 5), jiff::civil::date(2025, 1, 7))));
}

#[test]
fn quotes_are_the_worst_then_the_newest() {
    let summary = of(items(9, |i, item| {
        let severity = if i == 4 { 0.9 } else { 0.5 };
        item.day(day(i)).text("Slow! Indeed").bad("delivery/speed", severity)
    }));
    let quotes = &summary.topic("delivery/speed", None).unwrap().quotes;
    let ids: Vec<_> = quotes.iter().map(Quote::id).collect();
    assert_eq!(ids, ["c-4", "c-8", "c-7", "c-6", "c-5"]);
    assert_eq!((quotes[0].text(), quotes[0].field()), ("Slow!", "text"));
}

#[test]
fn different_engines_are_told() {
    let mut other = Item::new("c-2");
    other.insight = crate::Insight::empty(catalog("print-b"));
    let summary = of(vec![Item::new("c-1"), other]);
    assert!(summary.is_mixed());
    assert_eq!(summary.fingerprints, ["print-a", "print-b"]);
}

#[test]
fn different_buckets_are_an_error() {
    let mut daily = Aggregate::new();
    let weekly = Aggregate::with_bucket_days(7).unwrap();
    let error = daily.merge(&weekly).unwrap_err();
    assert_eq!(error.to_string(), "cannot merge buckets of 7 days into buckets of 1 days");
    let none = Aggregate::with_bucket_days(0).unwrap_err();
    assert_eq!(none.to_string(), "a bucket of 0 days holds nothing");
}

#[test]
fn a_stored_state_is_checked() {
    let state = serde_json::to_string(&aggregate(items(2, |_, item| item.bad("price/value", 0.3)))).unwrap();
    let read = |text: &str| serde_json::from_str::<Aggregate>(text).map_err(|e| e.to_string());
    assert!(read(&state).is_ok());
    let newer = read(&state.replacen("\"schema\":1", "\"schema\":2", 1)).unwrap_err();
    assert_eq!(newer, "aggregate has schema 2, this version reads 1");
    let broken = read(&state.replacen("\"price/value\",", "", 1)).unwrap_err();
    assert_eq!(broken, "aggregate uses a string that it does not hold");
}

#[derive(Debug, Clone)]
struct Draw {
    customer: u8,
    topic: usize,
    bad: bool,
    severity: u8,
    stars: Option<u8>,
    product: Option<u8>,
    day: Option<u8>,
}

fn draws() -> impl Strategy<Value = Vec<Draw>> {
    let draw = (
        0..12_u8,
        0..3_usize,
        any::<bool>(),
        0..10_u8,
        prop::option::of(1..6_u8),
        prop::option::of(0..3_u8),
        prop::option::of(1..20_u8),
    );
    let draw = draw.prop_map(|(customer, topic, bad, severity, stars, product, day)| Draw {
        customer,
        topic,
        bad,
        severity,
        stars,
        product,
        day,
    });
    prop::collection::vec(draw, 0..60)
}

fn item(index: usize, draw: &Draw) -> Item {
    let topic = ["delivery/speed", "price/value", "service/attitude"][draw.topic];
    let customer = crate::feedback::Customer { id: Some(draw.customer.to_string()), ..Default::default() };
    let mut item = Item::new(&format!("i-{index}")).with(|b| b.customer(customer));
    item = if draw.bad { item.bad(topic, f32::from(draw.severity) / 10.0) } else { item.good(topic) };
    if let Some(stars) = draw.stars {
        item = item.stars(f64::from(stars));
    }
    if let Some(product) = draw.product {
        item = item.product(&format!("p-{product}"));
    }
    match draw.day {
        Some(day) => item.day(i64::from(day)),
        None => item,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_split_and_order_gives_the_same_bytes(
        draws in draws(), parts in 1_usize..5, seed in any::<u64>(),
    ) {
        let whole = aggregate(draws.iter().enumerate().map(|(i, d)| item(i, d)));
        let mut order: Vec<(u64, usize)> =
            (0..draws.len()).map(|i| (seed.rotate_left(i as u32 * 7).wrapping_mul(i as u64 + 1), i)).collect();
        order.sort_unstable();
        let part = |p: usize| order.iter().filter(move |(_, i)| i % parts == p).map(|&(_, i)| item(i, &draws[i]));
        let mut merged = Aggregate::new();
        for p in (0..parts).rev() {
            merged.merge(&aggregate(part(p))).unwrap();
        }
        prop_assert_eq!(&merged, &whole);
        let bytes = |a: &Aggregate| serde_json::to_string(a).unwrap();
        prop_assert_eq!(bytes(&merged), bytes(&whole));
        let read: Aggregate = serde_json::from_str(&bytes(&whole)).unwrap();
        prop_assert_eq!(bytes(&read), bytes(&whole));
        let options = SummaryOptions::default();
        prop_assert_eq!(read.summary(&options), whole.summary(&options));
    }
}
