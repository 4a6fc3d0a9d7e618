//! Raw customer feedback in, explained verdicts and ranked problems out.

pub mod annotate;
pub mod case;
pub mod channel;
pub mod engine;
mod error;
pub mod feedback;
pub mod lexicon;
pub mod metrics;
pub mod priority;
pub mod report;
pub mod sla;
mod span;
pub mod taxonomy;
pub mod text;

pub use annotate::Insight;
pub use engine::Engine;
pub use error::{Error, ErrorKind, Location, Result};
pub use feedback::Feedback;
pub use span::Span;
pub use taxonomy::Taxonomy;
