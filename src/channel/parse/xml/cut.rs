//! Finds the items of an XML document without holding the document.

use super::tag::{Kind, Tag, Tags};
use crate::channel::parse::cursor::{Cursor, Place, Record};
use crate::channel::parse::json::{Fault, GRANT, PATIENCE};
use crate::error::{Error, ErrorKind, Result};

const CUT_OFF: &str = "the input ends inside the item";

/// The text of one item.
#[derive(Debug)]
pub(super) struct Cut {
    pub(super) raw: Vec<u8>,
    pub(super) place: Place,
    pub(super) repaired: bool,
}

/// The elements of some names, in order. One that is not closed costs itself, not its neighbours.
pub(super) struct Cuts<'a> {
    cursor: Cursor<'a>,
    names: Vec<&'static str>,
    tags: Tags,
    /// Elements open around the items.
    depth: u64,
    patience: usize,
    done: bool,
}

impl<'a> Cuts<'a> {
    pub(super) fn new(cursor: Cursor<'a>, names: Vec<&'static str>) -> Self {
        Self { cursor, names, tags: Tags::default(), depth: 0, patience: PATIENCE, done: false }
    }

    /// The next tag; nothing at the end of the input.
    fn tag(&mut self) -> Result<Option<Tag>> {
        loop {
            let ahead = self.cursor.ahead()?;
            if ahead.is_empty() {
                return Ok(None);
            }
            let (count, tag) = self.tags.advance(ahead);
            self.cursor.pass(count);
            if tag.is_some() {
                return Ok(tag);
            }
        }
    }

    /// Passes what is between items.
    fn step(&mut self) -> Result<Option<Cut>, Fault> {
        self.cursor.pass_while(|b| b != b'<')?;
        self.tags.reset();
        self.cursor.record();
        let tag = self.tag()?;
        // What comes after a loose `<` is part of the record.
        match tag {
            Some(Tag { kind: Kind::Start, name, at }) if self.names.contains(&name.as_str()) => {
                return self.item(&name, at);
            }
            Some(Tag { kind: Kind::Empty, name, at }) if self.names.contains(&name.as_str()) => {
                return Ok(self.cursor.recorded().map(|record| cut(record, at)));
            }
            Some(Tag { kind: Kind::Start, .. }) => self.depth += 1,
            Some(Tag { kind: Kind::End, .. }) => self.depth = self.depth.saturating_sub(1),
            Some(_) => {}
            None => return self.end(),
        }
        self.cursor.recorded();
        Ok(None)
    }

    /// Takes an item whose first tag was just passed.
    fn item(&mut self, name: &str, from: usize) -> Result<Option<Cut>, Fault> {
        enum End {
            Whole,
            Next(usize),
            Input,
        }
        let end = loop {
            match self.tag()? {
                Some(tag) if tag.name == name && tag.kind == Kind::End => break End::Whole,
                Some(tag) if tag.name == name && tag.kind == Kind::Start && !self.cursor.is_overflowing() => {
                    break End::Next(tag.at);
                }
                Some(_) => {}
                None => break End::Input,
            }
        };
        let Some(record) = self.cursor.recorded() else { return Ok(None) };
        match end {
            End::Whole if record.overflow => Err(fault(too_long(), record, from)),
            End::Whole => {
                self.patience = self.patience.saturating_add(GRANT.saturating_mul(record.bytes.len()));
                Ok(Some(cut(record, from)))
            }
            End::Next(next) => Err(self.reopen(record, from, next)),
            End::Input => Err(self.cut_off(name, record, from)),
        }
    }

    /// Gives up what was recorded before byte `to` and goes on there.
    fn reopen(&mut self, record: Record, from: usize, to: usize) -> Fault {
        self.tags.reset();
        let start = record.start;
        let bytes = self.cursor.rewind(record, to);
        let error = Error::new(ErrorKind::Syntax, "the element is not closed");
        fault(error, Record { bytes, start, overflow: false, repaired: false }, from)
    }

    /// The input ends in an item: perhaps an open comment swallowed others.
    fn cut_off(&mut self, name: &str, record: Record, from: usize) -> Fault {
        let length = record.bytes.len();
        let is_worth = !record.overflow && length <= self.patience;
        if let Some(to) = next_start(&record.bytes, name, from).filter(|_| is_worth) {
            self.patience -= length;
            return self.reopen(record, from, to);
        }
        self.done = true;
        let error = if record.overflow { too_long() } else { Error::new(ErrorKind::Syntax, CUT_OFF) };
        fault(error, record, from)
    }

    /// The input ends between items.
    fn end(&mut self) -> Result<Option<Cut>, Fault> {
        self.done = true;
        let raw = self.cursor.recorded().map(|record| record.bytes).unwrap_or_default();
        if self.depth == 0 && !self.tags.is_inside() {
            return Ok(None);
        }
        let place = self.cursor.place();
        let error = Error::new(ErrorKind::Syntax, "the input ends before the document does");
        Err(Fault { error: error.at_line(place.line).at_column(place.column), raw })
    }
}

impl Iterator for Cuts<'_> {
    type Item = Result<Cut, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.step() {
                Ok(Some(cut)) => return Some(Ok(cut)),
                Ok(None) => {}
                Err(fault) => {
                    self.done |= fault.error.kind() == ErrorKind::Io;
                    return Some(Err(fault));
                }
            }
        }
        None
    }
}

fn too_long() -> Error {
    Error::new(ErrorKind::Limit, "the item is longer than the limit")
}

/// The record without what stands before byte `from`.
fn cut(record: Record, from: usize) -> Cut {
    let mut before = record.bytes;
    let raw = before.split_off(from.min(before.len()));
    Cut { raw, place: record.start.after(&before), repaired: record.repaired }
}

fn fault(error: Error, record: Record, from: usize) -> Fault {
    let Cut { raw, place, .. } = cut(record, from);
    Fault { error: error.at_line(place.line).at_column(place.column), raw }
}

/// Where, after byte `from`, another element of this name begins.
fn next_start(bytes: &[u8], name: &str, from: usize) -> Option<usize> {
    let after = bytes.get(from + 1..)?;
    let tag = format!("<{name}");
    let begins = |rest: &[u8]| {
        rest.starts_with(tag.as_bytes())
            && rest.get(tag.len()).is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
    };
    (0..after.len()).find(|at| after.get(*at..).is_some_and(begins)).map(|at| from + 1 + at)
}
