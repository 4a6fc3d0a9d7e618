//! Terms outside ASCII, found leftmost-longest on the text itself. A degree word at the beginning of a term gives way to a
//! longer word behind it: 很透气 is 很 and 透气, not 很透 and 气.

use super::list::{GROUPS, List, Sense, uncovered};
use super::trie::{Hits, Trie};
use super::vocabulary::Vocabulary;
use super::words::NONE;
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
    /// Number of the degree word that begins it, or [`NONE`].
    degree: u32,
    /// Bytes of the term.
    length: u16,
    /// Judges or is judged.
    bears: bool,
}

/// Whether a word judges or is judged.
const fn bears(sense: Sense) -> bool {
    matches!(sense.list, List::Valence | List::Dependent | List::Target)
}

impl Wide {
    /// Puts the wide terms of a vocabulary into a trie.
    pub(super) fn build(vocabulary: &Vocabulary, terms: &[(&str, u32)]) -> Self {
        let mut wide = Self { patterns: Vec::with_capacity(terms.len()), ..Self::default() };
        for ((text, _), number) in terms.iter().zip(0..) {
            wide.trie.insert(text, number);
        }
        for (text, term) in terms {
            let (units, length) = (units(text), text.len() as u16);
            let degree = wide.degree(vocabulary, terms, text);
            let bears = vocabulary.senses(*term as usize).iter().copied().any(bears);
            wide.patterns.push(Pattern { term: *term, units, nested: (0, 0), degree, length, bears });
        }
        for (at, (text, _)) in terms.iter().enumerate() {
            let nested = wide.nest(vocabulary, text, at as u32);
            if let Some(pattern) = wide.patterns.get_mut(at) {
                pattern.nested = nested;
            }
        }
        wide.nested.shrink_to_fit();
        // Lists are lower case, texts are not: `cp值高` must find CP值高.
        for ((text, _), number) in terms.iter().zip(0..) {
            if text.bytes().any(|b| b.is_ascii_lowercase()) {
                wide.trie.insert(&text.to_ascii_uppercase(), number);
            }
        }
        wide
    }

    /// Records the terms inside a term, those of groups that it does not have itself.
    fn nest(&mut self, vocabulary: &Vocabulary, text: &str, outer: u32) -> (u32, u32) {
        let first = self.nested.len() as u32;
        let own = self.pattern(outer).map_or(0, |p| vocabulary.groups(p.term as usize));
        let mut covered = [0; GROUPS];
        let mut inside: Vec<(usize, u32)> = Vec::new();
        for (start, _) in text.char_indices() {
            let rest = text.get(start..).unwrap_or_default();
            inside.clear();
            self.trie.prefixes(rest.chars(), |left, number| {
                let end = text.len() - left.as_str().len();
                if number != outer && self.parted(text, (start, end, number)).is_none() {
                    inside.push((end, number));
                }
            });
            for (end, number) in inside.iter().rev().copied() {
                let Some(term) = self.pattern(number).map(|p| p.term) else { continue };
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

    /// The longest word that begins a term and does nothing but raise or lower what follows.
    fn degree(&self, vocabulary: &Vocabulary, terms: &[(&str, u32)], text: &str) -> u32 {
        let is_degree = |s: &Sense| matches!(s.list, List::Booster | List::Downtoner);
        let only = |number: u32| {
            let (short, term) = terms.get(number as usize).copied().unwrap_or_default();
            let senses = vocabulary.senses(term as usize);
            let silent = |s: &Sense| matches!(s.list, List::Function | List::Cue);
            short.len() < text.len()
                && senses.iter().any(is_degree)
                && senses.iter().all(|s| is_degree(s) || silent(s))
        };
        let mut degree = NONE;
        self.trie.prefixes(text.chars(), |_, number| {
            if only(number) {
                degree = number;
            }
        });
        degree
    }

    /// The hit of the degree word alone, where a word behind it reaches further than the term that was found.
    #[inline]
    fn parted(&self, text: &str, (start, end, number): (usize, usize, u32)) -> Option<(usize, usize, u32)> {
        let degree = self.pattern(number)?.degree;
        let behind = start + usize::from(self.pattern(degree)?.length);
        let rest = text.get(behind..)?;
        let mut reach = 0;
        self.trie.prefixes(rest.chars(), |left, number| {
            if self.pattern(number).is_some_and(|p| p.bears) {
                reach = rest.len() - left.as_str().len();
            }
        });
        (behind + reach > end).then_some((start, behind, degree))
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
    wide: &'a Wide,
    text: &'a str,
    found: Option<Hits<'a>>,
    next: Option<(usize, usize, u32)>,
}

impl<'a> WideHits<'a> {
    pub(super) fn new(wide: &'a Wide, text: &'a str) -> Self {
        let mut hits = Self { wide, text, found: wide.find(text), next: None };
        hits.fetch();
        hits
    }

    fn fetch(&mut self) {
        let Some(found) = &mut self.found else { return };
        self.next = found.next();
        if let Some(parted) = self.next.and_then(|hit| self.wide.parted(self.text, hit)) {
            found.seek(self.text, parted.1);
            self.next = Some(parted);
        }
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

#[cfg(test)]
mod tests {
    use crate::engine::Engine;

    #[test]
    fn a_degree_word_gives_way_to_a_longer_word() {
        let engine = Engine::default_engine().unwrap();
        for text in ["很透气", "卸妆很干净", "皮肤很水润", "很难忘", "太热情了"] {
            assert!(engine.sentiment(text).score > 0.0, "{text}");
        }
        for text in ["衣服很透", "脸上很干", "太热了，难受"] {
            assert!(engine.sentiment(text).score < 0.0, "{text}");
        }
    }
}
