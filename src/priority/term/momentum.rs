//! Momentum: how surely and how fast the problem grows.
//!
//! Doublings of the rate against the items of the previous window, at the lower end of the exact interval
//! (Clopper and Pearson 1934, by [`crate::metrics::trend`]); three doublings or more are 1. Only a topic that is
//! rising after correction for the number of topics (Benjamini and Hochberg 1995) gets any: a problem that is
//! steady, falling or unknown gets 0.

use super::Measured;
use crate::metrics::{Direction, Trend};

/// Doublings that count as the fastest growth.
const FASTEST: f64 = 3.0;

pub(super) fn measure(trend: &Trend) -> Measured {
    let growth = |ratio: f64| (ratio.max(1.0).log2() / FASTEST).min(1.0);
    let high = match trend.p {
        Some(_) => trend.high.map_or(1.0, growth),
        None => 1.0,
    };
    let low = if trend.direction == Direction::Rising { trend.low.map_or(0.0, growth) } else { 0.0 };
    Measured { value: low, low, high: high.max(low) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_rises_has_momentum() {
        let trend = |direction, low| Trend { direction, low: Some(low), p: Some(0.01), ..Trend::default() };
        assert_eq!(measure(&trend(Direction::Rising, 2.0)).value, 1.0 / 3.0);
        assert_eq!(measure(&trend(Direction::Rising, 100.0)).value, 1.0);
        assert_eq!(measure(&trend(Direction::Steady, 2.0)).value, 0.0);
        assert_eq!(measure(&Trend::default()), Measured { value: 0.0, low: 0.0, high: 1.0 });
    }
}
