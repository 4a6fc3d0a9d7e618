//! Multiple linear regression by least squares: what one dimension does when the others stay as they are.
//!
//! Draper and Smith (1998, Applied Regression Analysis, 3rd edition, chapters 5 and 6). Fitted from sums of
//! squares and products, that is from a [`Gram`] of any size, in time that depends on the number of columns only.
//! Subtracting the means happens in whole numbers, so that what usually spoils this way of fitting does not
//! happen; the test below meets the certified values of a notoriously ill-conditioned set to nine digits.

use super::matrix::Standard;
use super::{Gram, Sample};
use crate::metrics::{Confidence, Lack};
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, FisherSnedecor, StudentsT};

/// What is left of the spread below which a fit counts as perfect and its errors as unknown.
const PERFECT: f64 = 1e-12;

/// A fitted model: outcome = intercept + Σ coefficient · column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Regression {
    /// Rows.
    pub n: u64,
    /// The outcome where every column is 0.
    pub intercept: Coefficient,
    /// One for each column that was kept, sorted by name.
    pub coefficients: Vec<Coefficient>,
    /// Part of the variance that is explained, 0..1.
    pub r2: f64,
    /// The same, corrected for the number of columns; may be negative.
    pub adjusted_r2: f64,
    /// Standard deviation of what is not explained.
    pub residual: f64,
    /// F statistic of "no column matters"; `None` for a perfect fit.
    pub f: Option<f64>,
    /// Its p-value.
    pub p: Option<f64>,
    /// Columns that do not vary, or are sums of multiples of columns before them: they got no coefficient.
    pub left_out: Vec<String>,
}

/// One coefficient with its error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Coefficient {
    /// Name of the column.
    pub name: String,
    /// Change of the outcome for one unit more.
    pub value: f64,
    /// Lower end of its interval (Student's t).
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
    /// Standard error.
    pub standard_error: f64,
    /// Value by standard error; `None` for a perfect fit.
    pub t: Option<f64>,
    /// Two-sided p-value of "0".
    pub p: Option<f64>,
    /// Standardised: standard deviations of the outcome for one of the column; 0 for the intercept.
    pub beta: f64,
    /// Variance inflation factor: how much the error grew because other columns tell the same; 1 is none. From
    /// about 10 on use relative weights ([`weight`](super::weight)) instead of coefficients.
    pub inflation: f64,
}

impl Sample {
    /// Fits all columns; see [`fit`].
    ///
    /// # Errors
    /// As [`fit`].
    pub fn regression(&self, confidence: Confidence) -> Result<Regression, Lack> {
        fit(&self.gram(), confidence)
    }
}

/// Fits the outcome on all columns.
///
/// ```
/// use candor::metrics::{Confidence, driver::{Gram, regression}};
/// let mut gram = Gram::default();
/// for (days, stars) in [(1.0, 5.0), (2.0, 5.0), (4.0, 4.0), (6.0, 3.0), (9.0, 1.0), (10.0, 1.0)] {
///     gram.add(&[("days", days)], stars);
/// }
/// let fit = regression::fit(&gram, Confidence::default()).unwrap();
/// assert_eq!(format!("{:.2}", fit.coefficients[0].value), "-0.50"); // stars a day of waiting
/// assert!(fit.r2 > 0.9);
/// ```
///
/// # Errors
/// [`Lack::Few`] with fewer than two rows more than columns, [`Lack::Constant`] when the outcome or every column
/// is constant.
pub fn fit(gram: &Gram, confidence: Confidence) -> Result<Regression, Lack> {
    let standard = Standard::of(gram)?;
    let (n, columns) = (gram.n(), standard.names.len());
    let betas = standard.betas();
    let inverse = standard.inverse();
    let r2 = betas.dot(&standard.with_outcome).clamp(0.0, 1.0);
    let freedom = (n - columns as u64 - 1) as f64;
    let r2 = if 1.0 - r2 < PERFECT { 1.0 } else { r2 };
    let unexplained = 1.0 - r2;
    let variance = unexplained * standard.outcome_spread / freedom;
    let errors = Errors { variance, freedom, confidence };

    let sizes = betas.component_div(&standard.spreads) * standard.outcome_spread.sqrt();
    let inflations = inverse.diagonal();
    let rows = standard.names.iter().zip(&sizes).zip(&standard.spreads).zip(&betas).zip(&inflations);
    let coefficients = rows
        .map(|((((name, &value), spread), &beta), &inflation)| Coefficient {
            beta,
            inflation,
            ..errors.coefficient(name, value, inflation.sqrt() / spread)
        })
        .collect();
    // Variance of the intercept: s²·(1/n + x̄'·(X'X)⁻¹·x̄) with centred X.
    let means = standard.means.component_div(&standard.spreads);
    let lever = (1.0 / n as f64 + means.dot(&(&inverse * &means))).sqrt();
    let value = gram.outcome_mean().unwrap_or_default() - sizes.dot(&standard.means);
    let f = (variance > 0.0).then(|| r2 / columns as f64 / (unexplained / freedom));
    Ok(Regression {
        n,
        intercept: Coefficient { inflation: 1.0, ..errors.coefficient("intercept", value, lever) },
        coefficients,
        r2,
        adjusted_r2: 1.0 - unexplained * (n - 1) as f64 / freedom,
        residual: variance.sqrt(),
        f,
        p: f.and_then(|f| Some(FisherSnedecor::new(columns as f64, freedom).ok()?.sf(f))),
        left_out: standard.left_out,
    })
}

struct Errors {
    variance: f64,
    freedom: f64,
    confidence: Confidence,
}

impl Errors {
    /// A coefficient whose standard error is `lever` times the residual one.
    fn coefficient(&self, name: &str, value: f64, lever: f64) -> Coefficient {
        let standard_error = self.variance.sqrt() * lever;
        let margin = self.confidence.t(self.freedom as u64 + 1) * standard_error;
        let t = (standard_error > 0.0).then(|| value / standard_error);
        let p = t.and_then(|t| Some(2.0 * StudentsT::new(0.0, 1.0, self.freedom).ok()?.sf(t.abs())));
        let (low, high) = (value - margin, value + margin);
        Coefficient {
            name: name.to_owned(),
            value,
            low,
            high,
            standard_error,
            t,
            p,
            beta: 0.0,
            inflation: 1.0,
        }
    }
}

#[cfg(test)]
mod tests;
