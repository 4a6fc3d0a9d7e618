//! One answer of a response.

use super::definition::{Field, Reference};
use crate::channel::parse::rating::NPS;
use crate::channel::parse::text::{Word, plain};
use crate::channel::survey::response::{Response, rate};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::RatingKind;
use crate::feedback::schema::nullable;
use serde::Deserialize;
use serde_json::{Map, Value};

/// The value stands under the name of the answer's type.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Answer {
    pub(super) field: Reference,
    r#type: Word,
    text: Word,
    email: Word,
    number: Word,
    boolean: Word,
    date: Word,
    url: Word,
    phone_number: Word,
    file_url: Word,
    choice: Option<Choice>,
    choices: Option<Choices>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Choice {
    label: Word,
    other: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Choices {
    #[serde(deserialize_with = "nullable")]
    labels: Vec<String>,
    other: Word,
}

impl Answer {
    pub(super) fn read(&self, known: Option<&Field>, out: &mut Response) -> Result<()> {
        let asked = known.map(|field| field.title.clone()).unwrap_or_default();
        let asked = asked.or(self.field.title.clone()).or(self.field.r#ref.clone());
        let question = asked.or(self.field.id.clone()).text();
        let kind = known.map(|field| field.r#type.clone()).unwrap_or_default();
        let kind = self.field.r#type.clone().or(kind).or(self.r#type.clone());
        out.asked(&question, kind.as_deref().unwrap_or_default());
        if let Some(shape) = known.and_then(|field| field.properties.shape.as_deref()) {
            out.asked(&question, &format!("{} of {shape}", kind.as_deref().unwrap_or("rating")));
        }
        if let Some(value) = self.number.as_deref() {
            return number(&question, kind.as_deref(), value, known, out).map_err(|e| e.at_path("/number"));
        }
        self.contact(&question, known, out);
        for fact in [&self.boolean, &self.date, &self.url] {
            out.chosen(&question, fact.clone().text());
        }
        if let Some(choice) = &self.choice {
            out.chosen(&question, choice.label.clone().text());
            out.words(&question, choice.other.clone().text(), None);
        }
        if let Some(choices) = &self.choices {
            out.chosen(&question, choices.labels.join(", "));
            out.words(&question, choices.other.clone().text(), None);
        }
        out.attached("file", self.file_url.clone());
        for (name, value) in &self.rest {
            self.more(&question, name, value, out);
        }
        Ok(())
    }

    /// Words, and what identifies who wrote them.
    fn contact(&self, question: &str, known: Option<&Field>, out: &mut Response) {
        let part = known.and_then(|field| field.subfield_key.as_deref()).unwrap_or(question);
        if let Err(text) = out.identify(part, self.text.clone().text()) {
            out.words(question, text, None);
        }
        if let Err(second) = out.identify("email", self.email.clone().text()) {
            out.fact(question, second);
        }
        out.fact(question, self.phone_number.clone().text());
    }

    /// Recordings are attached; payments and what the future brings are kept as they are.
    fn more(&self, question: &str, name: &str, value: &Value, out: &mut Response) {
        match (name, value) {
            ("multi_format", Value::Object(parts)) => {
                for (kind, url) in [("video", "video_url"), ("audio", "audio_url")] {
                    let url = parts.get(url).and_then(plain).unwrap_or_default();
                    out.attached(kind, Word::from(url.as_str()));
                }
            }
            ("payment", Value::Object(parts)) => {
                out.fact(question, parts.get("amount").and_then(plain).unwrap_or_default());
            }
            _ => {}
        }
        if !matches!(name, "multi_format") && self.r#type.as_deref() == Some(name) {
            out.rest([(format!("{question}: {name}"), value.clone())].into_iter().collect());
        }
    }
}

/// A rating when the question asks for one, else a plain number.
fn number(
    question: &str,
    kind: Option<&str>,
    value: &str,
    known: Option<&Field>,
    out: &mut Response,
) -> Result<()> {
    let unreadable = || Error::new(ErrorKind::Syntax, format!("\"{value}\" is not a number"));
    let read: f64 = value.parse().map_err(|_| unreadable())?;
    let bounds = known.and_then(Field::bounds);
    match kind {
        Some("nps") => out.rated(question, NPS.rate(read)?),
        Some("opinion_scale") => out.rated(question, rate(question, read, bounds, RatingKind::Unknown)?),
        Some("rating") => out.rated(question, rate(question, read, bounds, RatingKind::Stars)?),
        _ => out.chosen(question, value),
    }
    Ok(())
}
