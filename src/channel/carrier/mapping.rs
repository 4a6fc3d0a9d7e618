//! An adapter that the host writes as data: which pointer or column fills which field of the record.

mod input;
mod load;
mod rule;

use super::csv::header::Header;
use super::csv::row;
use crate::channel::parse::cursor::{Cursor, Place};
use crate::channel::parse::encoding;
use crate::channel::parse::json::Fault;
use crate::channel::parse::table::{Broken, Row};
use crate::channel::parse::time::Clock;
use crate::channel::{Adapter, Confidence, DateOrder, ReadOptions, Reject};
use crate::error::Result;
use crate::feedback::{Feedback, Format};
use input::{Input, Piece};
use jiff::tz::TimeZone;
use rule::{Place as From, RatingRule, Record};
use std::collections::VecDeque;
use std::io::BufRead;
use std::iter;

/// Reads any JSON (a document, JSON Lines, JSONP) or table (CSV, TSV) as a TOML text says.
///
/// | Key | Says |
/// |---|---|
/// | `items` | JSON pointer of the list of items, `*` for any name; without it a bare list, lines, or single objects |
/// | `[fields]` | field of the record = JSON pointer inside the item, or name of the column |
/// | `[constants]` | field of the record = a value that every item gets |
/// | `[attributes]` | attribute = pointer or column |
/// | `[rating]` | `from`, and `min`, `max`, `kind`, `values = { word = number }` |
/// | `[[aspect_ratings]]` | the same, and `aspect` |
/// | `zone` | offset or name of the zone of times that name none |
/// | `date_order` | `day_month` or `month_day` |
/// | `time_format` | form of the times, such as `%d.%m.%Y %H:%M`, where they are none of the usual ones |
/// | `markup` | `plain`, `html` or `markdown` |
///
/// Fields are `id`, `text`, `title`, `created_at`, `updated_at`, `customer` (the name), `customer_id`, `email`,
/// `product`, `order`, `courier`, `region`, `store`, `agent`, `team`, `source`, `channel`, `touchpoint`,
/// `language`, `tags`, `reply`, `parent_id`, `follow_up_of` and the other fields of a table. Members of a JSON item
/// from which nothing is taken, and columns that are not named, are kept in `extra`. Without `source` the name
/// of the mapping is the source.
///
/// ```
/// use candor::channel::{Adapter, Mapping};
/// let mapping = Mapping::parse("helpdesk", r#"
///     items = "/tickets"
///     zone = "+08:00"
///     [fields]
///     id = "/number"
///     text = "/first/body"
///     created_at = "/opened"
///     [rating]
///     from = "/smile"
///     kind = "csat"
///     min = 0
///     max = 1
///     values = { happy = 1, sad = 0 }
/// "#)?;
/// let payload = r#"{"tickets":[{"number":7,"first":{"body":"客服不耐烦"},"opened":"2024-05-01 10:00","smile":"sad"}]}"#;
/// let batch = mapping.parse(payload.as_bytes());
/// assert_eq!((batch.items[0].id(), batch.items[0].text()), ("7", "客服不耐烦"));
/// assert_eq!(batch.items[0].rating().unwrap().normalized(), Some(0.0));
/// assert_eq!(batch.items[0].created_at().unwrap().to_string(), "2024-05-01T02:00:00Z");
///
/// let error = Mapping::parse("helpdesk", "[fields]\ntxt = \"/body\"\n").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "mapping \"helpdesk\", line 2, column 1: field \"txt\" is not known; did you mean \"text\"?"
/// );
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Mapping {
    name: String,
    items: Option<String>,
    table: bool,
    fields: Vec<(&'static str, From)>,
    constants: Vec<(&'static str, String)>,
    attributes: Vec<(String, From)>,
    rating: Option<RatingRule>,
    aspects: Vec<(String, RatingRule)>,
    zone: Option<TimeZone>,
    order: Option<DateOrder>,
    time_format: Option<String>,
    markup: Format,
}

impl Adapter for Mapping {
    fn name(&self) -> &str {
        &self.name
    }

    fn sniff(&self, head: &[u8]) -> Confidence {
        let text = encoding::head(head);
        let json = text.trim_start().starts_with(['{', '[']);
        if json == self.table {
            return Confidence::No;
        }
        let named = |from: &From| from.names().all(|name| text.contains(name));
        let all = self.places().filter(|from| named(from)).count();
        if all > 0 { Confidence::Likely } else { Confidence::No }
    }

    fn read<'a>(
        &'a self,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
        let cursor = Cursor::new(input, options.limit());
        let zone = self.zone.clone().unwrap_or_else(|| options.time_zone().clone());
        let clock = Clock::new(zone, self.order.or(options.order()));
        let input = match Input::open(self, cursor) {
            Ok(Some(input)) => input,
            Ok(None) => return Box::new(iter::empty()),
            Err(Broken { error, raw }) => return Box::new(iter::once(Err(Reject::new(0, error, &raw)))),
        };
        Box::new(Items { mapping: self, input, clock, options, ready: VecDeque::new(), index: 0 })
    }
}

impl Mapping {
    /// Reads a mapping; `name` is the adapter's name and stands in errors.
    ///
    /// # Errors
    /// [`ErrorKind::Syntax`](crate::ErrorKind::Syntax) when the text is no TOML or a value has the wrong type, [`ErrorKind::Unknown`](crate::ErrorKind::Unknown) for a
    /// key, field or kind that is not known, [`ErrorKind::Missing`](crate::ErrorKind::Missing) when nothing fills text, title or rating,
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) when pointers and columns are mixed or a scale is none. The location names the
    /// mapping, the line and the column.
    pub fn parse(name: &str, toml: &str) -> Result<Self> {
        load::mapping(name, toml)
    }

    fn places(&self) -> impl Iterator<Item = &From> {
        let fields = self.fields.iter().map(|(_, from)| from);
        let rules = self.rating.iter().chain(self.aspects.iter().map(|(_, rule)| rule));
        fields.chain(self.attributes.iter().map(|(_, from)| from)).chain(rules.map(|rule| &rule.from))
    }

    /// The records of one item.
    fn records(&self, record: &Record<'_>, fallback: String, clock: &Clock) -> Result<Vec<Feedback>> {
        let mut columns: Vec<(&'static str, String)> = Vec::new();
        let mut cells = Vec::new();
        for (field, from) in &self.fields {
            if let Some(value) = record.text(from) {
                columns.push((field, from.to_string()));
                cells.push(if field.ends_with("_at") { self.time(value, clock) } else { value });
            }
        }
        for (field, value) in &self.constants {
            if !columns.iter().any(|(filled, _)| filled == field) {
                columns.push((field, (*field).to_owned()));
                cells.push(value.clone());
            }
        }
        let row = Row::of(cells, Place { line: 1, column: 1 });
        let mut found = row::read_with(&Header::of(columns), &row, fallback, clock, |mut builder| {
            if let Some(rating) = self.rating.as_ref().map(|rule| rule.read(record)).transpose()?.flatten() {
                builder = builder.rating(rating);
            }
            let aspects =
                self.aspects.iter().filter_map(|(name, rule)| rule.aspect(name, record).transpose());
            let aspects = aspects.collect::<Result<Vec<_>>>()?;
            if !aspects.is_empty() {
                builder = builder.aspect_ratings(aspects);
            }
            for (name, from) in &self.attributes {
                if let Some(value) = record.text(from) {
                    builder = builder.attribute(name, value);
                }
            }
            Ok(builder.format(self.markup))
        })?;
        if let Some(first) = found.first_mut() {
            for (name, value) in record.rest(|name| self.places().any(|from| from.is_in(name))) {
                first.extra.insert(name, value);
            }
        }
        Ok(found)
    }

    /// A time in the mapping's own form as RFC 3339; any other as it came.
    fn time(&self, text: String, clock: &Clock) -> String {
        let Some(format) = &self.time_format else { return text };
        clock.read_as(format, text.trim()).map_or(text, |at| at.to_string())
    }
}

struct Items<'a> {
    mapping: &'a Mapping,
    input: Input<'a>,
    clock: Clock,
    options: &'a ReadOptions,
    ready: VecDeque<Feedback>,
    index: u64,
}

impl Items<'_> {
    /// Reads one more item into `ready`; `None` at the end.
    fn advance(&mut self) -> Option<Result<(), Fault>> {
        let Piece { raw, place, path, repaired, content } = match self.input.piece()? {
            Ok(piece) => piece,
            Err(fault) => return Some(Err(fault)),
        };
        let source = self.options.source_or(&self.mapping.name);
        let at = if self.mapping.table {
            format!("{}", place.line)
        } else {
            format!("{}:{}", place.line, place.column)
        };
        let read = content.and_then(|content| {
            self.mapping.records(&content.record(), format!("{source}:{at}"), &self.clock)
        });
        Some(match read {
            Ok(mut found) => {
                if repaired {
                    for item in &mut found {
                        item.encoding_repaired = true;
                    }
                }
                self.ready.extend(found);
                Ok(())
            }
            Err(error) => {
                let path = format!("{path}{}", error.location().path().unwrap_or_default());
                let error = error.at_line(place.line);
                let error = if self.mapping.table { error } else { error.at_column(place.column) };
                let error = if path.is_empty() { error } else { error.at_path(path) };
                Err(Fault { error, raw })
            }
        })
    }
}

impl Iterator for Items<'_> {
    type Item = Result<Feedback, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(Ok(item));
            }
            self.index += 1;
            if let Err(Fault { error, raw }) = self.advance()? {
                return Some(Err(Reject::new(self.index - 1, error, &raw)));
            }
        }
    }
}

#[cfg(test)]
mod tests;
