//! The result: a readable list for a person to accept.

use crate::error::Result;
use crate::lexicon::{Lexicon, List};
use std::fmt::Write;

/// One learned entry.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Learned {
    /// Word, pair of words, phrase or Han characters.
    pub term: String,
    /// The list it belongs to: that of the listed word, or [`List::Cue`].
    pub list: List,
    /// Its class there.
    pub class: &'static str,
    /// What it is worth, -4..4, on the scale of the lists.
    pub value: f32,
    /// What the lists gave it before; `None` for a new word.
    pub listed: Option<f32>,
    /// Items it stood in.
    pub count: u32,
    /// Bounds of a 95 % interval of the value (normal approximation, other words held).
    pub low: f32,
    /// See `low`.
    pub high: f32,
}

/// What was learned, sorted by term.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    entries: Vec<Learned>,
}

impl Layer {
    pub(super) fn new(entries: Vec<Learned>) -> Self {
        Self { entries }
    }

    /// The entries.
    pub fn entries(&self) -> &[Learned] {
        &self.entries
    }

    /// Leaves the entries that `accept` wants.
    #[must_use]
    pub fn filter(mut self, accept: impl FnMut(&Learned) -> bool) -> Self {
        self.entries.retain(accept);
        self
    }

    /// The entries of one list as the TSV that [`Lexicon::list`] reads: term, value, class, and as note the count
    /// and the interval.
    pub fn to_tsv(&self, list: List) -> String {
        let mut out = String::from("# columns: term  value  class  note\n");
        for e in self.entries.iter().filter(|e| e.list == list) {
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "{}\t{}\t{}\tn={} {:.2}..{:.2}",
                e.term, e.value, e.class, e.count, e.low, e.high
            );
        }
        out
    }

    /// The entries as words to lay over an engine.
    ///
    /// # Errors
    /// None for what was learned; those of [`Lexicon::word`] in principle.
    pub fn lexicon(&self) -> Result<Lexicon> {
        let add = |words: Lexicon, e: &Learned| words.word(e.list, &e.term, e.value, e.class);
        self.entries.iter().try_fold(Lexicon::new(), add)
    }
}
