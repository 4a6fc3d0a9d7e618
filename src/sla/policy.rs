//! Targets by complaint class and severity, from data.

use super::Calendar;
use crate::annotate::SeverityLevel;
use crate::error::{Error, ErrorKind, Result};
use crate::taxonomy::ComplaintClass;
use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp};
use serde::{Deserialize, Serialize};

const BUILTIN: &str = include_str!("data/policy.toml");

/// What a target limits.
///
/// ```
/// use candor::sla::Measure;
/// assert_eq!(Measure::ALL.iter().map(|m| m.as_str()).collect::<Vec<_>>(), ["first_reply", "resolution", "answer"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Measure {
    /// Time to the first reply.
    FirstReply,
    /// Time until the problem is solved.
    Resolution,
    /// Time until the customer hears what became of the feedback.
    Answer,
}

impl Measure {
    /// All measures in order.
    pub const ALL: &'static [Self] = &[Self::FirstReply, Self::Resolution, Self::Answer];

    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FirstReply => "first_reply",
            Self::Resolution => "resolution",
            Self::Answer => "answer",
        }
    }
}

/// Which clock a target runs on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// Runs while the calendar is open.
    #[default]
    Working,
    /// Always runs.
    Wall,
}

/// A limit on one measure and the part of the cases that has to keep it.
///
/// ```
/// use candor::{annotate::SeverityLevel, sla::{Measure, Policy}, taxonomy::ComplaintClass};
/// let target = Policy::builtin()?.target(Measure::FirstReply, ComplaintClass::Service, SeverityLevel::Minor).unwrap();
/// assert_eq!((target.budget.as_mins(), target.share), (5, 0.9));
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// What it limits.
    pub measure: Measure,
    /// Time allowed.
    pub budget: SignedDuration,
    /// Which clock counts.
    pub clock: Clock,
    /// Part of the cases that has to keep it, 0..1.
    pub share: f64,
}

/// Service targets together with the calendar they run on.
///
/// The built-in ones: first reply within 5 minutes for 90 %, resolution within 24 hours for 70 %, answer to
/// feedback within a month (30 days) for 75 %, on an always open calendar.
///
/// ```
/// use candor::annotate::SeverityLevel;
/// use candor::sla::{Measure, Policy};
/// use candor::taxonomy::ComplaintClass;
/// let policy = Policy::builtin()?;
/// let at = "2025-03-01T10:00:00Z".parse().unwrap();
/// let due = policy.due(Measure::Resolution, ComplaintClass::Logistics, SeverityLevel::Major, at);
/// assert_eq!(due.unwrap().to_string(), "2025-03-02T10:00:00Z");
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    rows: Vec<Row>,
    calendar: Calendar,
}

#[derive(Debug, Clone, PartialEq)]
struct Row {
    class: Option<ComplaintClass>,
    severity: Option<SeverityLevel>,
    target: Target,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: u32,
    target: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    measure: Measure,
    class: Option<ComplaintClass>,
    severity: Option<SeverityLevel>,
    budget: String,
    #[serde(default)]
    clock: Clock,
    share: f64,
}

impl Policy {
    /// The targets shipped with the crate.
    ///
    /// # Errors
    /// Never for the data as shipped; a test proves it.
    pub fn builtin() -> Result<Self> {
        Self::parse("policy.toml", BUILTIN)
    }

    /// Reads targets from TOML of the shape of `src/sla/data/policy.toml`; `name` appears in error messages.
    ///
    /// # Errors
    /// [`ErrorKind::Syntax`] when it is not TOML of that shape, [`ErrorKind::Incompatible`] for another schema,
    /// [`ErrorKind::OutOfRange`] for a budget or share that cannot be, [`ErrorKind::Conflict`] for two targets
    /// with the same measure, class and severity.
    pub fn parse(name: &str, toml: &str) -> Result<Self> {
        let file: File = toml::from_str(toml)
            .map_err(|e| Error::new(ErrorKind::Syntax, e.message().trim()).at_source(name))?;
        if file.schema != 1 {
            let message = format!("schema {} is not supported, only 1", file.schema);
            return Err(Error::new(ErrorKind::Incompatible, message).at_source(name));
        }
        let mut rows: Vec<Row> = Vec::new();
        for (index, entry) in file.target.iter().enumerate() {
            let row = row(entry).map_err(|e| e.at_source(name).at_path(format!("/target/{index}")))?;
            let same = |r: &&Row| r.specificity() == row.specificity() && r.same_case(&row);
            if rows.iter().find(same).is_some() {
                let message =
                    format!("a second target for {} of the same cases", row.target.measure.as_str());
                let error = Error::new(ErrorKind::Conflict, message);
                return Err(error.at_source(name).at_path(format!("/target/{index}")));
            }
            rows.push(row);
        }
        Ok(Self { rows, calendar: Calendar::always_open() })
    }

    /// The same targets on another calendar.
    #[must_use]
    pub fn with_calendar(mut self, calendar: Calendar) -> Self {
        self.calendar = calendar;
        self
    }

    /// The calendar that working clocks run on.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The calendar that the clock of this target runs on.
    pub fn calendar_of(&self, clock: Clock) -> &Calendar {
        const WALL: &Calendar = &Calendar::always_open();
        match clock {
            Clock::Working => &self.calendar,
            Clock::Wall => WALL,
        }
    }

    /// The target of a measure for cases of this class and severity: the most specific row that fits, and of
    /// several severities the highest.
    pub fn target(&self, measure: Measure, class: ComplaintClass, severity: SeverityLevel) -> Option<Target> {
        let fits = |row: &&Row| {
            row.target.measure == measure
                && row.class.is_none_or(|c| c == class)
                && row.severity.is_none_or(|s| s <= severity)
        };
        self.rows.iter().filter(fits).max_by_key(|row| row.specificity()).map(|row| row.target)
    }

    /// By when a case opened at `from` has to meet its target, if there is one.
    pub fn due(
        &self,
        measure: Measure,
        class: ComplaintClass,
        severity: SeverityLevel,
        from: Timestamp,
    ) -> Option<Timestamp> {
        let target = self.target(measure, class, severity)?;
        Some(self.calendar_of(target.clock).deadline(from, target.budget))
    }
}

impl Row {
    fn specificity(&self) -> (bool, Option<SeverityLevel>) {
        (self.class.is_some(), self.severity)
    }

    fn same_case(&self, other: &Self) -> bool {
        (self.target.measure, self.class, self.severity)
            == (other.target.measure, other.class, other.severity)
    }
}

fn row(entry: &Entry) -> Result<Row> {
    let out_of_range = |message: String| Error::new(ErrorKind::OutOfRange, message);
    let duration =
        entry.budget.parse::<Span>().and_then(|s| s.to_duration(SpanRelativeTo::days_are_24_hours()));
    let budget = duration.map_err(|e| {
        Error::new(ErrorKind::Syntax, format!("budget \"{}\" is not a duration", entry.budget)).with_source(e)
    })?;
    if budget <= SignedDuration::ZERO {
        return Err(out_of_range(format!("budget \"{}\" is not positive", entry.budget)));
    }
    if !(0.0..=1.0).contains(&entry.share) {
        return Err(out_of_range(format!("share {} is outside 0..1", entry.share)));
    }
    let target = Target { measure: entry.measure, budget, clock: entry.clock, share: entry.share };
    Ok(Row { class: entry.class, severity: entry.severity, target })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ComplaintClass::{Logistics, Service};
    use SeverityLevel::{Critical, Major, Minor};

    fn hours(policy: &Policy, class: ComplaintClass, severity: SeverityLevel) -> Option<i64> {
        policy.target(Measure::Resolution, class, severity).map(|t| t.budget.as_hours())
    }

    #[test]
    fn builtin_targets_are_the_published_ones() {
        let policy = Policy::builtin().unwrap();
        let all: Vec<_> = Measure::ALL
            .iter()
            .filter_map(|m| policy.target(*m, ComplaintClass::Other, SeverityLevel::None))
            .map(|t| (t.budget.as_mins(), t.share))
            .collect();
        assert_eq!(all, [(5, 0.9), (24 * 60, 0.7), (30 * 24 * 60, 0.75)]);
    }

    #[test]
    fn the_most_specific_row_wins() {
        let row = |extra: &str, budget: &str| {
            format!("[[target]]\nmeasure = \"resolution\"\n{extra}\nbudget = \"{budget}\"\nshare = 0.7\n")
        };
        let toml = [
            "schema = 1".to_owned(),
            row("", "24h"),
            row("severity = \"major\"", "12h"),
            row("severity = \"critical\"", "4h"),
            row("class = \"service\"", "8h"),
            row("class = \"service\"\nseverity = \"critical\"", "1h"),
        ];
        let policy = Policy::parse("test", &toml.join("\n")).unwrap();
        assert_eq!(hours(&policy, Logistics, Minor), Some(24));
        assert_eq!(hours(&policy, Logistics, Major), Some(12));
        assert_eq!(hours(&policy, Logistics, Critical), Some(4));
        assert_eq!(hours(&policy, Service, Major), Some(8));
        assert_eq!(hours(&policy, Service, Critical), Some(1));
    }

    #[test]
    fn errors_name_the_place() {
        let parse = |rest: &str| {
            let text = format!("schema = 1\n[[target]]\nmeasure = \"answer\"\n{rest}");
            Policy::parse("mine.toml", &text).unwrap_err().to_string()
        };
        assert_eq!(
            parse("budget = \"soon\"\nshare = 0.5"),
            "mine.toml, /target/0: budget \"soon\" is not a duration"
        );
        assert_eq!(
            parse("budget = \"-1h\"\nshare = 0.5"),
            "mine.toml, /target/0: budget \"-1h\" is not positive"
        );
        assert_eq!(parse("budget = \"1h\"\nshare = 1.5"), "mine.toml, /target/0: share 1.5 is outside 0..1");
        let row = "budget = \"1h\"\nshare = 0.5\n";
        assert_eq!(
            parse(&format!("{row}[[target]]\nmeasure = \"answer\"\n{row}")),
            "mine.toml, /target/1: a second target for answer of the same cases"
        );
        let newer = Policy::parse("mine.toml", "schema = 2\ntarget = []").unwrap_err();
        assert_eq!(newer.to_string(), "mine.toml: schema 2 is not supported, only 1");
    }
}
