//! The built look-up structures over a vocabulary: words and phrases by hash, wide text by automaton.

use super::emoticon::Emoticons;
use super::list::{GROUPS, List, valence};
use super::stem::{Inflector, degrees};
use super::vocabulary::Vocabulary;
pub(super) use super::words::NONE;
use super::words::{Key, LONGEST_WORD, Words};
use crate::error::{Error, ErrorKind, Result};
use crate::text::is_han;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use rustc_hash::FxHashMap;

/// A node of the phrase trie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// Term that ends here, or [`NONE`].
    pub(super) term: u32,
    /// Whether any phrase goes on from here.
    pub(super) leads_on: bool,
}

/// A term inside a longer one, of a group the longer one does not have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nested {
    pub(super) offset: u16,
    pub(super) length: u16,
    /// Units before it.
    pub(super) units: u16,
    pub(super) term: u32,
    pub(super) groups: u16,
}

/// Look-up structures; immutable, shared by `Arc`.
#[derive(Default)]
pub(crate) struct Table {
    pub(crate) vocabulary: Vocabulary,
    words: Words,
    /// Phrase trie: (node, word) → node. Word `i` alone leads from the root to node `i`.
    edges: FxHashMap<u64, u32>,
    /// Filter before `edges`, one bit a key; most look-ups end here.
    edge_filter: Vec<u64>,
    nodes: Vec<Node>,
    emoticons: Emoticons,
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    nested: Vec<Nested>,
    nested_of: Vec<(u32, u32)>,
    /// Units of each term of the automaton.
    units: Vec<u8>,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("terms", &self.vocabulary.len()).finish_non_exhaustive()
    }
}

impl Table {
    /// Builds the structures.
    pub(crate) fn build(vocabulary: Vocabulary) -> Result<Self> {
        let mut table = Self::default();
        table.insert_words(&vocabulary);
        let mut wide: Vec<(&str, u32)> = Vec::new();
        for (number, text) in vocabulary.iter() {
            let number = number as u32;
            if !text.is_ascii() {
                wide.push((text, number));
            } else if is_words(text) {
                table.insert_phrase(text, number);
            } else {
                table.emoticons.insert(text, number);
            }
        }
        table.emoticons.finish();
        table.inflect(&vocabulary);
        table.units = vocabulary.iter().map(|(_, t)| units(t)).collect();
        table.nested_of = vec![(0, 0); vocabulary.len()];
        table.find_nested(&vocabulary, &wide);
        table.automaton = automaton(&wide)?;
        table.vocabulary = vocabulary;
        Ok(table)
    }

    /// Numbers every word of every term, so that word and root node have one number.
    fn insert_words(&mut self, vocabulary: &Vocabulary) {
        let terms = vocabulary.iter().map(|(_, text)| text).filter(|t| is_words(t));
        for key in terms.flat_map(|t| t.split(' ')).filter_map(|w| Key::new(w.as_bytes())) {
            self.words.insert(key, NONE, true);
        }
        self.nodes = vec![Node { term: NONE, leads_on: false }; self.words.len() as usize];
    }

    fn insert_phrase(&mut self, text: &str, term: u32) {
        let mut words = text.split(' ').filter_map(|w| Key::new(w.as_bytes())).map(|k| self.words.find(&k));
        let Some(first) = words.next() else { return };
        let mut node = first;
        for word in words {
            let next = self.nodes.len() as u32;
            if let Some(from) = self.nodes.get_mut(node as usize) {
                from.leads_on = true;
            }
            let key = edge(node, word);
            let (cell, bit) = filter_bit(key);
            self.edge_filter.resize(FILTER, 0);
            if let Some(cell) = self.edge_filter.get_mut(cell) {
                *cell |= bit;
            }
            node = *self.edges.entry(key).or_insert(next);
            if node == next {
                self.nodes.push(Node { term: NONE, leads_on: false });
            }
        }
        if node == first
            && let Some(word) = self.words.get_mut(first)
        {
            word.term = term;
        }
        if let Some(end) = self.nodes.get_mut(node as usize) {
            end.term = term;
        }
    }

    /// Gives every listed word its regular forms; a form that is listed itself only points back.
    fn inflect(&mut self, vocabulary: &Vocabulary) {
        let inflector = Inflector::new();
        let mut text = String::new();
        for id in 0..self.words.len() {
            let Some(word) = self.words.get(id) else { continue };
            word.spell(&mut text);
            let senses = if word.term == NONE { &[] } else { vocabulary.senses(word.term as usize) };
            if senses.iter().any(|s| matches!(s.list, List::Function | List::Negator | List::Contrast)) {
                continue;
            }
            inflector.forms(&text, |form| self.add_form(form, id));
            if senses.iter().any(|s| s.list == List::Valence && s.class == valence::OPINION) {
                for form in degrees(&text) {
                    self.add_form(&form, id);
                }
            }
        }
    }

    fn add_form(&mut self, form: &str, base: u32) {
        let Some(key) = Key::new(form.as_bytes()) else { return };
        let number = self.words.insert(key, base, false);
        if let Some(word) = self.words.get_mut(number)
            && word.base == NONE
            && number != base
        {
            word.base = base;
        }
    }

    /// Records which terms of other groups stand inside each wide term.
    fn find_nested(&mut self, vocabulary: &Vocabulary, wide: &[(&str, u32)]) {
        let index: FxHashMap<&str, u32> = wide.iter().copied().collect();
        for (text, outer) in wide {
            let first = self.nested.len() as u32;
            let own = vocabulary.groups(*outer as usize);
            let mut covered = [0; GROUPS];
            let ends: Vec<usize> = text.char_indices().map(|(i, c)| i + c.len_utf8()).collect();
            for (start, _) in text.char_indices() {
                for end in ends.iter().rev().copied().filter(|e| *e > start) {
                    let Some(inner) = text.get(start..end).and_then(|t| index.get(t)) else { continue };
                    if end - start == text.len() {
                        continue;
                    }
                    let groups =
                        uncovered(vocabulary.groups(*inner as usize) & !own, start, end, &mut covered);
                    if groups != 0 {
                        let (offset, length) = (start as u16, (end - start) as u16);
                        let units = u16::from(units(text.get(..start).unwrap_or_default()));
                        self.nested.push(Nested { offset, length, units, term: *inner, groups });
                    }
                }
            }
            if let Some(range) = self.nested_of.get_mut(*outer as usize) {
                *range = (first, self.nested.len() as u32);
            }
        }
    }

    /// The words.
    #[inline]
    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    /// A node of the phrase trie; the root nodes have the numbers of their words.
    #[inline]
    pub(super) fn node(&self, node: u32) -> Option<Node> {
        self.nodes.get(node as usize).copied()
    }

    /// Whether the filter lets a step pass; nearly always no where there is none.
    #[inline]
    pub(super) fn may_step(&self, node: u32, word: u32) -> bool {
        let (cell, bit) = filter_bit(edge(node, word));
        word != NONE && self.edge_filter.get(cell).is_some_and(|c| c & bit != 0)
    }

    /// The node after `word` from `node`.
    #[inline]
    pub(super) fn step(&self, node: u32, word: u32) -> Option<u32> {
        if self.may_step(node, word) { self.edges.get(&edge(node, word)).copied() } else { None }
    }

    /// The emoticons.
    pub(super) fn emoticons(&self) -> &Emoticons {
        &self.emoticons
    }

    /// The automaton over wide terms.
    pub(super) fn automaton(&self) -> Option<&CharwiseDoubleArrayAhoCorasick<u32>> {
        self.automaton.as_ref()
    }

    /// Units of a wide term.
    #[inline]
    pub(super) fn units(&self, term: u32) -> u32 {
        self.units.get(term as usize).map_or(0, |u| u32::from(*u))
    }

    /// Terms of other groups inside a wide term.
    #[inline]
    pub(super) fn nested(&self, term: u32) -> &[Nested] {
        let range = self.nested_of.get(term as usize).map(|r| r.0 as usize..r.1 as usize);
        range.and_then(|r| self.nested.get(r)).unwrap_or_default()
    }

    /// Bytes held, estimated from lengths: for the memory figure of an engine.
    pub(crate) fn heap_bytes(&self) -> usize {
        self.words.heap_bytes()
            + self.edges.capacity() * (size_of::<(u64, u32)>() + 1)
            + self.nodes.capacity() * size_of::<Node>()
            + self.nested.capacity() * size_of::<Nested>()
            + self.nested_of.capacity() * 8
            + self.automaton.as_ref().map_or(0, CharwiseDoubleArrayAhoCorasick::heap_bytes)
            + self.vocabulary.len() * 48
    }
}

/// Of `groups`, those not covered at `start`; marks them covered up to `end`.
#[inline]
pub(super) fn uncovered(groups: u16, start: usize, end: usize, covered: &mut [usize; GROUPS]) -> u16 {
    let mut free = 0;
    let mut left = groups;
    while left != 0 {
        let bit = left.trailing_zeros();
        left &= left - 1;
        if let Some(until) = covered.get_mut(bit as usize).filter(|until| **until <= start) {
            free |= 1 << bit;
            *until = end;
        }
    }
    free
}

/// Han characters of a term.
fn units(text: &str) -> u8 {
    u8::try_from(text.chars().filter(|c| is_han(*c)).count()).unwrap_or(u8::MAX)
}

const fn edge(node: u32, word: u32) -> u64 {
    ((node as u64) << 32) | word as u64
}

/// Machine words of the edge filter: 256 Ki bits keep it at some 30 % full with the built-in lists.
const FILTER: usize = 1 << 12;

/// Place of an edge in the filter.
#[inline]
const fn filter_bit(key: u64) -> (usize, u64) {
    let mixed = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed >> 52) as usize, 1 << ((mixed >> 46) & 63))
}

/// Words of letters, digits, apostrophes and hyphens with single blanks.
fn is_words(text: &str) -> bool {
    text.split(' ').all(|w| {
        let bytes = w.as_bytes();
        bytes.len() <= LONGEST_WORD
            && bytes.first().is_some_and(u8::is_ascii_alphanumeric)
            && bytes.last().is_some_and(u8::is_ascii_alphanumeric)
            && bytes.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'\'' | b'-'))
    })
}

fn automaton(wide: &[(&str, u32)]) -> Result<Option<CharwiseDoubleArrayAhoCorasick<u32>>> {
    if wide.is_empty() {
        return Ok(None);
    }
    let mut patterns: Vec<(String, u32)> = wide.iter().map(|(t, n)| ((*t).to_owned(), *n)).collect();
    // Lists are lower case, texts are not: `cp值高` must find CP值高.
    let upper = wide.iter().filter(|(t, _)| t.bytes().any(|b| b.is_ascii_lowercase()));
    patterns.extend(upper.map(|(t, n)| (t.to_ascii_uppercase(), *n)));
    patterns.sort_unstable();
    patterns.dedup_by(|a, b| a.0 == b.0);
    CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build_with_values(patterns)
        .map(Some)
        .map_err(|e| Error::new(ErrorKind::Limit, format!("the word automaton cannot be built: {e}")))
}
