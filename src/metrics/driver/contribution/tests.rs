use super::super::Drivers;
use super::*;
use crate::metrics::Basis;
use crate::metrics::testing::Item;

/// 60 customers: slow delivery costs two stars, a friendly agent gives one, a quarter has both.
fn drivers() -> Drivers {
    let mut drivers = Drivers::default();
    for i in 0..60_u32 {
        let (slow, kind) = (i % 2 == 0, i % 4 < 2);
        let stars: f64 = 4.0 - if slow { 2.0 } else { 0.0 } + if kind { 1.0 } else { 0.0 };
        // A little noise that is even on all four sides.
        let noise = if i / 4 % 2 == 0 { 0.25 } else { -0.25 };
        let mut item = Item::new(&i.to_string()).stars((stars + noise).clamp(1.0, 5.0));
        if slow {
            item = item.bad("delivery/speed", 0.4);
        }
        if kind {
            item = item.good("service/attitude");
        }
        let (feedback, insight) = item.done();
        drivers.push(&feedback, &insight);
    }
    drivers
}

#[test]
fn terms_add_up_to_the_score() {
    let parts = drivers().contributions(Basis::Rating, Confidence::default()).unwrap();
    let rows: Vec<_> = parts.terms.iter().map(|t| (t.topic.as_str(), t.is_praise, t.items)).collect();
    assert_eq!(rows, [("delivery/speed", false, 30), ("service/attitude", true, 30)]);
    let sum: f64 = parts.base + parts.terms.iter().map(|term| term.value).sum::<f64>();
    assert!((sum - parts.score).abs() < 1e-9);
    let slow = &parts.terms[0];
    assert!((slow.value + 1.0).abs() < 0.1, "half of the items lose two stars: {}", slow.value);
    assert!(slow.low.unwrap() < slow.value && slow.high.unwrap() < 0.0);
}

#[test]
fn too_few_items_are_no_answer() {
    let none = Drivers::default().contributions(Basis::Nps, Confidence::default());
    assert_eq!(none.unwrap_err(), Lack::Few { n: 0, needed: 30 });
}

#[test]
fn halves_make_the_whole_and_survive_storage() {
    let whole = drivers();
    let mut twice = whole.clone();
    twice.merge(&Drivers::default());
    let text = serde_json::to_string(&twice).unwrap();
    assert_eq!(serde_json::from_str::<Drivers>(&text).unwrap(), whole);
}
