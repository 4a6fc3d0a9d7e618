//! A case: the fold over its events.

use super::step::{allowed, next};
use super::{Entry, Event, EventKind, Opening, Step, Transition};
use crate::annotate::Insight;
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::Feedback;
use crate::sla::{Measure, Pause, Policy};
use crate::taxonomy::ComplaintClass;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A complaint being handled.
///
/// It is opened from an item and its verdict and changed by [`apply`](Self::apply) only. Stored (serde) it is its
/// opening and its log; reading checks every event again.
///
/// ```
/// use candor::{Engine, Feedback, case::{Case, Event, Step}, sla::{Measure, Policy}};
/// let (engine, policy) = (Engine::builder().build()?, Policy::builtin()?);
/// let feedback = Feedback::from_text("Delivery was far too slow");
/// let at = "2025-03-01T10:00:00Z".parse().unwrap();
/// let mut case = Case::open(&feedback, &engine.analyze(&feedback), &policy, at);
/// assert_eq!(case.department(), "logistics");
/// assert_eq!(case.due(Measure::FirstReply, &policy).unwrap().to_string(), "2025-03-01T10:05:00Z");
/// case.apply(Event::dispatch(), at)?;
/// assert_eq!(case.step(), Step::Dispatched);
/// assert!(case.apply(Event::Resume, at).is_err());
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Record", into = "Record")]
pub struct Case {
    opening: Opening,
    log: Vec<Entry>,
    step: Step,
    class: ComplaintClass,
    department: String,
    /// From when the targets count: the opening, or the last reopening.
    since: Timestamp,
    pauses: Vec<Pause>,
    met: BTreeMap<Measure, Timestamp>,
    remedies: Vec<String>,
    satisfied: Option<bool>,
    dismissed: bool,
}

/// The stored form.
#[derive(Serialize, Deserialize)]
struct Record {
    opening: Opening,
    log: Vec<Entry>,
}

impl Case {
    /// Opens a case at `at`: class and department come from the worst topic, the targets from the policy.
    pub fn open(feedback: &Feedback, insight: &Insight, policy: &Policy, at: Timestamp) -> Self {
        Self::from_opening(Opening::of(feedback, insight, policy, at))
    }

    fn from_opening(opening: Opening) -> Self {
        Self {
            log: Vec::new(),
            step: Step::Received,
            class: opening.class,
            department: opening.department.clone(),
            since: opening.at,
            pauses: Vec::new(),
            met: BTreeMap::new(),
            remedies: Vec::new(),
            satisfied: None,
            dismissed: false,
            opening,
        }
    }

    /// Lets something happen at `at`.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`] when the event is not allowed now, with what is; [`ErrorKind::OutOfRange`] when
    /// `at` is before the last event. The case is then unchanged.
    pub fn apply(&mut self, event: Event, at: Timestamp) -> Result<Transition> {
        let last = self.log.last().map_or(self.opening.at, |entry| entry.at);
        if at < last {
            let message = format!("event at {at} is before the last one at {last}");
            return Err(Error::new(ErrorKind::OutOfRange, message).at_source(self.label()));
        }
        let (from, kind) = (self.step, event.kind());
        let Some(to) = next(from, self.is_paused(), kind) else { return Err(self.refuse(kind)) };
        self.step = to;
        self.record(&event, at);
        self.log.push(Entry { at, event });
        Ok(Transition { event: kind, from, to, at })
    }

    fn record(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::Dispatch { class, department } => {
                self.class = class.unwrap_or(self.class);
                if let Some(department) = department {
                    self.department.clone_from(department);
                }
            }
            Event::Plan { remedy } => self.remedies.push(remedy.clone()),
            Event::Execute { .. } => _ = self.met.entry(Measure::Resolution).or_insert(at),
            Event::FollowUp { satisfied } => {
                self.satisfied = Some(*satisfied);
                self.met.entry(Measure::Answer).or_insert(at);
                if !satisfied {
                    self.met.remove(&Measure::Resolution);
                }
            }
            Event::Reply => _ = self.met.entry(Measure::FirstReply).or_insert(at),
            Event::Pause { .. } => self.pauses.push(Pause { from: at, to: None }),
            Event::Resume => {
                if let Some(pause) = self.pauses.last_mut() {
                    pause.to = Some(at);
                }
            }
            Event::Dismiss { .. } => self.dismissed = true,
            Event::Reopen { .. } => {
                (self.since, self.satisfied, self.dismissed) = (at, None, false);
                self.met.clear();
                self.pauses.clear();
            }
            Event::Verify { .. } | Event::Archive { .. } => {}
        }
    }

    fn label(&self) -> String {
        format!("case \"{}\"", self.id())
    }

    fn refuse(&self, kind: EventKind) -> Error {
        let names: Vec<_> = self.allowed().map(EventKind::as_str).collect();
        let paused = if self.is_paused() { ", paused" } else { "" };
        let message = format!(
            "event \"{}\" is not allowed in step \"{}\"{paused}; allowed: {}",
            kind.as_str(),
            self.step.as_str(),
            names.join(", ")
        );
        Error::new(ErrorKind::Invalid, message).at_source(self.label())
    }

    /// Source and id of the feedback: `taobao/r-17`.
    pub fn id(&self) -> String {
        format!("{}/{}", self.opening.source, self.opening.feedback)
    }

    /// What was known when it was opened.
    pub fn opening(&self) -> &Opening {
        &self.opening
    }

    /// Everything that happened, in order: the audit trail.
    pub fn log(&self) -> &[Entry] {
        &self.log
    }

    /// The last step completed.
    pub fn step(&self) -> Step {
        self.step
    }

    /// Whether its clock stands still.
    pub fn is_paused(&self) -> bool {
        self.pauses.last().is_some_and(|pause| pause.to.is_none())
    }

    /// The events that are allowed now.
    pub fn allowed(&self) -> impl Iterator<Item = EventKind> {
        allowed(self.step, self.is_paused())
    }

    /// Class of the complaint.
    pub fn class(&self) -> ComplaintClass {
        self.class
    }

    /// Department that handles it.
    pub fn department(&self) -> &str {
        &self.department
    }

    /// Remedies chosen so far, in order.
    pub fn remedies(&self) -> &[String] {
        &self.remedies
    }

    /// What the customer said at the last follow-up.
    pub fn satisfied(&self) -> Option<bool> {
        self.satisfied
    }

    /// Whether it is in the archive with a remedy that was carried out.
    pub fn is_solved(&self) -> bool {
        self.step == Step::Archived && !self.dismissed && self.satisfied != Some(false)
    }

    /// When a target was met: first reply, carrying out the remedy, follow-up; `None` while it is open. A
    /// customer who is not satisfied opens the resolution again.
    pub fn met(&self, measure: Measure) -> Option<Timestamp> {
        self.met.get(&measure).copied()
    }

    /// By when a target has to be met, on the calendar of the policy; `None` without such a target, and while
    /// the clock stands still.
    pub fn due(&self, measure: Measure, policy: &Policy) -> Option<Timestamp> {
        let target = self.opening.targets.iter().find(|t| t.measure == measure)?;
        policy.calendar_of(target.clock).deadline_with_pauses(self.since, target.budget, &self.pauses)
    }
}

impl From<Case> for Record {
    fn from(case: Case) -> Self {
        Self { opening: case.opening, log: case.log }
    }
}

impl TryFrom<Record> for Case {
    type Error = Error;

    fn try_from(record: Record) -> Result<Self> {
        let mut case = Self::from_opening(record.opening);
        for entry in record.log {
            case.apply(entry.event, entry.at)?;
        }
        Ok(case)
    }
}

#[cfg(test)]
mod tests;
