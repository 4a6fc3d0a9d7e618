//! What a target is, and the list that ships with the crate.

use crate::error::{Error, ErrorKind, Result};
use crate::metrics::Scope;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

const BUILTIN: &str = include_str!("../data/target.toml");

/// What a target counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TargetMetric {
    /// Share of requests that a human agent answers within a time.
    FirstReply,
    /// Share of requests that are resolved within a time.
    Resolution,
    /// Share of satisfied answers among ratings of kind `csat`.
    Satisfaction,
    /// Items of feedback.
    Items,
    /// Campaigns of customer care; the host counts them.
    Campaigns,
}

impl TargetMetric {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FirstReply => "first_reply",
            Self::Resolution => "resolution",
            Self::Satisfaction => "satisfaction",
            Self::Items => "items",
            Self::Campaigns => "campaigns",
        }
    }

    /// Whether it is a share 0..1, else a count.
    pub const fn is_share(self) -> bool {
        matches!(self, Self::FirstReply | Self::Resolution | Self::Satisfaction)
    }

    const fn is_wait(self) -> bool {
        matches!(self, Self::FirstReply | Self::Resolution)
    }
}

/// How long a period lasts; all begin at midnight UTC, weeks on Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// Three months, from January, April, July or October.
    Quarter,
    /// A calendar year.
    Year,
}

impl Period {
    /// First day of the period that holds an instant.
    pub fn start(self, at: Timestamp) -> Date {
        let day = at.to_zoned(TimeZone::UTC).date();
        match self {
            Self::Day => day,
            Self::Week => day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days()),
            Self::Month => day.first_of_month(),
            Self::Quarter => {
                let first = day.first_of_month();
                first.saturating_sub(((i64::from(first.month()) - 1) % 3).months())
            }
            Self::Year => day.first_of_year(),
        }
    }

    /// First day of the next period.
    pub fn next(self, start: Date) -> Date {
        start.saturating_add(match self {
            Self::Day => 1.day(),
            Self::Week => 7.days(),
            Self::Month => 1.month(),
            Self::Quarter => 3.months(),
            Self::Year => 1.year(),
        })
    }
}

/// What every period should reach.
///
/// ```
/// use candor::metrics::{Scope, target};
/// let targets = target::builtin()?;
/// let reply = targets.iter().find(|target| target.id == "first_reply_in_5_minutes").unwrap();
/// assert_eq!((reply.threshold, reply.metric.as_str()), (0.9, "first_reply"));
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Unique name.
    pub id: String,
    /// What is counted.
    pub metric: TargetMetric,
    /// Time within which a request must be answered or resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<SignedDuration>,
    /// Share 0..1, or count, that a period should reach.
    pub threshold: f64,
    /// How long a period lasts.
    pub period: Period,
    /// Touchpoint of the items that count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// Part of the feedback that counts; everything without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    target: Vec<Target>,
}

impl Target {
    /// Reads a list of targets in the form of the built-in one.
    ///
    /// # Errors
    /// [`ErrorKind::Syntax`] when it is no such list; [`ErrorKind::Missing`] for a wait without `within`;
    /// [`ErrorKind::OutOfRange`] for a share outside 0..1 or a negative count; [`ErrorKind::Conflict`] for two
    /// targets with one id.
    ///
    /// ```
    /// use candor::metrics::target::Target;
    /// let text = "[[target]]\nid = \"volume\"\nmetric = \"items\"\nthreshold = 40.0\nperiod = \"week\"\n";
    /// assert_eq!(Target::parse("targets.toml", text)?[0].threshold, 40.0);
    /// # Ok::<(), candor::Error>(())
    /// ```
    pub fn parse(source: &str, text: &str) -> Result<Vec<Self>> {
        let file: File = toml::from_str(text).map_err(|e| {
            Error::new(ErrorKind::Syntax, e.message().to_owned()).with_source(e).at_source(source)
        })?;
        check(&file.target).map_err(|e| e.at_source(source))?;
        Ok(file.target)
    }
}

/// Whether a list can be used.
pub(super) fn check(targets: &[Target]) -> Result<()> {
    for (place, target) in targets.iter().enumerate() {
        let id = &target.id;
        let fault = |kind, what: &str| Err(Error::new(kind, format!("target \"{id}\" {what}")));
        if target.metric.is_wait() && target.within.is_none() {
            return fault(ErrorKind::Missing, "has no time; add within = \"24h\"");
        }
        let most = if target.metric.is_share() { 1.0 } else { f64::MAX };
        if !(0.0..=most).contains(&target.threshold) {
            return fault(
                ErrorKind::OutOfRange,
                &format!("has the threshold {}, allowed is 0..1", target.threshold),
            );
        }
        if targets.iter().take(place).any(|other| other.id == *id) {
            return fault(ErrorKind::Conflict, "is defined twice");
        }
    }
    Ok(())
}

/// The targets of the practice guides: 90 % first reply within 5 minutes, 70 % resolved within 24 hours, 75 %
/// answered within a month, 500 items a quarter, satisfaction of 80, 85 and 90 % by area, 4 campaigns of customer
/// care a year.
///
/// # Errors
/// None in a released version: the list is tested.
pub fn builtin() -> Result<Vec<Target>> {
    Target::parse("metrics/data/target.toml", BUILTIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_complete() {
        let targets = builtin().unwrap();
        assert!(targets.is_sorted_by(|a, b| a.id < b.id));
        let mut thresholds: Vec<_> = targets.iter().map(|target| target.threshold).collect();
        thresholds.sort_by(f64::total_cmp);
        assert_eq!(thresholds, [0.7, 0.75, 0.8, 0.85, 0.9, 0.9, 4.0, 500.0]);
    }

    #[test]
    fn faults_are_named() {
        let target = |more: &str| format!("[[target]]\nid = \"a\"\nperiod = \"day\"\n{more}\n");
        let fault = |text: &str| Target::parse("t.toml", text).unwrap_err().to_string();
        let items = target("metric = \"items\"\nthreshold = 1.0");
        assert_eq!(
            fault(&target("metric = \"resolution\"\nthreshold = 0.5")),
            "t.toml: target \"a\" has no time; add within = \"24h\""
        );
        assert_eq!(
            fault(&target("metric = \"satisfaction\"\nthreshold = 80.0")),
            "t.toml: target \"a\" has the threshold 80, allowed is 0..1"
        );
        assert_eq!(fault(&format!("{items}{items}")), "t.toml: target \"a\" is defined twice");
        assert_eq!(Target::parse("t", "target = 1").unwrap_err().kind(), ErrorKind::Syntax);
    }

    #[test]
    fn periods_begin_where_the_calendar_says() {
        let at = "2026-08-13T23:59:00Z".parse().unwrap(); // a Thursday
        let starts = [Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Year]
            .map(|period| (period.start(at).to_string(), period.next(period.start(at)).to_string()));
        let golden = [
            ("2026-08-13", "2026-08-14"),
            ("2026-08-10", "2026-08-17"),
            ("2026-08-01", "2026-09-01"),
            ("2026-07-01", "2026-10-01"),
            ("2026-01-01", "2027-01-01"),
        ];
        assert_eq!(starts, golden.map(|(start, next)| (start.to_owned(), next.to_owned())));
    }
}
