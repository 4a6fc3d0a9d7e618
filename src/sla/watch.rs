//! One target of one case while it runs: how far it is, and when it breaks.

use super::{Measure, Pause, Policy, Target};
use jiff::{SignedDuration, Timestamp};

/// A target on its way: since when it runs, when it stood still, and whether it is met.
///
/// ```
/// use candor::annotate::SeverityLevel;
/// use candor::sla::{Measure, Policy, State, Subject, Watch};
/// use candor::taxonomy::ComplaintClass;
/// use jiff::SignedDuration;
/// let policy = Policy::builtin()?;
/// let subject = Subject::new(ComplaintClass::Service, SeverityLevel::Major);
/// let target = policy.target(Measure::FirstReply, &subject).unwrap();
/// let at = |minute: i64| jiff::Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute);
/// let watch = Watch { target, from: at(0), pauses: &[], met: None };
/// let status = watch.status(&policy, at(4));
/// assert_eq!((status.state, status.left), (State::Running, SignedDuration::from_mins(1)));
/// assert_eq!(watch.status(&policy, at(6)).state, State::Breached);
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Watch<'a> {
    /// What has to be met.
    pub target: Target,
    /// When its clock began.
    pub from: Timestamp,
    /// When it stood still: in order and disjoint.
    pub pauses: &'a [Pause],
    /// When it was met.
    pub met: Option<Timestamp>,
}

/// Where a target stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum State {
    /// Not met, and the time is over.
    Breached,
    /// Not met yet; the clock runs.
    Running,
    /// Not met yet; the clock stands still.
    Paused,
    /// Met after its time was over.
    Late,
    /// Met in time.
    Met,
}

impl State {
    /// A short name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Breached => "breached",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Late => "late",
            Self::Met => "met",
        }
    }

    /// Whether the time was over before the target was met.
    pub const fn is_broken(self) -> bool {
        matches!(self, Self::Breached | Self::Late)
    }
}

/// A target at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Status {
    /// What is limited.
    pub measure: Measure,
    /// Where it stands.
    pub state: State,
    /// By when it has to be met; `None` while the clock stands still before that.
    pub due: Option<Timestamp>,
    /// How long its clock has run, up to now or to when it was met.
    pub elapsed: SignedDuration,
    /// Budget left; negative when it is overspent.
    pub left: SignedDuration,
}

impl Status {
    /// Part of the budget that is spent: 1 at the deadline.
    pub fn used(&self) -> f64 {
        let all = (self.elapsed + self.left).as_secs_f64();
        if all > 0.0 { self.elapsed.as_secs_f64() / all } else { 0.0 }
    }
}

impl Watch<'_> {
    /// By when the target has to be met; `None` while its clock stands still before that.
    pub fn due(&self, policy: &Policy) -> Option<Timestamp> {
        let calendar = policy.calendar_of(self.target.clock);
        calendar.deadline_with_pauses(self.from, self.target.budget, self.pauses)
    }

    /// How it stands at `now`. A pause that is known to end later than `now` counts as lasting.
    pub fn status(&self, policy: &Policy, now: Timestamp) -> Status {
        let calendar = policy.calendar_of(self.target.clock);
        let until = self.met.unwrap_or(now).min(now);
        let elapsed = calendar.elapsed_with_pauses(self.from, until, self.pauses);
        let left = self.target.budget - elapsed;
        let due = self.due(policy);
        let over = due.is_some_and(|due| until > due);
        let paused = || self.pauses.iter().any(|p| p.from <= now && p.to.is_none_or(|to| now < to));
        let state = match (self.met.is_some_and(|met| met <= now), over) {
            (true, true) => State::Late,
            (true, false) => State::Met,
            (false, true) => State::Breached,
            (false, false) if paused() => State::Paused,
            (false, false) => State::Running,
        };
        Status { measure: self.target.measure, state, due, elapsed, left }
    }
}

/// The target that breaks first of those that run at `now`, and when; of equals the first given.
///
/// Targets that are met, broken or paused cannot break next.
pub fn next_breach<'a>(
    watches: impl IntoIterator<Item = Watch<'a>>,
    policy: &Policy,
    now: Timestamp,
) -> Option<(Measure, Timestamp)> {
    let running = watches.into_iter().filter_map(|watch| {
        let status = watch.status(policy, now);
        (status.state == State::Running).then_some((status.measure, status.due?))
    });
    running.min_by_key(|(_, due)| *due)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::SeverityLevel;
    use crate::sla::Subject;
    use crate::taxonomy::ComplaintClass;
    use proptest::prelude::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_740_823_200 + minute * 60).unwrap()
    }

    fn target(policy: &Policy, measure: Measure) -> Target {
        policy.target(measure, &Subject::new(ComplaintClass::Other, SeverityLevel::None)).unwrap()
    }

    #[test]
    fn golden_states_of_the_five_minutes() {
        let policy = Policy::builtin().unwrap();
        let pause = Pause { from: at(2), to: Some(at(12)) };
        let lasting = Pause { from: at(2), to: None };
        let state = |pauses: &[Pause], met: Option<i64>, now| {
            let target = target(&policy, Measure::FirstReply);
            let status = Watch { target, from: at(0), pauses, met: met.map(at) }.status(&policy, at(now));
            (status.state, status.elapsed.as_mins(), status.left.as_mins())
        };
        let table = [
            (state(&[], None, 0), (State::Running, 0, 5)),
            (state(&[], None, 5), (State::Running, 5, 0)), // the deadline itself is in time
            (state(&[], None, 6), (State::Breached, 6, -1)),
            (state(&[], Some(5), 60), (State::Met, 5, 0)),
            (state(&[], Some(6), 60), (State::Late, 6, -1)),
            (state(&[], Some(6), 3), (State::Running, 3, 2)), // not yet known at that time
            (state(&[pause], None, 3), (State::Paused, 2, 3)),
            (state(&[pause], None, 14), (State::Running, 4, 1)),
            (state(&[pause], None, 16), (State::Breached, 6, -1)),
            (state(&[lasting], None, 900), (State::Paused, 2, 3)),
        ];
        for (index, (found, expected)) in table.into_iter().enumerate() {
            assert_eq!(found, expected, "row {index}");
        }
    }

    #[test]
    fn the_next_breach_is_the_first_running_deadline() {
        let policy = Policy::builtin().unwrap();
        let watch = |measure, met: Option<i64>| Watch {
            target: target(&policy, measure),
            from: at(0),
            pauses: &[],
            met: met.map(at),
        };
        let next = |watches: &[Watch<'_>], now| next_breach(watches.iter().copied(), &policy, at(now));
        let both = [watch(Measure::FirstReply, None), watch(Measure::Resolution, None)];
        assert_eq!(next(&both, 1), Some((Measure::FirstReply, at(5))));
        assert_eq!(next(&both, 6), Some((Measure::Resolution, at(24 * 60))));
        let replied = [watch(Measure::FirstReply, Some(1)), watch(Measure::Resolution, None)];
        assert_eq!(next(&replied, 2), Some((Measure::Resolution, at(24 * 60))));
        assert_eq!(next(&both, 3000), None);
    }

    proptest! {
        #[test]
        fn breached_means_after_the_deadline(
            start in 0_i64..10, length in 0_i64..20, now in 0_i64..60, met in prop::option::of(0_i64..60),
        ) {
            let policy = Policy::builtin().unwrap();
            let pauses = [Pause { from: at(start), to: Some(at(start + length)) }];
            let target = target(&policy, Measure::FirstReply);
            let watch = Watch { target, from: at(0), pauses: &pauses, met: met.map(at) };
            let status = watch.status(&policy, at(now));
            let until = met.unwrap_or(now).min(now);
            prop_assert_eq!(status.state.is_broken(), at(until) > status.due.unwrap());
            prop_assert_eq!(status.elapsed + status.left, target.budget);
        }
    }
}
