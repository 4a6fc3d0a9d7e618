//! Qualtrics: exports with three header rows (names, questions, and one JSON object a column), and those in JSON.
//!
//! Times are in the zone that the third row tells of their column. Text entries are open answers; a question
//! with a promoter group beside it is asked on 0..10; other numbers are ratings only where the question asks
//! for one, because exports may hold codes of choices. Previews and tests are rejected; unfinished responses
//! are kept and say so in the attribute `finished`.

mod column;
#[cfg(feature = "json")]
mod json;

use super::response::{Response, measure, rate};
use crate::channel::parse::encoding;
use crate::channel::parse::forms::Forms;
use crate::channel::parse::rating::NPS;
use crate::channel::parse::sheet::{self, Sheet, rows};
use crate::channel::parse::table::{Broken, Row, Rows};
use crate::channel::parse::time::Clock;
use crate::channel::{Adapter, Confidence, ReadOptions, Reject};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{Feedback, Moderation, RatingKind, Source};
use column::{Column, Kind};
use std::io::BufRead;

pub(super) static ADAPTER: Forms = Forms {
    name: "qualtrics",
    all: &[
        &Table,
        #[cfg(feature = "json")]
        &json::JSON,
    ],
};

struct Table;

impl Adapter for Table {
    fn name(&self) -> &'static str {
        "qualtrics"
    }

    fn sniff(&self, head: &[u8]) -> Confidence {
        let text = encoding::head(head);
        let mut rows = rows(Box::new(text.as_bytes()), usize::MAX);
        let third = rows.as_mut().ok().and_then(|rows| rows.flatten().nth(2));
        let marked = third.is_some_and(|row| row.cells.iter().any(column::is_import));
        if marked { Confidence::Certain } else { Confidence::No }
    }

    fn read<'a>(
        &'a self,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
        sheet::items(open(input, options))
    }
}

/// Reads the three header rows; nothing when the input is empty.
fn open<'a>(input: Box<dyn BufRead + 'a>, options: &'a ReadOptions) -> Result<Option<Sheet<'a>>, Broken> {
    let mut rows = rows(input, options.limit())?;
    let Some(names) = rows.next().transpose()? else { return Ok(None) };
    let Some(questions) = rows.next().transpose()? else { return Err(headless(&names)) };
    let Some(imports) = rows.next().transpose()? else { return Err(headless(&names)) };
    if !imports.cells.iter().any(column::is_import) {
        return Err(headless(&imports));
    }
    let columns = column::read(&names.cells.to_vec(), &questions.cells.to_vec(), &imports.cells.to_vec());
    Ok(Some(sheet(rows, columns, options)))
}

fn headless(row: &Row) -> Broken {
    let message = "the header has no third row with an ImportId for each column";
    Broken { error: Error::new(ErrorKind::Missing, message).at_line(row.place.line), raw: row.raw.clone() }
}

fn sheet<'a>(rows: Rows<'a>, columns: Vec<Column>, options: &'a ReadOptions) -> Sheet<'a> {
    Sheet::new(rows, columns.len(), move |row, out| {
        out.push_back(record(&columns, row, options)?);
        Ok(())
    })
}

fn record(columns: &[Column], row: &Row, options: &ReadOptions) -> Result<Feedback> {
    let cells = || columns.iter().zip(row.cells.iter()).enumerate();
    let get = |kind| cells().find(|(_, (column, cell))| column.kind == kind && !cell.trim().is_empty());
    let value = |kind| get(kind).map(|(_, (_, cell))| cell.trim());
    let moderation = moderation(value(Kind::Status).unwrap_or_default()).map_err(|e| e.at_path("Status"))?;
    let mut read = Response::default();
    for (at, (column, cell)) in cells().filter(|(_, (_, cell))| !cell.trim().is_empty()) {
        answer(column, cell, &mut read).map_err(|e| e.at_path(&column.name).at_column(at as u64 + 1))?;
    }
    let id = value(Kind::Id);
    let fallback = || format!("{}:{}", options.source_or("qualtrics"), row.place.line);
    let mut builder = Feedback::builder(id.map_or_else(fallback, str::to_owned))
        .source(Source::QUALTRICS)
        .generated_id(id.is_none())
        .moderation(moderation)
        .language(language(value(Kind::Language).unwrap_or_default()));
    // When it was handed in, else when it was recorded or begun.
    let ended = [Kind::Ended, Kind::Recorded, Kind::Started].into_iter().find_map(get);
    if let Some((_, (column, text))) = ended {
        let zone = column.zone(options.time_zone());
        match zone.and_then(|zone| Clock::new(zone, options.order()).read(text).ok()) {
            Some(at) => builder = builder.created_at(at),
            None => read.extra.insert("created_at", text.into()),
        }
    }
    read.build(builder)
}

/// What the cell of a column says.
fn answer(column: &Column, cell: &str, out: &mut Response) -> Result<()> {
    let question = column.question.as_str();
    match column.kind {
        Kind::Id | Kind::Language | Kind::Ended => {}
        Kind::Words => out.words(question, cell, None),
        Kind::Nps => {
            out.asked(question, "nps");
            out.rated(question, NPS.rate(labelled(cell)?)?);
        }
        Kind::Question => match (cell.trim().parse::<f64>(), measure(question)) {
            (Ok(value), Some(_)) => out.rated(question, rate(question, value, None, RatingKind::Unknown)?),
            _ => out.chosen(question, cell),
        },
        Kind::Customer(name) => out.sent(name, cell),
        Kind::Embedded => out.sent(&column.name, cell),
        Kind::Started | Kind::Recorded | Kind::Status | Kind::Other => out.fact(&column.name, cell),
    }
    Ok(())
}

/// The number of a likelihood, bare or with its label: `10 - Extremely likely`.
fn labelled(cell: &str) -> Result<f64> {
    let unreadable = || Error::new(ErrorKind::Syntax, format!("\"{}\" is not a likelihood", cell.trim()));
    let mut numbers = cell.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse::<f64>().ok());
    let first = numbers.next().ok_or_else(unreadable)?;
    if numbers.next().is_none() { Ok(first) } else { Err(unreadable()) }
}

/// The state, by code or by word; what nobody answered is no response.
fn moderation(status: &str) -> Result<Moderation> {
    match status {
        "1" | "2" | "Survey Preview" | "Survey Test" => {
            Err(Error::new(ErrorKind::NotFeedback, format!("status \"{status}\" is a preview or test")))
        }
        "8" | "Spam" => Ok(Moderation::Spam),
        _ => Ok(Moderation::Published),
    }
}

/// `ZH-S` and `ZH-T` are the vendor's own.
fn language(code: &str) -> String {
    match code {
        "ZH-S" => "zh-Hans".to_owned(),
        "ZH-T" => "zh-Hant".to_owned(),
        code => code.split_once('-').map_or_else(
            || code.to_ascii_lowercase(),
            |(language, region)| format!("{}-{region}", language.to_ascii_lowercase()),
        ),
    }
}
