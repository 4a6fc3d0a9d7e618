//! A mapping from its TOML text; every complaint names the place.

use super::Mapping;
use super::rule::{KINDS, Place, RatingRule, kind};
use crate::channel::DateOrder;
use crate::channel::carrier::csv::row::FIELDS;
use crate::channel::parse::rating::{NPS, Scale};
use crate::error::{Error, ErrorKind, Result, suggest};
use crate::feedback::{Format, RatingKind};
use jiff::tz::{Offset, TimeZone};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const KEYS: [&str; 10] = [
    "items",
    "zone",
    "date_order",
    "time_format",
    "markup",
    "fields",
    "constants",
    "attributes",
    "rating",
    "aspect_ratings",
];

const RATING_KEYS: [&str; 6] = ["from", "min", "max", "kind", "values", "aspect"];

/// The text, and what to call it.
struct Source<'t> {
    name: &'t str,
    toml: &'t str,
}

type Value<'t> = Spanned<DeValue<'t>>;

/// Reads a mapping.
pub(super) fn mapping(name: &str, toml: &str) -> Result<Mapping> {
    let source = Source { name, toml };
    let root = DeTable::parse(toml).map_err(|e| {
        source.error(ErrorKind::Syntax, e.span().unwrap_or_default(), e.message().trim().to_owned())
    })?;
    let mut mapping = Mapping {
        name: name.to_owned(),
        items: None,
        table: false,
        fields: Vec::new(),
        constants: Vec::new(),
        attributes: Vec::new(),
        rating: None,
        aspects: Vec::new(),
        zone: None,
        order: None,
        time_format: None,
        markup: Format::Plain,
    };
    for (key, value) in root.get_ref() {
        source.entry(&mut mapping, key.get_ref(), &key.span(), value)?;
    }
    source.check(&mut mapping, root.get_ref())?;
    let survey = |rule: &RatingRule| rule.scale.is_some_and(Scale::is_survey);
    for (field, value) in
        [("source", Some(name)), ("channel", mapping.rating.as_ref().is_some_and(survey).then_some("survey"))]
    {
        if let Some(value) = value.filter(|_| !mapping.constants.iter().any(|(named, _)| *named == field)) {
            mapping.constants.push((field, value.to_owned()));
        }
    }
    Ok(mapping)
}

impl Source<'_> {
    fn error(&self, kind: ErrorKind, span: Range<usize>, message: impl Into<String>) -> Error {
        let before = self.toml.get(..span.start).unwrap_or(self.toml);
        let line = before.matches('\n').count() as u64 + 1;
        let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) as u64 + 1;
        Error::new(kind, message)
            .at_source(format!("mapping \"{}\"", self.name))
            .at_line(line)
            .at_column(column)
    }

    /// One entry of the outermost table.
    fn entry(&self, mapping: &mut Mapping, key: &str, at: &Range<usize>, value: &Value<'_>) -> Result<()> {
        match key {
            "items" => mapping.items = self.items(value)?,
            "zone" => mapping.zone = Some(self.zone(value)?),
            "date_order" => {
                let orders = [("day_month", DateOrder::DayMonth), ("month_day", DateOrder::MonthDay)];
                mapping.order = Some(self.one_of(value, "order", &orders)?);
            }
            "time_format" => mapping.time_format = Some(self.text(key, value)?.to_owned()),
            "markup" => {
                let all = [("plain", Format::Plain), ("html", Format::Html), ("markdown", Format::Markdown)];
                mapping.markup = self.one_of(value, "markup", &all)?;
            }
            "fields" => {
                for (field, span, value) in self.entries(key, value)? {
                    let from = Place::new(self.text(field, value)?);
                    mapping.fields.push((self.field(field, span)?, from));
                }
            }
            "constants" => {
                for (field, span, value) in self.entries(key, value)? {
                    let text = self.scalar(field, value)?;
                    mapping.constants.push((self.field(field, span)?, text));
                }
            }
            "attributes" => {
                for (name, _, value) in self.entries(key, value)? {
                    mapping.attributes.push((name.to_owned(), Place::new(self.text(name, value)?)));
                }
            }
            "rating" => mapping.rating = Some(self.rating(key, value)?.1),
            "aspect_ratings" => mapping.aspects = self.aspects(key, value)?,
            _ => return Err(self.unknown("key", key, at.clone(), KEYS)),
        }
        Ok(())
    }

    /// The rules of ratings that name their aspect.
    fn aspects(&self, key: &str, value: &Value<'_>) -> Result<Vec<(String, RatingRule)>> {
        let all = value.get_ref().as_array();
        let all = all.ok_or_else(|| self.mismatch(key, value, "a list of tables"))?;
        let named = |one| {
            let (aspect, rule) = self.rating(key, one)?;
            let missing = || self.error(ErrorKind::Missing, one.span(), "the rating names no aspect");
            Ok((aspect.ok_or_else(missing)?, rule))
        };
        all.iter().map(named).collect()
    }

    /// Pointers and columns do not mix, and something has to be read.
    fn check(&self, mapping: &mut Mapping, root: &DeTable<'_>) -> Result<()> {
        let content = ["text", "title", "append", "rating", "nps", "csat", "ces", "score"];
        if mapping.rating.is_none() && !mapping.fields.iter().any(|(field, _)| content.contains(field)) {
            let message =
                "nothing fills text, title or rating; name at least one of them in [fields] or [rating]";
            return Err(self.error(ErrorKind::Missing, 0..0, message));
        }
        let columns = mapping.places().filter(|place| matches!(place, Place::Column(_))).count();
        mapping.table = columns == mapping.places().count();
        if columns > 0 && !mapping.table {
            let odd = mapping.places().find(|place| matches!(place, Place::Column(_)));
            let odd = odd.map(ToString::to_string).unwrap_or_default();
            let at = self.toml.find(&format!("\"{odd}\"")).unwrap_or_default();
            let message =
                format!("\"{odd}\" is a column where others are pointers; did you mean \"/{odd}\"?");
            return Err(self.error(ErrorKind::Invalid, at..at, message));
        }
        if mapping.table && mapping.items.is_some() {
            let at = root.iter().find(|(key, _)| key.get_ref() == "items").map(|(key, _)| key.span());
            let message = "a table has no list of items; leave `items` out, or write pointers like \"/text\"";
            return Err(self.error(ErrorKind::Invalid, at.unwrap_or_default(), message));
        }
        Ok(())
    }

    /// `/data/reviews` as the path of the walk; nothing for the root.
    fn items(&self, value: &Value<'_>) -> Result<Option<String>> {
        let text = self.text("items", value)?;
        let wrong = || {
            let message = format!("\"{text}\" is no pointer; did you mean \"/{text}\"?");
            self.error(ErrorKind::Invalid, value.span(), message)
        };
        let path = if text.is_empty() { "" } else { text.strip_prefix('/').ok_or_else(wrong)? };
        Ok((!path.is_empty()).then(|| path.to_owned()))
    }

    fn zone(&self, value: &Value<'_>) -> Result<TimeZone> {
        let text = self.text("zone", value)?;
        let zone = offset(text).map(TimeZone::fixed).or_else(|| TimeZone::get(text).ok());
        zone.ok_or_else(|| {
            let message = format!("zone \"{text}\" is not known; write an offset such as \"+08:00\"");
            self.error(ErrorKind::Unknown, value.span(), message)
        })
    }

    fn rating(&self, key: &str, value: &Value<'_>) -> Result<(Option<String>, RatingRule)> {
        let (mut from, mut aspect, mut values) = (None, None, BTreeMap::new());
        let (mut min, mut max, mut measured) = (None, None, RatingKind::Unknown);
        for (name, span, value) in self.entries(key, value)? {
            match name {
                "from" => from = Some(Place::new(self.text(name, value)?)),
                "aspect" if key != "rating" => aspect = Some(self.text(name, value)?.to_owned()),
                "min" => min = Some(self.number(name, value)?),
                "max" => max = Some(self.number(name, value)?),
                "kind" => {
                    let given = self.text(name, value)?;
                    let names = KINDS.map(|(name, _)| name);
                    measured = kind(given).ok_or_else(|| self.unknown("kind", given, value.span(), names))?;
                }
                "values" => {
                    for (word, _, value) in self.entries(name, value)? {
                        values.insert(word.to_owned(), self.number(word, value)?);
                    }
                }
                _ => return Err(self.unknown("key", name, span, RATING_KEYS)),
            }
        }
        let missing = || self.error(ErrorKind::Missing, value.span(), "the rating has no `from`");
        let from = from.ok_or_else(missing)?;
        let scale = match (min, max) {
            (Some(min), Some(max)) => {
                let scale = Scale::new(min, max, measured);
                Some(scale.map_err(|e| self.error(e.kind(), value.span(), e.message()))?)
            }
            (None, None) if measured == RatingKind::Nps => Some(NPS),
            (None, None) if measured == RatingKind::Unknown => None,
            _ => return Err(self.error(ErrorKind::Missing, value.span(), "a rating needs both min and max")),
        };
        Ok((aspect, RatingRule { from, scale, values }))
    }

    fn field(&self, name: &str, span: Range<usize>) -> Result<&'static str> {
        let known = FIELDS.iter().copied().find(|field| *field == name);
        known.ok_or_else(|| self.unknown("field", name, span, FIELDS.iter().copied()))
    }

    fn one_of<T: Copy>(&self, value: &Value<'_>, what: &str, all: &[(&'static str, T)]) -> Result<T> {
        let given = self.text(what, value)?;
        let found = all.iter().find(|(name, _)| *name == given).map(|(_, found)| *found);
        found.ok_or_else(|| self.unknown(what, given, value.span(), all.iter().map(|(name, _)| *name)))
    }

    fn unknown<'n>(
        &self,
        what: &str,
        given: &str,
        span: Range<usize>,
        known: impl IntoIterator<Item = &'n str>,
    ) -> Error {
        let hint = suggest(given, known);
        self.error(ErrorKind::Unknown, span, format!("{what} \"{given}\" is not known{hint}"))
    }

    fn mismatch(&self, key: &str, value: &Value<'_>, wanted: &str) -> Error {
        let message = format!("`{key}` is {}, expected {wanted}", value.get_ref().type_str());
        self.error(ErrorKind::Syntax, value.span(), message)
    }

    fn text<'v>(&self, key: &str, value: &'v Value<'_>) -> Result<&'v str> {
        value.get_ref().as_str().ok_or_else(|| self.mismatch(key, value, "a string"))
    }

    fn scalar(&self, key: &str, value: &Value<'_>) -> Result<String> {
        match value.get_ref() {
            DeValue::String(text) => Ok(text.clone().into_owned()),
            DeValue::Integer(number) => Ok(number.as_str().to_owned()),
            DeValue::Boolean(truth) => Ok(truth.to_string()),
            _ => Err(self.mismatch(key, value, "a string")),
        }
    }

    fn number(&self, key: &str, value: &Value<'_>) -> Result<f64> {
        let text = match value.get_ref() {
            DeValue::Integer(number) => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => return Err(self.mismatch(key, value, "a number")),
        };
        text.parse().map_err(|_| self.mismatch(key, value, "a decimal number"))
    }

    /// The entries of a table in the order they were written.
    fn entries<'v>(
        &self,
        key: &str,
        value: &'v Value<'_>,
    ) -> Result<Vec<(&'v str, Range<usize>, &'v Value<'v>)>> {
        let table = value.get_ref().as_table().ok_or_else(|| self.mismatch(key, value, "a table"))?;
        let mut all: Vec<_> =
            table.iter().map(|(key, value)| (key.get_ref().as_ref(), key.span(), value)).collect();
        all.sort_by_key(|(_, span, _)| span.start);
        Ok(all)
    }
}

/// `+08:00`, `-5`, `Z`.
fn offset(text: &str) -> Option<Offset> {
    if matches!(text, "Z" | "UTC" | "GMT") {
        return Some(Offset::UTC);
    }
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+')?),
    };
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "0"));
    let seconds =
        hours.parse::<i32>().ok()?.checked_mul(3600)? + minutes.parse::<i32>().ok()?.checked_mul(60)?;
    Offset::from_seconds(sign * seconds).ok()
}
