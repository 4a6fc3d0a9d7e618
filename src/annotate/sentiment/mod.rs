//! How it feels: every opinion word gets its weight, the weights get the score.

mod combine;
mod comparison;
mod concession;
mod confidence;
mod contrast;
mod coordination;
mod cue;
mod excess;
mod intensity;
mod irrealis;
mod negation;
mod question;
mod report;
mod target;
mod valence;
mod verdict;

pub(crate) use combine::combine;
pub(crate) use target::resolve;
pub(crate) use valence::{Reading, Weighed, weigh};
pub(crate) use verdict::Verdict;
