//! What moves the score: which topics and service dimensions satisfaction hangs on.
//!
//! [`Drivers`] takes items as an aggregate does and merges with others exactly. It answers in five ways:
//! how much each topic adds to or takes from the score ([`contribution`]), how closely a dimension goes along
//! with it ([`correlation`]), what one dimension does when the others stay as they are ([`regression`]), how the
//! explained part divides over dimensions that go together ([`weight`]), and where to work first
//! ([`quadrant`]). A host with numbers of its own (delivery days, waiting times) feeds a [`Sample`].
//!
//! None of this shows a cause. It shows what goes along with the score; whether a remedy helped is another
//! question, see [`effect`](super::effect).
//!
//! What needs matrices (contributions, regression, relative weights) comes with the feature `regression`; the sums
//! behind it are always kept. Matrices come from `nalgebra` without its default features: widely used, permissive, one tenth of the tree of
//! `faer`, and in this form plain scalar code, so that the same data give the same bits on every machine.

#[cfg(feature = "regression")]
pub mod contribution;
pub mod correlation;
mod drivers;
#[cfg(test)]
mod golden;
mod gram;
#[cfg(feature = "regression")]
mod matrix;
mod outcome;
pub mod quadrant;
#[cfg(feature = "regression")]
pub mod regression;
mod sample;
#[cfg(feature = "regression")]
pub mod weight;

pub use correlation::{Correlation, Joint};
pub use drivers::{Dimension, DimensionRow, Drivers};
pub use gram::Gram;
pub use sample::Sample;
