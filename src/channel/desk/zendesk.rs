//! Zendesk Support: tickets (with their comments as turns where they are embedded) and satisfaction ratings.
//!
//! `good` and `bad` become a CSAT of 1 and 0 on 0..1; `offered` and `unoffered` mean that there is none, and a
//! satisfaction rating that was never answered is no item. Private comments are left out. Who speaks is told
//! by `users[].role` when the users stand before the tickets; otherwise the requester is the customer and
//! everyone else an agent.

mod rating;

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::talk::flat;
use crate::channel::parse::text::{Word, attributes};
use crate::error::Result;
use crate::feedback::schema::nullable;
use crate::feedback::{Channel, Customer, Extra, Feedback, FeedbackBuilder, Format, Role, Source, Turn};
use rating::Satisfaction;
use serde::Deserialize;
use serde_json::Value;

pub(super) static ADAPTER: Envelope = Envelope {
    name: "zendesk",
    source: Source::ZENDESK,
    paths: Paths { items: &["tickets", "ticket", "satisfaction_ratings"], sides: &["users"] },
    marks: &[
        &["requester_id", "submitter_id", "subject"],
        &["satisfaction_ratings", "ticket_id", "score"],
        &["ticket_id", "requester_id", "assignee_id", "score"],
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
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Via {
    channel: Word,
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
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let ticket: Ticket = item.parse()?;
    let is_ticket = ticket.subject.is_some() || ticket.description.is_some() || !ticket.comments.is_empty();
    if !is_ticket {
        out.extend(rating::item(item)?);
        return Ok(());
    }
    let (turns, format) = ticket.turns(item);
    // The description repeats the first comment.
    let text = if turns.is_empty() { ticket.description.clone().text() } else { String::new() };
    let mut extra = Extra::default();
    let builder = item.builder(ticket.id.clone().into_option()).channel(Channel::TICKET);
    let mut builder = item
        .clock
        .stamp(builder, ticket.created_at.as_deref(), ticket.updated_at.as_deref(), &mut extra)
        .text(text)
        .format(format)
        .turns(turns)
        .customer(customer(item, &ticket.requester_id))
        .extra(extra);
    if let Some(satisfaction) = &ticket.satisfaction_rating {
        builder = satisfaction.add(builder);
    }
    out.push(ticket.fill(builder).build()?);
    Ok(())
}

impl Ticket {
    /// What needs no thought.
    fn fill(self, builder: FeedbackBuilder) -> FeedbackBuilder {
        let builder = builder
            .title(self.subject.or(self.raw_subject).text())
            .agent(self.assignee_id.text())
            .team(self.group_id.text())
            .tags(self.tags);
        let builder = attributes(
            builder,
            [
                ("via", self.via.unwrap_or_default().channel),
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
        let public = || self.comments.iter().filter(|comment| comment.public != Some(false));
        let is_html =
            public().all(|comment| comment.plain().as_deref().is_none()) && public().next().is_some();
        let turns = public().filter_map(|comment| {
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
