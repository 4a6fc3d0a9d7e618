//! Comparison: what is said of the thing before or beside this one counts for the other side.

use crate::annotate::clause::Mark;
use crate::annotate::constants::Comparison;
use crate::lexicon::{List, irrealis};

/// Units between a rival and what is said of it: "my old phone was terrible".
const REACH: u32 = 3;

/// Factor on an opinion of a rival, with its name.
///
/// The rival must be what the clause is about: after another opinion or a negator ("not as good as my old
/// one") it is only the measure.
pub(super) fn of_rival<'a>(
    marks: &'a [Mark],
    at: usize,
    good: bool,
    constants: &Comparison,
) -> Option<(f32, &'a Mark)> {
    let word = marks.get(at)?;
    let speaks = |m: &&Mark| matches!(m.sense.list, List::Valence | List::Negator | List::Irrealis);
    let first =
        marks.iter().take_while(|m| m.unit < word.unit).find(|m| speaks(m) && m.sense.value != 0.0)?;
    let rival = first.sense.list == List::Irrealis && first.sense.class == irrealis::RIVAL;
    if !rival || first.distance(word) > REACH {
        return None;
    }
    Some((if good { -constants.rival_good } else { -constants.rival_bad }, first))
}
