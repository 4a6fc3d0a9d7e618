//! Counts over time, as they are watched.

use super::promotion;
use jiff::SignedDuration;
use jiff::civil::Date;

/// Buckets over which the usual number of items without the event is measured.
const USUAL: usize = 28;

/// Counts of events in equally long buckets, oldest first, without gaps.
///
/// ```
/// use candor::metrics::alarm::{Series, scan};
/// let mut counts = vec![6, 4, 5, 7, 5, 3, 5].repeat(8);
/// counts.extend([21, 26]);
/// let scan = scan(&Series::daily(jiff::civil::date(2025, 7, 7), counts));
/// assert_eq!(scan.changes[0].start, jiff::civil::date(2025, 9, 1));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Series {
    first: Date,
    bucket_days: u16,
    counts: Vec<u64>,
    items: Vec<u64>,
    exposure: Vec<f64>,
    is_volume: bool,
}

impl Series {
    /// Events of each day from `first` on.
    pub fn daily(first: Date, counts: impl Into<Vec<u64>>) -> Self {
        let (items, exposure) = (Vec::new(), Vec::new());
        Self { first, bucket_days: 1, counts: counts.into(), items, exposure, is_volume: false }
    }

    /// Wider buckets: no rhythm of the week is looked for. 0 counts as 1.
    pub fn bucket_days(mut self, days: u16) -> Self {
        self.bucket_days = days.max(1);
        self
    }

    /// All items of each bucket, those with the event among them. On promotion days of a series without exposure more
    /// events are expected, as far as the *other* items grow: a crisis that is most of the feedback does not
    /// explain itself.
    pub fn items(mut self, items: impl Into<Vec<u64>>) -> Self {
        self.items = items.into();
        self
    }

    /// What could have led to an event in each bucket: orders, sessions. A bucket with 0 or without a number is
    /// not judged.
    pub fn exposure(mut self, exposure: impl Into<Vec<f64>>) -> Self {
        self.exposure = exposure.into();
        self
    }

    /// The events are all the feedback there is: what a promotion adds to it cannot be told from a burst, so that
    /// promotion days without exposure are not judged.
    pub(super) fn volume(mut self) -> Self {
        self.is_volume = true;
        self
    }

    pub(super) fn len(&self) -> usize {
        self.counts.len()
    }

    /// First day of a bucket.
    pub(super) fn day(&self, index: usize) -> Date {
        let buckets = i64::try_from(index).unwrap_or(i64::MAX);
        let hours = buckets.saturating_mul(i64::from(self.bucket_days)).saturating_mul(24);
        let hours = SignedDuration::from_hours(hours.min(24 * 4_000_000));
        self.first.checked_add(hours).unwrap_or(Date::MAX)
    }

    /// The promotion in whose days a bucket begins or ends.
    pub(super) fn promotion(&self, index: usize) -> Option<&'static str> {
        let last = self.day(index + 1).yesterday().unwrap_or(Date::MAX);
        promotion::on(self.day(index)).or_else(|| promotion::on(last))
    }

    pub(super) fn points(&self) -> Vec<Point> {
        let mut usual = Usual::default();
        let point = |(index, &count): (usize, &u64)| {
            let promotion = self.promotion(index).is_some();
            let others = self.items.get(index).map(|items| items.saturating_sub(count));
            let (exposure, exact) = match self.exposure.get(index) {
                Some(&exposure) => (exposure, true),
                None if !self.exposure.is_empty() => (0.0, true),
                None if promotion && self.is_volume => (0.0, false),
                None if promotion => (others.map_or(1.0, |n| usual.times(n)), false),
                None => (1.0, true),
            };
            if let (Some(others), false) = (others, promotion) {
                usual.add(others);
            }
            let weekday = usize::from(self.day(index).weekday().to_monday_zero_offset().unsigned_abs());
            let rhythm = self.bucket_days == 1;
            let exposure = if exposure.is_finite() { exposure.max(0.0) } else { 0.0 };
            Point { count: count as f64, exposure, exact, weekday: if rhythm { weekday } else { 0 }, rhythm }
        };
        self.counts.iter().enumerate().map(point).collect()
    }
}

/// One bucket, ready to be judged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    pub(super) count: f64,
    pub(super) exposure: f64,
    /// Whether the exposure is known well enough to learn from this bucket.
    pub(super) exact: bool,
    /// 0..6; 0 for all when buckets are wider than days.
    pub(super) weekday: usize,
    pub(super) rhythm: bool,
}

/// The last numbers of items without the event, of usual buckets.
#[derive(Default)]
struct Usual(std::collections::VecDeque<u64>);

impl Usual {
    fn add(&mut self, others: u64) {
        if self.0.len() == USUAL {
            self.0.pop_front();
        }
        self.0.push_back(others);
    }

    /// How many times the usual number this may be, at least 1: a promotion is not expected to bring fewer. The
    /// number is taken two standard deviations of a Poisson count higher, because few others tell little.
    fn times(&self, others: u64) -> f64 {
        let mean = self.0.iter().sum::<u64>() as f64 / self.0.len().max(1) as f64;
        let most = others as f64 + 2.0 * (others as f64).sqrt();
        if mean > 0.0 { (most / mean).max(1.0) } else { 1.0 }
    }
}
