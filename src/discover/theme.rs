//! One theme, ready to be read and accepted.

use super::rank::Ranked;
use super::sample::Sample;
use super::{state, suggest};
use crate::metrics::Quote;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Phrases of a theme that are kept.
const PHRASES: usize = 12;

/// Something that one side speaks of more than the other, and that no topic knows yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Theme {
    phrases: Vec<String>,
    z: f64,
    q: f64,
    items: u64,
    customers: u64,
    #[serde(with = "state::shared")]
    quotes: Vec<Arc<Quote>>,
    suggestion: String,
}

impl Theme {
    pub(super) fn of(group: &[Ranked<'_>]) -> Self {
        let (mut items, mut customers) = (Sample::default(), Sample::default());
        let group = group.get(..PHRASES.min(group.len())).unwrap_or_default();
        for ranked in group {
            items.merge(&ranked.tally.items);
            customers.merge(&ranked.tally.customers);
        }
        let lead = group.first();
        let quotes = lead.map_or_else(Vec::new, |lead| lead.tally.quotes.clone());
        let phrases: Vec<String> = group.iter().map(|r| r.phrase.to_owned()).collect();
        let (z, q) = lead.map_or((0.0, 1.0), |lead| (lead.z, lead.q));
        let mut theme = Self {
            items: items.count(),
            customers: customers.count(),
            suggestion: String::new(),
            phrases,
            z,
            q,
            quotes,
        };
        theme.suggestion = suggest::topic(&theme);
        theme
    }

    /// The phrases that name it, the leading one first, in lower case and Simplified characters.
    pub fn phrases(&self) -> &[String] {
        &self.phrases
    }

    /// z-score of the leading phrase: log-odds of the side looked at over the other, in standard errors.
    pub fn z(&self) -> f64 {
        self.z
    }

    /// q-value of the leading phrase (Benjamini-Hochberg over all phrases that were compared).
    pub fn q(&self) -> f64 {
        self.q
    }

    /// Items that hold any of the phrases: exact below 256, then within some 6 %.
    pub fn items(&self) -> u64 {
        self.items
    }

    /// Distinct customers of these items: exact below 256, then within some 6 %.
    pub fn customers(&self) -> u64 {
        self.customers
    }

    /// Sentences that hold the leading phrase, masked: the worst first, then the newest.
    pub fn quotes(&self) -> impl ExactSizeIterator<Item = &Quote> {
        self.quotes.iter().map(AsRef::as_ref)
    }

    /// A topic in the form of a pack, for a person to name, correct and accept.
    ///
    /// [`Taxonomy::parse`](crate::Taxonomy::parse) reads it as it stands. Its id is the same whenever the same phrase
    /// leads.
    pub fn suggestion(&self) -> &str {
        &self.suggestion
    }
}
