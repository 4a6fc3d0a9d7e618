//! tawk.to: webhooks of chats that began, transcripts, and tickets.
//!
//! A chat keeps its id, so that its transcript takes the place of its first message. The end of a chat brings no
//! words. The property is the site that the chat was on.

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::record::{keep, keep_in};
use crate::channel::parse::talk::{Talk, attachment};
use crate::channel::parse::text::{Word, attributes};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::schema::nullable;
use crate::feedback::{Attachment, Channel, Customer, Extra, Feedback, FeedbackBuilder, Role, Source};
use serde::Deserialize;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "tawk",
    source: Source::TAWK,
    paths: Paths { items: &[], sides: &[] },
    marks: &[&["chatId", "visitor"], &["property", "visitor"], &["humanId", "requester"]],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Hook {
    event: Word,
    time: Word,
    chat_id: Word,
    property: Option<Property>,
    message: Option<Message>,
    visitor: Option<Visitor>,
    chat: Option<Chat>,
    ticket: Option<Ticket>,
    requester: Option<Visitor>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Property {
    id: Word,
    name: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Chat {
    id: Word,
    visitor: Option<Visitor>,
    #[serde(deserialize_with = "nullable")]
    messages: Vec<Message>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Visitor {
    id: Word,
    name: Word,
    email: Word,
    city: Word,
    country: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Message {
    sender: Option<Sender>,
    #[serde(alias = "text")]
    msg: Word,
    time: Word,
    #[serde(rename = "attchs", alias = "attachments", deserialize_with = "nullable")]
    attachments: Vec<File>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Sender {
    #[serde(alias = "type")]
    t: Word,
    #[serde(alias = "name")]
    n: Word,
    id: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct File {
    #[serde(alias = "mimeType")]
    r#type: Word,
    url: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Ticket {
    id: Word,
    human_id: Word,
    subject: Word,
    message: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let mut hook: Hook = item.parse()?;
    let mut extra = Extra::default();
    let chat = hook.chat.take().unwrap_or_default();
    let ticket = hook.ticket.take();
    let said = hook.message.iter().chain(&chat.messages);
    if ticket.is_none() && said.clone().next().is_none() {
        let event = hook.event.as_deref().unwrap_or("the object");
        return Err(Error::new(ErrorKind::Missing, format!("{event} brings no words")));
    }
    let mut talk = Talk::new(item.clock);
    hook.message.iter().for_each(|message| message.say(&hook.time, &mut talk));
    chat.messages.iter().for_each(|message| message.say(&Word::default(), &mut talk));
    let files = said.flat_map(Message::files).collect();
    // A transcript is written when the chat is over.
    let began = chat.messages.iter().find_map(|message| message.time.as_deref());
    let (created, updated) = (began.or(hook.time.as_deref()), began.and(hook.time.as_deref()));
    let known = ticket.as_ref().map(|ticket| ticket.id.clone().or(ticket.human_id.clone()));
    let id = known.unwrap_or_default().or(chat.id).or(hook.chat_id);
    let builder = item.builder(id.into_option());
    let builder = builder.channel(if ticket.is_some() { Channel::TICKET } else { Channel::CHAT });
    let builder = item.clock.stamp(builder, created, updated, &mut extra).attachments(files);
    let builder = talk.fill(builder, &mut extra);
    let visitor = chat.visitor.or(hook.visitor).or(hook.requester).unwrap_or_default();
    let builder = visitor.fill(builder, &mut extra);
    let builder = ticket.unwrap_or_default().fill(builder, &mut extra);
    keep(&mut extra, hook.rest);
    keep_in(&mut extra, "chat", chat.rest);
    let property = hook.property.unwrap_or_default();
    let builder = builder.store(property.name.clone().or(property.id.clone()).text());
    let more = [("event", hook.event), ("property_id", property.id)];
    out.push(attributes(builder, more).extra(extra).build()?);
    Ok(())
}

impl Message {
    /// Adds the words; without a time of its own the message was sent at `at`.
    fn say(&self, at: &Word, talk: &mut Talk<'_>) {
        let sender = self.sender.as_ref();
        let role = match sender.and_then(|sender| sender.t.as_deref()) {
            Some("v" | "visitor") => Role::Customer,
            Some("a" | "agent") => Role::Agent,
            Some("s" | "system") => Role::System,
            Some("b" | "bot") => Role::Bot,
            _ => Role::Unknown,
        };
        let name = sender.map(|sender| sender.n.clone().or(sender.id.clone())).unwrap_or_default();
        talk.say(role, name, &self.time.clone().or(at.clone()), self.msg.clone());
    }

    fn files(&self) -> impl Iterator<Item = Attachment> {
        self.attachments.iter().filter_map(|file| attachment(&file.r#type, &file.url))
    }
}

impl Visitor {
    fn fill(self, builder: FeedbackBuilder, extra: &mut Extra) -> FeedbackBuilder {
        keep_in(extra, "visitor", self.rest);
        let builder = builder.region(self.country.text()).customer(Customer {
            id: self.id.into_option(),
            name: self.name.into_option(),
            email: self.email.into_option(),
            ..Customer::default()
        });
        attributes(builder, [("city", self.city)])
    }
}

impl Ticket {
    fn fill(self, builder: FeedbackBuilder, extra: &mut Extra) -> FeedbackBuilder {
        keep_in(extra, "ticket", self.rest);
        let builder = builder.title(self.subject.text()).text(self.message.text());
        attributes(builder, [("ticket_number", self.human_id)])
    }
}
