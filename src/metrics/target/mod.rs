//! Targets: what each period should reach, whether it did, and where it goes.
//!
//! A period that is over and above its threshold may still be luck: `is_sure` tells whether the whole interval
//! lies on one side.

mod load;
mod progress;

pub use load::{Period, Target, TargetMetric, builtin};
pub use progress::{Attained, PeriodRow, Progress};
