//! `LiveChat`: webhooks, single chats, and lists of chats, one record for each thread of a chat.
//!
//! Who speaks is told by the users of the chat; without them an author with an e-mail address is an agent and
//! any other the customer. Events that only agents see are left out. `rating.score` is 1 for good and 0 for bad
//! and becomes a CSAT on 0..1; answers to forms are turns that know their question. A webhook that brings one
//! event gives one message that belongs to its chat.

mod event;

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::THUMB;
use crate::channel::parse::record::{keep, keep_in};
use crate::channel::parse::talk::{Talk, flat};
use crate::channel::parse::text::{Word, attributes};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::schema::nullable;
use crate::feedback::{Channel, Customer, Extra, Feedback, FeedbackBuilder, Role, Source};
use event::Event;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "livechat",
    source: Source::LIVECHAT,
    paths: Paths { items: &["chats", "threads"], sides: &[] },
    marks: &[
        &["webhook_id", "payload"],
        &["thread", "author_id"],
        &["threads", "author_id"],
        &["chat_id", "thread_id"],
    ],
    offset: None,
    item,
};

/// A webhook, its payload, a chat, or a thread: what one does not have is absent.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Piece {
    id: Word,
    chat_id: Word,
    thread_id: Word,
    action: Word,
    payload: Option<Box<Piece>>,
    chat: Option<Box<Piece>>,
    event: Option<Event>,
    thread: Option<Box<Piece>>,
    #[serde(deserialize_with = "nullable")]
    threads: Vec<Piece>,
    #[serde(deserialize_with = "nullable")]
    users: Vec<User>,
    events: Option<Vec<Event>>,
    #[serde(deserialize_with = "nullable")]
    properties: Map<String, Value>,
    #[serde(deserialize_with = "nullable")]
    tags: Vec<String>,
    created_at: Word,
    /// Of the host's hook, not of the chat; the secret must not travel on.
    #[serde(rename = "secret_key")]
    _secret_key: IgnoredAny,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct User {
    id: Word,
    r#type: Word,
    name: Word,
    email: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let mut chat: Piece = item.parse()?;
    let action = chat.action.clone();
    let mut extra = Extra::default();
    if let Some(payload) = chat.payload.take() {
        keep(&mut extra, chat.rest);
        chat = *payload;
    }
    if let Some(inner) = chat.chat.take() {
        keep(&mut extra, chat.rest);
        chat = *inner;
    }
    let mut threads = std::mem::take(&mut chat.threads);
    threads.extend(chat.thread.take().map(|thread| *thread));
    if threads.is_empty() {
        threads.push(Piece::default());
    }
    let whole = Whole { chat, action, extra };
    // A thread without words costs the others nothing.
    let mut first = None;
    for thread in threads {
        match whole.record(thread, item) {
            Ok(record) => out.push(record),
            Err(error) => first = first.or(Some(error)),
        }
    }
    first.filter(|_| out.is_empty()).map_or(Ok(()), Err)
}

/// What all threads of a chat share.
struct Whole {
    chat: Piece,
    action: Word,
    extra: Extra,
}

impl Whole {
    fn record(&self, thread: Piece, item: &Item<'_>) -> Result<Feedback> {
        let chat = &self.chat;
        let mut extra = self.extra.clone();
        let event = chat.event.as_ref();
        let id = self.id(&thread);
        let parent = thread.chat_id.clone().or(chat.chat_id.clone()).or(chat.id.clone());
        let parent = parent.into_option().filter(|parent| id.as_deref() != Some(parent));
        let at = event.map(|event| event.created_at.clone()).unwrap_or_default();
        let at = thread.created_at.clone().or(at).or(chat.created_at.clone());
        let builder = item.builder(id.into_option()).channel(Channel::CHAT);
        let builder = item.clock.stamp(builder, at.as_deref(), None, &mut extra);
        let mut talk = Talk::new(item.clock);
        let events = thread.events.iter().chain(&chat.events).flatten().chain(event);
        let mut files = Vec::new();
        for event in events.filter(|event| !event.is_private()) {
            files.extend(event.file());
            event.say(self.role(event), self.name(event), &mut talk);
        }
        let properties = if thread.properties.is_empty() { &chat.properties } else { &thread.properties };
        let builder = rate(builder, properties, &mut talk);
        let builder = talk.fill(builder, &mut extra).attachments(files);
        let tags = chat.tags.iter().chain(&thread.tags).cloned().collect();
        let builder = self.people(builder.tags(tags), &mut extra).parent_id(parent.unwrap_or_default());
        keep(&mut extra, chat.rest.clone());
        keep(&mut extra, thread.rest);
        keep_in(&mut extra, "properties", properties.clone());
        let builder =
            attributes(builder, [("action", self.action.clone()), ("thread_id", chat.thread_id.clone())])
                .extra(extra);
        builder.build().map_err(|error| match self.action.as_deref() {
            Some(action) if error.kind() == ErrorKind::Missing => {
                Error::new(ErrorKind::Missing, format!("\"{action}\" brings no words and no rating"))
            }
            _ => error,
        })
    }

    /// The id of the thread, or of the event that came alone. News about a thread must not take its place.
    fn id(&self, thread: &Piece) -> Word {
        let chat = &self.chat;
        let event = chat.event.as_ref().map(|event| event.id.clone()).unwrap_or_default();
        let id = thread.id.clone().or(event).or(chat.id.clone());
        let news = chat.thread_id.clone().or(chat.chat_id.clone());
        match (id.is_some(), news.as_deref()) {
            (false, Some(news)) => Word::from(format!("{news}:rating").as_str()),
            _ => id,
        }
    }

    fn user(&self, event: &Event) -> Option<&User> {
        self.chat.users.iter().find(|user| user.id.is_some() && user.id == event.author_id)
    }

    fn role(&self, event: &Event) -> Role {
        let known = self.user(event).and_then(|user| user.r#type.as_deref());
        match (known, event.author_id.as_deref()) {
            _ if event.is_system() => Role::System,
            (Some("agent"), _) => Role::Agent,
            (Some("bot"), _) => Role::Bot,
            (None, Some(id)) if id.contains('@') => Role::Agent,
            (Some("customer"), _) | (None, Some(_)) => Role::Customer,
            _ => Role::Unknown,
        }
    }

    fn name(&self, event: &Event) -> Word {
        self.user(event).map(|user| user.name.clone()).unwrap_or_default().or(event.author_id.clone())
    }

    /// The first customer and the first agent; what is told of the customer's visit goes to `extra`.
    fn people(&self, builder: FeedbackBuilder, extra: &mut Extra) -> FeedbackBuilder {
        let of = |kind: &str| self.chat.users.iter().find(|user| user.r#type.as_deref() == Some(kind));
        let builder = match of("agent") {
            Some(agent) => builder.agent(agent.id.clone().or(agent.name.clone()).text()),
            None => builder,
        };
        let Some(customer) = of("customer") else {
            let alone = self.chat.event.as_ref().filter(|event| self.role(event) == Role::Customer);
            let id = alone.and_then(|event| event.author_id.clone().into_option());
            return builder.customer(Customer { id, ..Customer::default() });
        };
        keep_in(extra, "visitor", customer.rest.clone());
        builder.customer(Customer {
            id: customer.id.clone().into_option(),
            name: customer.name.clone().into_option(),
            email: customer.email.clone().into_option(),
            ..Customer::default()
        })
    }
}

/// Sets the rating of the properties, and adds the comment to it. One off its scale is kept in `extra` only.
fn rate(builder: FeedbackBuilder, properties: &Map<String, Value>, talk: &mut Talk<'_>) -> FeedbackBuilder {
    let told = |name: &str| {
        let value = properties.get("rating")?.get(name)?;
        flat(value.get("value").unwrap_or(value))
    };
    if let Some(comment) = told("comment") {
        talk.answer("rating", &Word::default(), Word::from(comment.as_str()));
    }
    let score = told("score").and_then(|score| score.parse().ok());
    match score.map(|score| THUMB.rate(score)) {
        Some(Ok(rating)) => builder.rating(rating),
        _ => builder,
    }
}
