//! Impact: what the problem costs the score of all items, as a part of the score's range.
//!
//! Leave-one-out impact (Thematic, Kapiche; see [`crate::metrics::impact`]) toward the bad side, at the end of
//! its interval that is nearer to no harm; on the same log scale as reach. A problem without rated items, or with
//! an impact not distinguishable from none, gets 0.

use super::{Measured, UNKNOWN, decades};
use crate::metrics::{Basis, Impact};

pub(super) fn measure(basis: Basis, impact: Option<&Impact>) -> Measured {
    let Some(impact) = impact else { return UNKNOWN };
    let harm = |points: f64| decades(-points / basis.range());
    Measured { value: harm(impact.high), low: harm(impact.high), high: harm(impact.low) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(low: f64, high: f64) -> f64 {
        let impact = Impact { on: Basis::Rating, value: f64::midpoint(low, high), low, high, n: 9 };
        measure(Basis::Rating, Some(&impact)).value
    }

    #[test]
    fn only_sure_harm_counts() {
        assert!((term(-0.6, -0.4) - 2.0 / 3.0).abs() < 1e-9); // 0.4 of 4 points: a tenth of the range
        assert_eq!(term(-0.6, 0.1), 0.0);
        assert_eq!(term(0.1, 0.6), 0.0);
    }
}
