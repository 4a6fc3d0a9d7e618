//! Google Business Profile: the reviews of one location, or of several at once.
//!
//! `ONE` to `FIVE` are stars; `STAR_RATING_UNSPECIFIED` is no rating. Where Google put a translation into the
//! comment, the text is the original and the translation is kept in `extra`. The owner's answer becomes a turn
//! of the agent.

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::STARS;
use crate::channel::parse::record::{keep, pictures};
use crate::channel::parse::text::{Word, attributes};
use crate::error::Result;
use crate::feedback::schema::nullable;
use crate::feedback::{Channel, Customer, Extra, Feedback, FeedbackBuilder, Source};
use serde::Deserialize;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "google_business",
    source: Source::GOOGLE_BUSINESS,
    paths: Paths { items: &["reviews", "locationReviews"], sides: &[] },
    marks: &[
        &["starRating", "reviewer", "createTime"],
        &["starRating", "reviewId", "updateTime"],
        &["locationReviews", "starRating"],
    ],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Resource {
    /// Around the review when several locations were asked for.
    review: Option<Box<Resource>>,
    name: Word,
    review_id: Word,
    reviewer: Option<Reviewer>,
    star_rating: Word,
    comment: Word,
    create_time: Word,
    update_time: Word,
    review_reply: Option<Reply>,
    #[serde(deserialize_with = "nullable")]
    review_media_items: Vec<Media>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Reviewer {
    display_name: Word,
    is_anonymous: Option<bool>,
    profile_photo_url: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Reply {
    comment: Word,
    update_time: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Media {
    #[serde(rename = "googleUrl")]
    google: Word,
    #[serde(rename = "sourceUrl")]
    source: Word,
    #[serde(rename = "thumbnailUrl")]
    thumbnail: Word,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let mut review: Resource = item.parse()?;
    if let Some(inner) = review.review.take() {
        review = Resource { name: inner.name.clone().or(review.name), ..*inner };
    }
    let mut extra = Extra::default();
    let id = review.review_id.clone().or(review.name.clone());
    let builder = item.builder(id.into_option()).channel(Channel::REVIEW);
    let (created, updated) = (review.create_time.as_deref(), review.update_time.as_deref());
    // An update at the time of creation is none.
    let builder = item.clock.stamp(builder, created, updated.filter(|at| Some(*at) != created), &mut extra);
    let answer = review.review_reply.take().unwrap_or_default();
    let builder = review.fill(builder, &mut extra)?;
    let builder = item.reply(builder, answer.comment, &answer.update_time, &mut extra);
    out.push(builder.extra(extra).build()?);
    Ok(())
}

impl Resource {
    fn fill(self, builder: FeedbackBuilder, extra: &mut Extra) -> Result<FeedbackBuilder> {
        let rated = Some("STAR_RATING_UNSPECIFIED") != self.star_rating.as_deref();
        let stars = if rated { self.star_rating } else { Word::default() };
        let builder = STARS.set(builder, &stars).map_err(|e| e.at_path("/starRating"))?;
        let reviewer = self.reviewer.unwrap_or_default();
        let is_anonymous = reviewer.is_anonymous == Some(true);
        let (text, translation) = original(self.comment.as_deref().unwrap_or_default());
        if let Some(translation) = translation {
            extra.insert("translation", translation.into());
        }
        let media = self.review_media_items.into_iter();
        let media = media.filter_map(|m| m.google.or(m.source).or(m.thumbnail).into_option());
        let builder = builder
            .text(text)
            .customer(Customer {
                name: reviewer.display_name.into_option().filter(|_| !is_anonymous),
                ..Customer::default()
            })
            .store(self.name.as_deref().and_then(location).unwrap_or_default())
            .attachments(pictures(media));
        keep(extra, self.rest);
        let more = [
            ("anonymous", if is_anonymous { Word::from("true") } else { Word::default() }),
            ("profile_photo", reviewer.profile_photo_url),
            ("resource", self.name),
        ];
        Ok(attributes(builder, more))
    }
}

/// The number of the location in `accounts/1/locations/2/reviews/3`.
fn location(name: &str) -> Option<&str> {
    let mut steps = name.split('/').skip_while(|step| *step != "locations");
    steps.nth(1)
}

/// The reviewer's own words, and Google's translation of them, whichever stands first.
fn original(comment: &str) -> (&str, Option<&str>) {
    const TRANSLATED: &str = "(Translated by Google)";
    const ORIGINAL: &str = "(Original)";
    let Some((before, after)) = comment.split_once(TRANSLATED) else { return (comment, None) };
    match after.split_once(ORIGINAL) {
        Some((translation, original)) if before.trim().is_empty() => {
            (original.trim(), Some(translation.trim()))
        }
        _ if before.trim().is_empty() => (comment, None),
        _ => (before.trim(), Some(after.trim())),
    }
}
