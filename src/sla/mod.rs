//! By when: targets, business calendars and deadlines.
//!
//! Everything here is a pure function of the times given; nothing reads a clock.

mod calendar;
mod hours;
mod policy;

pub use calendar::{Calendar, CalendarBuilder, Pause};
pub use policy::{Clock, Measure, Policy, Target};
