use super::super::builtin;
use super::*;
use crate::feedback::{Rating, Touchpoint};
use crate::metrics::Scope;
use jiff::SignedDuration;

/// Minutes after the start of 2026.
fn at(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_767_225_600 + minutes * 60).unwrap()
}

const DAY: i64 = 24 * 60;

fn find<'a>(table: &'a [Attained], id: &str) -> &'a Attained {
    table.iter().find(|row| row.target.id == id).unwrap()
}

/// January: 95 of 100 replies in time; February: 60 of 100; March: one open request of today.
fn replies() -> Progress {
    let mut progress = Progress::new(builtin().unwrap()).unwrap();
    for (month, slow) in [(0, 5), (31, 40)] {
        for i in 0..100 {
            let opened = at((month + i % 28) * DAY);
            let wait = if i < slow { 30 } else { 3 };
            let first_reply = Some(opened + SignedDuration::from_mins(wait));
            let resolution = Resolution::At(opened + SignedDuration::from_hours(if i < 20 { 48 } else { 2 }));
            progress.add_contact(&Contact { first_reply, resolution, ..Contact::new(opened) }, at(90 * DAY));
        }
    }
    progress.add_contact(&Contact::new(at(60 * DAY)), at(60 * DAY + 2));
    progress
}

#[test]
fn waits_against_their_targets() {
    let table = replies().table(at(60 * DAY + 2), Confidence::default());
    let reply = find(&table, "first_reply_in_5_minutes");
    let rows: Vec<_> =
        reply.periods.iter().map(|row| (row.start.to_string(), row.is_met, row.is_sure)).collect();
    let golden =
        [("2026-01-01", Some(true), false), ("2026-02-01", Some(false), true), ("2026-03-01", None, false)];
    assert_eq!(rows, golden.map(|(start, met, sure)| (start.to_owned(), met, sure)));
    assert_eq!((reply.met, reply.trend), ((1, 2), Direction::Falling));
    let resolved = find(&table, "resolved_in_24_hours");
    assert_eq!(
        (resolved.met, resolved.trend, resolved.periods[0].is_sure),
        ((2, 2), Direction::Steady, true)
    );
    assert_eq!(find(&table, "answered_within_a_month").met, (2, 2));
}

#[test]
fn counts_of_a_running_period_are_open() {
    let mut progress = Progress::new(builtin().unwrap()).unwrap();
    (0..3).for_each(|month| progress.add_campaign(at(month * 31 * DAY)));
    let table = progress.table(at(300 * DAY), Confidence::default());
    let year = find(&table, "care_campaigns").periods[0];
    assert_eq!((year.estimate.unwrap().value, year.is_met, year.is_sure), (3.0, None, false));
    progress.add_campaign(at(5));
    let table = progress.table(at(300 * DAY), Confidence::default());
    assert_eq!(find(&table, "care_campaigns").periods[0].is_met, Some(true));
    assert_eq!(find(&table, "feedback_volume").periods.len(), 1);
}

#[test]
fn satisfaction_counts_in_its_area() {
    let mut progress = Progress::new(builtin().unwrap()).unwrap();
    for i in 0..40 {
        let rating = Rating::new(if i % 4 == 0 { 1.0 } else { 5.0 }, 1.0, 5.0, RatingKind::Csat).unwrap();
        let item = Feedback::builder(i.to_string()).rating(rating).created_at(at(i));
        let area = if i < 20 { Touchpoint::DELIVERY } else { Touchpoint::HOME };
        progress.push(&item.touchpoint(area).build().unwrap());
    }
    let table = progress.table(at(100 * DAY), Confidence::default());
    let delivery = find(&table, "satisfaction_delivery").periods[0];
    assert_eq!((delivery.estimate.unwrap().n, delivery.is_met, delivery.is_sure), (20, Some(false), false));
    assert_eq!(find(&table, "satisfaction_product").periods.len(), 1);
    assert_eq!(find(&table, "satisfaction_product").periods[0].estimate, None);
}

/// scipy 1.17: chi2.ppf(.025, 2·450)/2 and chi2.ppf(.975, 2·451)/2; for 0 it is chi2.ppf(.975, 2)/2.
#[test]
fn counts_as_scipy() {
    let estimate = count(450, Confidence::default());
    assert!((estimate.low - 409.377_989_505_244_4).abs() < 1e-6);
    assert!((estimate.high - 493.562_193_943_470_16).abs() < 1e-6);
    let none = count(0, Confidence::default());
    assert!(none.low == 0.0 && (none.high - 3.688_879_454_113_935_4).abs() < 1e-6);
}

#[test]
fn merging_is_adding() {
    let mut twice = replies();
    let mut empty = Progress::new(builtin().unwrap()).unwrap();
    empty.merge(&twice).unwrap();
    assert_eq!(empty, twice);
    let text = serde_json::to_string(&twice).unwrap();
    assert_eq!(serde_json::from_str::<Progress>(&text).unwrap(), twice);
    let mut scoped = builtin().unwrap();
    scoped[0].scope = Some(Scope::new("team", "chat"));
    let error = twice.merge(&Progress::new(scoped).unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "cannot merge progress towards other targets");
}
