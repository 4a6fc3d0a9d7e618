//! Who does it: complaints as cases, from receipt to the archive, and the remedies that worked.
//!
//! A [`Case`] is the fold over its events: any store can hold it, and the log is its audit trail. The seven steps
//! of handling (receive, classify and dispatch, verify, plan, execute, follow up, archive) and what is allowed
//! when stand in one table, `src/case/step.rs`.

mod event;
mod open;
mod playbook;
mod similar;
mod state;
mod step;

pub use event::{Entry, Event, EventKind, Transition};
pub use open::Opening;
pub use playbook::{Playbook, Remedy, RemedyKind};
pub use similar::Similar;
pub use state::Case;
pub use step::Step;
