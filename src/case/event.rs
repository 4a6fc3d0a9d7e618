//! What can happen to a case.

use super::Step;
use crate::taxonomy::ComplaintClass;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Something that happens to a case.
///
/// ```
/// use candor::case::{Event, EventKind};
/// let event = Event::Plan { remedy: "delivery-compensate".to_owned() };
/// assert_eq!(event.kind(), EventKind::Plan);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// Classified and given to a department; `None` keeps what the case has.
    Dispatch {
        /// The class, when it differs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        class: Option<ComplaintClass>,
        /// The department, when it differs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        department: Option<String>,
    },
    /// The problem was found to exist.
    Verify {
        /// What was found.
        finding: String,
    },
    /// The complaint was found to be unfounded: archived without a remedy.
    Dismiss {
        /// Why.
        reason: String,
    },
    /// A remedy was chosen.
    Plan {
        /// The remedy: an id of the playbook or free words.
        remedy: String,
    },
    /// The remedy was carried out.
    Execute {
        /// What was done.
        note: String,
    },
    /// The customer was asked or told.
    FollowUp {
        /// Whether the customer is satisfied.
        satisfied: bool,
    },
    /// Closed and kept for learning.
    Archive {
        /// What was learned.
        lesson: String,
    },
    /// The customer got a reply.
    Reply,
    /// The clock stands still, such as while waiting for the customer.
    Pause {
        /// Why.
        reason: String,
    },
    /// The clock runs again.
    Resume,
    /// Back from the archive; the targets start anew.
    Reopen {
        /// Why.
        reason: String,
    },
}

/// The kinds of [`Event`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EventKind {
    /// Classified and given to a department.
    Dispatch,
    /// Found to exist.
    Verify,
    /// Found to be unfounded.
    Dismiss,
    /// A remedy chosen.
    Plan,
    /// The remedy carried out.
    Execute,
    /// The customer asked or told.
    FollowUp,
    /// Closed.
    Archive,
    /// The customer got a reply.
    Reply,
    /// The clock stands still.
    Pause,
    /// The clock runs again.
    Resume,
    /// Back from the archive.
    Reopen,
}

impl EventKind {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dispatch => "dispatch",
            Self::Verify => "verify",
            Self::Dismiss => "dismiss",
            Self::Plan => "plan",
            Self::Execute => "execute",
            Self::FollowUp => "follow_up",
            Self::Archive => "archive",
            Self::Reply => "reply",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Reopen => "reopen",
        }
    }
}

impl Event {
    /// A dispatch that keeps the class and department of the case.
    pub const fn dispatch() -> Self {
        Self::Dispatch { class: None, department: None }
    }

    /// What kind of event it is.
    pub const fn kind(&self) -> EventKind {
        match self {
            Self::Dispatch { .. } => EventKind::Dispatch,
            Self::Verify { .. } => EventKind::Verify,
            Self::Dismiss { .. } => EventKind::Dismiss,
            Self::Plan { .. } => EventKind::Plan,
            Self::Execute { .. } => EventKind::Execute,
            Self::FollowUp { .. } => EventKind::FollowUp,
            Self::Archive { .. } => EventKind::Archive,
            Self::Reply => EventKind::Reply,
            Self::Pause { .. } => EventKind::Pause,
            Self::Resume => EventKind::Resume,
            Self::Reopen { .. } => EventKind::Reopen,
        }
    }
}

/// An event in the log of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What an event did to the step of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transition {
    /// What happened.
    pub event: EventKind,
    /// The step before.
    pub from: Step,
    /// The step after.
    pub to: Step,
    /// When.
    pub at: Timestamp,
}
