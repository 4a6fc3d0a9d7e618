//! Many items → numbers with their error: satisfaction, loyalty, topics, trends, impact.
//!
//! An [`Aggregate`] takes items one by one, can be stored and merged in any order, and gives a [`Summary`].
//! Counts are integers and sums fixed-point, so that merging is exact. No number comes without its interval and
//! its n; where the data do not say, the answer is `None` or [`Direction::Unknown`].
//!
//! | Question | Start with |
//! |---|---|
//! | How are we doing? | [`Aggregate`], [`Summary`] |
//! | What has suddenly changed? | [`Aggregate::alarms`], [`alarm`] |
//! | What moves satisfaction? | [`driver::Drivers`], [`impact`] |
//! | What occurs together, and where? | [`association`] |
//! | Do customers stay? | [`loyalty::Loyalty`], [`customer::Customers`] |
//! | Does service keep its promises? | [`service::Scorecards`], [`target::Progress`] |
//! | Did a remedy help? | [`effect::measure`] |
//! | Do two groups differ? | [`compare`], [`weight`], [`multiple`] |
//!
//! Distributions (normal, Student's t, binomial, beta) come from `statrs` without its default features: the
//! most used crate for them, tested against published values, two small dependencies.

mod aggregate;
pub mod alarm;
pub mod association;
mod cell;
pub mod ces;
pub mod compare;
pub mod csat;
pub mod customer;
pub mod driver;
pub mod effect;
mod fisher;
mod hash;
mod histogram;
pub mod impact;
pub mod interval;
mod lack;
pub mod loyalty;
#[cfg(test)]
mod mergeable;
mod migrate;
mod moments;
pub mod multiple;
pub mod nps;
mod options;
mod pairs;
mod quote;
pub mod rating;
mod scope;
pub mod service;
pub mod share;
mod stance;
mod state;
mod summarise;
mod summary;
mod table;
pub mod target;
#[cfg(test)]
pub(crate) mod testing;
pub mod trend;
pub mod weight;

pub use aggregate::Aggregate;
pub(crate) use hash::stable;
pub use histogram::{Level, Levels};
pub use impact::{Basis, Impact};
pub use interval::{Confidence, Estimate};
pub use lack::Lack;
pub use moments::Moments;
pub use options::SummaryOptions;
pub use quote::Quote;
pub use rating::ScaleMean;
pub use scope::{DIMENSIONS, Scope};
pub(crate) use stance::stances;
pub use summary::{Satisfaction, ScopeSummary, Summary, TopicSummary};
pub use trend::{Direction, Trend};
