//! `drivers [--from NAME] [--now TIME] FILE...`: rated feedback in, what moves satisfaction out.
//!
//! Prints for each score what the criticism and the praise of each topic take and add, how topics and rated aspects
//! go along with it, and where to work first; then what goes together, how channels differ, how loyal customers
//! are, and which of them to call first. What the data do not say is said to be missing. Exit code 0 when at least
//! one item was read, else 2.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program speaks to its caller")]

#[path = "support/arguments.rs"]
mod arguments;
#[path = "support/program.rs"]
mod program;

use arguments::{Argument, Arguments};
use candor::channel::{ReadOptions, adapter};
use candor::metrics::association::{Tables, Together};
use candor::metrics::customer::Customers;
use candor::metrics::driver::Drivers;
use candor::metrics::loyalty::Loyalty;
use candor::metrics::{Basis, Confidence, Estimate};
use candor::{Engine, Feedback, Insight};
use jiff::Timestamp;
use std::fs::File;
use std::io::BufReader;
use std::process::ExitCode;

const USAGE: &str = "usage: drivers [--from NAME] [--now TIME] FILE...";
/// Lines of each list.
const SHOWN: usize = 8;

fn main() -> ExitCode {
    program::program("drivers", |arguments| run(&Settings::read(arguments)?))
}

struct Settings {
    from: String,
    now: Option<Timestamp>,
    files: Vec<String>,
}

impl Settings {
    fn read(mut arguments: Arguments) -> Result<Self, String> {
        let mut settings = Self { from: "auto".to_owned(), now: None, files: Vec::new() };
        while let Some(argument) = arguments.next() {
            match argument {
                Argument::Operand(file) => settings.files.push(file),
                Argument::Option(name) if name == "--from" => settings.from = arguments.value(&name)?,
                Argument::Option(name) if name == "--now" => {
                    let value = arguments.value(&name)?;
                    settings.now = Some(value.parse().map_err(|e| format!("{name} {value}: {e}"))?);
                }
                Argument::Option(name) => return Err(format!("unknown option {name}\n{USAGE}")),
            }
        }
        if settings.files.is_empty() { Err(USAGE.to_owned()) } else { Ok(settings) }
    }
}

/// Everything that is counted; each part could live on a thread or a shard of its own and be merged.
struct Counts {
    items: u64,
    newest: Option<Timestamp>,
    drivers: Drivers,
    together: Together,
    tables: Tables,
    loyalty: Loyalty,
    customers: Customers,
}

impl Counts {
    fn push(&mut self, feedback: &Feedback, insight: &Insight) {
        self.items += 1;
        self.newest = self.newest.max(feedback.created_at());
        self.drivers.push(feedback, insight);
        self.together.push(insight);
        self.tables.push(feedback, insight);
        self.loyalty.push(feedback, insight);
        self.customers.push(feedback, insight);
    }
}

fn run(settings: &Settings) -> Result<(), String> {
    let text = |e: candor::Error| e.to_string();
    let engine = Engine::builder().build().map_err(text)?;
    let adapter = adapter(&settings.from).map_err(text)?;
    let mut counts = Counts {
        items: 0,
        newest: None,
        drivers: Drivers::default(),
        together: Together::default(),
        tables: Tables::new(["channel", "segment", "touchpoint"]),
        loyalty: Loyalty::default(),
        customers: Customers::default(),
    };
    for file in &settings.files {
        let input = File::open(file).map_err(|e| format!("{file}: {e}"))?;
        for item in adapter.read(Box::new(BufReader::new(input)), &ReadOptions::default()) {
            match item {
                Ok(item) => counts.push(&item, &engine.analyze(&item)),
                Err(reject) => eprintln!("{file}: {reject}"),
            }
        }
    }
    if counts.items == 0 {
        return Err("nothing could be read".to_owned());
    }
    println!("{} items", counts.items);
    for basis in [Basis::Rating, Basis::Nps, Basis::Csat] {
        drivers(&counts.drivers, basis);
    }
    associations(&counts);
    people(&counts, settings.now);
    Ok(())
}

fn range(estimate: &Estimate) -> String {
    format!("{:.2} ({:.2} to {:.2}, n {})", estimate.value, estimate.low, estimate.high, estimate.n)
}

fn drivers(drivers: &Drivers, basis: Basis) {
    let confidence = Confidence::default();
    println!("\n{}", basis.as_str());
    contributions(drivers, basis, confidence);
    let rows = drivers.correlations(basis, confidence);
    let mut known: Vec<_> = rows.iter().filter_map(|row| Some((row, row.spearman?))).collect();
    known.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
    println!("  {} of {} dimensions have enough items for a correlation", known.len(), rows.len());
    for (row, r) in known.into_iter().take(SHOWN) {
        println!("    {} {}, mean {:.2}", row.dimension.name(), range(&r.estimate()), row.mean.value);
    }
    if let Some(grid) = drivers.grid(basis, false, confidence) {
        for placed in grid.placed.iter().take(SHOWN) {
            let sure = if placed.is_clear { "" } else { ", perhaps" };
            println!("    {}: {}{sure}", placed.name, placed.quadrant.as_str());
        }
    }
}

#[cfg(feature = "regression")]
fn contributions(drivers: &Drivers, basis: Basis, confidence: Confidence) {
    match drivers.contributions(basis, confidence) {
        Err(lack) => println!("  contributions: {lack}"),
        Ok(parts) => {
            println!("  score {:.2} = base {:.2} and", parts.score, parts.base);
            for term in parts.terms.iter().take(SHOWN) {
                let side = if term.is_praise { "praise" } else { "criticism" };
                let ends = term
                    .low
                    .zip(term.high)
                    .map_or_else(String::new, |(l, h)| format!(" ({l:+.2} to {h:+.2})"));
                println!("    {:+.2}{ends} {side} of {} in {} items", term.value, term.topic, term.items);
            }
        }
    }
}

#[cfg(not(feature = "regression"))]
fn contributions(_: &Drivers, _: Basis, _: Confidence) {
    println!("  contributions: build with --features regression");
}

fn associations(counts: &Counts) {
    let confidence = Confidence::default();
    println!("\ntogether");
    for pair in counts.together.pairs(confidence).iter().take(SHOWN) {
        let found = if pair.is_found { "" } else { ", may be chance" };
        let (first, second) = (pair.first.name(), pair.second.name());
        println!(
            "  {first} and {second}: {} items, lift {:.2}, q {:.3}{found}",
            pair.items, pair.lift, pair.q
        );
    }
    for dimension in ["channel", "segment", "touchpoint"] {
        match counts.tables.polarity(dimension).map(|table| table.test(confidence)) {
            Some(Ok(test)) => {
                let p = test.p.map_or_else(|| "too few for a test".to_owned(), |p| format!("p {p:.3}"));
                println!("  polarity by {dimension}: V {:.2}, {p}", test.cramers_v);
            }
            Some(Err(lack)) => println!("  polarity by {dimension}: {lack}"),
            None => {}
        }
        for row in counts.tables.topics(dimension, confidence).iter().take(3) {
            let q = row.q.unwrap_or(1.0);
            println!("  {} by {dimension}: V {:.2}, q {q:.3}", row.topic, row.test.cramers_v);
        }
    }
}

fn people(counts: &Counts, now: Option<Timestamp>) {
    let numbers = counts.loyalty.numbers(Confidence::default());
    println!("\nloyalty of {} customers", numbers.customers);
    let shares = [
        ("bought again", numbers.repurchase),
        ("recommend", numbers.recommendation),
        ("speak of leaving", numbers.leaving),
        ("resist competitors", numbers.resistance),
    ];
    for (name, share) in shares {
        println!("  {name}: {}", share.map_or_else(|| "not enough data".to_owned(), |share| range(&share)));
    }
    let Some(now) = now.or(counts.newest) else { return };
    println!("\ncall first");
    for profile in counts.customers.call_first(now, 0.3, SHOWN) {
        let reasons: Vec<String> = profile.churn.reasons.iter().map(ToString::to_string).collect();
        println!("  {}: risk {:.2}, {}", profile.id, profile.churn.value, reasons.join("; "));
    }
}
