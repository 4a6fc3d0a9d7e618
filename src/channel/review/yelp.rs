//! Yelp: the reviews and tips of the open dataset, one object a line.
//!
//! Stars 1..5. Times are those of the business and name no zone; the reader's zone is taken. `useful` counts as
//! a vote, `funny` and `cool` stay attributes. Lines that describe businesses or users are refused.

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::STARS;
use crate::channel::parse::record::keep;
use crate::channel::parse::text::{Word, attributes};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{Channel, Customer, Extra, Feedback, Source, Votes};
use serde::Deserialize;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "yelp",
    source: Source::YELP,
    paths: Paths { items: &[], sides: &[] },
    marks: &[
        &["review_id", "business_id", "user_id", "stars", "text"],
        &["business_id", "user_id", "text", "date"],
    ],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Review {
    #[serde(rename = "review_id")]
    id: Word,
    user_id: Word,
    business_id: Word,
    stars: Word,
    useful: Word,
    compliment_count: Word,
    funny: Word,
    cool: Word,
    text: Word,
    date: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let review: Review = item.parse()?;
    if !review.id.is_some() && !review.text.is_some() {
        return Err(Error::new(ErrorKind::Missing, "the object has neither review_id nor text"));
    }
    let mut extra = Extra::default();
    let builder = item.builder(review.id.into_option()).channel(Channel::REVIEW);
    let builder = item.clock.stamp(builder, review.date.as_deref(), None, &mut extra);
    keep(&mut extra, review.rest);
    let builder = STARS
        .set(builder, &review.stars)
        .map_err(|e| e.at_path("/stars"))?
        .text(review.text.text())
        .customer(Customer { id: review.user_id.into_option(), ..Customer::default() })
        .store(review.business_id.text())
        .votes(Votes { up: review.useful.or(review.compliment_count).count(), down: 0 });
    out.push(attributes(builder, [("funny", review.funny), ("cool", review.cool)]).extra(extra).build()?);
    Ok(())
}
