//! What a walk over a document finds: elements, and faults where elements should be.

use crate::channel::parse::cursor::{Place, Record};
use crate::channel::parse::encoding::escaped;
use crate::error::{Error, ErrorKind};

/// One element, still as bytes.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) raw: Vec<u8>,
    pub(crate) place: Place,
    /// JSON pointer from the root of its document.
    pub(crate) path: String,
    /// The path it was found at, when it is not an item.
    pub(crate) side: Option<&'static str>,
    /// Whether bytes had to be replaced, or lines mended.
    pub(crate) repaired: bool,
}

impl Element {
    /// The element that was recorded, with what was garbled before it was escaped mended.
    pub(super) fn new(record: Record, path: String, side: Option<&'static str>) -> Self {
        let mended = std::str::from_utf8(&record.bytes).ok().and_then(escaped::mend);
        let repaired = record.repaired || mended.is_some();
        let raw = mended.map_or(record.bytes, String::into_bytes);
        Self { raw, place: record.start, path, side, repaired }
    }

    /// Places inside the element become places in the document.
    pub(crate) fn locate(&self, error: Error) -> Error {
        let start = self.place;
        let inside = error.location();
        let (line, column) = match (inside.line(), inside.column()) {
            (Some(1), Some(column)) => (start.line, start.column + column - 1),
            (Some(line), Some(column)) => (start.line + line - 1, column),
            _ => (start.line, start.column),
        };
        let path = format!("{}{}", self.path, inside.path().unwrap_or_default());
        let error = error.at_line(line).at_column(column);
        if path.is_empty() { error } else { error.at_path(path) }
    }
}

/// What stands where an element should, and why it is none.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) error: Error,
    pub(crate) raw: Vec<u8>,
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self { error, raw: Vec::new() }
    }
}

pub(super) fn too_long(place: Place, path: String, raw: Vec<u8>) -> Fault {
    fault(ErrorKind::Limit, "the item is longer than the limit", place, path, raw)
}

pub(super) fn fault(kind: ErrorKind, message: &str, place: Place, path: String, raw: Vec<u8>) -> Fault {
    let error = Error::new(kind, message).at_line(place.line).at_column(place.column);
    Fault { error: if path.is_empty() { error } else { error.at_path(path) }, raw }
}
