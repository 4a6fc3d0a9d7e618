//! One item's words → its [`Insight`]: sentiment, opinions, topics, intents, severity, urgency, churn.
//!
//! One file a question. Reading goes field by field: clean, find the listed words in one pass, cut into
//! clauses, weigh each opinion word with its modifiers, attach it to what it is about; then the item as a
//! whole gets its score, topics, intents, severity, urgency and churn risk.

mod abstain;
mod aspect;
mod catalog;
mod churn;
mod clause;
mod conflict;
mod constants;
mod cue;
mod effort;
mod emotion;
mod explain;
mod insight;
mod intent;
mod label;
mod language;
mod migrate;
mod read;
mod reason;
mod ruling;
mod sarcasm;
mod sentiment;
mod severity;
mod target;
mod topic;
mod urgency;
mod wire;

pub(crate) use catalog::Catalog;
pub(crate) use constants::Constants;
pub use explain::Explanation;
pub use insight::{Field, Firing, Insight, Opinion, Sentiment, Step, StepKind, TopicMention};
pub use label::{
    Abstention, Consequence, EffortLevel, Emotion, Flag, Hassle, Intent, LabelSet, Language, Polarity,
    SeverityLevel, Urgency,
};
pub(crate) use language::is_brought;
pub use migrate::migrate;
pub(crate) use read::{Depth, Workspace, fields, known_by, known_here, read, read_text};
pub use reason::{Effort, Reason, Severity};
pub use ruling::RuleMatch;
pub(crate) use ruling::{Outcome, Ruling};
pub(crate) use target::PhraseWords;
pub use wire::{EvidenceLimit, INSIGHT_SCHEMA, WireInsight};
