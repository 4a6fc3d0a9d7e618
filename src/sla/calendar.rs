//! Business calendars: when the clock of a target runs.

use super::hours::Hours;
use super::{DayKind, Holidays};
use crate::error::{Error, ErrorKind, Result};
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Opening hours in a time zone, with holidays and make-up workdays.
///
/// The default is always open. Times are instants; the zone only says where the opening hours lie.
///
/// ```
/// use candor::sla::Calendar;
/// use jiff::{SignedDuration, civil::{Weekday, date, time}, tz::TimeZone};
/// let calendar = Calendar::builder(TimeZone::UTC)
///     .weekdays(time(9, 0, 0, 0), time(18, 0, 0, 0))
///     .holiday(date(2025, 10, 1))
///     .workday(date(2025, 9, 28), Weekday::Monday) // a Sunday worked like a Monday
///     .build()?;
/// let from = "2025-09-30T17:00:00Z".parse().unwrap();
/// let due = calendar.deadline(from, SignedDuration::from_hours(2));
/// assert_eq!(due.to_string(), "2025-10-02T10:00:00Z");
/// assert_eq!(calendar.elapsed(from, due), SignedDuration::from_hours(2));
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calendar(Option<Box<Schedule>>);

#[derive(Debug, Clone, PartialEq)]
struct Schedule {
    zone: TimeZone,
    /// By [`Weekday::to_monday_zero_offset`].
    week: [Hours; 7],
    /// Days that differ from their weekday; empty hours for a holiday.
    days: BTreeMap<Date, Hours>,
}

/// A time in which the clock of a case stands still, from the first instant up to the second.
///
/// ```
/// use candor::sla::{Calendar, Pause};
/// use jiff::SignedDuration;
/// let at = |text: &str| text.parse().unwrap();
/// let pause = Pause { from: at("2025-03-01T10:02:00Z"), to: Some(at("2025-03-01T11:02:00Z")) };
/// let calendar = Calendar::always_open();
/// let due = calendar.deadline_with_pauses(at("2025-03-01T10:00:00Z"), SignedDuration::from_mins(5), &[pause]);
/// assert_eq!(due, Some(at("2025-03-01T11:05:00Z")));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// When it began.
    pub from: Timestamp,
    /// When it ended; `None` while it lasts.
    pub to: Option<Timestamp>,
}

impl Calendar {
    /// The calendar whose clock never stops.
    pub const fn always_open() -> Self {
        Self(None)
    }

    /// A calendar in this zone, closed until opening hours are added.
    pub fn builder(zone: TimeZone) -> CalendarBuilder {
        let schedule = Schedule { zone, week: Default::default(), days: BTreeMap::new() };
        CalendarBuilder { schedule, workdays: Vec::new(), failed: None }
    }

    /// Whether the clock runs at this instant.
    pub fn is_open(&self, at: Timestamp) -> bool {
        let Some(schedule) = &self.0 else { return true };
        schedule.open(at).take_while(|&(start, _)| start <= at).any(|(_, end)| at < end)
    }

    /// The earliest instant at which the clock, started at `from`, has run for `budget`.
    ///
    /// A budget of zero or less is due at `from`. A deadline after the last representable instant is that
    /// instant.
    #[must_use]
    pub fn deadline(&self, from: Timestamp, budget: SignedDuration) -> Timestamp {
        if budget <= SignedDuration::ZERO {
            return from;
        }
        let Some(schedule) = &self.0 else { return from.checked_add(budget).unwrap_or(Timestamp::MAX) };
        let mut left = budget;
        for (start, end) in schedule.open(from) {
            let start = start.max(from);
            let length = end.duration_since(start);
            if length >= left {
                return start.checked_add(left).unwrap_or(Timestamp::MAX);
            }
            if length > SignedDuration::ZERO {
                left -= length;
            }
        }
        Timestamp::MAX
    }

    /// How long the clock runs between two instants; negative when `to` is before `from`.
    #[must_use]
    pub fn elapsed(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        if to < from {
            return -self.elapsed(to, from);
        }
        let Some(schedule) = &self.0 else { return to.duration_since(from) };
        schedule
            .open(from)
            .take_while(|&(start, _)| start < to)
            .map(|(start, end)| end.min(to).duration_since(start.max(from)).max(SignedDuration::ZERO))
            .sum()
    }

    /// [`deadline`](Self::deadline) of a clock that also stands still during `pauses`.
    ///
    /// Pauses are in order and disjoint. While the last one lasts there is no deadline: `None`. A pause that
    /// begins at or after the deadline changes nothing.
    #[must_use]
    pub fn deadline_with_pauses(
        &self,
        from: Timestamp,
        budget: SignedDuration,
        pauses: &[Pause],
    ) -> Option<Timestamp> {
        let mut due = self.deadline(from, budget);
        for pause in pauses {
            if pause.from >= due {
                break;
            }
            let left = self.elapsed(pause.from.max(from), due);
            due = self.deadline(pause.to?.max(from), left);
        }
        Some(due)
    }

    /// [`elapsed`](Self::elapsed) of a clock that also stands still during `pauses`, which are in order and
    /// disjoint; one without an end lasts.
    #[must_use]
    pub fn elapsed_with_pauses(&self, from: Timestamp, to: Timestamp, pauses: &[Pause]) -> SignedDuration {
        let still = pauses.iter().map(|pause| {
            let (start, end) = (pause.from.max(from), pause.to.unwrap_or(to).min(to));
            if start < end { self.elapsed(start, end) } else { SignedDuration::ZERO }
        });
        self.elapsed(from, to) - still.sum::<SignedDuration>()
    }
}

impl Schedule {
    fn hours(&self, date: Date) -> &Hours {
        let [monday, tuesday, wednesday, thursday, friday, saturday, sunday] = &self.week;
        self.days.get(&date).unwrap_or(match date.weekday() {
            Weekday::Monday => monday,
            Weekday::Tuesday => tuesday,
            Weekday::Wednesday => wednesday,
            Weekday::Thursday => thursday,
            Weekday::Friday => friday,
            Weekday::Saturday => saturday,
            Weekday::Sunday => sunday,
        })
    }

    /// Open intervals in order, from the day before the one of `from` (a zone may turn back over midnight).
    fn open(&self, from: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
        let today = self.zone.to_datetime(from).date();
        let first = today.yesterday().unwrap_or(today);
        let days = std::iter::successors(Some(first), |day| day.tomorrow().ok());
        days.flat_map(move |day| self.hours(day).on(day, &self.zone)).filter(move |&(_, end)| end > from)
    }
}

/// Builds a [`Calendar`]; all checks run in [`build`](CalendarBuilder::build).
///
/// ```
/// use candor::sla::Calendar;
/// use jiff::{civil::{Weekday, time}, tz::TimeZone};
/// let shop = Calendar::builder(TimeZone::UTC)
///     .hours(Weekday::Saturday, time(10, 0, 0, 0), time(14, 0, 0, 0))
///     .hours(Weekday::Saturday, time(16, 0, 0, 0), time(0, 0, 0, 0)) // to midnight
///     .build()?;
/// assert!(shop.is_open("2025-11-01T23:59:00Z".parse().unwrap()));
/// assert!(Calendar::builder(TimeZone::UTC).build().is_err());
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "call `build` to get the calendar"]
pub struct CalendarBuilder {
    schedule: Schedule,
    workdays: Vec<(Date, Weekday)>,
    failed: Option<(Weekday, Time, Time)>,
}

impl CalendarBuilder {
    /// Opens on a weekday; several intervals a day are allowed, midnight as the end means the end of the day.
    pub fn hours(mut self, weekday: Weekday, from: Time, to: Time) -> Self {
        let index = usize::from(weekday.to_monday_zero_offset().unsigned_abs());
        let added = self.schedule.week.get_mut(index).map(|hours| hours.add(from, to));
        if !matches!(added, Some(Ok(()))) && self.failed.is_none() {
            self.failed = Some((weekday, from, to));
        }
        self
    }

    /// Opens from Monday to Friday.
    pub fn weekdays(self, from: Time, to: Time) -> Self {
        let week =
            [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
        week.into_iter().fold(self, |builder, weekday| builder.hours(weekday, from, to))
    }

    /// Closes on a date.
    pub fn holiday(mut self, date: Date) -> Self {
        self.schedule.days.insert(date, Hours::default());
        self
    }

    /// Opens on a date with the hours of `like`: a make-up workday (调休).
    pub fn workday(mut self, date: Date, like: Weekday) -> Self {
        self.workdays.push((date, like));
        self
    }

    /// Closes on the holidays of a list and opens on its make-up workdays with the hours of a Monday.
    pub fn holidays(self, holidays: &Holidays) -> Self {
        holidays.iter().fold(self, |builder, (date, kind, _)| match kind {
            DayKind::Holiday => builder.holiday(date),
            DayKind::Workday => builder.workday(date, Weekday::Monday),
        })
    }

    /// Checks the calendar and returns it.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for empty hours, [`ErrorKind::Conflict`] for hours that overlap or a date that
    /// is both holiday and workday, [`ErrorKind::Missing`] when no weekday ever opens.
    pub fn build(self) -> Result<Calendar> {
        let mut schedule = self.schedule;
        if let Some((weekday, from, to)) = self.failed {
            Hours::default().add(from, to)?;
            let message =
                format!("opening hours {from} to {to} of {weekday:?} overlap others of the same day");
            return Err(Error::new(ErrorKind::Conflict, message));
        }
        if schedule.week.iter().all(Hours::is_empty) {
            return Err(Error::new(ErrorKind::Missing, "the calendar has no opening hours on any weekday"));
        }
        for (date, like) in self.workdays {
            if schedule.days.contains_key(&date) {
                let message = format!("{date} is both a holiday and a workday");
                return Err(Error::new(ErrorKind::Conflict, message));
            }
            let hours = schedule.week.get(usize::from(like.to_monday_zero_offset().unsigned_abs()));
            schedule.days.insert(date, hours.cloned().unwrap_or_default());
        }
        Ok(Calendar(Some(Box::new(schedule))))
    }
}

#[cfg(test)]
mod tests;
