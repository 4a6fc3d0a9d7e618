//! Answers: "Would I buy it again? No." says what the question left open.

use crate::annotate::clause::Clauses;
use crate::lexicon::List;

/// Units up to which a clause is a bare answer: "not at all".
const BARE: u32 = 3;

/// Whether the stretch behind the question `at` is a bare no.
pub(super) fn denied(clauses: &Clauses, at: usize) -> bool {
    let asked = clauses.clauses.get(at).filter(|c| c.question);
    let Some((asked, answer)) = asked.zip(clauses.clauses.get(at + 1)) else { return false };
    if answer.number != asked.number + 1 || answer.question || answer.units > BARE {
        return false;
    }
    let marks = clauses.marks_of(answer);
    let judges = |list| matches!(list, List::Valence | List::Symbol | List::Irrealis);
    marks.iter().any(|m| m.sense.list == List::Negator) && !marks.iter().any(|m| judges(m.sense.list))
}
