//! `triage [--from NAME] [--pack NAME|PATH]... [--now TIME] [--window DAYS] [--weights TERM=N,...]
//! [--report OUT]... [--json OUT.json] FILE...`: files of feedback in, ranked problems out.
//!
//! Reads every file (the adapter is found by looking, unless `--from` names one or, with `mapping:FILE.toml`, describes it), sets aside what does not count
//! and says so, analyses, counts and ranks. Prints satisfaction with intervals, what must not wait, the ranked
//! problems with each share of their score, and the complaints to answer first; writes reports by their ending
//! (.md, .json, .csv). Every quote is masked. Exit code 0 when at least one item was read, else 2.
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
use candor::metrics::Summary;
use candor::priority::{Model, Move, Ranked, moves};
use candor::report::Report;
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
    let taxonomy = pack::taxonomy(&settings.packs).map_err(text)?;
    let engine = Engine::builder().taxonomy(taxonomy).build().map_err(text)?;
    let desk = Desk::builtin().map_err(text)?;
    // What must never wait has a block of its own, so that the ranking shows volume times importance.
    let model = Model::builder().and_then(|model| model.overrides_apart().build()).map_err(text)?;
    let mut intake = Intake::new(&engine, settings.now);
    read(settings, &mut intake)?;
    let summary = intake.aggregate.summary(&intake.options(settings.window));
    let ranked = model.rank(&summary);
    let (cases, words) = intake.complaints.open(&desk, intake.now());

    let taxonomy = engine.taxonomy();
    let report = Report::builder(&summary, &ranked).cases(&cases).read(intake.counts());
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
    show::what_if(&mut out, &what_if(settings, &model, &summary, &ranked).map_err(text)?);
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
    summary: &Summary,
    before: &[Ranked],
) -> candor::Result<Vec<Move>> {
    if settings.weights.is_empty() {
        return Ok(Vec::new());
    }
    let builder = model.clone().into_builder();
    let other =
        settings.weights.iter().fold(builder, |builder, (term, weight)| builder.weight(*term, *weight));
    Ok(moves(before, &other.build()?.rank(summary)))
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
