//! Building and validating a record.

use super::{
    AspectRating, Attachment, Channel, Customer, Direction, Extra, Feedback, Format, Moderation, Rating,
    Source, Touchpoint, Turn, Votes,
};
use crate::error::{Error, ErrorKind, Result};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Builds a [`Feedback`]; all checks run in [`build`](FeedbackBuilder::build).
///
/// ```
/// use candor::feedback::{Feedback, Role, Turn};
/// let chat = Feedback::builder("chat-3")
///     .turn(Turn { role: Role::Agent, text: "How can I help?".into(), ..Turn::default() })
///     .turn(Turn { role: Role::Customer, text: "My parcel is late".into(), ..Turn::default() })
///     .attribute("campaign", "spring")
///     .build()?;
/// assert_eq!(chat.turns().len(), 2);
/// assert_eq!(chat.scope("campaign"), Some("spring"));
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "call `build` to get the record"]
pub struct FeedbackBuilder(
    /// Boxed because every setter hands the builder on.
    Box<Feedback>,
);

macro_rules! setters {
    (text: $($(#[$tdoc:meta])* $tname:ident,)* ; optional: $($(#[$odoc:meta])* $oname:ident,)* ; value: $($(#[$vdoc:meta])* $vname:ident: $type:ty,)*) => {
        $($(#[$tdoc])* pub fn $tname(mut self, value: impl Into<String>) -> Self { self.0.$tname = value.into(); self })*
        $($(#[$odoc])* pub fn $oname(mut self, value: impl Into<String>) -> Self { self.0.$oname = some(value.into()); self })*
        $($(#[$vdoc])* pub fn $vname(mut self, value: $type) -> Self { self.0.$vname = value; self })*
    };
}

impl FeedbackBuilder {
    pub(super) fn new(id: String) -> Self {
        Self(Box::new(Feedback {
            id,
            source: Source::HOST,
            channel: Channel::REVIEW,
            parent_id: None,
            follow_up_of: None,
            touchpoint: None,
            created_at: None,
            updated_at: None,
            direction: Direction::Customer,
            title: String::new(),
            text: String::new(),
            format: Format::Plain,
            turns: Vec::new(),
            rating: None,
            aspect_ratings: Vec::new(),
            customer: Customer::default(),
            product: None,
            order: None,
            courier: None,
            region: None,
            store: None,
            agent: None,
            team: None,
            language: None,
            tags: Vec::new(),
            votes: Votes::default(),
            moderation: Moderation::Published,
            incentivised: false,
            attachments: Vec::new(),
            attributes: BTreeMap::new(),
            extra: Extra::default(),
            generated_id: false,
            encoding_repaired: false,
        }))
    }

    setters! {
        text:
        /// The verbatim.
        text,
        /// The title.
        title,
        ;
        optional:
        /// Thread, ticket or conversation.
        parent_id,
        /// The item this one appends to (追评).
        follow_up_of,
        /// Product name or number.
        product,
        /// Order number.
        order,
        /// Courier.
        courier,
        /// Region of the customer.
        region,
        /// Store or shop.
        store,
        /// Agent who served.
        agent,
        /// Team that served.
        team,
        /// Language hint (BCP 47).
        language,
        ;
        value:
        /// Vendor or system.
        source: Source,
        /// Kind of channel.
        channel: Channel,
        /// Markup of the texts.
        format: Format,
        /// Who wrote it.
        direction: Direction,
        /// State at the source.
        moderation: Moderation,
        /// Whether the customer was rewarded for writing.
        incentivised: bool,
        /// The customer.
        customer: Customer,
        /// Messages or open answers.
        turns: Vec<Turn>,
        /// Tags of the source.
        tags: Vec<String>,
        /// Votes of other customers.
        votes: Votes,
        /// Attached things.
        attachments: Vec<Attachment>,
        /// Fields the crate does not know.
        extra: Extra,
        /// Ratings of single aspects.
        aspect_ratings: Vec<AspectRating>,
    }

    /// Step of the journey.
    pub fn touchpoint(mut self, value: Touchpoint) -> Self {
        self.0.touchpoint = Some(value);
        self
    }

    /// When the customer wrote it.
    pub fn created_at(mut self, at: Timestamp) -> Self {
        self.0.created_at = Some(at);
        self
    }

    /// When it was last edited.
    pub fn updated_at(mut self, at: Timestamp) -> Self {
        self.0.updated_at = Some(at);
        self
    }

    /// The rating of the whole.
    pub fn rating(mut self, rating: Rating) -> Self {
        self.0.rating = Some(rating);
        self
    }

    /// Adds one message or open answer.
    pub fn turn(mut self, turn: Turn) -> Self {
        self.0.turns.push(turn);
        self
    }

    /// Sets one attribute.
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.attributes.insert(name.into(), value.into());
        self
    }

    /// Marks the id as made up by an adapter.
    #[cfg_attr(not(all(feature = "json", feature = "csv")), allow(dead_code, reason = "adapters use it"))]
    pub(crate) fn generated_id(mut self, generated: bool) -> Self {
        self.0.generated_id = generated;
        self
    }

    /// Marks the text as repaired while decoding.
    #[cfg_attr(not(all(feature = "json", feature = "csv")), allow(dead_code, reason = "adapters use it"))]
    pub(crate) fn encoding_repaired(mut self, repaired: bool) -> Self {
        self.0.encoding_repaired = repaired;
        self
    }

    /// Checks the record and returns it.
    ///
    /// # Errors
    /// [`ErrorKind::Missing`] when the id is empty or none of text, title, rating and turns is there;
    /// [`ErrorKind::Limit`] when a field is longer than 4 GiB (spans are 32-bit);
    /// [`ErrorKind::OutOfRange`] when a customer value is not finite.
    pub fn build(self) -> Result<Feedback> {
        self.0.check()?;
        Ok(*self.0)
    }

    pub(super) fn into_unchecked(self) -> Feedback {
        *self.0
    }
}

impl Feedback {
    /// The checks of [`FeedbackBuilder::build`].
    pub(super) fn check(&self) -> Result<()> {
        if self.id.trim().is_empty() {
            return Err(Error::new(ErrorKind::Missing, "the item has no id").at_path("/id"));
        }
        if self.text.is_empty() && self.title.is_empty() && self.rating.is_none() && self.turns.is_empty() {
            return Err(Error::new(ErrorKind::Missing, "the item has none of text, title, rating, turns"));
        }
        let fields =
            [self.text.len(), self.title.len()].into_iter().chain(self.turns.iter().map(|t| t.text.len()));
        if fields.max().unwrap_or_default() > u32::MAX as usize {
            return Err(Error::new(ErrorKind::Limit, "a text is longer than 4 GiB"));
        }
        let money = self.customer.orders.iter().map(|o| o.value).chain(self.customer.lifetime_value);
        if money.into_iter().any(|v| !v.is_finite()) {
            return Err(
                Error::new(ErrorKind::OutOfRange, "an order value is not finite").at_path("/customer")
            );
        }
        Ok(())
    }
}

/// Blank strings count as absent.
fn some(value: String) -> Option<String> {
    (!value.trim().is_empty()).then_some(value)
}
