//! The score of one item on the basis its rating belongs to.

use crate::feedback::{Rating, RatingKind};
use crate::metrics::{Basis, Level, csat, nps, rating};

/// Stars on 1..5, NPS as −100, 0 or 100 points, CSAT as 0 or 1; `None` for ratings that belong to no basis.
pub(super) fn of(given: &Rating) -> Option<(Basis, f64)> {
    match given.kind() {
        RatingKind::Stars => Some((Basis::Rating, stars(given)?)),
        RatingKind::Nps => Some((Basis::Nps, 100.0 * nps::stance(given.value()))),
        RatingKind::Csat => {
            let satisfied = csat::is_satisfied(&Level::of(given))?;
            Some((Basis::Csat, f64::from(u8::from(satisfied))))
        }
        _ => None,
    }
}

/// A rating of any kind on the common scale 1..5; `None` when its own scale is unknown.
pub(super) fn stars(given: &Rating) -> Option<f64> {
    let (min, max) = rating::STARS;
    given.normalized().map(|part| min + part * (max - min))
}
