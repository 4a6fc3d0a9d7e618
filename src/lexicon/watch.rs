//! Words that rules look for: found in the same pass as the lists, all of them, wherever they stand.
//!
//! They stand apart from the lists, so that no word of a rule hides a listed one or changes what it means.

use super::scan::Scan;
use super::stem::Inflector;
use super::trie::Trie;
use super::words::{Key, LONGEST_WORD, NONE, Words};
use crate::text::{Break, Token, Tokens, is_han};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Characters that the wildcard inside Chinese words stands for at most.
const GAP: usize = 4;

/// What is looked for; in the form of a cleaned text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Needle {
    /// A word with its regular forms; outside ASCII just as it stands.
    Forms(String),
    /// Words in this order and form.
    Exact(String),
    /// Pieces with `*` between them, at the end for any ending.
    Glob(String),
}

impl Needle {
    /// The words.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Forms(text) | Self::Exact(text) | Self::Glob(text) => text,
        }
    }
}

/// A needle found in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spot {
    /// First byte in the cleaned text.
    pub(crate) start: u32,
    /// One past the last.
    pub(crate) end: u32,
    /// Number of the needle; those of an overlay have the highest bit set.
    pub(crate) needle: u32,
    /// Number of the first unit.
    pub(crate) unit: u32,
    /// Number after the last unit.
    pub(crate) unit_end: u32,
}

/// A word that rules know, on its way to their phrases.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trail {
    word: u32,
    start: u32,
    end: u32,
    unit: u32,
}

/// What must stand behind the first piece of a needle.
#[derive(Debug, Clone)]
struct Tail {
    needle: u32,
    pieces: Vec<String>,
    /// Any ending is welcome.
    open: bool,
}

/// Look-up structures over the needles of a set of rules.
#[derive(Default)]
pub(crate) struct Watch {
    words: Words,
    /// Needles that are one word, by its number.
    alone: Vec<Vec<u32>>,
    /// Phrases: (node, word) → node; word `i` alone leads to node `i`.
    edges: FxHashMap<u64, u32>,
    /// By node: the phrase that ends there.
    ends: Vec<u32>,
    /// By first word: whether a phrase goes on from it.
    leads_on: Vec<bool>,
    /// First pieces of words with a wildcard.
    stems: Heads,
    wide: Heads,
}

/// First pieces with all that may follow them.
#[derive(Default)]
struct Heads {
    trie: Trie,
    tails: Vec<Vec<Tail>>,
}

impl Heads {
    fn build(heads: BTreeMap<String, Vec<Tail>>) -> Self {
        let mut out = Self::default();
        for ((text, tails), number) in heads.into_iter().zip(0..) {
            out.trie.insert(&text, number);
            // Needles are lower case, texts are not: `cp值高` must find CP值高.
            let upper = text.to_uppercase();
            if upper != text {
                out.trie.insert(&upper, number);
            }
            out.tails.push(tails);
        }
        out
    }

    /// Calls `each` with what may follow every first piece at the start of `text`, and the text behind it.
    #[inline]
    fn at<'a>(&'a self, text: &'a str, mut each: impl FnMut(&'a Tail, &'a str)) {
        if self.tails.is_empty() {
            return;
        }
        self.trie.prefixes(text.chars(), |rest, number| {
            for tail in self.tails.get(number as usize).into_iter().flatten() {
                each(tail, rest.as_str());
            }
        });
    }
}

impl Watch {
    /// Builds the structures; the number of a needle is its place. What no text can hold is never found.
    pub(crate) fn build(needles: &[Needle]) -> Self {
        let (mut watch, mut inflector) = (Self::default(), Inflector::new());
        let (mut phrases, mut stems, mut wide) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        for (needle, number) in needles.iter().zip(0..) {
            let text = needle.text();
            let heads = if text.is_ascii() { &mut stems } else { &mut wide };
            match needle {
                Needle::Forms(_) if text.is_ascii() && words_of(text).nth(1).is_none() => {
                    watch.word(text, number);
                    inflector.forms(text, |form| watch.word(form, number));
                }
                // Texts are cut between digits and letters: `5g` is two words.
                Needle::Forms(_) | Needle::Exact(_) if text.is_ascii() => {
                    let words: Vec<u32> = words_of(text).filter_map(|w| watch.known(w)).collect();
                    match words.as_slice() {
                        [word] => watch.add(*word, number),
                        _ => phrases.push((words, number)),
                    }
                }
                _ => {
                    let (head, tail) = pieces(needle, number);
                    heads.entry(head).or_insert_with(Vec::new).push(tail);
                }
            }
        }
        (watch.stems, watch.wide) = (Heads::build(stems), Heads::build(wide));
        watch.alone.resize(watch.words.len() as usize, Vec::new());
        watch.leads_on.resize(watch.alone.len(), false);
        watch.ends = vec![NONE; watch.alone.len()];
        for (words, number) in phrases {
            watch.phrase(&words, number);
        }
        watch
    }

    /// The number of a word, new or not; `None` where it is too long for any list.
    fn known(&mut self, word: &str) -> Option<u32> {
        Key::new(word.as_bytes()).map(|key| self.words.insert(key, NONE, true))
    }

    fn word(&mut self, word: &str, needle: u32) {
        if let Some(word) = self.known(word) {
            self.add(word, needle);
        }
    }

    fn add(&mut self, word: u32, needle: u32) {
        let word = word as usize;
        self.alone.resize(self.alone.len().max(word + 1), Vec::new());
        if let Some(needles) = self.alone.get_mut(word).filter(|n| !n.contains(&needle)) {
            needles.push(needle);
        }
    }

    fn phrase(&mut self, words: &[u32], needle: u32) {
        let Some((first, rest)) = words.split_first() else { return };
        if let Some(leads_on) = self.leads_on.get_mut(*first as usize) {
            *leads_on = true;
        }
        let mut node = *first;
        for word in rest {
            let next = self.ends.len() as u32;
            node = *self.edges.entry(edge(node, *word)).or_insert(next);
            if node == next {
                self.ends.push(NONE);
            }
        }
        if let Some(end) = self.ends.get_mut(node as usize) {
            *end = needle;
        }
    }

    /// Bytes held, estimated.
    pub(super) fn heap_bytes(&self) -> usize {
        self.words.heap_bytes()
            + self.alone.iter().map(|n| size_of::<Vec<u32>>() + 4 * n.capacity()).sum::<usize>()
            + self.edges.capacity() * (size_of::<(u64, u32)>() + 1)
            + self.ends.capacity() * 4
            + self.stems.trie.heap_bytes()
            + self.wide.trie.heap_bytes()
    }
}

impl Scan {
    /// Looks for needles at a word or number that starts at `start`.
    pub(super) fn spot_word(&mut self, text: &str, watch: &Watch, bit: u32, (start, end): (usize, usize)) {
        let unit = self.units;
        let written = text.as_bytes().get(start..end).unwrap_or_default();
        let found = self.spot_part(watch, bit, written, start, unit);
        // As in the lists: what is not known as it stands may be known in parts.
        if !found && let Some(owner) = written.strip_suffix(b"'s") {
            self.spot_part(watch, bit, owner, start, unit);
        }
        if !found && written.contains(&b'-') {
            let mut from = start;
            for part in written.split(|b| *b == b'-') {
                self.spot_part(watch, bit, part, from, unit);
                from += part.len() + 1;
            }
        }
        self.spot_wide(text, watch, bit, start, unit);
    }

    /// Whether the word is known to any rule.
    fn spot_part(&mut self, watch: &Watch, bit: u32, written: &[u8], start: usize, unit: u32) -> bool {
        let Some((key, _)) = Key::folded(written, written.len()) else { return false };
        let word = watch.words.find(&key);
        let (start, end) = (start as u32, (start + written.len()) as u32);
        let spot = |needle| Spot { start, end, needle: needle | bit, unit, unit_end: unit + 1 };
        let before = self.spots.len();
        if word != NONE {
            self.trail.push(Trail { word, start, end, unit });
            self.spots.extend(watch.alone.get(word as usize).into_iter().flatten().map(|n| spot(*n)));
        }
        if !watch.stems.tails.is_empty() {
            let mut buffer = [0; LONGEST_WORD];
            for (to, from) in buffer.iter_mut().zip(written) {
                *to = from.to_ascii_lowercase();
            }
            let lower = buffer.get(..written.len()).and_then(|b| std::str::from_utf8(b).ok());
            watch.stems.at(lower.unwrap_or_default(), |tail, rest| {
                if ends_with_pieces(rest, tail) {
                    self.spots.push(spot(tail.needle));
                }
            });
        }
        word != NONE || self.spots.len() > before
    }

    /// Looks for needles outside ASCII at the character that starts at `start`.
    pub(super) fn spot_wide(&mut self, text: &str, watch: &Watch, bit: u32, start: usize, unit: u32) {
        let here = text.get(start..).unwrap_or_default();
        watch.wide.at(here, |tail, rest| {
            let Some(left) = behind_pieces(rest, tail) else { return };
            let length = here.len() - left.len();
            let found = here.get(..length).unwrap_or_default();
            if !ends_word(found, left) {
                return;
            }
            let (start, end) = (start as u32, (start + length) as u32);
            self.spots.push(Spot {
                start,
                end,
                needle: tail.needle | bit,
                unit,
                unit_end: unit + units(found),
            });
        });
    }

    /// Looks for needles at a token that is neither word, number nor Han.
    pub(super) fn spot_narrow(&mut self, text: &str, watch: &Watch, bit: u32, token: Token) {
        match token {
            Token::Foreign { start, .. } | Token::Wide { start, .. } => {
                self.spot_wide(text, watch, bit, start, self.units);
            }
            // No phrase of a rule goes across the end of a sentence.
            Token::Break { kind, .. } if kind >= Break::Sentence => {
                self.trail.push(Trail { word: NONE, start: 0, end: 0, unit: 0 });
            }
            _ => {}
        }
    }

    /// Finds the phrases among the words passed.
    pub(super) fn spot_phrases(&mut self, watch: &Watch, bit: u32) {
        for (i, first) in self.trail.iter().enumerate() {
            if !watch.leads_on.get(first.word as usize).is_some_and(|l| *l) {
                continue;
            }
            let (mut node, mut last) = (first.word, first);
            for next in self.trail.get(i + 1..).unwrap_or_default() {
                if next.word == NONE || next.unit > last.unit + 1 {
                    break;
                }
                // Parts of one word written with a hyphen share its unit; a phrase may go on from each.
                let Some(to) = watch.edges.get(&edge(node, next.word)) else { break };
                (node, last) = (*to, next);
                let needle = watch.ends.get(node as usize).copied().unwrap_or(NONE);
                if needle != NONE {
                    self.spots.push(Spot {
                        start: first.start,
                        end: last.end,
                        needle: needle | bit,
                        unit: first.unit,
                        unit_end: last.unit + 1,
                    });
                }
            }
        }
        self.trail.clear();
    }
}

const fn edge(node: u32, word: u32) -> u64 {
    ((node as u64) << 32) | word as u64
}

/// Words and numbers of an ASCII phrase, as texts are cut.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    Tokens::new(text).filter_map(|token| match token {
        Token::Word { start, end } | Token::Number { start, end } => text.get(start..end),
        _ => None,
    })
}

/// The first piece of a needle, and what must stand behind it.
fn pieces(needle: &Needle, number: u32) -> (String, Tail) {
    let text = needle.text();
    if !matches!(needle, Needle::Glob(_)) {
        return (text.to_owned(), Tail { needle: number, pieces: Vec::new(), open: false });
    }
    let mut pieces = text.split('*').filter(|p| !p.is_empty()).map(str::to_owned);
    let head = pieces.next().unwrap_or_default();
    (head, Tail { needle: number, pieces: pieces.collect(), open: text.ends_with('*') })
}

/// Whether the rest of a word is as the pieces want it.
fn ends_with_pieces(mut rest: &str, tail: &Tail) -> bool {
    let Some((last, inner)) = tail.pieces.split_last() else { return tail.open || rest.is_empty() };
    for piece in inner {
        let Some((_, behind)) = rest.split_once(piece.as_str()) else { return false };
        rest = behind;
    }
    if tail.open { rest.contains(last.as_str()) } else { rest.ends_with(last.as_str()) }
}

/// What is left of the text behind all pieces, each at most [`GAP`] characters behind the one before.
fn behind_pieces<'a>(mut rest: &'a str, tail: &Tail) -> Option<&'a str> {
    for piece in &tail.pieces {
        let mut gap = 0;
        rest = loop {
            if let Some(behind) = after(rest, piece) {
                break behind;
            }
            let mut chars = rest.chars();
            let passed = chars.next()?;
            gap += 1;
            if gap > GAP || !passed.is_alphanumeric() {
                return None;
            }
            rest = chars.as_str();
        };
    }
    Some(rest)
}

fn after<'a>(text: &'a str, piece: &str) -> Option<&'a str> {
    let head = text.get(..piece.len())?;
    if head.eq_ignore_ascii_case(piece) { text.get(piece.len()..) } else { None }
}

/// Whether a needle that ends in a letter other than a Han character ends with the word.
fn ends_word(found: &str, left: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_han(c));
    !(letter(found.chars().next_back()) && letter(left.chars().next()))
}

/// Han characters and other words of a stretch.
fn units(text: &str) -> u32 {
    let (mut units, mut in_word) = (0, false);
    for c in text.chars() {
        let word = c.is_alphanumeric() && !is_han(c);
        units += u32::from(is_han(c) || (word && !in_word));
        in_word = word;
    }
    units
}

#[cfg(test)]
mod tests;
