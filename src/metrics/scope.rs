//! Parts of the feedback: one value of one dimension.

use serde::{Deserialize, Serialize};

/// Dimensions by which every aggregate splits its numbers; of two that explain a problem equally well the first
/// is named.
pub const DIMENSIONS: &[&str] =
    &["product", "courier", "store", "region", "agent", "team", "touchpoint", "segment", "channel", "source"];

/// A part of the feedback, such as `product = lamp`.
///
/// ```
/// use candor::metrics::Scope;
/// assert_eq!(Scope::new("courier", "Swift").to_string(), "courier=Swift");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Scope {
    /// Name of the dimension.
    pub dimension: String,
    /// Its value.
    pub value: String,
}

impl Scope {
    /// The part where `dimension` has this value.
    pub fn new(dimension: impl Into<String>, value: impl Into<String>) -> Self {
        Self { dimension: dimension.into(), value: value.into() }
    }
}

impl std::fmt::Display for Scope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}={}", self.dimension, self.value)
    }
}
