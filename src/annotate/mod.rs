//! One item's words → its [`Insight`]: sentiment, opinions, topics, intents, severity, urgency, churn.

mod catalog;
mod insight;
mod label;

pub(crate) use catalog::Catalog;
pub use insight::{Field, Firing, Insight, Opinion, Sentiment, Severity, Step, StepKind, TopicMention};
pub use label::{
    Abstention, Emotion, Flag, Intent, LabelSet, Language, Polarity, SeverityLevel, Urgency,
};
