//! A place in decoded input: bytes ahead, line and column, and a record of what was passed.

use super::encoding::Utf8Reader;
use super::text::has_replacement;
use crate::error::{Error, ErrorKind, Result};
use memchr::{memchr, memchr_iter, memrchr};
use std::io::BufRead;

/// Walks over UTF-8 and knows where it is.
pub(crate) struct Cursor<'a> {
    reader: Utf8Reader<'a>,
    place: Place,
    record: Option<Record>,
    limit: usize,
}

/// Line and column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: u64,
    pub(crate) column: u64,
}

/// Bytes passed since the recording began, up to the step that exceeded the limit.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) bytes: Vec<u8>,
    pub(crate) start: Place,
    /// Whether more was passed than may be.
    pub(crate) overflow: bool,
    /// Whether bytes had to be replaced, or lines mended.
    pub(crate) repaired: bool,
}

impl Place {
    /// The place after passing these bytes.
    pub(crate) fn after(self, bytes: &[u8]) -> Self {
        let characters = |part: &[u8]| part.iter().filter(|b| (**b & 0xC0) != 0x80).count() as u64;
        match memrchr(b'\n', bytes) {
            None => Self { line: self.line, column: self.column + characters(bytes) },
            Some(last) => Self {
                line: self.line + memchr_iter(b'\n', bytes).count() as u64,
                column: 1 + characters(bytes.get(last + 1..).unwrap_or_default()),
            },
        }
    }
}

impl<'a> Cursor<'a> {
    /// Items of up to `limit` bytes can be recorded.
    pub(crate) fn new(input: Box<dyn BufRead + 'a>, limit: usize) -> Self {
        let place = Place { line: 1, column: 1 };
        Self { reader: Utf8Reader::new(input), place, record: None, limit }
    }

    /// For records of the host itself: spans are places in the text as it was given.
    pub(crate) fn as_given(input: Box<dyn BufRead + 'a>, limit: usize) -> Self {
        let place = Place { line: 1, column: 1 };
        Self { reader: Utf8Reader::new(input).unmended(), place, record: None, limit }
    }

    pub(crate) fn place(&self) -> Place {
        self.place
    }

    /// The bytes ahead that are at hand; none at the end of the input.
    pub(crate) fn ahead(&mut self) -> Result<&[u8]> {
        self.reader
            .fill()
            .map_err(|e| Error::new(ErrorKind::Io, format!("reading failed: {e}")).with_source(e))
    }

    pub(crate) fn peek(&mut self) -> Result<Option<u8>> {
        Ok(self.ahead()?.first().copied())
    }

    /// Passes bytes that are [`ahead`](Self::ahead).
    pub(crate) fn pass(&mut self, count: usize) {
        let ahead = self.reader.at_hand();
        let passed = ahead.get(..count).unwrap_or(ahead);
        self.place = self.place.after(passed);
        if let Some(record) = self.record.as_mut().filter(|record| !record.overflow) {
            record.bytes.extend_from_slice(passed);
            record.overflow = record.bytes.len() > self.limit;
        }
        let mended = self.reader.consume(count);
        if let Some(record) = &mut self.record {
            record.repaired |= mended;
        }
    }

    /// Passes bytes as long as they satisfy the condition.
    pub(crate) fn pass_while(&mut self, condition: impl Fn(u8) -> bool) -> Result<()> {
        self.pass_with(|ahead| ahead.iter().position(|b| !condition(*b)))
    }

    /// Passes bytes up to the place that `end` finds in what is ahead.
    fn pass_with(&mut self, end: impl Fn(&[u8]) -> Option<usize>) -> Result<()> {
        loop {
            let ahead = self.ahead()?;
            let all = ahead.len();
            let count = end(ahead).unwrap_or(all);
            self.pass(count);
            if count < all || all == 0 {
                return Ok(());
            }
        }
    }

    /// The next line without its end; nothing at the end of the input.
    pub(crate) fn line(&mut self) -> Result<Option<Record>> {
        if self.peek()?.is_none() {
            return Ok(None);
        }
        self.record();
        self.pass_with(|ahead| memchr(b'\n', ahead))?;
        let mut line = self.recorded();
        self.pass(1);
        if let Some(line) = line.as_mut().filter(|line| line.bytes.ends_with(b"\r")) {
            line.bytes.pop();
        }
        Ok(line)
    }

    /// Begins a new recording here.
    pub(crate) fn record(&mut self) {
        self.record = Some(Record { bytes: Vec::new(), start: self.place, overflow: false, repaired: false });
    }

    pub(crate) fn is_overflowing(&self) -> bool {
        self.record.as_ref().is_some_and(|record| record.overflow)
    }

    /// Ends the recording, if one is on.
    pub(crate) fn recorded(&mut self) -> Option<Record> {
        let mut record = self.record.take()?;
        record.repaired |= self.reader.is_replaced() && has_replacement(&record.bytes);
        Some(record)
    }

    /// Goes back to where only the first `keep` bytes of the record were passed; returns those. The record
    /// must be what was passed last: an overflowing one only at the step that made it so.
    pub(crate) fn rewind(&mut self, record: Record, keep: usize) -> Vec<u8> {
        let mut kept = record.bytes;
        let back = kept.split_off(keep.min(kept.len()));
        self.reader.push_back(&back);
        self.place = record.start.after(&kept);
        kept
    }
}
