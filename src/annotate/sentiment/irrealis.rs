//! Irrealis: what is wished, supposed, asked or reported is not asserted.

use crate::annotate::clause::{Clause, Mark};
use crate::annotate::constants::Irrealis;
use crate::lexicon::{List, irrealis};

/// Factor on an opinion word, with the cue that causes it.
pub(super) fn damping<'a>(
    marks: &'a [Mark],
    at: usize,
    clause: &Clause,
    constants: &Irrealis,
) -> Option<(f32, Option<&'a Mark>)> {
    let word = marks.get(at)?;
    // A cue acts on what follows it in the clause; a question word on all of it (会掉色吗).
    let cue = marks.iter().enumerate().find(|(i, m)| {
        let reaches = *i < at || m.sense.class == irrealis::QUESTION;
        m.sense.list == List::Irrealis && reaches && !m.overlaps(word)
    });
    let cue = cue.map(|(_, m)| m);
    match cue {
        Some(mark) => Some((mark.sense.value, Some(mark))),
        None if clause.question => Some((constants.question, None)),
        None => None,
    }
}
