//! The exact test of a table of two rows and two columns.

use statrs::distribution::{Discrete, Hypergeometric};

/// Outcomes this much likelier than the one seen still count as equally likely (as in R).
const SLACK: f64 = 1.0 + 1e-7;

/// Two-sided p-value of the exact test of Fisher (1935, JRSS 98:39): all tables with the same margins that are no
/// likelier than this one. Linear in the smallest margin.
pub(super) fn two_sided([[seen, right], [below, other]]: [[u64; 2]; 2]) -> f64 {
    let (row, column, n) = (seen + right, seen + below, seen + right + below + other);
    let Ok(tables) = Hypergeometric::new(n, row, column) else { return 1.0 };
    let (first, last) = (row.saturating_sub(right + other), row.min(column));
    let limit = tables.pmf(seen) * SLACK;
    let p: f64 = (first..=last).map(|k| tables.pmf(k)).filter(|p| *p <= limit).sum();
    p.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::two_sided;

    /// scipy 1.17: `fisher_exact`; the second is the tea-tasting lady of Fisher (1935), 3 of 4 cups.
    #[test]
    fn as_scipy() {
        assert!((two_sided([[8, 2], [1, 5]]) - 0.034_965_034_965_034_975).abs() < 1e-12);
        assert!((two_sided([[3, 1], [1, 3]]) - 0.485_714_285_714_285_65).abs() < 1e-12);
        assert_eq!(two_sided([[0, 0], [0, 0]]), 1.0);
        assert_eq!(two_sided([[0, 5], [0, 7]]), 1.0);
    }
}
