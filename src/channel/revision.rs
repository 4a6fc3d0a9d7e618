//! Importing the same source again: every item once, in its newest version.

use crate::feedback::{Feedback, Rating, Source};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::mem;

/// The items of any number of imports, each once and in its newest version.
///
/// * Items are the same when source and id are. An id that an adapter had to make up names a line, not an item:
///   then source, customer, product, second of writing and first words count, and the line only where
///   neither a customer nor a time is known. Such an item keeps the id it came with first.
/// * Newer is what has the later `updated_at`, else `created_at`; at the same time, or without one, what comes
///   later. Turns that a conversation has gained arrive that way.
/// * A version whose rating was changed by a newer one is kept among the [`earlier`](Self::earlier) ones.
///
/// The same imports in the same order always give the same items, in the order in which they were first seen.
///
/// ```
/// # #[cfg(feature = "json")] {
/// use candor::channel::{Revision, Revisions, adapter};
/// let may = r#"{"id":"r1","source":"shop","text":"Broke at once","rating":{"value":1,"min":1,"max":5},"updated_at":"2024-05-01T08:00:00Z"}
/// {"id":"r2","source":"shop","text":"Fine"}"#;
/// let june = r#"{"id":"r1","source":"shop","text":"They replaced it","rating":{"value":4,"min":1,"max":5},"updated_at":"2024-06-03T08:00:00Z"}
/// {"id":"r2","source":"shop","text":"Fine"}"#;
/// let jsonl = adapter("jsonl")?;
/// let mut all: Revisions = jsonl.parse(may.as_bytes()).items.into_iter().collect();
/// let changes: Vec<Revision> = jsonl.parse(june.as_bytes()).items.into_iter().map(|item| all.push(item)).collect();
/// assert_eq!(changes, [Revision::Newer, Revision::Unchanged]);
/// let texts: Vec<&str> = all.items().map(|item| item.text()).collect();
/// assert_eq!(texts, ["They replaced it", "Fine"]);
/// let first = all.items().next().unwrap();
/// assert_eq!(all.earlier(first)[0].text(), "Broke at once");
/// // An old export that is read late changes nothing.
/// assert_eq!(all.push(jsonl.parse(may.as_bytes()).items.remove(0)), Revision::Older);
/// assert_eq!(all.len(), 2);
/// # }
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Revisions {
    places: BTreeMap<Key, usize>,
    entries: Vec<Entry>,
}

/// What an item turned out to be when it was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Revision {
    /// It was not there.
    New,
    /// It was there in this very version.
    Unchanged,
    /// It replaced the version that was there.
    Newer,
    /// The version that was there is newer and stays.
    Older,
}

/// What makes two items the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Id(Source, String),
    Words {
        source: Source,
        line: Option<String>,
        customer: String,
        product: String,
        at: Option<i64>,
        words: String,
    },
}

#[derive(Debug, Clone)]
struct Entry {
    newest: Feedback,
    /// Oldest first.
    earlier: Vec<Feedback>,
}

impl Revisions {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an item, or another version of one.
    pub fn push(&mut self, item: Feedback) -> Revision {
        let key = Key::of(&item);
        if let Some(entry) = self.places.get(&key).and_then(|place| self.entries.get_mut(*place)) {
            return entry.revise(item);
        }
        self.places.insert(key, self.entries.len());
        self.entries.push(Entry { newest: item, earlier: Vec::new() });
        Revision::New
    }

    /// The newest version of every item.
    pub fn items(&self) -> impl Iterator<Item = &Feedback> {
        self.entries.iter().map(|entry| &entry.newest)
    }

    /// The versions of this item that were rated differently before, oldest first.
    pub fn earlier(&self, item: &Feedback) -> &[Feedback] {
        let entry = self.places.get(&Key::of(item)).and_then(|place| self.entries.get(*place));
        entry.map(|entry| entry.earlier.as_slice()).unwrap_or_default()
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The newest version of every item, given away.
    #[must_use]
    pub fn into_items(self) -> Vec<Feedback> {
        self.entries.into_iter().map(|entry| entry.newest).collect()
    }
}

impl Extend<Feedback> for Revisions {
    fn extend<I: IntoIterator<Item = Feedback>>(&mut self, items: I) {
        for item in items {
            self.push(item);
        }
    }
}

impl FromIterator<Feedback> for Revisions {
    fn from_iter<I: IntoIterator<Item = Feedback>>(items: I) -> Self {
        let mut all = Self::new();
        all.extend(items);
        all
    }
}

impl Key {
    fn of(item: &Feedback) -> Self {
        let source = item.source().clone();
        if !item.has_generated_id() {
            return Self::Id(source, item.id().to_owned());
        }
        let customer = item.customer();
        let customer = [&customer.id, &customer.email, &customer.name].into_iter().flatten().next();
        let at = item.created_at().map(Timestamp::as_second);
        let known = customer.is_some() || at.is_some();
        // A conversation grows at its end.
        let first = item.turns().iter().map(|turn| turn.text.as_str()).find(|text| !text.trim().is_empty());
        let words = [item.title(), item.text(), first.unwrap_or_default()];
        Self::Words {
            source,
            line: (!known).then(|| item.id().to_owned()),
            customer: customer.cloned().unwrap_or_default(),
            product: item.product().unwrap_or_default().to_owned(),
            at,
            words: words.map(bare).join("\n"),
        }
    }
}

/// Words without case and width of blanks.
fn bare(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Entry {
    fn revise(&mut self, mut item: Feedback) -> Revision {
        if item.has_generated_id() {
            item.id.clone_from(&self.newest.id);
        }
        if item == self.newest {
            return Revision::Unchanged;
        }
        if is_before(&item, &self.newest) {
            self.insert(item);
            return Revision::Older;
        }
        let last = mem::replace(&mut self.newest, item);
        if last.rating() != self.newest.rating() {
            self.earlier.push(last);
        }
        Revision::Newer
    }

    /// Puts an older version in its place, unless a neighbour has the same rating.
    fn insert(&mut self, item: Feedback) {
        let at = self.earlier.partition_point(|version| !is_before(&item, version));
        let before = at.checked_sub(1).and_then(|before| self.earlier.get(before));
        let after = self.earlier.get(at).unwrap_or(&self.newest);
        let rated = |version: &Feedback| -> Option<Rating> { version.rating().copied() };
        if before.is_none_or(|before| rated(before) != rated(&item)) && rated(after) != rated(&item) {
            self.earlier.insert(at, item);
        }
    }
}

/// Whether the first was surely written before the second.
fn is_before(item: &Feedback, other: &Feedback) -> bool {
    let at = |item: &Feedback| item.updated_at().or(item.created_at());
    matches!((at(item), at(other)), (Some(first), Some(second)) if first < second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feedback::{Customer, FeedbackBuilder, Turn};

    fn review(id: &str, stars: f64, day: i64) -> Feedback {
        let at = Timestamp::from_second(day * 86_400).unwrap();
        let rating = Rating::stars(stars).unwrap();
        Feedback::builder(id).text(format!("day {day}")).rating(rating).updated_at(at).build().unwrap()
    }

    fn texts<'i>(items: impl IntoIterator<Item = &'i Feedback>) -> Vec<&'i str> {
        items.into_iter().map(Feedback::text).collect()
    }

    #[test]
    fn the_newest_version_wins_in_any_order() {
        let days = [review("a", 1.0, 1), review("a", 4.0, 2), review("a", 2.0, 3)];
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let twice = order.iter().chain(&order).map(|i| days[*i].clone());
            let all: Revisions = twice.collect();
            assert_eq!(texts(all.items()), ["day 3"], "{order:?}");
            assert_eq!(texts(all.earlier(&days[0])), ["day 1", "day 2"], "{order:?}");
        }
    }

    #[test]
    fn versions_of_one_rating_are_not_kept() {
        let mut all = Revisions::new();
        let changes = [1, 2, 2].map(|day| all.push(review("a", 3.0, day)));
        assert_eq!(changes, [Revision::New, Revision::Newer, Revision::Unchanged]);
        assert_eq!(all.earlier(&review("a", 3.0, 1)), []);
        assert_eq!((all.len(), all.is_empty()), (1, false));
    }

    #[test]
    fn without_times_the_later_import_wins() {
        let item = |text: &str| Feedback::builder("a").text(text).build().unwrap();
        let mut all: Revisions = [item("one"), item("two")].into_iter().collect();
        assert_eq!(all.push(item("two")), Revision::Unchanged);
        assert_eq!(texts(&all.into_items()), ["two"]);
    }

    /// An item whose id is its line.
    fn line(number: u32, customer: &str, text: &str) -> FeedbackBuilder {
        let name = (!customer.is_empty()).then(|| customer.to_owned());
        let customer = Customer { name, ..Customer::default() };
        Feedback::builder(format!("csv:{number}")).generated_id(true).text(text).customer(customer)
    }

    #[test]
    fn lines_are_no_ids() {
        let mut all = Revisions::new();
        let mut push = |builder: FeedbackBuilder| all.push(builder.build().unwrap());
        assert_eq!(push(line(2, "Ana", "Too  late")), Revision::New);
        // The same in a file with other lines above it.
        assert_eq!(push(line(7, "Ana", "Too  late")), Revision::Unchanged);
        assert_eq!(push(line(2, "Ben", "Too late")), Revision::New);
        assert_eq!(push(line(2, "Ana", "Too late").product("lamp")), Revision::New);
        // Who says the same without a name may be somebody else.
        assert_eq!(push(line(2, "", "fine")), Revision::New);
        assert_eq!(push(line(3, "", "fine")), Revision::New);
        assert_eq!(push(line(3, "", "fine")), Revision::Unchanged);
    }

    #[test]
    fn conversations_grow() {
        let chat = |texts: &[&str]| {
            let turns = texts.iter().map(|text| Turn { text: (*text).to_owned(), ..Turn::default() });
            line(1, "Ana", "").turns(turns.collect()).build().unwrap()
        };
        let mut all = Revisions::new();
        assert_eq!(all.push(chat(&["hello"])), Revision::New);
        assert_eq!(all.push(chat(&["hello", "anyone?"])), Revision::Newer);
        assert_eq!(all.items().next().map(|item| item.turns().len()), Some(2));
    }
}
