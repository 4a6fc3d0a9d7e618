//! `diff_packs --old PACK... --new PACK... [--from NAME] [--items N] [FILE|-]`: what a new version of packs changes,
//! before it goes live.
//!
//! A pack is a file of rules (with `[[rule]]`) or a taxonomy, by name or path as for `annotate`; several compose. Reads
//! JSON Lines unless `--from` names another adapter. Prints how many items get and lose each topic, intent and tag,
//! then up to `--items` (12) changed items with the labels before and after and a masked quote. Findings of
//! the lint and examples that fail stand first. Exit code 0 when at least one item was read, else 2.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program speaks to its caller")]

#[path = "support/arguments.rs"]
mod arguments;
#[path = "support/from.rs"]
mod from;
#[path = "support/pack.rs"]
mod pack;
#[expect(dead_code, reason = "shared with programs that cut quotes too")]
#[path = "support/triage/table.rs"]
mod table;

use arguments::{Argument, Arguments};
use candor::channel::ReadOptions;
use candor::rule::RulePack;
use candor::text::mask;
use candor::{Engine, Feedback, Insight};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::process::ExitCode;
use table::Table;

const USAGE: &str = "usage: diff_packs --old PACK... --new PACK... [--from NAME] [--items N] [FILE|-]";
/// Characters of a quote.
const QUOTE: usize = 90;

fn main() -> ExitCode {
    match Arguments::of_process().and_then(Settings::read).and_then(|settings| match settings {
        None => Ok(USAGE.to_owned()),
        Some(settings) => run(&settings),
    }) {
        Ok(text) => {
            println!("{}", text.trim_end());
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("diff_packs: {message}");
            ExitCode::from(2)
        }
    }
}

/// What the command line asks for.
struct Settings {
    old: Vec<String>,
    new: Vec<String>,
    from: String,
    items: usize,
    file: Option<String>,
}

impl Settings {
    /// The settings; `None` when help is asked for.
    fn read(mut arguments: Arguments) -> Result<Option<Self>, String> {
        let from = "jsonl".to_owned();
        let mut settings = Self { old: Vec::new(), new: Vec::new(), from, items: 12, file: None };
        while let Some(argument) = arguments.next() {
            match argument {
                Argument::Operand(file) if settings.file.is_none() => settings.file = Some(file),
                Argument::Operand(file) => return Err(format!("a second input, {file}\n{USAGE}")),
                Argument::Option(name) => match name.as_str() {
                    "--old" => settings.old.push(arguments.value(&name)?),
                    "--new" => settings.new.push(arguments.value(&name)?),
                    "--from" => settings.from = arguments.value(&name)?,
                    "--items" => {
                        let value = arguments.value(&name)?;
                        settings.items = value.parse().map_err(|_| format!("--items {value}: no number"))?;
                    }
                    "--help" | "-h" => return Ok(None),
                    _ => return Err(format!("unknown option {name}\n{USAGE}")),
                },
            }
        }
        if settings.old.is_empty() || settings.new.is_empty() {
            return Err(format!("an old and a new pack are needed\n{USAGE}"));
        }
        Ok(Some(settings))
    }

    fn open(&self) -> Result<Box<dyn BufRead>, String> {
        match self.file.as_deref() {
            None | Some("-") => Ok(Box::new(io::stdin().lock())),
            Some(path) => {
                let file = File::open(path).map_err(|e| format!("{path}: {e}"))?;
                Ok(Box::new(BufReader::new(file)))
            }
        }
    }
}

/// An engine with the packs; what is doubtful about its rules goes to `notes`.
fn engine(side: &str, packs: &[String], notes: &mut String) -> Result<Engine, String> {
    let holds_rules = |path: &String| {
        std::fs::read_to_string(path).is_ok_and(|toml| toml.lines().any(|line| line.trim() == "[[rule]]"))
    };
    let (rules, topics): (Vec<String>, Vec<String>) = packs.iter().cloned().partition(holds_rules);
    let taxonomy = pack::taxonomy(&topics).map_err(|e| e.to_string())?;
    let rules: Result<Vec<RulePack>, _> = rules.iter().map(RulePack::from_path).collect();
    let rules = rules.map_err(|e| e.to_string())?;
    let mut builder = Engine::builder().taxonomy(taxonomy);
    for pack in &rules {
        builder = builder.rules(pack.clone());
    }
    let engine = builder.build().map_err(|e| e.to_string())?;
    for pack in &rules {
        let findings = pack.lint(engine.taxonomy().topics().map(|(_, topic)| topic.path()));
        for finding in findings {
            _ = writeln!(notes, "{side}: {finding}");
        }
        for failure in engine.self_test(pack) {
            _ = writeln!(notes, "{side}: {failure}");
        }
    }
    Ok(engine)
}

/// Topics, intents and tags of a verdict.
fn labels(insight: &Insight) -> BTreeSet<String> {
    let topics = insight.topics().iter().map(|t| format!("topic {}", insight.path(t.topic)));
    let intents = insight.intents().iter().map(|i| format!("intent {i}")).collect::<Vec<_>>();
    topics.chain(intents).chain(insight.tags().map(|tag| format!("tag {tag}"))).collect()
}

/// Items with a label, before and after, gained and lost.
#[derive(Default)]
struct Count {
    old: u64,
    new: u64,
    gained: u64,
    lost: u64,
}

#[derive(Default)]
struct Changes {
    items: u64,
    rejects: u64,
    changed: u64,
    counts: BTreeMap<String, Count>,
    shown: Vec<String>,
}

impl Changes {
    fn add(&mut self, feedback: &Feedback, old: &BTreeSet<String>, new: &BTreeSet<String>, most: usize) {
        self.items += 1;
        for label in old.union(new) {
            let count = self.counts.entry(label.clone()).or_default();
            let (was, is) = (old.contains(label), new.contains(label));
            count.old += u64::from(was);
            count.new += u64::from(is);
            count.gained += u64::from(is && !was);
            count.lost += u64::from(was && !is);
        }
        if old == new {
            return;
        }
        self.changed += 1;
        if self.shown.len() < most {
            let only = |own: &BTreeSet<String>, other: &BTreeSet<String>| {
                let labels: Vec<&str> = own.difference(other).map(String::as_str).collect();
                if labels.is_empty() { "-".to_owned() } else { labels.join(", ") }
            };
            let (before, after) = (only(old, new), only(new, old));
            self.shown.push(format!("{}  {before} -> {after}\n      \"{}\"", feedback.id(), quote(feedback)));
        }
    }

    fn print(&self, notes: &str) -> String {
        let mut out = format!("{notes}{} items read, {} refused, ", self.items, self.rejects);
        _ = writeln!(out, "{} verdicts change", self.changed);
        let mut table = Table::new(&["label", "old", "new", "gained", "lost"]);
        for (label, count) in self.counts.iter().filter(|(_, c)| c.gained + c.lost > 0) {
            let numbers = [count.old, count.new, count.gained, count.lost].map(|n| n.to_string());
            table.row([label.clone()].into_iter().chain(numbers).collect(), Vec::new());
        }
        if self.changed > 0 {
            out.push('\n');
            table.print(&mut out);
            _ = writeln!(out, "\n{}", self.shown.join("\n"));
        }
        out
    }
}

/// The first words of an item, without personal data.
fn quote(feedback: &Feedback) -> String {
    let turns = feedback.turns().iter().map(|turn| turn.text.as_str());
    let texts = [feedback.text(), feedback.title()].into_iter().chain(turns);
    let text = texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    let masked = mask(text);
    let words: Vec<&str> = masked.split_whitespace().collect();
    let words = words.join(" ");
    let mut chars = words.chars();
    let start: String = chars.by_ref().take(QUOTE).collect();
    if chars.next().is_some() { format!("{start} …") } else { start }
}

fn run(settings: &Settings) -> Result<String, String> {
    let from = from::From::named(&settings.from)?;
    let mut notes = String::new();
    let old = engine("old", &settings.old, &mut notes)?;
    let new = engine("new", &settings.new, &mut notes)?;
    let mut changes = Changes::default();
    let (mut scratch, mut before, mut after) = (old.scratch(), old.insight(), new.insight());
    let options = ReadOptions::new();
    for item in from.adapter().read(settings.open()?, &options) {
        let Ok(feedback) = item else {
            changes.rejects += 1;
            continue;
        };
        old.analyze_into(&feedback, &mut scratch, &mut before);
        new.analyze_into(&feedback, &mut scratch, &mut after);
        changes.add(&feedback, &labels(&before), &labels(&after), settings.items);
    }
    match changes.items {
        0 => Err("no item could be read".to_owned()),
        _ => Ok(changes.print(&notes)),
    }
}
