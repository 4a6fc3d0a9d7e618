//! Duplicates: the same text met again.

mod exact;

pub use exact::ExactIndex;
