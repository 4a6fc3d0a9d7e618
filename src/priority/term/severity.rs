//! Severity: the mean severity score of the items with the problem.
//!
//! Strength × severity class as the insight of each item gives it; the interval is Student's (1908).

use super::Measured;
use crate::metrics::Estimate;

pub(super) fn measure(severity: &Estimate) -> Measured {
    let unit = |x: f64| x.clamp(0.0, 1.0);
    Measured { value: unit(severity.value), low: unit(severity.low), high: unit(severity.high) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_itself() {
        let term = measure(&Estimate { value: 0.5, low: 0.4, high: 0.6, n: 9 });
        assert_eq!(term, Measured { value: 0.5, low: 0.4, high: 0.6 });
    }
}
