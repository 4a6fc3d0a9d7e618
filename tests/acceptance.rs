//! The story the crate must tell from end to end, in both languages: customer A gets flawed goods, B a delivery
//! that is far too slow, C an impatient and unprofessional agent; by review, chat and e-mail. Three cases are
//! handled and archived, and a fourth complaint like A's finds how A's was solved.
#![cfg(feature = "json")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test may stop")]

use candor::annotate::{Field, Polarity, SeverityLevel};
use candor::case::{Case, Event, Playbook, RemedyKind, Step};
use candor::channel::adapter;
use candor::feedback::Channel;
use candor::sla::{Measure, Policy};
use candor::taxonomy::ComplaintClass;
use candor::{Engine, Feedback, Insight};
use jiff::{SignedDuration, Timestamp};
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::builder().build().unwrap());
static POLICY: LazyLock<Policy> = LazyLock::new(|| Policy::builtin().unwrap());
static PLAYBOOK: LazyLock<Playbook> = LazyLock::new(|| Playbook::builtin().unwrap());

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
    assert_eq!(case.opening().topics[0], expected.topic);
    assert_eq!((case.class(), case.department()), (expected.class, expected.department));
    assert!(case.opening().severity >= SeverityLevel::Moderate);
    let due = |measure| case.due(measure, &POLICY).unwrap().duration_since(opened);
    assert_eq!(due(Measure::FirstReply), SignedDuration::from_mins(5));
    assert_eq!(due(Measure::Resolution), SignedDuration::from_hours(24));
    assert_eq!(due(Measure::Answer), SignedDuration::from_hours(30 * 24));
    for (kind, words) in [RemedyKind::Individual, RemedyKind::Systemic].into_iter().zip(expected.remedies) {
        let remedy = PLAYBOOK.remedies(expected.topic).find(|remedy| remedy.kind == kind).unwrap();
        assert!(words.iter().all(|word| remedy.en.contains(word)), "{}", remedy.en);
        assert!(!remedy.zh.is_empty());
    }
}

/// Takes a case through the seven steps with the remedies of the playbook.
fn solve(case: &mut Case, opened: Timestamp) {
    let at = |minutes| opened + SignedDuration::from_mins(minutes);
    let topic = case.opening().topics[0].clone();
    let remedies: Vec<String> = PLAYBOOK.remedies(&topic).map(|remedy| remedy.id.clone()).collect();
    case.apply(Event::Reply, at(3)).unwrap();
    case.apply(Event::dispatch(), at(4)).unwrap();
    case.apply(Event::Verify { finding: "confirmed".to_owned() }, at(60)).unwrap();
    for remedy in remedies {
        case.apply(Event::Plan { remedy }, at(90)).unwrap();
    }
    case.apply(Event::Execute { note: "done".to_owned() }, at(600)).unwrap();
    case.apply(Event::FollowUp { satisfied: true }, at(2000)).unwrap();
    case.apply(Event::Archive { lesson: "watch the numbers".to_owned() }, at(2001)).unwrap();
    assert!(case.is_solved() && case.step() == Step::Archived);
    for measure in Measure::ALL {
        assert!(case.met(*measure) <= case.due(*measure, &POLICY), "{measure:?}");
    }
}

#[track_caller]
fn story(lines: &str, quotes: [&'static str; 3]) {
    let items = read(lines);
    assert_eq!(items.len(), 4);
    let mut solved = Vec::new();
    for ((feedback, insight), expected) in items.iter().zip(&expected(quotes)) {
        check_verdict(feedback, insight, expected);
        let opened = feedback.created_at().unwrap();
        let mut case = Case::open(feedback, insight, &POLICY, opened);
        check_case(&case, opened, expected);
        solve(&mut case, opened);
        solved.push(case);
    }
    let (feedback, insight) = &items[3];
    let fourth = Case::open(feedback, insight, &POLICY, feedback.created_at().unwrap());
    assert_eq!(fourth.opening().topics[0], "product/quality");
    let similar = fourth.similar(&solved);
    assert_eq!(similar[0].case.id(), solved[0].id());
    assert_eq!(similar[0].case.remedies(), ["product-exchange", "product-inspect"]);
}

#[test]
fn in_english() {
    story(ENGLISH, ["flawed", "slow", "impatient"]);
}

#[test]
fn in_chinese() {
    story(CHINESE, ["太差", "慢", "不耐烦"]);
}

#[test]
fn an_archived_case_survives_storage() {
    let (feedback, insight) = read(ENGLISH).remove(0);
    let opened = feedback.created_at().unwrap();
    let mut case = Case::open(&feedback, &insight, &POLICY, opened);
    solve(&mut case, opened);
    let stored = serde_json::to_string(&case).unwrap();
    assert_eq!(serde_json::from_str::<Case>(&stored).unwrap(), case);
}
