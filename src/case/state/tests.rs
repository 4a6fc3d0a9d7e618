use super::*;
use crate::case::Desk;
use crate::metrics::testing::{CATALOG, Item};
use crate::sla::{Policy, State};
use jiff::SignedDuration;
use proptest::prelude::*;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_740_823_200 + minute * 60).unwrap() // 2025-03-01T10:00:00Z
}

fn open(id: &str, text: &str, topic: &str) -> Case {
    desk_open(Item::new(id).text(text).bad(topic, 0.6))
}

fn desk_open(item: Item) -> Case {
    let (feedback, insight) = item.done();
    Desk::builtin().unwrap().open(&feedback, &insight, at(0))
}

/// Lets something happen by the hand of the same person.
fn apply(case: &mut Case, event: Event, minute: i64) -> Result<Transition> {
    case.apply(event, "mia", at(minute))
}

fn words(text: &str) -> String {
    text.to_owned()
}

fn seven_steps() -> Vec<Event> {
    vec![
        Event::Reply,
        Event::dispatch(),
        Event::Verify { finding: words("late by six days") },
        Event::Plan { remedy: words("delivery-compensate") },
        Event::Execute { note: words("voucher sent") },
        Event::FollowUp { satisfied: true },
        Event::Archive { lesson: words("route closed by snow"), cause: Some(words("snow")) },
    ]
}

fn solve(mut case: Case) -> Case {
    for (minute, event) in (1..).zip(seven_steps()) {
        apply(&mut case, event, minute).unwrap();
    }
    case
}

#[test]
fn opening_picks_class_department_and_deadlines() {
    let policy = Policy::builtin().unwrap();
    let case = open("r-1", "far too slow", "delivery/speed");
    assert_eq!((case.class(), case.department()), (ComplaintClass::Logistics, "logistics"));
    let due = |measure| case.due(measure, &policy).unwrap();
    assert_eq!(due(Measure::FirstReply), at(5));
    assert_eq!(due(Measure::Resolution), at(24 * 60));
    assert_eq!(due(Measure::Answer), at(30 * 24 * 60));
    let vague = desk_open(Item::new("r-2"));
    assert_eq!((vague.class(), vague.department()), (ComplaintClass::Other, "service"));
}

#[test]
fn the_seven_steps_lead_to_the_archive() {
    let case = solve(open("r-1", "far too slow", "delivery/speed"));
    assert_eq!(case.step(), Step::Archived);
    assert!(case.is_solved());
    assert_eq!(case.met(Measure::FirstReply), Some(at(1)));
    assert_eq!(case.met(Measure::Resolution), Some(at(5)));
    assert_eq!(case.remedies(), ["delivery-compensate"]);
}

#[test]
fn illegal_events_say_what_is_allowed() {
    let mut case = open("r-1", "far too slow", "delivery/speed");
    let error = |case: &mut Case, event, minute| apply(case, event, minute).unwrap_err().to_string();
    assert_eq!(
        error(&mut case, Event::Execute { note: words("") }, 1),
        "case \"host/r-1\": event \"execute\" is not allowed in step \"received\"; allowed: dispatch, assign, escalate, absorb, merge, split, reply, pause"
    );
    apply(&mut case, Event::Pause { reason: words("waiting") }, 2).unwrap();
    assert_eq!(
        error(&mut case, Event::dispatch(), 3),
        "case \"host/r-1\": event \"dispatch\" is not allowed in step \"received\", paused; allowed: assign, escalate, absorb, merge, split, reply, resume"
    );
    assert_eq!(
        error(&mut case, Event::Resume, 1),
        "case \"host/r-1\": event at 2025-03-01T10:01:00Z is before the last one at 2025-03-01T10:02:00Z"
    );
    assert_eq!(case.log().len(), 1);
}

#[test]
fn pauses_and_reopening_move_deadlines() {
    let policy = Policy::builtin().unwrap();
    let mut case = open("r-1", "far too slow", "delivery/speed");
    apply(&mut case, Event::Pause { reason: words("waiting") }, 2).unwrap();
    assert_eq!(case.due(Measure::FirstReply, &policy), None);
    apply(&mut case, Event::Resume, 62).unwrap();
    assert_eq!(case.due(Measure::FirstReply, &policy), Some(at(65)));
    let mut case = solve(open("r-2", "far too slow", "delivery/speed"));
    apply(&mut case, Event::Reopen { reason: words("again") }, 100).unwrap();
    assert_eq!((case.step(), case.is_solved()), (Step::Dispatched, false));
    assert_eq!(case.due(Measure::Resolution, &policy), Some(at(100 + 24 * 60)));
    assert_eq!(case.met(Measure::Resolution), None);
}

#[test]
fn the_stored_form_is_checked() {
    let json = serde_json::to_string(&solve(open("r-1", "far too slow", "delivery/speed"))).unwrap();
    let read: Case = serde_json::from_str(&json).unwrap();
    assert_eq!(read.step(), Step::Archived);
    let broken = json.replace("\"event\":\"verify\"", "\"event\":\"dismiss\",\"reason\":\"\"");
    assert!(serde_json::from_str::<Case>(&broken).unwrap_err().to_string().contains("is not allowed"));
}

#[test]
fn people_and_departments_change_hands() {
    let mut case = open("r-1", "far too slow", "delivery/speed");
    apply(&mut case, Event::Assign { to: words("tom") }, 1).unwrap();
    let up = |department: Option<&str>| Event::Escalate {
        reason: words("again"),
        department: department.map(words),
    };
    apply(&mut case, up(None), 2).unwrap();
    assert_eq!((case.assignee(), case.escalations(), case.step()), (Some("tom"), 1, Step::Received));
    apply(&mut case, up(Some("board")), 3).unwrap();
    assert_eq!((case.assignee(), case.escalations(), case.department()), (None, 2, "board"));
    assert_eq!(case.log()[2].actor, Actor::from("mia"));
}

#[test]
fn merged_cases_close_together_and_part_again() {
    let (mut main, mut copy) = (open("r-1", "slow", "delivery/speed"), open("r-2", "slow", "delivery/speed"));
    apply(&mut copy, Event::Pause { reason: words("waiting") }, 1).unwrap();
    main.merge(&mut copy, "mia", at(2)).unwrap();
    assert_eq!((copy.is_open(), copy.is_paused(), copy.is_solved()), (false, false, false));
    let (before, error) = (main.clone(), main.clone().merge(&mut copy, "mia", at(3)).unwrap_err());
    assert_eq!(
        error.to_string(),
        "case \"host/r-2\": event \"merge\" is not allowed in step \"archived\"; allowed: reopen"
    );
    let itself = main.merge(&mut before.clone(), "mia", at(3)).unwrap_err().to_string();
    assert_eq!((itself.as_str(), &main), ("case \"host/r-1\" cannot take in itself", &before));
    apply(&mut copy, Event::Reopen { reason: words("another parcel") }, 4).unwrap();
    assert_eq!((copy.merged_into(), copy.step()), (None, Step::Dispatched));
}

#[test]
fn a_split_moves_topics_to_their_own_department() {
    let mut case = desk_open(Item::new("r-1").bad("delivery/speed", 0.6).bad("service/attitude", 0.6));
    let split = |case: &mut Case, topics: &[&str]| case.split(topics, &CATALOG.taxonomy, "mia", at(1));
    let error = |case: &mut Case, topics: &[&str]| split(case, topics).unwrap_err().to_string();
    assert_eq!(
        error(&mut case, &["price/value"]),
        "case \"host/r-1\": topic \"price/value\" is not one of its topics: delivery/speed, service/attitude"
    );
    assert_eq!(error(&mut case, &[]), "case \"host/r-1\": a split leaves at least one topic on each side");
    assert!(case.log().is_empty());
    let part = split(&mut case, &["service/attitude"]).unwrap();
    assert_eq!(
        (part.id(), part.department(), part.class()),
        ("host/r-1#1", "service", ComplaintClass::Service)
    );
    assert_eq!(
        (case.topics(), part.topics()),
        (&[words("delivery/speed")][..], &[words("service/attitude")][..])
    );
    let policy = Policy::builtin().unwrap();
    assert_eq!(part.due(Measure::Resolution, &policy), case.due(Measure::Resolution, &policy));
}

#[test]
fn targets_tell_how_they_stand() {
    let policy = Policy::builtin().unwrap();
    let mut case = open("r-1", "far too slow", "delivery/speed");
    let state = |case: &Case, minute| case.status(Measure::FirstReply, &policy, at(minute)).unwrap().state;
    assert_eq!((state(&case, 4), state(&case, 6)), (State::Running, State::Breached));
    assert_eq!(case.next_breach(&policy, at(1)), Some((Measure::FirstReply, at(5))));
    apply(&mut case, Event::Reply, 7).unwrap();
    assert_eq!((state(&case, 8), case.as_of(at(6)).met(Measure::FirstReply)), (State::Late, None));
    assert_eq!(case.next_breach(&policy, at(8)), Some((Measure::Resolution, at(24 * 60))));
    assert_eq!(solve(open("r-2", "slow", "delivery/speed")).next_breach(&policy, at(8)), None);
}

fn events() -> impl Strategy<Value = Vec<(Event, i64)>> {
    let mut all = seven_steps();
    all.extend([
        Event::FollowUp { satisfied: false },
        Event::Dismiss { reason: words("no fault") },
        Event::Pause { reason: words("waiting") },
        Event::Resume,
        Event::Reopen { reason: words("again") },
        Event::Dispatch { class: Some(ComplaintClass::Price), department: Some(words("pricing")) },
        Event::Assign { to: words("tom") },
        Event::Escalate { reason: words("again"), department: None },
        Event::Absorb { case: words("host/r-9") },
        Event::Merge { into: words("host/r-9") },
        Event::Split { case: words("host/r-1#1"), topics: vec![words("price/value")] },
    ]);
    prop::collection::vec((prop::sample::select(all), -1..90_i64), 0..60)
}

proptest! {
    #[test]
    fn any_sequence_keeps_the_case_whole(events in events()) {
        let policy = Policy::builtin().unwrap();
        let mut case = open("r-1", "far too slow", "delivery/speed");
        let mut now = at(0);
        for (event, minutes) in events {
            let then = now.checked_add(SignedDuration::from_mins(minutes)).unwrap();
            let (before, due) = (case.clone(), case.due(Measure::Answer, &policy));
            let allowed: Vec<_> = case.allowed().collect();
            let kind = event.kind();
            if let Ok(transition) = case.apply(event, Actor::System, then) {
                prop_assert!(allowed.contains(&kind) && then >= now);
                prop_assert_eq!((transition.from, transition.to), (before.step(), case.step()));
                prop_assert_eq!(case.log().len(), before.log().len() + 1);
                now = then;
            } else {
                prop_assert!(!allowed.contains(&kind) || then < now);
                prop_assert_eq!(&case, &before);
            }
            if let (Some(earlier), Some(later)) = (due, case.due(Measure::Answer, &policy)) {
                prop_assert!(later >= earlier);
            }
            prop_assert!(case.step() != Step::Archived || !case.is_paused());
        }
        prop_assert_eq!(&case.as_of(now), &case);
        prop_assert_eq!(&Case::replay(case.opening().clone(), case.log().to_vec()).unwrap(), &case);
        let json = serde_json::to_string(&case).unwrap();
        prop_assert_eq!(serde_json::from_str::<Case>(&json).unwrap(), case);
    }
}
