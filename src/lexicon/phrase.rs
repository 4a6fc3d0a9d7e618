//! Words to terms: at each word the longest listed phrase of every group.

use super::list::{GROUPS, List, SENTIMENT_GROUPS, uncovered};
use super::scan::{Hit, Scan};
use super::table::{NONE, Table};
use super::vocabulary::TermId;
use super::words::{Word, bit};

/// An ASCII word or number on its way to the phrase trie; a break between phrases has no id.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ref {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) id: u32,
    pub(super) base: u32,
    pub(super) unit: u32,
    /// Groups of the terms that are this one word.
    groups: u16,
    /// Words that a phrase goes on with from it, one bit for many.
    next: u32,
    /// Its own bits among those.
    own: u32,
    pub(super) shouted: bool,
    pub(super) stretched: bool,
}

impl Ref {
    /// A word that is not known, or a break between phrases.
    #[inline]
    pub(super) const fn new(start: usize, end: usize, unit: u32) -> Self {
        let (start, end) = (start as u32, end as u32);
        Self {
            start,
            end,
            id: NONE,
            base: NONE,
            unit,
            groups: 0,
            next: 0,
            own: 0,
            shouted: false,
            stretched: false,
        }
    }

    /// Takes over what is known of a word.
    #[inline]
    pub(super) fn set(&mut self, table: &Table, word: u32, wanted: u16) {
        if let Some(known) = table.words().get(word) {
            self.take(word, known, wanted);
        }
    }

    /// The same for a word that was looked up.
    #[inline]
    pub(super) fn take(&mut self, word: u32, known: &Word, wanted: u16) {
        self.id = if known.listed { word } else { NONE };
        self.base = known.base;
        self.groups = known.groups;
        self.next = if wanted & !SENTIMENT_GROUPS == 0 { known.next_spoken } else { known.next };
        let own = |word: u32| if word == NONE { 0 } else { bit(word) };
        self.own = own(self.id) | own(self.base);
    }
}

impl Scan {
    /// Finds words and phrases: at each word the longest of every group.
    pub(super) fn phrases(&mut self, table: &Table, bit: u32) {
        let mut covered = [0usize; GROUPS];
        let refs = std::mem::take(&mut self.refs);
        for (i, first) in refs.iter().enumerate() {
            if first.id == NONE && first.base == NONE {
                continue;
            }
            if !may_go_on(table, first, refs.get(i + 1), self.wanted) {
                if first.groups & self.wanted == 0 {
                    // A function word is no one's regular form: only one of the two terms counts.
                    self.counts.function_words += u32::from(first.groups & List::Function.group() != 0);
                    continue;
                }
                for word in [first.id, first.base] {
                    let term = table.words().get(word).map_or(NONE, |w| w.term);
                    if term != NONE {
                        self.emit(table, bit, &refs, (i, i), term, &mut covered);
                    }
                }
                continue;
            }
            let mut found = Candidates::default();
            walk(table, &refs, i, self.wanted, &mut found);
            for &(term, last) in found.longest_first() {
                self.emit(table, bit, &refs, (i, last), term, &mut covered);
            }
        }
        self.refs = refs;
        if let Some(watch) = self.watch(table) {
            self.spot_phrases(watch, bit);
        }
    }

    /// Adds the hit of a term that stands on the words `first..=last`.
    #[inline]
    fn emit(
        &mut self,
        table: &Table,
        bit: u32,
        refs: &[Ref],
        (first, last): (usize, usize),
        term: u32,
        covered: &mut [usize; GROUPS],
    ) {
        let mut groups = table.vocabulary.groups(term as usize);
        if groups & List::Function.group() != 0 {
            self.counts.function_words += 1;
            groups &= !List::Function.group();
        }
        let groups = uncovered(groups & self.wanted, first, last + 1, covered);
        if groups == 0 {
            return;
        }
        let alone = first == last;
        let (Some(first), Some(last)) = (refs.get(first), refs.get(last)) else { return };
        let inflected = alone && table.words().get(first.id).is_none_or(|word| word.term != term);
        self.hits.push(Hit {
            start: first.start,
            end: last.end,
            term: TermId(term | bit),
            groups,
            shouted: first.shouted,
            stretched: first.stretched,
            han: false,
            inflected,
            unit: first.unit,
            unit_end: last.unit + 1,
        });
    }
}

/// Whether a phrase can go on from one word to the next.
#[inline]
fn may_go_on(table: &Table, first: &Ref, next: Option<&Ref>, wanted: u16) -> bool {
    let Some(next) = next.filter(|n| first.next & n.own != 0) else { return false };
    let from = |word: u32| {
        word != NONE && (table.may_step(word, next.id, wanted) || table.may_step(word, next.base, wanted))
    };
    from(first.id) || from(first.base)
}

/// Terms that begin at one word, with the index of their last word; more than eight are not kept.
#[derive(Default)]
struct Candidates {
    found: [(u32, usize); 8],
    length: usize,
}

impl Candidates {
    #[inline]
    fn push(&mut self, term: u32, last: usize) {
        if term != NONE
            && let Some(cell) = self.found.get_mut(self.length)
        {
            *cell = (term, last);
            self.length += 1;
        }
    }

    /// Longer ones first, exact forms before inflected ones.
    #[inline]
    fn longest_first(&mut self) -> &[(u32, usize)] {
        let found = self.found.get_mut(..self.length).unwrap_or_default();
        if found.len() > 1 {
            found.sort_by_key(|(_, last)| std::cmp::Reverse(*last));
        }
        found
    }
}

/// Follows the trie from word `i`, by the words as written and by the words they are forms of.
#[inline]
fn walk(table: &Table, refs: &[Ref], i: usize, wanted: u16, found: &mut Candidates) {
    let Some(first) = refs.get(i) else { return };
    let mut nodes = [first.id, first.base, NONE, NONE];
    let mut at = i;
    loop {
        let mut leads_on = false;
        for node in &mut nodes {
            if *node == NONE {
                continue;
            }
            if let Some(known) = table.node(*node) {
                found.push(known.term, at);
                leads_on |= known.leads_on;
                if !known.leads_on {
                    *node = NONE;
                }
            }
        }
        at += 1;
        let next = if leads_on { refs.get(at) } else { None };
        let Some(word) = next.filter(|r| r.id != NONE || r.base != NONE) else { return };
        nodes = onward(table, &nodes, word, wanted);
    }
}

/// The nodes one word further.
#[inline]
fn onward(table: &Table, nodes: &[u32; 4], word: &Ref, wanted: u16) -> [u32; 4] {
    let mut next = [NONE; 4];
    let mut free = next.iter_mut();
    for node in nodes.iter().filter(|n| **n != NONE) {
        for id in [word.id, word.base] {
            if id != NONE
                && let Some(to) = table.step(*node, id, wanted)
                && let Some(cell) = free.next()
            {
                *cell = to;
            }
        }
    }
    next
}
