//! Utterances as data: JSON (a list, lines, or what speech recognisers write) and tables.
//!
//! Understood are `speaker`, `text`, `start_ms`, `end_ms` and their kin; `start` and `end` are seconds when they
//! have a fraction, else milliseconds.

use super::{Piece, Script, Stray, plain};
use crate::channel::parse::cursor::Cursor;
use crate::channel::parse::json::{Elements, Fault, Paths};
use crate::channel::parse::table::{self, Broken, Rows};
use crate::channel::parse::time::Clock;
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::schema::parse_json;
use serde_json::{Map, Value};

const SPEAKER: &[&str] =
    &["speaker", "speaker_label", "speaker_name", "speakername", "说话人", "發言人", "发言人"];
const TEXT: &[&str] = &["text", "transcript", "utterance", "content", "内容", "內容", "文本"];
const START: &[&str] = &["start_ms", "start", "start_time", "begin_time", "开始时间", "開始時間"];
const END: &[&str] = &["end_ms", "end", "end_time", "结束时间", "結束時間"];

/// Where recognisers put the utterances.
const PATHS: Paths = Paths {
    items: &[
        "utterances",
        "segments",
        "turns",
        "monologues",
        "results/utterances",
        "results/segments",
        "result/utterances",
        "result/segments",
        "data/utterances",
        "data/segments",
        "transcript/utterances",
        "transcript/segments",
    ],
    sides: &[],
};

/// Whether the head is of such data.
pub(super) fn is_data(head: &str) -> bool {
    is_json(head) || is_table(head)
}

fn is_json(head: &str) -> bool {
    let named = |names: &[&str]| names.iter().any(|name| head.contains(&format!("\"{name}\"")));
    head.trim_start().starts_with(['{', '[']) && named(SPEAKER) && named(TEXT) && (named(START) || named(END))
}

fn is_table(head: &str) -> bool {
    let delimiter = table::delimiter(head.as_bytes());
    let first = head.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let cells: Vec<String> = first.split(char::from(delimiter)).map(name).collect();
    let has = |names: &[&str]| cells.iter().any(|cell| names.contains(&cell.as_str()));
    cells.len() > 2 && has(SPEAKER) && has(TEXT) && (has(START) || has(END))
}

/// A name of a member or column as the lists have it.
fn name(text: &str) -> String {
    text.trim().trim_matches('"').to_lowercase().replace([' ', '-'], "_")
}

pub(super) fn read(mut cursor: Cursor<'_>, clock: &Clock, limit: usize) -> Result<(Script, bool)> {
    let json = cursor.ahead()?.trim_ascii_start().first().is_some_and(|first| matches!(first, b'{' | b'['));
    let mut data = Data { script: Script { cues: true, ..Script::default() }, ..Data::default() };
    if json {
        for element in Elements::new(cursor, PATHS) {
            match element {
                Ok(element) => {
                    data.count(element.raw.len(), limit)?;
                    data.repaired |= element.repaired;
                    let found = parse_json(&element.raw).and_then(|all| data.utterance(all, clock));
                    if let Err(error) = found {
                        let raw = String::from_utf8_lossy(&element.raw).into_owned();
                        data.script.strays.push(Stray { error: element.locate(error), raw });
                    }
                }
                Err(Fault { error, raw }) => data.stray(error, &raw),
            }
        }
        return Ok((data.script, data.repaired));
    }
    let delimiter = table::delimiter(cursor.ahead()?);
    let mut rows = Rows::new(cursor, delimiter);
    let Some(header) = rows.next().transpose().map_err(|broken| broken.error)? else {
        return Ok((data.script, false));
    };
    for row in rows {
        match row {
            Ok(row) => {
                data.count(row.raw.len(), limit)?;
                data.repaired |= row.repaired;
                let names = header.cells.iter().map(str::to_owned);
                let cells = names.zip(row.cells.iter().map(Value::from)).collect();
                if let Err(error) = data.utterance(cells, clock) {
                    data.stray(error.at_line(row.place.line), &row.raw);
                }
            }
            Err(Broken { error, raw }) => data.stray(error, &raw),
        }
    }
    Ok((data.script, data.repaired))
}

#[derive(Default)]
struct Data {
    script: Script,
    bytes: usize,
    repaired: bool,
}

impl Data {
    fn stray(&mut self, error: Error, raw: &[u8]) {
        self.script.strays.push(Stray { error, raw: String::from_utf8_lossy(raw).into_owned() });
    }

    fn count(&mut self, bytes: usize, limit: usize) -> Result<()> {
        self.bytes += bytes;
        if self.bytes > limit {
            return Err(Error::new(ErrorKind::Limit, "the item is longer than the limit"));
        }
        Ok(())
    }

    fn utterance(&mut self, mut all: Map<String, Value>, clock: &Clock) -> Result<()> {
        let Some(text) = take(&mut all, TEXT) else {
            // Silence is marked, not said.
            let silent = all.keys().any(|key| TEXT.contains(&name(key).as_str()));
            let missing = || Error::new(ErrorKind::Missing, "the utterance has no text");
            return if silent { Ok(()) } else { Err(missing()) };
        };
        let author = take(&mut all, SPEAKER);
        let (start, end) = (take(&mut all, START), take(&mut all, END));
        let mut piece = Piece { author, text: text.trim().to_owned(), ..Piece::default() };
        piece.start = start.as_deref().and_then(millis);
        piece.end = end.as_deref().and_then(millis);
        if let Some(start) = start.filter(|_| piece.start.is_none()) {
            piece.at = clock.read(&start).ok();
            if piece.at.is_none() {
                self.script.unread.push(start);
            }
        }
        // Word by word the same is said again.
        all.retain(|_, value| !matches!(value, Value::Null | Value::Array(_)) && value != "");
        if !all.is_empty() {
            self.script.details.push(Value::Object(all));
        }
        self.script.pieces.push(piece);
        Ok(())
    }
}

/// The member that one of the names stands for, as text.
fn take(all: &mut Map<String, Value>, names: &[&str]) -> Option<String> {
    let key = names.iter().find_map(|wanted| all.keys().find(|key| name(key) == *wanted))?.clone();
    let text = match all.get(&key)? {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    if text.trim().is_empty() {
        return None;
    }
    all.remove(&key);
    Some(text)
}

/// `1.5` seconds, `1500` milliseconds, `00:00:01.5`.
fn millis(text: &str) -> Option<u64> {
    let text = text.trim().trim_end_matches('s');
    if text.contains(':') {
        return plain::offset(text);
    }
    if text.contains('.') {
        return text
            .parse::<f64>()
            .ok()
            .filter(|seconds| *seconds >= 0.0)
            .map(|seconds| (seconds * 1000.0).round() as u64);
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_a_recording() {
        for (text, wanted) in [
            ("1.5", Some(1500)),
            ("1500", Some(1500)),
            ("2.04s", Some(2040)),
            ("00:01:02.5", Some(62_500)),
            ("soon", None),
        ] {
            assert_eq!(millis(text), wanted, "{text}");
        }
    }
}
