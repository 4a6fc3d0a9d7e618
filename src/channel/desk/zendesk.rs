//! Zendesk Support: tickets (with their comments as turns where they are embedded), satisfaction ratings,
//! responses to CSAT surveys, and event webhooks. What a trigger sends is written by the account, so that only a
//! mapping of the host can read it.
//!
//! `good` and `bad` become a CSAT of 1 and 0 on 0..1; `offered` and `unoffered` mean that there is none, and a
//! satisfaction rating that was never answered is set aside. Private comments are left out. Who speaks is told
//! by `users[].role` when the users stand before the tickets; otherwise the requester is the customer and
//! everyone else an agent.

mod event;
mod rating;
mod survey;

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::record::keep;
use crate::channel::parse::talk::{attachment, flat};
use crate::channel::parse::text::{Word, attributes};
use crate::error::Result;
use crate::feedback::schema::nullable;
use crate::feedback::{Channel, Customer, Extra, Feedback, FeedbackBuilder, Format, Role, Source, Turn};
use rating::Satisfaction;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "zendesk",
    source: Source::ZENDESK,
    paths: Paths {
        items: &["tickets", "ticket", "satisfaction_ratings", "survey_responses", "survey_response"],
        sides: &["users"],
    },
    marks: &[
        &["requester_id", "submitter_id", "subject"],
        &["satisfaction_ratings", "ticket_id", "score"],
        &["ticket_id", "requester_id", "assignee_id", "score"],
        &["zendesk_event_version", "detail"],
        &["survey_responses", "answers"],
        &["survey_response", "answers"],
        &["answers", "survey_version"],
        &["answers", "expires_at"],
        &["answers", "rating_category"],
    ],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Ticket {
    id: Word,
    subject: Word,
    raw_subject: Word,
    description: Word,
    via: Option<Via>,
    created_at: Word,
    updated_at: Word,
    requester_id: Word,
    submitter_id: Word,
    assignee_id: Word,
    group_id: Word,
    brand_id: Word,
    organization_id: Word,
    status: Word,
    priority: Word,
    r#type: Word,
    #[serde(deserialize_with = "nullable")]
    tags: Vec<String>,
    #[serde(deserialize_with = "nullable")]
    custom_fields: Vec<CustomField>,
    satisfaction_rating: Option<Satisfaction>,
    #[serde(deserialize_with = "nullable")]
    comments: Vec<Comment>,
    /// The custom fields once more.
    #[serde(rename = "fields")]
    _fields: IgnoredAny,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// What tells the kinds of items apart.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Kind {
    answers: Option<IgnoredAny>,
    detail: Option<IgnoredAny>,
    zendesk_event_version: Option<IgnoredAny>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Via {
    channel: Word,
    #[serde(deserialize_with = "nullable")]
    source: Origin,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Origin {
    #[serde(deserialize_with = "nullable")]
    from: Sender,
    rel: Word,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Sender {
    name: Word,
    address: Word,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct File {
    content_type: Word,
    content_url: Word,
}

#[derive(Deserialize)]
struct CustomField {
    id: Word,
    #[serde(default)]
    value: Value,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Comment {
    body: Word,
    plain_body: Word,
    html_body: Word,
    public: Option<bool>,
    author_id: Word,
    created_at: Word,
    #[serde(deserialize_with = "nullable")]
    attachments: Vec<File>,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let kind: Kind = item.parse()?;
    if kind.answers.is_some() {
        out.push(survey::item(item)?);
    } else if kind.detail.is_some() || kind.zendesk_event_version.is_some() {
        out.push(event::item(item)?);
    } else {
        let ticket: Ticket = item.parse()?;
        if ticket.has_words() {
            out.push(ticket.record(item, Extra::default())?);
        } else {
            out.push(rating::item(item)?);
        }
    }
    Ok(())
}

impl Ticket {
    fn has_words(&self) -> bool {
        self.subject.is_some() || self.description.is_some() || !self.comments.is_empty()
    }

    fn record(mut self, item: &Item<'_>, mut extra: Extra) -> Result<Feedback> {
        let (turns, format) = self.turns(item);
        // The description repeats the first comment.
        let text = if turns.is_empty() { self.description.clone().text() } else { String::new() };
        keep(&mut extra, std::mem::take(&mut self.rest));
        let builder = item.builder(self.id.clone().into_option()).channel(Channel::TICKET);
        let mut builder = item
            .clock
            .stamp(builder, self.created_at.as_deref(), self.updated_at.as_deref(), &mut extra)
            .text(text)
            .format(format)
            .turns(turns)
            .customer(self.customer(item))
            .extra(extra);
        if let Some(satisfaction) = &self.satisfaction_rating {
            builder = satisfaction.add(builder);
        }
        self.fill(builder).build()
    }

    /// What needs no thought.
    fn fill(self, builder: FeedbackBuilder) -> FeedbackBuilder {
        let files = self.public().flat_map(|comment| &comment.attachments);
        let files = files.filter_map(|file| attachment(&file.content_type, &file.content_url)).collect();
        let via = self.via.unwrap_or_default();
        let builder = builder
            .attachments(files)
            .title(self.subject.or(self.raw_subject).text())
            .agent(self.assignee_id.text())
            .team(self.group_id.text())
            .tags(self.tags);
        let builder = attributes(
            builder,
            [
                ("via", via.channel),
                ("via_rel", via.source.rel),
                ("status", self.status),
                ("priority", self.priority),
                ("type", self.r#type),
                ("brand_id", self.brand_id),
                ("organization_id", self.organization_id),
            ],
        );
        // What the fields of an account mean only the host knows.
        self.custom_fields.iter().fold(builder, |builder, field| {
            match (field.id.as_deref(), flat(&field.value)) {
                (Some(id), Some(value)) => builder.attribute(format!("custom_field_{id}"), value),
                _ => builder,
            }
        })
    }

    /// The public comments. They count as HTML only when no plain form of any is there.
    fn turns(&self, item: &Item<'_>) -> (Vec<Turn>, Format) {
        let is_html = self.public().all(|comment| comment.plain().as_deref().is_none())
            && self.public().next().is_some();
        let turns = self.public().filter_map(|comment| {
            let words = if is_html {
                comment.html_body.clone()
            } else {
                comment.plain().or(comment.html_body.clone())
            };
            Some(Turn {
                role: self.role(item, &comment.author_id),
                author: comment.author_id.clone().into_option(),
                at: comment.created_at.as_deref().and_then(|at| item.clock.read(at).ok()),
                text: words.into_option()?,
                question: None,
            })
        });
        (turns.collect(), if is_html { Format::Html } else { Format::Plain })
    }

    fn public(&self) -> impl Iterator<Item = &Comment> {
        self.comments.iter().filter(|comment| comment.public != Some(false))
    }

    /// The requester, with what the users or else the message's sender tell.
    fn customer(&self, item: &Item<'_>) -> Customer {
        let known = customer(item, &self.requester_id);
        let Some(from) = self.via.as_ref().map(|via| &via.source.from) else { return known };
        Customer {
            name: known.name.or_else(|| from.name.clone().into_option()),
            email: known.email.or_else(|| from.address.clone().into_option()),
            ..known
        }
    }

    fn role(&self, item: &Item<'_>, author: &Word) -> Role {
        let Some(id) = author.as_deref() else { return Role::Unknown };
        let known = item.side("users", id).and_then(|user| user.get("role")).and_then(Value::as_str);
        match known {
            Some("end-user") => Role::Customer,
            Some("agent" | "admin") => Role::Agent,
            _ if self.requester_id == *author => Role::Customer,
            _ if id == "-1" => Role::System,
            _ => Role::Agent,
        }
    }
}

impl Comment {
    fn plain(&self) -> Word {
        self.plain_body.clone().or(self.body.clone())
    }
}

/// The requester, with what the users tell.
fn customer(item: &Item<'_>, requester: &Word) -> Customer {
    let user = requester.as_deref().and_then(|id| item.side("users", id));
    let told = |field| user.and_then(|user| user.get(field)).and_then(Value::as_str).map(str::to_owned);
    Customer {
        id: requester.clone().into_option(),
        name: told("name"),
        email: told("email"),
        ..Customer::default()
    }
}
