//! Targets by complaint class, severity, segment and channel, from data.

use super::{Calendar, Subject};
use crate::annotate::SeverityLevel;
use crate::data;
use crate::error::{Error, ErrorKind, Result};
use crate::taxonomy::ComplaintClass;
use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

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
/// use candor::{annotate::SeverityLevel, sla::{Measure, Policy, Subject}, taxonomy::ComplaintClass};
/// let subject = Subject::new(ComplaintClass::Service, SeverityLevel::Minor);
/// let target = Policy::builtin()?.target(Measure::FirstReply, &subject).unwrap();
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
/// use candor::sla::{Measure, Policy, Subject};
/// use candor::taxonomy::ComplaintClass;
/// let policy = Policy::builtin()?;
/// let at = "2025-03-01T10:00:00Z".parse().unwrap();
/// let subject = Subject::new(ComplaintClass::Logistics, SeverityLevel::Major);
/// let due = policy.due(Measure::Resolution, &subject, at);
/// assert_eq!(due.unwrap().to_string(), "2025-03-02T10:00:00Z");
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    rows: Vec<Row>,
    goals: Goals,
    calendar: Calendar,
}

/// What the whole programme aims at, besides the targets of each case.
///
/// ```
/// let goals = candor::sla::Policy::builtin()?.goals();
/// assert_eq!((goals.items_per_quarter, goals.staff_satisfaction), (500, 0.85));
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Goals {
    /// Items of feedback to collect in a quarter, at least.
    pub items_per_quarter: u64,
    /// Share of customers satisfied with the staff, 0..1, at least.
    pub staff_satisfaction: f64,
}

#[derive(Debug, Clone, PartialEq)]
struct Row {
    when: Conditions,
    target: Target,
}

/// What a case must be for a row to hold; `None` fits every case.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Conditions {
    class: Option<ComplaintClass>,
    /// This level or above.
    severity: Option<SeverityLevel>,
    segment: Option<String>,
    channel: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "schema")]
    _schema: u32,
    goals: Goals,
    target: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    measure: Measure,
    class: Option<ComplaintClass>,
    severity: Option<SeverityLevel>,
    segment: Option<String>,
    channel: Option<String>,
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
    /// with the same measure and conditions.
    pub fn parse(name: &str, toml: &str) -> Result<Self> {
        let File { goals, target, .. } = data::read(name, toml)?;
        share(goals.staff_satisfaction).map_err(|e| e.at_source(name).at_path("/goals"))?;
        let mut rows: Vec<Row> = Vec::new();
        for (index, entry) in target.into_iter().enumerate() {
            let place = |e: Error| e.at_source(name).at_path(format!("/target/{index}"));
            let row = row(entry).map_err(place)?;
            let measure = row.target.measure;
            if rows.iter().any(|other| other.target.measure == measure && other.when == row.when) {
                let message = format!("a second target for {} of the same cases", measure.as_str());
                return Err(place(Error::new(ErrorKind::Conflict, message)));
            }
            rows.push(row);
        }
        Ok(Self { rows, goals, calendar: Calendar::always_open() })
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

    /// What the whole programme aims at.
    pub fn goals(&self) -> Goals {
        self.goals
    }

    /// The target of a measure for a case: of the rows that fit, the one with the most conditions; of equally
    /// many, the strictest.
    pub fn target(&self, measure: Measure, subject: &Subject<'_>) -> Option<Target> {
        let fits = |row: &&Row| row.target.measure == measure && row.when.hold(subject);
        let best =
            self.rows.iter().filter(fits).min_by_key(|row| (Reverse(row.when.count()), row.target.budget));
        best.map(|row| row.target)
    }

    /// By when a case opened at `from` has to meet its target, if there is one.
    pub fn due(&self, measure: Measure, subject: &Subject<'_>, from: Timestamp) -> Option<Timestamp> {
        let target = self.target(measure, subject)?;
        Some(self.calendar_of(target.clock).deadline(from, target.budget))
    }
}

impl Conditions {
    fn hold(&self, subject: &Subject<'_>) -> bool {
        self.class.is_none_or(|class| class == subject.class())
            && self.severity.is_none_or(|least| least <= subject.severity())
            && self.segment.as_deref().is_none_or(|segment| Some(segment) == subject.of_segment())
            && self.channel.as_deref().is_none_or(|channel| Some(channel) == subject.of_channel())
    }

    fn count(&self) -> usize {
        let given =
            [self.class.is_some(), self.severity.is_some(), self.segment.is_some(), self.channel.is_some()];
        given.into_iter().filter(|given| *given).count()
    }
}

fn row(entry: Entry) -> Result<Row> {
    let out_of_range = |message: String| Error::new(ErrorKind::OutOfRange, message);
    let duration =
        entry.budget.parse::<Span>().and_then(|s| s.to_duration(SpanRelativeTo::days_are_24_hours()));
    let budget = duration.map_err(|e| {
        Error::new(ErrorKind::Syntax, format!("budget \"{}\" is not a duration", entry.budget)).with_source(e)
    })?;
    if budget <= SignedDuration::ZERO {
        return Err(out_of_range(format!("budget \"{}\" is not positive", entry.budget)));
    }
    share(entry.share)?;
    let target = Target { measure: entry.measure, budget, clock: entry.clock, share: entry.share };
    let Entry { class, severity, segment, channel, .. } = entry;
    Ok(Row { when: Conditions { class, severity, segment, channel }, target })
}

fn share(share: f64) -> Result<()> {
    if (0.0..=1.0).contains(&share) {
        return Ok(());
    }
    Err(Error::new(ErrorKind::OutOfRange, format!("share {share} is outside 0..1")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ComplaintClass::{Logistics, Service};
    use SeverityLevel::{Critical, Major, Minor};

    const GOALS: &str = "schema = 1\n[goals]\nitems_per_quarter = 1\nstaff_satisfaction = 0.5\n";

    fn row(extra: &str, budget: &str) -> String {
        format!("[[target]]\nmeasure = \"resolution\"\n{extra}\nbudget = \"{budget}\"\nshare = 0.7\n")
    }

    #[test]
    fn builtin_targets_are_the_published_ones() {
        let policy = Policy::builtin().unwrap();
        let subject = Subject::new(ComplaintClass::Other, SeverityLevel::None);
        let all: Vec<_> = Measure::ALL
            .iter()
            .filter_map(|m| policy.target(*m, &subject))
            .map(|t| (t.budget.as_mins(), t.share))
            .collect();
        assert_eq!(all, [(5, 0.9), (24 * 60, 0.7), (30 * 24 * 60, 0.75)]);
        assert_eq!(policy.goals(), Goals { items_per_quarter: 500, staff_satisfaction: 0.85 });
    }

    #[test]
    fn the_most_specific_row_wins_then_the_strictest() {
        let toml = [
            GOALS.to_owned(),
            row("", "24h"),
            row("severity = \"major\"", "12h"),
            row("severity = \"critical\"", "4h"),
            row("class = \"service\"", "8h"),
            row("class = \"service\"\nseverity = \"critical\"", "1h"),
            row("segment = \"vip\"", "10h"),
            row("segment = \"vip\"\nchannel = \"chat\"", "20h"),
        ];
        let policy = Policy::parse("test", &toml.join("\n")).unwrap();
        let hours =
            |subject: Subject<'_>| policy.target(Measure::Resolution, &subject).unwrap().budget.as_hours();
        assert_eq!(hours(Subject::new(Logistics, Minor)), 24);
        assert_eq!(hours(Subject::new(Logistics, Major)), 12);
        assert_eq!(hours(Subject::new(Logistics, Critical)), 4);
        assert_eq!(hours(Subject::new(Service, Major)), 8);
        assert_eq!(hours(Subject::new(Service, Critical)), 1);
        assert_eq!(hours(Subject::new(Logistics, Minor).segment("vip")), 10);
        assert_eq!(hours(Subject::new(Logistics, Critical).segment("vip")), 4);
        assert_eq!(hours(Subject::new(Logistics, Critical).segment("vip").channel("chat")), 20);
        assert_eq!(hours(Subject::new(Logistics, Minor).segment("new").channel("chat")), 24);
    }

    #[test]
    fn errors_name_the_place() {
        let parse = |rest: &str| {
            let text = format!("{GOALS}[[target]]\nmeasure = \"answer\"\n{rest}");
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
        let goals =
            Policy::parse("mine.toml", &GOALS.replace("0.5", "5").replace("[goals]", "target = []\n[goals]"));
        assert_eq!(goals.unwrap_err().to_string(), "mine.toml, /goals: share 5 is outside 0..1");
    }
}
