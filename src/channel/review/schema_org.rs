//! Schema.org reviews: JSON-LD (bare, in lists, in `@graph`, nested in what they review) and HTML pages that
//! carry JSON-LD or microdata.
//!
//! A rating without `bestRating` and `worstRating` is on 1..5, as the vocabulary says; `80%` and `4/5` bring
//! their own scale. A rating with a `reviewAspect` rates that aspect. Notes in favour and against become turns
//! that know their question. What is reviewed is the product, or the store when it is a place or firm. Totals
//! (`aggregateRating`) and checks of facts are no feedback. A page or document is read as a whole, one that is
//! a list of them an entry at a time.

mod microdata;
mod page;
mod review;
mod walk;
mod write;

use crate::channel::parse::cursor::{Cursor, Place};
use crate::channel::parse::encoding;
use crate::channel::parse::json::{Elements, Fault};
use crate::channel::parse::time::Clock;
use crate::channel::{Adapter, Confidence, ReadOptions, Reject};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::Feedback;
use crate::feedback::schema::parse_json;
use serde_json::Value;
use std::collections::VecDeque;
use std::io::BufRead;
use std::iter;

/// `schema_org`.
pub(super) struct SchemaOrg;

impl Adapter for SchemaOrg {
    fn name(&self) -> &'static str {
        "schema_org"
    }

    fn sniff(&self, head: &[u8]) -> Confidence {
        let text = encoding::head(head);
        let start = text.trim_start();
        let named = text.contains("schema.org");
        let review = ["reviewBody", "reviewRating", "\"review\"", "Review\"", "/Review"]
            .iter()
            .any(|w| text.contains(w));
        match start.bytes().next() {
            Some(b'<') if named && review => Confidence::Certain,
            Some(b'<') if text.contains("application/ld+json") => Confidence::Possible,
            Some(b'{' | b'[') if text.contains("\"@type\"") && review && named => Confidence::Certain,
            Some(b'{' | b'[') if text.contains("\"@type\"") && review => Confidence::Likely,
            _ => Confidence::No,
        }
    }

    fn read<'a>(
        &'a self,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
        let mut cursor = Cursor::new(input, options.limit());
        let first = cursor.pass_while(|b| b.is_ascii_whitespace()).and_then(|()| cursor.peek());
        let documents = match first {
            Err(error) => return Box::new(iter::once(Err(Reject::new(0, error, &[])))),
            Ok(Some(b'<')) => Documents::Page(page::documents(&mut cursor)),
            Ok(_) => Documents::Stream(Box::new(Elements::at(cursor, []))),
        };
        let clock = Clock::new(options.time_zone().clone(), options.order());
        Box::new(Items { documents, clock, options, ready: VecDeque::new(), index: 0 })
    }
}

/// One document: a value, where it begins, and its place in a list of documents.
struct Document {
    value: Value,
    place: Place,
    path: String,
    repaired: bool,
}

enum Documents<'a> {
    Page(VecDeque<Result<Document, Fault>>),
    Stream(Box<Elements<'a>>),
}

impl Documents<'_> {
    fn next(&mut self) -> Option<Result<Document, Fault>> {
        match self {
            Self::Page(all) => all.pop_front(),
            Self::Stream(elements) => {
                let element = match elements.next()? {
                    Ok(element) => element,
                    Err(fault) => return Some(Err(fault)),
                };
                let repaired = element.repaired;
                Some(document(element.raw, element.place, element.path, repaired))
            }
        }
    }
}

/// A document from its JSON text.
fn document(raw: Vec<u8>, place: Place, path: String, repaired: bool) -> Result<Document, Fault> {
    match parse_json::<Value>(&raw) {
        Ok(value) => Ok(Document { value, place, path, repaired }),
        Err(error) => {
            let (line, column) = match (error.location().line(), error.location().column()) {
                (Some(1), Some(column)) => (place.line, place.column + column - 1),
                (Some(line), Some(column)) => (place.line + line - 1, column),
                _ => (place.line, place.column),
            };
            Err(Fault { error: error.at_line(line).at_column(column), raw })
        }
    }
}

struct Items<'a> {
    documents: Documents<'a>,
    clock: Clock,
    options: &'a ReadOptions,
    ready: VecDeque<Result<Feedback, Fault>>,
    index: u64,
}

impl Items<'_> {
    fn take(&mut self, document: &Document) {
        let Document { value, place, path, repaired } = document;
        let source = self.options.source_or("schema_org");
        let found = walk::reviews(value);
        if found.is_empty() {
            let error = Error::new(ErrorKind::Missing, "the document holds no review");
            self.ready.push_back(Err(Fault { error: located(error, *place, path), raw: Vec::new() }));
        }
        for one in found {
            let pointer = format!("{path}{}", one.path);
            let fallback = format!("{source}:{}:{}{pointer}", place.line, place.column);
            let read = review::read(&one, &fallback, &self.clock);
            self.ready.push_back(match read {
                Ok(mut item) => {
                    item.encoding_repaired |= repaired;
                    Ok(item)
                }
                Err(error) => {
                    let pointer = format!("{pointer}{}", error.location().path().unwrap_or_default());
                    let raw = Value::Object(one.review.clone()).to_string().into_bytes();
                    Err(Fault { error: located(error, *place, &pointer), raw })
                }
            });
        }
    }
}

fn located(error: Error, place: Place, path: &str) -> Error {
    let error = error.at_line(place.line).at_column(place.column);
    if path.is_empty() { error } else { error.at_path(path) }
}

impl Iterator for Items<'_> {
    type Item = Result<Feedback, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() {
            match self.documents.next()? {
                Ok(document) => self.take(&document),
                Err(fault) => self.ready.push_back(Err(fault)),
            }
        }
        let index = self.index;
        self.index += 1;
        self.ready
            .pop_front()
            .map(|item| item.map_err(|Fault { error, raw }| Reject::new(index, error, &raw)))
    }
}

/// The record as a Schema.org `Review` in JSON-LD.
///
/// What the vocabulary can say stands in its properties, every other field under `additionalProperty` with the
/// `propertyID` `candor`, so that the adapter `schema_org` reads the same record back.
///
/// ```
/// use candor::channel::{adapter, to_schema_org};
/// use candor::feedback::{Feedback, Rating};
/// let item = Feedback::builder("r-17")
///     .text("物流太慢")
///     .rating(Rating::stars(2.0)?)
///     .product("极光台灯")
///     .courier("顺风")
///     .build()?;
/// let review = to_schema_org(&item);
/// assert_eq!(review["@type"], "Review");
/// assert_eq!(review["itemReviewed"]["name"], "极光台灯");
/// let again = adapter("schema_org")?.parse(review.to_string().as_bytes());
/// assert_eq!(again.items, [item]);
/// # Ok::<(), candor::Error>(())
/// ```
#[must_use]
pub fn to_schema_org(item: &Feedback) -> Value {
    write::review(item)
}
