//! Judge.me: reviews of the interface and of its webhooks, and the tables for import and export.
//!
//! Stars 1..5; `curated` and `hidden` tell the state; `verified` is `nothing` or a word for how the purchase was
//! verified. `source` is how the review was written, not where.

#[cfg(feature = "csv")]
use crate::channel::carrier::csv::Table;
use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::forms::Forms;
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::STARS;
use crate::channel::parse::record::{keep, keep_in, pictures};
use crate::channel::parse::text::{Word, attributes};
use crate::error::Result;
use crate::feedback::schema::nullable;
use crate::feedback::{Channel, Customer, Extra, Feedback, FeedbackBuilder, Moderation, Source};
use serde::Deserialize;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Forms = Forms {
    name: "judge_me",
    all: &[
        &JSON,
        #[cfg(feature = "csv")]
        &TABLE,
    ],
};

#[cfg(feature = "csv")]
static TABLE: Table = Table {
    name: "judge_me",
    source: Source::JUDGE_ME,
    marks: &["body", "rating", "reviewdate", "reviewername", "producthandle", "pictureurls"],
    own: &[("source", None), ("curated", Some("moderation"))],
};

static JSON: Envelope = Envelope {
    name: "judge_me",
    source: Source::JUDGE_ME,
    paths: Paths { items: &["reviews", "review"], sides: &[] },
    marks: &[
        &["product_external_id", "reviewer"],
        &["curated", "reviewer"],
        &["curated", "product_external_id"],
    ],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Review {
    id: Word,
    title: Word,
    body: Word,
    rating: Word,
    product_external_id: Word,
    product_title: Word,
    product_handle: Word,
    reviewer: Option<Reviewer>,
    source: Word,
    curated: Word,
    hidden: Option<bool>,
    verified: Word,
    featured: Word,
    created_at: Word,
    updated_at: Word,
    #[serde(deserialize_with = "nullable")]
    pictures: Vec<Picture>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Reviewer {
    id: Word,
    external_id: Word,
    email: Word,
    name: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Picture {
    urls: Option<Urls>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Urls {
    original: Word,
    huge: Word,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let review: Review = item.parse()?;
    let mut extra = Extra::default();
    let builder = item.builder(review.id.clone().into_option()).channel(Channel::REVIEW);
    let builder =
        item.clock.stamp(builder, review.created_at.as_deref(), review.updated_at.as_deref(), &mut extra);
    out.push(review.fill(builder, &mut extra)?.extra(extra).build()?);
    Ok(())
}

impl Review {
    fn fill(self, builder: FeedbackBuilder, extra: &mut Extra) -> Result<FeedbackBuilder> {
        let (moderation, verified) = (self.moderation(), self.is_verified());
        let reviewer = self.reviewer.unwrap_or_default();
        // Reviews of the shop as a whole have the product 0.
        let number =
            Some(self.product_external_id).filter(|id| id.as_deref() != Some("0")).unwrap_or_default();
        let urls = self.pictures.into_iter().filter_map(|picture| picture.urls?.url());
        let builder = STARS
            .set(builder, &self.rating)
            .map_err(|e| e.at_path("/rating"))?
            .title(self.title.text())
            .text(self.body.text())
            .customer(Customer {
                id: reviewer.external_id.or(reviewer.id.clone()).into_option(),
                name: reviewer.name.into_option(),
                email: reviewer.email.into_option(),
                verified,
                ..Customer::default()
            })
            .product(self.product_title.or(self.product_handle.clone()).or(number.clone()).text())
            .moderation(moderation)
            .attachments(pictures(urls));
        keep(extra, self.rest);
        keep_in(extra, "reviewer", reviewer.rest);
        let more = [
            ("product_id", number),
            ("product_handle", self.product_handle),
            ("review_source", self.source),
            ("reviewer_id", reviewer.id),
            ("curated", self.curated),
            ("verified", self.verified),
            ("featured", self.featured),
        ];
        Ok(attributes(builder, more))
    }

    fn moderation(&self) -> Moderation {
        match self.curated.as_deref() {
            Some("spam") => Moderation::Spam,
            _ if self.hidden == Some(true) => Moderation::Hidden,
            Some("not-yet") => Moderation::Pending,
            _ => Moderation::Published,
        }
    }

    /// What other words mean for the purchase is not known.
    fn is_verified(&self) -> Option<bool> {
        match self.verified.as_deref()? {
            "nothing" | "false" => Some(false),
            "true" => Some(true),
            word if word.contains("buyer") || word.contains("purchase") => Some(true),
            _ => None,
        }
    }
}

impl Urls {
    fn url(self) -> Option<String> {
        self.original.or(self.huge).into_option()
    }
}
