//! Reviews of apps as common collectors write them: by app and day, in one flat shape for all stores.

use super::envelope::Item;
use super::rating::STARS;
use super::record::keep;
use super::text::{Word, attributes};
use crate::error::Result;
use crate::feedback::{Channel, Customer, Extra, Feedback, Votes};
use serde::Deserialize;
use serde_json::{Map, Value};

/// Where the reviews are.
pub(crate) const PATH: &str = "*/per_date_reviews/*";

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Collected {
    review_id: Word,
    user_name: Word,
    rating: Word,
    title: Word,
    text: Word,
    review_date: Word,
    thumbs_up: Word,
    version: Word,
    reply_text: Word,
    reply_date: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// Reads one such review.
pub(crate) fn item(item: &Item<'_>) -> Result<Feedback> {
    let review: Collected = item.parse()?;
    let mut extra = Extra::default();
    keep(&mut extra, review.rest);
    let builder = item.builder(review.review_id.into_option()).channel(Channel::REVIEW);
    let builder = item
        .clock
        .stamp(builder, review.review_date.as_deref(), None, &mut extra)
        .title(review.title.text())
        .text(review.text.text())
        .customer(Customer { name: review.user_name.into_option(), ..Customer::default() })
        .votes(Votes { up: review.thumbs_up.count(), down: 0 });
    let builder = STARS.set(builder, &review.rating).map_err(|e| e.at_path("/rating"))?;
    let builder = attributes(builder, [("app_version", review.version)]);
    item.reply(builder, review.reply_text, &review.reply_date, &mut extra).extra(extra).build()
}
