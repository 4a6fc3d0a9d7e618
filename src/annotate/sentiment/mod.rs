//! How it feels: every opinion word gets its weight, the weights get the score.

mod combine;
mod concession;
mod contrast;
mod coordination;
mod intensity;
mod irrealis;
mod negation;
mod valence;

pub(crate) use combine::combine;
pub(crate) use valence::{Reading, Weighed, weigh};
