//! `BigCommerce`: product reviews of the shop's interface.
//!
//! 0 stars mean that none were given; the review counts from `date_reviewed`.

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::stars_or_none;
use crate::channel::parse::record::keep;
use crate::channel::parse::text::{Word, attributes};
use crate::error::Result;
use crate::feedback::{Channel, Customer, Extra, Feedback, Moderation, Source};
use serde::Deserialize;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "big_commerce",
    source: Source::BIG_COMMERCE,
    paths: Paths { items: &["data"], sides: &[] },
    marks: &[&["date_reviewed", "rating"], &["date_reviewed", "product_id"]],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Review {
    id: Word,
    product_id: Word,
    title: Word,
    text: Word,
    name: Word,
    email: Word,
    rating: Word,
    status: Word,
    date_reviewed: Word,
    date_created: Word,
    date_modified: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let review: Review = item.parse()?;
    let mut extra = Extra::default();
    let created = review.date_reviewed.or(review.date_created.clone());
    let builder = item.dated(review.id, &created, &review.date_modified, &mut extra);
    let moderation = match review.status.as_deref() {
        Some("pending") => Moderation::Pending,
        Some("disapproved") => Moderation::Hidden,
        _ => Moderation::Published,
    };
    keep(&mut extra, review.rest);
    let builder = stars_or_none(builder, &review.rating)
        .map_err(|e| e.at_path("/rating"))?
        .channel(Channel::REVIEW)
        .title(review.title.text())
        .text(review.text.text())
        .customer(Customer {
            name: review.name.into_option(),
            email: review.email.into_option(),
            ..Customer::default()
        })
        .product(review.product_id.text())
        .moderation(moderation);
    let more = [("status", review.status), ("date_created", review.date_created)];
    out.push(attributes(builder, more).extra(extra).build()?);
    Ok(())
}
