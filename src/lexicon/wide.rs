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
    finder: Finder,
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
        wide.finder =
            if terms.len() < FEW { Finder::few(terms) } else { Finder::Automaton(automaton(terms)?) };
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
    pub(super) fn find<'a>(&'a self, text: &'a str) -> Option<Hits<'a>> {
        match &self.finder {
            _ if text.is_ascii() => None,
            Finder::Automaton(automaton) => Some(Hits::Automaton(automaton.leftmost_find_iter(text))),
            Finder::Few(starts) if starts.is_empty() => None,
            Finder::Few(starts) => Some(Hits::Few { starts, text, at: 0 }),
        }
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
        self.finder.heap_bytes()
            + self.patterns.capacity() * size_of::<Pattern>()
            + self.nested.capacity() * size_of::<Nested>()
    }
}

/// Terms up to which an automaton, whose character table alone takes 160 KB, would not pay: a tenant's.
const FEW: usize = 500;

/// Terms by their first character, longest first.
type Starts = FxHashMap<char, Vec<(Box<str>, u32)>>;

/// How terms are found; both ways give the leftmost longest.
enum Finder {
    Few(Starts),
    Automaton(CharwiseDoubleArrayAhoCorasick<u32>),
}

impl Default for Finder {
    fn default() -> Self {
        Self::Few(Starts::default())
    }
}

impl Finder {
    fn few(terms: &[(&str, u32)]) -> Self {
        let mut starts = Starts::default();
        for (text, number) in spellings(terms) {
            if let Some(first) = text.chars().next() {
                starts.entry(first).or_default().push((text.into(), number));
            }
        }
        for forms in starts.values_mut() {
            forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        }
        Self::Few(starts)
    }

    fn heap_bytes(&self) -> usize {
        match self {
            Self::Automaton(automaton) => automaton.heap_bytes(),
            Self::Few(starts) => {
                let forms =
                    starts.values().flatten().map(|(form, _)| form.len() + size_of::<(Box<str>, u32)>());
                forms.sum::<usize>() + starts.capacity() * size_of::<(char, Vec<(Box<str>, u32)>)>()
            }
        }
    }
}

/// Hits as they come along the text.
pub(super) enum Hits<'a> {
    Automaton(LeftmostFindIterator<'a, &'a str, u32>),
    Few { starts: &'a Starts, text: &'a str, at: usize },
}

impl Iterator for Hits<'_> {
    type Item = (usize, usize, u32);

    fn next(&mut self) -> Option<Self::Item> {
        let (starts, text, at) = match self {
            Self::Automaton(found) => return found.next().map(|m| (m.start(), m.end(), m.value())),
            Self::Few { starts, text, at } => (starts, text, at),
        };
        while let Some(first) = text.get(*at..).and_then(|rest| rest.chars().next()) {
            let (start, rest) = (*at, text.get(*at..).unwrap_or_default());
            let found = starts.get(&first).and_then(|f| f.iter().find(|(form, _)| rest.starts_with(&**form)));
            *at += found.map_or(first.len_utf8(), |(form, _)| form.len());
            if let Some((_, number)) = found {
                return Some((start, *at, *number));
            }
        }
        None
    }
}

/// Han characters of a term.
fn units(text: &str) -> u16 {
    text.chars().filter(|c| is_han(*c)).count() as u16
}

/// Every way a term is written, with its place among the terms. Lists are lower case, texts are not:
/// `cp值高` must find CP值高.
fn spellings(terms: &[(&str, u32)]) -> Vec<(String, u32)> {
    let numbered = || terms.iter().map(|(text, _)| *text).zip(0u32..);
    let cased = numbered().filter(|(t, _)| t.bytes().any(|b| b.is_ascii_lowercase()));
    let upper = cased.map(|(t, n)| (t.to_ascii_uppercase(), n));
    numbered().map(|(t, n)| (t.to_owned(), n)).chain(upper).collect()
}

/// The automaton over the terms.
fn automaton(terms: &[(&str, u32)]) -> Result<CharwiseDoubleArrayAhoCorasick<u32>> {
    let mut patterns = spellings(terms);
    patterns.sort_unstable();
    patterns.dedup_by(|a, b| a.0 == b.0);
    CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build_with_values(patterns)
        .map_err(|e| Error::new(ErrorKind::Limit, format!("the word automaton cannot be built: {e}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hits(finder: Finder, text: &str) -> Vec<(usize, usize, u32)> {
        let wide = Wide { finder, ..Wide::default() };
        wide.find(text).into_iter().flatten().collect()
    }

    proptest! {
        #[test]
        fn both_finders_agree(
            terms in prop::collection::btree_set("[好不太a快]{0,2}[好快]", 1..12),
            text in "[好不太aA快 ]{0,30}",
        ) {
            let terms: Vec<(&str, u32)> = terms.iter().map(String::as_str).zip(0..).collect();
            let by_automaton = hits(Finder::Automaton(automaton(&terms).unwrap()), &text);
            prop_assert_eq!(hits(Finder::few(&terms), &text), by_automaton);
        }
    }
}
