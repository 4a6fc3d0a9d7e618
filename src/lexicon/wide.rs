//! Terms outside ASCII, found by one leftmost-longest automaton on the text itself.

use super::list::{GROUPS, uncovered};
use super::vocabulary::Vocabulary;
use crate::error::{Error, ErrorKind, Result};
use crate::text::is_han;
use daachorse::charwise::iter::LeftmostFindIterator;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use rustc_hash::FxHashMap;

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

/// The automaton, and what stands inside its terms; positions in it are numbers of patterns.
#[derive(Default)]
pub(super) struct Wide {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    patterns: Vec<Pattern>,
    nested: Vec<Nested>,
}

/// A wide term as the automaton finds it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pattern {
    pub(super) term: u32,
    /// Han characters in it.
    pub(super) units: u16,
    nested: (u32, u32),
}

impl Wide {
    /// Builds the automaton over the wide terms of a vocabulary.
    pub(super) fn build(vocabulary: &Vocabulary, terms: &[(&str, u32)]) -> Result<Self> {
        let mut wide = Self::default();
        if terms.is_empty() {
            return Ok(wide);
        }
        let index: FxHashMap<&str, u32> = terms.iter().copied().collect();
        for (text, term) in terms {
            let nested = wide.nest(vocabulary, &index, text, *term);
            wide.patterns.push(Pattern { term: *term, units: units(text), nested });
        }
        wide.automaton = Some(automaton(terms)?);
        Ok(wide)
    }

    /// Records the terms inside a term, those of groups that it does not have itself.
    fn nest(
        &mut self,
        vocabulary: &Vocabulary,
        index: &FxHashMap<&str, u32>,
        text: &str,
        outer: u32,
    ) -> (u32, u32) {
        let first = self.nested.len() as u32;
        let own = vocabulary.groups(outer as usize);
        let mut covered = [0; GROUPS];
        for (start, _) in text.char_indices() {
            let rest = text.get(start..).unwrap_or_default();
            for end in rest.char_indices().rev().map(|(i, c)| start + i + c.len_utf8()) {
                let Some(inner) = text.get(start..end).and_then(|t| index.get(t)) else { continue };
                let others = vocabulary.groups(*inner as usize) & !own;
                let groups = if *inner == outer { 0 } else { uncovered(others, start, end, &mut covered) };
                if groups != 0 {
                    self.nested.push(Nested {
                        offset: start as u16,
                        length: (end - start) as u16,
                        before: units(text.get(..start).unwrap_or_default()),
                        units: units(text.get(start..end).unwrap_or_default()),
                        term: *inner,
                        groups,
                    });
                }
            }
        }
        (first, self.nested.len() as u32)
    }

    /// The hits in a text: bytes and number of the pattern.
    pub(super) fn find<'a>(&'a self, text: &'a str) -> Option<LeftmostFindIterator<'a, &'a str, u32>> {
        if text.is_ascii() { None } else { self.automaton.as_ref().map(|a| a.leftmost_find_iter(text)) }
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
        self.automaton.as_ref().map_or(0, CharwiseDoubleArrayAhoCorasick::heap_bytes)
            + self.patterns.capacity() * size_of::<Pattern>()
            + self.nested.capacity() * size_of::<Nested>()
    }
}

/// Han characters of a term.
fn units(text: &str) -> u16 {
    text.chars().filter(|c| is_han(*c)).count() as u16
}

/// The automaton over the terms; the value of each is its place among them.
fn automaton(terms: &[(&str, u32)]) -> Result<CharwiseDoubleArrayAhoCorasick<u32>> {
    // Lists are lower case, texts are not: `cp值高` must find CP值高.
    let numbered = || terms.iter().map(|(text, _)| *text).zip(0u32..);
    let upper: Vec<(String, u32)> = numbered()
        .filter(|(t, _)| t.bytes().any(|b| b.is_ascii_lowercase()))
        .map(|(t, n)| (t.to_ascii_uppercase(), n))
        .collect();
    let mut patterns: Vec<(&str, u32)> =
        numbered().chain(upper.iter().map(|(t, n)| (t.as_str(), *n))).collect();
    patterns.sort_unstable();
    patterns.dedup_by(|a, b| a.0 == b.0);
    CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build_with_values(patterns)
        .map_err(|e| Error::new(ErrorKind::Limit, format!("the word automaton cannot be built: {e}")))
}
