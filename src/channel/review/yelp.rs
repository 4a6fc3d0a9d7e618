//! Yelp: the reviews and tips of the open dataset, one object a line, and the reviews of the interface (Fusion).
//!
//! Stars 1..5. Times are those of the business and name no zone; the reader's zone is taken. `useful` counts as
//! a vote, `funny` and `cool` stay attributes. Lines that describe businesses or users are refused. The interface
//! names no business and cuts texts after 160 characters.

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::forms::Forms;
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::STARS;
use crate::channel::parse::record::{keep, keep_in};
use crate::channel::parse::text::{Word, attributes};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{Channel, Customer, Extra, Feedback, Source, Votes};
use serde::Deserialize;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Forms = Forms { name: "yelp", all: &[&DATASET, &FUSION] };

static DATASET: Envelope = Envelope {
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

static FUSION: Envelope = Envelope {
    name: "yelp",
    source: Source::YELP,
    paths: Paths { items: &["reviews"], sides: &[] },
    marks: &[&["possible_languages", "reviews"], &["time_created", "image_url", "rating", "user"]],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Review {
    #[serde(rename = "review_id", alias = "id")]
    id: Word,
    user_id: Word,
    business_id: Word,
    stars: Word,
    rating: Word,
    useful: Word,
    compliment_count: Word,
    funny: Word,
    cool: Word,
    text: Word,
    #[serde(alias = "time_created")]
    date: Word,
    user: Option<User>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct User {
    id: Word,
    name: Word,
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
    let user = review.user.unwrap_or_default();
    keep(&mut extra, review.rest);
    keep_in(&mut extra, "user", user.rest);
    let (stars, path) =
        if review.rating.is_some() { (review.rating, "/rating") } else { (review.stars, "/stars") };
    let builder = STARS
        .set(builder, &stars)
        .map_err(|e| e.at_path(path))?
        .text(review.text.text())
        .customer(Customer {
            id: review.user_id.or(user.id).into_option(),
            name: user.name.into_option(),
            ..Customer::default()
        })
        .store(review.business_id.text())
        .votes(Votes { up: review.useful.or(review.compliment_count).count(), down: 0 });
    out.push(attributes(builder, [("funny", review.funny), ("cool", review.cool)]).extra(extra).build()?);
    Ok(())
}
