//! Delighted: lists of responses, and webhooks.
//!
//! The scale follows from the type of the survey; effort was asked on five and on seven steps under one name,
//! so its scale stays unknown, and so does that of a response without a type.

use super::response::{Response, rate, tags};
use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::text::{Word, plain};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::schema::nullable;
use crate::feedback::{Feedback, Rating, RatingKind, Source};
use serde::Deserialize;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "delighted",
    source: Source::DELIGHTED,
    paths: Paths { items: &[], sides: &[] },
    marks: &[&["person_properties", "score"], &["survey_type", "score"], &["event_data", "person"]],
    offset: None,
    item,
};

/// A webhook, or the response alone.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Webhook {
    #[serde(rename = "event_id")]
    id: Word,
    #[serde(rename = "event_type")]
    kind: Word,
    #[serde(rename = "event_data")]
    data: Option<Answered>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Answered {
    id: Word,
    person: Value,
    survey_type: Word,
    score: Word,
    comment: Word,
    created_at: Word,
    updated_at: Word,
    #[serde(deserialize_with = "nullable")]
    person_properties: Map<String, Value>,
    #[serde(deserialize_with = "nullable")]
    tags: Vec<Value>,
    #[serde(deserialize_with = "nullable")]
    additional_answers: Vec<Additional>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Additional {
    #[serde(deserialize_with = "nullable")]
    question: Question,
    value: Value,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Question {
    id: Word,
    r#type: Word,
    text: Word,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let webhook: Webhook = item.parse()?;
    let (path, answered) = match webhook.data {
        Some(answered) => ("/event_data/score", answered),
        None => ("/score", item.parse()?),
    };
    let mut read = Response::default();
    read.fact("event_id", webhook.id.text());
    read.fact("event_type", webhook.kind.text());
    if let Some(score) = answered.score.as_deref() {
        let kind = answered.survey_type.as_deref();
        let rating = rating(kind, score).map_err(|error| error.at_path(path))?;
        read.asked("score", kind.unwrap_or_default());
        read.rated("score", rating);
    }
    out.push(answered.finish(item, read)?);
    Ok(())
}

/// The score on the scale of its survey.
fn rating(survey: Option<&str>, score: &str) -> Result<Rating> {
    let unreadable = || Error::new(ErrorKind::Syntax, format!("\"{score}\" is not a score"));
    let score: f64 = score.parse().map_err(|_| unreadable())?;
    let (min, max, kind) = match survey {
        Some("nps") => (0.0, 10.0, RatingKind::Nps),
        // Of employees, not of customers.
        Some("enps") => (0.0, 10.0, RatingKind::Unknown),
        Some("csat" | "csat5") => (1.0, 5.0, RatingKind::Csat),
        Some("csat3") => (1.0, 3.0, RatingKind::Csat),
        Some("ces7") => (1.0, 7.0, RatingKind::Ces),
        Some("five_star" | "star" | "stars" | "star_rating" | "5star") => (1.0, 5.0, RatingKind::Stars),
        Some("smileys" | "smiley") => (1.0, 5.0, RatingKind::Ordinal),
        _ => return Rating::unscaled(score),
    };
    Rating::new(score, min, max, kind)
}

impl Answered {
    /// All but the score.
    fn finish(self, item: &Item<'_>, mut read: Response) -> Result<Feedback> {
        let builder = item.dated(self.id, &self.created_at, &self.updated_at, &mut read.extra);
        read.words("comment", self.comment.text(), None);
        for additional in self.additional_answers {
            additional.read(&mut read)?;
        }
        person(self.person, &mut read);
        for (name, value) in self.person_properties {
            read.sent(&name, plain(&value).unwrap_or_default());
        }
        read.fact("survey_type", self.survey_type.text());
        read.rest(self.rest);
        read.build(builder.tags(tags(&self.tags)))
    }
}

/// The id, or what is known of the person.
fn person(person: Value, out: &mut Response) {
    let Value::Object(known) = person else {
        out.sent("customer_id", plain(&person).unwrap_or_default());
        return;
    };
    for (name, value) in known {
        let name = match name.as_str() {
            "id" => "customer_id".to_owned(),
            "name" | "email" => name,
            _ => format!("person.{name}"),
        };
        out.sent(&name, plain(&value).unwrap_or_default());
    }
}

impl Additional {
    fn read(self, out: &mut Response) -> Result<()> {
        let question = self.question.text.or(self.question.id).text();
        let kind = self.question.r#type.text();
        out.asked(&question, &kind);
        // The value stands bare or under the name of its type.
        let value = match &self.value {
            Value::Object(parts) => {
                let texts =
                    parts.values().filter_map(|part| plain(part).or_else(|| plain(part.get("text")?)));
                texts.collect::<Vec<_>>().join(", ")
            }
            bare => plain(bare).unwrap_or_default(),
        };
        match (kind.as_str(), value.parse::<f64>()) {
            ("scale" | "rating", Ok(number)) => {
                out.rated(&question, rate(&question, number, None, RatingKind::Unknown)?);
            }
            ("select_one" | "select_many" | "scale" | "rating", _) => out.chosen(&question, value),
            _ => out.words(&question, value, None),
        }
        Ok(())
    }
}
