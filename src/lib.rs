//! Raw customer feedback in, explained verdicts and ranked problems out.

pub mod annotate;
pub mod engine;
mod error;
pub mod feedback;
pub mod lexicon;
mod span;
pub mod taxonomy;
pub mod text;

pub use annotate::Insight;
pub use engine::Engine;
pub use error::{Error, ErrorKind, Location, Result};
pub use feedback::Feedback;
pub use span::Span;
pub use taxonomy::Taxonomy;
