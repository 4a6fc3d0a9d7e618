//! The built look-up structures over a vocabulary: words and phrases by hash, wide text by automaton.

use super::list::{GROUPS, List, valence};
use super::stem::{Inflector, degrees};
use super::vocabulary::Vocabulary;
use crate::error::{Error, ErrorKind, Result};
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use rustc_hash::FxHashMap;

/// Longest ASCII word that can be listed, in bytes.
pub(super) const LONGEST_WORD: usize = 31;
/// No node, no word, no term.
pub(super) const NONE: u32 = u32::MAX;

/// What is known of an ASCII word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// The word itself as a step in phrases, or [`NONE`].
    pub(super) id: u32,
    /// The listed word it is a regular form of, or [`NONE`].
    pub(super) base: u32,
}

/// A term inside a longer one, of a group the longer one does not have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nested {
    pub(super) offset: u16,
    pub(super) length: u16,
    pub(super) term: u32,
    pub(super) groups: u16,
}

/// Look-up structures; immutable, shared by `Arc`.
#[derive(Default)]
pub(crate) struct Table {
    pub(crate) vocabulary: Vocabulary,
    words: FxHashMap<Box<[u8]>, Word>,
    /// Phrase trie: (node, word) → node. Node 0 is the root.
    edges: FxHashMap<u64, u32>,
    /// Term that ends at a node, or [`NONE`].
    ends: Vec<u32>,
    emoticons: FxHashMap<Box<[u8]>, u32>,
    emoticon_starts: u128,
    longest_emoticon: usize,
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    nested: Vec<Nested>,
    nested_of: Vec<(u32, u32)>,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("terms", &self.vocabulary.len()).finish_non_exhaustive()
    }
}

impl Table {
    /// Builds the structures.
    pub(crate) fn build(vocabulary: Vocabulary) -> Result<Self> {
        let mut table = Self { ends: vec![NONE], ..Self::default() };
        let mut wide: Vec<(&str, u32)> = Vec::new();
        for (number, text) in vocabulary.iter() {
            let number = number as u32;
            if !text.is_ascii() {
                wide.push((text, number));
            } else if text.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric()) && is_words(text) {
                table.insert_phrase(text, number);
            } else {
                table.insert_emoticon(text, number);
            }
        }
        table.inflect(&vocabulary);
        table.nested_of = vec![(0, 0); vocabulary.len()];
        table.find_nested(&vocabulary, &wide);
        table.automaton = automaton(&wide)?;
        table.vocabulary = vocabulary;
        Ok(table)
    }

    fn word_id(&mut self, word: &str) -> u32 {
        let next = self.words.len() as u32;
        self.words.entry(word.as_bytes().into()).or_insert(Word { id: next, base: NONE }).id
    }

    fn insert_phrase(&mut self, text: &str, term: u32) {
        let mut node = 0;
        for word in text.split(' ') {
            let key = edge(node, self.word_id(word));
            let next = self.ends.len() as u32;
            node = *self.edges.entry(key).or_insert(next);
            if node == next {
                self.ends.push(NONE);
            }
        }
        if let Some(end) = self.ends.get_mut(node as usize) {
            *end = term;
        }
    }

    fn insert_emoticon(&mut self, text: &str, term: u32) {
        if let Some(first) = text.bytes().next() {
            self.emoticon_starts |= 1 << (first & 0x7F);
        }
        // Lists are lower case; people write both `:d` and `:D`.
        for form in [text.to_owned(), text.to_ascii_uppercase()] {
            if let Some(first) = form.bytes().next() {
                self.emoticon_starts |= 1 << (first & 0x7F);
            }
            self.emoticons.entry(form.into_bytes().into_boxed_slice()).or_insert(term);
        }
        self.longest_emoticon = self.longest_emoticon.max(text.len());
    }

    /// Gives every listed word its regular forms; a form that is listed itself only points back.
    fn inflect(&mut self, vocabulary: &Vocabulary) {
        let inflector = Inflector::new();
        let mut listed: Vec<(Box<[u8]>, u32)> = self.words.iter().map(|(w, i)| (w.clone(), i.id)).collect();
        listed.sort_unstable_by_key(|(_, id)| *id);
        for (word, id) in &listed {
            let Ok(word) = std::str::from_utf8(word) else { continue };
            let term = self.single(*id);
            let senses = if term == NONE { &[] } else { vocabulary.senses(term as usize) };
            if senses.iter().any(|s| matches!(s.list, List::Function | List::Negator | List::Contrast)) {
                continue;
            }
            inflector.forms(word, |form| self.add_form(form, *id));
            if senses.iter().any(|s| s.list == List::Valence && s.class == valence::OPINION) {
                degrees(word).iter().for_each(|form| self.add_form(form, *id));
            }
        }
    }

    fn add_form(&mut self, form: &str, base: u32) {
        let word = self.words.entry(form.as_bytes().into()).or_insert(Word { id: NONE, base });
        if word.base == NONE && word.id != base {
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
                    let groups = uncovered(vocabulary.groups(*inner as usize) & !own, start, end, &mut covered);
                    if groups != 0 {
                        let (offset, length) = (start as u16, (end - start) as u16);
                        self.nested.push(Nested { offset, length, term: *inner, groups });
                    }
                }
            }
            if let Some(range) = self.nested_of.get_mut(*outer as usize) {
                *range = (first, self.nested.len() as u32);
            }
        }
    }

    /// What is known of a lower-case word.
    #[inline]
    pub(super) fn word(&self, word: &[u8]) -> Option<Word> {
        self.words.get(word).copied()
    }

    /// The node after `word` from `node`.
    #[inline]
    pub(super) fn step(&self, node: u32, word: u32) -> u32 {
        self.edges.get(&edge(node, word)).copied().unwrap_or(NONE)
    }

    /// The term that ends at a node.
    #[inline]
    pub(super) fn end(&self, node: u32) -> u32 {
        self.ends.get(node as usize).copied().unwrap_or(NONE)
    }

    /// The term that is this one word.
    pub(super) fn single(&self, word: u32) -> u32 {
        self.end(self.step(0, word))
    }

    /// Whether an emoticon may begin with this byte.
    #[inline]
    pub(super) fn starts_emoticon(&self, byte: u8) -> bool {
        byte < 128 && self.emoticon_starts & (1 << byte) != 0
    }

    /// The longest emoticon at `at`: its term and length.
    pub(super) fn emoticon(&self, text: &[u8], at: usize) -> Option<(u32, usize)> {
        let rest = text.get(at..)?;
        let alphanumeric = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
        (2..=self.longest_emoticon.min(rest.len())).rev().find_map(|length| {
            let form = rest.get(..length)?;
            let term = *self.emoticons.get(form)?;
            // `:D` must not be found in `:Done`, nor `8)` in `(18)`.
            let runs_on = alphanumeric(form.last()) && alphanumeric(rest.get(length));
            let before = at.checked_sub(1).and_then(|i| text.get(i));
            let runs_in = alphanumeric(form.first()) && alphanumeric(before);
            (!runs_on && !runs_in).then_some((term, length))
        })
    }

    /// The automaton over wide terms.
    pub(super) fn automaton(&self) -> Option<&CharwiseDoubleArrayAhoCorasick<u32>> {
        self.automaton.as_ref()
    }

    /// Terms of other groups inside a wide term.
    #[inline]
    pub(super) fn nested(&self, term: u32) -> &[Nested] {
        let range = self.nested_of.get(term as usize).map(|r| r.0 as usize..r.1 as usize);
        range.and_then(|r| self.nested.get(r)).unwrap_or_default()
    }

    /// Bytes held, estimated from lengths: for the memory figure of an engine.
    pub(crate) fn heap_bytes(&self) -> usize {
        self.words.capacity() * (size_of::<(Box<[u8]>, Word)>() + 1 + 8)
            + self.edges.capacity() * (size_of::<(u64, u32)>() + 1)
            + self.ends.capacity() * 4
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
    for (bit, until) in covered.iter_mut().enumerate() {
        if groups & (1 << bit) != 0 && *until <= start {
            free |= 1 << bit;
            *until = end;
        }
    }
    free
}

const fn edge(node: u32, word: u32) -> u64 {
    ((node as u64) << 32) | word as u64
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
