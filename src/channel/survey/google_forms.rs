//! Google Forms: the table of responses, from the form or from its sheet.
//!
//! The first column is the time, the header of every other the question. The file does not tell what kind a
//! question is: a number is a rating where the question asks for one, on the scale that the question names
//! or else on an unknown one; other words are open answers, choices among them.

use super::response::{Response, measure, rate};
use crate::channel::parse::encoding;
use crate::channel::parse::rating::is_none;
use crate::channel::parse::sheet::{self, Sheet, date_order, rows};
use crate::channel::parse::table::{Broken, Row};
use crate::channel::parse::text::Word;
use crate::channel::parse::time::Clock;
use crate::channel::{Adapter, Confidence, ReadOptions, Reject};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{Feedback, RatingKind, Source};
use std::io::BufRead;

/// What the first column is called in the tongues of the product.
const TIMESTAMP: &[&str] = &[
    "Timestamp",
    "时间戳记",
    "时间戳",
    "時間戳記",
    "Zeitstempel",
    "Horodateur",
    "Marca temporal",
    "Carimbo de data/hora",
    "Informazioni cronologiche",
    "Tijdstempel",
    "タイムスタンプ",
    "타임스탬프",
    "Отметка времени",
];

/// What the column of collected addresses is called.
const ADDRESS: &[&str] = &[
    "Email Address",
    "Email address",
    "Username",
    "电子邮件地址",
    "电子邮件",
    "用户名",
    "電子郵件地址",
    "E-Mail-Adresse",
    "Adresse e-mail",
    "Dirección de correo electrónico",
    "メールアドレス",
];

/// `google_forms`.
pub(super) struct GoogleForms;

impl Adapter for GoogleForms {
    fn name(&self) -> &'static str {
        "google_forms"
    }

    fn sniff(&self, head: &[u8]) -> Confidence {
        let text = encoding::head(head);
        let mut rows = rows(Box::new(text.as_bytes()), usize::MAX);
        let first = rows.as_mut().ok().and_then(Iterator::next).and_then(Result::ok);
        match first {
            Some(row) if is_form(&row.cells.to_vec()) => Confidence::Certain,
            _ => Confidence::No,
        }
    }

    fn read<'a>(
        &'a self,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
        sheet::items(open(input, options))
    }
}

/// A column of times, and one that is a question or holds the collected addresses. Tables that only begin
/// with a time are left to `csv`.
fn is_form(header: &[String]) -> bool {
    let Some((first, rest)) = header.split_first() else { return false };
    let asks = |cell: &String| {
        let cell = cell.trim();
        cell.ends_with(['?', '？', ']']) || ADDRESS.contains(&cell)
    };
    TIMESTAMP.contains(&first.trim()) && rest.iter().any(asks)
}

/// Reads the header; nothing when the input is empty.
fn open<'a>(input: Box<dyn BufRead + 'a>, options: &'a ReadOptions) -> Result<Option<Sheet<'a>>, Broken> {
    let mut rows = rows(input, options.limit())?;
    let Some(header) = rows.next().transpose()? else { return Ok(None) };
    if !header.cells.get(0).is_some_and(|first| TIMESTAMP.contains(&first.trim())) {
        let message = "the first column is not the time of the response";
        let error = Error::new(ErrorKind::Missing, message).at_line(header.place.line).at_column(1);
        return Err(Broken { error, raw: header.raw });
    }
    let order = options.order().or_else(|| date_order(&mut rows, 0));
    let clock = Clock::new(options.time_zone().clone(), order);
    let questions: Vec<String> = header.cells.iter().map(|cell| cell.trim().to_owned()).collect();
    let fields = questions.len();
    Ok(Some(Sheet::new(rows, fields, move |row, out| {
        out.push_back(record(&questions, row, &clock, options)?);
        Ok(())
    })))
}

fn record(questions: &[String], row: &Row, clock: &Clock, options: &ReadOptions) -> Result<Feedback> {
    let mut read = Response::default();
    let builder = Feedback::builder(format!("{}:{}", options.source_or("google_forms"), row.place.line))
        .source(Source::GOOGLE_FORMS)
        .generated_id(true);
    let submitted = row.cells.get(0).map(Word::from).unwrap_or_default();
    let builder = clock.stamp(builder, submitted.as_deref(), None, &mut read.extra);
    for (at, (question, cell)) in questions.iter().zip(row.cells.iter()).enumerate().skip(1) {
        answer(question, cell, clock, &mut read).map_err(|e| e.at_path(question).at_column(at as u64 + 1))?;
    }
    read.build(builder)
}

fn answer(question: &str, cell: &str, clock: &Clock, out: &mut Response) -> Result<()> {
    let bare = cell.trim();
    if bare.is_empty() {
        return Ok(());
    }
    let known = if ADDRESS.contains(&question) { "email" } else { question };
    if out.identify(known, bare.to_owned()).is_ok() {
        return Ok(());
    }
    if let Ok(value) = bare.parse::<f64>() {
        match rate(question, value, None, RatingKind::Unknown)? {
            rating if rating.scale().is_some() || measure(question).is_some() => out.rated(question, rating),
            _ => out.chosen(question, bare),
        }
        return Ok(());
    }
    if bare.starts_with("https://drive.google.com/") {
        for url in bare.split(", ") {
            out.attached("file", Word::from(url));
        }
    } else if is_none(bare) {
        out.fact(question, bare);
    } else if is_points(bare) || is_time(bare, clock) {
        out.chosen(question, bare);
    } else {
        out.words(question, cell, None);
    }
    Ok(())
}

/// `8 / 10`: the points of a quiz.
fn is_points(cell: &str) -> bool {
    let number = |part: &str| part.trim().parse::<f64>().is_ok();
    cell.split_once('/').is_some_and(|(points, of)| number(points) && number(of))
}

fn is_time(cell: &str, clock: &Clock) -> bool {
    cell.starts_with(|c: char| c.is_ascii_digit()) && clock.read(cell).is_ok()
}
