//! Messages, inside a conversation, in an event, or in a list.

use super::survey::Survey;
use super::{Meta, Person};
use crate::channel::parse::envelope::Item;
use crate::channel::parse::record::keep;
use crate::channel::parse::talk::{Talk, attachment};
use crate::channel::parse::text::{Word, attributes};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::schema::nullable;
use crate::feedback::{Attachment, Channel, Customer, Direction, Extra, Feedback, Role};
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Message {
    event: Word,
    #[serde(rename = "message")]
    wrapped: Option<Box<Message>>,
    id: Word,
    content: Word,
    #[serde(rename = "message_type")]
    kind: Word,
    content_type: Word,
    private: Option<bool>,
    created_at: Word,
    sender: Option<Person>,
    inbox: Option<Person>,
    conversation: Option<Around>,
    conversation_id: Word,
    content_attributes: Option<Asked>,
    submitted_values: Option<Submitted>,
    #[serde(deserialize_with = "nullable")]
    attachments: Vec<File>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// The conversation that an event names.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Around {
    #[serde(alias = "display_id")]
    id: Word,
    channel: Word,
    status: Word,
    meta: Option<Meta>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Asked {
    submitted_values: Option<Submitted>,
}

/// What a form brought: an object, or a list of answers.
#[derive(Deserialize)]
#[serde(untagged)]
enum Submitted {
    Survey { csat_survey_response: Survey },
    Other(#[allow(dead_code, reason = "forms of other kinds are not read")] Value),
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct File {
    file_type: Word,
    data_url: Word,
}

/// The record of a message that stands alone, or of the survey that it asks.
pub(super) fn item(item: &Item<'_>) -> Result<Feedback> {
    let mut message = item.parse::<Message>()?.content();
    message.check()?;
    let mut extra = Extra::default();
    let survey = message.survey().is_some();
    let prefix = if survey { "survey" } else { "message" };
    let id = message.id.as_deref().map(|id| format!("{prefix}:{id}"));
    let builder = item.builder(id).channel(if survey { Channel::SURVEY } else { Channel::CHAT });
    let mut builder = item.clock.stamp(builder, message.created_at.as_deref(), None, &mut extra);
    let mut talk = Talk::new(item.clock);
    match (message.survey(), message.role()) {
        (Some(survey), _) => builder = survey.add(builder, &mut talk),
        (None, Role::Customer | Role::Unknown) => builder = builder.text(message.content.clone().text()),
        (None, role) => {
            message.say(&mut talk);
            builder = builder.direction(if role == Role::Bot { Direction::Bot } else { Direction::Agent });
        }
    }
    let builder = talk.fill(builder, &mut extra).customer(message.customer());
    let around = message.conversation.take().unwrap_or_default();
    let assignee = around.meta.and_then(|meta| meta.assignee).unwrap_or_default();
    let files = message.files().collect();
    let inbox = message.inbox.unwrap_or_default();
    keep(&mut extra, message.rest);
    let more = [
        ("event", message.event),
        ("via", around.channel),
        ("status", around.status),
        ("inbox", inbox.name.or(inbox.id)),
    ];
    attributes(builder, more)
        .parent_id(message.conversation_id.or(around.id).text())
        .agent(assignee.name.or(assignee.id).text())
        .attachments(files)
        .extra(extra)
        .build()
}

impl Message {
    /// The message itself where it stands inside an event.
    fn content(mut self) -> Self {
        let Some(inner) = self.wrapped.take() else { return self };
        Self {
            event: inner.event.clone().or(self.event),
            conversation_id: inner.conversation_id.clone().or(self.conversation_id),
            conversation: inner.conversation.or(self.conversation),
            ..*inner
        }
    }

    fn check(&self) -> Result<()> {
        let refuse = |message: &str| Err(Error::new(ErrorKind::NotFeedback, message));
        match self.content_type.as_deref() {
            _ if self.private == Some(true) => refuse("a private note is no feedback"),
            Some("input_csat") if self.survey().is_none() => refuse("the survey was not answered"),
            _ if self.role() == Role::System => refuse("what the system logs is no feedback"),
            _ => Ok(()),
        }
    }

    pub(super) fn is_private(&self) -> bool {
        self.private == Some(true)
    }

    pub(super) fn say(&self, talk: &mut Talk<'_>) {
        let sender = self.sender.as_ref().map(|sender| sender.name.clone().or(sender.id.clone()));
        talk.say(self.role(), sender.unwrap_or_default(), &self.created_at, self.content.clone());
    }

    pub(super) fn files(&self) -> impl Iterator<Item = Attachment> {
        self.attachments.iter().filter_map(|file| attachment(&file.file_type, &file.data_url))
    }

    pub(super) fn survey(&self) -> Option<&Survey> {
        let asked = self.content_attributes.as_ref().and_then(|asked| asked.submitted_values.as_ref());
        match asked.or(self.submitted_values.as_ref())? {
            Submitted::Survey { csat_survey_response } => Some(csat_survey_response),
            Submitted::Other(_) => None,
        }
    }

    /// By the kind of message, a word or a number; else by who sent it.
    fn role(&self) -> Role {
        let sender = self.sender.as_ref().and_then(|sender| sender.r#type.as_deref());
        match (self.kind.as_deref(), sender) {
            (Some("incoming" | "0"), _) | (None, Some("contact")) => Role::Customer,
            (Some("template" | "3"), _) | (_, Some("agent_bot" | "captain_assistant")) => Role::Bot,
            (Some("outgoing" | "1"), _) | (None, Some("user")) => Role::Agent,
            (Some("activity" | "2"), _) => Role::System,
            _ => Role::Unknown,
        }
    }

    /// The sender of a customer's message, else the contact of the conversation.
    fn customer(&mut self) -> Customer {
        let own = matches!(self.role(), Role::Customer | Role::Unknown);
        let around = self.conversation.as_mut().and_then(|around| around.meta.as_mut()?.sender.take());
        let sender = if own { self.sender.take() } else { None };
        sender.or(around).unwrap_or_default().customer()
    }
}
