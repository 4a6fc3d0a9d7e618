//! Intercom: conversations and tickets, alone, in lists, and as items of webhooks.
//!
//! Bodies are HTML. Every part with words is a turn, except notes, which are private; a body that was redacted,
//! or that Twitter forbids to show, is a sentence of Intercom's and left out. The rating of the conversation and
//! the rating of the AI agent are CSAT on 1..5, the latter an aspect; remarks become turns that answer them.

mod message;

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::CSAT;
use crate::channel::parse::record::{keep, keep_in};
use crate::channel::parse::talk::{Talk, attachment, custom, flat};
use crate::channel::parse::text::{Word, attributes};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::schema::nullable;
use crate::feedback::{
    AspectRating, Channel, Customer, Direction, Extra, Feedback, FeedbackBuilder, Format, Source,
};
use message::{Contacts, Message, Parts, Tags, TicketParts};
use serde::Deserialize;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "intercom",
    source: Source::INTERCOM,
    paths: Paths { items: &["conversations", "tickets", "data/item"], sides: &[] },
    marks: &[
        &["conversation_parts"],
        &["delivered_as", "body"],
        &["ticket_parts"],
        &["ticket_attributes", "ticket_state"],
        &["notification_event", "topic"],
    ],
    offset: None,
    item,
};

/// A conversation or a ticket.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Conversation {
    r#type: Word,
    id: Word,
    title: Word,
    created_at: Word,
    updated_at: Word,
    source: Option<Message>,
    #[serde(rename = "conversation_parts")]
    parts: Option<Parts>,
    ticket_parts: Option<TicketParts>,
    ticket_attributes: Option<Map<String, Value>>,
    ticket_state: Value,
    ticket_type: Option<TicketType>,
    ticket_id: Word,
    category: Word,
    contacts: Option<Contacts>,
    admin_assignee_id: Word,
    team_assignee_id: Word,
    #[serde(rename = "conversation_rating")]
    rated: Option<Rated>,
    ai_agent: Option<AiAgent>,
    sla_applied: Option<Sla>,
    state: Word,
    priority: Word,
    tags: Option<Tags>,
    #[serde(deserialize_with = "nullable")]
    custom_attributes: Map<String, Value>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Rated {
    rating: Word,
    remark: Word,
    created_at: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct AiAgent {
    rating: Word,
    rating_remark: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Sla {
    sla_name: Word,
    sla_status: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct TicketType {
    name: Word,
    category: Word,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let conversation: Conversation = item.parse()?;
    if !conversation.has_words() {
        let kind = conversation.r#type.as_deref().unwrap_or("object");
        return Err(Error::new(ErrorKind::Missing, format!("\"{kind}\" is no conversation and no ticket")));
    }
    let mut extra = Extra::default();
    let builder = item.builder(conversation.id.clone().into_option()).channel(conversation.channel());
    let (created, updated) = (conversation.created_at.as_deref(), conversation.updated_at.as_deref());
    let builder = item.clock.stamp(builder, created, updated, &mut extra).format(Format::Html);
    let builder = conversation.talk(item).fill(builder, &mut extra);
    let builder = conversation.ratings(builder);
    out.push(conversation.fill(builder, &mut extra).extra(extra).build()?);
    Ok(())
}

impl Rated {
    /// What is told beside rating and remark; the time belongs to the remark where there is one.
    fn rest(mut self) -> Map<String, Value> {
        if let (None, Some(at)) = (self.remark.as_deref(), self.created_at.as_deref()) {
            self.rest.insert("created_at".to_owned(), at.into());
        }
        self.rest
    }
}

impl Conversation {
    fn has_words(&self) -> bool {
        self.source.is_some()
            || self.parts.is_some()
            || self.ticket_parts.is_some()
            || self.ticket_attributes.is_some()
    }

    fn channel(&self) -> Channel {
        match self.via() {
            _ if self.ticket_attributes.is_some() || self.ticket_parts.is_some() => Channel::TICKET,
            Some("email") => Channel::EMAIL,
            Some("phone_call" | "phone_switch") => Channel::CALL,
            _ => Channel::CHAT,
        }
    }

    fn via(&self) -> Option<&str> {
        self.source.as_ref()?.r#type.as_deref()
    }

    /// All messages, the first and the later ones.
    fn messages(&self) -> impl Iterator<Item = &Message> {
        let parts = self.parts.iter().flat_map(|parts| &parts.conversation_parts);
        let tickets = self.ticket_parts.iter().flat_map(|parts| &parts.ticket_parts);
        self.source.iter().chain(parts).chain(tickets)
    }

    fn talk<'a>(&self, item: &Item<'a>) -> Talk<'a> {
        let mut talk = Talk::new(item.clock);
        if let Some(first) = self.source.as_ref().filter(|_| self.via() != Some("twitter")) {
            first.say(&mut talk, &self.created_at);
        }
        for part in self.messages().skip(usize::from(self.source.is_some())) {
            part.say(&mut talk, &part.created_at);
        }
        if let Some(rated) = &self.rated {
            talk.answer("conversation_rating", &rated.created_at, rated.remark.clone());
        }
        if let Some(agent) = &self.ai_agent {
            talk.answer("ai_agent_rating", &Word::default(), agent.rating_remark.clone());
        }
        talk
    }

    /// The words are worth more than a rating off its scale, which is kept as it came.
    fn ratings(&self, mut builder: FeedbackBuilder) -> FeedbackBuilder {
        if let Some(rated) = &self.rated {
            builder = match CSAT.set(builder.clone(), &rated.rating) {
                Ok(rated) => rated,
                Err(_) => attributes(builder, [("conversation_rating", rated.rating.clone())]),
            };
        }
        let Some(word) = self.ai_agent.as_ref().map(|agent| &agent.rating) else { return builder };
        match word.as_deref().map(|text| CSAT.read(text)) {
            Some(Ok(Some(rating))) => {
                builder.aspect_ratings(vec![AspectRating { aspect: "ai_agent".to_owned(), rating }])
            }
            Some(Err(_)) => attributes(builder, [("ai_agent_rating", word.clone())]),
            _ => builder,
        }
    }

    fn fill(mut self, builder: FeedbackBuilder, extra: &mut Extra) -> FeedbackBuilder {
        let internal = matches!(self.category.as_deref(), Some("Back-office" | "Tracker"));
        let files = self.messages().flat_map(|message| &message.attachments);
        let attachments = files.filter_map(|file| attachment(&file.content_type, &file.url)).collect();
        let customer = self.customer();
        let ticket = self.ticket_attributes.take().unwrap_or_default();
        let told = |name: &str| ticket.get(name).and_then(flat).unwrap_or_default();
        let subject = self.source.as_ref().map(|first| first.subject.clone()).unwrap_or_default();
        let title = Word::from(told("_default_title_").as_str()).or(self.title.clone()).or(subject);
        let own = ticket.iter().map(|(name, value)| (name.as_str(), value));
        let own = own.filter(|(name, _)| !name.starts_with("_default_"));
        let builder = custom(builder, "ticket_", own);
        let all = self.custom_attributes.iter().map(|(name, value)| (name.as_str(), value));
        let builder = custom(builder, "custom_", all)
            .title(title.text())
            .text(told("_default_description_"))
            .direction(if internal { Direction::Agent } else { Direction::Customer })
            .customer(customer)
            .attachments(attachments)
            .tags(self.tags.take().unwrap_or_default().names());
        self.rest(builder, extra)
    }

    /// What hosts may cut by, and what nobody knows.
    fn rest(self, builder: FeedbackBuilder, extra: &mut Extra) -> FeedbackBuilder {
        let nobody = |id: &Word| id.as_deref() == Some("0");
        let [agent, team] = [self.admin_assignee_id, self.team_assignee_id]
            .map(|id| if nobody(&id) { Word::default() } else { id });
        let (first, sla) = (self.source.unwrap_or_default(), self.sla_applied.unwrap_or_default());
        let kind = self.ticket_type.unwrap_or_default();
        keep(extra, self.rest);
        keep_in(extra, "conversation_rating", self.rated.unwrap_or_default().rest());
        keep_in(extra, "ai_agent", self.ai_agent.unwrap_or_default().rest);
        let state = ["category", "internal_label"].iter().find_map(|name| self.ticket_state.get(name));
        let state = state.unwrap_or(&self.ticket_state).as_str().unwrap_or_default();
        let more = [
            ("via", first.r#type),
            ("delivered_as", first.delivered_as),
            ("url", first.url),
            ("state", self.state.or(Word::from(state))),
            ("priority", self.priority),
            ("sla_name", sla.sla_name),
            ("sla_status", sla.sla_status),
            ("ticket_number", self.ticket_id),
            ("ticket_type", kind.name),
            ("category", self.category.or(kind.category)),
        ];
        attributes(builder.agent(agent.text()).team(team.text()), more)
    }

    /// The first contact, with what its messages tell of it.
    fn customer(&self) -> Customer {
        let contact = self.contacts.as_ref().and_then(|all| all.contacts.first());
        let author = self.messages().filter_map(|m| m.author.as_ref()).find(|author| author.is_contact());
        let of = |read: fn(&message::Author) -> &Word| author.and_then(|a| read(a).clone().into_option());
        let known = contact.map(|c| c.external_id.clone().or(c.id.clone())).unwrap_or_default();
        Customer {
            id: known.into_option().or_else(|| of(|author| &author.id)),
            name: of(|author| &author.name),
            email: of(|author| &author.email),
            ..Customer::default()
        }
    }
}
