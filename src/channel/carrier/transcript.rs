//! Transcripts of calls and chats: `WebVTT`, `SubRip`, plain text with the speakers' names before their words, and
//! utterances as JSON or table.
//!
//! A file is one conversation and becomes one record. Successive cues of one speaker are one turn, because
//! sentences do not end where cues do. Places in the recording are kept in `extra` as `turn_times_ms`, start and
//! end by turn; dates in plain text become the times of the turns. Who is agent, customer, bot or system is told
//! by `data/speaker.tsv` and by [`ReadOptions::agents`].
//!
//! In plain text a name counts as speaker when the list or the host knows it, when a time stands beside it, or
//! when it comes twice; other lines continue the turn. What stands before the first speaker, and a title, are
//! kept in `extra` as `heading`. A block of a cue file that holds words but no times is a reject.

mod cue;
mod label;
mod plain;
#[cfg(all(feature = "json", feature = "csv"))]
mod turns;
mod voice;

use super::speaker::converse;
use crate::channel::parse::cursor::Cursor;
use crate::channel::parse::encoding;
use crate::channel::parse::time::Clock;
use crate::channel::{Adapter, Confidence, ReadOptions, Reject};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{Channel, Extra, Feedback, Source, Turn};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::io::BufRead;
use std::iter;

/// `transcript`.
pub(super) struct Transcript;

/// Lines looked at.
const LOOK: usize = 50;

impl Adapter for Transcript {
    fn name(&self) -> &'static str {
        "transcript"
    }

    fn sniff(&self, head: &[u8]) -> Confidence {
        let text = encoding::head(head);
        let text = text.trim_start();
        if cue::is_vtt(text) {
            return Confidence::Certain;
        }
        #[cfg(all(feature = "json", feature = "csv"))]
        if turns::is_data(text) {
            return Confidence::Certain;
        }
        if text.starts_with(['{', '<']) {
            return Confidence::No;
        }
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(LOOK).collect();
        match lines.iter().position(|line| cue::times(line).is_some()) {
            Some(..3) => Confidence::Certain,
            Some(_) => Confidence::Likely,
            None => plain::sniff(&lines),
        }
    }

    fn read<'a>(
        &'a self,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
        let read = script(Cursor::new(input, options.limit()), options);
        let (mut script, repaired) = match read {
            Ok(Some(read)) => read,
            Ok(None) => return Box::new(iter::empty()),
            Err(error) => return Box::new(iter::once(Err(Reject::new(0, error.at_line(1), &[])))),
        };
        let strays = std::mem::take(&mut script.strays);
        let item = script.record(options, repaired);
        let item = item.map_err(|error| Reject::new(0, error.at_line(1), &[]));
        let strays = strays.into_iter().zip(1..);
        let strays =
            strays.map(|(Stray { error, raw }, index)| Err(Reject::new(index, error, raw.as_bytes())));
        Box::new(iter::once(item).chain(strays))
    }
}

/// The conversation, and whether bytes in it were replaced; nothing when the input is blank.
#[cfg_attr(
    not(all(feature = "json", feature = "csv")),
    allow(unused_mut, reason = "data is looked for ahead")
)]
fn script(mut cursor: Cursor<'_>, options: &ReadOptions) -> Result<Option<(Script, bool)>> {
    let clock = Clock::new(options.time_zone().clone(), options.order());
    #[cfg(all(feature = "json", feature = "csv"))]
    if turns::is_data(&String::from_utf8_lossy(cursor.ahead()?)) {
        return turns::read(cursor, &clock, options.limit()).map(Some);
    }
    let (lines, repaired) = lines(cursor, options.limit())?;
    if lines.iter().all(|line| line.trim().is_empty()) {
        return Ok(None);
    }
    let vtt = lines.iter().find(|line| !line.trim().is_empty()).is_some_and(|line| cue::is_vtt(line));
    let script = if vtt || lines.iter().any(|line| cue::is_timing(line)) {
        cue::read(&lines, options.agent_names())
    } else {
        plain::read(&lines, options.agent_names(), &clock)
    };
    Ok(Some((script, repaired)))
}

/// Every line, and whether bytes in them were replaced.
fn lines(mut cursor: Cursor<'_>, limit: usize) -> Result<(Vec<String>, bool)> {
    let (mut lines, mut bytes, mut repaired) = (Vec::new(), 0, false);
    while let Some(record) = cursor.line()? {
        bytes += record.bytes.len() + 1;
        if record.overflow || bytes > limit {
            return Err(Error::new(ErrorKind::Limit, "the item is longer than the limit"));
        }
        repaired |= record.repaired;
        lines.push(String::from_utf8_lossy(&record.bytes).into_owned());
    }
    Ok((lines, repaired))
}

/// What one speaker says in one breath.
#[derive(Debug, Default, PartialEq)]
struct Piece {
    author: Option<String>,
    text: String,
    /// Milliseconds from the start of the recording.
    start: Option<u64>,
    end: Option<u64>,
    at: Option<Timestamp>,
    /// Whether another speaker begins here though nobody is named.
    change: bool,
}

/// Words that belong to no turn.
#[derive(Debug)]
struct Stray {
    error: Error,
    raw: String,
}

/// A whole transcript.
#[derive(Debug, Default)]
struct Script {
    pieces: Vec<Piece>,
    strays: Vec<Stray>,
    language: String,
    heading: String,
    notes: Vec<String>,
    unread: Vec<String>,
    /// What else stands beside the words of each piece.
    details: Vec<Value>,
    /// Whether lines are broken where the words do not break.
    cues: bool,
}

impl Script {
    fn record(self, options: &ReadOptions, repaired: bool) -> Result<Feedback> {
        let merged = merge(self.pieces, self.cues);
        if merged.is_empty() {
            let message = if self.cues { "no cue holds words" } else { "no line names a speaker" };
            return Err(Error::new(ErrorKind::Missing, message));
        }
        let mut extra = Extra::default();
        if merged.iter().any(|piece| piece.start.is_some()) {
            let times: Vec<Value> = merged.iter().map(|piece| json!([piece.start, piece.end])).collect();
            extra.insert("turn_times_ms", times.into());
        }
        for (name, lines) in [("notes", self.notes), ("unread_times", self.unread)] {
            if !lines.is_empty() {
                extra.insert(name, lines.into());
            }
        }
        if !self.details.is_empty() {
            extra.insert("turn_details", self.details.into());
        }
        if !self.heading.trim().is_empty() {
            extra.insert("heading", self.heading.trim().into());
        }
        let dated = merged.iter().any(|piece| piece.at.is_some());
        let turn =
            |piece: Piece| Turn { author: piece.author, at: piece.at, text: piece.text, ..Turn::default() };
        let builder = Feedback::builder(format!("{}:1", options.source_or("transcript")))
            .generated_id(true)
            .source(Source::TRANSCRIPT)
            .channel(if dated { Channel::CHAT } else { Channel::CALL })
            .language(self.language)
            .encoding_repaired(repaired);
        let turns = merged.into_iter().map(turn).collect();
        converse(builder, turns, options.agent_names()).extra(extra).build()
    }
}

/// Joins what one speaker says without a break; pieces with times of their own stay apart.
fn merge(pieces: Vec<Piece>, cues: bool) -> Vec<Piece> {
    let mut merged: Vec<Piece> = Vec::new();
    for piece in pieces.into_iter().filter(|piece| !piece.text.trim().is_empty()) {
        match merged.last_mut() {
            Some(last) if last.author == piece.author && !piece.change && piece.at.is_none() => {
                if !cues {
                    last.text.push('\n');
                } else if !is_wide(last.text.chars().next_back()) || !is_wide(piece.text.chars().next()) {
                    last.text.push(' ');
                }
                last.text.push_str(&piece.text);
                last.end = piece.end.or(last.end);
            }
            _ => merged.push(piece),
        }
    }
    merged
}

/// Whether words around this character need no blanks between them.
fn is_wide(c: Option<char>) -> bool {
    c.is_some_and(|c| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}'))
}
