//! Columns brought to mean 0 and spread 1, with those left out that say nothing new.

use super::Gram;
use crate::metrics::Lack;
use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

/// A column of which less than this part is not explained by the columns before it counts as collinear.
const TOLERANCE: f64 = 1e-9;

/// Correlations of the columns that are kept, and with the outcome.
pub(super) struct Standard {
    pub(super) names: Vec<String>,
    /// √Σ(x − x̄)² of each column.
    pub(super) spreads: DVector<f64>,
    pub(super) means: DVector<f64>,
    pub(super) correlations: DMatrix<f64>,
    pub(super) with_outcome: DVector<f64>,
    /// Σ(y − ȳ)².
    pub(super) outcome_spread: f64,
    /// Constant and collinear columns, in the order of their names.
    pub(super) left_out: Vec<String>,
    /// Of the correlations.
    factor: Option<Cholesky<f64, Dyn>>,
}

impl Standard {
    /// Needs two rows more than columns, and an outcome that varies.
    pub(super) fn of(gram: &Gram) -> Result<Self, Lack> {
        let outcome_spread = gram.outcome_spread();
        Lack::unless(gram.n(), 3)?;
        if outcome_spread <= 0.0 {
            return Err(Lack::constant("outcome"));
        }
        let mut kept = Kept::default();
        let mut left_out = Vec::new();
        for (name, _) in gram.columns() {
            if !kept.take(gram, name) {
                left_out.push(name.to_owned());
            }
        }
        Lack::unless(gram.n(), kept.names.len() as u64 + 2)?;
        if kept.names.is_empty() {
            return Err(Lack::constant("every column"));
        }
        let spreads = DVector::from_vec(kept.spreads);
        let each = |of: &dyn Fn(&str) -> f64| {
            DVector::from_iterator(kept.names.len(), kept.names.iter().map(|n| of(n)))
        };
        let means = each(&|name| gram.mean(name).unwrap_or_default());
        let with_outcome =
            each(&|name| gram.outcome_with(name)).component_div(&spreads) / outcome_spread.sqrt();
        let factor = kept.factor;
        let lower = factor.as_ref().map_or_else(|| DMatrix::zeros(0, 0), Cholesky::l);
        let correlations = &lower * lower.transpose();
        let names = kept.names.into_iter().map(str::to_owned).collect();
        Ok(Self { names, spreads, means, correlations, with_outcome, outcome_spread, left_out, factor })
    }

    /// Standardised coefficients: the solution of R·β = r.
    pub(super) fn betas(&self) -> DVector<f64> {
        self.factor
            .as_ref()
            .map_or_else(|| self.with_outcome.clone(), |factor| factor.solve(&self.with_outcome))
    }

    /// R⁻¹; its diagonal holds the variance inflation factors.
    pub(super) fn inverse(&self) -> DMatrix<f64> {
        self.factor.as_ref().map_or_else(|| self.correlations.clone(), Cholesky::inverse)
    }
}

#[derive(Default)]
struct Kept<'a> {
    names: Vec<&'a str>,
    spreads: Vec<f64>,
    factor: Option<Cholesky<f64, Dyn>>,
}

impl<'a> Kept<'a> {
    /// Takes a column unless it is constant or a sum of multiples of those taken before.
    fn take(&mut self, gram: &Gram, name: &'a str) -> bool {
        let spread = gram.spread(name, name).max(0.0).sqrt();
        if spread <= 0.0 {
            return false;
        }
        let others = self.names.iter().zip(&self.spreads);
        let mut column: Vec<f64> =
            others.map(|(other, own)| gram.spread(name, other) / (own * spread)).collect();
        let size = column.len();
        let factor = match &self.factor {
            None => Cholesky::new(DMatrix::identity(1, 1)),
            Some(factor) => {
                let known = factor.l().solve_lower_triangular(&DVector::from_vec(column.clone()));
                if known.is_none_or(|part| 1.0 - part.norm_squared() < TOLERANCE) {
                    return false;
                }
                column.push(1.0);
                Some(factor.insert_column(size, DVector::from_vec(column)))
            }
        };
        self.factor = factor;
        self.names.push(name);
        self.spreads.push(spread);
        true
    }
}
