//! The one pass over a cleaned text: every listed word, and the breaks between clauses.

use super::gram::{BREAK, CueHit};
use super::list::{ALL_GROUPS, List};
use super::phrase::Ref;
use super::table::{NONE, Table};
use super::unusual::is_unusual;
use super::vocabulary::TermId;
use super::watch::{Spot, Trail, Watch};
use super::wide::WideHits;
use super::words::Key;
use crate::text::{Break, ScriptCounts, Token, Tokens, is_han};

/// A listed term found in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "facts that do not depend on each other")]
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
    /// Written in Han characters, at least in part.
    pub(crate) han: bool,
    /// A regular form of the listed word.
    pub(crate) inflected: bool,
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
    /// Units before it.
    pub(crate) unit: u32,
    pub(crate) kind: Break,
    pub(crate) char: char,
}

/// A word at its place, listed or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WordAt {
    /// First byte in the cleaned text.
    pub(crate) start: u32,
    /// One past the last.
    pub(crate) end: u32,
    /// What it does to the phrases around it.
    pub(crate) role: u32,
    /// Only blanks part it from the word before.
    pub(crate) joined: bool,
}

/// What one pass found; kept between texts to reuse its memory.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    pub(crate) hits: Vec<Hit>,
    /// Cues by their last byte, longer ones first.
    pub(crate) cues: Vec<CueHit>,
    pub(crate) breaks: Vec<BreakMark>,
    /// Words that rules look for, in the order of the text.
    pub(crate) spots: Vec<Spot>,
    pub(crate) counts: ScriptCounts,
    /// Units in the text.
    pub(crate) units: u32,
    /// Words of two letters or more written in capitals.
    pub(crate) shouted: u32,
    /// All words, where targets are looked for.
    pub(crate) words: Vec<WordAt>,
    /// Something but blanks stands behind the last word.
    apart: bool,
    /// Groups of lists that are looked for.
    pub(super) wanted: u16,
    /// Words on their way to the phrase trie.
    pub(super) refs: Vec<Ref>,
    /// First byte and number of the word before, as the cues know it.
    pub(super) before: (u32, u64),
    /// Words on their way to the phrases of rules.
    pub(super) trail: Vec<Trail>,
}

impl Scan {
    /// Reads `text` with the lists of `table`, then lets the words of `overlay` override; only hits of the
    /// `wanted` groups are kept.
    pub(crate) fn run(&mut self, text: &str, table: &Table, overlay: Option<&Table>, wanted: u16) {
        self.wanted = wanted;
        self.hits.clear();
        self.cues.clear();
        self.spots.clear();
        // The base goes last: what is counted on the way (words, breaks, languages) is what it counts.
        if let Some(overlay) = overlay {
            self.pass(text, overlay, TermId::OVERLAY);
        }
        let own = (self.hits.len(), self.cues.len());
        self.pass(text, table, 0);
        if own != (0, 0) {
            self.override_cues();
            self.override_by(own.0);
        }
        if !self.hits.is_sorted_by_key(|h| (h.start, std::cmp::Reverse(h.end))) {
            self.hits.sort_unstable_by_key(|h| (h.start, std::cmp::Reverse(h.end), h.term));
        }
        if !self.spots.is_empty() {
            self.spots.sort_unstable_by_key(|s| (s.start, s.end, s.needle));
            self.spots.dedup();
        }
    }

    /// Forgets what another pass counted.
    fn begin(&mut self) {
        self.breaks.clear();
        self.counts = ScriptCounts::default();
        self.units = 0;
        self.shouted = 0;
        self.refs.clear();
        self.words.clear();
        (self.before, self.apart) = ((0, BREAK), true);
    }

    fn pass(&mut self, text: &str, table: &Table, bit: u32) {
        self.begin();
        let mut wide = WideHits::new(table.wide(), text);
        let mut tokens = Tokens::new(text);
        while let Some(token) = tokens.next() {
            let start = token.start();
            if let Token::Word { start, end } = token
                && end > start + 1
                && !wide.is_due(start)
            {
                self.word(text, table, bit, start, end);
                continue;
            }
            if token.may_begin_emoticon()
                && let Some((term, length)) = table.emoticons().find(text.as_bytes(), start)
            {
                self.part();
                self.symbol(table, bit, start, start + length, term);
                tokens.seek(start + length);
                continue;
            }
            if let Token::Han { end, .. } = token {
                self.characters(text, table, bit, &mut wide, (start, end));
                continue;
            }
            while let Some((start, end, term)) = wide.before(start + 1) {
                self.wide_hit(table, bit, start, end, term);
            }
            self.narrow(text, table, bit, token);
        }
        while let Some((start, end, term)) = wide.before(usize::MAX) {
            self.wide_hit(table, bit, start, end, term);
        }
        self.phrases(table, bit);
    }

    /// The words of rules, where they are asked for.
    #[inline]
    pub(super) fn watch<'a>(&self, table: &'a Table) -> Option<&'a Watch> {
        table.watch().filter(|_| self.wanted == ALL_GROUPS)
    }

    /// Any token but a run of Han characters.
    #[inline]
    fn narrow(&mut self, text: &str, table: &Table, bit: u32, token: Token) {
        if let Some(watch) = self.watch(table) {
            self.spot_narrow(text, watch, bit, token);
        }
        match token {
            Token::Word { start, end } => self.word(text, table, bit, start, end),
            Token::Number { start, end } => self.number(text, table, bit, start, end),
            Token::Foreign { start, end } if table.latin().is_some() => {
                self.latin_word(text, table, bit, start, end);
            }
            Token::Foreign { start, end } => {
                self.counts.words += 1;
                text.get(start..end).unwrap_or_default().chars().for_each(|c| self.counts.count(c));
                self.units += 1;
                self.note(start, end, 0);
                self.part();
                self.apart = false;
            }
            Token::Wide { char, .. } => {
                self.counts.count(char);
                self.units += u32::from(is_han(char));
                self.part();
            }
            Token::Break { start, kind, char } => {
                self.part();
                self.breaks.push(BreakMark { at: start as u32, unit: self.units, kind, char });
            }
            Token::Sign { .. } => self.apart = true,
            Token::Han { .. } => {}
        }
    }

    /// Keeps a word for those who ask what stands around an opinion.
    #[inline]
    fn note(&mut self, start: usize, end: usize, role: u32) {
        if self.wanted & List::Target.group() != 0 {
            let joined = !self.apart;
            self.words.push(WordAt { start: start as u32, end: end as u32, role, joined });
        }
        self.apart = false;
    }

    /// A run of Han characters: words of rules, words of lists, cues.
    fn characters(
        &mut self,
        text: &str,
        table: &Table,
        bit: u32,
        wide: &mut WideHits<'_>,
        (start, end): (usize, usize),
    ) {
        if let Some(watch) = self.watch(table) {
            for (at, unit) in (start..end).step_by(3).zip(self.units..) {
                self.spot_wide(text, watch, bit, at, unit);
            }
        }
        self.han(table, bit, wide, start, end);
        let run = text.get(start..end).unwrap_or_default();
        table.grams().wide(run, |from, to, cue| self.cue(bit, start + from, start + to, cue));
    }

    /// A run of Han characters, three bytes each, with the wide terms that begin in it.
    fn han(&mut self, table: &Table, bit: u32, wide: &mut WideHits<'_>, start: usize, end: usize) {
        let first = self.units;
        while let Some((from, to, term)) = wide.before(end) {
            self.units = first + (from.saturating_sub(start) / 3) as u32;
            self.wide_hit(table, bit, from, to, term);
        }
        let characters = ((end - start) / 3) as u32;
        self.counts.han += characters;
        self.units = first + characters;
        self.part();
    }

    /// Parts what stands before from what comes: neither a phrase nor a pair of words goes across.
    #[inline]
    fn part(&mut self) {
        (self.before.1, self.apart) = (BREAK, true);
        self.cut();
    }

    /// Breaks the chain of words: no phrase goes across.
    #[inline]
    fn cut(&mut self) {
        if self.refs.last().is_some_and(|r| r.id != NONE || r.base != NONE) {
            self.refs.push(Ref::new(0, 0, self.units));
        }
    }

    fn symbol(&mut self, table: &Table, bit: u32, start: usize, end: usize, term: u32) {
        let groups = table.vocabulary.groups(term as usize);
        let (unit, unit_end) = (self.units, self.units);
        self.hits.push(Hit {
            start: start as u32,
            end: end as u32,
            term: TermId(term | bit),
            groups,
            shouted: false,
            stretched: false,
            han: false,
            inflected: false,
            unit,
            unit_end,
        });
    }

    fn wide_hit(&mut self, table: &Table, bit: u32, start: usize, end: usize, pattern: u32) {
        let Some(pattern) = table.wide().pattern(pattern) else { return };
        let unit = self.units;
        let hit = Hit {
            start: start as u32,
            end: end as u32,
            term: TermId(pattern.term | bit),
            groups: table.vocabulary.groups(pattern.term as usize) & self.wanted,
            shouted: false,
            stretched: false,
            han: pattern.units > 0,
            inflected: false,
            unit,
            unit_end: unit + u32::from(pattern.units),
        };
        if hit.groups != 0 {
            self.hits.push(hit);
        }
        for inner in table.wide().nested(pattern).iter().filter(|n| n.groups & self.wanted != 0) {
            let from = hit.start + u32::from(inner.offset);
            let unit = unit + u32::from(inner.before);
            self.hits.push(Hit {
                start: from,
                end: from + u32::from(inner.length),
                term: TermId(inner.term | bit),
                groups: inner.groups & self.wanted,
                unit,
                unit_end: unit + u32::from(inner.units),
                ..hit
            });
        }
    }

    #[inline]
    fn number(&mut self, text: &str, table: &Table, bit: u32, start: usize, end: usize) {
        if let Some(watch) = self.watch(table) {
            self.spot_word(text, watch, bit, (start, end));
        }
        let mut entry = Ref::new(start, end, self.units);
        self.units += 1;
        self.apart = true;
        let key = text.as_bytes().get(start..end).and_then(Key::new);
        self.word_cues(table, bit, start, end, key.map_or(BREAK, |k| k.number()));
        entry.set(table, key.map_or(NONE, |k| table.words().find(&k)), self.wanted);
        self.refs.push(entry);
    }

    #[inline]
    fn word(&mut self, text: &str, table: &Table, bit: u32, start: usize, end: usize) {
        if let Some(watch) = self.watch(table) {
            self.spot_word(text, watch, bit, (start, end));
        }
        self.counts.words += 1;
        let unit = self.units;
        self.units += 1;
        let (rest, length) = (text.as_bytes().get(start..).unwrap_or_default(), end - start);
        let folded = Key::folded(rest, length);
        self.word_cues(table, bit, start, end, folded.map_or(BREAK, |(key, _)| key.number()));
        let shouted = folded.is_some_and(|(_, shouted)| shouted);
        self.shouted += u32::from(shouted);
        let word = folded.map_or(NONE, |(key, _)| table.words().find(&key));
        let known = table.words().get(word);
        self.note(start, end, known.map_or(0, |w| w.role));
        if let Some(known) = known.filter(|w| w.listed || w.base != NONE) {
            let mut entry = Ref::new(start, end, unit);
            entry.shouted = shouted;
            entry.take(word, known, self.wanted);
            self.refs.push(entry);
        } else if table.latin().is_some() {
            self.latin_form(text, table, start, end, shouted);
        } else if is_unusual(rest, length) {
            let mut entry = Ref::new(start, end, unit);
            entry.shouted = shouted;
            self.unknown_word(table, rest, length, entry);
        } else {
            self.cut();
        }
    }

    /// Takes from base hits the groups in which one of the first `own` hits, the overlay's, overlaps them.
    fn override_by(&mut self, own: usize) {
        let (over, base) = self.hits.split_at_mut(own);
        let mut from = 0;
        for hit in base {
            // Both lists run with the text; hits far behind are passed for good.
            while over.get(from).is_some_and(|o| o.end + LONGEST_TERM < hit.start) {
                from += 1;
            }
            let near =
                over.get(from..).unwrap_or_default().iter().take_while(|o| o.start < hit.end + LONGEST_TERM);
            for o in near.filter(|o| o.start < hit.end && hit.start < o.end) {
                hit.groups &= !o.groups;
            }
        }
        self.hits.retain(|h| h.groups != 0);
    }
}

/// Bytes beyond which two hits are too far apart to overlap, whatever their order.
const LONGEST_TERM: u32 = 256;
