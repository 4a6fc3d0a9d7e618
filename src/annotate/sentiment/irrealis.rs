//! Irrealis: what is wished, supposed, asked or reported is not asserted, or asserts its opposite.

use super::report;
use crate::annotate::clause::{Clauses, Mark};
use crate::annotate::constants::Irrealis;
use crate::lexicon::{List, irrealis, valence};

/// What the mood of its clause does to an opinion word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mood<'a> {
    /// Factor on the weight: negative asserts the opposite.
    pub(super) factor: f32,
    /// The cue that causes it; none for a question mark alone.
    pub(super) by: Option<&'a Mark>,
    /// Said in the customer's own voice.
    pub(super) asserted: bool,
}

impl Mood<'_> {
    /// The question got no for an answer.
    pub(super) fn deny(&mut self, good: bool, constants: &Irrealis) {
        self.factor = if good { -constants.opposite_good } else { -constants.opposite_bad };
        self.asserted = true;
    }
}

/// Factor from which a damped opinion still counts as asserted.
const ASSERTED: f32 = 0.55;

/// The mood of the opinion word `at` of a clause, whose weight is `turned` by negation and positive when `good`.
pub(super) fn mood<'a>(
    clauses: &'a Clauses,
    number: usize,
    at: usize,
    (good, turned): (bool, bool),
    constants: &Irrealis,
) -> Option<Mood<'a>> {
    let clause = clauses.clauses.get(number)?;
    let marks = clauses.marks_of(clause);
    let word = marks.get(at)?;
    let reached = |m: &Mark| {
        // Chinese asks behind the word (好用吗); English has "anyone" there, which asks nothing.
        let behind = matches!(m.sense.class, irrealis::QUESTION | irrealis::PRESUPPOSED)
            && m.han
            && word.distance(m) <= constants.reach;
        if m.unit < word.unit { m.distance(word) <= constants.reach } else { behind }
    };
    let own = report::own_voice(marks, at);
    let cue = marks.iter().enumerate().skip(own).find(|(_, m)| {
        m.sense.list == List::Irrealis && m.sense.class < irrealis::SPEAKER && !m.overlaps(word) && reached(m)
    });
    if let Some((_, cue)) = cue {
        return Some(of_cue(cue, good, turned, constants));
    }
    let speech = report::reported(marks.get(own..)?, at.checked_sub(own)?);
    if let Some(speech) = speech.or_else(|| report::cited(clauses, number)) {
        return Some(Mood { factor: constants.report, by: Some(speech), asserted: false });
    }
    // Without a word that asks, a question mark doubts praise and cries out over a fault.
    let doubt = Mood { factor: constants.question, by: None, asserted: false };
    let outcry = Mood { factor: constants.outcry, by: None, asserted: true };
    let problem = word.sense.list == List::Valence && word.sense.class == valence::PROBLEM;
    // Chinese marks a real question with a word; English may only turn the order of words.
    let fault = !good && (problem || word.han);
    clause.question.then_some(if fault { outcry } else { doubt })
}

/// Whether a cue is itself the wish ("would be nice to") or the speaker (客服说…): it leans, but asserts nothing.
pub(super) fn is_silent(marks: &[Mark], at: usize) -> bool {
    let Some(word) = marks.get(at) else { return false };
    let silent = |m: &Mark| {
        m.sense.list == List::Irrealis && matches!(m.sense.class, irrealis::WISH | irrealis::SPEAKER)
    };
    let cue = word.sense.list == List::Valence && word.sense.class == valence::CUE;
    cue && marks.iter().any(|m| m.term == word.term && m.overlaps(word) && silent(m))
}

/// Whether a mark only damps what its clause says, to whichever side.
pub(super) fn damps(mark: &Mark) -> bool {
    let opposes = matches!(mark.sense.class, irrealis::RHETORICAL | irrealis::BELIED | irrealis::LACK);
    mark.sense.list == List::Irrealis && mark.sense.class < irrealis::SPEAKER && !opposes
}

fn of_cue<'a>(cue: &'a Mark, good: bool, turned: bool, constants: &Irrealis) -> Mood<'a> {
    let opposite = match cue.sense.class {
        // "Who says it is not good?" praises and "you call this fresh?" blames; a plain fault may be meant.
        irrealis::RHETORICAL => good || turned,
        // What was hoped for was not found; what was feared was not either.
        irrealis::BELIED => true,
        // Who wishes it were better says that it is not.
        irrealis::LACK => good,
        _ => false,
    };
    let factor = match (opposite, good) {
        (true, true) => -constants.opposite_good,
        (true, false) => -constants.opposite_bad,
        (false, _) => cue.sense.value,
    };
    Mood { factor, by: Some(cue), asserted: opposite || cue.sense.value >= ASSERTED }
}
