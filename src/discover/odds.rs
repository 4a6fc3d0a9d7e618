//! How much more one side speaks of something than the other.

use statrs::distribution::{ContinuousCDF, Normal};

/// The prior weighs as much as this part of all items.
const PRIOR: f64 = 0.1;

/// Items of one side, and those of them that hold the phrase.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Side {
    pub(super) holding: f64,
    pub(super) items: f64,
}

/// z-score of the log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, "Fightin' Words",
/// Political Analysis 16:372, equations 16, 19 to 22), over items that hold a phrase or do not. The prior is the share of
/// both sides together, so that what is rare needs more to stand out. 0 where a side has no items.
pub(super) fn z_score(own: Side, other: Side) -> f64 {
    let items = own.items + other.items;
    let holding = own.holding + other.holding;
    if own.items <= 0.0 || other.items <= 0.0 || holding <= 0.0 {
        return 0.0;
    }
    let prior = PRIOR * items;
    let expected = prior * holding / items;
    let odds = |side: Side| {
        let holding = side.holding + expected;
        (holding / (side.items + prior - holding).max(f64::MIN_POSITIVE)).ln()
    };
    let variance = 1.0 / (own.holding + expected) + 1.0 / (other.holding + expected);
    (odds(own) - odds(other)) / variance.sqrt()
}

/// Chance of a z-score as large when both sides speak alike.
pub(super) fn p_value(z: f64) -> f64 {
    Normal::standard().sf(z)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(holding: f64, items: f64) -> Side {
        Side { holding, items }
    }

    #[test]
    fn worked_by_hand() {
        // Prior 20 items, 1 of them holding: ln(11/109) - ln(1/119) over sqrt(1/11 + 1/1).
        let z = z_score(side(10.0, 100.0), side(0.0, 100.0));
        let by_hand = ((11.0_f64 / 109.0).ln() - (1.0_f64 / 119.0).ln()) / (12.0_f64 / 11.0).sqrt();
        assert!((z - by_hand).abs() < 1e-12 && (z - 2.379_866).abs() < 1e-3, "{z}");
    }

    #[test]
    fn sides_are_alike_or_not() {
        assert_eq!(z_score(side(5.0, 100.0), side(5.0, 100.0)), 0.0);
        assert_eq!(z_score(side(5.0, 100.0), side(0.0, 0.0)), 0.0);
        let z = z_score(side(30.0, 100.0), side(5.0, 300.0));
        assert!(z > 3.0 && (z + z_score(side(5.0, 300.0), side(30.0, 100.0))).abs() < 1e-12);
        assert!((p_value(1.959_963_984_540_054) - 0.025).abs() < 1e-9);
    }
}
