//! Event webhooks: what happened to a ticket, and the ticket as it is then.
//!
//! A comment that was added is a record of its own which belongs to the ticket; any other event gives the ticket,
//! and what changed is kept in `extra`.

use super::{Ticket, customer};
use crate::channel::parse::envelope::Item;
use crate::channel::parse::record::keep;
use crate::channel::parse::talk::Talk;
use crate::channel::parse::text::{Word, attributes};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::schema::nullable;
use crate::feedback::{Channel, Direction, Extra, Feedback, Role};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Hook {
    r#type: Word,
    time: Word,
    detail: Option<Ticket>,
    #[serde(deserialize_with = "nullable")]
    event: Change,
    /// Of the webhook, not of the ticket.
    #[serde(rename = "id")]
    _id: IgnoredAny,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Change {
    comment: Option<Comment>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Comment {
    id: Word,
    body: Word,
    is_public: Option<bool>,
    author: Author,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Author {
    id: Word,
    name: Word,
    is_staff: Option<bool>,
}

pub(super) fn item(item: &Item<'_>) -> Result<Feedback> {
    let hook: Hook = item.parse()?;
    let kind = hook.r#type.as_deref().unwrap_or_default();
    let kind = kind.strip_prefix("zen:event-type:").unwrap_or(kind).to_owned();
    let Some(mut ticket) = hook.detail.filter(Ticket::has_words) else {
        return Err(Error::new(ErrorKind::NotFeedback, format!("event \"{kind}\" is about no ticket")));
    };
    // Events shout what the other interfaces say.
    for word in [&mut ticket.status, &mut ticket.priority, &mut ticket.r#type] {
        *word = Word::from(std::mem::take(word).text().to_lowercase().as_str());
    }
    let mut extra = Extra::default();
    extra.insert("event_type", kind.into());
    keep(&mut extra, hook.rest);
    if let Some(comment) = hook.event.comment {
        return comment.record(&hook.time, &ticket, item, extra);
    }
    if !hook.event.rest.is_empty() {
        extra.insert("event", Value::Object(hook.event.rest));
    }
    ticket.record(item, extra)
}

impl Comment {
    fn record(self, at: &Word, ticket: &Ticket, item: &Item<'_>, mut extra: Extra) -> Result<Feedback> {
        if self.is_public == Some(false) {
            let message = "a private comment is no feedback";
            return Err(Error::new(ErrorKind::NotFeedback, message).at_path("/event/comment/is_public"));
        }
        let id = self.id.as_deref().map(|id| format!("comment:{id}"));
        let builder = item.builder(id).channel(Channel::TICKET).parent_id(ticket.id.clone().text());
        let builder = item
            .clock
            .stamp(builder, at.as_deref(), None, &mut extra)
            .customer(customer(item, &ticket.requester_id))
            .tags(ticket.tags.clone());
        let builder = match self.author.role(ticket) {
            Role::Agent => {
                let mut talk = Talk::new(item.clock);
                talk.say(Role::Agent, self.author.name.or(self.author.id.clone()), at, self.body);
                let builder = talk.fill(builder, &mut extra).agent(self.author.id.text());
                builder.direction(Direction::Agent)
            }
            _ => builder.text(self.body.text()),
        };
        attributes(builder, [("status", ticket.status.clone())]).extra(extra).build()
    }
}

impl Author {
    fn role(&self, ticket: &Ticket) -> Role {
        match self.is_staff {
            Some(true) => Role::Agent,
            None if self.id.is_some() && self.id != ticket.requester_id => Role::Agent,
            _ => Role::Customer,
        }
    }
}
