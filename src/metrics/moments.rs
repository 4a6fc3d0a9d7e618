//! Count, sum and sum of squares in fixed point: exact in any order of adding.

use serde::{Deserialize, Serialize};

/// Units of one in fixed point: four decimals, as on the wire.
const ONE: f64 = 10_000.0;

/// A number in fixed point with four decimals; out of range saturates.
pub(super) fn fixed(value: f64) -> i64 {
    (value * ONE).round() as i64
}

/// A fixed-point number as a float.
pub(super) fn float(value: i64) -> f64 {
    value as f64 / ONE
}

/// Count, sum and sum of squares of numbers within ±10, rounded to four decimals.
///
/// Sums are exact for up to 9·10⁸ items (9·10¹⁰ for numbers within ±1).
///
/// ```
/// use candor::metrics::Moments;
/// let mut moments = Moments::default();
/// moments.add(1.0, 3);
/// moments.add(0.0, 1);
/// assert_eq!((moments.n(), moments.mean()), (4, Some(0.75)));
/// assert_eq!(moments.variance(), Some(0.25));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moments {
    n: u64,
    sum: i64,
    squares: i64,
}

impl Moments {
    /// Adds a number that was seen `times` times.
    pub fn add(&mut self, value: f64, times: u64) {
        let value = fixed(value.clamp(-10.0, 10.0));
        let weight = i64::try_from(times).unwrap_or(i64::MAX);
        self.n = self.n.saturating_add(times);
        self.sum = self.sum.saturating_add(value.saturating_mul(weight));
        self.squares = self.squares.saturating_add((value * value).saturating_mul(weight));
    }

    /// Adds all numbers of another.
    pub fn merge(&mut self, other: &Self) {
        self.n = self.n.saturating_add(other.n);
        self.sum = self.sum.saturating_add(other.sum);
        self.squares = self.squares.saturating_add(other.squares);
    }

    /// These numbers without those of a part of them.
    #[must_use]
    pub fn without(&self, part: &Self) -> Self {
        Self {
            n: self.n.saturating_sub(part.n),
            sum: self.sum.saturating_sub(part.sum),
            squares: self.squares.saturating_sub(part.squares),
        }
    }

    /// How many numbers.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Their mean; `None` without numbers.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| float(self.sum) / self.n as f64)
    }

    /// Their sample variance (denominator n − 1); `None` for fewer than two numbers.
    pub fn variance(&self) -> Option<f64> {
        if self.n < 2 {
            return None;
        }
        // n·Σx² − (Σx)² in integers: no cancellation.
        let spread = i128::from(self.n) * i128::from(self.squares) - i128::from(self.sum).pow(2);
        Some(spread as f64 / (ONE * ONE) / (self.n as f64 * (self.n - 1) as f64))
    }
}
