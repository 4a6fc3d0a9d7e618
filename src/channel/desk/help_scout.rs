//! Help Scout: conversations, and responses to satisfaction and NPS surveys.
//!
//! The name of the answer tells the scale: Happy, Neutral, Sad are a CSAT of 3, 2, 1 on 1..3; Thumbs Up and
//! Thumbs Down one of 1 and 0 on 0..1; a category of promoters and detractors makes the value an NPS. Any other
//! number is kept without a scale, any other choice as the answer's words.

mod conversation;

use self::conversation::Person;
use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::NPS;
use crate::channel::parse::record::keep;
use crate::channel::parse::text::{Word, attributes};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{Channel, Customer, Extra, Feedback, Rating, RatingKind, Source};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "help_scout",
    source: Source::HELP_SCOUT,
    paths: Paths { items: &["responses", "_embedded/responses", "_embedded/conversations"], sides: &[] },
    // The names alone are common; answers are quoted just like names.
    marks: &[
        &["value", "comment", "timestamp", "Happy"],
        &["value", "comment", "timestamp", "Neutral"],
        &["value", "comment", "timestamp", "Sad"],
        &["value", "comment", "timestamp", "Thumbs Up"],
        &["value", "comment", "timestamp", "Thumbs Down"],
        &["value", "comment", "timestamp", "promoter"],
        &["value", "comment", "timestamp", "passive"],
        &["value", "comment", "timestamp", "detractor"],
        &["value", "comment", "timestamp", "conversationId"],
        &["mailboxId", "primaryCustomer"],
        &["mailboxId", "customerWaitingSince"],
    ],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Response {
    id: Word,
    name: Word,
    value: Word,
    category: Word,
    comment: Word,
    timestamp: Word,
    conversation_id: Word,
    customer: Option<Person>,
    user: Option<Person>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// What tells a conversation from a response.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Kind {
    subject: Option<IgnoredAny>,
    mailbox_id: Option<IgnoredAny>,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let kind: Kind = item.parse()?;
    if kind.subject.is_some() || kind.mailbox_id.is_some() {
        out.push(conversation::item(item)?);
        return Ok(());
    }
    let response: Response = item.parse()?;
    let rating = response.rating()?;
    if rating.is_none() && !response.comment.is_some() && !response.value.is_some() {
        return Err(Error::new(ErrorKind::NotFeedback, "the survey was not answered"));
    }
    let mut extra = Extra::default();
    let builder = item.builder(response.id.into_option()).channel(Channel::SURVEY);
    let mut builder = item.clock.stamp(builder, response.timestamp.as_deref(), None, &mut extra);
    // A choice in words is an answer of its own.
    let chosen = if rating.is_some() { Word::default() } else { response.value.clone() };
    let text = response.comment.or(chosen);
    if let Some(rating) = rating {
        builder = builder.rating(rating);
    }
    let (customer, user) = (response.customer.unwrap_or_default(), response.user.unwrap_or_default());
    keep(&mut extra, response.rest);
    let more =
        [("answer", response.name), ("answer_value", response.value), ("nps_group", response.category)];
    let builder = attributes(builder, more)
        .text(text.text())
        .parent_id(response.conversation_id.text())
        .agent(user.name.or(user.email).or(user.id).text())
        .customer(Customer {
            id: customer.id.into_option(),
            name: customer.name.into_option(),
            email: customer.email.into_option(),
            ..Customer::default()
        })
        .extra(extra);
    out.push(builder.build()?);
    Ok(())
}

impl Response {
    fn rating(&self) -> Result<Option<Rating>> {
        let value = self.value.as_deref().unwrap_or_default().trim();
        let group = self.category.as_deref().map(str::to_ascii_lowercase);
        if matches!(group.as_deref(), Some("promoter" | "passive" | "detractor")) {
            return NPS.read(value).map_err(|e| e.at_path("/value"));
        }
        let name = self.name.as_deref().map(str::to_ascii_lowercase).unwrap_or_default();
        let known = faces(&name).or_else(|| faces(value));
        if let Some((level, min, max)) = known {
            return Rating::new(level, min, max, RatingKind::Csat).map(Some);
        }
        value.parse().ok().map(Rating::unscaled).transpose()
    }
}

/// Level and scale of an answer's name or picture.
fn faces(answer: &str) -> Option<(f64, f64, f64)> {
    Some(match answer.trim_end_matches('\u{fe0f}') {
        "happy" | "great" | "😀" | "🙂" | "😊" => (3.0, 1.0, 3.0),
        "neutral" | "okay" | "😐" => (2.0, 1.0, 3.0),
        "sad" | "not good" | "🙁" | "☹" | "😞" => (1.0, 1.0, 3.0),
        "thumbs up" | "👍" => (1.0, 0.0, 1.0),
        "thumbs down" | "👎" => (0.0, 0.0, 1.0),
        _ => return None,
    })
}
