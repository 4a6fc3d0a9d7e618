//! Adapters of JSON sources: constants that say where the items are, and one function that reads an item.

use super::encoding;
use super::json::{Element, Elements, Fault, Paths};
use super::record::reply;
use super::text::Word;
use super::time::Clock;
use crate::channel::{Adapter, Confidence, ReadOptions, Reject};
use crate::error::Result;
use crate::feedback::schema::parse_json;
use crate::feedback::{Extra, Feedback, FeedbackBuilder, Source};
use jiff::tz::{Offset, TimeZone};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};
use std::io::BufRead;

/// Side elements kept at a time.
const SIDES: usize = 50_000;

/// Items held back at a time; pages of a listing are shorter.
const HELD: usize = 1_000;

/// A source that hands out JSON.
pub(crate) struct Envelope {
    pub(crate) name: &'static str,
    pub(crate) source: Source,
    pub(crate) paths: Paths,
    /// Member names that mark the source; a group that is there as a whole makes it certain.
    pub(crate) marks: &'static [&'static [&'static str]],
    /// The zone of times that name none, where the platform implies one.
    pub(crate) offset: Option<Offset>,
    /// Turns one element into records: usually one, none when it is no feedback, two with a follow-up.
    pub(crate) item: fn(&Item<'_>, &mut Vec<Feedback>) -> Result<()>,
}

/// A source whose items come before what they refer to: they are held back until the next document begins.
pub(crate) struct Late(pub(crate) Envelope);

/// One element, and what is known around it.
pub(crate) struct Item<'a> {
    element: &'a Element,
    source: &'a Source,
    options: &'a ReadOptions,
    sides: &'a Sides,
    repaired: bool,
    pub(crate) clock: &'a Clock,
}

/// Elements that items refer to, by path and id.
type Sides = BTreeMap<(&'static str, String), Value>;

impl Adapter for Envelope {
    fn name(&self) -> &'static str {
        self.name
    }

    fn sniff(&self, head: &[u8]) -> Confidence {
        let text = encoding::head(head);
        let start = text.trim_start();
        let wrapped = |at: usize| start.get(..at).is_some_and(|call| call.trim_end().ends_with('('));
        if !start.starts_with(['{', '[']) && !start.find('{').is_some_and(wrapped) {
            return Confidence::No;
        }
        // A record in the own form keeps names of its source.
        if start.starts_with("{\"schema\":") {
            return Confidence::No;
        }
        let present = |name: &&&str| text.contains(&format!("\"{name}\""));
        let groups = self.marks.iter().map(|group| (group.iter().filter(present).count(), group.len()));
        let verdict = groups.map(|(there, all)| match there {
            _ if there == all => Confidence::Certain,
            _ if there >= 2 && there * 2 > all => Confidence::Likely,
            _ => Confidence::No,
        });
        verdict.max().unwrap_or(Confidence::No)
    }

    fn read<'a>(
        &'a self,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
        Box::new(Items::new(self, input, options))
    }
}

impl Adapter for Late {
    fn name(&self) -> &'static str {
        self.0.name
    }

    fn sniff(&self, head: &[u8]) -> Confidence {
        self.0.sniff(head)
    }

    fn read<'a>(
        &'a self,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
        Box::new(Items { held: Some(Held::default()), ..Items::new(&self.0, input, options) })
    }
}

struct Items<'a> {
    envelope: &'a Envelope,
    options: &'a ReadOptions,
    clock: Clock,
    elements: Elements<'a>,
    sides: Sides,
    /// For sources that need it.
    held: Option<Held>,
    ready: VecDeque<Feedback>,
    index: u64,
}

/// Items that wait for the end of their document.
#[derive(Default)]
struct Held {
    waiting: VecDeque<Result<Element, Fault>>,
    /// How many of them wait no longer.
    due: usize,
    /// Bytes of those that wait.
    bytes: usize,
    /// Whether side elements came after the items.
    sided: bool,
}

impl Held {
    fn push(&mut self, found: Result<Element, Fault>, limit: usize) {
        let bytes = found.as_ref().map_or(0, |element| element.raw.len());
        // An item behind side elements belongs to the next document.
        if self.sided || self.waiting.len() >= HELD || self.bytes + bytes > limit {
            self.due = self.waiting.len();
            (self.sided, self.bytes) = (false, 0);
        }
        self.bytes += bytes;
        self.waiting.push_back(found);
    }

    fn pop(&mut self) -> Option<Result<Element, Fault>> {
        self.due = self.due.checked_sub(1)?;
        self.waiting.pop_front()
    }
}

impl<'a> Items<'a> {
    fn new(envelope: &'a Envelope, input: Box<dyn BufRead + 'a>, options: &'a ReadOptions) -> Self {
        let cursor = super::cursor::Cursor::new(input, options.limit());
        let zone = envelope.offset.map_or_else(|| options.time_zone().clone(), TimeZone::fixed);
        Self {
            envelope,
            options,
            clock: Clock::new(zone, options.order()),
            elements: Elements::new(cursor, envelope.paths),
            sides: Sides::new(),
            held: None,
            ready: VecDeque::new(),
            index: 0,
        }
    }

    /// The next item or fault; side elements on the way are kept.
    fn element(&mut self) -> Option<Result<Element, Fault>> {
        loop {
            if let Some(found) = self.held.as_mut().and_then(Held::pop) {
                return Some(found);
            }
            let found = self.elements.next();
            match (found, &mut self.held) {
                (Some(Ok(element)), _) if element.side.is_some() => self.keep(&element),
                (Some(found), Some(held)) => held.push(found, self.options.limit()),
                (None, Some(held)) if !held.waiting.is_empty() => held.due = held.waiting.len(),
                (found, _) => return found,
            }
        }
    }

    fn take(&mut self, element: &Element) -> Result<(), Reject> {
        let index = self.index;
        self.index += 1;
        let item = Item {
            element,
            source: &self.envelope.source,
            options: self.options,
            sides: &self.sides,
            repaired: element.repaired,
            clock: &self.clock,
        };
        let mut found = Vec::new();
        (self.envelope.item)(&item, &mut found)
            .map_err(|error| Reject::new(index, element.locate(error), &element.raw))?;
        self.ready.extend(found);
        Ok(())
    }

    /// Keeps what later items may refer to; when there is too much, older ones are forgotten.
    fn keep(&mut self, element: &Element) {
        let Some(side) = element.side else { return };
        if let Some(held) = &mut self.held {
            held.sided = true;
        }
        let Ok(value) = parse_json::<Value>(&element.raw) else { return };
        if self.sides.len() >= SIDES {
            self.sides.clear();
        }
        let id = match value.get("id") {
            Some(Value::String(id)) => id.clone(),
            Some(id) => id.to_string(),
            None => return,
        };
        self.sides.insert((side, id), value);
    }
}

impl Iterator for Items<'_> {
    type Item = Result<Feedback, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(Ok(item));
            }
            match self.element()? {
                Ok(element) => {
                    if let Err(reject) = self.take(&element) {
                        return Some(Err(reject));
                    }
                }
                Err(Fault { error, raw }) => {
                    self.index += 1;
                    return Some(Err(Reject::new(self.index - 1, error, &raw)));
                }
            }
        }
    }
}

impl Item<'_> {
    /// The element as the type the adapter expects.
    pub(crate) fn parse<T: DeserializeOwned>(&self) -> Result<T> {
        parse_json(&self.element.raw)
    }

    /// A record of this source; without an id it gets one from its place.
    pub(crate) fn builder(&self, id: Option<String>) -> FeedbackBuilder {
        let generated = id.is_none();
        let id = id.unwrap_or_else(|| {
            let place = self.element.place;
            format!("{}:{}:{}", self.options.source_or(self.source.as_str()), place.line, place.column)
        });
        Feedback::builder(id)
            .source(self.source.clone())
            .generated_id(generated)
            .encoding_repaired(self.repaired)
    }

    /// The same with its times; one that cannot be read goes to `extra`.
    pub(crate) fn dated(
        &self,
        id: Word,
        created: &Word,
        updated: &Word,
        extra: &mut Extra,
    ) -> FeedbackBuilder {
        let builder = self.builder(id.into_option());
        self.clock.stamp(builder, created.as_deref(), updated.as_deref(), extra)
    }

    /// Adds the answer of the shop or maker, if there is one; a time that cannot be read goes to `extra`.
    pub(crate) fn reply(
        &self,
        builder: FeedbackBuilder,
        text: Word,
        at: &Word,
        extra: &mut Extra,
    ) -> FeedbackBuilder {
        let instant = at.as_deref().and_then(|at| self.clock.read(at).ok());
        if let (None, Some(words)) = (instant, at.as_deref()) {
            extra.insert("reply_at", words.into());
        }
        reply(builder, text, instant)
    }

    /// The side element of this id, if it stood before the items.
    pub(crate) fn side(&self, path: &'static str, id: &str) -> Option<&Value> {
        self.sides.get(&(path, id.to_owned()))
    }
}
