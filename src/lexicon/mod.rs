//! Words: readable lists, and the one pass that finds them in a text.
//!
//! A [`Lexicon`] is a set of entries read from TSV lists (`term  value  class  note`). The built-in one
//! stands in `src/lexicon/{en,zh,shared}/*.tsv`, its opinion words spread over a base and a file for each [`Layer`]; a
//! host adds its own words with [`EngineBuilder::words`](crate::engine::EngineBuilder::words) or
//! [`Engine::derive`](crate::Engine::derive).

mod builtin;
mod class;
mod emoticon;
mod gram;
mod layer;
mod list;
mod load;
mod morphology;
mod phrase;
mod scan;
mod stem;
mod table;
mod trie;
mod unusual;
mod vocabulary;
mod watch;
mod wide;
mod words;

pub(crate) use class::{
    contrast, degree, effort, expression, facet, intent, irrealis, negator, sarcasm, valence,
};
pub(crate) use gram::{CueHit, each_gram};
pub use layer::Layer;
pub use list::List;
pub(crate) use list::{ALL_GROUPS, OPINION_GROUPS, SENTIMENT_GROUPS, Sense};
pub(crate) use scan::{BreakMark, Hit, Scan, WordAt};
pub(crate) use stem::stem;
pub(crate) use table::{Stemmer, Table};
pub(crate) use vocabulary::{Origin, TermId, Vocabulary, VocabularyBuilder};
pub(crate) use watch::{Needle, Watch};

use crate::error::{Error, ErrorKind, Result};
use std::borrow::Cow;

/// What a clean term looks like, for error messages.
pub(crate) const CLEAN: &str =
    "terms are lower case and Simplified, with single blanks and straight apostrophes";

/// Whether a folded term can match: no blanks at the ends, none doubled.
pub(crate) fn is_clean(term: &str) -> bool {
    let blank = |b: Option<&u8>| b.is_none_or(u8::is_ascii_whitespace);
    let bytes = term.as_bytes();
    !blank(bytes.first()) && !blank(bytes.last()) && bytes.windows(2).all(|w| w != b"  ")
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry<'a> {
    /// Borrowed from the built-in lists, owned where a host gave it.
    pub(crate) term: Cow<'a, str>,
    pub(crate) list: List,
    pub(crate) value: f32,
    pub(crate) class: u8,
}

impl Entry<'_> {
    fn into_owned(self) -> Entry<'static> {
        let Self { term, list, value, class } = self;
        Entry { term: Cow::Owned(term.into_owned()), list, value, class }
    }
}

/// A set of words with what they mean; later entries override earlier ones of the same term and list.
///
/// ```
/// use candor::lexicon::{Lexicon, List};
/// let words = Lexicon::new()
///     .list(List::Valence, "tenant.tsv", "# our own words\nmagsafe ready\t1.5\n翻车\t-2.5\tproblem\n")?
///     .word(List::Valence, "kindly", 0.0, "cue")?;
/// assert_eq!(words.len(), 3);
/// let error = Lexicon::new().list(List::Valence, "tenant.tsv", "good\tfive").unwrap_err();
/// assert_eq!(error.to_string(), "tenant.tsv, line 1, column 2: value \"five\" is not a number");
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[must_use]
pub struct Lexicon {
    entries: Vec<Entry<'static>>,
}

impl Lexicon {
    /// Without words.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a TSV list; `name` appears in error messages.
    ///
    /// # Errors
    /// [`ErrorKind::Syntax`], [`ErrorKind::OutOfRange`], [`ErrorKind::Unknown`] or [`ErrorKind::Invalid`], each
    /// with file, line and column.
    pub fn list(mut self, list: List, name: &str, tsv: &str) -> Result<Self> {
        let owned = |line| load::entry(list, line).map(Entry::into_owned);
        load::list(&mut self, name, tsv, owned)?;
        Ok(self)
    }

    /// Adds one word or phrase.
    ///
    /// # Errors
    /// As [`Lexicon::list`].
    pub fn word(mut self, list: List, term: &str, value: f32, class: &str) -> Result<Self> {
        let (min, max) = list.range();
        if !(min..=max).contains(&value) {
            let message = format!("value {value} of a {} is outside {min}..{max}", list.as_str());
            return Err(Error::new(ErrorKind::OutOfRange, message).at_source(term));
        }
        let class = load::class(list, class)?;
        let term = Cow::Owned(crate::text::clean_term(term).into_owned());
        if !is_clean(&term) {
            let message = format!("term \"{term}\" can never match: {CLEAN}");
            return Err(Error::new(ErrorKind::Invalid, message));
        }
        self.entries.push(Entry { term, list, value, class });
        Ok(self)
    }

    /// Cues of words that are clean already.
    pub(crate) fn cues(terms: impl Iterator<Item = (String, f32)>) -> Self {
        let entry = |(term, value)| Entry { term: Cow::Owned(term), list: List::Cue, value, class: 0 };
        Self { entries: terms.map(entry).collect() }
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(crate) fn entries(&self) -> &[Entry<'static>] {
        &self.entries
    }

    /// The built-in lists but some layers, each with its origin.
    pub(crate) fn builtin(without: &[Layer]) -> Result<Vec<(Origin, Self)>> {
        builtin::load(without)
    }
}
