//! The words of an item: fields, turns, attachments, and what the source says about them.

use super::schema::nullable;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Markup of the text fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Format {
    /// Plain text; stray tags and entities are still recognised.
    #[default]
    Plain,
    /// HTML.
    Html,
    /// Markdown.
    Markdown,
}

/// Who speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Role {
    /// The customer: read.
    Customer,
    /// A human agent: not read.
    Agent,
    /// A bot: not read.
    Bot,
    /// The system: not read.
    System,
    /// Not told, or a name this crate does not know: read, and the insight is flagged `role_unknown`.
    #[default]
    #[serde(other)]
    Unknown,
}

impl Role {
    /// Whether words of this role are the customer's.
    pub const fn is_read(self) -> bool {
        matches!(self, Self::Customer | Self::Unknown)
    }
}

/// One message of a conversation or one open answer of a survey.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Turn {
    /// Who speaks.
    #[serde(deserialize_with = "nullable")]
    pub role: Role,
    /// Name or id of the speaker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// When it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// The words.
    #[serde(deserialize_with = "nullable")]
    pub text: String,
    /// The survey question this answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
}

/// A reference to something attached; the crate never opens it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Image, video, file …
    pub kind: String,
    /// Where it is.
    pub url: String,
}

/// Votes of other customers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Votes {
    /// Found it helpful.
    #[serde(deserialize_with = "nullable")]
    pub up: u64,
    /// Did not.
    #[serde(deserialize_with = "nullable")]
    pub down: u64,
}

/// State of the item at its source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Moderation {
    /// Visible.
    #[default]
    Published,
    /// Hidden by the source.
    Hidden,
    /// Marked as spam by the source.
    Spam,
    /// Deleted.
    Deleted,
    /// Awaiting a decision.
    Pending,
}

/// Who wrote the item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Direction {
    /// The customer.
    #[default]
    Customer,
    /// An agent, about or to the customer.
    Agent,
    /// A bot.
    Bot,
    /// The system.
    System,
}
