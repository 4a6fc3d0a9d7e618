//! Relative weights: how the explained part of the outcome divides over columns that go together.
//!
//! Johnson (2000, Multivariate Behavioral Research 35:1): the columns are replaced by the nearest ones that are
//! uncorrelated; what those explain is handed back in proportion. Weights are never negative and sum to R²,
//! whatever the correlations, where coefficients of correlated columns may turn their sign.

use super::matrix::Standard;
use super::{Gram, Sample};
use crate::metrics::{Confidence, Lack};
use nalgebra::{DMatrix, SymmetricEigen};
use serde::{Deserialize, Serialize};

/// The part of one column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Weight {
    /// Name of the column.
    pub name: String,
    /// Its part of R²; the weights sum to R².
    pub value: f64,
    /// Its part of what is explained, 0..1; the shares sum to 1.
    pub share: f64,
    /// Lower end of the interval of `value`, not below 0; `None` without groups or with too few.
    pub low: Option<f64>,
    /// Upper end of the interval of `value`, not above 1.
    pub high: Option<f64>,
}

impl Sample {
    /// Relative weights of all columns with jackknife intervals, the heaviest first.
    ///
    /// # Errors
    /// As [`relative`].
    pub fn relative_weights(&self, confidence: Confidence) -> Result<Vec<Weight>, Lack> {
        let mut weights = parts(&self.gram())?;
        let whole: Vec<f64> = weights.iter().map(|weight| weight.value).collect();
        let values = |gram: &Gram| Some(parts(gram).ok()?.into_iter().map(|weight| weight.value).collect());
        if let Some(margins) = self.margins(&whole, confidence, values) {
            for (weight, margin) in weights.iter_mut().zip(margins) {
                weight.low = Some((weight.value - margin).max(0.0));
                weight.high = Some((weight.value + margin).min(1.0));
            }
        }
        Ok(sorted(weights))
    }
}

/// Relative weights of all columns, the heaviest first. Constant and collinear columns have none.
///
/// ```
/// use candor::metrics::driver::{Gram, weight};
/// let mut gram = Gram::default();
/// for (speed, care, stars) in [(1.0, 2.0, 1.0), (2.0, 2.0, 2.0), (4.0, 3.0, 4.0), (5.0, 3.0, 5.0), (3.0, 4.0, 3.0)] {
///     gram.add(&[("speed", speed), ("care", care)], stars);
/// }
/// let weights = weight::relative(&gram).unwrap();
/// assert_eq!(weights[0].name, "speed");
/// assert!((weights.iter().map(|w| w.share).sum::<f64>() - 1.0).abs() < 1e-9);
/// ```
///
/// # Errors
/// As [`regression::fit`](super::regression::fit).
pub fn relative(gram: &Gram) -> Result<Vec<Weight>, Lack> {
    parts(gram).map(sorted)
}

fn sorted(mut weights: Vec<Weight>) -> Vec<Weight> {
    weights.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.name.cmp(&b.name)));
    weights
}

/// In the order of the names.
fn parts(gram: &Gram) -> Result<Vec<Weight>, Lack> {
    let standard = Standard::of(gram)?;
    let eigen = SymmetricEigen::new(standard.correlations);
    let power = |root: fn(f64) -> f64| {
        let roots = DMatrix::from_diagonal(&eigen.eigenvalues.map(|value| root(value.max(0.0))));
        &eigen.eigenvectors * roots * eigen.eigenvectors.transpose()
    };
    let loadings = power(f64::sqrt);
    let onto = power(|value| if value > 0.0 { 1.0 / value.sqrt() } else { 0.0 }) * standard.with_outcome;
    let values = loadings.map(|loading| loading * loading) * onto.map(|beta| beta * beta);
    let total: f64 = values.iter().sum();
    let weight = |(name, &value): (String, &f64)| {
        let share = if total > 0.0 { value / total } else { 0.0 };
        Weight { name, value, share, low: None, high: None }
    };
    Ok(standard.names.into_iter().zip(&values).map(weight).collect())
}

#[cfg(test)]
mod tests;
