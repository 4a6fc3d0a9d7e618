//! SLA: the share of the cases about the problem whose service target is broken.
//!
//! Lower end of the Wilson (1927) interval: one late case of one is not yet a habit.

use super::{Measured, UNKNOWN};
use crate::metrics::{Confidence, Estimate};

pub(super) fn measure((broken, cases): (u64, u64), confidence: Confidence) -> Measured {
    match Estimate::share(broken, cases, confidence) {
        Some(share) => Measured { value: share.low, low: share.low, high: share.high },
        None => UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_late_cases_count() {
        let term = |broken, cases| measure((broken, cases), Confidence::default()).value;
        assert!(term(50, 100) > term(20, 100) && term(50, 100) > term(1, 2));
        assert_eq!((term(0, 100), term(0, 0)), (0.0, 0.0));
    }
}
