//! Answers: "Would I buy it again? No." says what the question left open.

use crate::annotate::clause::{Clause, Clauses};
use crate::lexicon::List;

/// Whether the clause after the question `at` is a bare no, with nothing to turn in it.
pub(super) fn denied(clauses: &Clauses, at: usize) -> bool {
    let is_question = |c: &Clause| c.question;
    let Some(answer) = clauses.clauses.get(at).filter(|c| is_question(c)).and(clauses.clauses.get(at + 1))
    else {
        return false;
    };
    let modifies = |list| matches!(list, List::Negator | List::Booster);
    let judges = |list| matches!(list, List::Valence | List::Symbol | List::Irrealis | List::Target);
    let marks = clauses.marks_of(answer);
    let first = marks.iter().find(|m| modifies(m.sense.list) || judges(m.sense.list));
    !answer.question
        && first.is_some_and(|m| m.sense.list == List::Negator)
        && !marks.iter().any(|m| judges(m.sense.list))
}
