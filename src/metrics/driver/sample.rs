//! Rows in groups of customers, so that any statistic gets an interval.

use super::Gram;
#[cfg(feature = "regression")]
use crate::metrics::Confidence;
use crate::metrics::hash;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Groups of the jackknife. Kott uses 15; a few more make the interval a little steadier.
const GROUPS: u64 = 20;

/// With fewer groups in use the spread between them says too little.
#[cfg(feature = "regression")]
const LEAST_GROUPS: usize = 10;

/// Rows `(columns, outcome)` of a [`Gram`], split by customer into 20 groups.
///
/// The groups give intervals for results that have no formula of their own: each is computed again without each
/// group (delete-a-group jackknife, Kott 2001, Journal of Official Statistics 17:521). A bootstrap would need
/// the rows; this needs sums only, merges exactly and has no seed. Rows of one customer fall into one group, so
/// that many words of one person do not pass for many persons.
///
/// ```
/// use candor::metrics::driver::Sample;
/// let mut sample = Sample::default();
/// sample.add("c-1", &[("waiting hours", 3.0)], 4.0);
/// assert_eq!(sample.gram().n(), 1);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    groups: BTreeMap<u8, Gram>,
}

impl Sample {
    /// Adds one row of a customer; what is not named in it counts as 0 (see [`Gram::add`]).
    pub fn add(&mut self, customer: &str, row: &[(&str, f64)], outcome: f64) {
        self.add_hashed(hash::stable(&[customer]), row, outcome);
    }

    pub(super) fn add_hashed(&mut self, customer: u64, row: &[(&str, f64)], outcome: f64) {
        self.groups.entry((customer % GROUPS) as u8).or_default().add(row, outcome);
    }

    /// Adds everything another holds.
    pub fn merge(&mut self, other: &Self) {
        for (number, gram) in &other.groups {
            self.groups.entry(*number).or_default().merge(gram);
        }
    }

    /// All rows together.
    pub fn gram(&self) -> Gram {
        let mut all = Gram::default();
        self.groups.values().for_each(|gram| all.merge(gram));
        all
    }

    /// The same rows with some of the columns only; see [`Gram::with_columns`], where `n` counts all rows.
    #[must_use]
    pub fn with_columns(&self, mut keep: impl FnMut(&str, u64) -> bool) -> Self {
        let all = self.gram();
        let kept: Vec<&str> =
            all.columns().filter(|(name, n)| keep(name, *n)).map(|(name, _)| name).collect();
        let narrow = |gram: &Gram| gram.with_columns(|name, _| kept.binary_search(&name).is_ok());
        Self { groups: self.groups.iter().map(|(number, gram)| (*number, narrow(gram))).collect() }
    }

    /// Half the widths of the intervals of a list of numbers computed from the rows; `None` when too few groups
    /// have rows, or where the list cannot be computed or has another length without one of them.
    #[cfg(feature = "regression")]
    pub(super) fn margins(
        &self,
        whole: &[f64],
        confidence: Confidence,
        statistic: impl Fn(&Gram) -> Option<Vec<f64>>,
    ) -> Option<Vec<f64>> {
        let groups = self.groups.len();
        if groups < LEAST_GROUPS {
            return None;
        }
        let mut squares = vec![0.0; whole.len()];
        for left_out in self.groups.keys() {
            let mut rest = Gram::default();
            self.groups
                .iter()
                .filter(|(number, _)| *number != left_out)
                .for_each(|(_, gram)| rest.merge(gram));
            let values = statistic(&rest).filter(|values| values.len() == whole.len())?;
            for ((square, value), whole) in squares.iter_mut().zip(values).zip(whole) {
                *square += (value - whole).powi(2);
            }
        }
        let factor = (groups as f64 - 1.0) / groups as f64;
        let t = confidence.t(groups as u64);
        Some(squares.into_iter().map(|square| t * (factor * square).sqrt()).collect())
    }
}
