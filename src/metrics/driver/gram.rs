//! Sums of squares and products of named columns with an outcome: all that linear methods need to know.

use crate::metrics::moments::fixed;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Units of one in a product of two fixed-point numbers.
const ONE: f64 = 1e8;

/// Counts, sums and products of rows `(columns, outcome)`, exact in any order of adding.
///
/// A row names the columns it has; the others are 0 in it, so that new columns may come at any time. Numbers are
/// rounded to four decimals and kept within ±1 000 000; sums are exact for up to 10⁹ rows. Memory: one number
/// for each pair of columns that occur together.
///
/// ```
/// use candor::metrics::driver::Gram;
/// let mut gram = Gram::default();
/// gram.add(&[("days", 2.0)], 5.0);
/// gram.add(&[("days", 6.0)], 1.0);
/// assert_eq!((gram.n(), gram.mean("days"), gram.outcome_mean()), (2, Some(4.0), Some(3.0)));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gram {
    n: u64,
    outcome: i128,
    outcome_squared: i128,
    columns: BTreeMap<String, Column>,
}

/// Sums of one column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Column {
    /// Rows in which it is not 0.
    n: u64,
    sum: i128,
    with_outcome: i128,
    /// Products with itself and with the columns behind it in the order of names.
    products: BTreeMap<String, i128>,
}

fn exact(value: f64) -> i128 {
    i128::from(fixed(value.clamp(-1e6, 1e6)))
}

/// Changes the value of a name; the name is copied only when it is new.
fn update<V: Default>(map: &mut BTreeMap<String, V>, name: &str, change: impl FnOnce(&mut V)) {
    if let Some(value) = map.get_mut(name) {
        change(value);
    } else {
        change(map.entry(name.to_owned()).or_default());
    }
}

impl Gram {
    /// Adds one row. A column named twice counts with the sum; 0 and "not a number" count as absent, and a row
    /// whose outcome is not a number is left out.
    pub fn add(&mut self, row: &[(&str, f64)], outcome: f64) {
        if outcome.is_nan() {
            return;
        }
        let y = exact(outcome);
        let mut values: BTreeMap<&str, i128> = BTreeMap::new();
        for &(name, value) in row.iter().filter(|(_, value)| !value.is_nan()) {
            *values.entry(name).or_default() += exact(value);
        }
        values.retain(|_, value| *value != 0);
        self.n += 1;
        self.outcome += y;
        self.outcome_squared += y * y;
        for (name, &x) in &values {
            update(&mut self.columns, name, |column: &mut Column| {
                column.n += 1;
                column.sum += x;
                column.with_outcome += x * y;
                values
                    .range::<&str, _>(name..)
                    .for_each(|(other, z)| update(&mut column.products, other, |sum| *sum += x * z));
            });
        }
    }

    /// Adds everything another holds.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.outcome += other.outcome;
        self.outcome_squared += other.outcome_squared;
        for (name, theirs) in &other.columns {
            update(&mut self.columns, name, |column: &mut Column| {
                column.n += theirs.n;
                column.sum += theirs.sum;
                column.with_outcome += theirs.with_outcome;
                theirs
                    .products
                    .iter()
                    .for_each(|(name, n)| update(&mut column.products, name, |sum| *sum += n));
            });
        }
    }

    /// The same rows with the columns that pass a test of their name and of the number of rows that have them.
    #[must_use]
    pub fn with_columns(&self, mut keep: impl FnMut(&str, u64) -> bool) -> Self {
        let mut kept = self.clone();
        kept.columns.retain(|name, column| keep(name, column.n));
        let names: Vec<String> = kept.columns.keys().cloned().collect();
        for column in kept.columns.values_mut() {
            column.products.retain(|name, _| names.binary_search(name).is_ok());
        }
        kept
    }

    /// Number of rows.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Names of the columns, sorted, each with the number of rows in which it is not 0.
    pub fn columns(&self) -> impl Iterator<Item = (&str, u64)> {
        self.columns.iter().map(|(name, column)| (name.as_str(), column.n))
    }

    /// Mean of a column over all rows; `None` when there is no such column.
    pub fn mean(&self, name: &str) -> Option<f64> {
        let column = self.columns.get(name)?;
        Some(column.sum as f64 / 1e4 / self.n as f64)
    }

    /// Mean of the outcome; `None` without rows.
    pub fn outcome_mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.outcome as f64 / 1e4 / self.n as f64)
    }

    /// Σ(y − ȳ)² of the outcome.
    pub fn outcome_spread(&self) -> f64 {
        self.centred(self.outcome_squared, self.outcome, self.outcome)
    }

    /// Σ(a − ā)(b − b̄) of two columns.
    pub fn spread(&self, a: &str, b: &str) -> f64 {
        let (first, second) = if a <= b { (a, b) } else { (b, a) };
        let (Some(one), Some(two)) = (self.columns.get(first), self.columns.get(second)) else { return 0.0 };
        self.centred(one.products.get(second).copied().unwrap_or_default(), one.sum, two.sum)
    }

    /// Σ(a − ā)(y − ȳ) of a column and the outcome.
    pub fn outcome_with(&self, name: &str) -> f64 {
        self.columns
            .get(name)
            .map_or(0.0, |column| self.centred(column.with_outcome, column.sum, self.outcome))
    }

    /// Σxy − Σx·Σy/n, subtracted in whole numbers: nothing cancels.
    fn centred(&self, product: i128, x: i128, y: i128) -> f64 {
        let n = i128::from(self.n.max(1));
        (n.saturating_mul(product)).saturating_sub(x.saturating_mul(y)) as f64 / n as f64 / ONE
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(rows: &[(f64, f64, f64)]) -> Gram {
        let mut gram = Gram::default();
        for &(a, b, y) in rows {
            gram.add(&[("a", a), ("b", b)], y);
        }
        gram
    }

    #[test]
    fn absent_is_zero() {
        let (mut named, mut silent) = (Gram::default(), Gram::default());
        named.add(&[("a", 1.0), ("b", 0.0)], 2.0);
        silent.add(&[("a", 1.0), ("c", f64::NAN)], 2.0);
        silent.add(&[("a", 1.0)], f64::NAN);
        assert_eq!(named, silent);
    }

    #[test]
    fn columns_can_be_left_out() {
        let gram = of(&[(1.0, 2.0, 3.0), (4.0, 0.0, 1.0)]).with_columns(|_, n| n > 1);
        assert_eq!(gram.columns().collect::<Vec<_>>(), [("a", 2)]);
        assert_eq!((gram.spread("a", "a"), gram.spread("a", "b"), gram.n()), (4.5, 0.0, 2));
    }

    proptest! {
        #[test]
        fn halves_make_the_whole(rows in prop::collection::vec((-50.0..50.0, -5.0..5.0, 1.0..5.0), 0..20), at in 0usize..20) {
            let at = at.min(rows.len());
            let mut merged = of(&rows[at..]);
            merged.merge(&of(&rows[..at]));
            let text = serde_json::to_string(&merged).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Gram>(&text).unwrap(), &of(&rows));
        }
    }
}
