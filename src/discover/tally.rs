//! What is counted of one phrase.

use super::neighbour::Neighbours;
use super::phrase::Found;
use super::sample::Sample;
use crate::annotate::Polarity;
use crate::metrics::Quote;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Quotes kept of a phrase.
const QUOTES: usize = 3;

/// Counts of items.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Counts {
    pub(super) items: u64,
    pub(super) positive: u64,
    pub(super) negative: u64,
}

impl Counts {
    pub(super) fn add(&mut self, polarity: Polarity) {
        self.items += 1;
        self.positive += u64::from(polarity == Polarity::Positive);
        self.negative += u64::from(polarity == Polarity::Negative);
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.items += other.items;
        self.positive += other.positive;
        self.negative += other.negative;
    }
}

/// The item that is read.
pub(super) struct Item {
    /// Its place among the items pushed, from 1.
    pub(super) number: u64,
    pub(super) hash: u64,
    pub(super) customer: u64,
    pub(super) polarity: Polarity,
}

/// One phrase over all items; every part of it can be merged in any order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Tally {
    pub(super) counts: Counts,
    /// Items it may have stood in before it was counted.
    pub(super) missed: u64,
    pub(super) before: Neighbours,
    pub(super) behind: Neighbours,
    pub(super) items: Sample,
    pub(super) customers: Sample,
    pub(super) quotes: Vec<Arc<Quote>>,
    /// The item counted last.
    last: u64,
}

impl Tally {
    /// The same counts with these quotes, best first.
    pub(super) fn with_quotes(self, quotes: &[Arc<Quote>]) -> Self {
        let mut tally = Self { quotes: Vec::new(), ..self };
        for quote in quotes {
            tally.offer(quote);
        }
        tally
    }

    /// A phrase that `missed` items may have held before.
    pub(super) fn after(missed: u64) -> Self {
        Self { missed, ..Self::default() }
    }

    pub(super) fn add(&mut self, found: &Found<'_>, quote: &Arc<Quote>, item: &Item) {
        self.before.insert(found.before);
        self.behind.insert(found.behind);
        if self.last == item.number {
            return;
        }
        self.last = item.number;
        self.counts.add(item.polarity);
        self.items.insert(item.hash);
        self.customers.insert(item.customer);
        self.offer(quote);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.last = 0;
        self.counts.merge(other.counts);
        self.missed += other.missed;
        self.before.merge(&other.before);
        self.behind.merge(&other.behind);
        self.items.merge(&other.items);
        self.customers.merge(&other.customers);
        for quote in &other.quotes {
            self.offer(quote);
        }
    }

    /// The worst quotes, then the newest; the same whatever the order of the items.
    fn offer(&mut self, quote: &Arc<Quote>) {
        let full = self.quotes.len() == QUOTES;
        if full && self.quotes.last().is_some_and(|last| last <= quote) {
            return;
        }
        if let Err(place) = self.quotes.binary_search(quote) {
            self.quotes.truncate(QUOTES - usize::from(full));
            if self.quotes.is_empty() {
                self.quotes.reserve_exact(1);
            }
            self.quotes.insert(place.min(self.quotes.len()), Arc::clone(quote));
        }
    }
}
