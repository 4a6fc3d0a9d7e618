//! Value: the part of all customers' worth that lies with the customers who have the problem.
//!
//! Lower end of the Wilson (1927) interval on the same log scale as reach. Unequal worth makes a share less sure:
//! the number of customers is Kish's effective one, (Σw)² / Σw² (Kish 1965, "Survey Sampling").

use super::{Measured, decades};
use crate::metrics::{Confidence, Estimate};

pub(super) fn measure((part, customers): (f64, f64), confidence: Confidence) -> Measured {
    let n = customers.round().max(1.0);
    let share = Estimate::share((part * n).round() as u64, n as u64, confidence);
    let (low, high) = share.map_or((0.0, 1.0), |share| (share.low, share.high));
    Measured { value: decades(low), low: decades(low), high: decades(high) }
}

/// What the host states is taken as it is, on the same scale.
pub(super) fn stated(part: f64) -> Measured {
    let value = decades(part);
    Measured { value, low: value, high: value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_worth_and_more_customers_count_more() {
        let term = |part, n| measure((part, n), Confidence::default()).value;
        assert!(term(0.5, 100.0) > term(0.2, 100.0));
        assert!(term(0.5, 100.0) > term(0.5, 4.0));
        assert_eq!(term(0.0, 100.0), 0.0);
    }
}
