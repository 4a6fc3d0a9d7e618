//! Satisfaction ratings.

use crate::channel::parse::envelope::Item;
use crate::channel::parse::record::keep;
use crate::channel::parse::text::{Word, attributes};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{AspectRating, Channel, Customer, Extra, Feedback, Rating, RatingKind};
use serde::Deserialize;
use serde_json::{Map, Value};

/// The question about the whole; others are about aspects.
const WHOLE: &str = "default_question";

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Response {
    id: Word,
    survey_id: Word,
    ticket_id: Word,
    user_id: Word,
    agent_id: Word,
    group_id: Word,
    feedback: Word,
    created_at: Word,
    updated_at: Word,
    ratings: Answers,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// Code by question: an object, or pairs of question and value.
#[derive(Deserialize)]
#[serde(untagged)]
enum Answers {
    Named(Map<String, Value>),
    Pairs(Vec<Answer>),
}

#[derive(Deserialize)]
struct Answer {
    question: Word,
    #[serde(default)]
    value: Value,
}

impl Default for Answers {
    fn default() -> Self {
        Self::Pairs(Vec::new())
    }
}

pub(super) fn item(item: &Item<'_>) -> Result<Feedback> {
    let response: Response = item.parse()?;
    let mut extra = Extra::default();
    let id = response.id.as_deref().map(|id| format!("rating:{id}"));
    let builder = item.builder(id).channel(Channel::SURVEY);
    let mut builder = item
        .clock
        .stamp(builder, response.created_at.as_deref(), response.updated_at.as_deref(), &mut extra)
        .text(response.feedback.text())
        .parent_id(response.ticket_id.text())
        .agent(response.agent_id.text())
        .team(response.group_id.text())
        .customer(Customer { id: response.user_id.into_option(), ..Customer::default() });
    let mut ratings = response.ratings.read()?;
    // One question alone is about the whole, whatever it is called.
    let whole = ratings.iter().position(|(question, _)| question == WHOLE);
    if let Some(at) = whole.or((ratings.len() == 1).then_some(0)) {
        builder = builder.rating(ratings.remove(at).1);
    }
    let aspects = ratings.into_iter().map(|(aspect, rating)| AspectRating { aspect, rating });
    keep(&mut extra, response.rest);
    attributes(builder, [("survey_id", response.survey_id)])
        .aspect_ratings(aspects.collect())
        .extra(extra)
        .build()
}

impl Answers {
    fn read(self) -> Result<Vec<(String, Rating)>> {
        let all: Vec<(String, Value)> = match self {
            Self::Named(all) => all.into_iter().collect(),
            Self::Pairs(all) => all.into_iter().map(|a| (a.question.text(), a.value)).collect(),
        };
        let answered = all.into_iter().filter(|(_, code)| !code.is_null());
        answered
            .map(|(question, code)| {
                let rating = rating(&code).map_err(|e| e.at_path(format!("/ratings/{question}")))?;
                Ok((question, rating))
            })
            .collect()
    }
}

/// The level of a code; a number that is none is kept without a scale.
fn rating(code: &Value) -> Result<Rating> {
    let number = code.as_i64().or_else(|| code.as_str()?.trim().parse().ok());
    let number = number.ok_or_else(|| Error::new(ErrorKind::Syntax, format!("{code} is no rating code")))?;
    let level = match number {
        101..=103 => number - 96,
        100 => 4,
        -103..=-101 => number + 104,
        other => return Rating::unscaled(other as f64),
    };
    Rating::new(level as f64, 1.0, 7.0, RatingKind::Csat)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_levels() {
        let value = |code: i64| rating(&Value::from(code)).unwrap();
        let levels = [-103, -102, -101, 100, 101, 102, 103].map(|code| value(code).value());
        assert_eq!(levels, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
        assert_eq!((value(3).value(), value(3).scale()), (3.0, None));
        assert_eq!(rating(&Value::from("103")).unwrap().value(), 7.0);
        assert_eq!(rating(&Value::from("happy")).unwrap_err().to_string(), "\"happy\" is no rating code");
    }
}
