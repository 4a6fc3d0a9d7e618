//! Conversations: what was written to a ticket after its description.

use super::{File, files};
use crate::channel::parse::envelope::Item;
use crate::channel::parse::record::keep;
use crate::channel::parse::talk::Talk;
use crate::channel::parse::text::{Word, attributes};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::schema::nullable;
use crate::feedback::{Channel, Customer, Direction, Extra, Feedback, Format, Role};
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Reply {
    id: Word,
    ticket_id: Word,
    user_id: Word,
    from_email: Word,
    body: Word,
    body_text: Word,
    incoming: Option<bool>,
    private: Option<bool>,
    source: Word,
    created_at: Word,
    updated_at: Word,
    #[serde(deserialize_with = "nullable")]
    attachments: Vec<File>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// The record of a conversation that stands alone.
pub(super) fn item(item: &Item<'_>) -> Result<Feedback> {
    let reply: Reply = item.parse()?;
    if reply.private == Some(true) {
        return Err(Error::new(ErrorKind::NotFeedback, "a private note is no feedback").at_path("/private"));
    }
    let mut extra = Extra::default();
    let id = reply.id.as_deref().map(|id| format!("conversation:{id}"));
    let builder = item.builder(id).channel(Channel::TICKET);
    let mut builder = item
        .clock
        .stamp(builder, reply.created_at.as_deref(), reply.updated_at.as_deref(), &mut extra)
        .parent_id(reply.ticket_id.clone().text())
        .format(if reply.body_text.is_some() { Format::Plain } else { Format::Html })
        .attachments(files(&reply.attachments));
    if reply.role() == Role::Agent {
        let mut talk = Talk::new(item.clock);
        reply.say(&mut talk);
        builder = talk.fill(builder, &mut extra).direction(Direction::Agent);
        builder = builder.agent(reply.user_id.clone().text());
    } else {
        builder = builder.text(reply.words().text()).customer(reply.customer());
    }
    keep(&mut extra, reply.rest);
    attributes(builder, [("conversation_source", reply.source)]).extra(extra).build()
}

impl Reply {
    /// Adds the message, unless it is a private note.
    pub(super) fn say(&self, talk: &mut Talk<'_>) {
        if self.private != Some(true) {
            talk.say(self.role(), self.user_id.clone(), &self.created_at, self.words());
        }
    }

    fn role(&self) -> Role {
        match self.incoming {
            Some(true) => Role::Customer,
            Some(false) => Role::Agent,
            None => Role::Unknown,
        }
    }

    fn words(&self) -> Word {
        self.body_text.clone().or(self.body.clone())
    }

    /// The sender, whose address is `Name <local@host>` or bare.
    fn customer(&self) -> Customer {
        let from = self.from_email.as_deref().unwrap_or_default();
        let (name, email) = from.rsplit_once('<').unwrap_or(("", from));
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Customer {
            id: self.user_id.clone().into_option(),
            name: some(name.trim().trim_matches('"')),
            email: some(email.trim_end().trim_end_matches('>')),
            ..Customer::default()
        }
    }
}
