//! What a ranking of themes should look at.

use super::Themes;

/// Which items are held against which.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub enum Contrast<'a> {
    /// Negative items against positive ones.
    #[default]
    Negative,
    /// Positive items against negative ones.
    Positive,
    /// All items against those of an earlier period (or of another shop).
    Since(&'a Themes),
}

/// Contrast, number of themes and thresholds of [`Themes::summary`].
///
/// ```
/// use candor::discover::{Contrast, ThemeOptions, Themes};
/// let march = Themes::new();
/// let options = ThemeOptions::default().contrast(Contrast::Since(&march)).top(5).min_items(10).max_q(0.01);
/// assert!(Themes::new().summary(&options).is_empty());
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct ThemeOptions<'a> {
    pub(super) contrast: Contrast<'a>,
    pub(super) top: usize,
    pub(super) min_items: u64,
    pub(super) max_q: f64,
}

impl Default for ThemeOptions<'_> {
    fn default() -> Self {
        Self { contrast: Contrast::default(), top: 10, min_items: 5, max_q: 0.05 }
    }
}

impl ThemeOptions<'_> {
    /// What is held against what; negative items against positive ones unless told.
    pub fn contrast(self, contrast: Contrast<'_>) -> ThemeOptions<'_> {
        let Self { top, min_items, max_q, .. } = self;
        ThemeOptions { contrast, top, min_items, max_q }
    }

    /// Number of themes; ten unless told.
    pub fn top(mut self, top: usize) -> Self {
        self.top = top;
        self
    }

    /// Items of the side looked at that must hold a phrase; five unless told.
    pub fn min_items(mut self, items: u64) -> Self {
        self.min_items = items;
        self
    }

    /// Largest share of false findings among the themes, 0..1; 0.05 unless told.
    pub fn max_q(mut self, q: f64) -> Self {
        self.max_q = q;
        self
    }
}
