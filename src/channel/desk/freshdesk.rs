//! Freshdesk: tickets (with their conversations as turns where they are embedded), single conversations, and
//! satisfaction ratings.
//!
//! The plain twin of a body is taken where there is one. Private notes are no feedback. The numbers of a rating
//! are codes, not a scale: 103, 102, 101 for three levels of happy, 100 for neutral, -101, -102, -103 for three
//! levels of unhappy; they become a CSAT of 7 to 1 on 1..7. Conversations and ratings have number ranges of their
//! own, so their ids say what they are.

mod rating;
mod reply;

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::record::keep;
use crate::channel::parse::talk::{Talk, attachment, custom, flat};
use crate::channel::parse::text::{Word, attributes};
use crate::error::Result;
use crate::feedback::schema::nullable;
use crate::feedback::{
    Attachment, Channel, Customer, Extra, Feedback, FeedbackBuilder, Format, Moderation, Source,
};
use reply::Reply;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "freshdesk",
    source: Source::FRESHDESK,
    paths: Paths { items: &["results"], sides: &[] },
    marks: &[
        &["requester_id", "responder_id", "description_text"],
        &["fr_escalated", "requester_id"],
        &["body_text", "incoming"],
        &["survey_id", "ratings", "ticket_id"],
    ],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Ticket {
    id: Word,
    subject: Word,
    description: Word,
    description_text: Word,
    status: Word,
    priority: Word,
    source: Word,
    r#type: Word,
    created_at: Word,
    updated_at: Word,
    requester_id: Word,
    requester: Option<Requester>,
    responder_id: Word,
    group_id: Word,
    company_id: Word,
    product_id: Word,
    is_escalated: Word,
    fr_escalated: Word,
    spam: Option<bool>,
    deleted: Option<bool>,
    #[serde(deserialize_with = "nullable")]
    tags: Vec<String>,
    custom_fields: Value,
    #[serde(deserialize_with = "nullable")]
    attachments: Vec<File>,
    #[serde(deserialize_with = "nullable")]
    conversations: Vec<Reply>,
    /// Said by `status` and `priority` already.
    #[serde(rename = "status_name")]
    _status_name: IgnoredAny,
    #[serde(rename = "priority_name")]
    _priority_name: IgnoredAny,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Requester {
    id: Word,
    name: Word,
    email: Word,
    phone: Word,
    mobile: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct File {
    content_type: Word,
    attachment_url: Word,
}

/// What tells the three kinds of items apart.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Kind {
    subject: Option<IgnoredAny>,
    ratings: Option<IgnoredAny>,
    incoming: Option<IgnoredAny>,
    ticket_id: Option<IgnoredAny>,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let kind: Kind = item.parse()?;
    out.push(match (kind.subject, kind.ticket_id) {
        (None, Some(_)) if kind.ratings.is_some() => rating::item(item)?,
        (None, Some(_)) => reply::item(item)?,
        (None, None) if kind.incoming.is_some() => reply::item(item)?,
        _ => ticket(item)?,
    });
    Ok(())
}

fn ticket(item: &Item<'_>) -> Result<Feedback> {
    let ticket: Ticket = item.parse()?;
    let mut extra = Extra::default();
    let builder = item.builder(ticket.id.clone().into_option()).channel(Channel::TICKET);
    let builder =
        item.clock.stamp(builder, ticket.created_at.as_deref(), ticket.updated_at.as_deref(), &mut extra);
    let mut talk = Talk::new(item.clock);
    for reply in &ticket.conversations {
        reply.say(&mut talk);
    }
    let builder = talk.fill(builder, &mut extra);
    ticket.fill(builder, &mut extra).extra(extra).build()
}

impl Ticket {
    fn fill(mut self, builder: FeedbackBuilder, extra: &mut Extra) -> FeedbackBuilder {
        let is_html = self.description_text.as_deref().is_none() && self.description.is_some();
        let moderation = match (self.spam, self.deleted) {
            (_, Some(true)) => Moderation::Deleted,
            (Some(true), _) => Moderation::Spam,
            _ => Moderation::Published,
        };
        let requester = self.requester.take().unwrap_or_default();
        let builder = fields(builder, &self.custom_fields)
            .title(std::mem::take(&mut self.subject).text())
            .text(self.description_text.clone().or(self.description.clone()).text())
            .format(if is_html { Format::Html } else { Format::Plain })
            .agent(self.responder_id.clone().text())
            .team(self.group_id.clone().text())
            .tags(std::mem::take(&mut self.tags))
            .attachments(files(&self.attachments))
            .moderation(moderation)
            .customer(Customer {
                id: self.requester_id.clone().or(requester.id).into_option(),
                name: requester.name.into_option(),
                email: requester.email.into_option(),
                ..Customer::default()
            });
        let builder = attributes(builder, [("phone", requester.phone.or(requester.mobile))]);
        self.rest(builder, extra)
    }

    fn rest(self, builder: FeedbackBuilder, extra: &mut Extra) -> FeedbackBuilder {
        keep(extra, self.rest);
        let named = |word: &Word, names: &[(&str, &'static str)]| {
            let name = names.iter().find(|(code, _)| word.as_deref() == Some(code));
            name.map_or_else(|| word.clone(), |(_, name)| Word::from(*name))
        };
        let more = [
            ("via", named(&self.source, SOURCES)),
            ("status", named(&self.status, STATUS)),
            ("priority", named(&self.priority, PRIORITY)),
            ("type", self.r#type),
            ("company_id", self.company_id),
            ("product_id", self.product_id),
            ("is_escalated", self.is_escalated),
            ("fr_escalated", self.fr_escalated),
        ];
        attributes(builder, more)
    }
}

/// Codes with a meaning of their own; what an account adds stays a number.
const SOURCES: &[(&str, &str)] = &[
    ("1", "email"),
    ("2", "portal"),
    ("3", "phone"),
    ("7", "chat"),
    ("9", "feedback_widget"),
    ("10", "outbound_email"),
];
const STATUS: &[(&str, &str)] = &[("2", "open"), ("3", "pending"), ("4", "resolved"), ("5", "closed")];
const PRIORITY: &[(&str, &str)] = &[("1", "low"), ("2", "medium"), ("3", "high"), ("4", "urgent")];

/// The fields of an account: an object, or pairs of name and value.
fn fields(builder: FeedbackBuilder, all: &Value) -> FeedbackBuilder {
    match all {
        Value::Object(all) => {
            custom(builder, "custom_", all.iter().map(|(name, value)| (name.as_str(), value)))
        }
        Value::Array(all) => all.iter().fold(builder, |builder, field| {
            let named = |part| field.get(part).and_then(flat);
            match (named("name"), named("value")) {
                (Some(name), Some(value)) => builder.attribute(format!("custom_{name}"), value),
                _ => builder,
            }
        }),
        _ => builder,
    }
}

fn files(all: &[File]) -> Vec<Attachment> {
    all.iter().filter_map(|file| attachment(&file.content_type, &file.attachment_url)).collect()
}
