//! Conditions as cases, each a set of facts, and what follows from what.

use crate::rule::ast::{Expr, Near, Scope};
use crate::rule::field::{Condition, Field};
use crate::rule::syntax::Compare;

/// Cases beyond which a condition is not looked into.
const MOST: usize = 256;

/// A part of a condition, and whether it holds.
type Fact<'a> = (&'a Expr, bool);

/// The cases in which a condition holds (its disjunctive normal form).
#[derive(Debug)]
pub(super) struct Cases<'a>(Vec<Vec<Fact<'a>>>);

impl<'a> Cases<'a> {
    /// The possible cases in which `expr` holds, or does not; `None` when there are too many.
    pub(super) fn of(expr: &'a Expr, holds: bool) -> Option<Self> {
        let mut cases = cases(expr, holds)?;
        cases.retain(|case| !contradicts(case));
        Some(Self(cases))
    }

    /// Whether there is none.
    pub(super) fn is_impossible(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `other` holds in every case.
    pub(super) fn implies(&self, other: &Self) -> bool {
        self.0.iter().all(|own| other.0.iter().any(|theirs| covers(own, theirs)))
    }
}

fn cases(expr: &Expr, holds: bool) -> Option<Vec<Vec<Fact<'_>>>> {
    match (expr, holds) {
        (Expr::Not(inner), _) => cases(inner, !holds),
        (Expr::Any(parts), true) | (Expr::All(parts), false) => {
            let mut out = Vec::new();
            for part in parts {
                out.extend(cases(part, holds)?);
                if out.len() > MOST {
                    return None;
                }
            }
            Some(out)
        }
        (Expr::All(parts), true) | (Expr::Any(parts), false) => {
            let mut out: Vec<Vec<Fact<'_>>> = vec![Vec::new()];
            for part in parts {
                let next = cases(part, holds)?;
                if out.len() * next.len() > MOST {
                    return None;
                }
                out = out.iter().flat_map(|case| extend(case, &next)).collect();
            }
            Some(out)
        }
        (fact, _) => Some(vec![vec![(fact, holds)]]),
    }
}

/// A case with each of the next ones added.
fn extend<'a>(case: &[Fact<'a>], next: &[Vec<Fact<'a>>]) -> Vec<Vec<Fact<'a>>> {
    next.iter().map(|more| case.iter().chain(more).copied().collect()).collect()
}

/// Whether every fact of `theirs` follows from one of `own`.
fn covers(own: &[Fact<'_>], theirs: &[Fact<'_>]) -> bool {
    theirs.iter().all(|fact| own.iter().any(|known| follows(*known, *fact)))
}

fn follows(known: Fact<'_>, fact: Fact<'_>) -> bool {
    match (known, fact) {
        ((known, true), (fact, true)) => implies(known, fact),
        ((known, false), (fact, false)) => implies(fact, known),
        ((known, true), (fact, false)) => excludes(known, fact),
        ((_, false), (_, true)) => false,
    }
}

fn contradicts(case: &[Fact<'_>]) -> bool {
    case.iter().enumerate().any(|(i, (a, holds))| {
        let others = case.iter().enumerate().filter(|(j, _)| *j != i);
        *holds
            && others
                .map(|(_, other)| other)
                .any(|(b, also)| if *also { excludes(a, b) } else { implies(a, b) })
    })
}

/// Whether `b` holds wherever `a` does.
fn implies(a: &Expr, b: &Expr) -> bool {
    if a == b {
        return true;
    }
    match (a, b) {
        (Expr::Field(a), Expr::Field(b)) => implies_field(a, b),
        (Expr::Any(parts), _) => parts.iter().all(|part| implies(part, b)),
        (Expr::All(parts), _) => parts.iter().any(|part| implies(part, b)),
        (_, Expr::Any(parts)) => parts.iter().any(|part| implies(a, part)),
        (Expr::Near(a), Expr::Near(b)) if nearer(a, b) => true,
        (Expr::Near(near), _) if is_word(b) => implies(&near.left, b) || implies(&near.right, b),
        (Expr::Within(Scope::Clause, a), Expr::Within(Scope::Sentence, b)) => a == b && !speaks_of_tone(a),
        (Expr::Within(_, inner), _) if is_word(b) => implies(inner, b),
        (Expr::Word(a), Expr::Word(b)) => implies_word(a, b),
        (Expr::Phrase(a), Expr::Phrase(b)) => contains_words(a, b),
        (Expr::Phrase(a), Expr::Word(b)) => {
            if a.is_ascii() && b.is_ascii() {
                a.split(' ').any(|word| word == b || fits(word, b))
            } else {
                !b.contains('*') && !b.is_ascii() && a.contains(b.as_str())
            }
        }
        _ => false,
    }
}

fn is_word(expr: &Expr) -> bool {
    matches!(expr, Expr::Word(_) | Expr::Phrase(_))
}

/// Whether `NOT` or a feeling stands in it, which say something else of a clause than of its sentence.
fn speaks_of_tone(expr: &Expr) -> bool {
    match expr {
        Expr::Polarity(_) | Expr::Not(_) => true,
        Expr::Any(parts) | Expr::All(parts) => parts.iter().any(speaks_of_tone),
        _ => false,
    }
}

fn nearer(a: &Near, b: &Near) -> bool {
    let same = a.left == b.left && a.right == b.right;
    let turned = !b.ordered && !a.ordered && a.left == b.right && a.right == b.left;
    (same || turned) && a.words <= b.words && (a.ordered || !b.ordered)
}

fn implies_word(a: &str, b: &str) -> bool {
    match (a.is_ascii(), b.is_ascii()) {
        (true, true) => match (a.strip_suffix('*'), b.strip_suffix('*')) {
            (Some(a), Some(b)) if !a.contains('*') && !b.contains('*') => a.starts_with(b),
            // Some forms of a word drop its last letter.
            (None, Some(_)) if !a.contains('*') => {
                let kept = if a.ends_with(['e', 'y']) { a.get(..a.len() - 1) } else { Some(a) };
                kept.is_some_and(|kept| fits(kept, b))
            }
            _ => false,
        },
        (false, false) => !a.contains('*') && !b.contains('*') && a.contains(b),
        _ => false,
    }
}

/// Whether a word has the beginning that a wildcard at the end asks for.
fn fits(word: &str, wildcard: &str) -> bool {
    wildcard.strip_suffix('*').is_some_and(|head| !head.contains('*') && word.starts_with(head))
}

/// Whether the words of `b` stand side by side in `a`.
fn contains_words(a: &str, b: &str) -> bool {
    if a.is_ascii() { format!(" {a} ").contains(&format!(" {b} ")) } else { a.contains(b) }
}

fn implies_field(one: &Condition, other: &Condition) -> bool {
    match (one, other) {
        (
            Condition::Text { field, value, prefix },
            Condition::Text { field: same, value: head, prefix: true },
        ) => field == same && value.starts_with(head.as_str()) && (!prefix || value.len() >= head.len()),
        (
            Condition::Number { name, compare, value },
            Condition::Number { name: same, compare: wider, value: bound },
        ) => name == same && narrower((*compare, *value), (*wider, *bound)),
        _ => false,
    }
}

/// Whether every number that meets the first comparison meets the second.
fn narrower((c, a): (Compare, f64), (d, b): (Compare, f64)) -> bool {
    match (c, d) {
        (Compare::Equal, _) => d.holds(a, b),
        (Compare::Less, Compare::Less | Compare::AtMost) | (Compare::AtMost, Compare::AtMost) => a <= b,
        (Compare::AtMost, Compare::Less) => a < b,
        (Compare::More, Compare::More | Compare::AtLeast) | (Compare::AtLeast, Compare::AtLeast) => a >= b,
        (Compare::AtLeast, Compare::More) => a > b,
        _ => false,
    }
}

/// Whether the two can never hold at once.
fn excludes(one: &Expr, other: &Expr) -> bool {
    match (one, other) {
        (Expr::Polarity(one), Expr::Polarity(other)) => one != other,
        (Expr::Field(one), Expr::Field(other)) => excludes_field(one, other),
        _ => false,
    }
}

fn excludes_field(one: &Condition, other: &Condition) -> bool {
    match (one, other) {
        (
            Condition::Text { field, value, prefix },
            Condition::Text { field: same, value: rival, prefix: open },
        ) => {
            let begins = |text: &str, head: &str| text.starts_with(head);
            // An item has many tags, and `zh` stands for more than one language.
            let alike = match field {
                Field::Tag => true,
                Field::Language => begins(value, rival) || begins(rival, value),
                _ => value == rival || (*prefix && begins(rival, value)) || (*open && begins(value, rival)),
            };
            field == same && !alike
        }
        (
            Condition::Number { name, compare, value },
            Condition::Number { name: same, compare: against, value: bound },
        ) => {
            let (own, theirs) = ((*compare, *value), (*against, *bound));
            name == same && (apart(own, theirs) || apart(theirs, own))
        }
        _ => false,
    }
}

/// Whether the first comparison wants less than the second allows.
fn apart((c, a): (Compare, f64), (d, b): (Compare, f64)) -> bool {
    let below = matches!(c, Compare::Less | Compare::AtMost | Compare::Equal);
    let above = matches!(d, Compare::More | Compare::AtLeast | Compare::Equal);
    let strict = c == Compare::Less || d == Compare::More;
    below && above && (a < b || (strict && a == b))
}
