//! `SurveyMonkey`: responses, in bulk or alone, with their details.
//!
//! Responses name questions and choices by number. Their words, types and scales are in the details of the
//! survey, which may stand before the responses: `{"survey": <details>, "data": [<responses>]}`. Answers
//! asked for with `simple=true` bring words along, but no scales.

mod answer;
mod detail;

use super::response::Response;
use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::text::{Word, plain};
use crate::error::Result;
use crate::feedback::schema::nullable;
use crate::feedback::{Feedback, Source};
use answer::Question;
use detail::Detail;
use serde::Deserialize;
use serde_json::{Map, Value};

/// Where the pages of the details are.
const DETAILS: &str = "survey/pages";

pub(super) static ADAPTER: Envelope = Envelope {
    name: "survey_monkey",
    source: Source::SURVEY_MONKEY,
    paths: Paths { items: &["data"], sides: &[DETAILS] },
    marks: &[&["collector_id", "response_status"], &["collector_id", "pages"], &["choice_id", "questions"]],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Answered {
    id: Word,
    survey_id: Word,
    recipient_id: Word,
    response_status: Word,
    date_created: Word,
    date_modified: Word,
    email_address: Word,
    first_name: Word,
    last_name: Word,
    language: Word,
    #[serde(deserialize_with = "nullable")]
    custom_variables: Map<String, Value>,
    #[serde(deserialize_with = "nullable")]
    metadata: Map<String, Value>,
    #[serde(deserialize_with = "nullable")]
    pages: Vec<AnsweredPage>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct AnsweredPage {
    id: Word,
    #[serde(deserialize_with = "nullable")]
    questions: Vec<Question>,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let answered: Answered = item.parse()?;
    let mut read = Response::default();
    for (number, page) in answered.pages.iter().enumerate() {
        let details = page.id.as_deref().and_then(|id| item.side(DETAILS, id));
        for (at, question) in page.questions.iter().enumerate() {
            let detail = details.and_then(|page| Detail::of(page, &question.id));
            question
                .read(detail.as_ref(), &mut read)
                .map_err(|error| error.at_path(format!("/pages/{number}/questions/{at}")))?;
        }
    }
    out.push(answered.finish(item, read)?);
    Ok(())
}

impl Answered {
    /// All but the answers.
    fn finish(self, item: &Item<'_>, mut read: Response) -> Result<Feedback> {
        let builder = item.dated(self.id, &self.date_created, &self.date_modified, &mut read.extra);
        let known = [
            ("email", self.email_address),
            ("first_name", self.first_name),
            ("last_name", self.last_name),
            ("language", self.language),
        ];
        for (name, value) in known {
            read.sent(name, value.text());
        }
        contact(&self.metadata, &mut read);
        for (name, value) in self.custom_variables {
            read.sent(&name, plain(&value).unwrap_or_default());
        }
        read.fact("survey_id", self.survey_id.text());
        read.fact("status", self.response_status.text());
        read.fact("recipient_id", self.recipient_id.into_option().filter(|id| id != "0").unwrap_or_default());
        let mut rest = self.rest;
        for name in ["collector_id", "collection_mode", "custom_value", "ip_address", "total_time"] {
            read.fact(name, rest.remove(name).as_ref().and_then(plain).unwrap_or_default());
        }
        read.rest(rest);
        read.build(builder)
    }
}

/// What the collector knew of the customer: `metadata.contact.NAME.value`.
fn contact(metadata: &Map<String, Value>, out: &mut Response) {
    for (group, known) in metadata {
        for (name, value) in known.as_object().into_iter().flatten() {
            let value = value.get("value").unwrap_or(value);
            let name = if group == "contact" { name.clone() } else { format!("{group}.{name}") };
            out.sent(&name, plain(value).unwrap_or_default());
        }
    }
}
