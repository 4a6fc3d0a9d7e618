//! The story the crate must tell from end to end, in both languages: customer A gets flawed goods, B a delivery
//! that is far too slow, C an impatient and unprofessional agent; by review, chat and e-mail. Three cases are
//! handled and archived, and a fourth complaint like A's finds how A's was solved.
#![cfg(feature = "json")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test may stop")]

use candor::annotate::{Field, Polarity, SeverityLevel};
use candor::case::{Actor, Case, Desk, Event, Library, RemedyKind, ReplyKind, Step, Tongue, queue};
use candor::channel::adapter;
use candor::feedback::Channel;
use candor::sla::{Measure, State};
use candor::taxonomy::ComplaintClass;
use candor::{Engine, Feedback, Insight};
use jiff::{SignedDuration, Timestamp};
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::builder().build().unwrap());
static DESK: LazyLock<Desk> = LazyLock::new(|| Desk::builtin().unwrap());

const ENGLISH: &str = include_str!("../examples/data/acceptance_en.jsonl");
const CHINESE: &str = include_str!("../examples/data/acceptance_zh.jsonl");

/// What must be found in one item.
struct Expected {
    channel: Channel,
    topic: &'static str,
    field: Field,
    /// One of the expressions on the topic.
    quote: &'static str,
    class: ComplaintClass,
    department: &'static str,
    /// Of each kind of remedy, words that it must hold.
    remedies: [&'static [&'static str]; 2],
}

fn expected(quotes: [&'static str; 3]) -> [Expected; 3] {
    [
        Expected {
            channel: Channel::REVIEW,
            topic: "product/quality",
            field: Field::Text,
            quote: quotes[0],
            class: ComplaintClass::ProductQuality,
            department: "product",
            remedies: [&["Apologise", "exchange"], &["Re-inspect", "supplier"]],
        },
        Expected {
            channel: Channel::CHAT,
            topic: "delivery/speed",
            field: Field::Turn(2),
            quote: quotes[1],
            class: ComplaintClass::Logistics,
            department: "logistics",
            remedies: [&["tell the customer", "compensate"], &["Re-route"]],
        },
        Expected {
            channel: Channel::EMAIL,
            topic: "service/attitude",
            field: Field::Text,
            quote: quotes[2],
            class: ComplaintClass::Service,
            department: "service",
            remedies: [&["apologise"], &["Train"]],
        },
    ]
}

fn read(lines: &str) -> Vec<(Feedback, Insight)> {
    let batch = adapter("jsonl").unwrap().parse(lines.as_bytes());
    assert!(batch.rejects.is_empty(), "{:?}", batch.rejects);
    batch.items.into_iter().map(|feedback| (feedback.clone(), ENGINE.analyze(&feedback))).collect()
}

#[track_caller]
fn check_verdict(feedback: &Feedback, insight: &Insight, expected: &Expected) {
    assert_eq!(feedback.channel(), &expected.channel);
    assert_eq!(insight.sentiment().polarity, Polarity::Negative);
    let topic = insight.taxonomy().find(expected.topic).unwrap();
    let mention = insight.topics().iter().find(|mention| mention.topic == topic).unwrap();
    assert_eq!(mention.polarity, Polarity::Negative);
    let quotes: Vec<&str> = insight
        .opinions()
        .iter()
        .filter(|o| o.topic == Some(topic) && o.polarity == Polarity::Negative && o.field == expected.field)
        .map(|o| o.expression.slice(feedback.field(o.field)).unwrap())
        .collect();
    assert!(quotes.iter().any(|quote| quote.contains(expected.quote)), "{quotes:?}");
}

#[track_caller]
fn check_case(case: &Case, opened: Timestamp, expected: &Expected) {
    assert_eq!(case.opening().triage.topics[0], expected.topic);
    assert_eq!((case.class(), case.department()), (expected.class, expected.department));
    assert!(case.opening().triage.severity >= SeverityLevel::Moderate);
    let due = |measure| case.due(measure, DESK.policy()).unwrap().duration_since(opened);
    assert_eq!(due(Measure::FirstReply), SignedDuration::from_mins(5));
    assert_eq!(due(Measure::Resolution), SignedDuration::from_hours(24));
    assert_eq!(due(Measure::Answer), SignedDuration::from_hours(30 * 24));
    for (kind, words) in [RemedyKind::Individual, RemedyKind::Systemic].into_iter().zip(expected.remedies) {
        let remedy = DESK.playbook().remedies(expected.topic).find(|remedy| remedy.kind == kind).unwrap();
        assert!(words.iter().all(|word| remedy.en.contains(word)), "{}", remedy.en);
        assert!(!remedy.zh.is_empty());
    }
}

/// The words for the customer, from the first answer to the follow-up: filled, in the right tone, in the language.
#[track_caller]
fn check_replies(case: &Case, tongue: Tongue) {
    let playbook = DESK.playbook();
    let remedy = playbook.remedies(&case.topics()[0]).next().unwrap();
    for kind in [ReplyKind::First, ReplyKind::Solved, ReplyKind::FollowUp] {
        let value = |slot: &str| match slot {
            "remedy" if tongue == Tongue::Chinese => Some(remedy.zh.clone()),
            "remedy" => Some(remedy.en.clone()),
            _ => Some(format!("<{slot}>")),
        };
        let words = playbook.reply(kind).unwrap().fill(tongue, value).unwrap();
        assert!(!words.contains('{') && words.contains("<customer>"), "{words}");
        assert_eq!(playbook.check_tone(&words).count(), 0, "{words}");
        let han = words.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert_eq!(han, tongue == Tongue::Chinese, "{words}");
    }
}

/// Takes a case through the seven steps with the remedies of the playbook.
fn solve(case: &mut Case, opened: Timestamp) {
    let at = |minutes| opened + SignedDuration::from_mins(minutes);
    let topic = case.opening().triage.topics[0].clone();
    let remedies: Vec<String> = DESK.playbook().remedies(&topic).map(|remedy| remedy.id.clone()).collect();
    let mut apply = |event, minutes| _ = case.apply(event, "mia", at(minutes)).unwrap();
    apply(Event::Reply, 3);
    apply(Event::dispatch(), 4);
    apply(Event::Verify { finding: "confirmed".to_owned() }, 60);
    for remedy in remedies {
        apply(Event::Plan { remedy }, 90);
    }
    apply(Event::Execute { note: "done".to_owned() }, 600);
    // The customer is asked, is not satisfied at once, and gets the remedy again.
    apply(Event::FollowUp { satisfied: false }, 700);
    apply(Event::Plan { remedy: "call back".to_owned() }, 710);
    apply(Event::Execute { note: "called back".to_owned() }, 800);
    apply(Event::FollowUp { satisfied: true }, 2000);
    apply(Event::Archive { lesson: "watch the numbers".to_owned(), cause: Some(topic) }, 2001);
    assert!(case.is_solved() && case.step() == Step::Archived);
    assert!(case.log().iter().all(|entry| entry.actor == Actor::from("mia")));
    for measure in Measure::ALL {
        assert_eq!(case.status(*measure, DESK.policy(), at(9000)).unwrap().state, State::Met);
        assert!(case.met(*measure) <= case.due(*measure, DESK.policy()), "{measure:?}");
    }
}

#[track_caller]
fn story(lines: &str, tongue: Tongue, quotes: [&'static str; 3]) {
    let items = read(lines);
    assert_eq!(items.len(), 4);
    let mut cases = Vec::new();
    for ((feedback, insight), expected) in items.iter().zip(&expected(quotes)) {
        check_verdict(feedback, insight, expected);
        let opened = feedback.created_at().unwrap();
        let triage = DESK.triage(feedback, insight, opened);
        assert!(triage.needs_case && triage.action.is_some());
        assert_eq!(triage.first_reply.unwrap().duration_since(opened), SignedDuration::from_mins(5));
        let case = Case::open(feedback, triage);
        check_case(&case, opened, expected);
        check_replies(&case, tongue);
        cases.push(case);
    }
    let last = cases[2].opening().triage.at;
    assert_eq!(queue(&cases, DESK.policy(), last).len(), 3);
    let mut library = Library::new(100);
    for case in &mut cases {
        let opened = case.opening().triage.at;
        solve(case, opened);
        assert!(library.add(case));
    }
    assert!(queue(&cases, DESK.policy(), last).is_empty());
    // The library is kept by a store in between.
    let library: Library = serde_json::from_str(&serde_json::to_string(&library).unwrap()).unwrap();
    let (feedback, insight) = &items[3];
    let fourth = DESK.open(feedback, insight, feedback.created_at().unwrap());
    assert_eq!(fourth.topics()[0], "product/quality");
    let similar = library.search(&fourth);
    assert_eq!(similar[0].case.id, cases[0].id());
    assert_eq!(similar[0].case.remedies, cases[0].remedies());
    assert_eq!(similar[0].case.satisfied, Some(true));
    let solved = cases[0].opening().triage.at + SignedDuration::from_mins(2001);
    assert_eq!((similar[0].case.lesson.as_str(), similar[0].case.closed), ("watch the numbers", solved));
    assert!(similar[0].score > similar.get(1).map_or(0.0, |other| other.score));
}

#[test]
fn in_english() {
    story(ENGLISH, Tongue::English, ["flawed", "slow", "impatient"]);
}

#[test]
fn in_chinese() {
    story(CHINESE, Tongue::Chinese, ["太差", "慢", "不耐烦"]);
}

#[test]
fn an_archived_case_survives_storage() {
    let (feedback, insight) = read(ENGLISH).remove(0);
    let opened = feedback.created_at().unwrap();
    let mut case = DESK.open(&feedback, &insight, opened);
    solve(&mut case, opened);
    let stored = serde_json::to_string(&case).unwrap();
    assert_eq!(serde_json::from_str::<Case>(&stored).unwrap(), case);
}
