//! Facebook: ratings and recommendations of a page, as the list of the page and as webhook.
//!
//! A recommendation says yes or no: two ordered levels, 1 and 0, unless the old stars are there. The list has no
//! ids: that of the story is taken, else reviewer and time.

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::{RECOMMENDATION, STARS};
use crate::channel::parse::record::{keep, keep_in};
use crate::channel::parse::text::{Word, attributes};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::schema::nullable;
use crate::feedback::{Channel, Customer, Extra, Feedback, FeedbackBuilder, Moderation, Source};
use serde::Deserialize;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "facebook",
    source: Source::FACEBOOK,
    paths: Paths { items: &["data", "entry"], sides: &[] },
    marks: &[&["recommendation_type"], &["review_text", "has_rating"], &["review_text", "created_time"]],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Entry {
    /// Of a webhook, around the ratings.
    #[serde(deserialize_with = "nullable")]
    changes: Vec<Change>,
    id: Word,
    open_graph_story: Option<Story>,
    open_graph_story_id: Word,
    created_time: Word,
    rating: Word,
    recommendation_type: Word,
    review_text: Word,
    reviewer: Option<Person>,
    reviewer_id: Word,
    reviewer_name: Word,
    verb: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Change {
    field: Word,
    value: Option<Box<Entry>>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Story {
    id: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Person {
    id: Word,
    name: Word,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let entry: Entry = item.parse()?;
    if entry.changes.is_empty() {
        out.push(entry.record(item, Word::default())?);
        return Ok(());
    }
    let page = entry.id;
    for (i, change) in entry.changes.into_iter().enumerate() {
        // Comments on ratings and reactions to them come the same way.
        let is_rating = |value: &Entry| value.rest.get("item").is_none_or(|item| item == "rating");
        let value =
            change.value.filter(|value| change.field.as_deref() == Some("ratings") && is_rating(value));
        if let Some(value) = value {
            let path = format!("/changes/{i}/value");
            let record = value.record(item, page.clone());
            out.push(record.map_err(|e| {
                let inside = e.location().path().unwrap_or_default().to_owned();
                e.at_path(path + &inside)
            })?);
        }
    }
    Ok(())
}

impl Entry {
    fn record(self, item: &Item<'_>, page: Word) -> Result<Feedback> {
        let mut extra = Extra::default();
        let story = self.open_graph_story.unwrap_or_default();
        let person = self.reviewer.unwrap_or_default();
        let reviewer = person.id.or(self.reviewer_id);
        let natural = || Some(format!("{}:{}", reviewer.as_deref()?, self.created_time.as_deref()?));
        let id = self.id.or(story.id).or(self.open_graph_story_id).into_option().or_else(natural);
        let builder = item.builder(id).channel(Channel::REVIEW);
        let builder = item.clock.stamp(builder, self.created_time.as_deref(), None, &mut extra);
        let is_removed = self.verb.as_deref() == Some("remove");
        let builder = rated(builder, &self.rating, &self.recommendation_type)?
            .text(self.review_text.text())
            .customer(Customer {
                id: reviewer.into_option(),
                name: person.name.or(self.reviewer_name).into_option(),
                ..Customer::default()
            })
            .store(page.text())
            .moderation(if is_removed { Moderation::Deleted } else { Moderation::Published });
        keep(&mut extra, self.rest);
        keep_in(&mut extra, "open_graph_story", story.rest);
        let more = [("recommendation_type", self.recommendation_type), ("verb", self.verb)];
        attributes(builder, more).extra(extra).build()
    }
}

/// Stars of the time before the recommendations, else yes or no.
fn rated(builder: FeedbackBuilder, stars: &Word, recommendation: &Word) -> Result<FeedbackBuilder> {
    if stars.is_some() {
        return STARS.set(builder, stars).map_err(|e| e.at_path("/rating"));
    }
    let value = match recommendation.as_deref().map(str::to_ascii_lowercase).as_deref() {
        Some("positive") => 1.0,
        Some("negative") => 0.0,
        None | Some("none") => return Ok(builder),
        Some(other) => {
            let message = format!("recommendation \"{other}\" is neither positive nor negative");
            return Err(Error::new(ErrorKind::Unknown, message).at_path("/recommendation_type"));
        }
    };
    Ok(builder.rating(RECOMMENDATION.rate(value)?))
}
