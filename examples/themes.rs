//! `themes [--from NAME] [--pack NAME|PATH]... [--split TIME] [--side negative|positive] [--top N] [--out FILE.toml]
//! FILE...`: feedback in, what it speaks of that no topic knows yet out.
//!
//! Without `--split` negative items are held against positive ones (`--side positive`: the other way round); with it the
//! items from that time on against those before. Prints a table and, for each theme, a quote and the topic that a person
//! can accept into a pack; `--out` writes these topics as a pack. Duplicates and default reviews do not count.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program speaks to its caller")]

#[path = "support/arguments.rs"]
mod arguments;
#[path = "support/from.rs"]
mod from;
#[path = "support/pack.rs"]
mod pack;
#[path = "support/program.rs"]
mod program;

use arguments::{Argument, Arguments};
use candor::annotate::Flag;
use candor::channel::ReadOptions;
use candor::discover::{Contrast, Theme, ThemeOptions, Themes};
use candor::text::dedup::ExactIndex;
use candor::{Engine, Feedback};
use jiff::Timestamp;
use std::fmt::Write;
use std::fs::File;
use std::io::BufReader;
use std::process::ExitCode;

const USAGE: &str = "usage: themes [--from NAME] [--pack NAME|PATH]... [--split TIME] [--side negative|positive] \
                     [--top N] [--out FILE.toml] FILE...";

fn main() -> ExitCode {
    program::program("themes", |arguments| run(&Settings::read(arguments)?))
}

struct Settings {
    from: String,
    packs: Vec<String>,
    split: Option<Timestamp>,
    praise: bool,
    top: usize,
    out: Option<String>,
    files: Vec<String>,
}

impl Settings {
    fn read(mut arguments: Arguments) -> Result<Self, String> {
        let mut s = Self {
            from: "auto".to_owned(),
            packs: Vec::new(),
            split: None,
            praise: false,
            top: 10,
            out: None,
            files: Vec::new(),
        };
        while let Some(argument) = arguments.next() {
            let name = match argument {
                Argument::Operand(file) => {
                    s.files.push(file);
                    continue;
                }
                Argument::Option(name) => name,
            };
            let value = arguments.value(&name)?;
            let unfit = |wanted: &str| format!("{name} needs {wanted}, not {value:?}");
            match name.as_str() {
                "--from" => s.from = value,
                "--pack" => s.packs.push(value),
                "--split" => {
                    s.split = Some(value.parse().map_err(|_| unfit("a time as 2026-05-01T00:00:00Z"))?);
                }
                "--side" if value == "negative" || value == "positive" => s.praise = value == "positive",
                "--side" => return Err(unfit("negative or positive")),
                "--top" => s.top = value.parse().map_err(|_| unfit("a number"))?,
                "--out" => s.out = Some(value),
                _ => return Err(format!("unknown option {name}\n{USAGE}")),
            }
        }
        if s.files.is_empty() { Err(USAGE.to_owned()) } else { Ok(s) }
    }
}

/// The items, and before the split those of the earlier period.
#[derive(Default)]
struct Periods {
    later: Themes,
    earlier: Themes,
    texts: ExactIndex,
}

fn run(settings: &Settings) -> Result<(), String> {
    let text = |e: candor::Error| e.to_string();
    let taxonomy = pack::taxonomy(&settings.packs).map_err(text)?;
    let engine = Engine::builder().taxonomy(taxonomy).build().map_err(text)?;
    let from = from::From::named(&settings.from)?;
    let mut periods = Periods::default();
    for path in &settings.files {
        let file = File::open(path).map_err(|e| format!("{path}: {e}"))?;
        let options = ReadOptions::new().source(path);
        let items = from.adapter().read(Box::new(BufReader::new(file)), &options);
        // Rejects are the business of `annotate` and `triage`.
        count(&engine, items.filter_map(Result::ok), settings.split, &mut periods);
    }
    let contrast = match (settings.split, settings.praise) {
        (Some(_), _) => Contrast::Since(&periods.earlier),
        (None, true) => Contrast::Positive,
        (None, false) => Contrast::Negative,
    };
    let themes = periods.later.summary(&ThemeOptions::default().contrast(contrast).top(settings.top));
    print!("{}", table(&periods, &themes));
    if let Some(path) = &settings.out {
        let topics: Vec<&str> = themes.iter().map(Theme::suggestion).collect();
        std::fs::write(path, topics.join("\n")).map_err(|e| format!("{path}: {e}"))?;
    }
    Ok(())
}

fn count(
    engine: &Engine,
    items: impl Iterator<Item = Feedback>,
    split: Option<Timestamp>,
    periods: &mut Periods,
) {
    for (feedback, insight) in engine.analyze_iter(items) {
        let set_aside = [Flag::Template, Flag::Spam].into_iter().any(|flag| insight.flags().contains(flag));
        if set_aside || periods.texts.insert(&feedback).is_some() {
            continue;
        }
        let earlier = split.is_some_and(|split| feedback.created_at().is_none_or(|at| at < split));
        let themes = if earlier { &mut periods.earlier } else { &mut periods.later };
        themes.push(&feedback, &insight);
    }
}

fn table(periods: &Periods, themes: &[Theme]) -> String {
    let mut out = String::new();
    let (later, earlier) = (periods.later.items(), periods.earlier.items());
    let short = periods.later.shortfall() + periods.earlier.shortfall();
    let _ = writeln!(out, "{later} items, {earlier} earlier; counts may be short by {short}\n");
    let _ = writeln!(out, "   #      z        q  items  customers  phrases");
    for (theme, rank) in themes.iter().zip(1..) {
        let (z, q, items, customers) = (theme.z(), theme.q(), theme.items(), theme.customers());
        let phrases = theme.phrases().join(", ");
        let _ = writeln!(out, "{rank:4}  {z:5.1}  {q:7.1e}  {items:5}  {customers:9}  {phrases}");
    }
    for theme in themes {
        let _ = writeln!(out);
        for quote in theme.quotes() {
            let _ = writeln!(out, "# {}: {}", quote.id(), quote.text().replace('\n', " "));
        }
        out.push_str(theme.suggestion());
    }
    out
}
