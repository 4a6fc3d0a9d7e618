//! The record: one item of feedback, with every field the crate knows.
//!
//! A [`Feedback`] is built once by its [`builder`](Feedback::builder) (or read from the JSON form of
//! [`schema`]), validated there, and immutable afterwards.

mod builder;
mod channel;
mod content;
mod extra;
mod party;
mod rating;
mod reply;
pub mod schema;

pub use builder::FeedbackBuilder;
pub use channel::{Channel, Source, Touchpoint};
pub use content::{Attachment, Direction, Format, Moderation, Role, Turn, Votes};
pub use extra::Extra;
pub use party::{Customer, Order};
pub use rating::{AspectRating, Rating, RatingKind};
pub use reply::Reply;

use jiff::Timestamp;
use std::collections::BTreeMap;

/// One item of customer feedback: a review, a survey response, a ticket, a conversation, a post.
///
/// At least one of text, title, rating and turns is present. Times are instants in UTC.
///
/// ```
/// use candor::feedback::{Channel, Feedback, Rating, Source};
/// let feedback = Feedback::builder("r-17")
///     .source(Source::TAOBAO)
///     .channel(Channel::REVIEW)
///     .text("物流太慢")
///     .rating(Rating::stars(2.0)?)
///     .product("极光台灯")
///     .build()?;
/// assert_eq!(feedback.scope("product"), Some("极光台灯"));
/// assert!(Feedback::builder("empty").build().is_err());
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Feedback {
    pub(crate) id: String,
    pub(crate) source: Source,
    pub(crate) channel: Channel,
    pub(crate) parent_id: Option<String>,
    pub(crate) follow_up_of: Option<String>,
    pub(crate) touchpoint: Option<Touchpoint>,
    pub(crate) created_at: Option<Timestamp>,
    pub(crate) updated_at: Option<Timestamp>,
    pub(crate) direction: Direction,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) format: Format,
    pub(crate) turns: Vec<Turn>,
    pub(crate) rating: Option<Rating>,
    pub(crate) aspect_ratings: Vec<AspectRating>,
    pub(crate) customer: Customer,
    pub(crate) product: Option<String>,
    pub(crate) order: Option<String>,
    pub(crate) courier: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) store: Option<String>,
    pub(crate) agent: Option<String>,
    pub(crate) team: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) votes: Votes,
    pub(crate) moderation: Moderation,
    pub(crate) incentivised: bool,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) extra: Extra,
    pub(crate) generated_id: bool,
    pub(crate) encoding_repaired: bool,
}

macro_rules! optional_text {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        $($(#[$doc])* pub fn $name(&self) -> Option<&str> { self.$name.as_deref() })*
    };
}

impl Feedback {
    /// A builder for the item with this id.
    pub fn builder(id: impl Into<String>) -> FeedbackBuilder {
        FeedbackBuilder::new(id.into())
    }

    /// An item that is only a text, with the id `text`; never fails, may be empty.
    pub fn from_text(text: impl Into<String>) -> Self {
        FeedbackBuilder::new("text".to_owned()).text(text).into_unchecked()
    }

    /// Id within its source.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Vendor or system.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Kind of channel.
    pub fn channel(&self) -> &Channel {
        &self.channel
    }

    /// Step of the journey, when the source knows it.
    pub fn touchpoint(&self) -> Option<&Touchpoint> {
        self.touchpoint.as_ref()
    }

    /// When the customer wrote it.
    pub fn created_at(&self) -> Option<Timestamp> {
        self.created_at
    }

    /// When it was last edited.
    pub fn updated_at(&self) -> Option<Timestamp> {
        self.updated_at
    }

    /// Who wrote it.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// The verbatim; empty when there is none.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The title; empty when there is none.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Markup of the texts.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Messages or open answers.
    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }

    /// The rating of the whole.
    pub fn rating(&self) -> Option<&Rating> {
        self.rating.as_ref()
    }

    /// Ratings of single aspects.
    pub fn aspect_ratings(&self) -> &[AspectRating] {
        &self.aspect_ratings
    }

    /// The customer.
    pub fn customer(&self) -> &Customer {
        &self.customer
    }

    optional_text! {
        /// Thread, ticket or conversation this item belongs to.
        parent_id,
        /// The item this one appends to (追评).
        follow_up_of,
        /// Product name or number.
        product,
        /// Order number.
        order,
        /// Courier that delivered.
        courier,
        /// Region of the customer.
        region,
        /// Store or shop.
        store,
        /// Agent who served.
        agent,
        /// Team that served.
        team,
        /// Language as the source tells it (BCP 47); a hint only.
        language,
    }

    /// Tags of the source.
    pub fn tags(&self) -> &[String] {
        &self.tags
    }

    /// Votes of other customers.
    pub fn votes(&self) -> Votes {
        self.votes
    }

    /// State at the source.
    pub fn moderation(&self) -> Moderation {
        self.moderation
    }

    /// Whether the source says that the customer was rewarded for writing.
    pub fn is_incentivised(&self) -> bool {
        self.incentivised
    }

    /// Attached things, by reference.
    pub fn attachments(&self) -> &[Attachment] {
        &self.attachments
    }

    /// Attributes of the host.
    pub fn attributes(&self) -> &BTreeMap<String, String> {
        &self.attributes
    }

    /// Fields of the input that this crate does not know, kept as they came.
    pub fn extra(&self) -> &Extra {
        &self.extra
    }

    /// Whether the id was made from source and line because the input had none.
    pub fn has_generated_id(&self) -> bool {
        self.generated_id
    }

    /// Whether bytes that fit no encoding had to be replaced while reading, or text that was decoded wrongly
    /// before was mended.
    pub fn is_encoding_repaired(&self) -> bool {
        self.encoding_repaired
    }

    /// The value of a dimension by which feedback can be split: `product`, `courier`, `region`, `store`,
    /// `agent`, `team`, `channel`, `source`, `segment`, `touchpoint`, or the name of an attribute.
    pub fn scope(&self, dimension: &str) -> Option<&str> {
        match dimension {
            "product" => self.product(),
            "courier" => self.courier(),
            "region" => self.region(),
            "store" => self.store(),
            "agent" => self.agent(),
            "team" => self.team(),
            "channel" => Some(self.channel.as_str()),
            "source" => Some(self.source.as_str()),
            "segment" => self.customer.segment.as_deref(),
            "touchpoint" => self.touchpoint.as_ref().map(Touchpoint::as_str),
            other => self.attributes.get(other).map(String::as_str),
        }
    }

    /// Key under which customers are counted: the customer id, else the item itself, for a follow-up (追评) the
    /// item it appends to.
    ///
    /// ```
    /// use candor::Feedback;
    /// let first = Feedback::builder("r-1").text("很好").build()?;
    /// let later = Feedback::builder("r-1:append").follow_up_of("r-1").text("用了一周就坏了").build()?;
    /// assert_eq!(first.customer_key(), later.customer_key());
    /// # Ok::<(), candor::Error>(())
    /// ```
    pub fn customer_key(&self) -> (&str, &str) {
        match &self.customer.id {
            Some(id) => ("customer", id),
            None => (self.source.as_str(), self.follow_up_of.as_deref().unwrap_or(&self.id)),
        }
    }
}
