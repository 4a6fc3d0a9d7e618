//! Irrealis: what is wished, supposed, asked or reported is not asserted.

use crate::annotate::clause::{Clause, Mark};
use crate::annotate::constants::Irrealis;
use crate::lexicon::List;

/// Factor on an opinion word, with the cue that causes it.
pub(super) fn damping<'a>(
    marks: &'a [Mark],
    at: usize,
    clause: &Clause,
    constants: &Irrealis,
) -> Option<(f32, Option<&'a Mark>)> {
    let word = marks.get(at)?;
    // A cue acts on what follows it in the clause.
    let cue = marks.get(..at).unwrap_or_default().iter().find(|m| m.sense.list == List::Irrealis && !m.overlaps(word));
    match cue {
        Some(mark) => Some((mark.sense.value, Some(mark))),
        None if clause.question => Some((constants.question, None)),
        None => None,
    }
}
