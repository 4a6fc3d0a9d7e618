//! Which column fills which field.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// `data/header.tsv`: header without case, blanks, `_`, `-`, and the field it fills.
static ALIASES: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("../data/header.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).collect()
});

/// Fields that rate.
pub(in crate::channel) const RATINGS: [&str; 5] = ["rating", "nps", "csat", "ces", "score"];

/// The columns of a table.
#[derive(Debug)]
pub(in crate::channel) struct Header {
    names: Vec<String>,
    /// Few enough that a walk over them is the fastest way to find one.
    fields: Vec<(&'static str, usize)>,
    /// Columns that fill no field: unknown ones, and those whose field another column fills already.
    rest: Vec<usize>,
}

impl Header {
    /// The columns of these names; `own` tells which names fill other fields than elsewhere, or none.
    pub(in crate::channel) fn new(cells: &[String], own: &[(&str, Option<&'static str>)]) -> Self {
        let mut header = Self { names: Vec::new(), fields: Vec::new(), rest: Vec::new() };
        for (column, cell) in cells.iter().enumerate() {
            header.names.push(cell.trim().to_owned());
            let named = bare(cell);
            let filled = own.iter().find(|(name, _)| *name == named).map(|(_, field)| *field);
            match filled.unwrap_or_else(|| field(cell)) {
                Some(field) if header.find(field).is_none() => header.fields.push((field, column)),
                _ => header.rest.push(column),
            }
        }
        header
    }

    /// Columns that a host has named the fields of; none is left for `extra`.
    #[cfg(feature = "json")]
    pub(in crate::channel) fn of(columns: Vec<(&'static str, String)>) -> Self {
        let fields = columns.iter().enumerate().map(|(column, (field, _))| (*field, column)).collect();
        let names = columns.into_iter().map(|(_, name)| name).collect();
        Self { names, fields, rest: Vec::new() }
    }

    /// Whether a row can be feedback at all.
    pub(in crate::channel) fn has_content(&self) -> bool {
        ["text", "title", "append"].iter().chain(&RATINGS).any(|field| self.find(field).is_some())
    }

    /// Whether a column has this bare name.
    pub(super) fn has_name(&self, name: &str) -> bool {
        self.names.iter().any(|column| bare(column) == name)
    }

    /// The column that fills the field.
    pub(super) fn find(&self, field: &str) -> Option<usize> {
        self.fields.iter().find(|(name, _)| *name == field).map(|(_, column)| *column)
    }

    /// The name of a column as it stands in the file.
    pub(super) fn name(&self, column: usize) -> &str {
        self.names.get(column).map(String::as_str).unwrap_or_default()
    }

    /// Columns for `extra`.
    pub(super) fn rest(&self) -> &[usize] {
        &self.rest
    }

    /// Rating columns from left to right.
    pub(super) fn ratings(&self) -> Vec<(usize, &'static str)> {
        let mut all: Vec<_> = RATINGS.iter().filter_map(|field| Some((self.find(field)?, *field))).collect();
        all.sort_unstable();
        all
    }
}

/// The field that a column of this name fills.
pub(in crate::channel) fn field(header: &str) -> Option<&'static str> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    if header.bytes().all(plain) {
        return ALIASES.get(header).copied();
    }
    ALIASES.get(bare(header).as_str()).copied()
}

/// The name without case, blanks, `_` and `-`.
fn bare(header: &str) -> String {
    let bare: String = header.chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-')).collect();
    bare.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_bare() {
        let lines: Vec<&str> =
            include_str!("../data/header.tsv").lines().filter(|line| !line.starts_with('#')).collect();
        assert!(lines.is_sorted(), "sort data/header.tsv");
        for line in lines {
            let (alias, filled) = line.split_once('\t').unwrap_or_else(|| panic!("no tab in \"{line}\""));
            assert_eq!(field(alias), Some(filled), "\"{alias}\" is given twice or not bare");
            assert!(super::super::row::FIELDS.contains(&filled), "\"{filled}\" is no field");
        }
    }

    #[test]
    fn headers_are_compared_bare() {
        for (header, filled) in [
            ("Review Text", "text"),
            ("review_text", "text"),
            ("评价内容", "text"),
            ("Created At", "created_at"),
            ("reviewer-email", "email"),
            ("追评", "append"),
            ("NPS", "nps"),
            ("star", "score"),
        ] {
            assert_eq!(field(header), Some(filled), "{header}");
        }
        assert_eq!(field("floor"), None);
    }

    #[test]
    fn the_first_column_of_a_field_wins() {
        let cells = ["content", "comment", "nps", "stars"].map(str::to_owned);
        let header = Header::new(&cells, &[]);
        assert_eq!((header.find("text"), header.rest()), (Some(0), [1].as_slice()));
        assert_eq!(header.ratings(), [(2, "nps"), (3, "rating")]);
    }
}
