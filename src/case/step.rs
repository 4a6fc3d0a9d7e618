//! The seven steps of a case and the one table that says what is allowed when.

use super::EventKind;
use serde::{Deserialize, Serialize};

/// The last step of handling that a case has completed.
///
/// ```
/// use candor::case::Step;
/// assert_eq!(Step::ALL.len(), 7);
/// assert!(Step::Planned < Step::Executed);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Received.
    #[default]
    Received,
    /// Classified and given to a department.
    Dispatched,
    /// Found to exist.
    Verified,
    /// A remedy is chosen.
    Planned,
    /// The remedy is carried out.
    Executed,
    /// The customer was asked or told.
    FollowedUp,
    /// Closed and kept for learning.
    Archived,
}

impl Step {
    /// The seven steps in order.
    pub const ALL: &'static [Self] = &[
        Self::Received,
        Self::Dispatched,
        Self::Verified,
        Self::Planned,
        Self::Executed,
        Self::FollowedUp,
        Self::Archived,
    ];

    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Dispatched => "dispatched",
            Self::Verified => "verified",
            Self::Planned => "planned",
            Self::Executed => "executed",
            Self::FollowedUp => "followed_up",
            Self::Archived => "archived",
        }
    }
}

/// Whether the clock of the case must run or stand still for an event.
#[derive(Clone, Copy, PartialEq)]
enum Clock {
    Running,
    Paused,
    Either,
}

/// One line of the table: an event, the steps in which it is allowed, and the step after it (`None`: the same).
struct Rule {
    event: EventKind,
    clock: Clock,
    from: &'static [Step],
    to: Option<Step>,
}

const OPEN: &[Step] =
    &[Step::Received, Step::Dispatched, Step::Verified, Step::Planned, Step::Executed, Step::FollowedUp];

const fn rule(event: EventKind, clock: Clock, from: &'static [Step], to: Option<Step>) -> Rule {
    Rule { event, clock, from, to }
}

#[rustfmt::skip]
const TABLE: &[Rule] = {
    use Clock::{Either, Paused, Running};
    use Step::{Archived, Dispatched, Executed, FollowedUp, Planned, Received, Verified};
    &[
        rule(EventKind::Dispatch, Running, &[Received, Dispatched, Verified, Planned], Some(Dispatched)),
        rule(EventKind::Verify,   Running, &[Dispatched],                              Some(Verified)),
        rule(EventKind::Dismiss,  Running, &[Dispatched, Verified],                    Some(Archived)),
        rule(EventKind::Plan,     Running, &[Verified, Planned, FollowedUp],           Some(Planned)),
        rule(EventKind::Execute,  Running, &[Planned],                                 Some(Executed)),
        rule(EventKind::FollowUp, Running, &[Executed, FollowedUp],                    Some(FollowedUp)),
        rule(EventKind::Archive,  Running, &[FollowedUp],                              Some(Archived)),
        rule(EventKind::Assign,   Either,  OPEN,                                       None),
        rule(EventKind::Escalate, Either,  OPEN,                                       None),
        rule(EventKind::Absorb,   Either,  OPEN,                                       None),
        rule(EventKind::Merge,    Either,  OPEN,                                       Some(Archived)),
        rule(EventKind::Split,    Either,  OPEN,                                       None),
        rule(EventKind::Reply,    Either,  OPEN,                                       None),
        rule(EventKind::Pause,    Running, OPEN,                                       None),
        rule(EventKind::Resume,   Paused,  OPEN,                                       None),
        rule(EventKind::Reopen,   Running, &[Archived],                                Some(Dispatched)),
    ]
};

impl Rule {
    fn fits(&self, step: Step, paused: bool) -> bool {
        let clock = if paused { Clock::Paused } else { Clock::Running };
        self.from.contains(&step) && (self.clock == Clock::Either || self.clock == clock)
    }
}

/// The step after an event; `None` when it is not allowed.
pub(super) fn next(step: Step, paused: bool, event: EventKind) -> Option<Step> {
    let rule = TABLE.iter().find(|rule| rule.event == event && rule.fits(step, paused))?;
    Some(rule.to.unwrap_or(step))
}

/// The events that are allowed.
pub(super) fn allowed(step: Step, paused: bool) -> impl Iterator<Item = EventKind> {
    TABLE.iter().filter(move |rule| rule.fits(step, paused)).map(|rule| rule.event)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_open_step_leads_on_and_none_is_a_trap() {
        for step in Step::ALL {
            let reached: Vec<_> = allowed(*step, false).filter_map(|e| next(*step, false, e)).collect();
            assert!(reached.iter().any(|to| to != step), "{step:?}");
            if *step != Step::Archived {
                assert!(allowed(*step, true).any(|e| e == EventKind::Resume), "{step:?}");
            }
        }
    }
}
