//! Messages, inside a ticket or on their own.

use super::Person;
use crate::channel::parse::envelope::Item;
use crate::channel::parse::record::keep;
use crate::channel::parse::talk::{Talk, attachment};
use crate::channel::parse::text::{Word, attributes};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::schema::nullable;
use crate::feedback::{Attachment, Channel, Direction, Extra, Feedback, Format, Moderation, Role};
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Message {
    id: Word,
    ticket_id: Word,
    channel: Word,
    via: Word,
    public: Option<bool>,
    from_agent: Option<bool>,
    sender: Option<Person>,
    subject: Word,
    body_text: Word,
    body_html: Word,
    stripped_text: Word,
    stripped_html: Word,
    created_datetime: Word,
    sent_datetime: Word,
    #[serde(deserialize_with = "nullable")]
    attachments: Vec<File>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct File {
    content_type: Word,
    url: Word,
}

/// The record of a message that stands alone.
pub(super) fn item(item: &Item<'_>) -> Result<Feedback> {
    let message: Message = item.parse()?;
    if message.is_private() {
        return Err(Error::new(ErrorKind::NotFeedback, "an internal note is no feedback").at_path("/public"));
    }
    let mut extra = Extra::default();
    let id = message.id.as_deref().map(|id| format!("message:{id}"));
    let builder = item.builder(id).channel(Channel::TICKET);
    let mut builder = item
        .clock
        .stamp(builder, message.at().as_deref(), None, &mut extra)
        .parent_id(message.ticket_id.clone().text())
        .format(format(std::slice::from_ref(&message)))
        .attachments(message.files().collect());
    if message.role() == Role::Agent {
        let mut talk = Talk::new(item.clock);
        message.say(&mut talk);
        let agent = message.sender.unwrap_or_default();
        builder = talk.fill(builder, &mut extra).direction(Direction::Agent);
        builder = builder.agent(agent.email.or(agent.name).or(agent.id).text());
        builder = attributes(builder, [("subject", message.subject)]);
    } else {
        builder = builder.text(message.words().text()).title(message.subject.text());
        builder = message.sender.unwrap_or_default().fill(builder, &mut extra);
    }
    keep(&mut extra, message.rest);
    attributes(builder, [("via", message.channel), ("created_via", message.via)]).extra(extra).build()
}

/// HTML only where no message has a plain form.
pub(super) fn format(all: &[Message]) -> Format {
    let is_html = |message: &Message| message.plain().as_deref().is_none() && message.words().is_some();
    if !all.is_empty() && all.iter().all(is_html) { Format::Html } else { Format::Plain }
}

pub(super) fn moderation(spam: Option<bool>, trashed: &Word) -> Moderation {
    match spam {
        Some(true) => Moderation::Spam,
        _ if trashed.is_some() => Moderation::Deleted,
        _ => Moderation::Published,
    }
}

impl Message {
    pub(super) fn is_private(&self) -> bool {
        self.public == Some(false) || self.channel.as_deref() == Some("internal-note")
    }

    pub(super) fn say(&self, talk: &mut Talk<'_>) {
        let author = self.sender.as_ref().map(|sender| sender.name.clone().or(sender.id.clone()));
        talk.say(self.role(), author.unwrap_or_default(), &self.at(), self.words());
    }

    pub(super) fn files(&self) -> impl Iterator<Item = Attachment> {
        self.attachments.iter().filter_map(|file| attachment(&file.content_type, &file.url))
    }

    fn at(&self) -> Word {
        self.sent_datetime.clone().or(self.created_datetime.clone())
    }

    fn role(&self) -> Role {
        match self.from_agent {
            Some(true) => Role::Agent,
            Some(false) => Role::Customer,
            None => Role::Unknown,
        }
    }

    fn plain(&self) -> Word {
        self.stripped_text.clone().or(self.body_text.clone())
    }

    fn words(&self) -> Word {
        self.plain().or(self.stripped_html.clone()).or(self.body_html.clone())
    }
}
