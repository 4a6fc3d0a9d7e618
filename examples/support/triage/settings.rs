//! What the command line asks for.

use crate::arguments::{Argument, Arguments};
use candor::priority::TermName;
use candor::report::Report;
use jiff::Timestamp;

pub(crate) const USAGE: &str = "usage: triage [--from NAME] [--pack NAME|PATH]... [--rules FILE]... \
[--facts FILE.toml] [--now TIME] [--window DAYS] \
[--weights TERM=N,...] [--report OUT.md|.json|.csv]... [--json OUT.json] FILE...";

/// Arguments of a run.
pub(crate) struct Settings {
    pub(crate) from: String,
    pub(crate) packs: Vec<String>,
    /// Rules of the host, as of `annotate`.
    pub(crate) rules: Vec<String>,
    /// What the host states of its problems.
    pub(crate) facts: Option<String>,
    pub(crate) now: Option<Timestamp>,
    pub(crate) window: Option<u32>,
    /// Weights to compare the ranking with.
    pub(crate) weights: Vec<(TermName, f64)>,
    pub(crate) reports: Vec<(Form, String)>,
    pub(crate) files: Vec<String>,
}

/// Form of a report.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    Markdown,
    Json,
    Csv,
}

impl Form {
    /// By the ending of the file's name.
    fn of(path: &str) -> Result<Self, String> {
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        match ending.as_deref() {
            Some("md") => Ok(Self::Markdown),
            Some("json") => Ok(Self::Json),
            Some("csv") => Ok(Self::Csv),
            _ => Err(format!("--report {path}: the name must end in .md, .json or .csv")),
        }
    }

    pub(crate) fn write(self, report: &Report) -> String {
        match self {
            Self::Markdown => report.to_markdown(),
            Self::Json => report.to_json() + "\n",
            Self::Csv => report.to_csv(),
        }
    }
}

impl Settings {
    /// The settings; `None` when help is asked for.
    pub(crate) fn read(mut arguments: Arguments) -> Result<Option<Self>, String> {
        let mut settings = Self {
            from: "auto".to_owned(),
            packs: Vec::new(),
            rules: Vec::new(),
            facts: None,
            now: None,
            window: None,
            weights: Vec::new(),
            reports: Vec::new(),
            files: Vec::new(),
        };
        while let Some(argument) = arguments.next() {
            match argument {
                Argument::Operand(file) => settings.files.push(file),
                Argument::Option(name) if name == "--help" || name == "-h" => return Ok(None),
                Argument::Option(name) => settings.option(&name, &mut arguments)?,
            }
        }
        if settings.files.is_empty() {
            return Err(format!("no file is named\n{USAGE}"));
        }
        Ok(Some(settings))
    }

    fn option(&mut self, name: &str, arguments: &mut Arguments) -> Result<(), String> {
        let mut value = || arguments.value(name);
        match name {
            "--from" => self.from = value()?,
            "--pack" => self.packs.push(value()?),
            "--rules" => self.rules.push(value()?),
            "--facts" => self.facts = Some(value()?),
            "--now" => self.now = Some(time(&value()?)?),
            "--window" => self.window = Some(days(&value()?)?),
            "--weights" => self.weights.extend(weights(&value()?)?),
            "--report" => {
                let path = value()?;
                self.reports.push((Form::of(&path)?, path));
            }
            "--json" => self.reports.push((Form::Json, value()?)),
            _ => return Err(format!("unknown option {name}\n{USAGE}")),
        }
        Ok(())
    }
}

fn time(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| format!("--now {text}: not a time like 2026-05-10T18:00:00Z"))
}

/// `reach=0.5,severity=0`: the model refuses weights that cannot be.
fn weights(text: &str) -> Result<Vec<(TermName, f64)>, String> {
    let one = |part: &str| {
        let (name, weight) = part.split_once('=')?;
        Some((TermName::from_name(name.trim())?, weight.trim().parse().ok()?))
    };
    let weights: Option<Vec<_>> = text.split(',').map(one).collect();
    weights.ok_or_else(|| {
        let names: Vec<_> = TermName::ALL.iter().map(|term| term.as_str()).collect();
        format!("--weights {text}: not like reach=0.5,severity=0.2; terms: {}", names.join(", "))
    })
}

fn days(text: &str) -> Result<u32, String> {
    let days = text.parse().ok().filter(|days| *days > 0);
    days.ok_or_else(|| format!("--window {text}: not a number of days"))
}
