//! Satisfaction ratings, inside a ticket or on their own.

use crate::channel::parse::envelope::Item;
use crate::channel::parse::rating::THUMB;
use crate::channel::parse::record::keep;
use crate::channel::parse::text::{Word, attributes};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{Channel, Customer, Extra, Feedback, FeedbackBuilder, Rating, Role, Turn};
use serde::Deserialize;
use serde_json::{Map, Value};

/// `satisfaction_rating` of a ticket: an object, or only the score.
#[derive(Deserialize)]
#[serde(from = "Shape")]
pub(super) struct Satisfaction {
    score: Word,
    comment: Word,
    reason: Word,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Shape {
    Object {
        #[serde(default)]
        score: Word,
        #[serde(default)]
        comment: Word,
        #[serde(default)]
        reason: Word,
    },
    Score(Word),
}

impl From<Shape> for Satisfaction {
    fn from(shape: Shape) -> Self {
        match shape {
            Shape::Object { score, comment, reason } => Self { score, comment, reason },
            Shape::Score(score) => Self { score, comment: Word::default(), reason: Word::default() },
        }
    }
}

impl Satisfaction {
    /// Adds the rating, if it can be read; what the customer wrote to it becomes a turn that answers the survey.
    pub(super) fn add(&self, mut builder: FeedbackBuilder) -> FeedbackBuilder {
        match score(&self.score) {
            Ok(Some(rating)) => builder = builder.rating(rating),
            Ok(None) => {}
            // The words of the ticket are worth more than a score of an unknown scale.
            Err(_) => builder = attributes(builder, [("satisfaction_score", self.score.clone())]),
        }
        if let Some(comment) = self.comment.clone().into_option() {
            let question = Some("satisfaction_rating".to_owned());
            builder = builder.turn(Turn { role: Role::Customer, text: comment, question, ..Turn::default() });
        }
        attributes(builder, [("satisfaction_reason", self.reason.clone())])
    }
}

/// `good` and `bad`, also in their filter forms such as `good_with_comment`; `offered` is no answer.
fn score(word: &Word) -> Result<Option<Rating>> {
    match word.as_deref() {
        None | Some("offered" | "unoffered") => Ok(None),
        Some(good) if good.starts_with("good") => THUMB.rate(1.0).map(Some),
        Some(bad) if bad.starts_with("bad") => THUMB.rate(0.0).map(Some),
        Some(other) => {
            let message = format!("satisfaction score \"{other}\" is not known");
            Err(Error::new(ErrorKind::Unknown, message).at_path("/score"))
        }
    }
}

/// An element of `satisfaction_ratings`, or an object that holds one.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Response {
    id: Word,
    score: Word,
    comment: Word,
    reason: Word,
    ticket_id: Word,
    requester_id: Word,
    assignee_id: Word,
    group_id: Word,
    created_at: Word,
    updated_at: Word,
    satisfaction_rating: Option<Box<Response>>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// The record of an answered rating.
pub(super) fn item(item: &Item<'_>) -> Result<Feedback> {
    let mut response: Response = item.parse()?;
    if let Some(inner) = response.satisfaction_rating.take() {
        response = *inner;
    }
    let rating = score(&response.score)?;
    if rating.is_none() && response.score.is_some() && !response.comment.is_some() {
        return Err(Error::new(ErrorKind::NotFeedback, "the survey was not answered").at_path("/score"));
    }
    let mut extra = Extra::default();
    keep(&mut extra, response.rest);
    let builder = item.builder(response.id.into_option()).channel(Channel::SURVEY);
    let mut builder = item
        .clock
        .stamp(builder, response.created_at.as_deref(), response.updated_at.as_deref(), &mut extra)
        .text(response.comment.text())
        .parent_id(response.ticket_id.text())
        .agent(response.assignee_id.text())
        .team(response.group_id.text())
        .customer(Customer { id: response.requester_id.into_option(), ..Customer::default() })
        .extra(extra);
    if let Some(rating) = rating {
        builder = builder.rating(rating);
    }
    attributes(builder, [("satisfaction_reason", response.reason)]).build()
}
