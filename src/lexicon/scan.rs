//! The one pass over a cleaned text: every listed word, and the breaks between clauses.

use super::list::{GROUPS, List};
use super::table::{NONE, Table, uncovered};
use super::vocabulary::TermId;
use super::words::{Key, LONGEST_WORD};
use crate::text::{Break, ScriptCounts, Token, Tokens, is_han};

/// A listed term found in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// First byte in the cleaned text.
    pub(crate) start: u32,
    /// One past the last.
    pub(crate) end: u32,
    pub(crate) term: TermId,
    /// Groups in which this hit speaks; in others a longer one does.
    pub(crate) groups: u16,
    /// Written in capitals.
    pub(crate) shouted: bool,
    /// Written with letters repeated.
    pub(crate) stretched: bool,
    /// Number of the first unit: an ASCII word, a number or a Han character.
    pub(crate) unit: u32,
    /// Number after the last unit.
    pub(crate) unit_end: u32,
}

/// The end of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BreakMark {
    /// Byte of the sign.
    pub(crate) at: u32,
    pub(crate) kind: Break,
    pub(crate) char: char,
}

/// An ASCII word or number on its way to the phrase trie; a break between phrases has no id.
#[derive(Debug, Clone, Copy)]
struct Ref {
    start: u32,
    end: u32,
    id: u32,
    base: u32,
    unit: u32,
    shouted: bool,
    stretched: bool,
}

impl Ref {
    /// Takes over what is known of a word.
    #[inline]
    fn set(&mut self, table: &Table, word: u32) {
        if let Some(known) = table.words().get(word) {
            self.id = if known.listed { word } else { NONE };
            self.base = known.base;
        }
    }
}

/// What one pass found; kept between texts to reuse its memory.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    pub(crate) hits: Vec<Hit>,
    pub(crate) breaks: Vec<BreakMark>,
    pub(crate) counts: ScriptCounts,
    /// Units in the text.
    pub(crate) units: u32,
    /// Words of two letters or more written in capitals.
    pub(crate) shouted: u32,
    /// Groups of lists that are looked for.
    wanted: u16,
    refs: Vec<Ref>,
}

impl Scan {
    /// Reads `text` with the lists of `table`, then lets the words of `overlay` override; only hits of the
    /// `wanted` groups are kept.
    pub(crate) fn run(&mut self, text: &str, table: &Table, overlay: Option<&Table>, wanted: u16) {
        self.wanted = wanted;
        self.hits.clear();
        self.pass(text, table, 0);
        if let Some(overlay) = overlay {
            let base = self.hits.len();
            self.pass(text, overlay, TermId::OVERLAY);
            self.override_from(base);
        }
        if !self.hits.is_sorted_by_key(|h| (h.start, std::cmp::Reverse(h.end))) {
            self.hits.sort_unstable_by_key(|h| (h.start, std::cmp::Reverse(h.end), h.term));
        }
    }

    fn pass(&mut self, text: &str, table: &Table, bit: u32) {
        self.breaks.clear();
        self.counts = ScriptCounts::default();
        self.units = 0;
        self.shouted = 0;
        self.refs.clear();
        let ascii = text.is_ascii();
        let mut wide = table.automaton().filter(|_| !ascii).map(|a| a.leftmost_find_iter(text));
        let mut next = wide.as_mut().and_then(Iterator::next);
        let mut tokens = Tokens::new(text);
        while let Some(token) = tokens.next() {
            let start = token.start();
            while let Some(found) = next.as_ref().filter(|m| m.start() <= start && !token.is_han()) {
                self.wide_hit(table, bit, found.start(), found.end(), found.value());
                next = wide.as_mut().and_then(Iterator::next);
            }
            match token {
                Token::Word { start, end } => {
                    // `T_T` and `o_O` begin like a word.
                    if end - start <= 2
                        && text.as_bytes().get(end) == Some(&b'_')
                        && let Some((term, length)) = table.emoticons().find(text.as_bytes(), start)
                    {
                        self.push(table, bit, start, start + length, term);
                        tokens.seek(start + length);
                        continue;
                    }
                    self.word(text, table, start, end);
                }
                Token::Number { start, end } => self.number(start, end),
                Token::Han { start, end } => {
                    let first = self.units;
                    while let Some(found) = next.as_ref().filter(|m| m.start() < end) {
                        self.units = first + (found.start().saturating_sub(start) / 3) as u32;
                        self.wide_hit(table, bit, found.start(), found.end(), found.value());
                        next = wide.as_mut().and_then(Iterator::next);
                    }
                    let characters = ((end - start) / 3) as u32;
                    self.counts.han += characters;
                    self.units = first + characters;
                    self.cut();
                }
                Token::Wide { char, .. } => {
                    self.counts.count(char);
                    self.units += u32::from(is_han(char));
                    self.cut();
                }
                Token::Break { start, char, .. } | Token::Sign { start, char } => {
                    if let Some((term, length)) = table.emoticons().find(text.as_bytes(), start) {
                        self.cut();
                        self.push(table, bit, start, start + length, term);
                        tokens.seek(start + length);
                        continue;
                    }
                    if let Token::Break { kind, .. } = token {
                        self.cut();
                        self.breaks.push(BreakMark { at: start as u32, kind, char });
                    }
                }
            }
        }
        while let Some(found) = next {
            self.wide_hit(table, bit, found.start(), found.end(), found.value());
            next = wide.as_mut().and_then(Iterator::next);
        }
        self.phrases(table, bit);
    }

    /// Breaks the chain of words: no phrase goes across.
    #[inline]
    fn cut(&mut self) {
        if self.refs.last().is_some_and(|r| r.id != NONE || r.base != NONE) {
            let unit = self.units;
            self.refs.push(Ref { start: 0, end: 0, id: NONE, base: NONE, unit, shouted: false, stretched: false });
        }
    }

    fn push(&mut self, table: &Table, bit: u32, start: usize, end: usize, term: u32) {
        let groups = table.vocabulary.groups(term as usize);
        let (unit, unit_end) = (self.units, self.units);
        self.hits.push(Hit {
            start: start as u32,
            end: end as u32,
            term: TermId(term | bit),
            groups,
            shouted: false,
            stretched: false,
            unit,
            unit_end,
        });
    }

    fn wide_hit(&mut self, table: &Table, bit: u32, start: usize, end: usize, term: u32) {
        let unit = self.units;
        let hit = Hit {
            start: start as u32,
            end: end as u32,
            term: TermId(term | bit),
            groups: table.vocabulary.groups(term as usize) & self.wanted,
            shouted: false,
            stretched: false,
            unit,
            unit_end: unit + table.units(term),
        };
        if hit.groups != 0 {
            self.hits.push(hit);
        }
        for inner in table.nested(term).iter().filter(|n| n.groups & self.wanted != 0) {
            let from = hit.start + u32::from(inner.offset);
            let unit = unit + u32::from(inner.units);
            self.hits.push(Hit {
                start: from,
                end: from + u32::from(inner.length),
                term: TermId(inner.term | bit),
                groups: inner.groups & self.wanted,
                unit,
                unit_end: unit + table.units(inner.term),
                ..hit
            });
        }
    }

    #[inline]
    fn number(&mut self, start: usize, end: usize) {
        let unit = self.units;
        self.units += 1;
        let (start, end) = (start as u32, end as u32);
        self.refs.push(Ref { start, end, id: NONE, base: NONE, unit, shouted: false, stretched: false });
    }

    #[inline]
    fn word(&mut self, text: &str, table: &Table, start: usize, end: usize) {
        self.counts.words += 1;
        let unit = self.units;
        self.units += 1;
        let (rest, length) = (text.as_bytes().get(start..).unwrap_or_default(), end - start);
        let folded = Key::folded(rest, length);
        let shouted = folded.is_some_and(|(_, shouted)| shouted);
        self.shouted += u32::from(shouted);
        let mut entry =
            Ref { start: start as u32, end: end as u32, id: NONE, base: NONE, unit, shouted, stretched: false };
        let word = folded.map_or(NONE, |(key, _)| table.words().find(&key));
        if word != NONE {
            entry.set(table, word);
        } else if is_unusual(rest, length) {
            return self.unknown_word(table, rest, length, entry);
        }
        self.refs.push(entry);
    }

    /// A word that is in no list as it stands: parts of a compound, a possessive, repeated letters.
    #[cold]
    fn unknown_word(&mut self, table: &Table, rest: &[u8], length: usize, mut entry: Ref) {
        let written = rest.get(..length).unwrap_or_default();
        let known = |part: &[u8]| Key::folded(part, part.len()).map_or(NONE, |(key, _)| table.words().find(&key));
        if written.contains(&b'-') {
            let mut start = entry.start;
            for part in written.split(|b| *b == b'-') {
                let end = start + part.len() as u32;
                let mut piece = Ref { start, end, ..entry };
                piece.set(table, known(part));
                self.refs.push(piece);
                start = end + 1;
            }
            return;
        }
        let mut word = written.strip_suffix(b"'s").map_or(NONE, known);
        if word == NONE {
            word = squeezed(table, written);
            entry.stretched = word != NONE;
        }
        entry.set(table, word);
        self.refs.push(entry);
    }

    /// Finds words and phrases: at each word the longest of every group.
    fn phrases(&mut self, table: &Table, bit: u32) {
        let mut covered = [0usize; GROUPS];
        let refs = std::mem::take(&mut self.refs);
        for (i, first) in refs.iter().enumerate() {
            if first.id == NONE && first.base == NONE {
                continue;
            }
            if !may_go_on(table, first, refs.get(i + 1)) {
                for word in [first.id, first.base] {
                    let term = table.words().get(word).map_or(NONE, |w| w.term);
                    if term != NONE {
                        self.emit(table, bit, &refs, (i, i), term, &mut covered);
                    }
                }
                continue;
            }
            let mut found = Candidates::default();
            walk(table, &refs, i, &mut found);
            for &(term, last) in found.longest_first() {
                self.emit(table, bit, &refs, (i, last), term, &mut covered);
            }
        }
        self.refs = refs;
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
        let (Some(first), Some(last)) = (refs.get(first), refs.get(last)) else { return };
        self.hits.push(Hit {
            start: first.start,
            end: last.end,
            term: TermId(term | bit),
            groups,
            shouted: first.shouted,
            stretched: first.stretched,
            unit: first.unit,
            unit_end: last.unit + 1,
        });
    }

    /// Takes from base hits the groups in which an overlay hit overlaps them.
    fn override_from(&mut self, base: usize) {
        let (old, new) = self.hits.split_at_mut(base);
        for hit in old {
            for over in new.iter().filter(|n| n.start < hit.end && hit.start < n.end) {
                hit.groups &= !over.groups;
            }
        }
        self.hits.retain(|h| h.groups != 0);
    }
}

/// Whether a phrase can go on from one word to the next.
#[inline]
fn may_go_on(table: &Table, first: &Ref, next: Option<&Ref>) -> bool {
    let Some(next) = next.filter(|n| n.id != NONE || n.base != NONE) else { return false };
    let from = |word: u32| word != NONE && (table.may_step(word, next.id) || table.may_step(word, next.base));
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
fn walk(table: &Table, refs: &[Ref], i: usize, found: &mut Candidates) {
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
        nodes = onward(table, &nodes, word);
    }
}

/// The nodes one word further.
#[inline]
fn onward(table: &Table, nodes: &[u32; 4], word: &Ref) -> [u32; 4] {
    let mut next = [NONE; 4];
    let mut free = next.iter_mut();
    for node in nodes.iter().filter(|n| **n != NONE) {
        for id in [word.id, word.base] {
            if id != NONE
                && let Some(to) = table.step(*node, id)
                && let Some(cell) = free.next()
            {
                *cell = to;
            }
        }
    }
    next
}

/// Whether a word that is not listed as it stands may be listed in another form.
fn is_unusual(rest: &[u8], length: usize) -> bool {
    let written = rest.get(..length).unwrap_or_default();
    written.iter().any(|b| matches!(b, b'-' | b'\''))
        || written.windows(3).any(|w| matches!(w, [a, b, c] if a == b && b == c))
}

/// `sooo` → `soo` → `so`: the first form that is listed.
fn squeezed(table: &Table, written: &[u8]) -> u32 {
    let mut buffer = [0u8; LONGEST_WORD];
    let found = [2, 1].into_iter().find_map(|keep| {
        let (mut length, mut run, mut last) = (0, 0, 0);
        for b in written.iter().map(u8::to_ascii_lowercase) {
            run = if b == last { run + 1 } else { 1 };
            last = b;
            if run <= keep
                && let Some(cell) = buffer.get_mut(length)
            {
                *cell = b;
                length += 1;
            }
        }
        let word = buffer.get(..length).and_then(Key::new).map(|key| table.words().find(&key));
        word.filter(|w| *w != NONE)
    });
    found.unwrap_or(NONE)
}
