//! Finds the items of a JSON document without holding the document: a small state machine walks over the
//! bytes, keeps the raw bytes of one element at a time and passes over everything else.
//!
//! Read are: an array at one of the given paths (or a single object there), a bare array, a single object,
//! several documents one after the other, all of these in a JSONP wrapper; and what is whole of a damaged
//! file: a cut-off end, and elements whose quotes or brackets do not match.

mod element;
mod path;

use super::cursor::Cursor;
use super::scan::{Scan, is_wrapper, next_start};
use crate::error::{ErrorKind, Result};
pub(crate) use element::{Element, Fault};
use element::{fault, too_long};
use path::{leads_into_list, leads_to};
use std::borrow::Cow;

/// Where the elements are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paths {
    /// Paths of the items, such as `data/reviews`; `*` stands for any name, `[]` for any entry of a list.
    pub(crate) items: &'static [&'static str],
    /// Paths of elements that items refer to, such as `users`; used when they stand before the items.
    pub(crate) sides: &'static [&'static str],
}

/// A container the walk is inside of.
enum Frame {
    Object,
    /// A list whose objects hold the elements.
    List {
        index: u64,
    },
    Array {
        side: Option<&'static str>,
        index: u64,
    },
}

/// What is known of the value of a member from its path alone.
enum Way {
    Element(Option<&'static str>),
    Inside,
    Past,
}

/// Bytes that may be read again because an element is not closed; every whole element grants [`GRANT`] times its
/// length more, so that the time stays linear whatever comes.
pub(crate) const PATIENCE: usize = 256 << 20;

/// See [`PATIENCE`].
pub(crate) const GRANT: usize = 32;

/// The elements of an input, in order.
pub(crate) struct Elements<'a> {
    cursor: Cursor<'a>,
    items: Vec<Cow<'static, str>>,
    sides: &'static [&'static str],
    stack: Vec<Frame>,
    path: Vec<String>,
    patience: usize,
    done: bool,
}

impl<'a> Elements<'a> {
    pub(crate) fn new(cursor: Cursor<'a>, paths: Paths) -> Self {
        let items = paths.items.iter().map(|path| Cow::Borrowed(*path)).collect();
        Self::of(cursor, items, paths.sides)
    }

    /// The elements at paths that are known only at run time.
    pub(crate) fn at(cursor: Cursor<'a>, items: impl IntoIterator<Item = String>) -> Self {
        Self::of(cursor, items.into_iter().map(Cow::Owned).collect(), &[])
    }

    fn of(cursor: Cursor<'a>, items: Vec<Cow<'static, str>>, sides: &'static [&'static str]) -> Self {
        let (stack, path) = (Vec::new(), Vec::new());
        Self { cursor, items, sides, stack, path, patience: PATIENCE, done: false }
    }

    fn step(&mut self) -> Result<Option<Element>, Fault> {
        match self.stack.last() {
            None => self.root(),
            Some(Frame::Object) => self.member(),
            Some(Frame::List { index }) => {
                let index = *index;
                self.pass_entry(index)
            }
            Some(Frame::Array { side, index }) => {
                let (side, index) = (*side, *index);
                self.entry(side, index)
            }
        }
    }

    /// Between documents: passes blanks and wrappers, opens the next document.
    fn root(&mut self) -> Result<Option<Element>, Fault> {
        self.cursor.record();
        self.cursor.pass_while(|b| b != b'{' && b != b'[')?;
        let between = self.cursor.recorded();
        let wrapper = between.as_ref().is_none_or(|record| is_wrapper(&record.bytes));
        match self.cursor.peek()? {
            // Nothing to look for inside: the documents are the items, usually one a line.
            Some(b'{') if wrapper && self.all_paths().next().is_none() => return self.capture(None),
            Some(b'{') => {
                self.stack.push(Frame::Object);
                self.cursor.record();
            }
            Some(_) if self.all_paths().any(|path| path.starts_with("[]/")) => {
                self.stack.push(Frame::List { index: 0 });
            }
            Some(_) => self.stack.push(Frame::Array { side: None, index: 0 }),
            None => self.done = true,
        }
        self.cursor.pass(1);
        match between {
            Some(record) if !wrapper => Err(fault(
                ErrorKind::Syntax,
                "expected a JSON object or array",
                record.start,
                String::new(),
                record.bytes,
            )),
            _ => Ok(None),
        }
    }

    /// Inside an object on the way: takes the next member.
    fn member(&mut self) -> Result<Option<Element>, Fault> {
        self.cursor.pass_while(|b| b != b'"' && b != b'}')?;
        match self.cursor.peek()? {
            None => return Err(self.cut_off()),
            Some(b'}') => {
                self.cursor.pass(1);
                self.close();
                return self.whole_document();
            }
            Some(_) => {}
        }
        let key = self.key()?;
        self.cursor.pass_while(|b| b.is_ascii_whitespace())?;
        if self.cursor.peek()? != Some(b':') {
            return Ok(None);
        }
        self.cursor.pass(1);
        self.cursor.pass_while(|b| b.is_ascii_whitespace())?;
        self.path.push(key);
        self.member_value()
    }

    /// Takes, enters or passes over the value whose path was just walked.
    fn member_value(&mut self) -> Result<Option<Element>, Fault> {
        let first = self.cursor.peek()?;
        let frame = match (self.way(first), first) {
            (Way::Element(side), Some(b'[')) => Frame::Array { side, index: 0 },
            (Way::Inside, Some(b'[')) => Frame::List { index: 0 },
            (Way::Inside, _) => Frame::Object,
            (Way::Element(side), _) => {
                let element = self.capture(side);
                self.path.pop();
                return element;
            }
            (Way::Past, _) => {
                self.path.pop();
                let whole = self.value(&mut Scan::default(), false)?;
                return if whole == Some(true) { Ok(None) } else { Err(self.cut_off()) };
            }
        };
        // The document is an envelope, not an item.
        self.cursor.recorded();
        self.cursor.pass(1);
        self.stack.push(frame);
        Ok(None)
    }

    /// Inside an array of elements: takes the next one.
    fn entry(&mut self, side: Option<&'static str>, index: u64) -> Result<Option<Element>, Fault> {
        self.cursor.pass_while(|b| b.is_ascii_whitespace() || b == b',')?;
        match self.cursor.peek()? {
            None => return Err(self.cut_off()),
            Some(byte @ (b']' | b'}')) => {
                // A brace here closes an outer object: the bracket was forgotten.
                self.cursor.pass(usize::from(byte == b']'));
                self.close();
                return Ok(None);
            }
            Some(_) => {}
        }
        if let Some(Frame::Array { index, .. }) = self.stack.last_mut() {
            *index += 1;
        }
        self.path.push(index.to_string());
        let element = self.capture(side);
        self.path.pop();
        element
    }

    /// Inside a list on the way: enters the next object.
    fn pass_entry(&mut self, index: u64) -> Result<Option<Element>, Fault> {
        self.cursor.pass_while(|b| b.is_ascii_whitespace() || b == b',')?;
        match self.cursor.peek()? {
            None => return Err(self.cut_off()),
            Some(byte @ (b']' | b'}')) => {
                self.cursor.pass(usize::from(byte == b']'));
                self.close();
                return Ok(None);
            }
            Some(b'{') => {
                self.cursor.pass(1);
                self.path.push(index.to_string());
                self.stack.push(Frame::Object);
            }
            Some(_) => {
                let whole = self.value(&mut Scan::default(), false)?;
                if whole != Some(true) {
                    return Err(self.cut_off());
                }
            }
        }
        let list = self.stack.iter_mut().rev().find(|frame| matches!(frame, Frame::List { .. }));
        if let Some(Frame::List { index }) = list {
            *index += 1;
        }
        Ok(None)
    }

    fn close(&mut self) {
        self.stack.pop();
        self.path.truncate(self.stack.len().saturating_sub(1));
    }

    /// A document that led to no path is itself an item.
    fn whole_document(&mut self) -> Result<Option<Element>, Fault> {
        if !self.stack.is_empty() {
            return Ok(None);
        }
        let Some(record) = self.cursor.recorded() else { return Ok(None) };
        if record.overflow {
            return Err(too_long(record.start, String::new(), record.bytes));
        }
        Ok(Some(Element::new(record, String::new(), None)))
    }

    fn way(&self, first: Option<u8>) -> Way {
        let inside = || match first {
            Some(b'{') => self.all_paths().any(|path| leads_to(&self.path, path, false)),
            _ => self.all_paths().any(|path| leads_into_list(&self.path, path)),
        };
        if !matches!(first, Some(b'{' | b'[')) {
            return Way::Past;
        }
        if inside() {
            return Way::Inside;
        }
        if self.items.iter().any(|path| leads_to(&self.path, path, true)) {
            return Way::Element(None);
        }
        let side = self.sides.iter().copied().find(|path| leads_to(&self.path, path, true));
        side.map_or(Way::Past, |side| Way::Element(Some(side)))
    }

    fn all_paths(&self) -> impl Iterator<Item = &str> {
        self.items.iter().map(AsRef::as_ref).chain(self.sides.iter().copied())
    }

    /// A name, with the quotes and escapes undone.
    fn key(&mut self) -> Result<String, Fault> {
        let mut quoted = Vec::new();
        let mut scan = Scan::default();
        loop {
            let ahead = self.cursor.ahead()?;
            let (count, end) = scan.advance(ahead);
            quoted.extend_from_slice(ahead.get(..count).unwrap_or_default());
            let none = ahead.is_empty();
            self.cursor.pass(count);
            if end {
                return Ok(serde_json::from_slice(&quoted).unwrap_or_default());
            }
            if none || quoted.len() > 4096 {
                return Err(self.cut_off());
            }
        }
    }

    /// Passes the rest of a value; whether it is whole. With `pause` it stops where the item grows too long,
    /// because it may have swallowed its neighbours.
    fn value(&mut self, scan: &mut Scan, pause: bool) -> Result<Option<bool>, Fault> {
        loop {
            let ahead = self.cursor.ahead()?;
            let none = ahead.is_empty();
            let (count, end) = scan.advance(ahead);
            self.cursor.pass(count);
            if end || none {
                return Ok(Some(end || scan.is_scalar()));
            }
            if pause && self.cursor.is_overflowing() {
                return Ok(None);
            }
        }
    }

    /// Takes the raw bytes of one value.
    fn capture(&mut self, side: Option<&'static str>) -> Result<Option<Element>, Fault> {
        let in_array = matches!(self.stack.last(), None | Some(Frame::Array { .. }));
        self.cursor.record();
        let mut scan = Scan::default();
        let whole = self.value(&mut scan, in_array)?;
        let Some(record) = self.cursor.recorded() else { return Ok(None) };
        let (place, path) = (record.start, self.pointer());
        let suspect = scan.suspect().or((whole != Some(true)).then_some(0)).filter(|_| in_array);
        let next = suspect.and_then(|at| next_start(&record, at));
        if let Some(keep) = next.filter(|keep| record.bytes.len() - keep <= self.patience) {
            self.patience -= record.bytes.len() - keep;
            let what = if scan.suspect().is_some() { "a string" } else { "a bracket" };
            let raw = self.cursor.rewind(record, keep);
            return Err(fault(ErrorKind::Syntax, &format!("{what} is not closed"), place, path, raw));
        }
        let whole = match whole {
            Some(whole) => whole,
            None => self.value(&mut scan, false)?.unwrap_or_default(),
        };
        self.done |= !whole;
        if record.overflow {
            return Err(too_long(place, path, record.bytes));
        }
        if !whole {
            return Err(fault(
                ErrorKind::Syntax,
                "the input ends inside the item",
                place,
                path,
                record.bytes,
            ));
        }
        if scan.suspect().is_some() {
            return Err(fault(ErrorKind::Syntax, "a string holds a line break", place, path, record.bytes));
        }
        self.patience = self.patience.saturating_add(GRANT.saturating_mul(record.bytes.len()));
        Ok(Some(Element::new(record, path, side)))
    }

    fn cut_off(&mut self) -> Fault {
        self.done = true;
        let raw = self.cursor.recorded().map(|record| record.bytes).unwrap_or_default();
        let mut path = self.pointer();
        if let Some(Frame::Array { index, .. } | Frame::List { index }) = self.stack.last() {
            path = format!("{path}/{index}");
        }
        fault(ErrorKind::Syntax, "the input ends before the document does", self.cursor.place(), path, raw)
    }

    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in &self.path {
            pointer.push('/');
            if step.contains(['~', '/']) {
                pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
            } else {
                pointer.push_str(step);
            }
        }
        pointer
    }
}

impl Iterator for Elements<'_> {
    type Item = Result<Element, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.step() {
                Ok(Some(element)) => return Some(Ok(element)),
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

#[cfg(test)]
mod tests;
