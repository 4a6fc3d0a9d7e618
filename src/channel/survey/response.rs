//! A survey response as a record: open answers are turns that know their question, ratings keep their scale,
//! everything else that was answered or sent along becomes a field of the record or an attribute. Where nothing was
//! written and nothing rated, the choices are the turns as well: all that the customer said.

mod question;

#[cfg(feature = "json")]
use crate::channel::parse::record::keep;
use crate::channel::parse::text::Word;
#[cfg(feature = "json")]
use crate::channel::parse::text::plain;
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{
    AspectRating, Attachment, Channel, Customer, Extra, Feedback, FeedbackBuilder, Rating, RatingKind, Role,
    Touchpoint, Turn,
};
use jiff::Timestamp;
pub(super) use question::{measure, rate};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A response while its answers are read.
#[derive(Default)]
pub(super) struct Response {
    pub(super) extra: Extra,
    turns: Vec<Turn>,
    ratings: Vec<AspectRating>,
    /// What was chosen; all that a response without words and ratings says.
    choices: Vec<Turn>,
    /// Question and type, for `extra`.
    types: Map<String, Value>,
    fields: BTreeMap<&'static str, String>,
    attributes: BTreeMap<String, String>,
    /// How often a question came again.
    repeats: BTreeMap<String, u32>,
    attachments: Vec<Attachment>,
}

impl Response {
    /// Keeps the type of a question that was answered.
    pub(super) fn asked(&mut self, question: &str, kind: &str) {
        if !kind.is_empty() {
            self.types.insert(question.to_owned(), kind.into());
        }
    }

    /// An open answer.
    pub(super) fn words(&mut self, question: &str, text: impl Into<String>, at: Option<Timestamp>) {
        self.turns.extend(turn(question, text.into(), at));
    }

    /// A closed answer: a choice, a number, a date.
    pub(super) fn chosen(&mut self, question: &str, value: impl Into<String>) {
        let value = value.into();
        self.choices.extend(turn(question, value.clone(), None));
        self.fact(question, value);
    }

    /// A rating; what the question is called is the aspect, unless it turns out to be that of the whole.
    pub(super) fn rated(&mut self, question: &str, rating: Rating) {
        self.ratings.push(AspectRating { aspect: question.to_owned(), rating });
    }

    /// What is known without being an answer, or besides being one. Of questions with the same words the later
    /// ones are numbered.
    pub(super) fn fact(&mut self, question: &str, value: impl Into<String>) {
        let value = value.into();
        if value.trim().is_empty() {
            return;
        }
        let question = if question.trim().is_empty() { "answer" } else { question };
        let mut name = question.to_owned();
        // Names such as `Why? (2)` may have been given already.
        while self.attributes.contains_key(&name) {
            let number = self.repeats.entry(question.to_owned()).or_insert(1);
            *number += 1;
            name = format!("{question} ({number})");
        }
        self.attributes.insert(name, value);
    }

    /// What the survey was sent with, or what identifies the customer: fills the field its name stands for,
    /// else it is an attribute.
    pub(super) fn sent(&mut self, name: &str, value: impl Into<String>) {
        if let Err(value) = self.identify(name, value.into()) {
            self.fact(name, value);
        }
    }

    /// Fills the field a name stands for; gives the value back when there is none or it is filled.
    pub(super) fn identify(&mut self, name: &str, value: String) -> Result<(), String> {
        if value.trim().is_empty() {
            return Ok(());
        }
        match question::field(name) {
            Some(field) if !self.fields.contains_key(field) => {
                self.fields.insert(field, value);
                Ok(())
            }
            _ => Err(value),
        }
    }

    /// Something attached.
    pub(super) fn attached(&mut self, kind: &str, url: Word) {
        if let Some(url) = url.into_option() {
            self.attachments.push(Attachment { kind: kind.to_owned(), url });
        }
    }

    /// Fields that have no home.
    #[cfg(feature = "json")]
    pub(super) fn rest(&mut self, rest: Map<String, Value>) {
        keep(&mut self.extra, rest);
    }

    /// The record. The rating of the whole is the first that asks for recommendation, else for satisfaction,
    /// else for effort, else the first; the others rate aspects named as their questions.
    pub(super) fn build(mut self, mut builder: FeedbackBuilder) -> Result<Feedback> {
        if self.turns.is_empty() && self.ratings.is_empty() {
            self.turns = std::mem::take(&mut self.choices);
        }
        if self.turns.is_empty() && self.ratings.is_empty() {
            return Err(Error::new(ErrorKind::NotFeedback, "the survey was not answered"));
        }
        let kinds = [RatingKind::Nps, RatingKind::Csat, RatingKind::Ces];
        let position = |kind: RatingKind| self.ratings.iter().position(|r| r.rating.kind() == kind);
        let whole = kinds.into_iter().find_map(position).unwrap_or(0);
        if whole < self.ratings.len() {
            let AspectRating { aspect, rating } = self.ratings.remove(whole);
            builder = builder.rating(rating);
            self.fact("rating_question", aspect);
        }
        if !self.types.is_empty() {
            self.extra.insert("question_types", self.types.into());
        }
        builder = self.fields.iter().fold(builder, |builder, (field, value)| fill(builder, field, value));
        let attributes = self.attributes.into_iter();
        builder = attributes.fold(builder, |builder, (name, value)| builder.attribute(name, value));
        let take = |field| self.fields.get(field).cloned();
        let parts: Vec<String> = ["first_name", "last_name"].into_iter().filter_map(take).collect();
        let name = take("name").or_else(|| (!parts.is_empty()).then(|| parts.join(" ")));
        builder
            .channel(Channel::SURVEY)
            .customer(Customer {
                id: take("customer_id"),
                name,
                email: take("email"),
                segment: take("segment"),
                ..Customer::default()
            })
            .turns(self.turns)
            .aspect_ratings(self.ratings)
            .attachments(self.attachments)
            .extra(self.extra)
            .build()
    }
}

/// Tags as names, or as objects that have one.
#[cfg(feature = "json")]
pub(super) fn tags(all: &[Value]) -> Vec<String> {
    all.iter().filter_map(|tag| plain(tag).or_else(|| plain(tag.get("name")?))).collect()
}

/// An answer as a turn, unless it is blank.
fn turn(question: &str, text: String, at: Option<Timestamp>) -> Option<Turn> {
    let question = Some(question.to_owned()).filter(|question| !question.is_empty());
    (!text.trim().is_empty()).then(|| Turn { role: Role::Customer, text, question, at, ..Turn::default() })
}

fn fill(builder: FeedbackBuilder, field: &str, value: &str) -> FeedbackBuilder {
    match field {
        "order" => builder.order(value),
        "product" => builder.product(value),
        "courier" => builder.courier(value),
        "region" => builder.region(value),
        "store" => builder.store(value),
        "agent" => builder.agent(value),
        "team" => builder.team(value),
        "language" => builder.language(value),
        "touchpoint" => builder.touchpoint(Touchpoint::new(value)),
        _ => builder,
    }
}
