//! App Store Connect: `customerReviews`, for one app, version or review, with the developer's responses where
//! they were asked for.
//!
//! Stars 1..5; the territory is the region. Responses stand after the reviews, in `included`: the last 500
//! records are held back so that a response still finds its review and becomes a turn of the agent. One that
//! finds none is a record of its own, written by the agent.

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::STARS;
use crate::channel::parse::record::{keep, reply};
use crate::channel::parse::text::{Word, attributes};
use crate::channel::{Adapter, Confidence, ReadOptions, Reject};
use crate::error::Result;
use crate::feedback::{Channel, Customer, Direction, Extra, Feedback, Source};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::VecDeque;
use std::io::BufRead;

/// Records held back; a page has at most 200 reviews.
const HELD: usize = 500;

/// `app_store_connect`.
pub(super) struct AppStoreConnect;

static ENVELOPE: Envelope = Envelope {
    name: "app_store_connect",
    source: Source::APP_STORE_CONNECT,
    paths: Paths { items: &["data", "included"], sides: &[] },
    marks: &[&["reviewerNickname", "territory"], &["reviewerNickname", "createdDate", "body"]],
    offset: None,
    item,
};

impl Adapter for AppStoreConnect {
    fn name(&self) -> &'static str {
        ENVELOPE.name
    }

    fn sniff(&self, head: &[u8]) -> Confidence {
        ENVELOPE.sniff(head)
    }

    fn read<'a>(
        &'a self,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
        Box::new(Answered { all: ENVELOPE.read(input, options), held: VecDeque::new() })
    }
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Resource {
    r#type: Word,
    id: Word,
    attributes: Option<Attributes>,
    relationships: Option<Relationships>,
}

/// Of reviews and of responses.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Attributes {
    rating: Word,
    title: Word,
    body: Word,
    reviewer_nickname: Word,
    created_date: Word,
    territory: Word,
    response_body: Word,
    last_modified_date: Word,
    state: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Relationships {
    response: Option<Relationship>,
    review: Option<Relationship>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Relationship {
    data: Option<Identifier>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Identifier {
    id: Word,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let resource: Resource = item.parse()?;
    let (told, relationships) =
        (resource.attributes.unwrap_or_default(), resource.relationships.unwrap_or_default());
    let mut extra = Extra::default();
    let builder = item.builder(resource.id.into_option()).channel(Channel::REVIEW);
    keep(&mut extra, told.rest);
    match resource.r#type.as_deref() {
        Some("customerReviewResponses") => {
            let at = told.last_modified_date.as_deref();
            let builder = item.clock.stamp(builder, at, None, &mut extra);
            let written = at.and_then(|at| item.clock.read(at).ok());
            let builder = reply(builder, told.response_body, written)
                .direction(Direction::Agent)
                .parent_id(id(relationships.review).text());
            out.push(attributes(builder, [("response_state", told.state)]).extra(extra).build()?);
        }
        Some("customerReviews") | None => {
            let builder = item.clock.stamp(builder, told.created_date.as_deref(), None, &mut extra);
            let builder = STARS
                .set(builder, &told.rating)
                .map_err(|e| e.at_path("/attributes/rating"))?
                .title(told.title.text())
                .text(told.body.text())
                .customer(Customer { name: told.reviewer_nickname.into_option(), ..Customer::default() })
                .region(told.territory.text());
            let response = id(relationships.response);
            out.push(attributes(builder, [("response_id", response)]).extra(extra).build()?);
        }
        // Apps and versions that were included too.
        Some(_) => {}
    }
    Ok(())
}

fn id(relationship: Option<Relationship>) -> Word {
    relationship.and_then(|one| one.data).unwrap_or_default().id
}

/// Joins responses to their reviews, whichever comes first.
struct Answered<'a> {
    all: Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a>,
    held: VecDeque<Result<Feedback, Reject>>,
}

impl Answered<'_> {
    /// Holds the record back, unless it completes one that is held.
    fn take(&mut self, record: Feedback) {
        let other = self.held.iter().position(|held| held.as_ref().is_ok_and(|held| belong(held, &record)));
        let Some(at) = other else {
            self.held.push_back(Ok(record));
            return;
        };
        if let Some(Ok(held)) = self.held.get_mut(at) {
            let (mut review, response) =
                if is_response(held) { (record, held.clone()) } else { (held.clone(), record) };
            review.turns.extend(response.turns);
            review.attributes.extend(response.attributes);
            *held = review;
        }
    }
}

impl Iterator for Answered<'_> {
    type Item = Result<Feedback, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.held.len() < HELD {
            match self.all.next() {
                Some(Ok(record)) => self.take(record),
                Some(reject) => self.held.push_back(reject),
                None => break,
            }
        }
        self.held.pop_front()
    }
}

fn is_response(record: &Feedback) -> bool {
    record.direction() == Direction::Agent
}

/// Whether one is the response to the other.
fn belong(one: &Feedback, other: &Feedback) -> bool {
    let answers = |response: &Feedback, review: &Feedback| {
        is_response(response)
            && !is_response(review)
            && (response.parent_id() == Some(review.id())
                || review.attributes().get("response_id").is_some_and(|id| id == response.id()))
    };
    answers(one, other) || answers(other, one)
}
