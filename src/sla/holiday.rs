//! Public holidays and make-up workdays (调休), from data.

use crate::error::{Error, ErrorKind, Result};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

const BUILTIN: &str = include_str!("data/holiday.tsv");
const REGIONS: [&str; 3] = ["cn", "gb", "us"];

/// What a day of a [`Holidays`] list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DayKind {
    /// Closed, whatever the weekday.
    Holiday,
    /// A weekend day worked like a Monday (调休).
    Workday,
}

/// Days on which a region does not work as the weekday says.
///
/// Built in: mainland China 2023–2026 (`cn`, the notices of the State Council; the notice for a year comes in the
/// autumn before it), England and Wales 2023–2028 (`gb`), United States federal holidays 2023–2028 (`us`); sources
/// in `src/sla/data/holiday.tsv`. Outside [`years`](Self::years) nothing is known and every day is like its weekday.
///
/// ```
/// use candor::sla::{Calendar, DayKind, Holidays};
/// use jiff::{SignedDuration, civil::{date, time}, tz::TimeZone};
/// let china = Holidays::named("cn")?;
/// assert_eq!(china.years(), Some(2023..=2026));
/// assert_eq!(china.day(date(2025, 9, 28)), Some((DayKind::Workday, "中秋节、国庆节 Mid-Autumn and National Day")));
/// let office = Calendar::builder(TimeZone::UTC)
///     .weekdays(time(9, 0, 0, 0), time(18, 0, 0, 0))
///     .holidays(&china)
///     .build()?;
/// let from = "2025-09-30T17:00:00Z".parse().unwrap();
/// assert_eq!(office.deadline(from, SignedDuration::from_hours(2)).to_string(), "2025-10-09T10:00:00Z");
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holidays(BTreeMap<Date, (DayKind, String)>);

impl Holidays {
    /// The built-in days of a region: `cn`, `gb` or `us`.
    ///
    /// # Errors
    /// [`ErrorKind::Unknown`] for another name.
    pub fn named(region: &str) -> Result<Self> {
        if !REGIONS.contains(&region) {
            let message = format!("holidays of \"{region}\" are not built in, only {}", REGIONS.join(", "));
            return Err(Error::new(ErrorKind::Unknown, message));
        }
        Self::parse("holiday.tsv", BUILTIN, region)
    }

    /// Reads the days of one region from TSV of the shape of `src/sla/data/holiday.tsv`; `name` appears in error
    /// messages.
    ///
    /// # Errors
    /// [`ErrorKind::Syntax`] with the line for a row of another shape, [`ErrorKind::Conflict`] for a date given
    /// twice.
    pub fn parse(name: &str, tsv: &str, region: &str) -> Result<Self> {
        let mut days = BTreeMap::new();
        for (line, row) in (1..).zip(tsv.lines()).filter(|(_, row)| !row.starts_with('#') && !row.is_empty())
        {
            let fault = |kind, message| Error::new(kind, message).at_source(name).at_line(line);
            let mut cells = row.splitn(4, '\t');
            let of = cells.next();
            let (date, kind) = (cells.next().and_then(|cell| cell.parse::<Date>().ok()), cells.next());
            let kind = match kind {
                Some("holiday") => Some(DayKind::Holiday),
                Some("workday") => Some(DayKind::Workday),
                _ => None,
            };
            let (Some(date), Some(kind)) = (date, kind) else {
                let message = "the row is not region, date, holiday or workday, and name".to_owned();
                return Err(fault(ErrorKind::Syntax, message));
            };
            let title = cells.next().unwrap_or_default().to_owned();
            if of == Some(region) && days.insert(date, (kind, title)).is_some() {
                return Err(fault(ErrorKind::Conflict, format!("{date} is given twice for \"{region}\"")));
            }
        }
        Ok(Self(days))
    }

    /// What a date is, with its name; `None` for a day like its weekday.
    pub fn day(&self, date: Date) -> Option<(DayKind, &str)> {
        self.0.get(&date).map(|(kind, name)| (*kind, name.as_str()))
    }

    /// All days in order.
    pub fn iter(&self) -> impl Iterator<Item = (Date, DayKind, &str)> {
        self.0.iter().map(|(date, (kind, name))| (*date, *kind, name.as_str()))
    }

    /// First and last year known; `None` when the list is empty.
    pub fn years(&self) -> Option<RangeInclusive<i16>> {
        // A holiday of the new year may begin in the last days of the old one.
        let first = self.0.keys().find(|date| date.month() < 12)?.year();
        Some(first..=self.0.keys().next_back()?.year())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::{Weekday, date};

    #[test]
    fn make_up_workdays_are_weekends_and_holidays_have_the_published_length() {
        let china = Holidays::named("cn").unwrap();
        let weekend = |date: Date| matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        assert!(china.iter().all(|(date, kind, _)| kind == DayKind::Holiday || weekend(date)));
        // Days off of the notices of each year, and days made up.
        let count = |year: i16, wanted: DayKind| {
            china.iter().filter(|(date, kind, _)| date.year() == year && *kind == wanted).count()
        };
        let off = [2023, 2024, 2025, 2026].map(|year| count(year, DayKind::Holiday));
        let made_up = [2023, 2024, 2025, 2026].map(|year| count(year, DayKind::Workday));
        assert_eq!((off, made_up), ([26, 28, 28, 33], [7, 8, 5, 6]));
    }

    #[test]
    fn regions_know_their_days() {
        let name = |region, day| Holidays::named(region).unwrap().day(day).map(|(_, name)| name.to_owned());
        assert_eq!(name("gb", date(2023, 5, 8)).as_deref(), Some("Coronation of King Charles III"));
        assert_eq!(name("gb", date(2024, 4, 1)).as_deref(), Some("Easter Monday"));
        assert_eq!(name("us", date(2026, 7, 3)).as_deref(), Some("Independence Day"));
        assert_eq!(name("us", date(2026, 7, 4)), None);
        let years = |region| Holidays::named(region).unwrap().years();
        assert_eq!((years("gb"), years("us")), (Some(2023..=2028), Some(2023..=2028)));
    }

    /// The Gregorian Easter Sunday: the anonymous algorithm printed in Meeus 1991, "Astronomical Algorithms", chapter 8.
    fn easter(year: i16) -> Date {
        let (golden, century, rest) = (year % 19, year / 100, year % 100);
        let shift = century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15;
        let moon = (19 * golden + shift) % 30;
        let week = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
        let day = moon + week - 7 * ((golden + 11 * moon + 22 * week) / 451) + 114;
        date(year, (day / 31) as i8, (day % 31 + 1) as i8)
    }

    fn nth(year: i16, month: i8, nth: i8, weekday: Weekday) -> Date {
        date(year, month, 1).nth_weekday_of_month(nth, weekday).unwrap()
    }

    fn days(region: &str) -> Vec<Date> {
        Holidays::named(region).unwrap().iter().map(|(date, ..)| date).collect()
    }

    #[test]
    fn england_keeps_the_days_of_the_act() {
        use Weekday::{Monday, Saturday, Sunday};
        let mut expected = vec![date(2023, 5, 8)];
        for year in 2023..=2028 {
            let sunday = easter(year);
            expected.extend([sunday - 2.days(), sunday + 1.days()]);
            expected.extend([nth(year, 5, 1, Monday), nth(year, 5, -1, Monday), nth(year, 8, -1, Monday)]);
            let new_year = date(year, 1, 1);
            let weekend = matches!(new_year.weekday(), Saturday | Sunday);
            expected.push(if weekend { nth(year, 1, 1, Monday) } else { new_year });
            // Of the two days of Christmas, those on a weekend stand on the next weekdays.
            expected.extend(match date(year, 12, 25).weekday() {
                Weekday::Friday => [date(year, 12, 25), date(year, 12, 28)],
                Saturday => [date(year, 12, 27), date(year, 12, 28)],
                Sunday => [date(year, 12, 26), date(year, 12, 27)],
                _ => [date(year, 12, 25), date(year, 12, 26)],
            });
        }
        expected.sort();
        assert_eq!(days("gb"), expected);
    }

    #[test]
    fn the_states_keep_the_days_of_the_code() {
        use Weekday::{Monday, Saturday, Sunday, Thursday};
        let observed = |day: Date| match day.weekday() {
            Saturday => day - 1.days(),
            Sunday => day + 1.days(),
            _ => day,
        };
        let mut expected = Vec::new();
        for year in 2023..=2028 {
            let fixed = [(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)];
            expected.extend(fixed.map(|(month, day)| observed(date(year, month, day))));
            let moving = [(1, 3), (2, 3), (5, -1), (9, 1), (10, 2)];
            expected.extend(moving.map(|(month, n)| nth(year, month, n, Monday)));
            expected.push(nth(year, 11, 4, Thursday));
        }
        expected.sort();
        assert_eq!(days("us"), expected);
    }

    #[test]
    fn the_table_is_sorted() {
        let rows: Vec<_> = BUILTIN.lines().filter(|row| !row.starts_with('#')).collect();
        assert!(rows.is_sorted());
    }

    #[test]
    fn errors_name_the_line() {
        let error = |tsv: &str| Holidays::parse("mine.tsv", tsv, "xx").unwrap_err().to_string();
        assert_eq!(
            error("# days\nxx\tMonday\tholiday\tA"),
            "mine.tsv, line 2: the row is not region, date, holiday or workday, and name"
        );
        assert_eq!(
            error("xx\t2025-01-01\tholiday\tA\nxx\t2025-01-01\tworkday\tB"),
            "mine.tsv, line 2: 2025-01-01 is given twice for \"xx\""
        );
        let unknown = Holidays::named("uk").unwrap_err().to_string();
        assert_eq!(unknown, "holidays of \"uk\" are not built in, only cn, gb, us");
    }
}
