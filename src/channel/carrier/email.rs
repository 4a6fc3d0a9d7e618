//! E-mail: one message (RFC 5322 and MIME), or a mailbox of them (`mbox`).
//!
//! The Message-ID is the id, In-Reply-To (else the last of References) the parent, the sender the customer. The
//! plain part is read unless it is blank, else the HTML part with its markup. Quoted replies and signatures are
//! cut away and kept in `extra` as `quoted` and `signature`; a message that is nothing else stays whole.
//! A message that has no words but carries another (`message/rfc822`) is read as that one, with its sender as the
//! customer and its own in `extra` as `forwarded_by`; beside words of its own, carried ones are kept as `forwarded`.
//! Automatic answers, bulk mail and bounces are set aside as rejects that say by which header they were known.

mod cut;
mod message;
mod nested;

use crate::channel::parse::encoding;
use crate::channel::{Adapter, Confidence, ReadOptions, Reject};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::Feedback;
use std::io::{BufRead, Read};
use std::iter;

/// `email`: one message.
pub(super) struct Email;

/// `mbox`: messages that begin with lines `From `.
pub(super) struct Mbox;

impl Adapter for Email {
    fn name(&self) -> &'static str {
        "email"
    }

    fn sniff(&self, head: &[u8]) -> Confidence {
        let text = encoding::head(head);
        match known_headers(text.lines()) {
            0 => Confidence::No,
            1 => Confidence::Possible,
            2 => Confidence::Likely,
            _ => Confidence::Certain,
        }
    }

    fn read<'a>(
        &'a self,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
        let limit = options.limit();
        let mut raw = Vec::new();
        let read = input.take(limit as u64 + 1).read_to_end(&mut raw);
        let item = match read {
            Err(e) => Err(unreadable(e)),
            Ok(_) if raw.len() > limit => Err(too_long()),
            Ok(_) if raw.trim_ascii().is_empty() => return Box::new(iter::empty()),
            Ok(_) => message::read(&raw, format!("{}:1", options.source_or("email"))),
        };
        Box::new(iter::once(item.map_err(|error| Reject::new(0, error.at_line(1), &raw))))
    }
}

impl Adapter for Mbox {
    fn name(&self) -> &'static str {
        "mbox"
    }

    fn sniff(&self, head: &[u8]) -> Confidence {
        let text = encoding::head(head);
        let mut lines = text.lines().skip_while(|line| line.trim().is_empty());
        match lines.next() {
            Some(first) if is_separator(first.as_bytes()) => match known_headers(lines) {
                0 => Confidence::Possible,
                _ => Confidence::Certain,
            },
            _ => Confidence::No,
        }
    }

    fn read<'a>(
        &'a self,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
        Box::new(Messages { input, options, line: 0, begin: None, blank: true, index: 0 })
    }
}

fn unreadable(error: std::io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("reading failed: {error}")).with_source(error)
}

fn too_long() -> Error {
    Error::new(ErrorKind::Limit, "the item is longer than the limit")
}

/// Names of which a message has some.
const HEADERS: [&str; 12] = [
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "received",
    "return-path",
    "mime-version",
    "content-type",
    "delivered-to",
    "reply-to",
    "content-transfer-encoding",
];

/// How many of them stand in the block of headers; none when it is no such block.
fn known_headers<'t>(lines: impl Iterator<Item = &'t str>) -> usize {
    let mut seen = Vec::new();
    for line in lines.skip_while(|line| line.trim().is_empty()).take_while(|line| !line.trim().is_empty()) {
        // Folded lines, and the line that a mailbox puts in front.
        if line.starts_with([' ', '\t']) || line.starts_with("From ") {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return 0 };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_graphic()) {
            return 0;
        }
        let name = name.to_ascii_lowercase();
        if HEADERS.contains(&name.as_str()) && !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen.len()
}

/// `From sender Sat Jan  3 01:05:34 2026`: a word, and a time of day.
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let words = rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let time = |word: &[u8]| {
        word.len() >= 4 && word.contains(&b':') && word.iter().all(|b| b.is_ascii_digit() || *b == b':')
    };
    words.skip(1).any(time)
}

/// The messages of a mailbox, one in memory at a time.
struct Messages<'a> {
    input: Box<dyn BufRead + 'a>,
    options: &'a ReadOptions,
    line: u64,
    /// Line of the separator that was read last.
    begin: Option<u64>,
    /// Whether the line read last was blank: only then a separator counts.
    blank: bool,
    index: u64,
}

/// The raw bytes of one message and where it began.
struct Raw {
    bytes: Vec<u8>,
    line: u64,
    overflow: bool,
}

impl Messages<'_> {
    /// Reads up to the next separator or the end.
    fn message(&mut self) -> Result<Option<Raw>> {
        let limit = self.options.limit();
        let mut raw = Raw { bytes: Vec::new(), line: self.begin.map_or(1, |line| line + 1), overflow: false };
        let mut line = Vec::new();
        loop {
            line.clear();
            // A line without end must not fill the memory.
            let read = self.input.by_ref().take(limit as u64 + 1).read_until(b'\n', &mut line);
            if read.map_err(unreadable)? == 0 {
                let some = self.begin.take().is_some() || !raw.bytes.trim_ascii().is_empty();
                return Ok(some.then_some(raw));
            }
            self.line += 1;
            if std::mem::replace(&mut self.blank, line.trim_ascii().is_empty()) && is_separator(&line) {
                let some = self.begin.replace(self.line).is_some() || !raw.bytes.trim_ascii().is_empty();
                if some {
                    return Ok(Some(raw));
                }
                raw.line = self.line + 1;
                continue;
            }
            raw.overflow |= raw.bytes.len() + line.len() > limit;
            if !raw.overflow {
                raw.bytes.extend_from_slice(unquoted(&line));
            }
        }
    }
}

/// `>From ` lines lose the mark that kept them from being separators.
fn unquoted(line: &[u8]) -> &[u8] {
    let marks = line.iter().take_while(|b| **b == b'>').count();
    let quoted = marks > 0 && line.get(marks..).is_some_and(|rest| rest.starts_with(b"From "));
    if quoted { line.get(1..).unwrap_or_default() } else { line }
}

impl Iterator for Messages<'_> {
    type Item = Result<Feedback, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        let raw = match self.message() {
            Ok(raw) => raw?,
            Err(error) => {
                self.input = Box::new(std::io::empty());
                self.begin = None;
                self.index += 1;
                return Some(Err(Reject::new(self.index - 1, error, &[])));
            }
        };
        let index = self.index;
        self.index += 1;
        let fallback = format!("{}:{}", self.options.source_or("email"), raw.line);
        let item = if raw.overflow { Err(too_long()) } else { message::read(&raw.bytes, fallback) };
        Some(item.map_err(|error| Reject::new(index, error.at_line(raw.line), &raw.bytes)))
    }
}
