//! A table in Markdown.

use std::fmt;

/// Figures by row and column, both in the order in which they were first put.
pub(crate) struct Table {
    about: &'static str,
    columns: Vec<String>,
    rows: Vec<(String, Vec<f64>)>,
}

impl Table {
    /// A table of rows that are `about` something.
    pub(crate) fn new(about: &'static str) -> Self {
        Self { about, columns: Vec::new(), rows: Vec::new() }
    }

    /// Adds a figure; every row has to fill the columns in the same order.
    pub(crate) fn put(&mut self, row: &str, column: &str, figure: f64) {
        if !self.columns.iter().any(|known| known == column) {
            self.columns.push(column.to_owned());
        }
        match self.rows.iter_mut().find(|(known, _)| known == row) {
            Some((_, figures)) => figures.push(figure),
            None => self.rows.push((row.to_owned(), vec![figure])),
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| {} | {} |", self.about, self.columns.join(" | "))?;
        writeln!(f, "|---|{}", "---:|".repeat(self.columns.len()))?;
        for (i, (row, figures)) in self.rows.iter().enumerate() {
            let end = if i + 1 == self.rows.len() { "" } else { "\n" };
            let figures: Vec<String> = figures.iter().map(|figure| format!("{figure:.0}")).collect();
            write!(f, "| {row} | {} |{end}", figures.join(" | "))?;
        }
        Ok(())
    }
}
