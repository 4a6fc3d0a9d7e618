//! Wootric: responses to NPS surveys.
//!
//! A score is an NPS on 0..10. Responses that the account left out of its figures say so in an attribute.

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::NPS;
use crate::channel::parse::record::{keep, keep_in};
use crate::channel::parse::talk::custom;
use crate::channel::parse::text::{Word, attributes};
use crate::error::Result;
use crate::feedback::schema::nullable;
use crate::feedback::{Channel, Customer, Extra, Feedback, FeedbackBuilder, Source};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "wootric",
    source: Source::WOOTRIC,
    paths: Paths { items: &["responses", "response", "data"], sides: &[] },
    marks: &[&["excluded_from_calculations", "score"], &["end_user", "score"], &["end_user_id", "score"]],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Response {
    id: Word,
    score: Word,
    text: Word,
    created_at: Word,
    updated_at: Word,
    excluded_from_calculations: Word,
    end_user: Option<EndUser>,
    end_user_id: Word,
    survey_id: Word,
    #[serde(rename = "ip_address")]
    _ip_address: IgnoredAny,
    #[serde(deserialize_with = "nullable")]
    tags: Vec<Tag>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Tag {
    Object { name: String },
    Name(String),
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct EndUser {
    id: Word,
    email: Word,
    external_id: Word,
    #[serde(deserialize_with = "nullable")]
    properties: Map<String, Value>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let mut response: Response = item.parse()?;
    let mut extra = Extra::default();
    let builder = item.builder(response.id.into_option()).channel(Channel::SURVEY);
    let (created, updated) = (response.created_at.as_deref(), response.updated_at.as_deref());
    let builder = item.clock.stamp(builder, created, updated, &mut extra).text(response.text.text());
    let builder = NPS.set(builder, &response.score).map_err(|e| e.at_path("/score"))?;
    let mut user = response.end_user.take().unwrap_or_default();
    user.id = user.id.or(response.end_user_id);
    let builder = user.fill(builder, &mut extra);
    keep(&mut extra, response.rest);
    let tags = response.tags.into_iter().map(|tag| match tag {
        Tag::Object { name } | Tag::Name(name) => name,
    });
    let more = [
        ("survey_id", response.survey_id),
        ("excluded_from_calculations", response.excluded_from_calculations),
    ];
    out.push(attributes(builder, more).tags(tags.collect()).extra(extra).build()?);
    Ok(())
}

impl EndUser {
    fn fill(self, builder: FeedbackBuilder, extra: &mut Extra) -> FeedbackBuilder {
        keep_in(extra, "end_user", self.rest);
        let all = self.properties.iter().map(|(name, value)| (name.as_str(), value));
        custom(builder, "custom_", all).customer(Customer {
            id: self.external_id.or(self.id).into_option(),
            email: self.email.into_option(),
            ..Customer::default()
        })
    }
}
