//! Survicate: webhooks of answered questions, one record each, which belong to their response.
//!
//! A choice that is called promoter, passive or detractor is an NPS, and its id the score. Other choices are the
//! answer's words; a comment follows them as a turn of its own.

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::NPS;
use crate::channel::parse::record::{keep, keep_in};
use crate::channel::parse::talk::{Talk, custom};
use crate::channel::parse::text::{Word, attributes};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::schema::nullable;
use crate::feedback::{Channel, Customer, Extra, Feedback, FeedbackBuilder, Source};
use serde::Deserialize;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "survicate",
    source: Source::SURVICATE,
    paths: Paths { items: &[], sides: &[] },
    marks: &[&["questionAnswered"], &["responseUuid", "survey"], &["responseUuid", "question"]],
    offset: None,
    item,
};

/// A webhook: the answer inside `event`, or on its own.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Hook {
    event: Option<Event>,
    question_answered: Option<Answer>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Event {
    Answered {
        #[serde(rename = "questionAnswered")]
        answer: Box<Answer>,
    },
    /// Only the name of what happened.
    Other(#[allow(dead_code, reason = "the members beside it tell the same")] Value),
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Answer {
    response_uuid: Word,
    survey: Named,
    url: Word,
    timestamp: Word,
    respondent: Respondent,
    question: Option<Named>,
    choice: Option<Choices>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Named {
    id: Word,
    #[serde(alias = "body")]
    name: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Respondent {
    #[serde(alias = "uuid")]
    id: Word,
    email: Word,
    name: Word,
    #[serde(deserialize_with = "nullable")]
    attributes: Map<String, Value>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// One choice, or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Choices {
    One(Choice),
    Several(Vec<Choice>),
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Choice {
    id: Word,
    body: Word,
    comment: Word,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let hook: Hook = item.parse()?;
    let (answer, path) = match (hook.event, hook.question_answered) {
        (Some(Event::Answered { answer }), _) => (*answer, "/event/questionAnswered"),
        (_, Some(answer)) => (answer, "/questionAnswered"),
        _ => (item.parse()?, ""),
    };
    let Some(question) = &answer.question else {
        return Err(Error::new(ErrorKind::Missing, "no question was answered"));
    };
    let id = answer.response_uuid.as_deref().map(|response| match question.id.as_deref() {
        Some(question) => format!("{response}:{question}"),
        None => response.to_owned(),
    });
    let mut extra = Extra::default();
    let builder = item.builder(id).channel(Channel::SURVEY);
    let builder = item.clock.stamp(builder, answer.timestamp.as_deref(), None, &mut extra);
    let builder =
        answer.choose(builder, item, &mut extra).map_err(|e| e.at_path(format!("{path}/choice/id")))?;
    out.push(answer.fill(builder, &mut extra).extra(extra).build()?);
    Ok(())
}

impl Answer {
    fn choices(&self) -> &[Choice] {
        match &self.choice {
            Some(Choices::One(choice)) => std::slice::from_ref(choice),
            Some(Choices::Several(all)) => all,
            None => &[],
        }
    }

    /// Sets the rating, and adds what was chosen and written.
    fn choose(
        &self,
        mut builder: FeedbackBuilder,
        item: &Item<'_>,
        extra: &mut Extra,
    ) -> Result<FeedbackBuilder> {
        let asked = self.question.as_ref().and_then(|question| question.name.as_deref());
        let asked = asked.unwrap_or_default();
        let mut talk = Talk::new(item.clock);
        for choice in self.choices() {
            let group = choice.body.as_deref().map(str::to_ascii_lowercase);
            if matches!(group.as_deref(), Some("promoter" | "passive" | "detractor")) {
                builder = NPS.set(builder, &choice.id)?;
                builder = attributes(builder, [("nps_group", choice.body.clone())]);
            } else {
                talk.answer(asked, &self.timestamp, choice.body.clone());
            }
            talk.answer(asked, &self.timestamp, choice.comment.clone());
        }
        Ok(talk.fill(builder, extra))
    }

    fn fill(self, builder: FeedbackBuilder, extra: &mut Extra) -> FeedbackBuilder {
        let person = self.respondent;
        keep(extra, self.rest);
        keep_in(extra, "respondent", person.rest);
        let all = person.attributes.iter().map(|(name, value)| (name.as_str(), value));
        let question = self.question.unwrap_or_default();
        let more = [
            ("survey", self.survey.name.or(self.survey.id.clone())),
            ("survey_id", self.survey.id),
            ("question", question.name),
            ("url", self.url),
        ];
        attributes(custom(builder, "custom_", all), more).parent_id(self.response_uuid.text()).customer(
            Customer {
                id: person.id.into_option(),
                name: person.name.into_option(),
                email: person.email.into_option(),
                ..Customer::default()
            },
        )
    }
}
