//! Columns that line up on a terminal, also with Chinese words.

use std::fmt::Write;

/// Rows of cells with a header; numbers stand at the right of their column.
pub(crate) struct Table {
    header: Vec<&'static str>,
    rows: Vec<(Vec<String>, Vec<String>)>,
}

impl Table {
    pub(crate) fn new(header: &[&'static str]) -> Self {
        Self { header: header.to_vec(), rows: Vec::new() }
    }

    /// Adds a row, and lines of running text below it.
    pub(crate) fn row(&mut self, cells: Vec<String>, notes: Vec<String>) {
        self.rows.push((cells, notes));
    }

    pub(crate) fn print(&self, out: &mut String) {
        let header: Vec<String> = self.header.iter().map(|&name| name.to_owned()).collect();
        let widths: Vec<usize> = (0..header.len())
            .map(|column| {
                let cells = self.rows.iter().map(|(cells, _)| cells).chain([&header]);
                cells.filter_map(|cells| cells.get(column)).map(|cell| width(cell)).max().unwrap_or(0)
            })
            .collect();
        _ = writeln!(out, "{}", line(&header, &widths));
        for (cells, notes) in &self.rows {
            _ = writeln!(out, "{}", line(cells, &widths));
            for note in notes {
                _ = writeln!(out, "      {note}");
            }
        }
    }
}

fn line(cells: &[String], widths: &[usize]) -> String {
    let mut out = String::new();
    for (cell, width_of_column) in cells.iter().zip(widths) {
        let gap = " ".repeat(width_of_column.saturating_sub(width(cell)));
        let number = cell.chars().next().is_some_and(|c| c.is_ascii_digit()) && !cell.contains(' ');
        let (before, after) = if number { (gap.as_str(), "") } else { ("", gap.as_str()) };
        out.extend(["  ", before, cell, after]);
    }
    out.trim_end().to_owned()
}

/// Columns on a terminal: East Asian characters take two (Unicode Standard Annex 11, roughly).
fn width(text: &str) -> usize {
    let wide = |c: char| matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}');
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

/// The text on one line without control characters, which a terminal would obey, cut after about `limit` columns.
pub(crate) fn short(text: &str, limit: usize) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        for c in word.chars().filter(|c| !c.is_control()).chain([' ']) {
            if width(&out) >= limit {
                return out.trim_end().to_owned() + "…";
            }
            out.push(c);
        }
    }
    out.trim_end().to_owned()
}
