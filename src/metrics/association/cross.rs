//! A table of counts, whether its rows differ, and in which cells.

use super::together::chi_squared;
use crate::metrics::{Confidence, Lack, fisher, multiple};
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};
use std::collections::{BTreeMap, BTreeSet};

/// Expected count below which a cell is small, and the share of small cells that the χ² test bears (Cochran 1954,
/// Biometrics 10:417).
const SMALL: f64 = 5.0;
const SMALL_SHARE: f64 = 0.2;

/// Counts by row and column, each item in one cell: mergeable, exact in any order of adding.
///
/// ```
/// use candor::metrics::{Confidence, association::Cross};
/// let mut cross = Cross::default();
/// for (channel, mood, n) in [("chat", "good", 60), ("chat", "bad", 20), ("email", "good", 30), ("email", "bad", 50)] {
///     cross.add(channel, mood, n);
/// }
/// let test = cross.test(Confidence::default()).unwrap();
/// assert_eq!(format!("{:.2} {:.3}", test.chi2, test.cramers_v), "22.86 0.378");
/// assert!(test.p.unwrap() < 0.001);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cross {
    rows: BTreeMap<String, BTreeMap<String, u64>>,
}

/// Whether rows and columns hang together.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CrossTest {
    /// Items.
    pub n: u64,
    /// Pearson's χ² (1900, Philosophical Magazine 50:157).
    pub chi2: f64,
    /// Degrees of freedom.
    pub freedom: u64,
    /// p-value of "rows do not differ": χ², for two rows and columns with small expected counts Fisher's exact
    /// test; `None` when more than a fifth of the expected counts is below 5, or one below 1.
    pub p: Option<f64>,
    /// Strength 0..1: V = √(χ²/(n·(min(rows, columns) − 1))) (Cramér 1946, Mathematical Methods of Statistics).
    pub cramers_v: f64,
    /// The cells in the order of rows and columns.
    pub cells: Vec<CrossCell>,
}

/// One cell against what chance would give.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CrossCell {
    /// Its row.
    pub row: String,
    /// Its column.
    pub column: String,
    /// Items.
    pub items: u64,
    /// Items by chance.
    pub expected: f64,
    /// Standardised residual of Haberman (1973, Biometrics 29:205): standard normal by chance.
    pub residual: f64,
    /// p-value of the residual after correction for the number of cells (Benjamini and Hochberg).
    pub q: f64,
    /// Whether q is below 1 − confidence and the expected count not small; the residual tells the direction.
    pub is_found: bool,
}

impl Cross {
    /// Counts `n` items in a cell.
    pub fn add(&mut self, row: &str, column: &str, n: u64) {
        *self.rows.entry(row.to_owned()).or_default().entry(column.to_owned()).or_default() += n;
    }

    /// Adds all counts of another.
    pub fn merge(&mut self, other: &Self) {
        for (row, cells) in &other.rows {
            for (column, n) in cells {
                self.add(row, column, *n);
            }
        }
    }

    /// The names of the rows with their counts by column.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &BTreeMap<String, u64>)> {
        self.rows.iter().map(|(name, cells)| (name.as_str(), cells))
    }

    /// The test of the whole and of each cell. Rows and columns without items do not count.
    ///
    /// # Errors
    /// [`Lack::NoOther`] with fewer than two rows or two columns.
    pub fn test(&self, confidence: Confidence) -> Result<CrossTest, Lack> {
        let margins = self.margins()?;
        let mut cells: Vec<CrossCell> = Vec::new();
        for (row, row_total) in &margins.rows {
            for (column, column_total) in &margins.columns {
                let items =
                    self.rows.get(*row).and_then(|cells| cells.get(*column)).copied().unwrap_or_default();
                cells.push(margins.cell((row, *row_total), (column, *column_total), items));
            }
        }
        let p: Vec<f64> = cells.iter().map(|cell| 2.0 * Normal::standard().sf(cell.residual.abs())).collect();
        for (cell, q) in cells.iter_mut().zip(multiple::q_values(&p)) {
            (cell.q, cell.is_found) = (q, q < confidence.alpha() && cell.expected >= SMALL);
        }
        let chi2: f64 =
            cells.iter().map(|cell| (cell.items as f64 - cell.expected).powi(2) / cell.expected).sum();
        let (rows, columns) = (margins.rows.len() as u64, margins.columns.len() as u64);
        let freedom = (rows - 1) * (columns - 1);
        let cramers_v = (chi2 / (margins.n as f64 * (rows.min(columns) - 1) as f64)).sqrt().min(1.0);
        let p = p_value(&cells, chi2, freedom);
        Ok(CrossTest { n: margins.n, chi2, freedom, p, cramers_v, cells })
    }

    fn margins(&self) -> Result<Margins<'_>, Lack> {
        let sum = |cells: &BTreeMap<String, u64>| cells.values().sum::<u64>();
        let rows: Vec<(&str, u64)> = self
            .rows
            .iter()
            .map(|(name, cells)| (name.as_str(), sum(cells)))
            .filter(|(_, n)| *n > 0)
            .collect();
        let names: BTreeSet<&String> = self.rows.values().flat_map(BTreeMap::keys).collect();
        let total = |name: &String| self.rows.values().filter_map(|cells| cells.get(name)).sum::<u64>();
        let columns: Vec<(&str, u64)> =
            names.into_iter().map(|name| (name.as_str(), total(name))).filter(|(_, n)| *n > 0).collect();
        for (side, name) in [(&rows, "other row"), (&columns, "other column")] {
            if side.len() < 2 {
                return Err(Lack::no_other(name));
            }
        }
        Ok(Margins { n: rows.iter().map(|(_, n)| n).sum(), rows, columns })
    }
}

struct Margins<'a> {
    n: u64,
    rows: Vec<(&'a str, u64)>,
    columns: Vec<(&'a str, u64)>,
}

impl Margins<'_> {
    fn cell(
        &self,
        (row, row_total): (&str, u64),
        (column, column_total): (&str, u64),
        items: u64,
    ) -> CrossCell {
        let (n, r, c) = (self.n as f64, row_total as f64, column_total as f64);
        let expected = r * c / n;
        let residual = (items as f64 - expected) / (expected * (1.0 - r / n) * (1.0 - c / n)).sqrt();
        let (row, column) = (row.to_owned(), column.to_owned());
        CrossCell { row, column, items, expected, residual, q: 1.0, is_found: false }
    }
}

fn p_value(cells: &[CrossCell], chi2: f64, freedom: u64) -> Option<f64> {
    let small = cells.iter().filter(|cell| cell.expected < SMALL).count() as f64;
    if let [a, b, c, d] = cells
        && small > 0.0
    {
        return Some(fisher::two_sided([[a.items, b.items], [c.items, d.items]]));
    }
    let bears = small <= SMALL_SHARE * cells.len() as f64 && cells.iter().all(|cell| cell.expected >= 1.0);
    bears.then(|| chi_squared(chi2, freedom as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cross(table: &[&[u64]]) -> Cross {
        let mut cross = Cross::default();
        for (row, counts) in table.iter().enumerate() {
            counts
                .iter()
                .enumerate()
                .for_each(|(column, n)| cross.add(&row.to_string(), &column.to_string(), *n));
        }
        cross
    }

    /// scipy 1.17: `chi2_contingency(table)`; statsmodels 0.15: `Table(table).standardized_resids`.
    #[test]
    fn as_scipy_and_statsmodels() {
        let test = cross(&[&[20, 30, 50], &[40, 30, 30], &[25, 25, 50]]).test(Confidence::default()).unwrap();
        assert!((test.chi2 - 14.389_140_271_493_213).abs() < 1e-9);
        assert!((test.p.unwrap() - 0.006_151_259_758_370_052).abs() < 1e-9);
        assert_eq!((test.n, test.freedom), (300, 4));
        let golden = [
            -2.264_941, 0.452_988, 1.647_705, 3.170_918, 0.452_988, -3.295_410, -0.905_977, -0.905_977,
            1.647_705,
        ];
        for (cell, residual) in test.cells.iter().zip(golden) {
            assert!((cell.residual - residual).abs() < 1e-6, "{}", cell.residual);
        }
        let found: Vec<_> = test.cells.iter().filter(|c| c.is_found).map(|c| (&*c.row, &*c.column)).collect();
        assert_eq!(found, [("1", "0"), ("1", "2")]);
    }

    #[test]
    fn small_tables_are_exact_or_silent() {
        let two = cross(&[&[8, 2], &[1, 5]]).test(Confidence::default()).unwrap();
        assert!((two.p.unwrap() - 0.034_965_034_965).abs() < 1e-9);
        let found: Vec<_> = two.cells.iter().filter(|cell| cell.is_found).map(|cell| cell.items).collect();
        assert_eq!(found, [8], "of the others less than five are expected");
        assert_eq!(cross(&[&[1, 2, 1], &[2, 1, 3]]).test(Confidence::default()).unwrap().p, None);
        let lack = |table: &[&[u64]]| cross(table).test(Confidence::default()).unwrap_err().to_string();
        assert_eq!(lack(&[&[1, 2], &[0, 0]]), "not enough data: no other row to compare with");
        assert_eq!(lack(&[&[1, 0], &[2, 0]]), "not enough data: no other column to compare with");
    }

    #[test]
    fn a_perfect_table_has_strength_one() {
        let mut half = cross(&[&[10, 0], &[0, 5]]);
        half.merge(&cross(&[&[10, 0], &[0, 15]]));
        let test = half.test(Confidence::default()).unwrap();
        assert!((test.cramers_v - 1.0).abs() < 1e-12 && test.chi2 > 39.9);
    }
}
