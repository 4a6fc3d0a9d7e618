//! Files: reading them, and all that the programs do with them.

use crate::case::{Case, Cases, Work, engine, full};
use candor::case::Desk;
use candor::channel::{ReadOptions, adapter};
use candor::metrics::Aggregate;
use candor::metrics::driver::Drivers;
use candor::priority::Facts;
use candor::text::dedup::ExactIndex;
use candor::{Feedback, Insight};
use std::hint::black_box;

/// A file of the sample data.
fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/examples/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The reading of a file into records.
fn reading(name: &str, input: Vec<u8>) -> Work {
    let (adapter, options) = (adapter(name).unwrap(), ReadOptions::new());
    Box::new(move || {
        let items = adapter.read(Box::new(input.as_slice()), &options).map(black_box).count();
        assert!(items > 0);
    })
}

/// Adapters on files of the sample data.
pub(crate) fn adapters() -> Cases {
    const FILES: [(&str, &str); 5] = [
        ("jsonl", "reviews.jsonl"),
        ("csv", "survey_nps.csv"),
        ("csv", "store_reviews_zh.csv"),
        ("zendesk", "zendesk_tickets.json"),
        ("google_play", "google_play.json"),
    ];
    Box::new(FILES.into_iter().map(|(name, path)| {
        let input = file(path);
        Case {
            row: format!("`{name}`, {path}"),
            column: "instructions".to_owned(),
            bytes: input.len(),
            work: reading(name, input),
        }
    }))
}

/// What `annotate` and `triage` do with a file of 100 KB, step by step.
pub(crate) fn steps() -> Cases {
    let (input, engine) = (file("reviews.jsonl"), engine());
    let bytes = input.len();
    let items = adapter("jsonl").unwrap().parse(&input).items;
    let both: Vec<(Feedback, Insight)> = engine.analyze_iter(items.clone()).collect();
    let of = |step: fn(&mut State, &Feedback, &Insight)| -> Work {
        let (both, mut state) = (both.clone(), State::default());
        Box::new(move || both.iter().for_each(|(item, insight)| step(&mut state, item, insight)))
    };
    let steps: [(&str, Work); 8] = [
        ("read the records", reading("jsonl", input)),
        ("analyse", full(&engine, items)),
        ("write the insights as JSON", of(State::write)),
        ("find duplicates", of(|state, item, _| _ = state.seen.insert(item))),
        ("count", of(|state, item, insight| state.aggregate.push(item, insight))),
        ("keep what drivers need", of(|state, item, insight| state.drivers.push(item, insight))),
        ("keep facts for the ranking", of(|state, item, insight| state.facts.push(item, insight))),
        ("ask the desk for a case", of(State::ask)),
    ];
    Box::new(steps.into_iter().map(move |(row, work)| Case {
        row: row.to_owned(),
        column: "instructions".to_owned(),
        bytes,
        work,
    }))
}

/// What the steps fill.
struct State {
    out: Vec<u8>,
    seen: ExactIndex,
    aggregate: Aggregate,
    drivers: Drivers,
    facts: Facts,
    desk: Desk,
}

impl Default for State {
    fn default() -> Self {
        Self {
            out: Vec::new(),
            seen: ExactIndex::default(),
            aggregate: Aggregate::new(),
            drivers: Drivers::default(),
            facts: Facts::default(),
            desk: Desk::builtin().unwrap(),
        }
    }
}

impl State {
    fn write(&mut self, item: &Feedback, insight: &Insight) {
        self.out.clear();
        serde_json::to_writer(&mut self.out, &insight.to_wire(item)).unwrap();
    }

    fn ask(&mut self, item: &Feedback, insight: &Insight) {
        black_box(self.desk.triage(item, insight, item.created_at().unwrap_or_default()));
    }
}
