//! What came of an input: items, and rejects with the reason.

use crate::error::{Error, Result};
use crate::feedback::Feedback;
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::fmt;

/// Bytes of the raw item that a reject keeps.
const RAW: usize = 1024;

/// Everything read from one input, in input order.
///
/// ```
/// # #[cfg(feature = "json")] {
/// let batch = candor::channel::adapter("jsonl")?.parse(b"{\"text\":\"good\"}\n{\"text\":7}\n");
/// assert_eq!((batch.items.len(), batch.rejects.len()), (1, 1));
/// assert_eq!(batch.rejects[0].line(), Some(2));
/// # }
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Batch {
    /// What could be read.
    pub items: Vec<Feedback>,
    /// What could not, and why.
    pub rejects: Vec<Reject>,
}

impl FromIterator<Result<Feedback, Reject>> for Batch {
    fn from_iter<I: IntoIterator<Item = Result<Feedback, Reject>>>(all: I) -> Self {
        let mut batch = Self::default();
        for item in all {
            match item {
                Ok(item) => batch.items.push(item),
                Err(reject) => batch.rejects.push(reject),
            }
        }
        batch
    }
}

/// One item that could not be read.
///
/// On the wire it is `{"index","line","column","path","error"}`, absent places left out; the raw item stays
/// off the wire because it may hold personal data.
///
/// ```
/// # #[cfg(feature = "json")] {
/// let batch = candor::channel::adapter("jsonl")?.parse(b"{\"text\":7}");
/// let reject = &batch.rejects[0];
/// assert_eq!(reject.raw(), "{\"text\":7}");
/// assert_eq!(
///     reject.to_string(),
///     "item 0, line 1, column 9, /text: invalid type: integer `7`, expected a string"
/// );
/// # }
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug)]
pub struct Reject {
    error: Error,
    index: u64,
    raw: String,
}

impl Reject {
    /// A reject of the item at `index`; of `raw` only the first 1024 bytes are kept.
    pub(super) fn new(index: u64, error: Error, raw: &[u8]) -> Self {
        let cut = String::from_utf8_lossy(raw.get(..RAW).unwrap_or(raw)).into_owned();
        Self { error: error.at_item(index), index, raw: cut }
    }

    /// Position in the input, counted from 0 over items and rejects alike.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// Line, counted from 1.
    pub fn line(&self) -> Option<u64> {
        self.error.location().line()
    }

    /// Column, counted from 1: characters in JSON, fields in a table.
    pub fn column(&self) -> Option<u64> {
        self.error.location().column()
    }

    /// JSON pointer from the root of the document, or the header of a table's column.
    pub fn path(&self) -> Option<&str> {
        self.error.location().path()
    }

    /// Why, and where.
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// The item as it came, decoded to UTF-8 and cut after 1024 bytes.
    pub fn raw(&self) -> &str {
        &self.raw
    }
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for Reject {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

impl Serialize for Reject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Reject", 5)?;
        fields.serialize_field("index", &self.index)?;
        match self.line() {
            Some(line) => fields.serialize_field("line", &line)?,
            None => fields.skip_field("line")?,
        }
        match self.column() {
            Some(column) => fields.serialize_field("column", &column)?,
            None => fields.skip_field("column")?,
        }
        match self.path() {
            Some(path) => fields.serialize_field("path", path)?,
            None => fields.skip_field("path")?,
        }
        fields.serialize_field("error", self.error.message())?;
        fields.end()
    }
}
