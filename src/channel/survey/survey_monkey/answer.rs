//! The answers to one question.

use super::detail::Detail;
use crate::channel::parse::text::Word;
use crate::channel::survey::response::{Response, measure, rate};
use crate::error::Result;
use crate::feedback::schema::nullable;
use crate::feedback::{Rating, RatingKind};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A question as a response names it.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Question {
    pub(super) id: Word,
    family: Word,
    subtype: Word,
    heading: Word,
    #[serde(deserialize_with = "nullable")]
    answers: Vec<Answer>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Answer {
    text: Word,
    simple_text: Word,
    choice_id: Word,
    col_id: Word,
    row_id: Word,
    other_id: Word,
    download_url: Word,
    #[serde(deserialize_with = "nullable")]
    choice_metadata: Metadata,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Metadata {
    weight: Word,
}

/// A question with its words and type as far as they are known.
struct Known<'q> {
    heading: String,
    family: Option<&'q str>,
    is_rating: bool,
    detail: Option<&'q Detail>,
}

impl Question {
    pub(super) fn read(&self, detail: Option<&Detail>, out: &mut Response) -> Result<()> {
        let heading = detail.map(Detail::heading).unwrap_or_default().or(self.heading.clone());
        let subtype = self.subtype.as_deref();
        let known = Known {
            heading: heading.or(self.id.clone()).text(),
            family: self.family.as_deref().or(detail.and_then(|detail| detail.family.as_deref())),
            is_rating: subtype == Some("rating") || detail.is_some_and(Detail::is_rating),
            detail,
        };
        let simple = || [self.family.as_deref(), subtype].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let kind = detail.map_or_else(simple, Detail::kind);
        out.asked(&known.heading, &kind);
        // Several choices of one question belong together.
        let mut chosen: BTreeMap<String, String> = BTreeMap::new();
        for answer in &self.answers {
            let question = known.row(answer);
            match answer.choice(&known, &question)? {
                Some(Chosen::Rating(rating)) => out.rated(&question, rating),
                Some(Chosen::Label(label)) => {
                    let labels = chosen.entry(question.clone()).or_default();
                    let separator = if labels.is_empty() { "" } else { ", " };
                    labels.extend([separator, &label]);
                }
                None => {}
            }
            answer.text(&known, &question, out)?;
        }
        for (question, labels) in chosen {
            out.chosen(&question, labels);
        }
        Ok(())
    }
}

/// What a choice means.
enum Chosen {
    Rating(Rating),
    Label(String),
}

impl Known<'_> {
    /// The heading, with the row of a grid.
    fn row(&self, answer: &Answer) -> String {
        // `simple=true` writes `row | choice`.
        let simple = || answer.simple_text.as_deref()?.split_once(" | ").map(|(row, _)| row.to_owned());
        let row = self.detail.map(|detail| detail.row(&answer.row_id)).and_then(Word::into_option);
        let unnamed = || if self.detail.is_none() { answer.row_id.clone().into_option() } else { None };
        match row.or_else(simple).or_else(unnamed) {
            Some(row) if !row.trim().is_empty() => format!("{} - {row}", self.heading),
            _ => self.heading.clone(),
        }
    }
}

impl Answer {
    fn choice(&self, known: &Known<'_>, question: &str) -> Result<Option<Chosen>> {
        let Some(id) = self.choice_id.as_deref() else { return Ok(None) };
        let choice = known.detail.and_then(|detail| Some((detail, detail.choice(&self.choice_id)?)));
        if let Some((detail, choice)) = choice {
            let value = detail.value(choice).filter(|_| known.is_rating && choice.is_na != Some(true));
            if let Some((value, bounds, kind)) = value {
                return rate(question, value, Some(bounds), kind).map(Chosen::Rating).map(Some);
            }
        }
        let simple = self.simple_text.as_deref().map(|text| text.split_once(" | ").map_or(text, |(_, c)| c));
        // Weights of 100 mark promoters and detractors, they are no answer.
        let weight = self.choice_metadata.weight.as_deref().and_then(|weight| weight.parse::<f64>().ok());
        let number = simple.and_then(|text| text.trim().parse::<f64>().ok());
        let number = number.or(weight.filter(|weight| weight.abs() < 100.0));
        if let Some(value) = number.filter(|_| known.is_rating && choice.is_none()) {
            return rate(question, value, None, RatingKind::Unknown).map(Chosen::Rating).map(Some);
        }
        let told = choice.and_then(|(_, choice)| choice.text.as_deref()).or(simple);
        let column = self.col_id.as_deref().map(|column| format!(" ({column})")).unwrap_or_default();
        Ok(Some(Chosen::Label(format!("{}{column}", told.unwrap_or(id)))))
    }

    fn text(&self, known: &Known<'_>, question: &str, out: &mut Response) -> Result<()> {
        out.attached("file", self.download_url.clone());
        let Some(text) = self.text.as_deref() else { return Ok(()) };
        let number = text.trim().parse::<f64>().ok();
        let ends = known.detail.filter(|detail| detail.is_slider());
        match (known.family, number) {
            (_, Some(value)) if ends.is_some() || measure(question).is_some() => {
                let bounds = ends.and_then(Detail::ends);
                out.rated(question, rate(question, value, bounds, RatingKind::Unknown)?);
            }
            // A text beside a choice or under "other" is written freely whatever the family.
            (Some("datetime" | "demographic"), _) | (_, Some(_)) if self.other_id.as_deref().is_none() => {
                let part = question.rsplit(" - ").next().unwrap_or(question);
                if let Err(text) = out.identify(part, text.to_owned()) {
                    out.fact(question, text);
                }
            }
            _ => out.words(question, text, None),
        }
        Ok(())
    }
}
