//! The versioned JSON form of a record.
//!
//! Required is at least one of `text`, `title`, `rating` and `turns`; `null` means absent; ids may be strings
//! or whole numbers; times are RFC 3339. A field the crate does not know is kept in [`Feedback::extra`] and
//! written back beside the known ones. [`FEEDBACK_SCHEMA`] tells the same as a JSON Schema.

mod rating;
mod wire;

use super::{Feedback, Source};
use crate::error::{Error, ErrorKind, Result};
use serde::de::{DeserializeOwned, Deserializer};
use serde::{Deserialize, Serialize, Serializer};
use serde_path_to_error::Segment;
use wire::{Label, Wire};

/// The JSON Schema (draft 2020-12) of one item of feedback.
///
/// ```
/// use candor::feedback::schema::FEEDBACK_SCHEMA;
/// assert!(FEEDBACK_SCHEMA.contains("https://json-schema.org/draft/2020-12/schema"));
/// ```
pub const FEEDBACK_SCHEMA: &str = include_str!("schema/feedback.schema.json");

/// Version of the form that is written, and the only one that is read.
pub const VERSION: u32 = 1;

/// What a reader knows about an item that does not say it itself.
#[derive(Debug)]
pub(crate) struct Fallback {
    /// Source of items that name none.
    pub(crate) source: Source,
    /// Id of items that have none, marked as generated.
    pub(crate) id: Option<String>,
}

impl Feedback {
    /// Reads one item from its JSON form.
    ///
    /// ```
    /// use candor::Feedback;
    /// let item = Feedback::from_json(r#"{"id":"r-17","text":"物流太慢","floor":3,"courier":null}"#)?;
    /// assert_eq!(item.text(), "物流太慢");
    /// assert_eq!(item.extra().json("floor").as_deref(), Some("3"));
    /// let error = Feedback::from_json(r#"{"id":"r-18","rating":{"value":9,"min":1,"max":5}}"#).unwrap_err();
    /// assert_eq!(error.to_string(), "/rating: rating 9 is outside its scale 1..5");
    /// # Ok::<(), candor::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Syntax`] when the text is not JSON or a field has the wrong type; otherwise as
    /// [`FeedbackBuilder::build`](super::FeedbackBuilder::build). The location names the JSON path where possible.
    pub fn from_json(json: &str) -> Result<Self> {
        read(json.as_bytes(), Fallback { source: Source::HOST, id: None })
    }
}

/// Reads one item; `fallback` fills in what it does not say.
pub(crate) fn read(json: &[u8], fallback: Fallback) -> Result<Feedback> {
    parse_json::<Wire>(json)?.into_feedback(fallback)
}

/// Deserialises one whole JSON value; errors carry line, column and JSON path.
pub(crate) fn parse_json<T: DeserializeOwned>(json: &[u8]) -> Result<T> {
    // To keep track of the path costs as much as reading, so only what has a fault is read that way.
    serde_json::from_slice(json).or_else(|_| parse_tracked(json))
}

fn parse_tracked<T: DeserializeOwned>(json: &[u8]) -> Result<T> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|e| {
        let path = pointer(e.path());
        let error = json_error(&e.into_inner(), json);
        if path.is_empty() { error } else { error.at_path(path) }
    })?;
    deserializer.end().map_err(|e| json_error(&e, json))?;
    Ok(value)
}

/// The error of `serde_json` with its place taken out of the message; columns count characters.
fn json_error(error: &serde_json::Error, json: &[u8]) -> Error {
    let (line, column) = (error.line(), error.column());
    let text = error.to_string();
    let message = text.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&text);
    let found = Error::new(ErrorKind::Syntax, message);
    if line == 0 {
        return found;
    }
    let row = json.split(|b| *b == b'\n').nth(line - 1).unwrap_or_default();
    let before = row.get(..column).unwrap_or(row);
    let column = before.iter().filter(|b| (**b & 0xC0) != 0x80).count();
    found.at_line(line as u64).at_column(column.max(1) as u64)
}

/// A path as JSON pointer: `/turns/3/text`.
fn pointer(path: &serde_path_to_error::Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => {
                pointer.push('/');
                pointer.push_str(&index.to_string());
            }
            Segment::Map { key } | Segment::Enum { variant: key } => {
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Segment::Unknown => {}
        }
    }
    pointer
}

impl Serialize for Feedback {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Wire::from(self.clone()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Feedback {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fallback = Fallback { source: Source::HOST, id: None };
        Wire::deserialize(deserializer)?.into_feedback(fallback).map_err(serde::de::Error::custom)
    }
}

/// `null` as the default value.
pub(crate) fn nullable<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A string or a whole number, as string.
pub(super) fn label<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<Label>::deserialize(deserializer)?.map(String::from))
}

#[cfg(test)]
mod tests;
