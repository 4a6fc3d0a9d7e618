//! JSON of no named vendor: a list of objects anywhere in a document, single objects, several documents one after
//! the other, any of these in a JSONP wrapper.
//!
//! Members are understood by their names, with the same list as the columns of a table (`data/header.tsv`); a name
//! inside an object counts together with that of the object, so `author.name` is the customer's. Where the
//! items are is told by the head of the document: the list whose objects hold the most of a record, words before
//! ratings before titles, outer lists before inner ones. Records in the crate's own form are read as such. What
//! fills no field is kept in `extra`. A document that is cut off gives its whole items.

mod object;
mod shape;

use crate::channel::parse::cursor::Cursor;
use crate::channel::parse::encoding;
use crate::channel::parse::json::{Element, Elements, Fault};
use crate::channel::parse::time::Clock;
use crate::channel::{Adapter, Confidence, ReadOptions, Reject};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::Feedback;
use crate::feedback::schema::parse_json;
use object::Content;
use serde_json::Value;
use shape::Shape;
use std::collections::VecDeque;
use std::io::BufRead;
use std::iter;

/// `json`.
pub(super) struct Json;

impl Adapter for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn sniff(&self, head: &[u8]) -> Confidence {
        match shape::look(&encoding::head(head)).filter(|shape| shape.content > Content::None) {
            Some(shape) if shape.fields > 1 => Confidence::Likely,
            Some(_) => Confidence::Possible,
            None => Confidence::No,
        }
    }

    fn read<'a>(
        &'a self,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
        let mut cursor = Cursor::new(input, options.limit());
        let shape = match cursor.ahead() {
            Ok(ahead) => shape::look(&String::from_utf8_lossy(ahead)).unwrap_or_default(),
            Err(error) => return Box::new(iter::once(Err(Reject::new(0, error, &[])))),
        };
        let Shape { path, order, .. } = shape;
        Box::new(Items {
            clock: Clock::new(options.time_zone().clone(), options.order().or(order)),
            elements: Elements::at(cursor, path),
            source: options.source_or("json"),
            ready: VecDeque::new(),
            index: 0,
        })
    }
}

struct Items<'a> {
    elements: Elements<'a>,
    clock: Clock,
    source: &'a str,
    ready: VecDeque<Result<Feedback, Reject>>,
    index: u64,
}

impl Items<'_> {
    /// Reads an element, or the items inside of one that is none itself.
    fn take(&mut self, element: &Element) {
        let value = match parse_json::<Value>(&element.raw) {
            Ok(value) => value,
            Err(error) => return self.refuse(element, "", error),
        };
        let mut found = Vec::new();
        object::items(&value, element.path.is_empty(), String::new(), &mut found);
        if found.is_empty() {
            let message = match &value {
                Value::Object(_) => "no member holds a text, title or rating",
                _ => "expected an object",
            };
            self.refuse(element, "", Error::new(ErrorKind::Missing, message));
        }
        for (pointer, item) in found {
            let place = element.place;
            let id = format!("{}:{}:{}{pointer}", self.source, place.line, place.column);
            match object::read(item, id, &self.clock) {
                Ok(all) => {
                    let broken = element.repaired;
                    self.ready.extend(all.into_iter().map(|mut item| {
                        item.encoding_repaired |= broken;
                        Ok(item)
                    }));
                    self.index += 1;
                }
                Err(error) => self.refuse(element, &pointer, error),
            }
        }
    }

    fn refuse(&mut self, element: &Element, pointer: &str, error: Error) {
        let error = match error.location().path().map(|path| format!("{pointer}{path}")) {
            Some(path) => error.at_path(path),
            None if pointer.is_empty() => error,
            None => error.at_path(pointer),
        };
        self.ready.push_back(Err(Reject::new(self.index, element.locate(error), &element.raw)));
        self.index += 1;
    }
}

impl Iterator for Items<'_> {
    type Item = Result<Feedback, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            match self.elements.next()? {
                Ok(element) => self.take(&element),
                Err(Fault { error, raw }) => {
                    self.index += 1;
                    return Some(Err(Reject::new(self.index - 1, error, &raw)));
                }
            }
        }
    }
}
