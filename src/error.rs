//! The one error type of the crate: opaque, one word wide, with a kind, a place and a source.

use std::fmt;

/// Result of every fallible call of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a configuration, a record or a merge was refused.
///
/// The value is one pointer wide; [`Error::kind`] tells what went wrong, [`Error::location`] where.
///
/// ```
/// use candor::{ErrorKind, feedback::Rating};
/// let error = Rating::stars(9.0).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::OutOfRange);
/// assert_eq!(error.to_string(), "rating 9 is outside its scale 1..5");
/// ```
#[derive(thiserror::Error)]
#[error(transparent)]
pub struct Error(Box<Inner>);

#[derive(Debug, thiserror::Error)]
#[error("{}{message}", location.prefix())]
struct Inner {
    kind: ErrorKind,
    location: Location,
    message: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What went wrong, without detail: for matching.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input is not of the promised form (not JSON, not CSV, not TOML, wrong type).
    Syntax,
    /// A required field is absent.
    Missing,
    /// A value is known but not allowed here.
    Invalid,
    /// A number or time is outside its range.
    OutOfRange,
    /// A name (topic, class, adapter, transition…) is not defined.
    Unknown,
    /// Two entries contradict each other.
    Conflict,
    /// States of different shape cannot be merged.
    Incompatible,
    /// Reading failed below this crate.
    Io,
    /// A documented limit was exceeded.
    Limit,
    /// The item is whole, but nothing that a customer said to the shop: a private note, a bounce, a survey that was
    /// not answered. It is set aside, not damaged.
    NotFeedback,
}

/// Where it went wrong; every part is optional.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Location {
    source: Option<String>,
    line: Option<u64>,
    column: Option<u64>,
    item: Option<u64>,
    path: Option<String>,
}

impl Location {
    /// Name of the file, list or pack, such as `en/negator.tsv`.
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// Line, counted from 1.
    pub fn line(&self) -> Option<u64> {
        self.line
    }

    /// Column, counted from 1: characters in a text file, fields in a table.
    pub fn column(&self) -> Option<u64> {
        self.column
    }

    /// Position of the item in its batch, counted from 0.
    pub fn item(&self) -> Option<u64> {
        self.item
    }

    /// Path inside the item, such as `/rating/value`.
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// What stands before a message.
    fn prefix(&self) -> String {
        if *self == Self::default() { String::new() } else { format!("{self}: ") }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.source.clone());
        parts.extend(self.item.map(|n| format!("item {n}")));
        parts.extend(self.line.map(|n| format!("line {n}")));
        parts.extend(self.column.map(|n| format!("column {n}")));
        parts.extend(self.path.clone());
        f.write_str(&parts.join(", "))
    }
}

impl Error {
    /// An error without a place; the `at_*` methods add one.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { kind, location: Location::default(), message: message.into(), source: None }))
    }

    pub(crate) fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn at_source(mut self, source: impl Into<String>) -> Self {
        self.0.location.source = Some(source.into());
        self
    }

    pub(crate) fn at_line(mut self, line: u64) -> Self {
        self.0.location.line = Some(line);
        self
    }

    pub(crate) fn at_column(mut self, column: u64) -> Self {
        self.0.location.column = Some(column);
        self
    }

    /// Adds line and column of byte `at` of a file.
    pub(crate) fn at_byte(self, text: &str, at: usize) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line = before.matches('\n').count() as u64 + 1;
        let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) as u64 + 1;
        self.at_line(line).at_column(column)
    }

    pub(crate) fn at_item(mut self, item: u64) -> Self {
        self.0.location.item = Some(item);
        self
    }

    pub(crate) fn at_path(mut self, path: impl Into<String>) -> Self {
        self.0.location.path = Some(path.into());
        self
    }

    /// What went wrong, for matching.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Where it went wrong.
    pub fn location(&self) -> &Location {
        &self.0.location
    }

    /// The message without its place.
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error").field("kind", &self.0.kind).field("message", &self.to_string()).finish()
    }
}

/// `did you mean "x"?` for the known name nearest to `given`, or nothing when none is near.
pub(crate) fn suggest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    known
        .into_iter()
        .map(|name| (distance(given, name), name))
        .filter(|(d, name)| *d <= 1 + name.len() / 4)
        .min()
        .map_or_else(String::new, |(_, name)| format!("; did you mean \"{name}\"?"))
}

/// Levenshtein distance over characters, one row at a time.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, cb) in row.iter_mut().skip(1).zip(&b) {
            let next = (diagonal + usize::from(ca != *cb)).min(left + 1).min(*cell + 1);
            diagonal = *cell;
            *cell = next;
            left = next;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_comes_first() {
        let e = Error::new(ErrorKind::Unknown, "topic \"delivery/sped\" is not defined")
            .at_source("taxonomy \"commerce\"")
            .at_line(14);
        assert_eq!(e.to_string(), "taxonomy \"commerce\", line 14: topic \"delivery/sped\" is not defined");
        assert_eq!(std::mem::size_of::<Error>(), std::mem::size_of::<usize>());
    }

    #[test]
    fn suggestions_are_near() {
        let known = ["delivery/speed", "delivery/cost"];
        assert_eq!(suggest("delivery/sped", known), "; did you mean \"delivery/speed\"?");
        assert_eq!(suggest("zzz", known), "");
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
