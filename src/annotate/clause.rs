//! Clauses: the stretches between breaks and contrast words, each with the listed words inside.

use crate::annotate::catalog::Catalog;
use crate::lexicon::{Hit, List, Scan, Sense, contrast};
use crate::span::CleanSpan;
use crate::text::Break;

/// A listed word at its place, with one of its senses.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    pub(crate) span: CleanSpan,
    pub(crate) sense: Sense,
    pub(crate) term: u32,
    pub(crate) unit: u32,
    pub(crate) unit_end: u32,
    pub(crate) shouted: bool,
    pub(crate) stretched: bool,
}

impl Mark {
    fn new(hit: &Hit, sense: Sense) -> Self {
        Self {
            span: CleanSpan::new(hit.start, hit.end),
            sense,
            term: hit.term.0,
            unit: hit.unit,
            unit_end: hit.unit_end,
            shouted: hit.shouted,
            stretched: hit.stretched,
        }
    }

    /// Units between this mark and a later one; 0 when they touch or overlap.
    pub(crate) const fn distance(&self, later: &Self) -> u32 {
        later.unit.saturating_sub(self.unit_end)
    }

    /// Whether the two share a byte.
    pub(crate) const fn overlaps(&self, other: &Self) -> bool {
        self.span.start < other.span.end && other.span.start < self.span.end
    }
}

/// A stretch of text that says one thing.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Clause {
    /// First and one past the last mark.
    pub(crate) marks: (u32, u32),
    /// Number of its sentence within the field.
    pub(crate) sentence: u32,
    /// Ends in a question mark.
    pub(crate) question: bool,
    /// Exclamation marks at its end.
    pub(crate) exclaims: u8,
    /// Index of the contrast mark that opens it.
    pub(crate) opened_by: Option<u32>,
}

/// Clauses of one field; memory is reused.
#[derive(Debug, Default)]
pub(crate) struct Clauses {
    pub(crate) marks: Vec<Mark>,
    pub(crate) clauses: Vec<Clause>,
}

impl Clauses {
    /// The marks of a clause.
    pub(crate) fn marks_of(&self, clause: &Clause) -> &[Mark] {
        self.marks.get(clause.marks.0 as usize..clause.marks.1 as usize).unwrap_or_default()
    }

    /// Cuts a scanned field into clauses.
    pub(crate) fn build(&mut self, scan: &Scan, catalog: &Catalog) {
        self.marks.clear();
        self.clauses.clear();
        let mut open = Clause::default();
        let mut breaks = scan.breaks.iter().peekable();
        for hit in &scan.hits {
            while let Some(mark) = breaks.next_if(|b| b.at < hit.start) {
                self.close(&mut open, mark.kind, mark.char);
            }
            let Some(table) = catalog.table(hit.term) else { continue };
            for sense in table.vocabulary.senses(hit.term.index()) {
                if sense.list.group() & hit.groups == 0 {
                    continue;
                }
                let opens = sense.list == List::Contrast && sense.class == contrast::BUT;
                if opens && self.marks.len() as u32 > open.marks.0 {
                    self.close(&mut open, Break::Clause, ' ');
                }
                if sense.list == List::Contrast {
                    open.opened_by = Some(self.marks.len() as u32);
                }
                self.marks.push(Mark::new(hit, *sense));
            }
        }
        for mark in breaks {
            self.close(&mut open, mark.kind, mark.char);
        }
        self.close(&mut open, Break::Line, '\n');
    }

    /// Ends the open clause at a break; an empty one only passes its signs to the clause before.
    fn close(&mut self, open: &mut Clause, kind: Break, char: char) {
        let (question, exclaim) = (matches!(char, '?' | '？'), matches!(char, '!' | '！'));
        open.marks.1 = self.marks.len() as u32;
        if open.marks.0 < open.marks.1 {
            open.question = question;
            open.exclaims = u8::from(exclaim);
            self.clauses.push(*open);
        } else if let Some(last) = self.clauses.last_mut().filter(|c| c.sentence + 1 >= open.sentence) {
            last.question |= question;
            last.exclaims = last.exclaims.saturating_add(u8::from(exclaim)).min(3);
        }
        let sentence = open.sentence + u32::from(kind >= Break::Sentence && open.marks.0 < open.marks.1);
        *open = Clause { marks: (open.marks.1, open.marks.1), sentence, ..Clause::default() };
    }
}
