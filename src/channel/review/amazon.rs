//! Amazon: the public collections of reviews of 2014, 2018 and 2023, one object a line, and that of 2007 in XML.
//!
//! Stars 1..5. The collections in JSON have no ids: product, reviewer and time together are one. `parent_asin` is the product,
//! `asin` the variant that was bought; helpful votes are a count, a count with thousands commas, or a pair of
//! helpful and all. The collections' descriptions of products are no reviews and are refused.

#[cfg(feature = "xml")]
mod xml;

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::forms::Forms;
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::STARS;
use crate::channel::parse::record::{keep, pictures};
use crate::channel::parse::text::{Word, attributes};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::schema::nullable;
use crate::feedback::{Channel, Customer, Extra, Feedback, FeedbackBuilder, Source, Votes};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

pub(super) static ADAPTER: Forms = Forms {
    name: "amazon",
    all: &[
        &JSON,
        #[cfg(feature = "xml")]
        &xml::XML,
    ],
};

static JSON: Envelope = Envelope {
    name: "amazon",
    source: Source::AMAZON,
    paths: Paths { items: &[], sides: &[] },
    marks: &[
        &["asin", "user_id", "verified_purchase"],
        &["parent_asin", "user_id", "rating"],
        &["asin", "reviewerID", "overall"],
        &["asin", "reviewText"],
    ],
    offset: None,
    item,
};

/// The fields of all years.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Review {
    rating: Word,
    overall: Word,
    title: Word,
    summary: Word,
    text: Word,
    #[serde(rename = "reviewText")]
    words: Word,
    asin: Word,
    parent_asin: Word,
    user_id: Word,
    #[serde(rename = "reviewerID")]
    reviewer_id: Word,
    #[serde(rename = "reviewerName")]
    reviewer_name: Word,
    timestamp: Word,
    #[serde(rename = "unixReviewTime")]
    unix_review_time: Word,
    #[serde(rename = "reviewTime")]
    day: Word,
    verified_purchase: Option<bool>,
    verified: Option<bool>,
    helpful_vote: Word,
    vote: Word,
    #[serde(deserialize_with = "nullable")]
    helpful: Vec<u64>,
    #[serde(deserialize_with = "nullable")]
    style: BTreeMap<String, Word>,
    #[serde(deserialize_with = "nullable")]
    images: Vec<Image>,
    #[serde(deserialize_with = "nullable")]
    image: Vec<String>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// An address, or several for one picture.
#[derive(Deserialize)]
#[serde(untagged)]
enum Image {
    Url(String),
    Sizes(Sizes),
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "snake_case")]
struct Sizes {
    #[serde(rename = "hi_res")]
    original: Word,
    #[serde(rename = "large_image_url")]
    large: Word,
    #[serde(rename = "medium_image_url")]
    medium: Word,
    #[serde(rename = "small_image_url")]
    small: Word,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let review: Review = item.parse()?;
    let words = review.text.is_some() || review.words.is_some();
    if !words && !review.rating.is_some() && !review.overall.is_some() {
        return Err(Error::new(ErrorKind::Missing, "the object has neither words nor stars"));
    }
    let mut extra = Extra::default();
    let builder = item.builder(review.id()).channel(Channel::REVIEW);
    let created = review.created();
    let builder = item.clock.stamp(builder, created.as_deref(), None, &mut extra);
    out.push(review.fill(builder, &mut extra)?.extra(extra).build()?);
    Ok(())
}

impl Review {
    fn created(&self) -> Word {
        self.timestamp.clone().or(self.unix_review_time.clone()).or(self.day.clone())
    }

    fn reviewer(&self) -> Word {
        self.user_id.clone().or(self.reviewer_id.clone())
    }

    fn id(&self) -> Option<String> {
        let (asin, reviewer, created) = (&self.asin, self.reviewer(), self.created());
        Some(format!("{}:{}:{}", asin.as_deref()?, reviewer.as_deref()?, created.as_deref()?))
    }

    fn fill(self, builder: FeedbackBuilder, extra: &mut Extra) -> Result<FeedbackBuilder> {
        let (field, stars) =
            if self.rating.is_some() { ("/rating", &self.rating) } else { ("/overall", &self.overall) };
        let builder = STARS.set(builder, stars).map_err(|e| e.at_path(field))?;
        let (reviewer, votes) = (self.reviewer(), self.votes());
        let images = self.images.into_iter().filter_map(Image::url).chain(self.image);
        let builder = builder
            .title(self.title.or(self.summary).text())
            .text(self.text.or(self.words).text())
            .customer(Customer {
                id: reviewer.into_option(),
                name: self.reviewer_name.into_option(),
                verified: self.verified_purchase.or(self.verified),
                ..Customer::default()
            })
            .product(self.parent_asin.or(self.asin.clone()).text())
            .votes(votes)
            .attachments(pictures(images));
        keep(extra, self.rest);
        // `"Size:": " 7.0 oz"`.
        let style = self.style.iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        let builder = style.fold(builder, |builder, (name, value)| {
            builder.attribute(name.trim().trim_end_matches(':'), value.trim())
        });
        Ok(attributes(builder, [("asin", self.asin)]))
    }

    fn votes(&self) -> Votes {
        if let [up, all] = *self.helpful.as_slice() {
            return Votes { up, down: all.saturating_sub(up) };
        }
        let up = match self.vote.as_deref() {
            Some(vote) => Word::from(vote.replace(',', "").as_str()).count(),
            None => self.helpful_vote.count(),
        };
        Votes { up, down: 0 }
    }
}

impl Image {
    /// The largest.
    fn url(self) -> Option<String> {
        match self {
            Self::Url(url) => Some(url),
            Self::Sizes(sizes) => {
                sizes.original.or(sizes.large).or(sizes.medium).or(sizes.small).into_option()
            }
        }
    }
}
