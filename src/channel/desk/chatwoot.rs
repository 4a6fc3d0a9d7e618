//! Chatwoot: conversations and messages in webhooks and lists, and answers to satisfaction surveys.
//!
//! `csat_survey_response` is a CSAT on 1..5, wherever it stands: in the message that asked, in an event about it,
//! or in a list of responses. Private notes, what the system logs, and surveys that were not answered are no
//! feedback. Messages and responses have number ranges of their own, so their ids say what they are.

mod message;
mod survey;

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::record::keep;
use crate::channel::parse::talk::{Talk, custom};
use crate::channel::parse::text::{Word, attributes};
use crate::error::Result;
use crate::feedback::schema::nullable;
use crate::feedback::{Channel, Customer, Extra, Feedback, FeedbackBuilder, Source};
use message::Message;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "chatwoot",
    source: Source::CHATWOOT,
    paths: Paths { items: &["data/payload", "payload"], sides: &[] },
    marks: &[
        &["csat_survey_response", "submitted_values"],
        &["feedback_message", "rating"],
        &["message_type", "content"],
        &["contact_inbox", "can_reply"],
    ],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Conversation {
    event: Word,
    id: Word,
    #[serde(deserialize_with = "nullable")]
    messages: Vec<Message>,
    channel: Word,
    status: Word,
    priority: Word,
    meta: Meta,
    #[serde(deserialize_with = "nullable")]
    labels: Vec<String>,
    #[serde(deserialize_with = "nullable")]
    custom_attributes: Map<String, Value>,
    created_at: Word,
    updated_at: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Meta {
    sender: Option<Person>,
    assignee: Option<Person>,
    team: Option<Person>,
    channel: Word,
}

/// A contact, an agent, a team, an inbox.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Person {
    id: Word,
    name: Word,
    email: Word,
    r#type: Word,
    identifier: Word,
}

/// What tells the kinds of items apart.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Kind {
    message: Option<IgnoredAny>,
    message_type: Option<IgnoredAny>,
    content: Option<IgnoredAny>,
    content_type: Option<IgnoredAny>,
    content_attributes: Option<IgnoredAny>,
    submitted_values: Option<IgnoredAny>,
    rating: Option<IgnoredAny>,
    feedback_message: Option<IgnoredAny>,
    message_id: Option<IgnoredAny>,
    messages: Option<IgnoredAny>,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let kind: Kind = item.parse()?;
    let asked = kind.content_attributes.is_some() || kind.submitted_values.is_some();
    let said = kind.message_type.is_some() || kind.content.is_some() || kind.content_type.is_some();
    out.push(if kind.message.is_some() || (said || asked) && kind.messages.is_none() {
        message::item(item)?
    } else if kind.rating.is_some() || kind.feedback_message.is_some() || kind.message_id.is_some() {
        survey::item(item)?
    } else {
        conversation(item)?
    });
    Ok(())
}

fn conversation(item: &Item<'_>) -> Result<Feedback> {
    let conversation: Conversation = item.parse()?;
    let mut extra = Extra::default();
    let (created, updated) = (conversation.created_at.as_deref(), conversation.updated_at.as_deref());
    let builder = item.builder(conversation.id.clone().into_option()).channel(Channel::CHAT);
    let mut builder = item.clock.stamp(builder, created, updated, &mut extra);
    let mut talk = Talk::new(item.clock);
    let mut files = Vec::new();
    for message in conversation.messages.iter().filter(|message| !message.is_private()) {
        message.say(&mut talk);
        files.extend(message.files());
        if let Some(survey) = message.survey() {
            builder = survey.add(builder, &mut talk);
        }
    }
    let builder = talk.fill(builder, &mut extra).attachments(files);
    conversation.fill(builder, &mut extra).extra(extra).build()
}

impl Conversation {
    fn fill(self, builder: FeedbackBuilder, extra: &mut Extra) -> FeedbackBuilder {
        keep(extra, self.rest);
        let all = self.custom_attributes.iter().map(|(name, value)| (name.as_str(), value));
        let builder = custom(builder, "custom_", all);
        let agent = self.meta.assignee.unwrap_or_default();
        let team = self.meta.team.unwrap_or_default();
        let more = [
            ("event", self.event),
            ("via", self.channel.or(self.meta.channel)),
            ("status", self.status),
            ("priority", self.priority),
        ];
        attributes(builder, more)
            .customer(self.meta.sender.unwrap_or_default().customer())
            .agent(agent.name.or(agent.id).text())
            .team(team.name.or(team.id).text())
            .tags(self.labels)
    }
}

impl Person {
    fn customer(self) -> Customer {
        Customer {
            id: self.identifier.or(self.id).into_option(),
            name: self.name.into_option(),
            email: self.email.into_option(),
            ..Customer::default()
        }
    }
}
