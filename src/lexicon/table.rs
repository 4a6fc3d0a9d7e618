//! The built look-up structures over a vocabulary: words and phrases by hash, wide text by a trie.

mod latin;

pub(super) use latin::Latin;
pub(crate) use latin::Stemmer;

use super::class::valence;
use super::emoticon::Emoticons;
use super::gram::{Cue, Grams};
use super::list::{CUE_GROUP, List, SENTIMENT_GROUPS, Sense};
use super::stem::{Inflector, degrees};
use super::vocabulary::Vocabulary;
use super::watch::Watch;
use super::wide::Wide;
pub(super) use super::words::NONE;
use super::words::{Key, LONGEST_WORD, Words, bit};
use rustc_hash::FxHashMap;

/// A node of the phrase trie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// Term that ends here, or [`NONE`].
    pub(super) term: u32,
    /// Whether any phrase goes on from here.
    pub(super) leads_on: bool,
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
    /// The same for phrases that matter to the sentiment: reading for it alone skips the others.
    sentiment_filter: Vec<u64>,
    nodes: Vec<Node>,
    emoticons: Emoticons,
    wide: Wide,
    grams: Grams,
    watch: Option<Box<Watch>>,
    latin: Option<Box<Latin>>,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("terms", &self.vocabulary.len()).finish_non_exhaustive()
    }
}

/// Terms with their numbers, by how they are found.
#[derive(Default)]
struct Kinds<'t> {
    wide: Vec<(&'t str, u32)>,
    phrases: Vec<(&'t str, u32)>,
}

impl Table {
    /// Builds the structures; those for wide terms beside the others where the platform has threads.
    pub(crate) fn build(vocabulary: Vocabulary) -> Self {
        let mut table = Self::default();
        let Kinds { wide, phrases } = table.sort(&vocabulary, vocabulary.iter().map(|(_, text)| text));
        let build_wide = || Wide::build(&vocabulary, &wide);
        let built = std::thread::scope(|scope| {
            let many = wide.len() > WORTH_A_THREAD;
            let beside =
                if many { std::thread::Builder::new().spawn_scoped(scope, build_wide).ok() } else { None };
            table.insert_words(&phrases, &vocabulary);
            table.inflect(&vocabulary);
            table.words.settle();
            match beside.map(std::thread::ScopedJoinHandle::join) {
                Some(Ok(wide)) => wide,
                // No thread to be had: the same work here.
                _ => build_wide(),
            }
        });
        (table.wide, table.vocabulary) = (built, vocabulary);
        table
    }

    /// Parts the terms, written as `texts`, by how they are found; takes in emoticons and cues.
    fn sort<'t>(&mut self, vocabulary: &Vocabulary, texts: impl Iterator<Item = &'t str>) -> Kinds<'t> {
        let (mut kinds, mut cues) = (Kinds::default(), Vec::new());
        for (number, text) in (0..).zip(texts) {
            let groups = vocabulary.groups(number as usize);
            if groups & CUE_GROUP != 0 {
                let senses = vocabulary.senses(number as usize);
                let value = senses.iter().find(|s| s.list == List::Cue).map_or(0.0, |s| s.value);
                cues.push((text, Cue { term: number, value }));
            }
            if groups & !CUE_GROUP == 0 {
                continue;
            }
            if !text.is_ascii() {
                kinds.wide.push((text, number));
            } else if is_words(text) {
                kinds.phrases.push((text, number));
            } else {
                self.emoticons.insert(text, number);
            }
        }
        self.emoticons.finish();
        self.grams = Grams::build(&cues);
        kinds
    }

    /// Notes what words do to the phrases around them.
    pub(crate) fn with_roles<'a>(mut self, roles: impl Iterator<Item = (&'a str, u32)>) -> Self {
        for (text, role) in roles {
            let Some(key) = Key::new(text.as_bytes()) else { continue };
            let number = self.words.insert(key, NONE, false);
            if let Some(word) = self.words.get_mut(number) {
                word.role |= role;
            }
        }
        self.words.shrink_to_fit();
        self
    }

    /// The table with words that rules look for.
    pub(crate) fn watching(mut self, watch: Watch) -> Self {
        self.watch = Some(Box::new(watch));
        self
    }

    /// Numbers every word of every term first, so that word and root node have one number.
    fn insert_words(&mut self, phrases: &[(&str, u32)], vocabulary: &Vocabulary) {
        for key in phrases.iter().flat_map(|(t, _)| t.split(' ')).filter_map(|w| Key::new(w.as_bytes())) {
            self.words.insert(key, NONE, true);
        }
        self.nodes = vec![Node { term: NONE, leads_on: false }; self.words.len() as usize];
        // Eight bits a phrase keep the filter at most some 30 % full, and a tenant's small.
        self.edge_filter = vec![0; (phrases.len() / 8).next_power_of_two()];
        self.sentiment_filter = self.edge_filter.clone();
        for (text, term) in phrases {
            self.insert_phrase(text, *term, vocabulary.groups(*term as usize));
        }
        self.nodes.shrink_to_fit();
    }

    fn insert_phrase(&mut self, text: &str, term: u32, groups: u16) {
        let mut words = text.split(' ').filter_map(|w| Key::new(w.as_bytes())).map(|k| self.words.find(&k));
        let Some(first) = words.next() else { return };
        let (mut node, mut second) = (first, 0);
        for word in words {
            if node == first {
                second = bit(word);
            }
            let next = self.nodes.len() as u32;
            if let Some(from) = self.nodes.get_mut(node as usize) {
                from.leads_on = true;
            }
            let key = edge(node, word);
            let (cell, mask) = self.filter_bit(key);
            if let Some(cell) = self.edge_filter.get_mut(cell) {
                *cell |= mask;
            }
            if let Some(cell) = self.sentiment_filter.get_mut(cell).filter(|_| groups & SENTIMENT_GROUPS != 0)
            {
                *cell |= mask;
            }
            node = *self.edges.entry(key).or_insert(next);
            if node == next {
                self.nodes.push(Node { term: NONE, leads_on: false });
            }
        }
        if let Some(word) = self.words.get_mut(first) {
            if node == first {
                (word.term, word.groups) = (term, groups);
            } else {
                word.next |= second;
                word.next_spoken |= if groups & SENTIMENT_GROUPS == 0 { 0 } else { second };
            }
        }
        if let Some(end) = self.nodes.get_mut(node as usize) {
            end.term = term;
        }
    }

    /// Gives every listed word its regular forms; a form that is listed itself only points back.
    fn inflect(&mut self, vocabulary: &Vocabulary) {
        let mut inflector = Inflector::new();
        let mut text = String::new();
        for id in 0..self.words.len() {
            let Some(word) = self.words.get(id) else { continue };
            word.spell(&mut text);
            let senses = if word.term == NONE { &[] } else { vocabulary.senses(word.term as usize) };
            if senses.iter().any(|s| matches!(s.list, List::Function | List::Negator | List::Contrast)) {
                continue;
            }
            // "lights" and "longing" are no forms of a word that is only long or light.
            if senses.is_empty() || senses.iter().any(|s| s.list != List::Dependent) {
                inflector.forms(&text, |form| self.add_form(form, id));
            }
            let graded =
                |s: &Sense| s.list == List::Valence && matches!(s.class, valence::OPINION | valence::GRADED);
            if senses.iter().any(|s| graded(s) || s.list == List::Dependent) {
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

    /// Place of an edge in the filter.
    #[inline]
    fn filter_bit(&self, key: u64) -> (usize, u64) {
        let mixed = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        ((mixed >> 40) as usize & self.edge_filter.len().wrapping_sub(1), 1 << ((mixed >> 34) & 63))
    }

    /// Whether the filter for the `wanted` groups lets a step pass; nearly always no where there is none.
    #[inline]
    pub(super) fn may_step(&self, node: u32, word: u32, wanted: u16) -> bool {
        let (cell, bit) = self.filter_bit(edge(node, word));
        let filter = if wanted & !SENTIMENT_GROUPS == 0 { &self.sentiment_filter } else { &self.edge_filter };
        word != NONE && filter.get(cell).is_some_and(|c| c & bit != 0)
    }

    /// The node after `word` from `node`, where a phrase of the `wanted` groups may go on.
    #[inline]
    pub(super) fn step(&self, node: u32, word: u32, wanted: u16) -> Option<u32> {
        if self.may_step(node, word, wanted) { self.edges.get(&edge(node, word)).copied() } else { None }
    }

    /// The emoticons.
    pub(super) fn emoticons(&self) -> &Emoticons {
        &self.emoticons
    }

    /// The cues.
    #[inline]
    pub(super) fn grams(&self) -> &Grams {
        &self.grams
    }

    /// How words of another language are looked for.
    #[inline]
    pub(super) fn latin(&self) -> Option<&Latin> {
        self.latin.as_deref()
    }

    /// Words that rules look for.
    #[inline]
    pub(super) fn watch(&self) -> Option<&Watch> {
        self.watch.as_deref()
    }

    /// The terms outside ASCII.
    #[inline]
    pub(super) fn wide(&self) -> &Wide {
        &self.wide
    }

    /// Bytes held, estimated from lengths: for the memory figure of an engine.
    pub(crate) fn heap_bytes(&self) -> usize {
        self.words.heap_bytes()
            + self.edges.capacity() * (size_of::<(u64, u32)>() + 1)
            + self.nodes.capacity() * size_of::<Node>()
            + self.wide.heap_bytes()
            + self.grams.heap_bytes()
            + self.watch.as_ref().map_or(0, |w| w.heap_bytes())
            + self.vocabulary.len() * 48
    }
}

const fn edge(node: u32, word: u32) -> u64 {
    ((node as u64) << 32) | word as u64
}

/// Wide terms from which a thread of their own pays.
const WORTH_A_THREAD: usize = 1000;

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
