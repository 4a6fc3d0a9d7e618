//! Conversations of the mailbox, from lists and webhooks.
//!
//! Threads become turns, the oldest first. Who speaks is told by `createdBy`; notes, what the system logs, drafts
//! and what is hidden are left out. A list without threads holds only a preview of the last one, which may be an
//! agent's: it counts as the customer's words while there is no other.

use crate::channel::parse::envelope::Item;
use crate::channel::parse::record::keep;
use crate::channel::parse::talk::Talk;
use crate::channel::parse::text::{Word, attributes};
use crate::error::Result;
use crate::feedback::schema::nullable;
use crate::feedback::{Channel, Customer, Extra, Feedback, FeedbackBuilder, Format, Role};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Conversation {
    id: Word,
    number: Word,
    subject: Word,
    preview: Word,
    r#type: Word,
    status: Word,
    mailbox_id: Word,
    created_at: Word,
    user_updated_at: Word,
    closed_at: Word,
    #[serde(deserialize_with = "nullable")]
    primary_customer: Person,
    #[serde(deserialize_with = "nullable")]
    created_by: Person,
    #[serde(deserialize_with = "nullable")]
    assignee: Person,
    #[serde(deserialize_with = "nullable")]
    tags: Vec<Tag>,
    #[serde(deserialize_with = "nullable")]
    custom_fields: Vec<Field>,
    /// How many there are.
    threads: Word,
    #[serde(rename = "_embedded", deserialize_with = "nullable")]
    embedded: Embedded,
    /// Addresses of the interface itself.
    #[serde(rename = "_links")]
    _links: IgnoredAny,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
pub(super) struct Person {
    pub(super) id: Word,
    r#type: Word,
    pub(super) email: Word,
    first: Word,
    last: Word,
    /// In responses, the whole name.
    pub(super) name: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Tag {
    tag: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Field {
    name: Word,
    text: Word,
    value: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Embedded {
    #[serde(deserialize_with = "nullable")]
    threads: Vec<Thread>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Thread {
    r#type: Word,
    state: Word,
    body: Word,
    created_at: Word,
    #[serde(deserialize_with = "nullable")]
    created_by: Person,
}

pub(super) fn item(item: &Item<'_>) -> Result<Feedback> {
    let conversation: Conversation = item.parse()?;
    let mut extra = Extra::default();
    let (created, updated) = (&conversation.created_at, &conversation.user_updated_at);
    let builder = item.dated(conversation.id.clone(), created, updated, &mut extra);
    let mut talk = Talk::new(item.clock);
    let mut threads: Vec<&Thread> =
        conversation.embedded.threads.iter().filter(|thread| thread.is_said()).collect();
    // The interface lists the newest first.
    threads.sort_by_key(|thread| thread.created_at.as_deref().and_then(|at| item.clock.read(at).ok()));
    for thread in &threads {
        let by = &thread.created_by;
        talk.say(thread.role(), by.name().or(by.email.clone()), &thread.created_at, thread.body.clone());
    }
    let has_threads = !threads.is_empty();
    let builder = talk.fill(builder, &mut extra);
    conversation.fill(builder, has_threads, &mut extra).extra(extra).build()
}

impl Conversation {
    /// The preview where nothing else speaks for the customer; one that may be an agent's goes to `extra`.
    fn preview(&mut self, has_threads: bool, extra: &mut Extra) -> String {
        let preview = std::mem::take(&mut self.preview).text();
        if !has_threads && self.threads.count() < 2 && !self.created_by.is_user() {
            return preview;
        }
        if !has_threads && !preview.is_empty() {
            extra.insert("preview", preview.into());
        }
        String::new()
    }

    fn fill(mut self, builder: FeedbackBuilder, has_threads: bool, extra: &mut Extra) -> FeedbackBuilder {
        keep(extra, std::mem::take(&mut self.rest));
        let text = self.preview(has_threads, extra);
        let format = if has_threads { Format::Html } else { Format::Plain };
        let channel = if self.r#type.as_deref() == Some("chat") { Channel::CHAT } else { Channel::TICKET };
        let person = self.primary_customer.or(self.created_by);
        let builder = builder
            .channel(channel)
            .format(format)
            .title(self.subject.text())
            .text(text)
            .agent(self.assignee.name().or(self.assignee.email).or(self.assignee.id).text())
            .customer(Customer {
                name: person.name().into_option(),
                id: person.id.into_option(),
                email: person.email.into_option(),
                ..Customer::default()
            })
            .tags(self.tags.into_iter().filter_map(|tag| tag.tag.into_option()).collect());
        let more = [
            ("via", self.r#type),
            ("status", self.status),
            ("number", self.number),
            ("mailbox_id", self.mailbox_id),
            ("closed_at", self.closed_at),
        ];
        let fields = self.custom_fields.into_iter();
        fields.fold(attributes(builder, more), |builder, field| {
            match (field.name.into_option(), field.text.or(field.value).into_option()) {
                (Some(name), Some(value)) => builder.attribute(format!("custom_{name}"), value),
                _ => builder,
            }
        })
    }
}

impl Person {
    fn name(&self) -> Word {
        let parts: Vec<&str> = [self.first.as_deref(), self.last.as_deref()].into_iter().flatten().collect();
        Word::from(parts.join(" ").as_str())
    }

    fn is_user(&self) -> bool {
        self.r#type.as_deref() == Some("user")
    }

    /// The other one when nothing is known of this one.
    fn or(self, other: Self) -> Self {
        let known = self.id.is_some() || self.email.is_some();
        if known || other.is_user() { self } else { other }
    }
}

impl Thread {
    fn is_said(&self) -> bool {
        let shown = matches!(self.state.as_deref(), None | Some("published"));
        shown && !matches!(self.r#type.as_deref(), Some("note" | "lineitem"))
    }

    fn role(&self) -> Role {
        match (self.created_by.r#type.as_deref(), self.r#type.as_deref()) {
            (Some("customer"), _) | (None, Some("customer")) => Role::Customer,
            (Some("user"), _) | (None, Some("message" | "reply")) => Role::Agent,
            (Some("system"), _) => Role::System,
            _ => Role::Unknown,
        }
    }
}
