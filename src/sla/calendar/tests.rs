// Named zones come with the feature.
#![cfg(feature = "tzdb")]

use super::*;
use jiff::civil::{date, time};
use proptest::prelude::*;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn office(name: &str) -> Calendar {
    let noon = time(12, 0, 0, 0);
    Calendar::builder(zone(name))
        .weekdays(time(9, 0, 0, 0), noon)
        .weekdays(time(13, 0, 0, 0), time(18, 0, 0, 0))
        .hours(Weekday::Saturday, time(1, 30, 0, 0), time(2, 30, 0, 0))
        .hours(Weekday::Sunday, time(1, 30, 0, 0), time(2, 30, 0, 0))
        .hours(Weekday::Sunday, time(2, 45, 0, 0), time(0, 0, 0, 0))
        .holiday(date(2025, 10, 1))
        .workday(date(2025, 10, 11), Weekday::Friday)
        .build()
        .unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn night(name: &str) -> Calendar {
    let zone = zone(name);
    let builder = Calendar::builder(zone).hours(Weekday::Sunday, time(0, 0, 0, 0), time(6, 0, 0, 0));
    builder.build().unwrap()
}

#[test]
fn make_up_workdays_and_holidays_count() {
    let calendar = office("Asia/Shanghai");
    let from = at("2025-10-10T17:00:00+08:00");
    assert_eq!(calendar.deadline(from, SignedDuration::from_hours(2)), at("2025-10-11T10:00:00+08:00"));
    let eve = at("2025-09-30T17:59:00+08:00");
    assert_eq!(calendar.deadline(eve, SignedDuration::from_mins(2)), at("2025-10-02T09:01:00+08:00"));
    assert!(!calendar.is_open(at("2025-10-01T10:00:00+08:00")));
    assert!(calendar.is_open(at("2025-10-02T17:59:59+08:00")));
    assert!(!calendar.is_open(at("2025-10-02T18:00:00+08:00")));
}

#[test]
fn a_night_of_six_hours_has_five_or_seven_when_clocks_change() {
    let berlin = night("Europe/Berlin");
    let night = |calendar: &Calendar, from: &str, to: &str| calendar.elapsed(at(from), at(to)).as_hours();
    assert_eq!(night(&berlin, "2025-03-30T00:00:00+01:00", "2025-03-30T12:00:00+02:00"), 5);
    assert_eq!(night(&berlin, "2025-10-26T00:00:00+02:00", "2025-10-26T12:00:00+01:00"), 7);
    assert_eq!(night(&berlin, "2025-11-02T00:00:00+01:00", "2025-11-02T12:00:00+01:00"), 6);
}

#[test]
fn a_day_that_a_zone_skipped_is_empty() {
    // Samoa had no 30 December 2011 (a Friday).
    let apia = Calendar::builder(zone("Pacific/Apia")).weekdays(time(9, 0, 0, 0), time(17, 0, 0, 0));
    let apia = apia.build().unwrap();
    let from = at("2011-12-29T00:00:00-10:00");
    assert_eq!(apia.elapsed(from, at("2011-12-31T23:00:00+14:00")).as_hours(), 8);
}

#[test]
fn pauses_move_the_deadline_by_working_time() {
    let calendar = office("Asia/Shanghai");
    let from = at("2025-09-22T09:00:00+08:00");
    let budget = SignedDuration::from_hours(4);
    let pause = |from: &str, to: Option<&str>| Pause { from: at(from), to: to.map(at) };
    let due = |pauses: &[Pause]| calendar.deadline_with_pauses(from, budget, pauses);
    assert_eq!(due(&[]), Some(at("2025-09-22T14:00:00+08:00")));
    let over_noon = pause("2025-09-22T11:30:00+08:00", Some("2025-09-22T13:30:00+08:00"));
    assert_eq!(due(&[over_noon]), Some(at("2025-09-22T15:00:00+08:00")));
    assert_eq!(due(&[pause("2025-09-22T11:30:00+08:00", None)]), None);
    assert_eq!(due(&[pause("2025-09-22T16:00:00+08:00", None)]), Some(at("2025-09-22T14:00:00+08:00")));
}

/// An office in Shanghai with the holidays of the State Council, hour by hour.
#[test]
fn golden_deadlines_around_the_chinese_new_year() {
    let nine_to_six = (time(9, 0, 0, 0), time(18, 0, 0, 0));
    let builder = Calendar::builder(zone("Asia/Shanghai")).weekdays(nine_to_six.0, nine_to_six.1);
    let calendar = builder.holidays(&Holidays::named("cn").unwrap()).build().unwrap();
    let table = [
        // 2026: 15 to 23 February off, Saturday 14 and Saturday 28 worked.
        ("2026-02-13T17:00:00+08:00", 2, "2026-02-14T10:00:00+08:00"),
        ("2026-02-14T17:30:00+08:00", 1, "2026-02-24T09:30:00+08:00"),
        ("2026-02-27T17:00:00+08:00", 11, "2026-03-02T10:00:00+08:00"),
        // 2024: Sunday 4 February worked, Friday 9 is a workday, 10 to 17 off, Sunday 18 worked.
        ("2024-02-03T12:00:00+08:00", 9, "2024-02-04T18:00:00+08:00"),
        ("2024-02-09T17:00:00+08:00", 10, "2024-02-18T18:00:00+08:00"),
        // 2023: National Day and Mid-Autumn together, then a week of seven days.
        ("2023-09-28T18:00:00+08:00", 9, "2023-10-07T18:00:00+08:00"),
        ("2023-10-08T10:00:00+08:00", 9, "2023-10-09T10:00:00+08:00"),
    ];
    for (from, hours, due) in table {
        assert_eq!(calendar.deadline(at(from), SignedDuration::from_hours(hours)), at(due), "{from}");
    }
}

#[test]
fn errors_say_what_is_wrong() {
    let build = |builder: CalendarBuilder| builder.build().unwrap_err().to_string();
    let empty = || Calendar::builder(TimeZone::UTC);
    let nine = time(9, 0, 0, 0);
    assert_eq!(build(empty()), "the calendar has no opening hours on any weekday");
    assert_eq!(
        build(empty().hours(Weekday::Monday, nine, nine)),
        "opening hours 09:00:00 to 09:00:00 are empty"
    );
    let twice = empty().weekdays(nine, time(12, 0, 0, 0)).hours(Weekday::Friday, nine, time(10, 0, 0, 0));
    assert_eq!(build(twice), "opening hours 09:00:00 to 10:00:00 of Friday overlap others of the same day");
    let day = date(2025, 10, 1);
    let both = empty().weekdays(nine, time(12, 0, 0, 0)).holiday(day).workday(day, Weekday::Monday);
    assert_eq!(build(both), "2025-10-01 is both a holiday and a workday");
}

#[test]
fn the_end_of_time_is_a_deadline() {
    let year = SignedDuration::from_hours(24 * 366);
    assert_eq!(Calendar::always_open().deadline(Timestamp::MAX, year), Timestamp::MAX);
    let late = Timestamp::MAX.checked_sub(year).unwrap();
    assert_eq!(office("UTC").deadline(late, year), Timestamp::MAX);
}

/// Instants around the changes of clocks in March and October 2025, in seconds.
fn instants() -> impl Strategy<Value = Timestamp> {
    prop_oneof![1_742_000_000_i64..1_744_500_000, 1_758_500_000_i64..1_762_500_000]
        .prop_map(|second| Timestamp::from_second(second).unwrap())
}

fn calendars() -> impl Strategy<Value = Calendar> {
    prop_oneof![
        Just(Calendar::always_open()),
        prop::sample::select(vec![
            "Asia/Shanghai",
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe"
        ])
        .prop_map(office),
        prop::sample::select(vec!["Europe/Berlin", "America/Havana"]).prop_map(night),
    ]
}

proptest! {
    #[test]
    fn elapsed_adds_up(calendar in calendars(), a in instants(), b in instants(), c in instants()) {
        prop_assert_eq!(calendar.elapsed(a, b) + calendar.elapsed(b, c), calendar.elapsed(a, c));
    }

    #[test]
    fn deadline_is_the_earliest_inverse_of_elapsed(
        calendar in calendars(), from in instants(), seconds in 0_i64..200_000,
    ) {
        let budget = SignedDuration::from_secs(seconds);
        let due = calendar.deadline(from, budget);
        prop_assert_eq!(calendar.elapsed(from, due), budget);
        if seconds > 0 {
            let earlier = due.checked_sub(SignedDuration::from_nanos(1)).unwrap();
            prop_assert!(calendar.elapsed(from, earlier) < budget);
        }
    }

    #[test]
    fn a_pause_never_brings_a_deadline_forward(
        calendar in calendars(), from in instants(), seconds in 0_i64..100_000,
        start in 0_i64..200_000, length in 0_i64..200_000,
    ) {
        let budget = SignedDuration::from_secs(seconds);
        let start = from.checked_add(SignedDuration::from_secs(start)).unwrap();
        let end = start.checked_add(SignedDuration::from_secs(length)).unwrap();
        let paused = calendar.deadline_with_pauses(from, budget, &[Pause { from: start, to: Some(end) }]).unwrap();
        let due = calendar.deadline(from, budget);
        prop_assert!(paused >= due);
        let pauses = [Pause { from: start, to: Some(end) }];
        prop_assert_eq!(calendar.elapsed_with_pauses(from, paused, &pauses), budget);
        if start < due {
            let worked = calendar.elapsed(from, start) + calendar.elapsed(end, paused);
            prop_assert_eq!(worked, budget);
        }
    }
}
