//! Reach: the share of all customers that have the problem.
//!
//! Lower end of the Wilson (1927) interval, so that two of three customers do not outrank 200 of 400 (sorting by
//! the lower bound: Miller 2009, "How not to sort by average rating"); on a log scale, so that the sum of terms
//! ranks like volume × importance. In a scope, the customers of the scope with the problem count against all
//! customers: the scope says where to act, not how many suffer.

use super::{Measured, decades};
use crate::metrics::Estimate;

pub(super) fn measure(reach: &Estimate) -> Measured {
    let low = decades(reach.low);
    Measured { value: low, low, high: decades(reach.high) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::Confidence;

    #[test]
    fn many_of_many_outrank_few_of_few() {
        let term = |k, n| measure(&Estimate::share(k, n, Confidence::default()).unwrap()).value;
        assert!(term(200, 400) > term(2, 3));
        assert!(term(11, 100) > term(10, 100) && term(100, 1000) > term(10, 100));
        assert_eq!(term(0, 100), 0.0);
    }
}
