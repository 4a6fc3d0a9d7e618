//! The built-in packs: complete, and every example read as it says.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests may fail loudly"
)]

mod ratchet;
mod sample;

use candor::annotate::{Opinion, Polarity};
use candor::feedback::Touchpoint;
use candor::taxonomy::{self, ComplaintClass, Example, Terms, Topic};
use candor::{Engine, Insight, Span, Taxonomy};
use ratchet::Ratchet;
use std::sync::LazyLock;

/// A built-in pack with an engine that reads by it.
struct Pack {
    engine: Engine,
    taxonomy: Taxonomy,
    promised: &'static [(&'static str, &'static [&'static str])],
    /// Files of its open cases.
    open: [&'static str; 2],
}

impl Pack {
    fn new(
        taxonomy: Taxonomy,
        promised: &'static [(&'static str, &'static [&'static str])],
        open: [&'static str; 2],
    ) -> Self {
        let engine = Engine::builder().taxonomy(taxonomy.clone()).build().unwrap();
        Self { engine, taxonomy, promised, open }
    }
}

static PACKS: LazyLock<[Pack; 2]> = LazyLock::new(|| {
    [
        Pack::new(Taxonomy::commerce().unwrap(), COMMERCE, ["open_taxonomy.txt", "open_expression.txt"]),
        Pack::new(Taxonomy::dining().unwrap(), DINING, ["open_dining.txt", "open_dining_expression.txt"]),
    ]
});

/// The ids that aggregates are keyed by; groups have an id of their own beside these.
const DINING: &[(&str, &[&str])] = &[
    ("overall", &[]),
    ("food", &["taste", "portion", "freshness", "variety"]),
    ("drink", &[]),
    ("service", &["attitude", "speed", "resolution"]),
    ("price", &["value", "promotion"]),
    ("ambience", &["noise", "decor", "space"]),
    ("hygiene", &[]),
    ("location", &[]),
    ("queue", &[]),
    ("order", &["accuracy"]),
    ("delivery", &["speed", "courier", "cost"]),
    ("packaging", &[]),
];

/// The same of the pack for shops.
const COMMERCE: &[(&str, &[&str])] = &[
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

fn languages(topic: &Topic) -> [(&'static str, &Terms); 2] {
    [("en", topic.en()), ("zh", topic.zh())]
}

#[track_caller]
fn none(faults: &[String], rule: &str) {
    assert!(faults.is_empty(), "{} {rule}:\n  {}", faults.len(), faults.join("\n  "));
}

#[test]
fn every_promised_topic_exists() {
    PACKS.iter().for_each(exactly_as_promised);
}

fn exactly_as_promised(pack: &Pack) {
    let taxonomy = &pack.taxonomy;
    let mut promised = Vec::new();
    for (group, topics) in pack.promised {
        if topics.is_empty() {
            promised.push((*group).to_owned());
        }
        promised.extend(topics.iter().map(|t| format!("{group}/{t}")));
    }
    let missing: Vec<String> = promised.iter().filter(|p| taxonomy.find(p).is_none()).cloned().collect();
    none(&missing, "promised topics are missing");
    let groups: Vec<&str> = pack.promised.iter().map(|(group, _)| *group).collect();
    let known = |path: &str| promised.iter().any(|p| p == path) || groups.contains(&path);
    let surplus: Vec<String> =
        taxonomy.topics().map(|(_, t)| t.path().to_owned()).filter(|p| !known(p)).collect();
    none(&surplus, "topics are not promised anywhere");
}

#[test]
fn every_topic_is_complete() {
    let mut faults = Vec::new();
    for (_, topic) in PACKS.iter().flat_map(|p| p.taxonomy.topics()) {
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
        let classless = ["overall", "ambience", "location"].contains(&topic.group());
        if topic.complaint_class() == ComplaintClass::Other && !classless {
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
    for (_, topic) in PACKS.iter().flat_map(|p| p.taxonomy.topics()) {
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
    PACKS.iter().for_each(examples_of);
}

fn examples_of(pack: &Pack) {
    let mut ratchet = Ratchet::new(pack.open[0]);
    for (_, topic) in pack.taxonomy.topics() {
        for (language, terms) in languages(topic) {
            for example in &terms.examples {
                let insight = pack.engine.analyze_text(&example.text);
                let name = format!("{}|{language}|{}", topic.path(), example.text);
                ratchet.note(&name, example_fault(topic, example, &insight));
            }
            for text in &terms.near_misses {
                let insight = pack.engine.analyze_text(text);
                let opinions = insight.topics().iter().filter(|t| t.mentions > 0);
                let has = opinions.into_iter().any(|t| insight.path(t.topic) == topic.path());
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
    PACKS.iter().for_each(expressions_of);
}

fn expressions_of(pack: &Pack) {
    let mut ratchet = Ratchet::new(pack.open[1]);
    for (_, topic) in pack.taxonomy.topics() {
        for (language, terms) in languages(topic) {
            for term in [&terms.expressions, &terms.problems, &terms.praises].into_iter().flatten() {
                let insight = pack.engine.analyze_text(term);
                let home = |o: &&Opinion| o.topic.is_some_and(|t| insight.path(t) == topic.path());
                let heard = insight.opinions().iter().any(|o| home(&o));
                let name = format!("{}|{language}|{term}", topic.path());
                ratchet.note(&name, (!heard).then(|| format!("leads nowhere: {}", shown(&insight, term))));
            }
        }
    }
    ratchet.close();
}

/// Of two packs the upper one says where a term leads that both know.
#[test]
fn packs_compose() {
    let both =
        Taxonomy::compose(["commerce", "dining"].map(|name| taxonomy::Pack::named(name).unwrap())).unwrap();
    let engine = Engine::builder().taxonomy(both).build().unwrap();
    let topics = |text: &str| {
        let insight = engine.analyze_text(text);
        insight.topics().iter().map(|t| insight.path(t.topic).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(topics("The noodles were bland."), ["food/taste"]);
    assert_eq!(topics("The zipper broke."), ["product/quality"]);
}

/// With a choice of topics the rest of a verdict is the same, and the topics are those chosen.
#[test]
fn chosen_topics_are_the_whole_verdict_filtered() {
    let engine = &PACKS[0].engine;
    let asked = engine.taxonomy().select(["delivery", "price/value", "overall"]).unwrap();
    assert!(asked.len() > 3 && !asked.is_empty());
    for text in sample::all() {
        let feedback = candor::Feedback::from_text(text);
        let (whole, part) = (engine.analyze(&feedback), engine.analyze_topics(&feedback, &asked));
        assert_eq!((part.sentiment(), part.severity()), (whole.sentiment(), whole.severity()));
        assert_eq!((part.intents(), part.urgency()), (whole.intents(), whole.urgency()));
        let kept: Vec<_> = whole.topics().iter().filter(|t| asked.contains(t.topic)).copied().collect();
        assert_eq!(part.topics(), kept);
        for (of_whole, of_part) in whole.opinions().iter().zip(part.opinions()) {
            let topic = of_whole.topic.filter(|t| asked.contains(*t));
            assert_eq!(*of_part, Opinion { topic, ..*of_whole });
        }
        assert_eq!(part.opinions().len(), whole.opinions().len());
    }
    let error = engine.taxonomy().select(["delivry"]).unwrap_err();
    let message = "taxonomy \"commerce\": topic \"delivry\" is not defined; did you mean \"delivery\"?";
    assert_eq!(error.to_string(), message);
}

/// A topic that a host switches off leaves what was said of it, as an opinion on no topic.
#[test]
fn a_disabled_topic_stays_bad_news() {
    let pack = taxonomy::Pack::parse("host", "[[topic]]\nid = \"installation\"\ndisabled = true").unwrap();
    let engine =
        Engine::builder().taxonomy(Taxonomy::commerce().unwrap().overlay(pack).unwrap()).build().unwrap();
    let text = "The holes don't line up.";
    let (with, without) = (PACKS[0].engine.analyze_text(text), engine.analyze_text(text));
    assert_eq!(with.sentiment(), without.sentiment());
    assert!(without.opinions().iter().all(|o| o.topic.is_none_or(|t| without.path(t) != "installation")));
}
