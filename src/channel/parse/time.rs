//! Times as sources write them.

use crate::channel::DateOrder;
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{Extra, FeedbackBuilder};
use jiff::Timestamp;
use jiff::civil::DateTime;
#[cfg(all(feature = "json", feature = "csv"))]
use jiff::civil::Time;
use jiff::fmt::{rfc2822, strtime};
use jiff::tz::{Offset, TimeZone};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// The zone of Chinese platforms; a fixed offset since 1991, so no database is needed.
pub(crate) const BEIJING: Option<Offset> = Some(Offset::constant(8));

/// Reads times that may leave the zone or the order of day and month open.
pub(crate) struct Clock {
    zone: TimeZone,
    order: Option<DateOrder>,
}

impl Clock {
    pub(crate) fn new(zone: TimeZone, order: Option<DateOrder>) -> Self {
        Self { zone, order }
    }

    /// The instant a text stands for.
    pub(crate) fn read(&self, text: &str) -> Result<Timestamp> {
        let text = text.trim();
        if let Some((at, utc)) = plain(text) {
            let found = if utc { TimeZone::UTC.to_timestamp(at) } else { self.zone.to_timestamp(at) };
            return found.map_err(|_| unreadable(text));
        }
        number(text)
            .or_else(|| text.parse().ok())
            .or_else(|| rfc2822::parse(text).ok().map(|zoned| zoned.timestamp()))
            .or_else(|| strtime::parse("%a %b %d %H:%M:%S %z %Y", text).ok()?.to_timestamp().ok())
            .map_or_else(|| self.civil(text), Ok)
    }

    /// The instant of a text in a form of `strptime`; without an offset it is in the clock's zone.
    #[cfg(all(feature = "json", feature = "csv"))]
    pub(crate) fn read_as(&self, format: &str, text: &str) -> Option<Timestamp> {
        let broken = strtime::parse(format, text).ok()?;
        if let Ok(at) = broken.to_timestamp() {
            return Some(at);
        }
        let midnight = || Some(broken.to_date().ok()?.to_datetime(Time::midnight()));
        let at = broken.to_datetime().ok().or_else(midnight)?;
        self.zone.to_timestamp(at).ok()
    }

    /// Sets both times. One that cannot be read is kept as it came in `extra`.
    pub(crate) fn stamp(
        &self,
        mut builder: FeedbackBuilder,
        created: Option<&str>,
        updated: Option<&str>,
        extra: &mut Extra,
    ) -> FeedbackBuilder {
        match created.map(|text| (self.read(text), text)) {
            Some((Ok(at), _)) => builder = builder.created_at(at),
            Some((Err(_), text)) => extra.insert("created_at", text.into()),
            None => {}
        }
        match updated.map(|text| (self.read(text), text)) {
            Some((Ok(at), _)) => builder.updated_at(at),
            Some((Err(_), text)) => {
                extra.insert("updated_at", text.into());
                builder
            }
            None => builder,
        }
    }

    /// A date with or without a time of day and an offset.
    fn civil(&self, text: &str) -> Result<Timestamp> {
        let unreadable = || unreadable(text);
        // Shops write `2025年2月5日 · size of the item`.
        let text = text.split('·').next().unwrap_or(text).trim();
        let (date, rest) = split_date(text).ok_or_else(unreadable)?;
        let (year, month, day) = date.resolve(self.order, text)?;
        let tail = TAIL.as_ref().and_then(|form| form.captures(rest)).ok_or_else(unreadable)?;
        let [hour, minute, second] = ["h", "m", "s"].map(|part| group(&tail, part).unwrap_or(0));
        let hour = half_day(hour, &tail).ok_or_else(unreadable)?;
        let nanos = tail.name("f").map_or(0, |f| format!("{:0<9}", f.as_str()).parse().unwrap_or(0));
        let at = DateTime::new(year, month as i8, day as i8, hour as i8, minute as i8, second as i8, nanos)
            .map_err(|_| unreadable())?;
        let zone = offset(&tail).map_err(|()| unreadable())?;
        let zone = zone.map_or_else(|| self.zone.clone(), TimeZone::fixed);
        zone.to_timestamp(at).map_err(|_| unreadable())
    }
}

fn unreadable(text: &str) -> Error {
    let short: String = text.chars().take(40).collect();
    Error::new(ErrorKind::Syntax, format!("\"{short}\" is not a time"))
}

/// `2024-01-02`, `2024-01-02 03:04`, `2024-01-02T03:04:05 UTC`: the commonest forms by far, read without trying the
/// others; and whether the time is in UTC.
fn plain(text: &str) -> Option<(DateTime, bool)> {
    let bytes = text.as_bytes();
    let is = |at: usize, expected: &[u8]| bytes.get(at).is_some_and(|byte| expected.contains(byte));
    let number = |at: usize, length: usize| {
        let digits = bytes.get(at..at + length)?.iter().copied();
        digits.map(|b| b.is_ascii_digit().then(|| i16::from(b - b'0'))).try_fold(0, |n, d| Some(n * 10 + d?))
    };
    let part = |at: usize| number(at, 2).and_then(|n| i8::try_from(n).ok());
    if !(is(4, b"-/") && bytes.get(4) == bytes.get(7)) {
        return None;
    }
    let (hour, minute, second, end) = match bytes.len() {
        10 => (0, 0, 0, 10),
        _ if !is(10, b" T") || !is(13, b":") => return None,
        _ if is(16, b":") => (part(11)?, part(14)?, part(17)?, 19),
        _ => (part(11)?, part(14)?, 0, 16),
    };
    let utc = match text.get(end..)?.trim_start() {
        "" => false,
        "Z" | "UTC" | "GMT" => true,
        _ => return None,
    };
    let at = DateTime::new(number(0, 4)?, part(5)?, part(8)?, hour, minute, second, 0);
    Some((at.ok()?, utc))
}

/// The order of day and month that this date gives away.
pub(crate) fn order_of(text: &str) -> Option<DateOrder> {
    match split_date(text.trim())?.0 {
        Date::Open(first, second, _) if first > 12 && second <= 12 => Some(DateOrder::DayMonth),
        Date::Open(first, second, _) if second > 12 && first <= 12 => Some(DateOrder::MonthDay),
        _ => None,
    }
}

/// Unix seconds, milliseconds, microseconds or nanoseconds, told apart by their length, with or without a
/// fraction; `20240102`, `20240102030405` are left to the dates.
fn number(text: &str) -> Option<Timestamp> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let value: i64 = whole.parse().ok()?;
    match whole.len() {
        9 | 10 => {
            let nanos = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
            Timestamp::new(value, nanos).ok()
        }
        13 => Timestamp::from_millisecond(value).ok(),
        16 => Timestamp::from_microsecond(value).ok(),
        19 => Timestamp::from_nanosecond(value.into()).ok(),
        _ => None,
    }
}

/// A date as far as its text tells it.
enum Date {
    Known(i16, u32, u32),
    /// Two numbers that are day and month in an unknown order, and the year.
    Open(u32, u32, i16),
}

impl Date {
    fn resolve(self, order: Option<DateOrder>, text: &str) -> Result<(i16, u32, u32)> {
        let (first, second, year) = match self {
            Self::Known(year, month, day) => return Ok((year, month, day)),
            Self::Open(first, second, year) => (first, second, year),
        };
        match order {
            _ if first > 12 || first == second => Ok((year, second, first)),
            _ if second > 12 => Ok((year, first, second)),
            Some(DateOrder::DayMonth) => Ok((year, second, first)),
            Some(DateOrder::MonthDay) => Ok((year, first, second)),
            None => {
                let message = format!("the order of day and month in \"{text}\" is not known");
                Err(Error::new(ErrorKind::Invalid, message))
            }
        }
    }
}

/// The forms of a date, each with what its three numbers are.
static DATES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"^(?<y>\d{4})\s*[-/.年]\s*(?<m>\d{1,2})\s*[-/.月]\s*(?<d>\d{1,2})日?",
        r"^(?<y>(?:19|20)\d\d)(?<m>\d\d)(?<d>\d\d)",
        r"^(?<m>\d{1,2})\s+(?<d>\d{1,2}),\s*(?<y>\d{4})",
        r"(?i)^(?:[a-z]{3,9}\.?,?\s+)??(?<name>[a-z]{3,9})\.?\s+(?<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<y>\d{4})",
        r"(?i)^(?:[a-z]{3,9}\.?,?\s+)?(?<d>\d{1,2})(?:st|nd|rd|th)?[-\s]+(?<name>[a-z]{3,9})\.?[-,\s]+(?<y>\d{4})",
        r"^(?<a>\d{1,2})[-/.](?<b>\d{1,2})[-/.](?<y>\d{4}|\d{2})",
    ]
    .iter()
    .filter_map(|form| Regex::new(form).ok())
    .collect()
});

/// What may follow a date: time of day, half of the day, offset.
static TAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let form = r"(?ix)^ [T,\s]* (?: (?<half>凌晨|早上|上午|中午|下午|晚上)? \s*
        (?<h>\d{1,2}) (?: [:.时點点]? (?<m>\d{2}) 分? (?: [:.]? (?<s>\d{2}) 秒? (?:[.,](?<f>\d{1,9})\d*)? )? )? )?
        \s* (?<ampm>[ap]\.?m\.?)? \s*
        (?: (?<zero>Z|GMT|UTC) | (?:GMT|UTC)? (?<sign>[+-]) (?<oh>\d{1,2}) :? (?<om>\d{2})? )? $";
    Regex::new(form).ok()
});

fn split_date(text: &str) -> Option<(Date, &str)> {
    DATES.iter().find_map(|form| {
        let found = form.captures(text)?;
        let date = date(&found)?;
        Some((date, text.get(found.get(0)?.end()..)?))
    })
}

fn date(found: &Captures<'_>) -> Option<Date> {
    let year = full_year(found.name("y")?.as_str())?;
    if let Some(first) = group(found, "a") {
        return Some(Date::Open(first, group(found, "b")?, year));
    }
    let month = match found.name("name") {
        Some(name) => month(name.as_str())?,
        None => group(found, "m")?,
    };
    Some(Date::Known(year, month, group(found, "d")?))
}

fn group(found: &Captures<'_>, name: &str) -> Option<u32> {
    found.name(name)?.as_str().parse().ok()
}

/// Two digits mean 1970..2069.
fn full_year(digits: &str) -> Option<i16> {
    let year: i16 = digits.parse().ok()?;
    Some(match (digits.len(), year) {
        (2, ..70) => 2000 + year,
        (2, _) => 1900 + year,
        _ => year,
    })
}

fn month(name: &str) -> Option<u32> {
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = name.get(..3)?.to_ascii_lowercase();
    (1..).zip(names).find(|(_, known)| *known == start).map(|(number, _)| number)
}

/// The hour of 24; `None` when it does not fit the half of the day.
fn half_day(hour: u32, tail: &Captures<'_>) -> Option<u32> {
    let english = tail.name("ampm").map(|m| m.as_str().to_ascii_lowercase().starts_with('p'));
    let chinese = tail.name("half").map(|m| matches!(m.as_str(), "下午" | "晚上"));
    match english.or(chinese) {
        Some(_) if hour > 12 && english.is_some() => None,
        Some(true) if hour < 12 => Some(hour + 12),
        // Noon is 12 in both tongues; 12 am is midnight.
        Some(false) if hour == 12 && tail.name("half").is_none_or(|m| m.as_str() == "凌晨") => Some(0),
        _ => Some(hour),
    }
}

/// The offset written, if any.
fn offset(tail: &Captures<'_>) -> Result<Option<Offset>, ()> {
    if tail.name("zero").is_some() {
        return Ok(Some(Offset::UTC));
    }
    let Some(hours) = group(tail, "oh") else { return Ok(None) };
    let seconds = i32::try_from(hours * 3600 + group(tail, "om").unwrap_or(0) * 60).map_err(drop)?;
    let west = tail.name("sign").is_some_and(|sign| sign.as_str() == "-");
    Offset::from_seconds(if west { -seconds } else { seconds }).map(Some).map_err(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(hours: i8, order: Option<DateOrder>) -> Clock {
        Clock::new(TimeZone::fixed(Offset::constant(hours)), order)
    }

    #[test]
    fn formats() {
        let table = [
            ("2024-01-02T03:04:05Z", "2024-01-02T03:04:05Z"),
            ("2024-01-02T03:04:05.123456789Z", "2024-01-02T03:04:05.123456789Z"),
            ("2017-11-15T08:10:34-08:00", "2017-11-15T16:10:34Z"),
            ("2018-09-17T20:22:52+0000", "2018-09-17T20:22:52Z"),
            ("1450000000", "2015-12-13T09:46:40Z"),
            ("1450000000000", "2015-12-13T09:46:40Z"),
            ("1355517523.000005", "2012-12-14T20:38:43.000005Z"),
            ("2024-01-02 03:04:05", "2024-01-01T19:04:05Z"),
            ("2024-01-02 3:04", "2024-01-01T19:04:00Z"),
            ("2024-01-02T03:04:05.5", "2024-01-01T19:04:05.5Z"),
            ("2024-01-02", "2024-01-01T16:00:00Z"),
            ("2024/1/2 03:04", "2024-01-01T19:04:00Z"),
            ("2024.01.02", "2024-01-01T16:00:00Z"),
            ("20240102", "2024-01-01T16:00:00Z"),
            ("20240102030405", "2024-01-01T19:04:05Z"),
            ("2024年1月2日 15时04分", "2024-01-02T07:04:00Z"),
            ("2024年1月2日下午3:04", "2024-01-02T07:04:00Z"),
            ("2025年2月5日 · 10支 x 3盒", "2025-02-04T16:00:00Z"),
            ("Tue May 31 17:46:55 +0800 2011", "2011-05-31T09:46:55Z"),
            ("Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T15:55:06Z"),
            ("2024/01/02 3:04:05 PM GMT+8", "2024-01-02T07:04:05Z"),
            ("2024/01/02 12:04:05 AM GMT+8", "2024-01-01T16:04:05Z"),
            ("24-02-2015 11.35", "2015-02-24T03:35:00Z"),
            ("12/31/23, 9:05 p.m.", "2023-12-31T13:05:00Z"),
            ("09 13, 2009", "2009-09-12T16:00:00Z"),
            ("Jan 2, 2024", "2024-01-01T16:00:00Z"),
            ("Tuesday, January 2nd, 2024 3:04 PM", "2024-01-02T07:04:00Z"),
            ("2 January 2024", "2024-01-01T16:00:00Z"),
            ("02-Jan-2024 03:04", "2024-01-01T19:04:00Z"),
        ];
        for (text, instant) in table {
            assert_eq!(clock(8, None).read(text).map(|t| t.to_string()).unwrap(), instant, "{text}");
        }
    }

    #[test]
    fn open_dates_ask_for_an_order() {
        let read = |order| clock(0, order).read("03/04/2024");
        assert_eq!(read(Some(DateOrder::DayMonth)).unwrap().to_string(), "2024-04-03T00:00:00Z");
        assert_eq!(read(Some(DateOrder::MonthDay)).unwrap().to_string(), "2024-03-04T00:00:00Z");
        assert_eq!(
            read(None).unwrap_err().to_string(),
            "the order of day and month in \"03/04/2024\" is not known"
        );
        assert_eq!(clock(0, None).read("04/04/2024").unwrap().to_string(), "2024-04-04T00:00:00Z");
        assert_eq!(order_of("24/02/2015"), Some(DateOrder::DayMonth));
        assert_eq!(order_of("2/24/15 10:00"), Some(DateOrder::MonthDay));
        assert_eq!(order_of("03/04/2024"), None);
    }

    #[test]
    fn what_is_no_time_is_told() {
        for text in
            ["", "soon", "刚刚", "5分钟前", "2024-13-01", "2024-02-30", "99/99/9999", "2024-01-02 25:00"]
        {
            let error = clock(0, None).read(text).unwrap_err();
            assert_eq!(error.message(), format!("\"{text}\" is not a time"));
        }
    }
}
