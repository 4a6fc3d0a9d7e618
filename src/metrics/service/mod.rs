//! How service keeps its promises: replies and resolutions in time, at the first contact, by agent and team.
//!
//! Cases that are still open when the numbers are drawn up are not left out: what they have waited so far counts
//! as "at least so long" ([`survival`]). Leaving them out would make the slowest cases vanish.

mod contact;
mod scorecard;
pub mod survival;

pub use contact::{Contact, Resolution};
pub use scorecard::{Budgets, Card, Scorecards};
pub use survival::Waits;
