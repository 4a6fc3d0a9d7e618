//! The mergeable state: phrases with their counts.

use super::options::ThemeOptions;
use super::rank;
use super::read::Reader;
use super::state::State;
use super::tally::{Counts, Item, Tally};
use super::theme::Theme;
use crate::annotate::Insight;
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::Feedback;
use crate::metrics::stable;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize, Serializer};

/// Phrases held unless told.
const CAP: usize = 300_000;
/// Fewest phrases a state may be told to hold.
const LEAST_CAP: usize = 1000;

/// Counts the phrases of many items that no topic knows; [`summary`](Self::summary) ranks them.
///
/// Memory is bounded: when more than [`cap`](Self::with_cap) phrases are held, the rarest are dropped until a quarter is
/// free, and [`shortfall`](Self::shortfall) says how many items any count may then be short of (the batch form of the
/// summaries of Misra and Gries 1982; Agarwal et al. 2012, "Mergeable summaries"). While it is 0, the merge of two states
/// equals the state of all their items. A phrase takes some 300 bytes; time is linear in the texts. Stored (serde) it has
/// a schema, and the same content gives the same bytes.
///
/// ```
/// use candor::{Engine, Feedback, discover::Themes};
/// let (engine, mut themes) = (Engine::builder().build()?, Themes::new());
/// let feedback = Feedback::from_text("The magnetic latch rattles badly");
/// themes.push(&feedback, &engine.analyze(&feedback));
/// let stored = serde_json::to_string(&themes).unwrap();
/// assert_eq!(serde_json::from_str::<Themes>(&stored).unwrap().items(), 1);
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Default, Deserialize)]
#[serde(try_from = "State")]
pub struct Themes {
    pub(super) cap: Option<usize>,
    pub(super) phrases: FxHashMap<Box<str>, Tally>,
    pub(super) counts: Counts,
    pub(super) shortfall: u64,
    reader: Reader,
}

impl Serialize for Themes {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        State::from(self).serialize(serializer)
    }
}

impl Themes {
    /// An empty state that holds at most 300,000 phrases: enough for some 10,000 reviews without a shortfall.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty state that holds at most so many phrases.
    ///
    /// ```
    /// use candor::discover::Themes;
    /// let error = Themes::with_cap(10).unwrap_err();
    /// assert_eq!(error.to_string(), "a cap of 10 phrases is too low: themes need at least 1000");
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] below 1000.
    pub fn with_cap(phrases: usize) -> Result<Self> {
        if phrases < LEAST_CAP {
            let message = format!("a cap of {phrases} phrases is too low: themes need at least {LEAST_CAP}");
            return Err(Error::new(ErrorKind::OutOfRange, message));
        }
        Ok(Self { cap: Some(phrases), ..Self::default() })
    }

    /// Counts the phrases of one item.
    ///
    /// Every item counts once a phrase; leave out what should not count (duplicates, spam). Items on which the engine
    /// abstained are passed over.
    pub fn push(&mut self, feedback: &Feedback, insight: &Insight) {
        if insight.abstained().is_some() {
            return;
        }
        let polarity = insight.sentiment().polarity;
        self.counts.add(polarity);
        let (kind, customer) = feedback.customer_key();
        let item = Item {
            number: self.counts.items,
            hash: stable(&[feedback.source().as_str(), feedback.id()]),
            customer: stable(&[kind, customer]),
            polarity,
        };
        let (phrases, shortfall) = (&mut self.phrases, self.shortfall);
        self.reader.read(feedback, insight, |found, quote| {
            if let Some(tally) = phrases.get_mut(found.words) {
                return tally.add(&found, quote, &item);
            }
            let mut tally = Tally::after(shortfall);
            tally.add(&found, quote, &item);
            phrases.insert(found.words.into(), tally);
        });
        self.prune();
    }

    /// Adds everything another state holds.
    pub fn merge(&mut self, other: &Self) {
        self.counts.merge(other.counts);
        for (phrase, tally) in &mut self.phrases {
            if !other.phrases.contains_key(phrase) {
                tally.missed += other.shortfall;
            }
        }
        for (phrase, tally) in &other.phrases {
            let shortfall = self.shortfall;
            self.phrases.entry(phrase.clone()).or_insert_with(|| Tally::after(shortfall)).merge(tally);
        }
        self.shortfall += other.shortfall;
        self.prune();
    }

    /// The themes that stand out, best first: by the z-score of their leading phrase times its C-value over its count.
    #[must_use]
    pub fn summary(&self, options: &ThemeOptions<'_>) -> Vec<Theme> {
        rank::themes(self, options)
    }

    /// Items counted.
    pub fn items(&self) -> u64 {
        self.counts.items
    }

    /// Items that any count may be short of, because phrases were dropped to bound the memory.
    pub fn shortfall(&self) -> u64 {
        self.shortfall
    }

    pub(super) fn counts(&self) -> Counts {
        self.counts
    }

    pub(super) fn phrases(&self) -> impl Iterator<Item = (&str, &Tally)> {
        self.phrases.iter().map(|(phrase, tally)| (&**phrase, tally))
    }

    /// Items that hold the phrase, at most.
    pub(super) fn at_most(&self, phrase: &str) -> u64 {
        self.phrases.get(phrase).map_or(self.shortfall, |tally| tally.counts.items + tally.missed)
    }

    /// Drops the phrases of the fewest items, all of a count at once: the order of the items does not matter.
    fn prune(&mut self) {
        let cap = self.cap.unwrap_or(CAP);
        if self.phrases.len() <= cap {
            return;
        }
        let mut counts: Vec<u64> = self.phrases.values().map(|tally| tally.counts.items).collect();
        let place = counts.len() - cap / 4 * 3 - 1;
        let dropped = *counts.select_nth_unstable(place).1;
        self.phrases.retain(|_, tally| tally.counts.items > dropped);
        self.shortfall += dropped;
    }
}
