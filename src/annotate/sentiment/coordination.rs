//! Coordination: how far a negator goes along words that are joined, and where a new clause stops it.
//!
//! Adjectives joined by "and" take the same side (Hatzivassiloglou and `McKeown` 1997), so a negator passes on to
//! a second one of the same sign only: "not pretty and comfortable", but "does not slip and feels soft".

use crate::annotate::clause::{Clause, Clauses, Mark};
use crate::lexicon::{List, contrast, negator};

/// Units between two opinion words of one list.
const JOINED: u32 = 2;
/// Members of a list over which its negator is handed on.
const MEMBERS: u32 = 4;

/// Whether a negator before the marks `between` still acts on `word` behind them.
pub(super) fn passes(between: &[Mark], word: &Mark) -> bool {
    let mut last: Option<&Mark> = None;
    let mut or = false;
    for mark in between.iter().filter(|m| !m.overlaps(word)) {
        if mark.is_opinion() {
            last = Some(mark);
            or = false;
        }
        if mark.sense.list != List::Contrast {
            continue;
        }
        match mark.sense.class {
            contrast::NOT_ONLY => {}
            contrast::OR => or = true,
            contrast::AND => {
                let joined = |o: &Mark| o.distance(mark) <= 1 && mark.distance(word) <= 1 && same(o, word);
                if !last.is_some_and(joined) {
                    return false;
                }
                or = true;
            }
            _ => return false,
        }
    }
    // Behind the first opinion word only what stands close is still meant ("not good or cheap").
    last.is_none_or(|o| o.distance(word) <= JOINED && (or || same(o, word)))
}

fn same(one: &Mark, other: &Mark) -> bool {
    one.sense.value * other.sense.value > 0.0
}

/// The negator of a list that goes on over commas up to the word `at`: "not durable, waterproof or warm",
/// 没有色差、异味.
pub(super) fn listed(clauses: &Clauses, number: usize, at: usize) -> Option<&Mark> {
    let clause = clauses.clauses.get(number)?;
    let word = clauses.marks_of(clause).get(at)?;
    let enumerated = clause.after == '、';
    if !matches!(clause.after, ',' | '，' | '、') || !is_member(clauses, clause, word) {
        return None;
    }
    let mut closed = enumerated || has_or(clauses, clause);
    let mut next = clauses.clauses.get(number + 1..).unwrap_or_default().iter();
    while !closed && next.as_slice().first().is_some_and(|c| c.sentence == clause.sentence) {
        let Some(c) = next.next().filter(|c| c.number <= clause.number + MEMBERS) else { break };
        closed = has_or(clauses, c);
        if c.opened_by.is_some() {
            break;
        }
    }
    if !closed {
        return None;
    }
    head(clauses, number, clause, word)
}

/// The negator of the first member of the list before the clause `number`.
fn head<'a>(clauses: &'a Clauses, number: usize, clause: &Clause, word: &Mark) -> Option<&'a Mark> {
    let before = clauses.clauses.get(..number)?.iter().rev();
    let mut expected = clause.number;
    for c in before.take(MEMBERS as usize) {
        if c.sentence != clause.sentence || c.number + 1 != expected || c.opened_by.is_some() {
            return None;
        }
        expected = c.number;
        let marks = clauses.marks_of(c);
        let last = marks.iter().rposition(Mark::is_opinion)?;
        if !marks.get(last).is_some_and(|m| same(m, word)) {
            return None;
        }
        let by = marks.get(..last)?.iter().rposition(is_negator);
        if let Some(by) = by {
            let (negator, member) = (marks.get(by)?, marks.get(last)?);
            return passes(marks.get(by + 1..last)?, member).then_some(negator);
        }
        if !matches!(c.after, ',' | '，' | '、') {
            return None;
        }
    }
    None
}

/// A member of a list: hardly a word before it, and no negator or contrast of its own.
fn is_member(clauses: &Clauses, clause: &Clause, word: &Mark) -> bool {
    let own = |m: &Mark| is_negator(m) || m.sense.list == List::Irrealis;
    clause.opened_by.is_none()
        && word.unit.saturating_sub(clause.unit) <= JOINED
        && !clauses.marks_of(clause).iter().any(own)
}

fn is_negator(mark: &Mark) -> bool {
    mark.sense.list == List::Negator && mark.sense.class != negator::POST
}

fn has_or(clauses: &Clauses, clause: &Clause) -> bool {
    let is_or = |m: &Mark| m.sense.list == List::Contrast && m.sense.class == contrast::OR;
    clauses.marks_of(clause).iter().any(is_or)
}
