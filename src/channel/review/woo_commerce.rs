//! `WooCommerce`: product reviews of the shop's interface and of its webhooks.
//!
//! The review is HTML; 0 stars mean that none were given. `date_created_gmt` is UTC; `date_created`, the time of
//! the site, names no zone and is read in the reader's zone only when the other is missing.

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::stars_or_none;
use crate::channel::parse::record::keep;
use crate::channel::parse::text::{Word, attributes};
use crate::error::Result;
use crate::feedback::{Channel, Customer, Extra, Feedback, Format, Moderation, Source};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "woo_commerce",
    source: Source::WOO_COMMERCE,
    paths: Paths { items: &[], sides: &[] },
    marks: &[
        &["date_created_gmt", "product_id", "reviewer", "review"],
        &["reviewer_email", "review", "rating", "product_id"],
    ],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Review {
    id: Word,
    date_created: Word,
    date_created_gmt: Word,
    product_id: Word,
    product_name: Word,
    product_permalink: Word,
    status: Word,
    reviewer: Word,
    reviewer_email: Word,
    #[serde(rename = "review")]
    body: Word,
    rating: Word,
    verified: Option<bool>,
    /// Addresses of the interface itself.
    #[serde(rename = "_links")]
    _links: IgnoredAny,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let review: Review = item.parse()?;
    let mut extra = Extra::default();
    let builder = item.builder(review.id.into_option()).channel(Channel::REVIEW);
    let utc = review.date_created_gmt.as_deref().map(|at| format!("{}Z", at.trim_end_matches('Z')));
    let utc = utc.filter(|at| item.clock.read(at).is_ok()).map(|at| Word::from(at.as_str()));
    let created = utc.unwrap_or(review.date_created_gmt).or(review.date_created);
    let builder = item.clock.stamp(builder, created.as_deref(), None, &mut extra);
    let moderation = match review.status.as_deref() {
        Some("hold") => Moderation::Pending,
        Some("spam") => Moderation::Spam,
        Some("trash") => Moderation::Deleted,
        _ => Moderation::Published,
    };
    keep(&mut extra, review.rest);
    let builder = stars_or_none(builder, &review.rating)
        .map_err(|e| e.at_path("/rating"))?
        .text(review.body.text())
        .format(Format::Html)
        .customer(Customer {
            name: review.reviewer.into_option(),
            email: review.reviewer_email.into_option(),
            verified: review.verified,
            ..Customer::default()
        })
        .product(review.product_name.or(review.product_id.clone()).text())
        .moderation(moderation);
    let more = [
        ("status", review.status),
        ("product_id", review.product_id),
        ("product_url", review.product_permalink),
    ];
    out.push(attributes(builder, more).extra(extra).build()?);
    Ok(())
}
