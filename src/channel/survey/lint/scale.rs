//! Steps of a scale: as many good as bad ones.

use super::wording::{Class, all};

/// Steps that must be understood before a scale is judged.
const FEWEST: usize = 3;

/// How many good and bad steps there are when their numbers differ; nothing when the steps do not tell.
pub(super) fn unbalanced(steps: &[String]) -> Option<String> {
    let asked: Vec<&String> = steps.iter().filter(|step| all(step, Class::None).is_empty()).collect();
    let read: Vec<Class> = asked.iter().filter_map(|step| class(step)).collect();
    let count = |class| read.iter().filter(|of| **of == class).count();
    let (good, bad) = (count(Class::Positive), count(Class::Negative));
    let told = read.len() >= FEWEST && read.len() * 3 >= asked.len() * 2;
    (told && good != bad).then(|| format!("{good} good, {bad} bad"))
}

/// What a step says: by its longest listed word, turned round by a negation before it.
fn class(step: &str) -> Option<Class> {
    let classes = [Class::Neutral, Class::Negative, Class::Positive];
    let found = classes.into_iter().flat_map(|of| all(step, of).into_iter().map(move |place| (place, of)));
    // Of equal length the earlier class in the list wins; `max_by_key` takes the last.
    let found: Vec<_> = found.collect();
    let (place, of) = found.iter().rev().max_by_key(|(place, _)| place.len())?;
    let negations = all(step, Class::Negation);
    let inside = |other: &std::ops::Range<usize>| place.start <= other.start && other.end <= place.end;
    let negated = negations.iter().any(|other| other.end <= place.start && !inside(other));
    Some(match of {
        Class::Positive if negated => Class::Negative,
        Class::Negative if negated => Class::Positive,
        of => *of,
    })
}
