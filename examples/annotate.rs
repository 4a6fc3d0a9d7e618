//! `annotate [--from NAME] [--pack NAME|PATH]... [--words FILE]... [--rules FILE]... [--rejects FILE]
//! [--evidence all] [FILE|-]`: feedback in, one insight a line out, in input order.
//!
//! `--words` lays a list of the host's own over the built-in ones; its file is named like the list, `valence.tsv`
//! say. `--rules` adds rules of the host. Reads JSON Lines unless `--from` names another adapter (`auto` looks at the input, `mapping:FILE.toml` reads as that file says), standard input unless a
//! file is named. What cannot be read goes to standard error, or to the file of `--rejects`, one JSON object a
//! line. Memory does not grow with the input. Exit code 0 when at least one item was read, 2 for arguments that
//! cannot be used and for an input in which nothing is readable.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program speaks to its caller")]

#[path = "support/arguments.rs"]
mod arguments;
#[path = "support/from.rs"]
mod from;
#[path = "support/pack.rs"]
mod pack;
#[path = "support/progress.rs"]
mod progress;

use arguments::{Argument, Arguments};
use candor::annotate::EvidenceLimit;
use candor::channel::{ReadOptions, Reject};
use candor::lexicon::{Lexicon, List};
use candor::rule::RulePack;
use candor::{Engine, Feedback, Insight};
use indicatif::ProgressBar;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: annotate [--from NAME] [--pack NAME|PATH]... [--words FILE]... [--rules FILE]... [--rejects FILE] [--evidence all] [FILE|-]";

/// Bytes read and written at once.
const BUFFER: usize = 1 << 18;

fn main() -> ExitCode {
    let outcome = match Arguments::of_process().and_then(Settings::read) {
        Ok(Some(settings)) => run(&settings),
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(message) => Err(message),
    };
    match outcome {
        Ok(Read { items: 1.., .. }) => ExitCode::SUCCESS,
        Ok(Read { rejects: 1.., .. }) => ExitCode::from(2),
        Ok(_) => fail("the input holds no item"),
        Err(message) => fail(&message),
    }
}

fn fail(message: &str) -> ExitCode {
    eprintln!("annotate: {message}");
    ExitCode::from(2)
}

/// What the command line asks for.
struct Settings {
    from: String,
    packs: Vec<String>,
    words: Vec<String>,
    rules: Vec<String>,
    rejects: Option<String>,
    evidence: EvidenceLimit,
    file: Option<String>,
}

impl Settings {
    /// The settings; `None` when help is asked for.
    fn read(mut arguments: Arguments) -> Result<Option<Self>, String> {
        let mut settings = Self {
            from: "jsonl".to_owned(),
            packs: Vec::new(),
            words: Vec::new(),
            rules: Vec::new(),
            rejects: None,
            evidence: EvidenceLimit::Strongest,
            file: None,
        };
        while let Some(argument) = arguments.next() {
            match argument {
                Argument::Operand(file) if settings.file.is_none() => settings.file = Some(file),
                Argument::Operand(file) => return Err(format!("a second input, {file}\n{USAGE}")),
                Argument::Option(name) => match name.as_str() {
                    "--from" => settings.from = arguments.value(&name)?,
                    "--pack" => settings.packs.push(arguments.value(&name)?),
                    "--words" => settings.words.push(arguments.value(&name)?),
                    "--rules" => settings.rules.push(arguments.value(&name)?),
                    "--rejects" => settings.rejects = Some(arguments.value(&name)?),
                    "--evidence" => settings.evidence = evidence(&arguments.value(&name)?)?,
                    "--help" | "-h" => return Ok(None),
                    _ => return Err(format!("unknown option {name}\n{USAGE}")),
                },
            }
        }
        Ok(Some(settings))
    }

    /// The input, with a bar that follows the reading.
    fn open(&self) -> Result<(Box<dyn BufRead>, ProgressBar), String> {
        match self.file.as_deref() {
            None | Some("-") => {
                let bar = progress::bar(None);
                let input = BufReader::with_capacity(BUFFER, bar.wrap_read(io::stdin().lock()));
                Ok((Box::new(input), bar))
            }
            Some(path) => {
                let opened = File::open(path).and_then(|file| Ok((file.metadata()?, file)));
                let (about, file) = opened.map_err(|e| format!("{path}: {e}"))?;
                if about.is_dir() {
                    return Err(format!("{path}: is a folder"));
                }
                let bar = progress::bar(about.is_file().then_some(about.len()));
                Ok((Box::new(BufReader::with_capacity(BUFFER, bar.wrap_read(file))), bar))
            }
        }
    }
}

fn evidence(name: &str) -> Result<EvidenceLimit, String> {
    match name {
        "all" => Ok(EvidenceLimit::All),
        "strongest" => Ok(EvidenceLimit::Strongest),
        _ => Err(format!("--evidence {name}: only all and strongest are known")),
    }
}

/// How much could be read, and could not.
struct Read {
    items: u64,
    rejects: u64,
}

/// The list of a file that is named like its kind.
fn words(path: &str) -> Result<Lexicon, String> {
    let stem = Path::new(path).file_stem().and_then(|s| s.to_str()).unwrap_or_default();
    let list = List::ALL.iter().find(|l| l.as_str() == stem);
    let list = list.ok_or_else(|| format!("{path}: no kind of list is called {stem:?}"))?;
    let tsv = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    Lexicon::new().list(*list, path, &tsv).map_err(|e| e.to_string())
}

fn run(settings: &Settings) -> Result<Read, String> {
    let from = from::From::named(&settings.from)?;
    let taxonomy = pack::taxonomy(&settings.packs).map_err(|e| e.to_string())?;
    let mut builder = Engine::builder().taxonomy(taxonomy);
    for path in &settings.words {
        builder = builder.words(words(path)?);
    }
    for path in &settings.rules {
        builder = builder.rules(RulePack::from_path(path).map_err(|e| e.to_string())?);
    }
    let engine = builder.build().map_err(|e| e.to_string())?;
    let rejects: Box<dyn Write> = match &settings.rejects {
        Some(path) => Box::new(BufWriter::new(File::create(path).map_err(|e| format!("{path}: {e}"))?)),
        None => Box::new(io::stderr()),
    };
    let (input, bar) = settings.open()?;
    let options = ReadOptions::new();
    let (mut scratch, mut insight) = (engine.scratch(), engine.insight());
    let mut output = Output::new(rejects, settings.evidence, bar);
    let mut read = Read { items: 0, rejects: 0 };
    for item in from.adapter().read(input, &options) {
        let written = match item {
            Ok(feedback) => {
                read.items += 1;
                engine.analyze_into(&feedback, &mut scratch, &mut insight);
                output.insight(&feedback, &insight)
            }
            Err(reject) => {
                read.rejects += 1;
                output.reject(&reject)
            }
        };
        match written {
            Err(e) if e.kind() == ErrorKind::BrokenPipe => return Ok(read),
            written => written.map_err(|e| format!("writing failed: {e}"))?,
        }
    }
    match output.finish() {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(format!("writing failed: {e}")),
        _ => Ok(read),
    }
}

/// Where insights and rejects go.
struct Output {
    insights: BufWriter<io::StdoutLock<'static>>,
    rejects: Box<dyn Write>,
    evidence: EvidenceLimit,
    bar: ProgressBar,
    /// Lines go to the terminal that shows the bar, which has to make room for each.
    shared: bool,
}

impl Output {
    fn new(rejects: Box<dyn Write>, evidence: EvidenceLimit, bar: ProgressBar) -> Self {
        let shared = !bar.is_hidden() && io::stdout().is_terminal();
        let insights = BufWriter::with_capacity(BUFFER, io::stdout().lock());
        Self { insights, rejects, evidence, bar, shared }
    }

    fn insight(&mut self, feedback: &Feedback, insight: &Insight) -> io::Result<()> {
        let wire = insight.to_wire_with(feedback, self.evidence);
        if self.shared {
            let out = &mut self.insights;
            return self.bar.suspend(|| line(out, &wire).and_then(|()| out.flush()));
        }
        line(&mut self.insights, &wire)
    }

    fn reject(&mut self, reject: &Reject) -> io::Result<()> {
        let out = &mut self.rejects;
        self.bar.suspend(|| line(out, reject))
    }

    fn finish(mut self) -> io::Result<()> {
        self.bar.finish_and_clear();
        self.insights.flush()?;
        self.rejects.flush()
    }
}

fn line(out: &mut impl Write, value: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}
