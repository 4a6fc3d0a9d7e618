//! Who does it: complaints as cases, from receipt to the archive, and the remedies that worked.
//!
//! A [`Case`] is the fold over its events: any store can hold it, and the log is its audit trail. The seven steps
//! of handling (receive, classify and dispatch, verify, plan, execute, follow up, archive) and what is allowed
//! when stand in one table, `src/case/step.rs`.

mod desk;
mod event;
mod library;
mod merge;
mod open;
mod playbook;
mod queue;
mod reply;
mod rule;
mod state;
mod step;
mod target;
mod words;

pub use desk::{Desk, Triage};
pub use event::{Actor, Entry, Event, EventKind, Transition};
pub use library::{Cause, Library, Outcome, Similar, Solved};
pub use open::Opening;
pub use playbook::{Pick, Playbook, Remedy, RemedyKind};
pub use queue::{By, Kept, Lane, Load, Queued, breaches, queue, workload};
pub use reply::{Crisis, Reply, ReplyKind, Tone, Tongue};
pub use rule::{Action, TriageRules};
pub use state::Case;
pub use step::Step;
