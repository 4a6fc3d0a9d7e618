//! Intents against sentences labelled by hand: none may fall below its floor.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail loudly")]

use candor::Engine;
use candor::annotate::Intent;
use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::fs;
use std::path::Path;

/// Floors of F1 on the rows the rules were written with and on those held out.
const FLOORS: &[(Intent, f64, f64)] = &[
    (Intent::Complaint, 0.72, 0.68),
    (Intent::Suggestion, 0.90, 0.92),
    (Intent::Question, 0.95, 0.78),
    (Intent::Request, 0.95, 0.92),
    (Intent::Praise, 0.80, 0.73),
    (Intent::Problem, 0.95, 0.84),
    (Intent::Comparison, 0.95, 0.85),
    (Intent::Churn, 0.95, 0.90),
    (Intent::Recommend, 0.95, 0.90),
];

struct Row {
    text: String,
    intents: Vec<Intent>,
}

fn rows() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/zh_intent_labelled.tsv");
    let file = fs::read_to_string(path).unwrap();
    file.lines().filter(|line| !line.starts_with('#')).map(row).collect()
}

fn row(line: &str) -> Row {
    let (text, names) = line.split_once('\t').unwrap_or_else(|| panic!("{line:?} has no second column"));
    let name = |name: &str| Intent::from_name(name).unwrap_or_else(|| panic!("{line:?}: no intent {name:?}"));
    let intents = names.split(',').filter(|n| !n.is_empty()).map(name).collect();
    Row { text: text.to_owned(), intents }
}

/// Hits, false alarms and misses.
#[derive(Default, Clone, Copy)]
struct Tally {
    right: u32,
    alarms: u32,
    missed: u32,
}

impl Tally {
    fn add(&mut self, found: bool, wanted: bool) {
        self.right += u32::from(found && wanted);
        self.alarms += u32::from(found && !wanted);
        self.missed += u32::from(!found && wanted);
    }

    fn f1(self) -> f64 {
        let wrong = f64::from(self.alarms + self.missed);
        2.0 * f64::from(self.right) / (2.0 * f64::from(self.right) + wrong).max(1.0)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3} ({} right, {} alarms, {} missed)", self.f1(), self.right, self.alarms, self.missed)
    }
}

/// Tallies of the even rows, which the rules were written with, and of the odd ones.
fn tallies() -> BTreeMap<&'static str, [Tally; 2]> {
    let engine = Engine::builder().build().unwrap();
    let mut tallies = BTreeMap::<_, [Tally; 2]>::new();
    for (i, row) in rows().iter().enumerate() {
        let insight = engine.analyze_text(&row.text);
        for intent in Intent::ALL {
            let half = usize::from(i % 2 == 0);
            let tally = tallies.entry(intent.as_str()).or_default().get_mut(half).unwrap();
            tally.add(insight.intents().contains(*intent), row.intents.contains(intent));
        }
    }
    tallies
}

#[test]
fn chinese_intents_are_found() {
    let (tallies, mut table, mut low) = (tallies(), String::new(), false);
    for (intent, used, held) in FLOORS {
        let [even, odd] = tallies.get(intent.as_str()).unwrap();
        low |= even.f1() < *used || odd.f1() < *held;
        writeln!(table, "{intent:10}  even {even} floor {used}  odd {odd} floor {held}").unwrap();
    }
    assert!(!low, "\n{table}");
}

#[test]
fn every_intent_has_rows_in_both_halves() {
    for (name, halves) in tallies() {
        for half in halves {
            assert!(half.right + half.missed >= 8, "{name}: too few rows");
        }
    }
}
