//! Bursts, shifts of level and drift in counts over time, with controlled false alarms.
//!
//! [`Aggregate::alarms`](super::Aggregate::alarms) watches every topic in every scope; [`scan`] judges any
//! [`Series`] of counts.
//!
//! # Method
//!
//! What is usual is learnt from 56 buckets of the last 182 that end 7 before the judged one: the rate (against the exposure
//! when it is given), a factor for each weekday drawn toward 1, and the dispersion of Pearson. Buckets of bursts
//! and of promotions are left out. A window is then held against it by the conditional test of two Poisson rates
//! (Przyborowski and Wilenski 1940, Biometrika 31:313), which knows how uncertain the usual rate is; counts that
//! spread more than Poisson counts are divided by the dispersion (Farrington et al. 1996, JRSS A 159:547; Noufaily
//! et al. 2013, Statistics in Medicine 32:1206).
//!
//! * **Burst**: a bucket with p < 0.00004 or a pair with p < 0.00016, of at least 6 events; it goes on while a
//!   bucket has p < 0.05. After 14 buckets it is a shift.
//! * **Shift**: 14 buckets together with p < 0.00004 on either side. It begins at the split of highest likelihood;
//!   from there on the usual is learnt anew.
//! * **Drift**: a shift for which a log-linear rate is likelier than a step (Schwarz 1978), or a log-linear rate
//!   since the last shift with p < 0.0005 (score test of Cox and Lewis 1966).
//!
//! On the days of known [promotions](promotion) a series without exposure is held against the number of *other*
//! items, so that a busy day is no burst, but a problem that grows faster than the rest of the feedback is, also when
//! it is most of the feedback. Where nearly every item has the problem there are no others to tell a busy day by:
//! it is judged as any day, and the change names the promotion. The number of all items itself is not judged there.
//!
//! # Crises
//!
//! [`CrisisLevels`] say how bad a burst of severe items is. Push these into an aggregate of their own:
//!
//! ```
//! use candor::annotate::SeverityLevel;
//! use candor::metrics::{Aggregate, alarm::{CrisisLevels, Watch}};
//! use candor::{Engine, Feedback};
//! let engine = Engine::builder().build()?;
//! let mut severe = Aggregate::new();
//! # let items: Vec<Feedback> = Vec::new();
//! for feedback in &items {
//!     let insight = engine.analyze(feedback);
//!     if insight.severity().level >= SeverityLevel::Major {
//!         severe.push(feedback, &insight);
//!     }
//! }
//! for alarm in severe.alarms(&Watch::default()).list {
//!     if let Some(level) = CrisisLevels::standard().of(&alarm.change) {
//!         println!("{}: {:?} {:?}", level.name.en, alarm.topic, alarm.scope);
//!     }
//! }
//! # Ok::<(), candor::Error>(())
//! ```
//!
//! # False alarms
//!
//! Of 1,000 quiet series of 120 days (`SplitMix64`, fixed seed), told in the last 30 days: bursts + shifts and
//! drifts. Variance a fifth above Poisson in the last column.
//!
//! | events a day | flat | with a weekly rhythm | with rhythm and a fifth more spread |
//! |---|---|---|---|
//! | 0.2 | 0 + 2 | 0 + 1 | 2 + 4 |
//! | 1 | 4 + 1 | 1 + 0 | 4 + 1 |
//! | 3 | 1 + 0 | 1 + 1 | 5 + 0 |
//! | 10 | 2 + 0 | 2 + 1 | 5 + 2 |
//! | 20 | 3 + 0 | 4 + 1 | 3 + 0 |
//! | 50 | 0 + 0 | 3 + 1 | 10 + 0 |
//! | 200 | 3 + 1 | 5 + 0 | 4 + 1 |
//!
//! After a winter of promotions, from 27 December on: 1 + 0 at 1, 3 and 10 events a day, 4 + 0 at 50.
//!
//! # Power
//!
//! Share of two-day bursts found on one of their days, of 1,000, by the usual number of events a day and the
//! factor of the burst. Where five times the usual is not found in 85 of 100 cases, [`Scan::is_watched`] is false
//! and no alarm means "not enough data"; use wider buckets there.
//!
//! | events a day | × 1.5 | × 2 | × 3 | × 5 | × 10 |
//! |---|---|---|---|---|---|
//! | 0.2 | 0.00 | 0.00 | 0.00 | 0.02 | 0.20 |
//! | 0.5 | 0.00 | 0.00 | 0.02 | 0.17 | 0.78 |
//! | 1 | 0.00 | 0.01 | 0.06 | 0.48 | 0.99 |
//! | 2 | 0.00 | 0.02 | 0.25 | 0.85 | 1.00 |
//! | 3 | 0.00 | 0.04 | 0.42 | 0.99 | 1.00 |
//! | 5 | 0.01 | 0.12 | 0.78 | 1.00 | 1.00 |
//! | 10 | 0.03 | 0.43 | 0.99 | 1.00 | 1.00 |
//! | 20 | 0.17 | 0.88 | 1.00 | 1.00 | 1.00 |
//! | 50 | 0.69 | 1.00 | 1.00 | 1.00 | 1.00 |
//! | 100 | 0.99 | 1.00 | 1.00 | 1.00 | 1.00 |

mod baseline;
mod change;
mod crisis;
mod exposure;
pub mod promotion;
mod scan;
mod series;
mod slow;
#[cfg(test)]
mod tests;
mod watch;

pub use change::{Change, ChangeKind, Scan};
pub use crisis::{CrisisLevel, CrisisLevels, LevelName};
pub use exposure::Exposure;
pub use scan::scan;
pub use series::Series;
pub use watch::{Alarm, Alarms, Watch};
