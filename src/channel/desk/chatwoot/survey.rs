//! Answers to satisfaction surveys.

use super::Person;
use crate::channel::parse::envelope::Item;
use crate::channel::parse::rating::CSAT;
use crate::channel::parse::record::keep;
use crate::channel::parse::talk::Talk;
use crate::channel::parse::text::{Word, attributes};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{Channel, Extra, Feedback, FeedbackBuilder};
use serde::Deserialize;
use serde_json::{Map, Value};

/// `csat_survey_response` of a message.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Survey {
    rating: Word,
    feedback_message: Word,
}

/// An element of the list of responses.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Response {
    id: Word,
    #[serde(flatten)]
    survey: Survey,
    conversation_id: Word,
    message_id: Word,
    contact: Option<Person>,
    assigned_agent: Option<Person>,
    created_at: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

impl Survey {
    /// Adds rating and words; a rating off its scale is kept as it came.
    pub(super) fn add(&self, builder: FeedbackBuilder, talk: &mut Talk<'_>) -> FeedbackBuilder {
        talk.answer("csat_survey_response", &Word::default(), self.feedback_message.clone());
        match CSAT.set(builder.clone(), &self.rating) {
            Ok(builder) => builder,
            Err(_) => attributes(builder, [("satisfaction_score", self.rating.clone())]),
        }
    }
}

pub(super) fn item(item: &Item<'_>) -> Result<Feedback> {
    let response: Response = item.parse()?;
    let survey = response.survey;
    if !survey.rating.is_some() && !survey.feedback_message.is_some() {
        return Err(Error::new(ErrorKind::NotFeedback, "the survey was not answered"));
    }
    let mut extra = Extra::default();
    // The message that asked tells the same response in events.
    let asked = response.message_id.as_deref().map(|id| format!("survey:{id}"));
    let id = asked.or_else(|| response.id.as_deref().map(|id| format!("response:{id}")));
    let builder = item.builder(id).channel(Channel::SURVEY);
    let builder = item.clock.stamp(builder, response.created_at.as_deref(), None, &mut extra);
    let builder = CSAT.set(builder, &survey.rating).map_err(|e| e.at_path("/rating"))?;
    let agent = response.assigned_agent.unwrap_or_default();
    keep(&mut extra, response.rest);
    builder
        .text(survey.feedback_message.text())
        .parent_id(response.conversation_id.text())
        .agent(agent.name.or(agent.id).text())
        .customer(response.contact.unwrap_or_default().customer())
        .extra(extra)
        .build()
}
