//! Formbricks: webhooks and lists of responses, with the questions of the survey where they stand before them.
//!
//! A response names questions by id. `questions` of a survey that stand before the responses (on their own or
//! in `{"survey": {"questions": []}, "data": []}`) tell words, types and scales. Without them words count as
//! open answers and numbers as ratings of unknown scale; with them an unknown id is a hidden field.

mod answer;

use super::response::{Response, tags};
use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::text::{Word, plain};
use crate::error::Result;
use crate::feedback::schema::nullable;
use crate::feedback::{Feedback, Source};
use answer::Question;
use serde::Deserialize;
use serde_json::{Map, Value};

/// Where questions may be.
const QUESTIONS: [&str; 2] = ["survey/questions", "questions"];

pub(super) static ADAPTER: Envelope = Envelope {
    name: "formbricks",
    source: Source::FORMBRICKS,
    paths: Paths { items: &["data"], sides: &QUESTIONS },
    marks: &[&["surveyId", "finished"], &["surveyId", "ttc"], &["webhookId", "surveyId"]],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Answered {
    id: Word,
    survey_id: Word,
    created_at: Word,
    updated_at: Word,
    finished: Word,
    language: Word,
    #[serde(deserialize_with = "nullable")]
    data: Map<String, Value>,
    #[serde(deserialize_with = "nullable")]
    variables: Map<String, Value>,
    #[serde(deserialize_with = "nullable")]
    meta: Map<String, Value>,
    #[serde(deserialize_with = "nullable")]
    contact: Map<String, Value>,
    #[serde(deserialize_with = "nullable")]
    contact_attributes: Map<String, Value>,
    /// Earlier names of the same.
    #[serde(deserialize_with = "nullable")]
    person: Map<String, Value>,
    #[serde(deserialize_with = "nullable")]
    person_attributes: Map<String, Value>,
    #[serde(deserialize_with = "nullable")]
    survey: Map<String, Value>,
    #[serde(deserialize_with = "nullable")]
    tags: Vec<Value>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let mut answered: Answered = item.parse()?;
    answered.contact.append(&mut answered.person);
    answered.contact_attributes.append(&mut answered.person_attributes);
    let question = |id: &str| {
        let side = QUESTIONS.into_iter().find_map(|path| item.side(path, id))?;
        Question::deserialize(side).ok()
    };
    let mut read = Response::default();
    let defined = answered.data.keys().any(|id| question(id).is_some());
    for (id, value) in &answered.data {
        let result = match question(id) {
            Some(question) => question.read(id, value, &mut read),
            None if defined => {
                read.sent(id, plain(value).unwrap_or_default());
                Ok(())
            }
            None => answer::bare(id, value, &mut read),
        };
        result.map_err(|error| error.at_path(format!("/data/{id}")))?;
    }
    out.push(answered.finish(item, read)?);
    Ok(())
}

impl Answered {
    /// All but the answers.
    fn finish(self, item: &Item<'_>, mut read: Response) -> Result<Feedback> {
        let builder = item.dated(self.id, &self.created_at, &self.updated_at, &mut read.extra);
        // The id of the host's own system comes before the vendor's.
        let host = self.contact.get("userId").or(self.contact_attributes.get("userId"));
        read.sent("customer_id", host.or(self.contact.get("id")).and_then(plain).unwrap_or_default());
        sent(&self.contact, "contact", &mut read);
        for (name, value) in self.contact_attributes.iter().chain(&self.variables) {
            if name != "userId" {
                read.sent(name, plain(value).unwrap_or_default());
            }
        }
        sent(&self.meta, "meta", &mut read);
        sent(&self.survey, "survey", &mut read);
        read.fact("survey_id", self.survey_id.text());
        read.fact("finished", self.finished.text());
        // `default` is the survey's own language, whatever that is.
        read.sent("language", self.language.into_option().filter(|l| l != "default").unwrap_or_default());
        read.rest(self.rest);
        read.build(builder.tags(tags(&self.tags)))
    }
}

/// What is known around a response: `country` is the region, the rest are attributes named by their place.
fn sent(known: &Map<String, Value>, group: &str, out: &mut Response) {
    for (name, value) in known {
        match value {
            _ if group == "contact" && matches!(name.as_str(), "id" | "userId") => {
                out.fact(&format!("{group}.{name}"), plain(value).unwrap_or_default());
            }
            Value::Object(inner) if group == "contact" => sent(inner, "", out),
            Value::Object(inner) => sent(inner, &format!("{group}.{name}"), out),
            _ if group.is_empty() || name == "country" => out.sent(name, plain(value).unwrap_or_default()),
            _ => out.fact(&format!("{group}.{name}"), plain(value).unwrap_or_default()),
        }
    }
}
