//! An object as a record.

use crate::channel::carrier::csv::header::{Header, RATINGS, field};
use crate::channel::carrier::csv::row;
use crate::channel::parse::cursor::Place;
use crate::channel::parse::table::Row;
use crate::channel::parse::time::Clock;
use crate::error::Result;
use crate::feedback::schema::{self, Fallback};
use crate::feedback::{Extra, Feedback, Source};
use serde_json::{Map, Value};

/// How much of a record an object holds, the least first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Content {
    #[default]
    None,
    Title,
    Rating,
    Words,
}

impl Content {
    /// What a filled field is worth.
    pub(super) fn of(field: &str) -> Self {
        match field {
            "text" | "append" | "turns" => Self::Words,
            "title" => Self::Title,
            _ if RATINGS.contains(&field) => Self::Rating,
            _ => Self::None,
        }
    }
}

/// The field that a member of an object inside the item fills: `reviewer.name`, `product.id`.
pub(super) fn inner_field(outer: &str, inner: &str) -> Option<&'static str> {
    let both = field(&format!("{outer}{inner}"));
    both.or_else(|| match (field(outer)?, inner.to_ascii_lowercase().as_str()) {
        ("customer", "id") => Some("customer_id"),
        ("customer", "email") => Some("email"),
        ("customer", "name" | "nickname" | "displayname" | "display_name") => Some("customer"),
        (named @ ("product" | "store" | "agent" | "team" | "order"), "name" | "title" | "id") => Some(named),
        _ => None,
    })
}

/// Whether this is a record in the crate's own form.
fn is_own(item: &Map<String, Value>) -> bool {
    let told =
        item.get("schema").is_some_and(Value::is_u64) || item.get("turns").is_some_and(Value::is_array);
    told || item.get("rating").and_then(Value::as_object).is_some_and(|rating| rating.contains_key("value"))
}

fn content(item: &Map<String, Value>) -> Content {
    if is_own(item) {
        return Content::Words;
    }
    let mut best = Content::None;
    for (name, value) in item {
        let filled = field(name).filter(|field| fills(field, value)).map(Content::of);
        let inner = value.as_object().into_iter().flatten();
        let inner = inner
            .filter_map(|(key, value)| inner_field(name, key).filter(|field| fills(field, value)))
            .map(Content::of);
        best = filled.into_iter().chain(inner).fold(best, Ord::max);
    }
    best
}

/// The items in a value, with their pointers: itself, or those inside when it is none. What stands for a whole
/// document is passed over for items inside that hold more.
pub(super) fn items<'v>(
    value: &'v Value,
    whole: bool,
    pointer: String,
    out: &mut Vec<(String, &'v Map<String, Value>)>,
) {
    let own = value.as_object().map(content).unwrap_or_default();
    let before = out.len();
    if own == Content::None || whole && own < Content::Words {
        let inner: Box<dyn Iterator<Item = (String, &'v Value)>> = match value {
            Value::Object(members) => {
                Box::new(members.iter().map(|(k, v)| (k.replace('~', "~0").replace('/', "~1"), v)))
            }
            Value::Array(all) => Box::new(all.iter().enumerate().map(|(i, v)| (i.to_string(), v))),
            _ => Box::new(std::iter::empty()),
        };
        for (step, value) in inner {
            items(value, false, format!("{pointer}/{step}"), out);
        }
        let more = out.iter().skip(before).any(|(_, item)| content(item) > own);
        if !more {
            out.truncate(before);
        }
    }
    if let (true, Value::Object(item)) = (own > Content::None && out.len() == before, value) {
        out.push((pointer, item));
    }
}

/// Whether a value has a text that can fill this field.
fn fills(field: &str, value: &Value) -> bool {
    match value {
        Value::String(text) => !text.trim().is_empty(),
        other => text(field, other).is_some(),
    }
}

/// The text of a value that can fill this field.
fn text(field: &str, value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        // A number there is a code of the vendor's, no name.
        Value::Number(number) if !matches!(field, "source" | "channel" | "touchpoint") => number.to_string(),
        Value::Bool(truth) if matches!(field, "verified" | "incentivised") => truth.to_string(),
        Value::Array(all) if matches!(field, "text" | "tags") => {
            let all: Option<Vec<&str>> = all.iter().map(Value::as_str).collect();
            all?.join(if field == "text" { "\n" } else { ";" })
        }
        _ => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

/// The fields of an item, and what fills none.
#[derive(Default)]
struct Filled {
    columns: Vec<(&'static str, String)>,
    values: Vec<String>,
    /// Lists need no separators.
    tags: Option<Vec<String>>,
    rest: Extra,
}

impl Filled {
    /// Fills a field unless it is filled.
    fn fill(&mut self, field: Option<&'static str>, name: String, value: &Value) -> bool {
        let Some(field) = field.filter(|field| !self.columns.iter().any(|(filled, _)| filled == field))
        else {
            return false;
        };
        let Some(text) = text(field, value) else { return false };
        if let ("tags", Value::Array(all)) = (field, value) {
            self.tags = Some(all.iter().filter_map(Value::as_str).map(str::to_owned).collect());
        }
        self.columns.push((field, name));
        self.values.push(text);
        true
    }
}

/// The record of an item, and that of its appended review; `fallback` is the id of one without.
pub(super) fn read(item: &Map<String, Value>, fallback: String, clock: &Clock) -> Result<Vec<Feedback>> {
    if is_own(item) {
        let fallback = Fallback { source: Source::JSON, id: Some(fallback) };
        return Ok(vec![schema::read(Value::Object(item.clone()).to_string().as_bytes(), fallback)?]);
    }
    let mut filled = Filled::default();
    for (name, value) in item.iter().filter(|(_, value)| !is_blank(value)) {
        if !filled.fill(field(name), name.clone(), value) && !value.is_object() {
            filled.rest.insert(name.clone(), value.clone());
        }
    }
    for (name, value) in item {
        let Value::Object(inner) = value else { continue };
        let mut whole = true;
        for (key, value) in inner.iter().filter(|(_, value)| !is_blank(value)) {
            whole &= filled.fill(inner_field(name, key), format!("{name}/{key}"), value);
        }
        // An object that is not used up is kept as it came.
        if !whole {
            filled.rest.insert(name.clone(), value.clone());
        }
    }
    let source = Value::from(Source::JSON.as_str());
    filled.fill(Some("source"), "source".to_owned(), &source);
    record(filled, fallback, clock)
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

fn record(filled: Filled, fallback: String, clock: &Clock) -> Result<Vec<Feedback>> {
    let Filled { columns, values, tags, rest } = filled;
    let row = Row::of(values, Place { line: 1, column: 1 });
    let found = row::read_with(&Header::of(columns), &row, fallback, clock, Ok);
    // What the shared reader calls a column is a member here.
    let mut found = found.map_err(|error| match error.location().path().map(|path| format!("/{path}")) {
        Some(path) => error.at_path(path.replace("//", "/")),
        None => error,
    })?;
    if let Some(first) = found.first_mut() {
        first.tags = tags.unwrap_or(std::mem::take(&mut first.tags));
        for (name, value) in rest {
            first.extra.insert(name, value);
        }
    }
    Ok(found)
}
