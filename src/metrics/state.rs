//! The stored form of an aggregate: the same bytes for the same content, whatever the order of its making.

use super::Aggregate;
use super::aggregate::{Group, Key, SCHEMA};
use super::cell::Cell;
use super::quote::Best;
use super::table::Table;
use crate::error::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is written: strings sorted, cells in the order of their keys.
#[derive(Serialize, PartialEq)]
pub(super) struct StateRef<'a> {
    schema: u32,
    bucket_days: u16,
    fingerprints: &'a BTreeSet<String>,
    strings: Vec<&'a str>,
    cells: Vec<(Key, &'a Cell)>,
    quotes: Vec<(Group, &'a Best)>,
}

/// What is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct State {
    schema: u32,
    bucket_days: u16,
    fingerprints: BTreeSet<String>,
    strings: Vec<String>,
    cells: Vec<(Key, Cell)>,
    quotes: Vec<(Group, Best)>,
}

impl<'a> StateRef<'a> {
    pub(super) fn of(aggregate: &'a Aggregate) -> Self {
        let (strings, places) = aggregate.strings.sorted();
        let place = |id: u32| places.get(id as usize).copied().unwrap_or_default();
        let mut cells: Vec<_> =
            aggregate.cells.iter().map(|(key, cell)| (key.renumbered(place), cell)).collect();
        cells.sort_unstable_by_key(|(key, _)| *key);
        let mut quotes: Vec<_> =
            aggregate.quotes.iter().map(|(key, best)| (key.renumbered(place), best)).collect();
        quotes.sort_unstable_by_key(|(key, _)| *key);
        let (bucket_days, fingerprints) = (aggregate.bucket_days, &aggregate.fingerprints);
        Self { schema: SCHEMA, bucket_days, fingerprints, strings, cells, quotes }
    }
}

impl TryFrom<State> for Aggregate {
    type Error = Error;

    fn try_from(state: State) -> Result<Self> {
        if state.schema != SCHEMA {
            let message = format!("aggregate has schema {}, this version reads {SCHEMA}", state.schema);
            return Err(Error::new(ErrorKind::Incompatible, message));
        }
        let mut aggregate = Self::with_bucket_days(state.bucket_days)?;
        let mut strings = Table::default();
        state.strings.iter().for_each(|text| _ = strings.intern(text));
        let known = state.strings.len() as u32;
        let groups =
            state.cells.iter().map(|(key, _)| key.group).chain(state.quotes.iter().map(|(group, _)| *group));
        if groups.flat_map(Group::strings).any(|id| id >= known) {
            return Err(Error::new(ErrorKind::Invalid, "aggregate uses a string that it does not hold"));
        }
        aggregate.strings = strings;
        aggregate.cells = BTreeMap::from_iter(state.cells);
        aggregate.quotes = BTreeMap::from_iter(state.quotes);
        aggregate.fingerprints = state.fingerprints;
        Ok(aggregate)
    }
}
