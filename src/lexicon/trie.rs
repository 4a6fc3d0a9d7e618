//! A trie over characters in one hash table: few instructions to build, one cache line a step.

use super::words::NONE;
use std::str::Chars;

/// A step from a node by a character.
#[derive(Debug, Clone, Copy)]
struct Cell {
    from: u32,
    char: u32,
    /// The node it leads to; the root, which no step leads to, when no term goes on.
    to: u32,
    /// Number of the term that ends here, or [`NONE`].
    number: u32,
}

const ROOT: u32 = 0;
const FREE: Cell = Cell { from: NONE, char: 0, to: ROOT, number: NONE };

/// Texts with their numbers; open addressing with linear probing, at most half full.
#[derive(Debug, Default)]
pub(super) struct Trie {
    cells: Vec<Cell>,
    /// Eight bits a cell, one set a step: most steps that are tried lead nowhere and end here.
    filter: Vec<u64>,
    steps: usize,
    nodes: u32,
    /// ASCII characters that may begin a text.
    starts: u128,
}

impl Trie {
    /// Adds a text; one that is there already keeps its number.
    pub(super) fn insert(&mut self, text: &str, number: u32) {
        while self.cells.len() < 2 * (self.steps + text.len()) {
            self.grow();
        }
        if let Some(first) = text.bytes().next().filter(u8::is_ascii) {
            self.starts |= 1 << first;
        }
        let (mut from, mut last) = (ROOT, None);
        for char in text.chars() {
            if let Some(cell) = last.and_then(|at: usize| self.cells.get_mut(at)) {
                if cell.to == ROOT {
                    self.nodes += 1;
                    cell.to = self.nodes;
                }
                from = cell.to;
            }
            let at = self.slot(from, char as u32);
            if let Some(cell) = self.cells.get_mut(at).filter(|c| c.from == NONE) {
                *cell = Cell { from, char: char as u32, ..FREE };
                self.steps += 1;
                self.mark(from, char as u32);
            }
            last = Some(at);
        }
        if let Some(cell) = last.and_then(|at| self.cells.get_mut(at)).filter(|c| c.number == NONE) {
            cell.number = number;
        }
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.cells);
        self.cells = vec![FREE; (2 * old.len()).max(64)];
        self.filter = vec![0; self.cells.len() / 8];
        for cell in old.iter().filter(|c| c.from != NONE) {
            self.mark(cell.from, cell.char);
            let at = self.slot(cell.from, cell.char);
            if let Some(free) = self.cells.get_mut(at) {
                *free = *cell;
            }
        }
    }

    fn mark(&mut self, from: u32, char: u32) {
        let (cell, bit) = self.filter_bit(hash(from, char));
        if let Some(cell) = self.filter.get_mut(cell) {
            *cell |= bit;
        }
    }

    #[inline]
    fn filter_bit(&self, hash: u64) -> (usize, u64) {
        ((hash >> 32) as usize & self.filter.len().wrapping_sub(1), 1 << (hash >> 58))
    }

    /// Place of a step, or the free cell where it would be put.
    #[inline]
    fn slot(&self, from: u32, char: u32) -> usize {
        let mask = self.cells.len().wrapping_sub(1);
        let mut at = (hash(from, char) >> 32) as usize & mask;
        while self.cells.get(at).is_some_and(|c| c.from != NONE && (c.from != from || c.char != char)) {
            at = (at + 1) & mask;
        }
        at
    }

    /// Calls `each` with every text that begins `chars`, shortest first: what is left behind it, its number.
    #[inline]
    pub(super) fn prefixes<'a>(&self, mut chars: Chars<'a>, mut each: impl FnMut(&Chars<'a>, u32)) {
        let mut from = ROOT;
        while let Some(char) = chars.next() {
            let (cell, bit) = self.filter_bit(hash(from, char as u32));
            if self.filter.get(cell).is_none_or(|c| c & bit == 0) {
                return;
            }
            let step = self.cells.get(self.slot(from, char as u32)).filter(|c| c.from != NONE);
            let Some(cell) = step else { return };
            if cell.number != NONE {
                each(&chars, cell.number);
            }
            if cell.to == ROOT {
                return;
            }
            from = cell.to;
        }
    }

    /// The leftmost-longest texts in `text`.
    pub(super) fn find<'a>(&'a self, text: &'a str) -> Hits<'a> {
        let rest = if self.cells.is_empty() { "" } else { text };
        Hits { trie: self, length: rest.len(), rest: rest.chars() }
    }

    /// Bytes held.
    pub(super) fn heap_bytes(&self) -> usize {
        self.cells.capacity() * size_of::<Cell>() + self.filter.capacity() * 8
    }
}

#[inline]
const fn hash(from: u32, char: u32) -> u64 {
    ((from as u64) << 21 | char as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Hits as they come along the text: first byte, one past the last, number.
pub(super) struct Hits<'a> {
    trie: &'a Trie,
    length: usize,
    rest: Chars<'a>,
}

impl<'a> Hits<'a> {
    /// Goes on at byte `at` of the text.
    pub(super) fn seek(&mut self, text: &'a str, at: usize) {
        self.rest = text.get(at..).unwrap_or_default().chars();
    }
}

impl Iterator for Hits<'_> {
    type Item = (usize, usize, u32);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let here = self.rest.clone();
            let first = self.rest.next()?;
            if first.is_ascii() && self.trie.starts & (1 << (first as u32)) == 0 {
                continue;
            }
            let mut longest = None;
            self.trie.prefixes(here.clone(), |rest, number| longest = Some((rest.clone(), number)));
            if let Some((rest, number)) = longest {
                self.rest = rest;
                let at = |chars: &Chars<'_>| self.length - chars.as_str().len();
                return Some((at(&here), at(&self.rest), number));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// At each place the longest text, tried one by one.
    fn naive(terms: &[String], text: &str) -> Vec<(usize, usize, u32)> {
        let (mut hits, mut at) = (Vec::new(), 0);
        while let Some(rest) = text.get(at..)
            && let Some(first) = rest.chars().next()
        {
            let here = terms.iter().zip(0..).filter(|(t, _)| rest.starts_with(t.as_str()));
            let longest = here.max_by_key(|(t, _)| t.len());
            hits.extend(longest.map(|(t, number)| (at, at + t.len(), number)));
            at += longest.map_or(first.len_utf8(), |(t, _)| t.len());
        }
        hits
    }

    proptest! {
        #[test]
        fn finds_the_leftmost_longest(
            terms in prop::collection::btree_set("[好不太a快]{0,4}[好快]", 1..40),
            text in "[好不太aA快 ]{0,30}",
        ) {
            let terms: Vec<String> = terms.into_iter().collect();
            let mut trie = Trie::default();
            for (term, number) in terms.iter().zip(0..) {
                trie.insert(term, number);
            }
            prop_assert_eq!(trie.find(&text).collect::<Vec<_>>(), naive(&terms, &text));
            prop_assert_eq!(Trie::default().find(&text).next(), None);
        }
    }
}
