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
    /// A pack for the language with this code of two letters.
    Pack([u8; 2]),
}

impl Origin {
    fn as_str(&self) -> &str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
            Self::Shared => "shared",
            Self::Topic => "topic",
            Self::Host => "host",
            Self::Pack(code) => str::from_utf8(code).unwrap_or("host"),
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
        let sense =
            self.senses(term).iter().find(|s| matches!(s.list, List::Valence | List::Symbol | List::Cue));
        let class = sense.and_then(|s| match s.list {
            List::Symbol => Some("symbol"),
            _ => s.list.classes().get(s.class as usize).copied(),
        });
        [origin, "/", class.unwrap_or("word"), "/", self.text(term)].concat()
    }

    /// Name of the rule behind a value that depends on the target: `en/target/long+wait`.
    pub(crate) fn target_rule(&self, term: usize, class: usize) -> String {
        let origin = self.terms.get(term).map_or("host", |t| t.origin.as_str());
        let class = List::Facet.classes().get(class).copied().unwrap_or_default();
        format!("{origin}/target/{}+{class}", self.text(term))
    }
}

/// Collects terms; the last entry for a term and list (and topic) wins.
#[derive(Debug, Default)]
pub(crate) struct VocabularyBuilder<'a> {
    index: FxHashMap<&'a str, usize>,
    terms: Vec<Draft<'a>>,
    /// Each with the place of the next one of its term.
    senses: Vec<(Sense, usize)>,
}

/// A term being collected.
#[derive(Debug)]
struct Draft<'a> {
    text: &'a str,
    origin: Origin,
    /// Places of its first and last sense.
    senses: (usize, usize),
    /// Whether a list gives it a valence.
    valued: bool,
}

impl<'a> VocabularyBuilder<'a> {
    /// Adds the entries of a lexicon.
    pub(crate) fn lexicon(&mut self, origin: Origin, lexicon: &'a Lexicon) {
        for e in lexicon.entries() {
            self.add(origin, &e.term, Sense { list: e.list, class: e.class, topic: 0, value: e.value });
        }
    }

    /// Adds one sense of a term.
    pub(crate) fn add(&mut self, origin: Origin, text: &'a str, sense: Sense) {
        let (next, place) = (self.terms.len(), self.senses.len());
        let number = *self.index.entry(text).or_insert(next);
        if number == next {
            self.terms.push(Draft { text, origin, senses: (place, place), valued: false });
        }
        if let Some(term) = self.terms.get_mut(number) {
            term.valued |= sense.list == List::Valence;
            if let Some((_, behind)) = self.senses.get_mut(term.senses.1) {
                *behind = place;
            }
            term.senses.1 = place;
        }
        self.senses.push((sense, usize::MAX));
    }

    /// Whether a list gives the term a valence.
    pub(crate) fn has_valence(&self, term: &str) -> bool {
        self.index.get(term).and_then(|n| self.terms.get(*n)).is_some_and(|t| t.valued)
    }

    /// The finished vocabulary, in the order of first mention.
    pub(crate) fn build(self) -> Vocabulary {
        // Held as long as the engine: exactly as large as need be.
        let mut out = Vocabulary {
            texts: String::with_capacity(self.terms.iter().map(|term| term.text.len()).sum()),
            terms: Vec::with_capacity(self.terms.len()),
            senses: Vec::with_capacity(self.senses.len()),
        };
        for term in &self.terms {
            let (start, first) = (out.texts.len() as u32, out.senses.len());
            out.texts.push_str(term.text);
            let mut place = term.senses.0;
            while let Some((sense, next)) = self.senses.get(place).copied() {
                place = next;
                let own = out.senses.get_mut(first..).unwrap_or_default();
                match own.iter_mut().find(|s| s.is_same(sense)) {
                    Some(old) => *old = sense,
                    None => out.senses.push(sense),
                }
            }
            let own = out.senses.get(first..).unwrap_or_default();
            let groups = own.iter().fold(0, |bits, s| bits | s.list.group());
            let (text, senses) = ((start, out.texts.len() as u32), (first as u32, out.senses.len() as u32));
            out.terms.push(Term { text, senses, groups, origin: term.origin });
        }
        out
    }
}
