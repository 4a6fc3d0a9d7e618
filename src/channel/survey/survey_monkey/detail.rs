//! The details of a survey: words, types and scales of its questions.

use crate::channel::parse::text::{Word, plain};
use crate::feedback::RatingKind;
use crate::feedback::schema::nullable;
use serde::Deserialize;
use serde_json::Value;

/// A question.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Detail {
    pub(super) family: Word,
    pub(super) subtype: Word,
    #[serde(deserialize_with = "nullable")]
    headings: Vec<Heading>,
    #[serde(deserialize_with = "nullable")]
    answers: Options,
    #[serde(deserialize_with = "nullable")]
    display_options: Display,
    #[serde(deserialize_with = "nullable")]
    validation: Validation,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Heading {
    heading: Word,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Options {
    #[serde(deserialize_with = "nullable")]
    choices: Vec<Choice>,
    #[serde(deserialize_with = "nullable")]
    rows: Vec<Choice>,
}

/// A choice or a row.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Choice {
    id: Word,
    pub(super) text: Word,
    weight: Word,
    pub(super) is_na: Option<bool>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Display {
    display_type: Word,
    display_subtype: Word,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Validation {
    min: Word,
    max: Word,
}

impl Detail {
    /// The question of a page that has this id.
    pub(super) fn of(page: &Value, id: &Word) -> Option<Self> {
        let id = id.as_deref()?;
        let mut questions = page.get("questions")?.as_array()?.iter();
        let is_asked = |question: &&Value| question.get("id").and_then(plain).as_deref() == Some(id);
        Self::deserialize(questions.find(is_asked)?).ok()
    }

    pub(super) fn heading(&self) -> Word {
        self.headings.first().map(|first| first.heading.clone()).unwrap_or_default()
    }

    pub(super) fn choice(&self, id: &Word) -> Option<&Choice> {
        self.answers.choices.iter().find(|choice| choice.id.is_some() && choice.id == *id)
    }

    pub(super) fn row(&self, id: &Word) -> Word {
        let row = self.answers.rows.iter().find(|row| row.id.is_some() && row.id == *id);
        row.map(|row| row.text.clone()).unwrap_or_default()
    }

    /// Type, with what it looks like where that matters.
    pub(super) fn kind(&self) -> String {
        let parts = [
            &self.family,
            &self.subtype,
            &self.display_options.display_type,
            &self.display_options.display_subtype,
        ];
        parts.into_iter().filter_map(Word::as_deref).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn is_rating(&self) -> bool {
        self.subtype.as_deref() == Some("rating")
    }

    /// Whether the answer is the place on a line.
    pub(super) fn is_slider(&self) -> bool {
        self.display_options.display_type.as_deref() == Some("slider")
    }

    /// The ends of a slider.
    pub(super) fn ends(&self) -> Option<(f64, f64)> {
        let end = |word: &Word| word.as_deref()?.parse::<f64>().ok();
        end(&self.validation.min).zip(end(&self.validation.max)).filter(|(min, max)| min < max)
    }

    /// The value of a choice, its scale, and what the scale is. Likelihood to recommend is weighed -100, 0, 100;
    /// there the number is the text.
    pub(super) fn value(&self, choice: &Choice) -> Option<(f64, (f64, f64), RatingKind)> {
        let scale = || self.answers.choices.iter().filter(|choice| choice.is_na != Some(true));
        if scale().count() == 11 && scale().all(|choice| choice.likelihood().is_some()) {
            return Some((choice.likelihood()?, (0.0, 10.0), RatingKind::Nps));
        }
        let weights = || scale().filter_map(Choice::weight);
        let (min, max) = (weights().reduce(f64::min)?, weights().reduce(f64::max)?);
        let kind = match self.display_options.display_subtype.as_deref() {
            Some("star") => RatingKind::Stars,
            Some("smiley" | "thumb") => RatingKind::Ordinal,
            _ => RatingKind::Unknown,
        };
        Some((choice.weight()?, (min, max), kind)).filter(|_| min < max)
    }
}

impl Choice {
    fn weight(&self) -> Option<f64> {
        self.weight.as_deref()?.parse().ok()
    }

    fn likelihood(&self) -> Option<f64> {
        self.text.as_deref()?.trim().parse().ok().filter(|value| (0.0..=10.0).contains(value))
    }
}
