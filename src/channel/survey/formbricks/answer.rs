//! One answer, with and without its question.

use crate::channel::parse::rating::NPS;
use crate::channel::parse::text::{Word, plain};
use crate::channel::survey::response::{Response, rate};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{Rating, RatingKind};
use serde::Deserialize;
use serde_json::Value;

/// A question of the survey.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Question {
    r#type: Word,
    /// One text, or one a language.
    headline: Value,
    scale: Word,
    range: Word,
    input_type: Word,
}

/// The parts of contact details, in their order.
const CONTACT: [&str; 5] = ["first_name", "last_name", "email", "phone", "company"];

impl Question {
    pub(super) fn read(&self, id: &str, value: &Value, out: &mut Response) -> Result<()> {
        let headline = match &self.headline {
            Value::Object(languages) => languages.get("default").or(languages.values().next()),
            text => Some(text),
        };
        let question = headline.and_then(plain).unwrap_or_else(|| id.to_owned());
        let kind = self.r#type.as_deref().unwrap_or_default();
        out.asked(&question, [kind, self.scale.as_deref().unwrap_or_default()].join(" ").trim());
        match (kind, value) {
            ("nps", value) => out.rated(&question, NPS.rate(number(value)?)?),
            ("rating" | "csat" | "ces", value) => out.rated(&question, self.rating(&question, value)?),
            ("openText", Value::String(text)) if self.is_written() => {
                if let Err(text) = out.identify(id, text.clone()) {
                    out.words(&question, text, None);
                }
            }
            ("openText", value) => {
                out.sent(self.input_type.as_deref().unwrap_or(id), plain(value).unwrap_or_default());
            }
            ("contactInfo", Value::Array(parts)) => {
                for (name, part) in CONTACT.into_iter().zip(parts) {
                    out.sent(name, plain(part).unwrap_or_default());
                }
            }
            ("fileUpload", Value::Array(urls)) => {
                for url in urls.iter().filter_map(Value::as_str) {
                    out.attached("file", Word::from(url));
                }
            }
            (_, value) => chosen(&question, value, out),
        }
        Ok(())
    }

    /// Whether the answer is prose, not a number, an address or the like.
    fn is_written(&self) -> bool {
        matches!(self.input_type.as_deref(), None | Some("text"))
    }

    fn rating(&self, question: &str, value: &Value) -> Result<Rating> {
        let bounds = self.range.as_deref().and_then(|range| range.parse().ok()).map(|range| (1.0, range));
        let kind = match (self.r#type.as_deref(), self.scale.as_deref()) {
            (Some("csat"), _) => RatingKind::Csat,
            (Some("ces"), _) => RatingKind::Ces,
            (_, Some("star")) => RatingKind::Stars,
            (_, Some("smiley")) => RatingKind::Ordinal,
            _ => RatingKind::Unknown,
        };
        rate(question, number(value)?, bounds, kind)
    }
}

/// An answer whose question is not known.
pub(super) fn bare(id: &str, value: &Value, out: &mut Response) -> Result<()> {
    match value {
        Value::Number(_) => out.rated(id, rate(id, number(value)?, None, RatingKind::Unknown)?),
        Value::String(text) => {
            if let Err(text) = out.identify(id, text.clone()) {
                out.words(id, text, None);
            }
        }
        _ => chosen(id, value, out),
    }
    Ok(())
}

/// Choices, dates, agreements; the rows of a grid one by one.
fn chosen(question: &str, value: &Value, out: &mut Response) {
    match value {
        Value::Object(rows) => {
            for (row, value) in rows {
                out.chosen(&format!("{question} - {row}"), plain(value).unwrap_or_default());
            }
        }
        value => out.chosen(question, plain(value).unwrap_or_default()),
    }
}

fn number(value: &Value) -> Result<f64> {
    let read = plain(value).and_then(|text| text.trim().parse().ok());
    read.ok_or_else(|| Error::new(ErrorKind::Syntax, format!("{value} is not a rating")))
}
