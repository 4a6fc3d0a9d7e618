//! How it feels: every opinion word gets its weight, the weights get the score.

mod combine;
mod contrast;
mod intensity;
mod irrealis;
mod negation;
mod target;
mod valence;

pub(crate) use combine::combine;
pub(crate) use target::resolve;
pub(crate) use valence::{Reading, Weighed, weigh};
