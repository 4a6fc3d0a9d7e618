//! The stored form of themes: the same bytes for the same content, each sentence written once.

use super::Themes;
use super::neighbour::Neighbours;
use super::sample::Sample;
use super::tally::{Counts, Tally};
use crate::error::{Error, ErrorKind, Result};
use crate::metrics::Quote;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

const SCHEMA: u32 = 1;

/// What is written and read: phrases in order, with the places of their quotes.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct State {
    schema: u32,
    cap: Option<usize>,
    counts: Counts,
    shortfall: u64,
    #[serde(with = "shared")]
    quotes: Vec<Arc<Quote>>,
    phrases: BTreeMap<Box<str>, Stored>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    counts: Counts,
    missed: u64,
    before: Neighbours,
    behind: Neighbours,
    items: Sample,
    customers: Sample,
    quotes: Vec<usize>,
}

impl From<&Themes> for State {
    fn from(themes: &Themes) -> Self {
        let all = themes.phrases.values().flat_map(|tally| &tally.quotes);
        let mut places: BTreeMap<&Arc<Quote>, usize> = all.map(|quote| (quote, 0)).collect();
        places.values_mut().enumerate().for_each(|(at, place)| *place = at);
        let stored = |tally: &Tally| Stored {
            counts: tally.counts,
            missed: tally.missed,
            before: tally.before,
            behind: tally.behind,
            items: tally.items.clone(),
            customers: tally.customers.clone(),
            quotes: tally.quotes.iter().filter_map(|quote| places.get(quote).copied()).collect(),
        };
        Self {
            schema: SCHEMA,
            cap: themes.cap,
            counts: themes.counts,
            shortfall: themes.shortfall,
            phrases: themes.phrases.iter().map(|(phrase, tally)| (phrase.clone(), stored(tally))).collect(),
            quotes: places.into_keys().cloned().collect(),
        }
    }
}

impl TryFrom<State> for Themes {
    type Error = Error;

    fn try_from(state: State) -> Result<Self> {
        if state.schema != SCHEMA {
            let message = format!("themes have schema {}, this version reads {SCHEMA}", state.schema);
            return Err(Error::new(ErrorKind::Incompatible, message));
        }
        let mut themes = state.cap.map_or_else(|| Ok(Self::new()), Self::with_cap)?;
        for (phrase, stored) in state.phrases {
            let quotes = stored.quotes.iter().map(|place| state.quotes.get(*place).cloned());
            let Some(quotes) = quotes.collect::<Option<Vec<_>>>() else {
                return Err(Error::new(ErrorKind::Invalid, "themes use a quote that they do not hold"));
            };
            let Stored { counts, missed, before, behind, items, customers, .. } = stored;
            let mut tally = Tally::after(missed);
            (tally.counts, tally.before, tally.behind) = (counts, before, behind);
            (tally.items, tally.customers) = (items, customers);
            themes.phrases.insert(phrase, tally.with_quotes(&quotes));
        }
        (themes.counts, themes.shortfall) = (state.counts, state.shortfall);
        Ok(themes)
    }
}

/// Shared quotes, written as quotes.
pub(super) mod shared {
    use super::{Arc, Quote};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in crate::discover) fn serialize<S: Serializer>(
        quotes: &[Arc<Quote>],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let quotes: Vec<&Quote> = quotes.iter().map(AsRef::as_ref).collect();
        quotes.serialize(serializer)
    }

    pub(in crate::discover) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Arc<Quote>>, D::Error> {
        let quotes: Vec<Quote> = Vec::deserialize(deserializer)?;
        Ok(quotes.into_iter().map(Arc::new).collect())
    }
}
