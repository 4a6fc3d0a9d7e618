use super::*;
use crate::metrics::testing::{Item, aggregate};

const DAYS: i64 = 28;

/// Four windows of 28 days with 10 customers a day and courier; `bad` of 10 have slow delivery, by courier and
/// window. The action is on day 57.
fn state(swift: [u64; 3], other: [u64; 3]) -> Aggregate {
    let mut items = Vec::new();
    for day in 1..=3 * DAYS + 1 {
        let window = ((day - 1 - i64::from(day > 2 * DAYS)) / DAYS).min(2) as usize;
        for (courier, bad) in [("Swift", swift[window]), ("Other", other[window])] {
            for i in 0..10 {
                let item = Item::new(&format!("{courier}-{day}-{i}")).day(day).with(|b| b.courier(courier));
                items.push(if i < bad { item.bad("delivery/speed", 0.4) } else { item.good("price/value") });
            }
        }
    }
    aggregate(items)
}

fn action(scope: Option<Scope>) -> Action {
    let at = Timestamp::from_second(1_735_689_600 + 2 * DAYS * 86_400 + 3600).unwrap();
    Action { topic: "delivery/speed".into(), scope, at }
}

fn swift() -> Scope {
    Scope::new("courier", "Swift")
}

#[test]
fn what_changed_everywhere_is_no_effect() {
    let of = |swift_shares, other| {
        let effect =
            measure(&state(swift_shares, other), &action(Some(swift())), 28, Confidence::default()).unwrap();
        (effect.verdict, (effect.net.unwrap().value * 10.0).round())
    };
    assert_eq!(of([5, 5, 2], [3, 3, 3]), (Verdict::Helped, -3.0));
    assert_eq!(of([5, 5, 3], [5, 5, 3]), (Verdict::NotShown, 0.0));
    assert_eq!(of([3, 3, 6], [3, 3, 3]), (Verdict::Worsened, 3.0));
    assert_eq!(of([8, 5, 2], [3, 3, 3]), (Verdict::NotComparable, -3.0));
}

#[test]
fn without_others_only_the_change_is_told() {
    let effect = measure(&state([5, 5, 2], [3, 3, 3]), &action(None), 28, Confidence::default()).unwrap();
    assert_eq!((effect.verdict, effect.net, effect.before.n), (Verdict::NotEnoughData, None, 560));
    assert!((effect.change.value + 0.15).abs() < 1e-12);
}

/// Shares 60/200 → 30/200 against 50/250 → 52/260. numpy 2.4: with half a success and half a failure more in
/// each, centre ± 1.959964·√Σp(1 − p)/(n + 1).
#[test]
fn interval_as_numpy() {
    let before = Windows { inside: (60, 200), outside: (50, 250) };
    let after = Windows { inside: (30, 200), outside: (52, 260) };
    let net = net(&before, &after, Confidence::default()).unwrap();
    assert!((net.value + 0.15).abs() < 1e-12);
    assert!((net.low - LOW).abs() < 1e-9 && (net.high - HIGH).abs() < 1e-9, "{net:?}");
}

const LOW: f64 = -0.255_536_562_485_137;
const HIGH: f64 = -0.042_879_312_529_130_92;

#[test]
fn small_windows_are_no_answer() {
    let few = measure(&state([5, 5, 2], [3, 3, 3]), &action(Some(swift())), 1, Confidence::default());
    assert_eq!(few.unwrap_err(), Lack::Few { n: 10, needed: 20 });
}
