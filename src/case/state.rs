//! A case: the fold over its events.

use super::step::{allowed, next};
use super::{Actor, Entry, Event, EventKind, Opening, Step, Transition, Triage};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::Feedback;
use crate::sla::{Measure, Pause};
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
/// use candor::{Engine, Feedback, case::{Actor, Desk, Event, Step}, sla::Measure};
/// let (engine, desk) = (Engine::builder().build()?, Desk::builtin()?);
/// let feedback = Feedback::from_text("Delivery was far too slow");
/// let at = "2025-03-01T10:00:00Z".parse().unwrap();
/// let mut case = desk.open(&feedback, &engine.analyze(&feedback), at);
/// assert_eq!(case.department(), "logistics");
/// assert_eq!(case.due(Measure::FirstReply, desk.policy()).unwrap().to_string(), "2025-03-01T10:05:00Z");
/// case.apply(Event::dispatch(), "mia", at)?;
/// assert_eq!(case.step(), Step::Dispatched);
/// let error = case.apply(Event::Resume, Actor::System, at).unwrap_err();
/// assert!(error.to_string().contains("is not allowed in step \"dispatched\""));
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Record", into = "Record")]
pub struct Case {
    pub(super) opening: Opening,
    log: Vec<Entry>,
    step: Step,
    topics: Vec<String>,
    class: ComplaintClass,
    department: String,
    assignee: Option<String>,
    escalations: u32,
    /// From when the targets count: the opening, or the last reopening.
    pub(super) since: Timestamp,
    pub(super) pauses: Vec<Pause>,
    pub(super) met: BTreeMap<Measure, Timestamp>,
    remedies: Vec<String>,
    satisfied: Option<bool>,
    dismissed: bool,
    merged_into: Option<String>,
    absorbed: Vec<String>,
}

/// The stored form.
#[derive(Serialize, Deserialize)]
struct Record {
    opening: Opening,
    log: Vec<Entry>,
}

impl Case {
    /// Opens a case with what the triage of its item found; the targets count from the time of the triage.
    pub fn open(feedback: &Feedback, triage: Triage) -> Self {
        Self::from_opening(Opening::of(feedback, triage))
    }

    /// The case after the events of `log`, as a store kept them.
    ///
    /// # Errors
    /// As [`apply`](Self::apply), for the first event that is not allowed.
    pub fn replay(opening: Opening, log: impl IntoIterator<Item = Entry>) -> Result<Self> {
        let mut case = Self::from_opening(opening);
        for entry in log {
            case.apply(entry.event, entry.actor, entry.at)?;
        }
        Ok(case)
    }

    /// The case as it was at `at`: without what happened later.
    #[must_use]
    pub fn as_of(&self, at: Timestamp) -> Self {
        let mut case = Self::from_opening(self.opening.clone());
        for entry in self.log.iter().take_while(|entry| entry.at <= at) {
            case.step = next(case.step, case.is_paused(), entry.event.kind()).unwrap_or(case.step);
            case.record(&entry.event, entry.at);
            case.log.push(entry.clone());
        }
        case
    }

    pub(super) fn from_opening(opening: Opening) -> Self {
        Self {
            log: Vec::new(),
            step: Step::Received,
            topics: opening.triage.topics.clone(),
            class: opening.triage.class,
            department: opening.triage.department.clone(),
            assignee: None,
            escalations: 0,
            since: opening.triage.at,
            pauses: Vec::new(),
            met: BTreeMap::new(),
            remedies: Vec::new(),
            satisfied: None,
            dismissed: false,
            merged_into: None,
            absorbed: Vec::new(),
            opening,
        }
    }

    /// Lets something happen at `at`, by the will of `actor`.
    ///
    /// Two cases change together in [`merge`](Self::merge) and [`split`](Self::split): use those rather than
    /// their events.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`] when the event is not allowed now, with what is; [`ErrorKind::OutOfRange`] when
    /// `at` is before the last event. The case is then unchanged.
    pub fn apply(&mut self, event: Event, actor: impl Into<Actor>, at: Timestamp) -> Result<Transition> {
        let (from, kind) = (self.step, event.kind());
        self.step = self.check(kind, at)?;
        self.record(&event, at);
        self.log.push(Entry { at, actor: actor.into(), event });
        Ok(Transition { event: kind, from, to: self.step, at })
    }

    /// The step after an event, if it is allowed.
    pub(super) fn check(&self, kind: EventKind, at: Timestamp) -> Result<Step> {
        let last = self.log.last().map_or(self.opening.triage.at, |entry| entry.at);
        if at < last {
            let message = format!("event at {at} is before the last one at {last}");
            return Err(Error::new(ErrorKind::OutOfRange, message).at_source(self.label()));
        }
        next(self.step, self.is_paused(), kind).ok_or_else(|| self.refuse(kind))
    }

    fn record(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::Dispatch { class, department } => {
                self.class = class.unwrap_or(self.class);
                self.move_to(department.as_deref());
            }
            Event::Assign { to } => self.assignee = Some(to.clone()),
            Event::Escalate { department, .. } => {
                self.escalations += 1;
                self.move_to(department.as_deref());
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
            Event::Resume => self.end_pause(at),
            Event::Dismiss { .. } => self.dismissed = true,
            Event::Reopen { .. } => {
                (self.since, self.satisfied, self.dismissed) = (at, None, false);
                self.merged_into = None;
                self.met.clear();
                self.pauses.clear();
            }
            Event::Absorb { case } => self.absorbed.push(case.clone()),
            Event::Merge { into } => {
                self.merged_into = Some(into.clone());
                self.end_pause(at);
            }
            Event::Split { topics, .. } => self.topics.retain(|topic| !topics.contains(topic)),
            Event::Verify { .. } | Event::Archive { .. } => {}
        }
    }

    /// Another department has other people.
    fn move_to(&mut self, department: Option<&str>) {
        if let Some(department) = department.filter(|name| *name != self.department) {
            department.clone_into(&mut self.department);
            self.assignee = None;
        }
    }

    fn end_pause(&mut self, at: Timestamp) {
        if let Some(pause) = self.pauses.last_mut().filter(|pause| pause.to.is_none()) {
            pause.to = Some(at);
        }
    }

    pub(super) fn label(&self) -> String {
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

    /// Source and id of the feedback, `taobao/r-17`; `taobao/r-17#1` for the first case split off.
    pub fn id(&self) -> &str {
        &self.opening.id
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

    /// Paths of its topics, the worst first, without those split off.
    pub fn topics(&self) -> &[String] {
        &self.topics
    }

    /// Who has it, if it was assigned within its department.
    pub fn assignee(&self) -> Option<&str> {
        self.assignee.as_deref()
    }

    /// How often it was passed up.
    pub fn escalations(&self) -> u32 {
        self.escalations
    }

    /// The case that took it in.
    pub fn merged_into(&self) -> Option<&str> {
        self.merged_into.as_deref()
    }

    /// Cases it took in, in order, also those opened again since.
    pub fn absorbed(&self) -> &[String] {
        &self.absorbed
    }

    /// Whether it is not in the archive.
    pub fn is_open(&self) -> bool {
        self.step != Step::Archived
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
        let handled = !self.dismissed && self.merged_into.is_none();
        self.step == Step::Archived && handled && self.satisfied != Some(false)
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
        Self::replay(record.opening, record.log)
    }
}

#[cfg(test)]
mod tests;
