use super::*;
use crate::metrics::testing::Item;
use jiff::SignedDuration;
use proptest::prelude::*;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_740_823_200 + minute * 60).unwrap() // 2025-03-01T10:00:00Z
}

fn open(id: &str, text: &str, topic: &str) -> Case {
    let (feedback, insight) = Item::new(id).text(text).bad(topic, 0.6).done();
    Case::open(&feedback, &insight, &Policy::builtin().unwrap(), at(0))
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
        Event::Archive { lesson: words("route closed by snow") },
    ]
}

fn solve(mut case: Case) -> Case {
    for (minute, event) in (1..).zip(seven_steps()) {
        case.apply(event, at(minute)).unwrap();
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
    let (feedback, insight) = Item::new("r-2").done();
    let vague = Case::open(&feedback, &insight, &policy, at(0));
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
    let error = |case: &mut Case, event, minute| case.apply(event, at(minute)).unwrap_err().to_string();
    assert_eq!(
        error(&mut case, Event::Execute { note: words("") }, 1),
        "case \"host/r-1\": event \"execute\" is not allowed in step \"received\"; allowed: dispatch, reply, pause"
    );
    case.apply(Event::Pause { reason: words("waiting") }, at(2)).unwrap();
    assert_eq!(
        error(&mut case, Event::dispatch(), 3),
        "case \"host/r-1\": event \"dispatch\" is not allowed in step \"received\", paused; allowed: reply, resume"
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
    case.apply(Event::Pause { reason: words("waiting") }, at(2)).unwrap();
    assert_eq!(case.due(Measure::FirstReply, &policy), None);
    case.apply(Event::Resume, at(62)).unwrap();
    assert_eq!(case.due(Measure::FirstReply, &policy), Some(at(65)));
    let mut case = solve(open("r-2", "far too slow", "delivery/speed"));
    case.apply(Event::Reopen { reason: words("again") }, at(100)).unwrap();
    assert_eq!((case.step(), case.is_solved()), (Step::Dispatched, false));
    assert_eq!(case.due(Measure::Resolution, &policy), Some(at(100 + 24 * 60)));
    assert_eq!(case.met(Measure::Resolution), None);
}

#[test]
fn the_solved_case_is_found_again() {
    let flaw = solve(open("a", "桌子有裂缝，质量太差", "product/quality"));
    let late = solve(open("b", "Delivery took two weeks, far too slow", "delivery/speed"));
    let rude = solve(open("c", "the agent was impatient", "service/attitude"));
    let unsolved = open("e", "Delivery far too slow", "delivery/speed");
    let cases = [flaw, late, rude, unsolved];
    let found = |text, topic| {
        let new = open("d", text, topic);
        new.similar(&cases).first().map(|s| s.case.id())
    };
    assert_eq!(found("So slow, delivery took ages", "delivery/speed").as_deref(), Some("host/b"));
    assert_eq!(found("椅子质量差，有裂缝", "product/quality").as_deref(), Some("host/a"));
    assert_eq!(found("far too expensive", "price/value"), None);
}

#[test]
fn the_stored_form_is_checked() {
    let json = serde_json::to_string(&solve(open("r-1", "far too slow", "delivery/speed"))).unwrap();
    let read: Case = serde_json::from_str(&json).unwrap();
    assert_eq!(read.step(), Step::Archived);
    let broken = json.replace("\"event\":\"verify\"", "\"event\":\"dismiss\",\"reason\":\"\"");
    assert!(serde_json::from_str::<Case>(&broken).unwrap_err().to_string().contains("is not allowed"));
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
            if let Ok(transition) = case.apply(event, then) {
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
        let json = serde_json::to_string(&case).unwrap();
        prop_assert_eq!(serde_json::from_str::<Case>(&json).unwrap(), case);
    }
}
