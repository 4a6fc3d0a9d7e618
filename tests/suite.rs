//! One suite of sentences through every entry point.
//!
//! A case is a `[[case]]` of `tests/suite/*.toml` with a `text` and what must come of it:
//! `polarity`, `sign` (`+`, `-`, or `0` for less than 0.05 either way), `stronger_than` (farther from 0 on the same
//! side as that text), `same_as` (within 0.05 of that text), `abstained`, `flag`, `unflagged`, `negated` (an
//! opinion is), `topic`, `intents`, `not_intents`, `emotions`, `effort` (the band), `consequences` (reasons of the severity) and
//! `not_consequences`, and `churn_risk` (`high` from a half on, `low` below a quarter). A `note` is for the reader.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests may fail loudly"
)]

mod ratchet;

use candor::annotate::{Emotion, EvidenceLimit, Flag, Intent};
use candor::feedback::{Role, Turn};
use candor::{Engine, Feedback, Insight};
use ratchet::Ratchet;
use serde::Deserialize;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::builder().build().unwrap());

/// Scores this near are the same, and this near to 0 are none.
const NEAR: f32 = 0.05;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    polarity: Option<String>,
    sign: Option<String>,
    stronger_than: Option<String>,
    same_as: Option<String>,
    abstained: Option<String>,
    flag: Option<String>,
    unflagged: Option<String>,
    negated: Option<bool>,
    topic: Option<String>,
    #[serde(default)]
    intents: Vec<String>,
    #[serde(default)]
    not_intents: Vec<String>,
    #[serde(default)]
    emotions: Vec<String>,
    #[serde(default)]
    consequences: Vec<String>,
    #[serde(default)]
    not_consequences: Vec<String>,
    effort: Option<String>,
    churn_risk: Option<String>,
    #[expect(dead_code, reason = "for the reader")]
    note: Option<String>,
}

fn suite() -> Vec<(String, Vec<Case>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let entries = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let mut paths: Vec<_> = entries.filter(|p| p.extension().is_some_and(|e| e == "toml")).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let file: File =
            toml::from_str(&fs::read_to_string(path).unwrap()).unwrap_or_else(|e| panic!("{name}: {e}"));
        (name, file.case)
    };
    paths.iter().map(read).collect()
}

fn score(text: &str) -> f32 {
    ENGINE.sentiment(text).score
}

impl Case {
    /// What is wrong with the insight of this case.
    fn fault(&self, insight: &Insight) -> Option<String> {
        let (s, mut faults) = (insight.sentiment(), Vec::new());
        let mut check = |right: bool, wanted: String| {
            if !right {
                faults.push(format!("wanted {wanted}"));
            }
        };
        if let Some(polarity) = &self.polarity {
            check(s.polarity.as_str() == polarity, format!("polarity {polarity}"));
        }
        if let Some(sign) = &self.sign {
            check(has_sign(s.score, sign), format!("sign {sign}"));
        }
        if let Some(other) = &self.stronger_than {
            let than = score(other);
            check(
                s.score.abs() > than.abs() && s.score * than >= 0.0,
                format!("stronger than {than:+.3} of {other:?}"),
            );
        }
        if let Some(other) = &self.same_as {
            let than = score(other);
            check((s.score - than).abs() <= NEAR, format!("same as {than:+.3} of {other:?}"));
        }
        if let Some(reason) = &self.abstained {
            check(insight.abstained().is_some_and(|a| a.as_str() == reason), format!("abstained {reason}"));
        }
        if let Some(name) = &self.flag {
            check(insight.flags().contains(flag(name)), format!("flag {name}"));
        }
        if let Some(name) = &self.unflagged {
            check(!insight.flags().contains(flag(name)), format!("no flag {name}"));
        }
        if let Some(negated) = self.negated {
            check(insight.opinions().iter().any(|o| o.negated) == negated, format!("negated {negated}"));
        }
        if let Some(topic) = &self.topic {
            check(insight.topics().iter().any(|t| insight.path(t.topic) == topic), format!("topic {topic}"));
        }
        faults.extend(self.intent_faults(insight).chain(self.state_faults(insight)));
        (!faults.is_empty()).then(|| format!("{}; got {}", faults.join(", "), self.shown(insight)))
    }

    fn intent_faults(&self, insight: &Insight) -> impl Iterator<Item = String> {
        let has = |name: &&String| insight.intents().contains(Intent::from_name(name).unwrap());
        let missing = self.intents.iter().filter(move |name| !has(name)).map(|name| format!("wanted {name}"));
        let surplus = self.not_intents.iter().filter(has).map(|name| format!("wanted no {name}"));
        missing.chain(surplus)
    }

    /// What is wrong with feelings, consequences, effort and loyalty.
    fn state_faults(&self, insight: &Insight) -> Vec<String> {
        let mut faults = Vec::new();
        let mut check = |right: bool, wanted: &str, name: &str| {
            if !right {
                faults.push(format!("wanted {wanted} {name}"));
            }
        };
        for name in &self.emotions {
            check(insight.emotions().contains(Emotion::from_name(name).unwrap()), "emotion", name);
        }
        for name in &self.consequences {
            let named = insight.severity_reasons().iter().any(|r| r.kind.as_str() == name);
            check(named, "consequence", name);
        }
        for name in &self.not_consequences {
            let named = insight.severity_reasons().iter().any(|r| r.kind.as_str() == name);
            check(!named, "no consequence", name);
        }
        if let Some(level) = &self.effort {
            check(insight.effort().level.as_str() == level, "effort", level);
        }
        if let Some(risk) = &self.churn_risk {
            let right =
                if risk == "high" { insight.churn_risk() >= 0.5 } else { insight.churn_risk() < 0.25 };
            check(right, "churn risk", risk);
        }
        faults
    }

    fn shown(&self, insight: &Insight) -> String {
        let s = insight.sentiment();
        let words = insight.evidence().iter().map(|f| {
            let words = f.span.slice(&self.text).unwrap_or("-");
            format!(" {words:?} {:+.2}", f.weight)
        });
        let abstained = insight.abstained().map_or(String::new(), |a| format!(" abstained {a}"));
        format!("{} {:+.3}{abstained}:{}", s.polarity, s.score, words.collect::<String>())
    }
}

fn has_sign(score: f32, sign: &str) -> bool {
    match sign {
        "+" => score > 0.0,
        "-" => score < 0.0,
        "0" => score.abs() < NEAR,
        other => panic!("sign {other:?} is none of + - 0"),
    }
}

fn flag(name: &str) -> Flag {
    Flag::from_name(name).unwrap_or_else(|| panic!("no flag {name:?}"))
}

#[test]
fn sentences_are_read_as_written() {
    let mut ratchet = Ratchet::new("open.txt");
    for (file, cases) in suite() {
        for case in cases {
            let insight = ENGINE.analyze_text(&case.text);
            ratchet.note(&format!("{file}|{}", case.text), case.fault(&insight));
        }
    }
    ratchet.close();
}

#[test]
fn every_case_asks_for_something() {
    for (file, cases) in suite() {
        for c in cases {
            let asked =
                c.polarity.is_some() || c.sign.is_some() || c.stronger_than.is_some() || c.same_as.is_some();
            let marked = c.abstained.is_some() || c.flag.is_some() || c.unflagged.is_some();
            assert!(
                asked
                    || marked
                    || c.negated.is_some()
                    || c.topic.is_some()
                    || c.effort.is_some()
                    || c.churn_risk.is_some()
                    || c.emotions.len() + c.consequences.len() + c.not_consequences.len() > 0
                    || c.intents.len() + c.not_intents.len() > 0,
                "{file}: {:?} asks nothing",
                c.text
            );
        }
    }
}

/// Everything an insight says, without the name of the field it says it of.
fn said(insight: &Insight, feedback: &Feedback) -> Value {
    let mut value = serde_json::to_value(insight.to_wire_with(feedback, EvidenceLimit::All)).unwrap();
    for list in ["/opinions", "/evidence", "/severity/reasons", "/effort/reasons"] {
        for entry in value.pointer_mut(list).unwrap().as_array_mut().unwrap() {
            entry.as_object_mut().unwrap().remove("field");
        }
    }
    value
}

/// What a title says as well, though it says it louder.
fn said_in_title(insight: &Insight, feedback: &Feedback) -> Value {
    let mut value = said(insight, feedback);
    let score = insight.sentiment().score;
    for key in ["sentiment", "evidence", "severity", "urgency", "topics", "intents", "churn_risk"] {
        value.as_object_mut().unwrap().remove(key);
    }
    for opinion in value["opinions"].as_array_mut().unwrap() {
        opinion.as_object_mut().unwrap().remove("score");
    }
    // A sum of effects that cancel may leave a residue of the last bit.
    let sign = if score.abs() < 1e-6 {
        "0"
    } else if score > 0.0 {
        "+"
    } else {
        "-"
    };
    value["sign"] = sign.into();
    value
}

#[test]
fn entry_points_agree() {
    let (mut scratch, mut insight) = (ENGINE.scratch(), ENGINE.insight());
    let mut streamed = Vec::new();
    for (file, cases) in suite() {
        for text in cases.into_iter().map(|c| c.text).filter(|t| !t.is_empty()) {
            let place = format!("{file}: {text:?}");
            let feedback = Feedback::from_text(text.as_str());
            let plain = ENGINE.analyze(&feedback);
            let expected = said(&plain, &feedback);
            assert_eq!(said(&ENGINE.analyze_text(&text), &feedback), expected, "analyze_text, {place}");
            ENGINE.analyze_into(&feedback, &mut scratch, &mut insight);
            assert_eq!(said(&insight, &feedback), expected, "analyze_into, {place}");
            assert_eq!(ENGINE.sentiment(&text), plain.sentiment(), "sentiment, {place}");
            let alone = ENGINE.sentiment_into(&text, &mut scratch, &mut insight);
            assert_eq!(alone, plain.sentiment(), "sentiment_into, {place}");
            assert_eq!(insight.language(), plain.language(), "sentiment_into, {place}");
            let turn = Turn { role: Role::Customer, text: text.clone(), ..Turn::default() };
            let chat = Feedback::builder("text").turn(turn).build().unwrap();
            assert_eq!(said(&ENGINE.analyze(&chat), &chat), expected, "customer turn, {place}");
            let titled = Feedback::builder("text").title(text).build().unwrap();
            let title = said_in_title(&ENGINE.analyze(&titled), &titled);
            assert_eq!(title, said_in_title(&plain, &feedback), "title, {place}");
            streamed.push((feedback, expected));
        }
    }
    let items: Vec<Feedback> = streamed.iter().map(|(feedback, _)| feedback.clone()).collect();
    for ((feedback, insight), (_, expected)) in ENGINE.analyze_iter(items).zip(&streamed) {
        assert_eq!(said(&insight, &feedback), *expected, "analyze_iter");
    }
}

#[test]
fn words_of_others_are_not_read() {
    for role in [Role::Agent, Role::Bot, Role::System] {
        let turn = Turn { role, text: "This is a terrible product".into(), ..Turn::default() };
        let chat = Feedback::builder("text").turn(turn).build().unwrap();
        let insight = ENGINE.analyze(&chat);
        assert_eq!(insight.sentiment().score, 0.0, "{role:?}");
        assert!(insight.abstained().is_some() && insight.opinions().is_empty(), "{role:?}");
    }
}
