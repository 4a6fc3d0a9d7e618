//! The private struct that has exactly the fields of the JSON form.

use super::rating::{Scale, WireAspect, WireRating};
use super::{Fallback, VERSION};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{
    Attachment, Channel, Customer, Direction, Extra, Feedback, Format, Moderation, Source, Touchpoint, Turn,
    Votes,
};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;

macro_rules! wire {
    ($($name:ident: $type:ty,)*) => {
        /// Every field is optional: absent and `null` are the same.
        #[derive(Serialize, Deserialize)]
        #[serde(expecting = "an object")]
        pub(super) struct Wire {
            $(#[serde(skip_serializing_if = "Option::is_none")] $name: Option<$type>,)*
            #[serde(flatten)]
            rest: Map<String, Value>,
        }

        /// Names of the fields, in the order they are written.
        pub(super) const FIELDS: &[&str] = &[$(stringify!($name)),*];
    };
}

wire! {
    schema: u32,
    id: Label,
    source: String,
    parent_id: Label,
    channel: String,
    touchpoint: String,
    created_at: Timestamp,
    updated_at: Timestamp,
    direction: Direction,
    text: String,
    title: String,
    format: Format,
    turns: Vec<Turn>,
    rating: WireRating,
    rating_scale: Scale,
    aspect_ratings: Vec<WireAspect>,
    customer: Customer,
    product: Label,
    order: Label,
    courier: Label,
    region: Label,
    store: Label,
    agent: Label,
    team: Label,
    language: String,
    tags: Vec<Label>,
    votes: Votes,
    moderation: Moderation,
    incentivised: bool,
    attachments: Vec<Attachment>,
    follow_up_of: Label,
    attributes: BTreeMap<String, Option<Label>>,
    generated_id: bool,
    encoding_repaired: bool,
    extra: Map<String, Value>,
}

impl Wire {
    #[expect(clippy::too_many_lines, reason = "one line a field")]
    pub(super) fn into_feedback(self, fallback: Fallback) -> Result<Feedback> {
        check_version(self.schema)?;
        let own_id = text(self.id);
        let generated_id = own_id.is_none() && fallback.id.is_some() || self.generated_id.unwrap_or_default();
        let mut extra = self.rest;
        extra.extend(self.extra.unwrap_or_default());
        let feedback = Feedback {
            id: own_id.or(fallback.id).unwrap_or_default(),
            source: text(self.source).map_or(fallback.source, Source::new),
            channel: text(self.channel).map_or(Channel::REVIEW, Channel::new),
            parent_id: text(self.parent_id),
            follow_up_of: text(self.follow_up_of),
            touchpoint: text(self.touchpoint).map(Touchpoint::new),
            created_at: self.created_at,
            updated_at: self.updated_at,
            direction: self.direction.unwrap_or_default(),
            title: self.title.unwrap_or_default(),
            text: self.text.unwrap_or_default(),
            format: self.format.unwrap_or_default(),
            turns: self.turns.unwrap_or_default(),
            rating: self.rating.map(|r| r.on(self.rating_scale)).transpose().map_err(at("/rating"))?,
            aspect_ratings: aspects(self.aspect_ratings.unwrap_or_default())?,
            customer: self.customer.unwrap_or_default(),
            product: text(self.product),
            order: text(self.order),
            courier: text(self.courier),
            region: text(self.region),
            store: text(self.store),
            agent: text(self.agent),
            team: text(self.team),
            language: text(self.language),
            tags: self.tags.unwrap_or_default().into_iter().map(String::from).collect(),
            votes: self.votes.unwrap_or_default(),
            moderation: self.moderation.unwrap_or_default(),
            incentivised: self.incentivised.unwrap_or_default(),
            attachments: self.attachments.unwrap_or_default(),
            attributes: present(self.attributes.unwrap_or_default()),
            extra: extra.into_iter().collect(),
            generated_id,
            encoding_repaired: self.encoding_repaired.unwrap_or_default(),
        };
        feedback.check()?;
        Ok(feedback)
    }
}

impl From<Feedback> for Wire {
    #[expect(clippy::too_many_lines, reason = "one line a field")]
    fn from(f: Feedback) -> Self {
        let (extra, rest) = split_extra(f.extra);
        Self {
            schema: Some(VERSION),
            id: Some(Label(f.id)),
            source: Some(f.source.as_str().to_owned()),
            parent_id: f.parent_id.map(Label),
            channel: Some(f.channel.as_str().to_owned()),
            touchpoint: f.touchpoint.map(|t| t.as_str().to_owned()),
            created_at: f.created_at,
            updated_at: f.updated_at,
            direction: unless_default(f.direction),
            text: unless_default(f.text),
            title: unless_default(f.title),
            format: unless_default(f.format),
            turns: unless_default(f.turns),
            rating: f.rating.map(WireRating::from),
            rating_scale: None,
            aspect_ratings: unless_default(f.aspect_ratings)
                .map(|all| all.into_iter().map(WireAspect::from).collect()),
            customer: unless_default(f.customer),
            product: f.product.map(Label),
            order: f.order.map(Label),
            courier: f.courier.map(Label),
            region: f.region.map(Label),
            store: f.store.map(Label),
            agent: f.agent.map(Label),
            team: f.team.map(Label),
            language: f.language,
            tags: unless_default(f.tags).map(|tags| tags.into_iter().map(Label).collect()),
            votes: unless_default(f.votes),
            moderation: unless_default(f.moderation),
            incentivised: unless_default(f.incentivised),
            attachments: unless_default(f.attachments),
            follow_up_of: f.follow_up_of.map(Label),
            attributes: unless_default(f.attributes)
                .map(|all| all.into_iter().map(|(name, value)| (name, Some(Label(value)))).collect()),
            generated_id: unless_default(f.generated_id),
            encoding_repaired: unless_default(f.encoding_repaired),
            extra,
            rest,
        }
    }
}

fn check_version(schema: Option<u32>) -> Result<()> {
    match schema.unwrap_or(VERSION) {
        VERSION => Ok(()),
        other => {
            let message = format!("schema {other} is not supported; this version reads schema {VERSION}");
            Err(Error::new(ErrorKind::Incompatible, message).at_path("/schema"))
        }
    }
}

fn aspects(all: Vec<WireAspect>) -> Result<Vec<crate::feedback::AspectRating>> {
    all.into_iter()
        .enumerate()
        .map(|(i, aspect)| aspect.resolve().map_err(|e| e.at_path(format!("/aspect_ratings/{i}/rating"))))
        .collect()
}

fn at(path: &'static str) -> impl Fn(Error) -> Error {
    move |e| e.at_path(path)
}

/// Blank strings count as absent, as in the builder.
fn text(value: Option<impl Into<String>>) -> Option<String> {
    value.map(Into::into).filter(|s| !s.trim().is_empty())
}

fn unless_default<T: Default + PartialEq>(value: T) -> Option<T> {
    (value != T::default()).then_some(value)
}

fn present(attributes: BTreeMap<String, Option<Label>>) -> BTreeMap<String, String> {
    attributes.into_iter().filter_map(|(name, value)| Some((name, value?.into()))).collect()
}

/// Fields whose names are taken go under `extra`, all others to the top level.
fn split_extra(extra: Extra) -> (Option<Map<String, Value>>, Map<String, Value>) {
    let (taken, free): (Map<_, _>, Map<_, _>) =
        extra.into_iter().partition(|(name, _)| FIELDS.contains(&name.as_str()));
    (unless_default(taken), free)
}

/// A string that may be given as a whole number.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct Label(String);

impl From<Label> for String {
    fn from(label: Label) -> Self {
        label.0
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Label;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or a whole number")
            }

            fn visit_str<E>(self, value: &str) -> Result<Label, E> {
                Ok(Label(value.to_owned()))
            }

            fn visit_string<E>(self, value: String) -> Result<Label, E> {
                Ok(Label(value))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Label, E> {
                Ok(Label(value.to_string()))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Label, E> {
                Ok(Label(value.to_string()))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
