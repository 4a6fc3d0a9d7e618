//! What a summary should look at.

use super::Confidence;
use jiff::Timestamp;

/// Period, windows and confidence of a [`Summary`](super::Summary).
///
/// ```
/// use candor::metrics::{Confidence, SummaryOptions};
/// let options = SummaryOptions::default()
///     .now("2025-03-31T00:00:00Z".parse().unwrap())
///     .window_days(7)
///     .confidence(Confidence::new(0.9));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[must_use]
pub struct SummaryOptions {
    pub(super) from: Option<Timestamp>,
    pub(super) to: Option<Timestamp>,
    pub(super) now: Option<Timestamp>,
    pub(super) window_days: Option<u32>,
    pub(super) confidence: Confidence,
}

impl SummaryOptions {
    /// Counts from the bucket of this instant on; leaves out items without a date.
    pub fn from(mut self, from: Timestamp) -> Self {
        self.from = Some(from);
        self
    }

    /// Counts up to the bucket of this instant, which is included; leaves out items without a date.
    pub fn to(mut self, to: Timestamp) -> Self {
        self.to = Some(to);
        self
    }

    /// The end of the last trend window; the newest item unless told.
    pub fn now(mut self, now: Timestamp) -> Self {
        self.now = Some(now);
        self
    }

    /// Length of the trend windows; unless told 28 days, or half of the days with data when they are fewer.
    pub fn window_days(mut self, days: u32) -> Self {
        self.window_days = Some(days);
        self
    }

    /// Confidence of all intervals and tests; 95 % unless told.
    pub fn confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }
}
