//! What a scan finds.

use super::baseline::Compared;
use super::series::Series;
use super::slow::Drift;
use crate::metrics::Confidence;
use crate::metrics::trend::rate_ratio;
use jiff::civil::Date;
use serde::Serialize;
use std::ops::Range;

/// A rate that changes by this factor in two buckets should be found; where only larger ones would be, the
/// answer is "not enough data".
const WORTH_FINDING: f64 = 5.0;

/// How a series changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChangeKind {
    /// Far more than usual for a while.
    Burst,
    /// A new level, higher or lower, that lasts.
    Shift,
    /// A slow, steady rise or fall.
    Drift,
}

/// A change that chance hardly explains.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// How the series changes.
    pub kind: ChangeKind,
    /// First day of the first bucket.
    pub start: Date,
    /// First day of the bucket farthest above what was expected; of the first one for shifts and drifts.
    pub peak: Date,
    /// Last day of the last bucket; `None` when it goes on.
    pub end: Option<Date>,
    /// Events from start to end.
    pub events: u64,
    /// Events expected in that time.
    pub expected: f64,
    /// Events over expected ones; for a drift the rate at its end over the rate at its start. `None` when nothing
    /// was expected.
    pub ratio: Option<f64>,
    /// Lower end of the interval of the ratio (95 %).
    pub low: Option<f64>,
    /// Upper end of the interval of the ratio; `None` when it has no limit.
    pub high: Option<f64>,
    /// Probability of the most unlikely window of it, if nothing has changed.
    pub p: f64,
    /// A promotion on one of its days.
    pub promotion: Option<&'static str>,
}

/// The changes of a series, oldest first, and how well it can be watched.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Scan {
    /// Changes found, also long past ones.
    pub changes: Vec<Change>,
    /// A burst that multiplies the present rate by this is found within two buckets in 85 of 100 cases; `None`
    /// without enough history.
    pub least_factor: Option<f64>,
}

impl Scan {
    /// Whether the present is watched well enough that no change means something: a burst to five times the
    /// usual would be found. Otherwise the answer is "not enough data", unless a change was found.
    ///
    /// ```
    /// use candor::metrics::alarm::{Series, scan};
    /// let watched = |mean| scan(&Series::daily(jiff::civil::date(2025, 2, 1), vec![mean; 60])).is_watched();
    /// assert!(watched(3) && !watched(1));
    /// ```
    pub fn is_watched(&self) -> bool {
        self.least_factor.is_some_and(|factor| factor <= WORTH_FINDING)
    }
}

impl Change {
    pub(super) fn new(
        series: &Series,
        kind: ChangeKind,
        buckets: &Range<usize>,
        compared: &Compared,
        p: f64,
        end: Option<usize>,
    ) -> Self {
        let (events, base, part) = compared.poisson();
        let (low, high) = rate_ratio(events, base, part, Confidence::default());
        Self {
            kind,
            start: series.day(buckets.start),
            peak: series.day(buckets.start),
            end: end.and_then(|last| series.day(last + 1).yesterday().ok()),
            events: compared.events as u64,
            expected: compared.expected,
            ratio: (compared.expected > 0.0).then(|| compared.events / compared.expected),
            low: Some(low),
            high,
            p,
            promotion: buckets.clone().find_map(|index| series.promotion(index)),
        }
    }

    pub(super) fn drift(series: &Series, buckets: Range<usize>, drift: &Drift) -> Self {
        let (ratio, low, high) = drift.ratio;
        Self {
            kind: ChangeKind::Drift,
            start: series.day(buckets.start),
            peak: series.day(buckets.start),
            end: None,
            events: drift.events as u64,
            expected: drift.expected,
            ratio: Some(ratio),
            low: Some(low),
            high: Some(high),
            p: drift.p,
            promotion: None,
        }
    }

    /// Whether it goes on, or its last bucket ends on a day or later; shifts and drifts are told by their start,
    /// because a new level is nothing new for ever.
    pub(super) fn reaches(&self, day: Date) -> bool {
        match self.kind {
            ChangeKind::Shift => self.start >= day,
            ChangeKind::Burst | ChangeKind::Drift => self.end.is_none_or(|end| end >= day),
        }
    }

    /// Whether there are more events than before.
    pub fn is_rise(&self) -> bool {
        self.ratio.is_none_or(|ratio| ratio > 1.0)
    }
}
