//! Responses to CSAT surveys, which took the place of the satisfaction ratings.
//!
//! The account chooses how many options a scale has. Where the question lists them, their numbers are the scale;
//! otherwise it is unknown. The first scale is about the whole, others are aspects named by their questions.

use crate::channel::parse::envelope::Item;
use crate::channel::parse::record::keep;
use crate::channel::parse::talk::{Talk, flat};
use crate::channel::parse::text::{Word, attributes};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::schema::nullable;
use crate::feedback::{
    AspectRating, Channel, Customer, Extra, Feedback, FeedbackBuilder, Rating, RatingKind,
};
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Response {
    id: Word,
    survey_id: Word,
    survey: Survey,
    survey_version: Word,
    ticket_id: Word,
    responder_id: Word,
    created_at: Word,
    #[serde(deserialize_with = "nullable")]
    subjects: Vec<Subject>,
    answers: Vec<Answer>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Survey {
    id: Word,
    version: Word,
}

/// What the survey was about.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Subject {
    r#type: Word,
    id: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Answer {
    r#type: Word,
    question: Value,
    rating: Word,
    rating_category: Word,
    value: Word,
    selections: Value,
    created_at: Word,
    updated_at: Word,
}

pub(super) fn item(item: &Item<'_>) -> Result<Feedback> {
    let response: Response = item.parse()?;
    if !response.answers.iter().any(Answer::is_answered) {
        return Err(Error::new(ErrorKind::Missing, "every question of the survey was skipped"));
    }
    let mut extra = Extra::default();
    let first = response.answers.iter().find_map(|answer| answer.created_at.as_deref());
    let last = response.answers.iter().rev().find_map(|answer| answer.updated_at.as_deref());
    let created = first.or(response.created_at.as_deref());
    let builder = item.builder(response.id.clone().into_option()).channel(Channel::SURVEY);
    let builder = item.clock.stamp(builder, created, last, &mut extra);
    let builder = response.rate(builder)?;
    let mut talk = Talk::new(item.clock);
    for answer in &response.answers {
        talk.answer(&answer.asked(), &answer.created_at, answer.words());
    }
    let builder = talk.fill(builder, &mut extra);
    response.fill(builder, &mut extra).extra(extra).build()
}

impl Response {
    fn rate(&self, mut builder: FeedbackBuilder) -> Result<FeedbackBuilder> {
        let (mut whole, mut aspects) = (true, Vec::new());
        for (i, answer) in self.answers.iter().enumerate() {
            let rating = answer.rated().map_err(|e| e.at_path(format!("/answers/{i}/rating")))?;
            let Some(rating) = rating else { continue };
            if std::mem::take(&mut whole) {
                builder =
                    attributes(builder.rating(rating), [("rating_category", answer.rating_category.clone())]);
            } else {
                aspects.push(AspectRating { aspect: answer.asked(), rating });
            }
        }
        Ok(builder.aspect_ratings(aspects))
    }

    fn fill(self, builder: FeedbackBuilder, extra: &mut Extra) -> FeedbackBuilder {
        keep(extra, self.rest);
        let about = self.subjects.into_iter().find(|subject| subject.r#type.as_deref() == Some("ticket"));
        let ticket = self.ticket_id.or(about.unwrap_or_default().id);
        let more = [
            ("survey_id", self.survey_id.or(self.survey.id)),
            ("survey_version", self.survey_version.or(self.survey.version)),
        ];
        attributes(builder, more)
            .parent_id(ticket.text())
            .customer(Customer { id: self.responder_id.into_option(), ..Customer::default() })
    }
}

impl Answer {
    fn is_answered(&self) -> bool {
        self.r#type.as_deref() != Some("skipped") && (self.rating.is_some() || self.words().is_some())
    }

    /// The question's words, else its name.
    fn asked(&self) -> String {
        let told = ["headline", "title", "text", "label", "alias", "id"]
            .iter()
            .find_map(|part| flat(self.question.get(part)?));
        told.or_else(|| flat(&self.question)).unwrap_or_default()
    }

    /// What was written, or the choices made.
    fn words(&self) -> Word {
        let one = |choice: &Value| {
            let named =
                ["label", "value", "text", "name", "id"].iter().find_map(|part| flat(choice.get(part)?));
            named.or_else(|| flat(choice))
        };
        let chosen = self.selections.as_array().into_iter().flatten().filter_map(one);
        self.value.clone().or(Word::from(chosen.collect::<Vec<_>>().join(", ").as_str()))
    }

    fn rated(&self) -> Result<Option<Rating>> {
        let Some(text) = self.rating.as_deref() else { return Ok(None) };
        let Ok(value) = text.trim().parse() else {
            return Err(Error::new(ErrorKind::Syntax, format!("\"{text}\" is not a rating")));
        };
        let options = self.question.get("options").and_then(Value::as_array);
        let numbers = options.into_iter().flatten().filter_map(|option| option.get("rating")?.as_f64());
        let (min, max) = numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(min, max), number| {
            (number.min(min), number.max(max))
        });
        let rating =
            if min < max { Rating::new(value, min, max, RatingKind::Csat) } else { Rating::unscaled(value) };
        rating.map(Some)
    }
}
