//! Opening hours of one day, and where a wall-clock time lies on the time line.

use crate::error::{Error, ErrorKind, Result};
use jiff::civil::{Date, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// Opening hours of one day: sorted, disjoint, in seconds since midnight (86 400 = the next midnight).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Hours(Vec<(i32, i32)>);

impl Hours {
    /// Adds an interval; midnight as the end means the end of the day.
    pub(super) fn add(&mut self, from: Time, to: Time) -> Result<()> {
        let start = seconds(from);
        let end = if to == Time::midnight() { 86_400 } else { seconds(to) };
        if start >= end {
            let message = format!("opening hours {from} to {to} are empty");
            return Err(Error::new(ErrorKind::OutOfRange, message));
        }
        if self.0.iter().any(|&(s, e)| start < e && s < end) {
            let message = format!("opening hours {from} to {to} overlap others of the same day");
            return Err(Error::new(ErrorKind::Conflict, message));
        }
        self.0.push((start, end));
        self.0.sort_unstable();
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The intervals of `date` on the time line.
    pub(super) fn on<'a>(
        &'a self,
        date: Date,
        zone: &'a TimeZone,
    ) -> impl Iterator<Item = (Timestamp, Timestamp)> + 'a {
        self.0
            .iter()
            .filter_map(move |&(start, end)| Some((instant(date, start, zone)?, instant(date, end, zone)?)))
    }
}

fn seconds(time: Time) -> i32 {
    i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60 + i32::from(time.second())
}

/// The instant of a wall-clock time, never decreasing in that time.
///
/// A time that occurs twice (clocks go back) is its first occurrence; a time that does not occur (clocks go
/// forward, or a zone skips a day) is the moment of the jump. So opening hours never overlap on the time line.
fn instant(date: Date, seconds: i32, zone: &TimeZone) -> Option<Timestamp> {
    let civil = date.at(0, 0, 0, 0).checked_add(SignedDuration::from_secs(i64::from(seconds))).ok()?;
    let ambiguous = zone.to_ambiguous_timestamp(civil);
    if !matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. }) {
        return ambiguous.compatible().ok();
    }
    let before = ambiguous.earlier().ok()?;
    zone.following(before).next().map(|jump| jump.timestamp())
}
