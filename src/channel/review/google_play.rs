//! Google Play: `reviews.list` of the publisher interface, and the reviews of common collectors.
//!
//! The text is the reviewer's own (`originalText` where a translation was asked for; the translation is kept in
//! `extra`); a title stands before the first tab. Google tells only when a review was last edited, which counts
//! as both times. The developer's answer becomes a turn of the agent.

use crate::channel::parse::collected;
use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::STARS;
use crate::channel::parse::record::{keep, keep_in, reply};
use crate::channel::parse::text::{Word, attributes};
use crate::error::Result;
use crate::feedback::schema::nullable;
use crate::feedback::{Channel, Customer, Extra, Feedback, FeedbackBuilder, Source, Votes};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "google_play",
    source: Source::GOOGLE_PLAY,
    paths: Paths { items: &["reviews", collected::PATH], sides: &[] },
    marks: &[&["reviewId", "userComment"], &["per_date_reviews", "thumbs_up", "review_id"]],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Review {
    #[serde(rename = "reviewId")]
    id: Word,
    author_name: Word,
    #[serde(deserialize_with = "nullable")]
    comments: Vec<Comment>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Comment {
    user_comment: Option<UserComment>,
    developer_comment: Option<DeveloperComment>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct UserComment {
    text: Word,
    original_text: Word,
    last_modified: Option<Modified>,
    star_rating: Word,
    reviewer_language: Word,
    device: Word,
    android_os_version: Word,
    app_version_code: Word,
    app_version_name: Word,
    thumbs_up_count: Word,
    thumbs_down_count: Word,
    device_metadata: Option<Device>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct DeveloperComment {
    text: Word,
    last_modified: Option<Modified>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Modified {
    seconds: Word,
    nanos: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Device {
    product_name: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let review: Review = item.parse()?;
    let Some(user) = review.comments.iter().find_map(|comment| comment.user_comment.as_ref()) else {
        out.push(collected::item(item)?);
        return Ok(());
    };
    let builder = item.builder(review.id.into_option()).channel(Channel::REVIEW);
    let mut extra = Extra::default();
    keep(&mut extra, review.rest);
    let mut builder = user.fill(builder, &mut extra)?.customer(named(review.author_name));
    for answer in review.comments.iter().filter_map(|comment| comment.developer_comment.as_ref()) {
        builder =
            reply(builder, answer.text.clone(), answer.last_modified.as_ref().and_then(Modified::instant));
    }
    out.push(builder.extra(extra).build()?);
    Ok(())
}

impl UserComment {
    fn fill(&self, mut builder: FeedbackBuilder, extra: &mut Extra) -> Result<FeedbackBuilder> {
        keep(extra, self.rest.clone());
        if let (Some(_), Some(translation)) = (self.original_text.as_deref(), self.text.as_deref()) {
            extra.insert("translation", translation.into());
        }
        let words = self.original_text.clone().or(self.text.clone()).text();
        let (title, text) = words.split_once('\t').unwrap_or(("", &words));
        if let Some(at) = self.last_modified.as_ref().and_then(Modified::instant) {
            builder = builder.created_at(at).updated_at(at);
        }
        let device = self.device_metadata.as_ref();
        keep_in(extra, "deviceMetadata", device.map(|device| device.rest.clone()).unwrap_or_default());
        let product = device.map(|device| device.product_name.clone()).unwrap_or_default();
        builder = attributes(
            STARS.set(builder, &self.star_rating)?,
            [
                ("device", product.or(self.device.clone())),
                ("os_version", self.android_os_version.clone()),
                ("app_version", self.app_version_name.clone()),
                ("app_version_code", self.app_version_code.clone()),
            ],
        );
        let votes = Votes { up: self.thumbs_up_count.count(), down: self.thumbs_down_count.count() };
        Ok(builder
            .title(title.trim())
            .text(text)
            .language(self.reviewer_language.clone().text())
            .votes(votes))
    }
}

impl Modified {
    fn instant(&self) -> Option<Timestamp> {
        let seconds = self.seconds.as_deref()?.parse().ok()?;
        Timestamp::new(seconds, i32::try_from(self.nanos.count()).ok()?).ok()
    }
}

fn named(name: Word) -> Customer {
    Customer { name: name.into_option(), ..Customer::default() }
}
