//! `triage [--from NAME] [--pack NAME|PATH]... [--rules FILE]... [--facts FILE.toml] [--now TIME] [--window DAYS]
//! [--weights TERM=N,...] [--report OUT]... [--json OUT.json] FILE...`: files of feedback in, ranked problems out.
//!
//! Reads every file (the adapter is found by looking, unless `--from` names one or, with `mapping:FILE.toml`, describes it), sets aside what does not count
//! and says so, analyses, counts and ranks. Prints satisfaction with intervals, what must not wait, the ranked
//! problems with each share of their score, and the complaints to answer first; writes reports by their ending
//! (.md, .json, .csv). `--rules` adds rules of the host, whose tags are counted. Worth of customers and late first
//! replies come from the items; `--facts` adds hours of work and turnover at stake
//! ([`Facts::parse`](candor::priority::Facts::parse)). Every quote is masked. Exit code 0 when at least one item was
//! read, else 2.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program speaks to its caller")]

#[path = "support/arguments.rs"]
mod arguments;
#[path = "support/from.rs"]
mod from;
#[path = "support/pack.rs"]
mod pack;
#[path = "support/progress.rs"]
mod progress;
#[path = "support/triage/mod.rs"]
mod triage;

use arguments::Arguments;
use candor::Engine;
use candor::case::Desk;
use candor::discover::{ThemeOptions, Themes};
use candor::metrics::Summary;
use candor::priority::{Facts, Model, Move, Ranked, moves};
use candor::report::Report;
use candor::rule::RulePack;
use candor::text::mask;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;
use triage::intake::Intake;
use triage::settings::{Settings, USAGE};
use triage::show::{self, Page};

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
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("triage: {message}");
            ExitCode::from(2)
        }
    }
}

fn run(settings: &Settings) -> Result<(), String> {
    let text = |e: candor::Error| e.to_string();
    let engine = engine(settings).map_err(text)?;
    let stated = stated(settings)?;
    let desk = Desk::builtin().map_err(text)?;
    // What must never wait has a block of its own, so that the ranking shows volume times importance.
    let model = Model::builder().and_then(|model| model.overrides_apart().build()).map_err(text)?;
    let mut intake = Intake::new(&engine, &desk, settings.now);
    intake.themes = (!settings.reports.is_empty()).then(Themes::new);
    read(settings, &mut intake)?;
    let summary = intake.aggregate.summary(&intake.options(settings.window));
    let facts = intake.facts(&stated);
    let ranked = model.rank_with(&summary, &facts);
    let (cases, words) = intake.complaints.open(intake.now());

    let taxonomy = engine.taxonomy();
    let themes = intake.themes.as_ref().map(|themes| themes.summary(&ThemeOptions::default()));
    let report = Report::builder(&summary, &ranked).cases(&cases).read(intake.counts());
    let report = report.drivers(&intake.drivers).themes(themes.as_deref().unwrap_or_default());
    let report = report.taxonomy(taxonomy).policy(desk.policy()).playbook(desk.playbook()).build(mask);
    for (form, path) in &settings.reports {
        std::fs::write(path, form.write(&report)).map_err(|e| format!("{path}: {e}"))?;
    }

    let mut out = String::new();
    show::intake(&mut out, &intake, settings.files.len(), &summary);
    show::satisfaction(&mut out, &summary);
    let (policy, playbook) = (desk.policy(), desk.playbook());
    let page = Page { summary: &summary, ranked: &ranked, taxonomy, policy, playbook };
    page.act_now(&mut out);
    page.issues(&mut out);
    show::what_if(&mut out, &what_if(settings, &model, (&summary, &facts), &ranked).map_err(text)?);
    page.cases(&mut out, &cases, &words, intake.complaints.count);
    match std::io::stdout().write_all(out.as_bytes()) {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(format!("writing failed: {e}")),
        _ => Ok(()),
    }
}

/// How the ranks move under the weights asked for; nothing without any.
fn what_if(
    settings: &Settings,
    model: &Model,
    (summary, facts): (&Summary, &Facts),
    before: &[Ranked],
) -> candor::Result<Vec<Move>> {
    if settings.weights.is_empty() {
        return Ok(Vec::new());
    }
    let builder = model.clone().into_builder();
    let other =
        settings.weights.iter().fold(builder, |builder, (term, weight)| builder.weight(*term, *weight));
    Ok(moves(before, &other.build()?.rank_with(summary, facts)))
}

/// The built-in engine with the packs and rules of the host.
fn engine(settings: &Settings) -> candor::Result<Engine> {
    let mut builder = Engine::builder().taxonomy(pack::taxonomy(&settings.packs)?);
    for path in &settings.rules {
        builder = builder.rules(RulePack::from_path(path)?);
    }
    builder.build()
}

/// What the host states of its problems.
fn stated(settings: &Settings) -> Result<Facts, String> {
    let Some(path) = &settings.facts else { return Ok(Facts::default()) };
    let toml = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    Facts::parse(path, &toml).map_err(|e| e.to_string())
}

/// Reads all files; an error when one cannot be opened or nothing was readable.
fn read(settings: &Settings, intake: &mut Intake<'_>) -> Result<(), String> {
    let from = from::From::named(&settings.from)?;
    let mut bytes = 0;
    for path in &settings.files {
        let about = std::fs::metadata(path).map_err(|e| format!("{path}: {e}"))?;
        if about.is_dir() {
            return Err(format!("{path}: is a folder"));
        }
        bytes += about.len();
    }
    let bar = progress::bar(Some(bytes));
    for path in &settings.files {
        intake.file(from.adapter(), path, &bar)?;
    }
    bar.finish_and_clear();
    if intake.items == 0 {
        return Err(format!("nothing readable in the files\n{}", intake.rejected.join("\n")));
    }
    Ok(())
}
