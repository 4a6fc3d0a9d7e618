//! Satisfaction surveys, inside a ticket or on their own.

use crate::channel::parse::envelope::Item;
use crate::channel::parse::rating::CSAT;
use crate::channel::parse::record::keep;
use crate::channel::parse::talk::Talk;
use crate::channel::parse::text::{Word, attributes};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{Channel, Customer, Extra, Feedback, FeedbackBuilder};
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Survey {
    id: Word,
    score: Word,
    body_text: Word,
    scored_datetime: Word,
    ticket_id: Word,
    customer_id: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// The record of an answered survey.
pub(super) fn item(item: &Item<'_>) -> Result<Feedback> {
    let survey: Survey = item.parse()?;
    if !survey.score.is_some() && !survey.body_text.is_some() {
        return Err(Error::new(ErrorKind::NotFeedback, "the survey was not answered"));
    }
    let mut extra = Extra::default();
    let id = survey.id.as_deref().map(|id| format!("survey:{id}"));
    let builder = item.builder(id).channel(Channel::SURVEY);
    let builder = item
        .clock
        .stamp(builder, survey.scored_datetime.as_deref(), None, &mut extra)
        .text(survey.body_text.text())
        .parent_id(survey.ticket_id.text())
        .customer(Customer { id: survey.customer_id.into_option(), ..Customer::default() });
    let builder = CSAT.set(builder, &survey.score).map_err(|e| e.at_path("/score"))?;
    keep(&mut extra, survey.rest);
    builder.extra(extra).build()
}

impl Survey {
    /// Adds score and words to the ticket; a score off its scale is kept as it came.
    pub(super) fn add(&self, builder: FeedbackBuilder, talk: &mut Talk<'_>) -> FeedbackBuilder {
        talk.answer("satisfaction_survey", &self.scored_datetime, self.body_text.clone());
        match CSAT.set(builder.clone(), &self.score) {
            Ok(builder) => builder,
            Err(_) => attributes(builder, [("satisfaction_score", self.score.clone())]),
        }
    }
}
