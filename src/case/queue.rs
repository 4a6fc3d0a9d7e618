//! Which case next, and who has too much to do.

use super::Case;
use crate::annotate::Urgency;
use crate::metrics::{Confidence, Estimate};
use crate::sla::{Measure, Policy, State, Status};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// Part of a budget after which a target is about to break.
const SOON: f64 = 0.75;

/// Why a case stands where it does in the queue, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Lane {
    /// Somebody must act now, whatever the targets.
    Immediate,
    /// A target is broken and still not met.
    Breached,
    /// Three quarters of a budget are spent.
    Soon,
    /// In time.
    Running,
    /// The clock stands still.
    Paused,
    /// Every target is met; to be closed.
    Met,
}

/// An open case in its place.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Queued<'a> {
    /// The case.
    pub case: &'a Case,
    /// Why it stands here.
    pub lane: Lane,
    /// The target that decides: the first to break, or the first broken; `None` when all are met.
    pub status: Option<Status>,
}

impl fmt::Display for Queued<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lane = match self.lane {
            Lane::Immediate => "act now",
            Lane::Breached => "breached",
            Lane::Soon => "due soon",
            Lane::Running => "in time",
            Lane::Paused => "paused",
            Lane::Met => "to be closed",
        };
        write!(f, "{}: {lane}, {}", self.case.id(), self.case.opening().triage.severity)?;
        let Some(status) = &self.status else { return Ok(()) };
        match status.due {
            Some(due) => write!(f, ", {} due {due}", status.measure.as_str()),
            None => write!(f, ", {} has {:#} left", status.measure.as_str(), status.left),
        }
    }
}

/// The open cases in the order in which to work on them.
///
/// By [`Lane`], then by deadline, then by severity (worst first), then by id: every case has one place, whatever the
/// order given. Each entry says why (`Display`). Linear but for the sort.
///
/// ```
/// use candor::{Engine, Feedback, case::{self, Desk}};
/// let (engine, desk) = (Engine::builder().build()?, Desk::builtin()?);
/// let at = |minute: i64| jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_mins(minute);
/// let open = |id: &str, text: &str, minute| {
///     let feedback = Feedback::builder(id).text(text).build()?;
///     candor::Result::Ok(desk.open(&feedback, &engine.analyze(&feedback), at(minute)))
/// };
/// let cases = [open("late", "Delivery was far too slow", 0)?, open("new", "Delivery was far too slow", 8)?];
/// let queue = case::queue(&cases, desk.policy(), at(9));
/// assert!(queue[0].to_string().starts_with("host/late: breached, "));
/// assert!(queue[1].to_string().ends_with("first_reply due 1970-01-01T00:13:00Z"));
/// # Ok::<(), candor::Error>(())
/// ```
#[must_use]
pub fn queue<'a>(
    cases: impl IntoIterator<Item = &'a Case>,
    policy: &Policy,
    now: Timestamp,
) -> Vec<Queued<'a>> {
    let mut queue: Vec<_> =
        cases.into_iter().filter(|case| case.is_open()).map(|case| place(case, policy, now)).collect();
    queue.sort_by(|a, b| {
        let due = |queued: &Queued<'_>| queued.status.and_then(|status| status.due).unwrap_or(Timestamp::MAX);
        let severity = b.case.opening().triage.severity.cmp(&a.case.opening().triage.severity);
        a.lane
            .cmp(&b.lane)
            .then(due(a).cmp(&due(b)))
            .then(severity)
            .then_with(|| a.case.id().cmp(b.case.id()))
    });
    queue
}

fn place<'a>(case: &'a Case, policy: &Policy, now: Timestamp) -> Queued<'a> {
    let open = Measure::ALL
        .iter()
        .filter_map(|measure| case.status(*measure, policy, now))
        .filter(|status| matches!(status.state, State::Breached | State::Running | State::Paused));
    let status = open.min_by_key(|status| (status.state, status.due.unwrap_or(Timestamp::MAX)));
    let lane = match status {
        None => Lane::Met,
        Some(_) if case.opening().triage.urgency == Urgency::Immediate => Lane::Immediate,
        Some(status) => match status.state {
            State::Breached => Lane::Breached,
            State::Paused => Lane::Paused,
            _ if status.used() >= SOON => Lane::Soon,
            _ => Lane::Running,
        },
    };
    Queued { case, lane, status }
}

/// By whom the work is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// By department.
    Department,
    /// By assigned person; cases of nobody are left out.
    Assignee,
}

/// The work of a department or person, and whether the targets are kept.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Load {
    /// Department or person.
    pub name: String,
    /// Open cases.
    pub open: u64,
    /// Open cases with a broken target.
    pub breached: u64,
    /// How each target is kept.
    pub kept: Vec<Kept>,
}

/// How a target is kept over many cases.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Kept {
    /// What is limited.
    pub measure: Measure,
    /// Share of the decided cases that kept it: met in time, against late or broken. Cases still in time are not
    /// decided.
    pub share: Estimate,
    /// Share that has to: the mean of the targets of the cases.
    pub wanted: f64,
}

impl Kept {
    /// Whether the share is surely lower than wanted: also the upper end of its interval is.
    pub fn is_missed(&self) -> bool {
        self.share.high < self.wanted
    }
}

impl Load {
    /// Whether a target is surely missed.
    pub fn is_overloaded(&self) -> bool {
        self.kept.iter().any(Kept::is_missed)
    }
}

/// The work of everybody at `now`, the most broken targets first, then the most open cases, then by name.
///
/// Merged cases count where they were; shares have Wilson (1927) intervals.
#[must_use]
pub fn workload<'a>(
    cases: impl IntoIterator<Item = &'a Case>,
    policy: &Policy,
    now: Timestamp,
    by: By,
) -> Vec<Load> {
    let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
    for case in cases {
        let name = match by {
            By::Department => Some(case.department()),
            By::Assignee => case.assignee(),
        };
        if let Some(name) = name {
            counts.entry(name).or_default().add(case, policy, now);
        }
    }
    let mut loads: Vec<Load> = counts.into_iter().map(|(name, counts)| counts.load(name)).collect();
    loads.sort_by(|a, b| (b.breached, b.open).cmp(&(a.breached, a.open)).then_with(|| a.name.cmp(&b.name)));
    loads
}

/// The cases of each topic with a broken target, and all: facts for the term `sla` of a ranking
/// ([`Facts::cases`](crate::priority::Facts::cases)).
///
/// ```
/// use candor::case::{Desk, breaches};
/// use candor::priority::Facts;
/// let (desk, mut facts) = (Desk::builtin()?, Facts::default());
/// for (topic, (broken, cases)) in breaches([], desk.policy(), jiff::Timestamp::UNIX_EPOCH) {
///     facts.cases(topic, broken, cases);
/// }
/// # Ok::<(), candor::Error>(())
/// ```
#[must_use]
pub fn breaches<'a>(
    cases: impl IntoIterator<Item = &'a Case>,
    policy: &Policy,
    now: Timestamp,
) -> BTreeMap<&'a str, (u64, u64)> {
    let mut topics: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for case in cases {
        let mut statuses = Measure::ALL.iter().filter_map(|measure| case.status(*measure, policy, now));
        let broken = statuses.any(|status| status.state.is_broken());
        for topic in case.topics() {
            let (b, n) = topics.entry(topic).or_default();
            (*b, *n) = (*b + u64::from(broken), *n + 1);
        }
    }
    topics
}

#[derive(Default)]
struct Counts {
    open: u64,
    breached: u64,
    /// Decided, kept, and the sum of the shares wanted.
    measures: BTreeMap<Measure, (u64, u64, f64)>,
}

impl Counts {
    fn add(&mut self, case: &Case, policy: &Policy, now: Timestamp) {
        let statuses: Vec<Status> =
            Measure::ALL.iter().filter_map(|measure| case.status(*measure, policy, now)).collect();
        self.open += u64::from(case.is_open());
        let breached = case.is_open() && statuses.iter().any(|status| status.state == State::Breached);
        self.breached += u64::from(breached);
        for status in statuses.iter().filter(|s| s.state == State::Met || s.state.is_broken()) {
            let wanted = case
                .opening()
                .triage
                .targets
                .iter()
                .find(|t| t.measure == status.measure)
                .map_or(0.0, |t| t.share);
            let (decided, kept, sum) = self.measures.entry(status.measure).or_default();
            *decided += 1;
            *kept += u64::from(!status.state.is_broken());
            *sum += wanted;
        }
    }

    fn load(self, name: &str) -> Load {
        let kept = self.measures.into_iter().filter_map(|(measure, (decided, kept, sum))| {
            let share = Estimate::share(kept, decided, Confidence::default())?;
            Some(Kept { measure, share, wanted: sum / decided as f64 })
        });
        Load { name: name.to_owned(), open: self.open, breached: self.breached, kept: kept.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::SeverityLevel;
    use crate::case::{Actor, Desk, Event};
    use crate::metrics::testing::Item;
    use jiff::SignedDuration;

    fn at(minute: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute)
    }

    fn open(id: &str, severity: f32, minute: i64) -> Case {
        let (feedback, insight) = Item::new(id).bad("delivery/speed", severity).done();
        Desk::builtin().unwrap().open(&feedback, &insight, at(minute))
    }

    #[test]
    fn lanes_then_deadlines_then_severity_then_id() {
        let policy = Policy::builtin().unwrap();
        let mut paused = open("paused", 0.9, 0);
        paused.apply(Event::Pause { reason: String::new() }, Actor::System, at(1)).unwrap();
        let mut done = open("done", 0.4, 0);
        done.apply(Event::dispatch(), Actor::System, at(1)).unwrap();
        done.apply(Event::Dismiss { reason: String::new() }, Actor::System, at(1)).unwrap();
        let mut danger = open("danger", 0.4, 9);
        danger.opening.triage.urgency = Urgency::Immediate;
        let cases = [
            paused,
            done,
            open("new-b", 0.4, 9),
            open("new-a", 0.4, 9),
            open("new-worse", 0.6, 9),
            open("soon", 0.4, 6),
            open("late", 0.4, 0),
            danger,
        ];
        let ids = |cases: &[Case]| {
            queue(cases, &policy, at(10)).iter().map(|q| q.case.id().to_owned()).collect::<Vec<_>>()
        };
        let order = ids(&cases);
        let expected = ["danger", "late", "soon", "new-worse", "new-a", "new-b", "paused"];
        assert_eq!(order, expected.map(|id| format!("host/{id}")));
        let mut turned = cases.clone();
        turned.reverse();
        assert_eq!(ids(&turned), order);
        let lines: Vec<String> = queue(&cases, &policy, at(10)).iter().map(ToString::to_string).collect();
        assert_eq!(lines[1], "host/late: breached, minor, first_reply due 1970-01-01T00:05:00Z");
        assert_eq!(lines[6], "host/paused: paused, critical, first_reply has 4m left");
        assert_eq!(queue(&cases, &policy, at(10))[6].case.opening().triage.severity, SeverityLevel::Critical);
    }

    #[test]
    fn the_overloaded_are_named() {
        let policy = Policy::builtin().unwrap();
        let cases: Vec<Case> = (0..40)
            .map(|i| {
                let mut case = open(&format!("c-{i}"), 0.4, 0);
                case.apply(
                    Event::Assign { to: if i < 20 { "mia" } else { "tom" }.to_owned() },
                    Actor::System,
                    at(0),
                )
                .unwrap();
                let minute = if i < 20 && i % 2 == 0 { 9 } else { 3 };
                case.apply(Event::Reply, Actor::System, at(minute)).unwrap();
                case
            })
            .collect();
        let loads = workload(&cases, &policy, at(20), By::Assignee);
        let found: Vec<_> =
            loads.iter().map(|load| (load.name.as_str(), load.open, load.is_overloaded())).collect();
        assert_eq!(found, [("mia", 20, true), ("tom", 20, false)]);
        let kept = loads[0].kept[0];
        assert!(kept.share.value == 0.5 && (kept.wanted - 0.9).abs() < 1e-9 && kept.is_missed());
        let departments = workload(&cases, &policy, at(20), By::Department);
        assert_eq!(
            (departments.len(), departments[0].name.as_str(), departments[0].open),
            (1, "logistics", 40)
        );
    }
}
