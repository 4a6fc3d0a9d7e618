//! What occurs together: topics and words in one item ([`together`]), and topics or moods with channels,
//! segments, touchpoints ([`cross`]).
//!
//! Every association carries its test, corrected for the number of tests made. What goes together need not cause
//! each other.

pub mod cross;
pub mod tables;
pub mod together;

pub use cross::{Cross, CrossCell, CrossTest};
pub use tables::{Tables, TopicCross};
pub use together::{Pair, Thing, Together};
