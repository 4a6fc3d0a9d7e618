//! JSON Lines: one record a line, in the crate's own JSON form.
//!
//! Blank lines are passed over. A line without `id` gets `source:line`; one without `source` counts as `jsonl`.

use crate::channel::parse::cursor::{Cursor, Record};
use crate::channel::parse::encoding;
use crate::channel::{Adapter, Confidence, ReadOptions, Reject};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::schema::{self, Fallback};
use crate::feedback::{Feedback, Source};
use serde_json::{Map, Value};
use std::io::BufRead;

/// `jsonl`.
pub(super) struct Jsonl;

impl Adapter for Jsonl {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn sniff(&self, head: &[u8]) -> Confidence {
        let text = encoding::head(head);
        let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(LOOK).peekable();
        if !lines.peek().is_some_and(|line| line.trim_start().starts_with('{')) {
            return Confidence::No;
        }
        lines.map(sniff_line).max().unwrap_or(Confidence::No)
    }

    fn read<'a>(
        &'a self,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
        let cursor = Cursor::as_given(input, options.limit());
        Box::new(Lines { cursor, source: options.source_or("jsonl"), index: 0, done: false })
    }
}

/// Lines looked at: the first may be damaged.
const LOOK: usize = 5;

/// At least one of these is in every record.
const WORDS: [&str; 4] = ["text", "title", "rating", "turns"];

fn sniff_line(line: &str) -> Confidence {
    match serde_json::from_str::<Map<String, Value>>(line) {
        Ok(object) if is_envelope(&object) => Confidence::Possible,
        Ok(object) if WORDS.iter().any(|name| object.contains_key(*name)) => Confidence::Likely,
        Ok(_) => Confidence::Possible,
        // A line that is cut off, perhaps by the end of the head, or damaged.
        Err(_) if line.starts_with('{') && line.contains("\":") => Confidence::Possible,
        Err(_) => Confidence::No,
    }
}

/// Whether the line holds a list of other things, and no words of its own.
fn is_envelope(object: &Map<String, Value>) -> bool {
    let own = ["turns", "attachments", "aspect_ratings"];
    let list = |value: &Value| value.as_array().and_then(|all| all.first()).is_some_and(Value::is_object);
    !object.contains_key("text")
        && object.iter().any(|(name, value)| list(value) && !own.contains(&name.as_str()))
}

struct Lines<'a> {
    cursor: Cursor<'a>,
    source: &'a str,
    index: u64,
    done: bool,
}

impl Lines<'_> {
    /// The next line that is not blank, without its end.
    fn line(&mut self) -> Result<Option<Record>> {
        while let Some(mut line) = self.cursor.line()? {
            if !line.bytes.trim_ascii().is_empty() {
                line.bytes.truncate(line.bytes.trim_ascii_end().len());
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    fn item(&self, line: &Record) -> Result<Feedback> {
        let at = line.start.line;
        if line.overflow {
            return Err(Error::new(ErrorKind::Limit, "the item is longer than the limit").at_line(at));
        }
        let fallback = Fallback { source: Source::JSONL, id: Some(format!("{}:{at}", self.source)) };
        let mut item = schema::read(&line.bytes, fallback).map_err(|error| error.at_line(at))?;
        item.encoding_repaired |= line.repaired;
        Ok(item)
    }
}

impl Iterator for Lines<'_> {
    type Item = Result<Feedback, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let index = self.index;
        self.index += 1;
        match self.line() {
            Ok(line) => {
                let line = line?;
                Some(self.item(&line).map_err(|error| Reject::new(index, error, &line.bytes)))
            }
            Err(error) => {
                self.done = true;
                Some(Err(Reject::new(index, error, &[])))
            }
        }
    }
}
