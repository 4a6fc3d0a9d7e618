//! Where a value stands in an item, and how it rates.

use crate::channel::parse::rating::{Scale, is_none, unscaled};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{AspectRating, Rating, RatingKind};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// A pointer into a JSON item, or a column of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Place {
    /// The pointer as written.
    Pointer(String),
    Column(String),
}

impl Place {
    pub(super) fn new(text: &str) -> Self {
        if text.starts_with('/') {
            Self::Pointer(text.to_owned())
        } else {
            Self::Column(text.trim().to_owned())
        }
    }

    /// Names that a payload with this place in it holds.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let (steps, whole) = match self {
            Self::Pointer(pointer) => (pointer.as_str(), false),
            Self::Column(name) => (name.as_str(), true),
        };
        let steps = steps.split(move |c| !whole && c == '/');
        steps.filter(move |step| whole || !step.is_empty() && step.parse::<usize>().is_err())
    }

    /// Whether it lies in this member of the item.
    pub(super) fn is_in(&self, member: &str) -> bool {
        match self {
            Self::Pointer(pointer) => {
                let first = pointer.split('/').nth(1).unwrap_or_default();
                first.replace("~1", "/").replace("~0", "~") == member
            }
            Self::Column(name) => name == member,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pointer(text) | Self::Column(text) => f.write_str(text),
        }
    }
}

/// One item as it came.
pub(super) enum Record<'r> {
    Json(&'r Value),
    Row { header: &'r [String], cells: &'r [String] },
}

impl Record<'_> {
    /// The value at a place as text; blanks and `null` are nothing, the entries of a list are joined.
    pub(super) fn text(&self, from: &Place) -> Option<String> {
        let text = match (self, from) {
            (Self::Json(item), Place::Pointer(pointer)) => scalar(item.pointer(pointer)?)?,
            (Self::Row { header, cells }, Place::Column(name)) => {
                cells.get(header.iter().position(|column| column == name)?)?.clone()
            }
            _ => return None,
        };
        (!text.trim().is_empty()).then_some(text)
    }

    /// Members and columns from which nothing was taken.
    pub(super) fn rest(&self, taken: impl Fn(&str) -> bool) -> Vec<(String, Value)> {
        match self {
            Self::Json(Value::Object(members)) => {
                let left = members.iter().filter(|(name, value)| !value.is_null() && !taken(name));
                left.map(|(name, value)| (name.clone(), value.clone())).collect()
            }
            Self::Json(_) => Vec::new(),
            Self::Row { header, cells } => {
                let all = header.iter().zip(cells.iter());
                let left = all.filter(|(name, cell)| !cell.trim().is_empty() && !taken(name));
                left.map(|(name, cell)| (name.clone(), cell.as_str().into())).collect()
            }
        }
    }

    /// Whether a row fits its header.
    pub(super) fn check(&self) -> Result<()> {
        match self {
            Self::Row { header, cells } if header.len() != cells.len() => {
                let message = format!("the row has {} fields, the header {}", cells.len(), header.len());
                Err(Error::new(ErrorKind::Syntax, message))
            }
            _ => Ok(()),
        }
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Array(all) => {
            let all: Vec<String> = all.iter().filter_map(scalar).collect();
            (!all.is_empty()).then(|| all.join(", "))
        }
        Value::Null | Value::Object(_) => None,
    }
}

/// A rating with the scale that the host tells.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RatingRule {
    pub(super) from: Place,
    pub(super) scale: Option<Scale>,
    pub(super) values: BTreeMap<String, f64>,
}

impl RatingRule {
    /// The rating of an item; none when the place is empty.
    pub(super) fn read(&self, record: &Record<'_>) -> Result<Option<Rating>> {
        let Some(text) = record.text(&self.from) else { return Ok(None) };
        let at = |error: Error| error.at_path(self.from.to_string());
        let listed = self.values.get(text.trim());
        match (self.scale, listed) {
            (Some(scale), Some(value)) => scale.rate(*value).map(Some).map_err(at),
            (None, Some(value)) => Rating::unscaled(*value).map(Some).map_err(at),
            (_, None)
                if !self.values.is_empty() && text.trim().parse::<f64>().is_err() && !is_none(&text) =>
            {
                let message = format!("\"{}\" is none of the values of the rating", text.trim());
                Err(at(Error::new(ErrorKind::Unknown, message)))
            }
            (Some(scale), None) => scale.read(&text).map_err(at),
            (None, None) => unscaled(&text).map_err(at),
        }
    }

    pub(super) fn aspect(&self, name: &str, record: &Record<'_>) -> Result<Option<AspectRating>> {
        let rating = self.read(record)?;
        Ok(rating.map(|rating| AspectRating { aspect: name.to_owned(), rating }))
    }
}

/// The kind of this name.
pub(super) fn kind(name: &str) -> Option<RatingKind> {
    KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

pub(super) const KINDS: [(&str, RatingKind); 6] = [
    ("stars", RatingKind::Stars),
    ("nps", RatingKind::Nps),
    ("csat", RatingKind::Csat),
    ("ces", RatingKind::Ces),
    ("ordinal", RatingKind::Ordinal),
    ("unknown", RatingKind::Unknown),
];
