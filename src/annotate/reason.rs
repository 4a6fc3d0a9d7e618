//! How bad it is and how much trouble it was, with the words that say so.

use super::insight::Field;
use super::label::{EffortLevel, SeverityLevel};
use crate::span::Span;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Severity {
    /// Band of the score.
    pub level: SeverityLevel,
    /// 0..1.
    pub score: f32,
}

impl Default for Severity {
    fn default() -> Self {
        Self { level: SeverityLevel::None, score: 0.0 }
    }
}

/// How much trouble the customer had.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// Band of the score.
    pub level: EffortLevel,
    /// -1..1: above 0 trouble, below 0 ease.
    pub score: f32,
}

impl Default for Effort {
    fn default() -> Self {
        Self { level: EffortLevel::None, score: 0.0 }
    }
}

/// The strongest words of their kind behind a severity or an effort.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reason<K> {
    /// What they tell of.
    pub kind: K,
    /// The text of the span.
    pub field: Field,
    /// The words.
    pub span: Span,
    /// 0..1: how strongly they say it.
    pub weight: f32,
}
