//! By when: targets, business calendars and deadlines.
//!
//! Everything here is a pure function of the times given; nothing reads a clock.

mod calendar;
mod holiday;
mod hours;
mod policy;
mod subject;
mod watch;

pub use calendar::{Calendar, CalendarBuilder, Pause};
pub use holiday::{DayKind, Holidays};
pub use policy::{Clock, Goals, Measure, Policy, Target};
pub use subject::Subject;
pub use watch::{State, Status, Watch, next_breach};
