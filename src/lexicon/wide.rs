//! Terms outside ASCII, found leftmost-longest on the text itself.

use super::list::{GROUPS, uncovered};
use super::trie::{Hits, Trie};
use super::vocabulary::Vocabulary;
use crate::text::is_han;

/// A term inside a longer one, of a group the longer one does not have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nested {
    pub(super) offset: u16,
    pub(super) length: u16,
    /// Units before it.
    pub(super) before: u16,
    /// Units in it.
    pub(super) units: u16,
    pub(super) term: u32,
    pub(super) groups: u16,
}

/// The wide terms, and what stands inside them; the trie knows them by their numbers.
#[derive(Default)]
pub(super) struct Wide {
    trie: Trie,
    patterns: Vec<Pattern>,
    nested: Vec<Nested>,
}

/// A wide term as it is found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pattern {
    pub(super) term: u32,
    /// Han characters in it.
    pub(super) units: u16,
    nested: (u32, u32),
}

impl Wide {
    /// Puts the wide terms of a vocabulary into a trie.
    pub(super) fn build(vocabulary: &Vocabulary, terms: &[(&str, u32)]) -> Self {
        let mut wide = Self::default();
        for ((text, _), number) in terms.iter().zip(0..) {
            wide.trie.insert(text, number);
        }
        for (text, term) in terms {
            let nested = wide.nest(vocabulary, terms, text, *term);
            wide.patterns.push(Pattern { term: *term, units: units(text), nested });
        }
        // Lists are lower case, texts are not: `cp值高` must find CP值高.
        for ((text, _), number) in terms.iter().zip(0..) {
            if text.bytes().any(|b| b.is_ascii_lowercase()) {
                wide.trie.insert(&text.to_ascii_uppercase(), number);
            }
        }
        wide
    }

    /// Records the terms inside a term, those of groups that it does not have itself.
    fn nest(&mut self, vocabulary: &Vocabulary, terms: &[(&str, u32)], text: &str, outer: u32) -> (u32, u32) {
        let first = self.nested.len() as u32;
        let own = vocabulary.groups(outer as usize);
        let mut covered = [0; GROUPS];
        let mut inside: Vec<(usize, u32)> = Vec::new();
        for (start, _) in text.char_indices() {
            let rest = text.get(start..).unwrap_or_default();
            inside.clear();
            self.trie.prefixes(rest.chars(), |left, number| {
                let term = terms.get(number as usize).map(|(_, term)| *term).filter(|t| *t != outer);
                inside.extend(term.map(|term| (text.len() - left.as_str().len(), term)));
            });
            for (end, term) in inside.iter().rev().copied() {
                let others = vocabulary.groups(term as usize) & !own;
                let groups = uncovered(others, start, end, &mut covered);
                if groups != 0 {
                    self.nested.push(Nested {
                        offset: start as u16,
                        length: (end - start) as u16,
                        before: units(text.get(..start).unwrap_or_default()),
                        units: units(text.get(start..end).unwrap_or_default()),
                        term,
                        groups,
                    });
                }
            }
        }
        (first, self.nested.len() as u32)
    }

    /// The hits in a text: bytes and number of the pattern.
    fn find<'a>(&'a self, text: &'a str) -> Option<Hits<'a>> {
        (!text.is_ascii()).then(|| self.trie.find(text))
    }

    /// A pattern by its number.
    #[inline]
    pub(super) fn pattern(&self, number: u32) -> Option<&Pattern> {
        self.patterns.get(number as usize)
    }

    /// The terms inside a pattern.
    #[inline]
    pub(super) fn nested(&self, pattern: &Pattern) -> &[Nested] {
        self.nested.get(pattern.nested.0 as usize..pattern.nested.1 as usize).unwrap_or_default()
    }

    /// Bytes held.
    pub(super) fn heap_bytes(&self) -> usize {
        self.trie.heap_bytes()
            + self.patterns.capacity() * size_of::<Pattern>()
            + self.nested.capacity() * size_of::<Nested>()
    }
}

/// Wide hits, fetched as the tokens come along.
pub(super) struct WideHits<'a> {
    found: Option<Hits<'a>>,
    next: Option<(usize, usize, u32)>,
}

impl<'a> WideHits<'a> {
    pub(super) fn new(wide: &'a Wide, text: &'a str) -> Self {
        let mut hits = Self { found: wide.find(text), next: None };
        hits.fetch();
        hits
    }

    fn fetch(&mut self) {
        self.next = self.found.as_mut().and_then(Iterator::next);
    }

    /// Whether a hit begins at `at` or before.
    #[inline]
    pub(super) fn is_due(&self, at: usize) -> bool {
        self.next.is_some_and(|(start, ..)| start <= at)
    }

    /// The next hit that begins before `limit`: its bytes and its term.
    #[inline]
    pub(super) fn before(&mut self, limit: usize) -> Option<(usize, usize, u32)> {
        let found = self.next.filter(|(start, ..)| *start < limit)?;
        self.fetch();
        Some(found)
    }
}

/// Han characters of a term.
fn units(text: &str) -> u16 {
    text.chars().filter(|c| is_han(*c)).count() as u16
}
