//! Yotpo: the list of a whole store, and that of the widget on a product page.
//!
//! Stars 1..5. The widget names products beside the reviews; `user.kind` or `reviewer_type` may say that the
//! purchase is verified. The shop's comment becomes a turn of the agent. `sentiment` is Yotpo's own guess and
//! stays an attribute.

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::STARS;
use crate::channel::parse::record::{keep, keep_in, pictures};
use crate::channel::parse::text::{Word, attributes};
use crate::error::Result;
use crate::feedback::schema::nullable;
use crate::feedback::{Channel, Customer, Extra, Feedback, FeedbackBuilder, Moderation, Source, Votes};
use serde::Deserialize;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "yotpo",
    source: Source::YOTPO,
    paths: Paths { items: &["reviews", "response/reviews"], sides: &["response/products"] },
    marks: &[
        &["votes_up", "votes_down", "score"],
        &["reviewer_type", "score", "sku"],
        &["verified_buyer", "source_review_id", "score"],
    ],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Review {
    id: Word,
    title: Word,
    content: Word,
    score: Word,
    votes_up: Word,
    votes_down: Word,
    created_at: Word,
    updated_at: Word,
    sentiment: Word,
    sku: Word,
    name: Word,
    email: Word,
    reviewer_type: Word,
    verified_buyer: Option<bool>,
    deleted: Option<bool>,
    archived: Option<bool>,
    escalated: Word,
    user_reference: Word,
    order_id: Word,
    incentivized: Option<bool>,
    source_review_id: Word,
    product_id: Word,
    #[serde(deserialize_with = "nullable")]
    products: Vec<Wrapped>,
    user: Option<User>,
    comment: Option<Comment>,
    #[serde(deserialize_with = "nullable")]
    images_data: Vec<Image>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct User {
    #[serde(rename = "user_id")]
    number: Word,
    id: Word,
    display_name: Word,
    #[serde(rename = "user_type")]
    kind: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Wrapped {
    #[serde(rename = "Product")]
    product: Option<Product>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Product {
    id: Word,
    name: Word,
    #[serde(rename = "product_url")]
    url: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Comment {
    content: Word,
    created_at: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Image {
    original_url: Word,
    image_url: Word,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let mut review: Review = item.parse()?;
    let mut extra = Extra::default();
    let builder = item.dated(review.id.clone(), &review.created_at, &review.updated_at, &mut extra);
    let comment = review.comment.take().unwrap_or_default();
    keep_in(&mut extra, "comment", comment.rest);
    let builder = review.product(item, builder);
    let builder = review.fill(builder, &mut extra)?;
    let builder = item.reply(builder, comment.content, &comment.created_at, &mut extra);
    out.push(builder.extra(extra).build()?);
    Ok(())
}

impl Review {
    fn fill(mut self, builder: FeedbackBuilder, extra: &mut Extra) -> Result<FeedbackBuilder> {
        let moderation = self.moderation();
        let user = self.user.take().unwrap_or_default();
        let kind = self.reviewer_type.or(user.kind);
        let verified = self.verified_buyer.or((kind.as_deref() == Some("verified_buyer")).then_some(true));
        let images =
            self.images_data.into_iter().filter_map(|i| i.original_url.or(i.image_url).into_option());
        let builder = STARS
            .set(builder, &self.score)
            .map_err(|e| e.at_path("/score"))?
            .channel(Channel::REVIEW)
            .title(self.title.text())
            .text(self.content.text())
            .customer(Customer {
                id: user.number.or(user.id).into_option(),
                name: user.display_name.or(self.name).into_option(),
                email: self.email.into_option(),
                verified,
                ..Customer::default()
            })
            .order(self.order_id.text())
            .votes(Votes { up: self.votes_up.count(), down: self.votes_down.count() })
            .moderation(moderation)
            .incentivised(self.incentivized.unwrap_or_default())
            .attachments(pictures(images));
        keep(extra, self.rest);
        keep_in(extra, "user", user.rest);
        let more = [
            ("sku", self.sku),
            ("product_id", self.product_id),
            ("reviewer_type", kind),
            ("sentiment", self.sentiment),
            ("escalated", self.escalated),
            ("user_reference", self.user_reference),
            ("source_review_id", self.source_review_id),
        ];
        Ok(attributes(builder, more))
    }

    /// The first product that is named, else its number.
    fn product(&mut self, item: &Item<'_>, builder: FeedbackBuilder) -> FeedbackBuilder {
        let nested = std::mem::take(&mut self.products);
        let product = nested.into_iter().find_map(|wrapped| wrapped.product).unwrap_or_default();
        let listed = self.product_id.as_deref().and_then(|id| item.side("response/products", id));
        let named = listed.and_then(|listed| listed.get("name")).and_then(Value::as_str).map(Word::from);
        let name = product.name.or(named.unwrap_or_default());
        let builder = builder.product(name.or(self.product_id.clone()).or(self.sku.clone()).text());
        attributes(builder, [("product_url", product.url), ("yotpo_product_id", product.id)])
    }

    fn moderation(&self) -> Moderation {
        match (self.deleted, self.archived) {
            (Some(true), _) => Moderation::Deleted,
            (_, Some(true)) => Moderation::Hidden,
            _ => Moderation::Published,
        }
    }
}
