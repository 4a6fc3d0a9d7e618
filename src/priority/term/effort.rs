//! Effort: how little work solving the problem takes, as the host says.
//!
//! RICE (`McBride` 2018, Intercom) and WSJF (Reinertsen 2009) divide by effort; on a log scale dividing is taking
//! away: a day or less → 1, ten days → ⅔, a hundred → ⅓, a thousand → 0. Where it is not known it counts as the most.

use super::{Measured, UNKNOWN, decades};

pub(super) fn measure(days: Option<f64>) -> Measured {
    let Some(days) = days else { return UNKNOWN };
    let ease = decades(1.0 / days.max(1.0));
    Measured { value: ease, low: ease, high: ease }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quickly_done_comes_first() {
        let thirds = [0.0, 1.0, 10.0, 100.0, 1e6].map(|days| (measure(Some(days)).value * 3.0).round());
        assert_eq!(thirds, [3.0, 3.0, 2.0, 1.0, 0.0]);
        assert_eq!(measure(None), Measured { value: 0.0, low: 0.0, high: 1.0 });
    }
}
