//! The built-in pack: complete, and every example read as it says.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests may fail loudly"
)]

mod ratchet;

use candor::annotate::{Opinion, Polarity};
use candor::feedback::Touchpoint;
use candor::taxonomy::{ComplaintClass, Example, Terms, Topic};
use candor::{Engine, Insight, Span, Taxonomy};
use ratchet::Ratchet;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::builder().build().unwrap());

/// The ids that aggregates are keyed by; groups have an id of their own beside these.
const TOPICS: &[(&str, &[&str])] = &[
    ("overall", &[]),
    (
        "product",
        &[
            "quality",
            "effect",
            "usability",
            "design",
            "features",
            "size",
            "material",
            "scent",
            "freshness",
            "authenticity",
            "description",
            "safety",
        ],
    ),
    ("price", &["value", "promotion", "protection", "fee"]),
    ("packaging", &[]),
    ("delivery", &["speed", "damage", "loss", "tracking", "courier", "cost", "address"]),
    ("order", &["accuracy", "stock", "cancellation", "change", "invoice", "status"]),
    ("return", &["refund", "exchange", "process", "warranty"]),
    ("service", &["attitude", "speed", "resolution", "honesty"]),
    ("payment", &["failure", "method", "overcharge"]),
    ("account", &["access", "security", "membership", "subscription"]),
    ("site", &["search", "usability", "performance", "information"]),
    ("installation", &[]),
];

const EXAMPLES: usize = 3;
const NEAR_MISSES: usize = 1;

fn taxonomy() -> Taxonomy {
    Taxonomy::commerce().unwrap()
}

fn languages(topic: &Topic) -> [(&'static str, &Terms); 2] {
    [("en", topic.en()), ("zh", topic.zh())]
}

#[track_caller]
fn none(faults: &[String], rule: &str) {
    assert!(faults.is_empty(), "{} {rule}:\n  {}", faults.len(), faults.join("\n  "));
}

#[test]
fn every_promised_topic_exists() {
    let taxonomy = taxonomy();
    let mut promised = Vec::new();
    for (group, topics) in TOPICS {
        if topics.is_empty() {
            promised.push((*group).to_owned());
        }
        promised.extend(topics.iter().map(|t| format!("{group}/{t}")));
    }
    let missing: Vec<String> = promised.iter().filter(|p| taxonomy.find(p).is_none()).cloned().collect();
    none(&missing, "promised topics are missing");
    let groups: Vec<&str> = TOPICS.iter().map(|(group, _)| *group).collect();
    let known = |path: &str| promised.iter().any(|p| p == path) || groups.contains(&path);
    let surplus: Vec<String> =
        taxonomy.topics().map(|(_, t)| t.path().to_owned()).filter(|p| !known(p)).collect();
    none(&surplus, "topics are not promised anywhere");
}

#[test]
fn every_topic_is_complete() {
    let mut faults = Vec::new();
    for (_, topic) in taxonomy().topics() {
        let mut fault = |what: String| faults.push(format!("{}: {what}", topic.path()));
        let han = |s: &str| s.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
        if topic.name_en().is_empty() || !topic.name_en().is_ascii() {
            fault("no English name".to_owned());
        }
        if !han(topic.name_zh()) {
            fault("no Chinese name".to_owned());
        }
        if !topic.about().ends_with('.') {
            fault("`about` is no sentence".to_owned());
        }
        if topic.department().is_empty() {
            fault("no department".to_owned());
        }
        if topic.complaint_class() == ComplaintClass::Other && topic.path() != "overall" {
            fault("no complaint class".to_owned());
        }
        if !STAGES.iter().any(|s| s.as_str() == topic.stage()) {
            fault(format!("stage {:?} is no touchpoint", topic.stage()));
        }
        if !(topic.severity() > 0.0 && topic.severity() <= 1.0) {
            fault(format!("severity {}", topic.severity()));
        }
        for (language, terms) in languages(topic) {
            if terms.examples.len() < EXAMPLES {
                fault(format!("{} examples in {language}", terms.examples.len()));
            }
            if terms.near_misses.len() < NEAR_MISSES {
                fault(format!("{} near-misses in {language}", terms.near_misses.len()));
            }
        }
    }
    none(&faults, "gaps");
}

/// Steps of the journey, the same words as the touchpoints of a record.
const STAGES: &[Touchpoint] = &[
    Touchpoint::HOME,
    Touchpoint::PRODUCT,
    Touchpoint::SEARCH,
    Touchpoint::CART,
    Touchpoint::PAYMENT,
    Touchpoint::TRACKING,
    Touchpoint::DELIVERY,
    Touchpoint::AFTER_SALES,
    Touchpoint::ACCOUNT,
    Touchpoint::STORE,
    Touchpoint::OTHER,
];

#[test]
fn examples_are_well_formed() {
    let mut faults = Vec::new();
    for (_, topic) in taxonomy().topics() {
        for (language, terms) in languages(topic) {
            let mut texts: Vec<&str> = terms.examples.iter().map(|e| e.text.as_str()).collect();
            texts.extend(terms.near_misses.iter().map(String::as_str));
            texts.sort_unstable();
            let twice =
                texts.windows(2).filter(|w| w[0] == w[1]).map(|w| format!("{language} {:?} twice", w[0]));
            let quote = |e: &&Example| !e.text.contains(&e.quote) || e.quote.is_empty();
            let polarity = |e: &&Example| !matches!(e.polarity.as_str(), "positive" | "negative" | "neutral");
            let foreign =
                terms.examples.iter().filter(quote).map(|e| format!("{language} quote of {:?}", e.text));
            let unknown = terms
                .examples
                .iter()
                .filter(polarity)
                .map(|e| format!("{language} polarity of {:?}", e.text));
            faults.extend(twice.chain(foreign).chain(unknown).map(|f| format!("{}: {f}", topic.path())));
        }
    }
    none(&faults, "faults of examples");
}

/// Examples get their topic, with an opinion at the quote that points the right way; near-misses do not.
#[test]
fn examples_are_read() {
    let mut ratchet = Ratchet::new("open_taxonomy.txt");
    for (_, topic) in taxonomy().topics() {
        for (language, terms) in languages(topic) {
            for example in &terms.examples {
                let insight = ENGINE.analyze_text(&example.text);
                let name = format!("{}|{language}|{}", topic.path(), example.text);
                ratchet.note(&name, example_fault(topic, example, &insight));
            }
            for text in &terms.near_misses {
                let insight = ENGINE.analyze_text(text);
                let has = insight.topics().iter().any(|t| insight.path(t.topic) == topic.path());
                let name = format!("{}|{language}|{text}", topic.path());
                ratchet
                    .note(&name, has.then(|| format!("near-miss got the topic: {}", shown(&insight, text))));
            }
        }
    }
    ratchet.close();
}

fn example_fault(topic: &Topic, example: &Example, insight: &Insight) -> Option<String> {
    let start = example.text.find(&example.quote).unwrap();
    let quote = Span::new(start as u32, (start + example.quote.len()) as u32);
    let at_quote = |o: &&Opinion| o.expression.overlaps(quote) || o.target.is_some_and(|t| t.overlaps(quote));
    let home = |o: &&Opinion| o.topic.is_some_and(|t| insight.path(t) == topic.path());
    let there: Vec<&Opinion> = insight.opinions().iter().filter(at_quote).collect();
    let found: Vec<&&Opinion> = there.iter().filter(|o| home(o)).collect();
    let shown = shown(insight, &example.text);
    if insight.opinions().is_empty() {
        return Some(format!("no opinion at all: {shown}"));
    }
    if there.is_empty() {
        return Some(format!("no opinion at {:?}: {shown}", example.quote));
    }
    if found.is_empty() {
        let homes = there.iter().map(|o| o.topic.map_or("none", |t| insight.path(t)));
        return Some(format!(
            "other topic {} at {:?}: {shown}",
            homes.collect::<Vec<_>>().join(" "),
            example.quote
        ));
    }
    let right = found.iter().any(|o| o.polarity == polarity(&example.polarity));
    (!right).then(|| format!("wrong polarity at {:?}: {shown}", example.quote))
}

fn polarity(name: &str) -> Polarity {
    Polarity::from_name(name).unwrap()
}

/// The opinions of an insight, for messages.
fn shown(insight: &Insight, text: &str) -> String {
    if let Some(reason) = insight.abstained() {
        return format!("abstained {reason}");
    }
    let one = |o: &Opinion| {
        let target = o.target.and_then(|t| t.slice(text)).unwrap_or("-");
        let topic = o.topic.map_or("none", |t| insight.path(t));
        format!("[{topic} {:+.2} {:?} of {target:?}]", o.score, o.expression.slice(text).unwrap())
    };
    insight.opinions().iter().map(one).collect::<Vec<_>>().join(" ")
}

/// A word that leads to a topic on its own must be an opinion word as well, else it leads nowhere.
#[test]
fn every_expression_can_speak() {
    let mut ratchet = Ratchet::new("open_expression.txt");
    for (_, topic) in taxonomy().topics() {
        for (language, terms) in languages(topic) {
            for term in [&terms.expressions, &terms.problems, &terms.praises].into_iter().flatten() {
                let insight = ENGINE.analyze_text(term);
                let home = |o: &&Opinion| o.topic.is_some_and(|t| insight.path(t) == topic.path());
                let heard = insight.opinions().iter().any(|o| home(&o));
                let name = format!("{}|{language}|{term}", topic.path());
                ratchet.note(&name, (!heard).then(|| format!("leads nowhere: {}", shown(&insight, term))));
            }
        }
    }
    ratchet.close();
}
