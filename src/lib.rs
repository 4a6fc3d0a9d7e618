//! Raw customer feedback in, explained verdicts and ranked problems out.

pub mod annotate;
pub mod channel;
mod error;
pub mod feedback;
mod lexicon;
mod span;
pub mod taxonomy;

pub use annotate::Insight;
pub use error::{Error, ErrorKind, Location, Result};
pub use feedback::Feedback;
pub use span::Span;
pub use taxonomy::Taxonomy;
