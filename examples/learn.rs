//! `learn [--from NAME] [--min-count N] [--min-domains N] [--entries N] [--hold X] [--doubt X] [--all] [--out
//! FOLDER] FILE...`: rated feedback in, a readable layer of words out.
//!
//! Learns from four of five rated items, lays the learned words over the built-in lists, and shows on the fifth
//! what that gains. `--all` learns from every item. With `--out` the layer is written as `valence.tsv` and
//! `cue.tsv` for a person to read, correct and give to an engine; without it the clearest entries are printed.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program speaks to its caller")]

#[path = "support/arguments.rs"]
mod arguments;
#[path = "support/program.rs"]
mod program;

use arguments::{Argument, Arguments};
use candor::channel::{ReadOptions, adapter};
use candor::induce::{Example, Layer, Learned, Options, learn};
use candor::lexicon::List;
use candor::{Engine, Feedback};
use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: learn [--from NAME] [--min-count N] [--min-domains N] [--entries N] [--hold X] [--doubt X] [--all] \
                     [--out FOLDER] FILE...";
/// Of so many items one is held back.
const HELD_BACK: usize = 5;
/// Entries that are printed.
const SHOWN: usize = 20;

fn main() -> ExitCode {
    program::program("learn", |arguments| run(&Settings::read(arguments)?))
}

struct Settings {
    from: String,
    options: Options,
    all: bool,
    out: Option<String>,
    files: Vec<String>,
}

impl Settings {
    fn read(mut arguments: Arguments) -> Result<Self, String> {
        let options = Options::default();
        let mut s = Self { from: "auto".to_owned(), options, all: false, out: None, files: Vec::new() };
        while let Some(argument) = arguments.next() {
            let name = match argument {
                Argument::Operand(file) => {
                    s.files.push(file);
                    continue;
                }
                Argument::Option(name) => name,
            };
            match name.as_str() {
                "--from" => s.from = arguments.value(&name)?,
                "--min-count" => s.options.min_count = number(&name, &arguments.value(&name)?)?,
                "--min-domains" => s.options.min_domains = number(&name, &arguments.value(&name)?)?,
                "--entries" => s.options.max_entries = number(&name, &arguments.value(&name)?)?,
                "--hold" => s.options.hold = number(&name, &arguments.value(&name)?)?,
                "--doubt" => s.options.doubt = number(&name, &arguments.value(&name)?)?,
                "--out" => s.out = Some(arguments.value(&name)?),
                "--all" => s.all = true,
                _ => return Err(format!("unknown option {name}\n{USAGE}")),
            }
        }
        if s.files.is_empty() { Err(USAGE.to_owned()) } else { Ok(s) }
    }
}

fn number<T: std::str::FromStr>(name: &str, value: &str) -> Result<T, String> {
    value.parse().map_err(|_| format!("{name} needs a number, not {value:?}"))
}

fn run(settings: &Settings) -> Result<(), String> {
    let mut items: Vec<Feedback> = Vec::new();
    for file in &settings.files {
        let input = File::open(file).map_err(|e| format!("{file}: {e}"))?;
        let adapter = adapter(&settings.from).map_err(|e| e.to_string())?;
        for item in adapter.read(Box::new(BufReader::new(input)), &ReadOptions::default()) {
            match item {
                Ok(item) => items.push(item),
                Err(reject) => eprintln!("{file}: {reject}"),
            }
        }
    }
    let rated: Vec<Example<'_>> = items.iter().filter_map(Example::rated).collect();
    let is_seen = |(i, _): &(usize, Example<'_>)| settings.all || i % HELD_BACK != 0;
    let (seen, held): (Vec<_>, Vec<_>) = rated.iter().copied().enumerate().partition(is_seen);
    let seen: Vec<Example<'_>> = seen.into_iter().map(|(_, e)| e).collect();
    let held: Vec<Example<'_>> = held.into_iter().map(|(_, e)| e).collect();
    let engine = Engine::builder().build().map_err(|e| e.to_string())?;
    let layer = learn(&engine, &seen, &settings.options).map_err(|e| e.to_string())?;
    let words = layer.lexicon().map_err(|e| e.to_string())?;
    let wiser = Engine::builder().words(words).build().map_err(|e| e.to_string())?;
    let new = layer.entries().iter().filter(|e| e.listed.is_none()).count();
    let changed = layer.entries().len() - new;
    println!("{} rated items, {new} new words, {changed} listed words moved", rated.len());
    if !held.is_empty() {
        let (before, after) = (recall(&engine, &held), recall(&wiser, &held));
        println!("{} items held back: {before:.3} before, {after:.3} after", held.len());
    }
    if let Some(folder) = &settings.out {
        return write(&layer, Path::new(folder)).map_err(|e| format!("{folder}: {e}"));
    }
    show(&layer);
    Ok(())
}

/// Mean recall of content and discontent items by the sign of the score; a score of 0 earns half.
fn recall(engine: &Engine, items: &[Example<'_>]) -> f64 {
    let mut right = [(0.0, 0.0); 2];
    for item in items {
        let score = engine.analyze(item.feedback).sentiment().score;
        let earned = match score {
            0.0 => 0.5,
            s => f64::from(u8::from((s > 0.0) == item.content)),
        };
        if let Some((sum, n)) = right.get_mut(usize::from(item.content)) {
            *sum += earned;
            *n += 1.0;
        }
    }
    let recalls: Vec<f64> = right.iter().filter(|(_, n)| *n > 0.0).map(|(sum, n)| sum / n).collect();
    recalls.iter().sum::<f64>() / recalls.len().max(1) as f64
}

fn write(layer: &Layer, folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    for list in [List::Valence, List::Symbol, List::Cue] {
        fs::write(folder.join(format!("{}.tsv", list.as_str())), layer.to_tsv(list))?;
    }
    Ok(())
}

fn show(layer: &Layer) {
    let clear = |e: &Learned| e.low.max(-e.high);
    let mut entries: Vec<&Learned> = layer.entries().iter().collect();
    entries.sort_by(|a, b| clear(b).total_cmp(&clear(a)).then(a.term.cmp(&b.term)));
    for e in entries.into_iter().take(SHOWN) {
        let before = e.listed.map_or("new".to_owned(), |v| format!("was {v}"));
        println!("{:+.2}  {}  ({before}, {} items, {:.2} to {:.2})", e.value, e.term, e.count, e.low, e.high);
    }
}
