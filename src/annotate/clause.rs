//! Clauses: the stretches between breaks and contrast words, each with the listed words inside.

use crate::annotate::catalog::Catalog;
use crate::lexicon::{BreakMark, Hit, List, Scan, Sense, contrast, valence};
use crate::span::CleanSpan;
use crate::taxonomy::TopicId;
use crate::text::Break;

/// A listed word at its place, with one of its senses.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "facts that do not depend on each other")]
pub(crate) struct Mark {
    pub(crate) span: CleanSpan,
    pub(crate) sense: Sense,
    pub(crate) term: u32,
    pub(crate) unit: u32,
    pub(crate) unit_end: u32,
    pub(crate) shouted: bool,
    pub(crate) stretched: bool,
    /// Written in Han characters, at least in part.
    pub(crate) han: bool,
    /// A regular form of the listed word.
    pub(crate) inflected: bool,
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
            han: hit.han,
            inflected: hit.inflected,
        }
    }

    /// Units between this mark and a later one; 0 when they touch or overlap.
    pub(crate) const fn distance(&self, later: &Self) -> u32 {
        later.unit.saturating_sub(self.unit_end)
    }

    /// Whether it judges: an opinion word, no cue, and not one that only keeps a shorter word from speaking.
    pub(crate) fn is_opinion(&self) -> bool {
        let sense = &self.sense;
        sense.list == List::Valence && sense.class != valence::CUE && sense.value != 0.0
    }

    /// Whether it names a topic or leads to one.
    pub(crate) fn names(&self) -> bool {
        matches!(self.sense.list, List::Target | List::Expression)
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
    /// The same of the words that name or tell a topic.
    names: (u32, u32),
    /// The same of the words of intents.
    wants: (u32, u32),
    /// The same of the words of severity, urgency, feelings and leaving.
    signals: (u32, u32),
    /// First and one past the last cue.
    pub(crate) cues: (u32, u32),
    /// Number of its sentence within the field.
    pub(crate) sentence: u32,
    /// Ends in a question mark.
    pub(crate) question: bool,
    /// Exclamation marks at its end.
    pub(crate) exclaims: u8,
    /// Index of the contrast mark that opens it.
    pub(crate) opened_by: Option<u32>,
    /// Number of its first unit.
    pub(crate) unit: u32,
    /// Words and Han characters in it.
    pub(crate) units: u32,
    /// The sign before it.
    pub(crate) after: char,
    /// Number of the stretch between breaks, those without a mark counted.
    pub(crate) number: u32,
    /// Its praise stands among cues of irony.
    pub(crate) mocked: bool,
    /// Words without a mark stand between it and the clause before.
    apart: bool,
}

impl Clause {
    /// Whether it holds a listed word.
    pub(crate) const fn is_marked(&self) -> bool {
        self.marks.0 < self.marks.1 || self.names.0 < self.names.1 || self.signals.0 < self.signals.1
    }

    /// The clause behind the break that ends this one.
    fn next(&self, at: &BreakMark, marked: bool, worded: bool) -> Self {
        let none = |range: (u32, u32)| (range.1, range.1);
        Self {
            marks: none(self.marks),
            names: none(self.names),
            wants: none(self.wants),
            signals: none(self.signals),
            cues: none(self.cues),
            sentence: self.sentence + u32::from(at.kind >= Break::Sentence && (marked || worded)),
            unit: at.unit,
            after: at.char,
            number: self.number + u32::from(marked || worded),
            apart: !marked && (worded || self.apart),
            ..Self::default()
        }
    }

    /// Whether a quotation mark or a colon opens it.
    pub(crate) const fn is_cited(&self) -> bool {
        matches!(self.after, '"' | '“' | '「' | ':' | '：')
    }
}

/// A mark with the numbers of its sentence and of its stretch between breaks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Placed {
    pub(crate) mark: Mark,
    pub(crate) sentence: u32,
    pub(crate) stretch: u32,
}

/// Marks of the sentiment after which a clause without any break is cut: keeps the time linear in the text, and the
/// cuts alike whatever else is looked for.
const LONGEST: usize = 64;
/// The same for all others.
const MOST_OTHERS: usize = 1024;

/// Clauses of one field; memory is reused. What the sentiment asks for stands apart from the rest: its rules walk over
/// all marks of a clause, again and again.
#[derive(Debug, Default)]
#[expect(clippy::struct_field_names, reason = "they are the clauses of the field")]
pub(crate) struct Clauses {
    /// The words of the sentiment.
    pub(crate) marks: Vec<Mark>,
    /// Targets, attributes and expressions of topics.
    names: Vec<Mark>,
    /// The words of intents.
    wants: Vec<Mark>,
    /// The words of severity, urgency, feelings and leaving.
    signals: Vec<Mark>,
    /// Words of effort, apart from all that other questions walk over.
    pub(crate) efforts: Vec<Placed>,
    pub(crate) clauses: Vec<Clause>,
    /// Whether a contrast word opens any of them.
    pub(crate) contrasted: bool,
    /// Number and sentence of the clause of each word that rules look for.
    spotted: Vec<(u32, u32)>,
}

impl Clauses {
    /// The marks of a clause.
    pub(crate) fn marks_of(&self, clause: &Clause) -> &[Mark] {
        self.marks.get(clause.marks.0 as usize..clause.marks.1 as usize).unwrap_or_default()
    }

    /// The words of intents in a clause.
    pub(crate) fn wants_of(&self, clause: &Clause) -> &[Mark] {
        self.wants.get(clause.wants.0 as usize..clause.wants.1 as usize).unwrap_or_default()
    }

    /// The words of topics in a clause.
    pub(crate) fn names_of(&self, clause: &Clause) -> &[Mark] {
        self.names.get(clause.names.0 as usize..clause.names.1 as usize).unwrap_or_default()
    }

    /// The words of severity, urgency, feelings and leaving in a clause.
    pub(crate) fn signals_of(&self, clause: &Clause) -> &[Mark] {
        self.signals.get(clause.signals.0 as usize..clause.signals.1 as usize).unwrap_or_default()
    }

    /// Number and sentence of the clause of each word that rules look for.
    pub(crate) fn spotted(&self) -> impl DoubleEndedIterator<Item = (u32, u32)> {
        self.spotted.iter().copied()
    }

    /// Words that name a topic or lead to it.
    pub(crate) fn names(&self) -> impl Iterator<Item = (TopicId, CleanSpan)> {
        self.names.iter().filter(|m| m.names()).map(|m| (TopicId(m.sense.topic), m.span))
    }

    /// Cuts a scanned field into clauses.
    pub(crate) fn build(&mut self, scan: &Scan, catalog: &Catalog) {
        self.marks.clear();
        self.names.clear();
        self.wants.clear();
        self.signals.clear();
        self.efforts.clear();
        self.clauses.clear();
        self.spotted.clear();
        self.contrasted = false;
        let mut open = Clause::default();
        let mut breaks = scan.breaks.iter().peekable();
        for hit in &scan.hits {
            while let Some(mark) = breaks.next_if(|b| b.at < hit.start) {
                self.close(&mut open, mark, scan);
            }
            if self.is_long(&open) {
                self.close(&mut open, &soft_break(hit), scan);
            }
            let Some(table) = catalog.table(hit.term) else { continue };
            for sense in table.vocabulary.senses(hit.term.index()) {
                if sense.list.group() & hit.groups != 0 {
                    self.take(&mut open, hit, *sense, scan);
                }
            }
        }
        for mark in breaks {
            self.close(&mut open, mark, scan);
        }
        let end = BreakMark { at: u32::MAX, unit: scan.units, kind: Break::Line, char: ' ' };
        self.close(&mut open, &end, scan);
    }

    /// Whether the open clause holds so many words that it is cut here.
    fn is_long(&self, open: &Clause) -> bool {
        let others = self.names.len() + self.wants.len() + self.signals.len();
        let before = open.names.0 + open.wants.0 + open.signals.0;
        self.marks.len() - open.marks.0 as usize >= LONGEST || others - before as usize >= MOST_OTHERS
    }

    /// Adds one sense of a hit to the open clause.
    fn take(&mut self, open: &mut Clause, hit: &Hit, sense: Sense, scan: &Scan) {
        if sense.list == List::Effort {
            let (sentence, stretch) = (open.sentence, open.number);
            self.efforts.push(Placed { mark: Mark::new(hit, sense), sentence, stretch });
            return;
        }
        if !sense.list.speaks() {
            let lane = match sense.list {
                List::Intent => &mut self.wants,
                List::Target | List::Attribute | List::Expression => &mut self.names,
                _ => &mut self.signals,
            };
            lane.push(Mark::new(hit, sense));
            return;
        }
        // Of a word with rows for several classes one mark is enough.
        let same = |m: &Mark| m.term == hit.term.0 && m.sense.list == sense.list && m.span.start == hit.start;
        if matches!(sense.list, List::Dependent | List::Facet) && self.marks.last().is_some_and(same) {
            return;
        }
        if sense.list == List::Contrast {
            // "but" parts a clause where no comma does.
            if sense.class == contrast::BUT && hit.unit > open.unit {
                self.close(open, &soft_break(hit), scan);
            }
            if sense.class <= contrast::NOT_ONLY {
                self.contrasted = true;
                open.opened_by = Some(self.marks.len() as u32);
            }
        }
        self.marks.push(Mark::new(hit, sense));
    }

    /// Gives the open clause all words up to here.
    fn fill(&self, open: &mut Clause) {
        open.marks.1 = self.marks.len() as u32;
        open.names.1 = self.names.len() as u32;
        open.wants.1 = self.wants.len() as u32;
        open.signals.1 = self.signals.len() as u32;
    }

    /// Ends the open clause at a break; where no word stands between two breaks, the second one's sign
    /// belongs to the clause before.
    fn close(&mut self, open: &mut Clause, at: &BreakMark, scan: &Scan) {
        let (question, exclaim) = (matches!(at.char, '?' | '？'), matches!(at.char, '!' | '！'));
        self.fill(open);
        while scan.spots.get(self.spotted.len()).is_some_and(|spot| spot.start < at.at) {
            self.spotted.push((open.number, open.sentence));
        }
        let cues = scan.cues.get(open.cues.0 as usize..).unwrap_or_default();
        open.cues.1 = open.cues.0 + cues.iter().take_while(|c| c.start < at.at).count() as u32;
        let marked = open.is_marked() || open.wants.0 < open.wants.1;
        let worded = open.unit < at.unit;
        if marked || open.cues.0 < open.cues.1 {
            open.units = at.unit.saturating_sub(open.unit);
            open.question = question;
            open.exclaims = u8::from(exclaim);
            self.clauses.push(*open);
        } else if !worded
            && !open.apart
            && let Some(last) = self.clauses.last_mut()
        {
            last.question |= question;
            last.exclaims = last.exclaims.saturating_add(u8::from(exclaim)).min(3);
        }
        *open = open.next(at, marked, worded);
    }
}

/// A break before a hit where the text has no sign.
const fn soft_break(hit: &Hit) -> BreakMark {
    BreakMark { at: hit.start, unit: hit.unit, kind: Break::Clause, char: ' ' }
}
