//! The mergeable state behind all numbers.

use super::cell::Cell;
use super::quote::{Best, Quote};
use super::stance::{Stance, stances};
use super::state::{State, StateRef};
use super::table::Table;
use super::{DIMENSIONS, Summary, SummaryOptions, summarise};
use crate::annotate::Insight;
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::Feedback;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};

/// Version of the stored form.
pub(super) const SCHEMA: u32 = 1;

/// Counts over many items: per topic, scope and day.
///
/// Items come in by [`push`](Self::push), states of other threads or days by [`merge`](Self::merge), in any
/// order with the same result; [`summary`](Self::summary) gives the numbers, [`alarms`](Self::alarms) tells bursts
/// and shifts. An item counts for a topic when it has at least one negative opinion or a reported problem there.
/// Items without a date count in totals but in no trend. Every item pushed counts: leave out what should not (duplicates, spam).
///
/// Serialised, equal contents give equal bytes. Customers are held as exact sets of 64-bit hashes (8 bytes a
/// customer, topic, scope and day); they are to be replaced by sketches with a stated error.
///
/// ```
/// use candor::metrics::{Aggregate, SummaryOptions};
/// let (mut monday, tuesday) = (Aggregate::new(), Aggregate::new());
/// monday.merge(&tuesday)?;
/// assert_eq!(monday.summary(&SummaryOptions::default()).items, 0);
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "State")]
pub struct Aggregate {
    pub(super) bucket_days: u16,
    pub(super) strings: Table,
    pub(super) cells: BTreeMap<Key, Cell>,
    pub(super) quotes: BTreeMap<Group, Best>,
    pub(super) fingerprints: BTreeSet<String>,
}

/// A topic (all of them for `None`) in a scope (dimension and value; everything for `None`), by string numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Group {
    pub(super) topic: Option<u32>,
    pub(super) scope: Option<(u32, u32)>,
}

/// A group in a time bucket; `None` for items without a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Key {
    pub(super) group: Group,
    pub(super) bucket: Option<i32>,
}

impl Group {
    pub(super) fn renumbered(self, number: impl Fn(u32) -> u32) -> Self {
        let scope = self.scope.map(|(dimension, value)| (number(dimension), number(value)));
        Self { topic: self.topic.map(number), scope }
    }

    pub(super) fn strings(self) -> impl Iterator<Item = u32> {
        self.topic.into_iter().chain(self.scope.into_iter().flat_map(|(dimension, value)| [dimension, value]))
    }
}

impl Key {
    pub(super) fn renumbered(self, number: impl Fn(u32) -> u32) -> Self {
        Self { group: self.group.renumbered(number), ..self }
    }
}

impl Default for Aggregate {
    fn default() -> Self {
        Self {
            bucket_days: 1,
            strings: Table::default(),
            cells: BTreeMap::new(),
            quotes: BTreeMap::new(),
            fingerprints: BTreeSet::new(),
        }
    }
}

impl Aggregate {
    /// An empty state with buckets of one day (UTC).
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty state with wider buckets: less memory, coarser trends.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for 0 days.
    pub fn with_bucket_days(days: u16) -> Result<Self> {
        if days == 0 {
            return Err(Error::new(ErrorKind::OutOfRange, "a bucket of 0 days holds nothing"));
        }
        Ok(Self { bucket_days: days, ..Self::default() })
    }

    /// Counts one item with its verdict.
    ///
    /// ```
    /// use candor::{Engine, Feedback, metrics::{Aggregate, SummaryOptions}};
    /// let engine = Engine::builder().build()?;
    /// let feedback = Feedback::from_text("Delivery was far too slow");
    /// let mut aggregate = Aggregate::new();
    /// aggregate.push(&feedback, &engine.analyze(&feedback));
    /// assert_eq!(aggregate.summary(&SummaryOptions::default()).items, 1);
    /// # Ok::<(), candor::Error>(())
    /// ```
    pub fn push(&mut self, feedback: &Feedback, insight: &Insight) {
        if !self.fingerprints.contains(insight.fingerprint()) {
            self.fingerprints.insert(insight.fingerprint().to_owned());
        }
        let bucket = feedback.created_at().map(|at| self.bucket(at));
        let stances: Vec<(u32, Stance, Option<Quote>)> = stances(insight)
            .map(|stance| {
                let quote = stance.negative.then(|| Quote::of(feedback, insight, stance.topic));
                (self.strings.intern(insight.path(stance.topic)), stance, quote)
            })
            .collect();
        for scope in self.scopes(feedback) {
            let all = Group { topic: None, scope };
            self.cells.entry(Key { group: all, bucket }).or_default().count(feedback, insight);
            for (topic, stance, quote) in &stances {
                let group = Group { topic: Some(*topic), scope };
                self.cells.entry(Key { group, bucket }).or_default().count_topic(feedback, insight, *stance);
                if let Some(quote) = quote {
                    self.quotes.entry(group).or_default().offer(quote);
                }
            }
        }
    }

    /// Adds everything another state holds.
    ///
    /// States made by different engines can be merged: the summary tells
    /// ([`is_mixed`](Summary::is_mixed)).
    ///
    /// # Errors
    /// [`ErrorKind::Incompatible`] when the buckets are not equally wide.
    pub fn merge(&mut self, other: &Self) -> Result<()> {
        if self.bucket_days != other.bucket_days {
            let (own, theirs) = (self.bucket_days, other.bucket_days);
            let message = format!("cannot merge buckets of {theirs} days into buckets of {own} days");
            return Err(Error::new(ErrorKind::Incompatible, message));
        }
        let numbers: Vec<u32> = other.strings.iter().map(|text| self.strings.intern(text)).collect();
        let number = |id: u32| numbers.get(id as usize).copied().unwrap_or_default();
        for (key, cell) in &other.cells {
            self.cells.entry(key.renumbered(number)).or_default().merge(cell);
        }
        for (group, best) in &other.quotes {
            self.quotes.entry(group.renumbered(number)).or_default().merge(best);
        }
        self.fingerprints.extend(other.fingerprints.iter().cloned());
        Ok(())
    }

    /// The numbers of everything counted so far, or of the period in the options.
    pub fn summary(&self, options: &SummaryOptions) -> Summary {
        summarise::summary(self, options)
    }

    /// Number of the bucket that holds an instant: days since 1970-01-01 (UTC) by the width of a bucket.
    pub(super) fn bucket(&self, at: Timestamp) -> i32 {
        let day = at.as_second().div_euclid(86_400);
        day.div_euclid(i64::from(self.bucket_days)) as i32
    }

    pub(super) fn first_day(&self, bucket: i32) -> Option<Date> {
        let days = i64::from(bucket) * i64::from(self.bucket_days);
        jiff::civil::date(1970, 1, 1).checked_add(SignedDuration::from_hours(24 * days)).ok()
    }

    fn scopes(&mut self, feedback: &Feedback) -> Vec<Option<(u32, u32)>> {
        let mut scopes = vec![None];
        for dimension in DIMENSIONS {
            if let Some(value) = feedback.scope(dimension).map(str::trim).filter(|value| !value.is_empty()) {
                scopes.push(Some((self.strings.intern(dimension), self.strings.intern(value))));
            }
        }
        scopes
    }
}

impl PartialEq for Aggregate {
    fn eq(&self, other: &Self) -> bool {
        StateRef::of(self) == StateRef::of(other)
    }
}

impl Serialize for Aggregate {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        StateRef::of(self).serialize(serializer)
    }
}
