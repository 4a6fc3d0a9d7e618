//! What first: problems ranked by a score that can be taken apart.
//!
//! An issue is a topic in the scope that explains it. Its score is 100 times the weighted mean of the terms in
//! [`TermName`], each 0..1 and defined in its own file with its source. Product scores (reach × impact ×
//! confidence, as RICE or the risk priority number) multiply their errors; here shares enter by the lower end of
//! their interval and on a log scale, where a sum ranks like a product: volume × importance. What must never
//! wait (safety, privacy, fraud, law) ranks first whatever its score.

mod facts;
mod first;
mod model;
mod ranked;
mod scope;
mod term;
mod whatif;

pub use facts::Facts;
pub use model::{Model, ModelBuilder};
pub use ranked::{Ranked, Term};
pub use term::{Measured, TermName};
pub use whatif::{Move, moves, tipping_factor};
