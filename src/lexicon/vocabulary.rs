//! The terms of an engine with everything the lists say of them.

use super::Lexicon;
use super::list::{List, Sense};
use rustc_hash::FxHashMap;

/// Where a term was first listed; the first part of its rule names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    English,
    Chinese,
    Shared,
    Topic,
    Host,
}

impl Origin {
    const fn as_str(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
            Self::Shared => "shared",
            Self::Topic => "topic",
            Self::Host => "host",
        }
    }
}

/// Number of a term; terms of an overlay have the highest bit set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TermId(pub(crate) u32);

impl TermId {
    /// Bit of the terms of an overlay.
    pub(crate) const OVERLAY: u32 = 1 << 31;

    pub(crate) const fn index(self) -> usize {
        (self.0 & !Self::OVERLAY) as usize
    }

    pub(crate) const fn is_overlay(self) -> bool {
        self.0 & Self::OVERLAY != 0
    }
}

#[derive(Debug, Clone)]
struct Term {
    text: (u32, u32),
    senses: (u32, u32),
    groups: u16,
    origin: Origin,
}

/// Terms, their texts in one arena, their senses in one vector.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    texts: String,
    terms: Vec<Term>,
    senses: Vec<Sense>,
}

impl Vocabulary {
    /// Number of terms.
    pub(crate) fn len(&self) -> usize {
        self.terms.len()
    }

    /// The term's words.
    pub(crate) fn text(&self, term: usize) -> &str {
        let range = self.terms.get(term).map(|t| t.text.0 as usize..t.text.1 as usize);
        range.and_then(|r| self.texts.get(r)).unwrap_or_default()
    }

    /// What the lists say of it.
    #[inline]
    pub(crate) fn senses(&self, term: usize) -> &[Sense] {
        let range = self.terms.get(term).map(|t| t.senses.0 as usize..t.senses.1 as usize);
        range.and_then(|r| self.senses.get(r)).unwrap_or_default()
    }

    /// Groups of its senses, as bits.
    #[inline]
    pub(crate) fn groups(&self, term: usize) -> u16 {
        self.terms.get(term).map_or(0, |t| t.groups)
    }

    /// All terms with their texts.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &str)> {
        (0..self.terms.len()).map(|i| (i, self.text(i)))
    }

    /// Name of the rule behind a valence firing: `zh/opinion/慢`.
    pub(crate) fn rule(&self, term: usize) -> String {
        let origin = self.terms.get(term).map_or("host", |t| t.origin.as_str());
        let sense = self.senses(term).iter().find(|s| matches!(s.list, List::Valence | List::Symbol));
        let class = sense.and_then(|s| match s.list {
            List::Symbol => Some("symbol"),
            _ => s.list.classes().get(s.class as usize).copied(),
        });
        format!("{origin}/{}/{}", class.unwrap_or("word"), self.text(term))
    }
}

/// Collects terms; the last entry for a term and list (and topic) wins.
#[derive(Debug, Default)]
pub(crate) struct VocabularyBuilder {
    index: FxHashMap<String, usize>,
    terms: Vec<(Origin, Vec<Sense>)>,
}

impl VocabularyBuilder {
    /// Adds the entries of a lexicon.
    pub(crate) fn lexicon(&mut self, origin: Origin, lexicon: &Lexicon) {
        for e in lexicon.entries() {
            self.add(origin, &e.term, Sense { list: e.list, class: e.class, topic: 0, value: e.value });
        }
    }

    /// Adds one sense of a term.
    pub(crate) fn add(&mut self, origin: Origin, term: &str, sense: Sense) {
        let number = if let Some(number) = self.index.get(term) {
            *number
        } else {
            self.index.insert(term.to_owned(), self.terms.len());
            self.terms.push((origin, Vec::with_capacity(1)));
            self.terms.len() - 1
        };
        let Some((_, senses)) = self.terms.get_mut(number) else { return };
        let same = |s: &&mut Sense| {
            s.list == sense.list
                && s.topic == sense.topic
                && (s.list != List::Intent || s.class == sense.class)
        };
        match senses.iter_mut().find(same) {
            Some(old) => *old = sense,
            None => senses.push(sense),
        }
    }

    /// Whether a list has the term.
    pub(crate) fn has(&self, term: &str, list: List) -> bool {
        let senses = self.index.get(term).and_then(|n| self.terms.get(*n));
        senses.is_some_and(|(_, senses)| senses.iter().any(|s| s.list == list))
    }

    /// The finished vocabulary, in the order of first mention.
    pub(crate) fn build(self) -> Vocabulary {
        let mut out = Vocabulary::default();
        let mut texts: Vec<(usize, String)> =
            self.index.into_iter().map(|(text, number)| (number, text)).collect();
        texts.sort_unstable_by_key(|(number, _)| *number);
        for ((_, text), (origin, senses)) in texts.into_iter().zip(self.terms) {
            let (start, first) = (out.texts.len() as u32, out.senses.len() as u32);
            out.texts.push_str(&text);
            let groups = senses.iter().fold(0, |bits, s| bits | s.list.group());
            out.senses.extend(senses);
            out.terms.push(Term {
                text: (start, out.texts.len() as u32),
                senses: (first, out.senses.len() as u32),
                groups,
                origin,
            });
        }
        out
    }
}
