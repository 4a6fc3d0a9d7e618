//! Gorgias: tickets (with their messages as turns where they are embedded), single messages, and satisfaction
//! surveys.
//!
//! Of a message the text without quotation and signature is taken. Internal notes, surveys that were not
//! answered and voice calls are no feedback. A list of tickets holds no messages but an excerpt, which may be
//! anyone's and is kept in `extra`. Scores are CSAT on 1..5. Messages and surveys have number ranges of their
//! own, so their ids say what they are.

mod message;
mod survey;

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::record::{keep, keep_in};
use crate::channel::parse::talk::Talk;
use crate::channel::parse::text::{Word, attributes};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::schema::nullable;
use crate::feedback::{Channel, Customer, Extra, Feedback, FeedbackBuilder, Source};
use message::Message;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};
use survey::Survey;

pub(super) static ADAPTER: Envelope = Envelope {
    name: "gorgias",
    source: Source::GORGIAS,
    paths: Paths { items: &["data"], sides: &[] },
    marks: &[
        &["created_datetime", "from_agent"],
        &["created_datetime", "messages_count"],
        &["created_datetime", "assignee_user"],
        &["scored_datetime", "score"],
        &["started_datetime", "has_voicemail"],
    ],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Ticket {
    id: Word,
    external_id: Word,
    subject: Word,
    channel: Word,
    via: Word,
    status: Word,
    priority: Word,
    language: Word,
    customer: Option<Person>,
    assignee_user: Option<Person>,
    assignee_team: Option<Team>,
    #[serde(deserialize_with = "nullable")]
    tags: Vec<Tag>,
    #[serde(deserialize_with = "nullable")]
    messages: Vec<Message>,
    satisfaction_survey: Option<Survey>,
    created_datetime: Word,
    updated_datetime: Word,
    spam: Option<bool>,
    trashed_datetime: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Person {
    id: Word,
    email: Word,
    name: Word,
    firstname: Word,
    lastname: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Team {
    id: Word,
    name: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Tag {
    name: Word,
}

/// What tells the kinds of items apart.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Kind {
    ticket_id: Option<IgnoredAny>,
    #[serde(alias = "scored_datetime")]
    sent: Option<IgnoredAny>,
    score: Option<IgnoredAny>,
    body_text: Option<IgnoredAny>,
    body_html: Option<IgnoredAny>,
    stripped_text: Option<IgnoredAny>,
    from_agent: Option<bool>,
    started_datetime: Option<IgnoredAny>,
    duration: Option<IgnoredAny>,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let kind: Kind = item.parse()?;
    let has_body = kind.body_html.is_some() || kind.stripped_text.is_some() || kind.body_text.is_some();
    out.push(if kind.ticket_id.is_none() {
        ticket(item)?
    } else if kind.started_datetime.is_some() || kind.duration.is_some() {
        return Err(Error::new(ErrorKind::Missing, "a voice call without transcript holds no words"));
    } else if kind.from_agent.is_some() || has_body && kind.score.is_none() && kind.sent.is_none() {
        message::item(item)?
    } else {
        survey::item(item)?
    });
    Ok(())
}

fn ticket(item: &Item<'_>) -> Result<Feedback> {
    let mut ticket: Ticket = item.parse()?;
    let mut extra = Extra::default();
    let (created, updated) = (ticket.created_datetime.as_deref(), ticket.updated_datetime.as_deref());
    let builder = item.builder(ticket.id.clone().into_option()).channel(ticket.kind());
    let builder = item.clock.stamp(builder, created, updated, &mut extra);
    let mut talk = Talk::new(item.clock);
    ticket.messages.retain(|message| !message.is_private());
    for message in &ticket.messages {
        message.say(&mut talk);
    }
    let mut builder = match &ticket.satisfaction_survey {
        Some(survey) => survey.add(builder, &mut talk),
        None => builder,
    };
    builder = talk.fill(builder, &mut extra).format(message::format(&ticket.messages));
    ticket.fill(builder, &mut extra).extra(extra).build()
}

impl Ticket {
    fn kind(&self) -> Channel {
        match self.channel.as_deref() {
            Some("chat") => Channel::CHAT,
            _ => Channel::TICKET,
        }
    }

    fn fill(self, builder: FeedbackBuilder, extra: &mut Extra) -> FeedbackBuilder {
        let agent = self.assignee_user.unwrap_or_default();
        let team = self.assignee_team.unwrap_or_default();
        let files = self.messages.iter().flat_map(Message::files).collect();
        let customer = self.customer.unwrap_or_default();
        keep(extra, self.rest);
        let more = [
            ("via", self.channel),
            ("created_via", self.via),
            ("status", self.status),
            ("priority", self.priority),
            ("external_id", self.external_id),
            ("trashed_at", self.trashed_datetime.clone()),
        ];
        let builder = customer.fill(attributes(builder, more), extra);
        builder
            .title(self.subject.text())
            .language(self.language.text())
            .agent(agent.email.or(agent.name).or(agent.id).text())
            .team(team.name.or(team.id).text())
            .tags(self.tags.into_iter().filter_map(|tag| tag.name.into_option()).collect())
            .attachments(files)
            .moderation(message::moderation(self.spam, &self.trashed_datetime))
    }
}

impl Person {
    /// Sets the customer; what the record has no field for goes to `extra`.
    fn fill(self, builder: FeedbackBuilder, extra: &mut Extra) -> FeedbackBuilder {
        let parts = [self.firstname, self.lastname].into_iter().filter_map(Word::into_option);
        let parts = parts.collect::<Vec<_>>().join(" ");
        keep_in(extra, "customer_more", self.rest);
        builder.customer(Customer {
            id: self.id.into_option(),
            name: self.name.or(Word::from(parts.as_str())).into_option(),
            email: self.email.into_option(),
            ..Customer::default()
        })
    }
}
