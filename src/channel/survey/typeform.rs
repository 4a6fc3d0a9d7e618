//! Typeform: webhooks, the Responses API, and the form before its responses.
//!
//! Titles and scales of questions are in the definition, which webhooks bring along; `fields` of a form that
//! stand before the responses serve as well. Without them a question is called by its reference, and the scale
//! of an opinion scale or rating stays unknown. Hidden fields fill the fields of the record that their
//! names stand for. The other answers (choices, numbers, dates) are attributes.

mod answer;
mod definition;

use super::response::Response;
use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::text::{Word, plain};
use crate::error::Result;
use crate::feedback::schema::nullable;
use crate::feedback::{Feedback, Source};
use answer::Answer;
use definition::Definition;
use serde::Deserialize;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "typeform",
    source: Source::TYPEFORM,
    paths: Paths { items: &["items"], sides: &["fields", "form/fields"] },
    marks: &[
        &["form_response", "event_type"],
        &["landing_id", "landed_at"],
        &["landed_at", "answers"],
        &["submitted_at", "answers"],
    ],
    offset: None,
    item,
};

/// A webhook, or the response alone.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Webhook {
    event_id: Word,
    event_type: Word,
    form_response: Option<FormResponse>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct FormResponse {
    form_id: Word,
    token: Word,
    response_id: Word,
    landing_id: Word,
    response_type: Word,
    landed_at: Word,
    submitted_at: Word,
    #[serde(deserialize_with = "nullable")]
    hidden: Map<String, Value>,
    #[serde(deserialize_with = "nullable")]
    calculated: Map<String, Value>,
    #[serde(deserialize_with = "nullable")]
    variables: Vec<Variable>,
    #[serde(deserialize_with = "nullable")]
    metadata: Map<String, Value>,
    #[serde(deserialize_with = "nullable")]
    definition: Definition,
    #[serde(deserialize_with = "nullable")]
    answers: Vec<Answer>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Variable {
    key: Word,
    number: Word,
    text: Word,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let webhook: Webhook = item.parse()?;
    let (prefix, response) = match webhook.form_response {
        Some(response) => ("/form_response", response),
        None => ("", item.parse()?),
    };
    let mut read = Response::default();
    read.fact("event_id", webhook.event_id.text());
    read.fact("event_type", webhook.event_type.text());
    let questions = response.definition.index();
    for (number, answer) in response.answers.iter().enumerate() {
        let known = questions.find(item, &answer.field);
        answer.read(known.as_deref(), &mut read).map_err(|error| {
            let inside = error.location().path().unwrap_or_default().to_owned();
            error.at_path(format!("{prefix}/answers/{number}{inside}"))
        })?;
    }
    out.push(response.finish(item, read)?);
    Ok(())
}

impl FormResponse {
    /// All but the answers.
    fn finish(self, item: &Item<'_>, mut read: Response) -> Result<Feedback> {
        // A landing that was never submitted has only the first time.
        let created = self.submitted_at.clone().or(self.landed_at.clone());
        let id = self.token.or(self.response_id).or(self.landing_id);
        let builder = item.builder(id.into_option());
        let builder = item.clock.stamp(builder, created.as_deref(), None, &mut read.extra);
        for (name, value) in self.hidden {
            read.sent(&name, plain(&value).unwrap_or_default());
        }
        for variable in self.variables {
            read.sent(&variable.key.text(), variable.number.or(variable.text).text());
        }
        for (name, value) in self.calculated.into_iter().chain(self.metadata) {
            read.fact(&name, plain(&value).unwrap_or_default());
        }
        read.fact("survey", self.definition.title.text());
        read.fact("survey_id", self.form_id.or(self.definition.id).text());
        read.fact("status", self.response_type.text());
        read.fact("landed_at", self.landed_at.text());
        read.rest(self.rest);
        read.build(builder)
    }
}
