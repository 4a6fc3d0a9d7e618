//! Adapters of XML sources: constants that say which elements are the items, and one function that reads one.

use super::cut::{Cut, Cuts};
use super::{Malformed, Node};
use crate::channel::parse::cursor::{Cursor, Place};
use crate::channel::parse::encoding;
use crate::channel::parse::json::Fault;
use crate::channel::parse::text::Word;
use crate::channel::parse::time::Clock;
use crate::channel::{Adapter, Confidence, ReadOptions, Reject};
use crate::error::{Error, Result};
use crate::feedback::{Feedback, FeedbackBuilder, Source};
use std::collections::{BTreeMap, VecDeque};
use std::io::BufRead;

/// Elements kept to which items refer.
const SIDES: usize = 50_000;

/// A source that hands out XML.
pub(crate) struct Feed {
    pub(crate) name: &'static str,
    pub(crate) source: Source,
    /// Names of the elements that are items.
    pub(crate) items: &'static [&'static str],
    /// Names of the elements that items refer to, such as `merchant`; used when they stand before the items.
    pub(crate) sides: &'static [&'static str],
    /// Words that mark the source; a group that is there as a whole makes it certain.
    pub(crate) marks: &'static [&'static [&'static str]],
    /// Turns one element into records.
    pub(crate) item: fn(&Item<'_>, &mut Vec<Feedback>) -> Result<()>,
}

/// One element, and what is known around it.
pub(crate) struct Item<'a> {
    pub(crate) node: &'a Node,
    pub(crate) clock: &'a Clock,
    source: &'a Source,
    options: &'a ReadOptions,
    sides: &'a Sides,
    place: Place,
    repaired: bool,
}

/// By element name and `id`.
type Sides = BTreeMap<(String, String), Node>;

impl Adapter for Feed {
    fn name(&self) -> &'static str {
        self.name
    }

    fn sniff(&self, head: &[u8]) -> Confidence {
        let text = encoding::head(head);
        if !text.trim_start().starts_with('<') {
            return Confidence::No;
        }
        let whole = self.marks.iter().any(|group| group.iter().all(|mark| text.contains(mark)));
        if whole { Confidence::Certain } else { Confidence::No }
    }

    fn read<'a>(
        &'a self,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
        let cursor = Cursor::new(input, options.limit());
        Box::new(Items {
            feed: self,
            options,
            clock: Clock::new(options.time_zone().clone(), options.order()),
            cuts: Cuts::new(cursor, [self.items, self.sides].concat()),
            sides: Sides::new(),
            ready: VecDeque::new(),
            index: 0,
        })
    }
}

struct Items<'a> {
    feed: &'a Feed,
    options: &'a ReadOptions,
    clock: Clock,
    cuts: Cuts<'a>,
    sides: Sides,
    ready: VecDeque<Feedback>,
    index: u64,
}

impl Items<'_> {
    /// Reads one element; whether it was an item.
    fn take(&mut self, cut: &Cut) -> Result<bool> {
        let text = String::from_utf8_lossy(&cut.raw);
        let node = Node::parse(&text).map_err(|Malformed { error, at }| locate(error, cut, at))?;
        if self.feed.sides.contains(&node.name.as_str()) {
            self.keep(node);
            return Ok(false);
        }
        let item = Item {
            node: &node,
            clock: &self.clock,
            source: &self.feed.source,
            options: self.options,
            sides: &self.sides,
            place: cut.place,
            repaired: cut.repaired,
        };
        let mut found = Vec::new();
        (self.feed.item)(&item, &mut found).map_err(|error| {
            let inside = error.location().path().and_then(|path| node.find(path.trim_start_matches('/')));
            let at = inside.unwrap_or(&node).at;
            locate(error, cut, at)
        })?;
        self.ready.extend(found);
        Ok(true)
    }

    /// Keeps what later items may refer to; when there is too much, older ones are forgotten.
    fn keep(&mut self, node: Node) {
        if self.sides.len() >= SIDES {
            self.sides.clear();
        }
        self.sides.insert((node.name.clone(), node.attribute("id").text()), node);
    }
}

impl Iterator for Items<'_> {
    type Item = Result<Feedback, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(Ok(item));
            }
            let Fault { error, raw } = match self.cuts.next()? {
                Ok(cut) => match self.take(&cut) {
                    Ok(is_item) => {
                        self.index += u64::from(is_item);
                        continue;
                    }
                    Err(error) => Fault { error, raw: cut.raw },
                },
                Err(fault) => fault,
            };
            self.index += 1;
            return Some(Err(Reject::new(self.index - 1, error, &raw)));
        }
    }
}

impl Item<'_> {
    /// A record of this source; without an id it gets one from its place.
    pub(crate) fn builder(&self, id: Word) -> FeedbackBuilder {
        let generated = !id.is_some();
        let id = id.into_option().unwrap_or_else(|| {
            format!(
                "{}:{}:{}",
                self.options.source_or(self.source.as_str()),
                self.place.line,
                self.place.column
            )
        });
        Feedback::builder(id)
            .source(self.source.clone())
            .generated_id(generated)
            .encoding_repaired(self.repaired)
    }

    /// The element of this name and id that stood before the items; an empty id is that of an element without.
    pub(crate) fn side(&self, name: &str, id: &str) -> Option<&Node> {
        self.sides.get(&(name.to_owned(), id.to_owned()))
    }
}

/// Tells the place of a byte of the item.
fn locate(error: Error, cut: &Cut, at: usize) -> Error {
    let place = cut.place.after(cut.raw.get(..at).unwrap_or(&cut.raw));
    error.at_line(place.line).at_column(place.column)
}
