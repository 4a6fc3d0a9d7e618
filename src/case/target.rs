//! The targets of a case while it runs.

use super::Case;
use crate::sla::{Measure, Policy, Status, Watch, next_breach};
use jiff::Timestamp;

impl Case {
    /// When a target was met: first reply, carrying out the remedy, follow-up; `None` while it is open. A
    /// customer who is not satisfied opens the resolution again.
    pub fn met(&self, measure: Measure) -> Option<Timestamp> {
        self.met.get(&measure).copied()
    }

    /// By when a target has to be met, on the calendar of the policy; `None` without such a target, and while
    /// the clock stands still.
    pub fn due(&self, measure: Measure, policy: &Policy) -> Option<Timestamp> {
        self.watch(measure)?.due(policy)
    }

    /// How a target stands at `now`; `None` without such a target.
    ///
    /// ```
    /// use candor::{Engine, Feedback, case::Desk, sla::{Measure, State}};
    /// let (engine, desk) = (Engine::builder().build()?, Desk::builtin()?);
    /// let feedback = Feedback::from_text("Delivery was far too slow");
    /// let at = jiff::Timestamp::UNIX_EPOCH;
    /// let case = desk.open(&feedback, &engine.analyze(&feedback), at);
    /// let later = at + jiff::SignedDuration::from_mins(6);
    /// assert_eq!(case.status(Measure::FirstReply, desk.policy(), later).unwrap().state, State::Breached);
    /// assert_eq!(case.next_breach(desk.policy(), later).map(|(measure, _)| measure), Some(Measure::Resolution));
    /// # Ok::<(), candor::Error>(())
    /// ```
    pub fn status(&self, measure: Measure, policy: &Policy, now: Timestamp) -> Option<Status> {
        Some(self.watch(measure)?.status(policy, now))
    }

    /// The target that breaks first of those that run at `now`, and when; `None` when nothing can.
    pub fn next_breach(&self, policy: &Policy, now: Timestamp) -> Option<(Measure, Timestamp)> {
        let open = Measure::ALL.iter().filter(|_| self.is_open());
        next_breach(open.filter_map(|measure| self.watch(*measure)), policy, now)
    }

    fn watch(&self, measure: Measure) -> Option<Watch<'_>> {
        let target = *self.opening.triage.targets.iter().find(|target| target.measure == measure)?;
        Some(Watch { target, from: self.since, pauses: &self.pauses, met: self.met(measure) })
    }
}
