//! Words: readable lists, one pass that finds them.

/// What a clean term looks like, for error messages.
pub(crate) const CLEAN: &str =
    "terms are lower case and Simplified, with single blanks and straight apostrophes";

/// Whether a term has the form in which cleaned text is matched.
pub(crate) fn is_clean(term: &str) -> bool {
    !term.is_empty()
        && term.trim() == term
        && !term.contains("  ")
        && !term.contains('\u{2019}')
        && !term.chars().any(|c| c.is_uppercase() || c.is_control())
}
