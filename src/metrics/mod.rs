//! Many items → numbers with their error: satisfaction, loyalty, topics, trends, impact.
//!
//! An [`Aggregate`] takes items one by one, can be stored and merged in any order, and gives a [`Summary`].
//! Counts are integers and sums fixed-point, so that merging is exact. No number comes without its interval and
//! its n; where the data do not say, the answer is `None` or [`Direction::Unknown`].
//!
//! Distributions (normal, Student's t, binomial, beta) come from `statrs` without its default features: the
//! most used crate for them, tested against published values, two small dependencies.

mod aggregate;
mod cell;
pub mod ces;
pub mod csat;
mod hash;
mod histogram;
pub mod impact;
pub mod interval;
mod migrate;
mod moments;
pub mod multiple;
pub mod nps;
mod options;
mod quote;
pub mod rating;
mod scope;
pub mod share;
mod stance;
mod state;
mod summarise;
mod summary;
mod table;
#[cfg(test)]
pub(crate) mod testing;
pub mod trend;

pub use aggregate::Aggregate;
pub use histogram::{Level, Levels};
pub use impact::{Basis, Impact};
pub use interval::{Confidence, Estimate};
pub use moments::Moments;
pub use options::SummaryOptions;
pub use quote::Quote;
pub use rating::ScaleMean;
pub use scope::{DIMENSIONS, Scope};
pub(crate) use stance::stances;
pub use summary::{Satisfaction, ScopeSummary, Summary, TopicSummary};
pub use trend::{Direction, Trend};
