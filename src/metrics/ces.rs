//! Customer Effort Score: the mean of ratings of kind `ces`, on the scale they were given on.
//!
//! Dixon, Freeman and Toman 2010, Harvard Business Review 88(7); the second version asks 1..7, where more is
//! easier. Means on different scales are kept apart.

use super::{Confidence, Levels, ScaleMean, rating};
use crate::feedback::RatingKind;

/// The mean effort score for each scale in use.
///
/// ```
/// use candor::{feedback::{Rating, RatingKind}, metrics::{Confidence, Levels, ces}};
/// let mut levels = Levels::default();
/// for value in [6.0, 7.0, 5.0] {
///     levels.add(&Rating::new(value, 1.0, 7.0, RatingKind::Ces)?);
/// }
/// let scores = ces::scores(&levels, Confidence::default());
/// assert_eq!((scores[0].max, scores[0].mean.n), (7.0, 3));
/// assert!((scores[0].mean.value - 6.0).abs() < 1e-3);
/// # Ok::<(), candor::Error>(())
/// ```
pub fn scores(levels: &Levels, confidence: Confidence) -> Vec<ScaleMean> {
    rating::by_scale(levels, RatingKind::Ces, confidence)
}
