//! Shares of customers, and whether a share inside a scope is higher than outside.

use super::{Confidence, Estimate};

/// How a share inside a part compares with the share outside of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    /// Share inside.
    pub inside: Estimate,
    /// Share outside.
    pub outside: Estimate,
    /// Part of all successes that lies inside, 0..1.
    pub concentration: f64,
}

impl Contrast {
    /// Compares `k` of `n` inside with the rest of `k_all` of `n_all`.
    ///
    /// A customer can lie in several parts, so more of the rest may succeed than the rest holds; then all of it
    /// counts as success. `None` when there is no inside, no outside or no success.
    ///
    /// ```
    /// use candor::metrics::{Confidence, share::Contrast};
    /// let contrast = Contrast::new((40, 100), (50, 1000), Confidence::default()).unwrap();
    /// assert_eq!((contrast.concentration, contrast.inside.value), (0.8, 0.4));
    /// assert!(contrast.gap() > 0.2);
    /// ```
    pub fn new((k, n): (u64, u64), (k_all, n_all): (u64, u64), confidence: Confidence) -> Option<Self> {
        if k_all == 0 {
            return None;
        }
        let inside = Estimate::share(k, n, confidence)?;
        let outside = Estimate::share(k_all.saturating_sub(k), n_all.saturating_sub(n), confidence)?;
        Some(Self { inside, outside, concentration: k as f64 / k_all as f64 })
    }

    /// Lower end inside minus upper end outside: positive when the share inside is surely higher.
    pub fn gap(&self) -> f64 {
        self.inside.low - self.outside.high
    }
}
