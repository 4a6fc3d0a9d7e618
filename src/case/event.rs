//! What can happen to a case.

use super::Step;
use crate::taxonomy::ComplaintClass;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

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
    /// Given to a person; the step stays.
    Assign {
        /// Who has it now.
        to: String,
    },
    /// Passed up, and to another department if one is named; the step stays.
    Escalate {
        /// Why.
        reason: String,
        /// The department, when it differs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        department: Option<String>,
    },
    /// Another case about the same was taken in.
    Absorb {
        /// Its id.
        case: String,
    },
    /// Taken in by another case and closed here.
    Merge {
        /// The id of the other case.
        into: String,
    },
    /// Topics were given to a case of their own.
    Split {
        /// Its id.
        case: String,
        /// Paths of the topics.
        topics: Vec<String>,
    },
    /// Closed and kept for learning.
    Archive {
        /// What was learned.
        lesson: String,
        /// Why it happened: a short name that cases of the same cause share.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cause: Option<String>,
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
    /// Given to a person.
    Assign,
    /// Passed up.
    Escalate,
    /// Another case taken in.
    Absorb,
    /// Taken in by another case.
    Merge,
    /// Topics given to a case of their own.
    Split,
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
            Self::Assign => "assign",
            Self::Escalate => "escalate",
            Self::Absorb => "absorb",
            Self::Merge => "merge",
            Self::Split => "split",
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
            Self::Assign { .. } => EventKind::Assign,
            Self::Escalate { .. } => EventKind::Escalate,
            Self::Absorb { .. } => EventKind::Absorb,
            Self::Merge { .. } => EventKind::Merge,
            Self::Split { .. } => EventKind::Split,
            Self::Archive { .. } => EventKind::Archive,
            Self::Reply => EventKind::Reply,
            Self::Pause { .. } => EventKind::Pause,
            Self::Resume => EventKind::Resume,
            Self::Reopen { .. } => EventKind::Reopen,
        }
    }
}

/// Who made something happen.
///
/// ```
/// use candor::case::Actor;
/// assert_eq!(Actor::from("mia"), Actor::Staff("mia".to_owned()));
/// assert_eq!(Actor::from("mia").to_string(), "mia");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A program of the host.
    #[default]
    System,
    /// The customer.
    Customer,
    /// A person of the house, by the host's id.
    Staff(String),
}

impl From<&str> for Actor {
    /// A person of the house.
    fn from(id: &str) -> Self {
        Self::Staff(id.to_owned())
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::System => "system",
            Self::Customer => "customer",
            Self::Staff(id) => id,
        })
    }
}

/// An event in the log of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When it happened.
    pub at: Timestamp,
    /// Who made it happen.
    #[serde(default)]
    pub actor: Actor,
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
