//! Exports and the interface in JSON: `values` by question id, `labels` for the choices among them.
//!
//! Questions are called by their ids, because their words stand elsewhere. A text entry is an open answer; a
//! number with a promoter group beside it is asked on 0..10; every other answer is the label of a choice or, without
//! one, its code.

use super::{language, moderation};
use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::NPS;
use crate::channel::parse::text::{Word, plain};
use crate::channel::survey::response::Response;
use crate::error::Result;
use crate::feedback::schema::nullable;
use crate::feedback::{Feedback, Source};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

pub(super) static JSON: Envelope = Envelope {
    name: "qualtrics",
    source: Source::QUALTRICS,
    paths: Paths { items: &["responses", "result"], sides: &[] },
    marks: &[&["responseId", "values", "displayedFields"], &["_recordId", "values", "recordedDate"]],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Answered {
    response_id: Word,
    values: Map<String, Value>,
    #[serde(deserialize_with = "nullable")]
    labels: Map<String, Value>,
    /// Which questions and choices were shown.
    #[serde(rename = "displayedFields")]
    _fields: IgnoredAny,
    #[serde(rename = "displayedValues")]
    _values: IgnoredAny,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let answered: Answered = item.parse()?;
    let told = |name: &str| answered.values.get(name).and_then(plain).unwrap_or_default();
    let mut read = Response::default();
    for name in answered.values.keys() {
        answered.answer(name, &mut read).map_err(|e| e.at_path(format!("/values/{name}")))?;
    }
    let moderation = moderation(&told("status")).map_err(|e| e.at_path("/values/status"))?;
    let id = answered.response_id.clone().or(Word::from(told("_recordId").as_str()));
    let builder =
        item.builder(id.into_option()).moderation(moderation).language(language(&told("userLanguage")));
    let times = ["endDate", "recordedDate", "startDate"].map(told);
    let ended = times.iter().map(String::as_str).find(|at| !at.is_empty());
    let builder = item.clock.stamp(builder, ended, None, &mut read.extra);
    read.rest(answered.rest);
    out.push(read.build(builder)?);
    Ok(())
}

impl Answered {
    /// What the value of this name says.
    fn answer(&self, name: &str, out: &mut Response) -> Result<()> {
        let text = self.values.get(name).and_then(plain).unwrap_or_default();
        match name {
            "_recordId" | "status" | "userLanguage" | "endDate" => {}
            "recipientFirstName" => out.sent("first_name", text),
            "recipientLastName" => out.sent("last_name", text),
            "recipientEmail" => out.sent("email", text),
            "externalDataReference" => out.sent("customer_id", text),
            _ if !name.starts_with("QID") => out.sent(name, self.label(name).unwrap_or(text)),
            _ if name.ends_with("_TEXT") => out.words(name, text, None),
            // Promoter groups and what text analysis found.
            _ if name.ends_with("_NPS_GROUP") || name.contains("_TEXT_") => {
                out.fact(name, self.label(name).unwrap_or(text));
            }
            _ if self.values.contains_key(&format!("{name}_NPS_GROUP")) => {
                out.asked(name, "nps");
                if let Some(rating) = NPS.read(&text)? {
                    out.rated(name, rating);
                }
            }
            _ => out.chosen(name, self.label(name).unwrap_or(text)),
        }
        Ok(())
    }

    fn label(&self, name: &str) -> Option<String> {
        self.labels.get(name).and_then(plain)
    }
}
