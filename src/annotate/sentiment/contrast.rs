//! Contrast: of two sides joined by "but" or "although" one counts more.

use crate::annotate::clause::{Clause, Clauses, Mark};
use crate::annotate::constants::Contrast;
use crate::lexicon::{List, contrast};

/// Stretches between breaks over which a contrast word reaches back.
const REACH: u32 = 4;

/// Downtoners up to this value make an objection small.
const SOFT: f32 = 0.6;

/// Strength up to which an opinion is a small objection on its own.
const WEAK: f32 = 1.2;

/// Factor on a clause and the index of the contrast word that causes it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Side {
    pub(super) factor: f32,
    pub(super) by: Option<u32>,
}

/// The side on which the clause `at` stands within its sentence.
pub(super) fn side(clauses: &Clauses, at: usize, constants: &Contrast) -> Side {
    let even = Side { factor: 1.0, by: None };
    let Some(clause) = clauses.clauses.get(at).filter(|_| clauses.contrasted) else { return even };
    if let Some(own) = opener(clauses, clause) {
        let factor = match own.1.sense.class {
            contrast::BUT if softened(clauses, clause) => 1.0,
            contrast::BUT => constants.stronger,
            contrast::ALTHOUGH | contrast::EXCEPT => own.1.sense.value,
            _ => 1.0,
        };
        return Side { factor, by: Some(own.0) };
    }
    // A clause before "but" counts less; only the nearest contrast of the sentence is looked for.
    let near = |c: &&Clause| c.sentence == clause.sentence && c.number <= clause.number + REACH;
    for next in clauses.clauses.iter().skip(at + 1).take_while(near) {
        match opener(clauses, next) {
            Some((_, mark)) if mark.sense.class == contrast::BUT && softened(clauses, next) => return even,
            Some((i, mark)) if mark.sense.class == contrast::BUT => {
                return Side { factor: mark.sense.value, by: Some(i) };
            }
            Some((i, mark)) if mark.sense.class == contrast::ALTHOUGH => {
                return Side { factor: constants.stronger, by: Some(i) };
            }
            _ => {}
        }
    }
    even
}

/// An objection that is made small ("but a bit heavy", 就是贵了点) outweighs nothing.
fn softened(clauses: &Clauses, clause: &Clause) -> bool {
    let marks = clauses.marks_of(clause);
    let soft = |m: &Mark| m.sense.list == List::Downtoner && m.sense.value <= SOFT;
    let negated = marks.iter().any(|m| m.sense.list == List::Negator);
    let mut opinions = marks.iter().filter(|m| m.is_opinion()).peekable();
    let weak = |m: &Mark| (-WEAK..0.0).contains(&m.sense.value);
    marks.iter().any(soft) || !negated && opinions.peek().is_some() && opinions.all(weak)
}

fn opener<'a>(clauses: &'a Clauses, clause: &Clause) -> Option<(u32, &'a Mark)> {
    let i = clause.opened_by?;
    clauses.marks.get(i as usize).filter(|m| m.sense.list == List::Contrast).map(|m| (i, m))
}
