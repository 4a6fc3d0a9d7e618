//! Trustpilot: reviews of a business and of its products, from the public and the private interface.
//!
//! Stars 1..5; `referenceId` is the order; the company's answer becomes a turn of the agent. A review that was
//! reported and is hidden counts as hidden. What the reader knows nothing of stays in `extra`.

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::STARS;
use crate::channel::parse::record::{keep, keep_in};
use crate::channel::parse::text::{Word, attributes};
use crate::error::Result;
use crate::feedback::schema::nullable;
use crate::feedback::{
    AspectRating, Channel, Customer, Extra, Feedback, FeedbackBuilder, Moderation, Source, Votes,
};
use serde::Deserialize;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "trustpilot",
    source: Source::TRUSTPILOT,
    paths: Paths { items: &["reviews", "productReviews"], sides: &[] },
    marks: &[
        &["companyReply", "consumer", "stars"],
        &["consumer", "displayName", "stars"],
        &["businessUnit", "countsTowardsTrustScore"],
        &["productReviews", "stars"],
    ],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Review {
    id: Word,
    stars: Word,
    title: Word,
    text: Word,
    content: Word,
    language: Word,
    created_at: Word,
    updated_at: Word,
    consumer: Option<Consumer>,
    business_unit: Option<BusinessUnit>,
    is_verified: Option<bool>,
    number_of_likes: Word,
    status: Word,
    company_reply: Option<Answer>,
    reference_id: Word,
    referral_email: Word,
    experienced_at: Word,
    #[serde(deserialize_with = "nullable")]
    report_data: Map<String, Value>,
    product: Option<Product>,
    #[serde(deserialize_with = "nullable")]
    attribute_ratings: Vec<Aspect>,
    #[serde(deserialize_with = "nullable")]
    tags: Vec<Tag>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Consumer {
    id: Word,
    display_name: Word,
    display_location: Word,
    number_of_reviews: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct BusinessUnit {
    display_name: Word,
    identifying_name: Word,
    id: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Answer {
    text: Word,
    created_at: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Product {
    id: Word,
    name: Word,
    sku: Word,
    gtin: Word,
    #[serde(rename = "productUrl")]
    url: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Aspect {
    attribute_name: Word,
    rating: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Tag {
    group: Word,
    value: Word,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let mut review: Review = item.parse()?;
    let mut extra = Extra::default();
    let builder = item.dated(review.id.clone(), &review.created_at, &review.updated_at, &mut extra);
    let answer = review.company_reply.take().unwrap_or_default();
    let builder = review.fill(builder, &mut extra)?;
    let builder = item.reply(builder, answer.text, &answer.created_at, &mut extra);
    out.push(builder.extra(extra).build()?);
    Ok(())
}

impl Review {
    fn fill(mut self, builder: FeedbackBuilder, extra: &mut Extra) -> Result<FeedbackBuilder> {
        let moderation = self.moderation();
        let aspects = self.aspects()?;
        let business = self.business_unit.take().unwrap_or_default();
        let product = self.product.take().unwrap_or_default();
        let consumer = self.consumer.take().unwrap_or_default();
        let builder = STARS
            .set(builder, &self.stars)
            .map_err(|e| e.at_path("/stars"))?
            .channel(Channel::REVIEW)
            .title(self.title.text())
            .text(self.text.or(self.content).text())
            .language(self.language.text())
            .customer(Customer {
                id: consumer.id.into_option(),
                name: consumer.display_name.into_option(),
                email: self.referral_email.into_option(),
                verified: self.is_verified,
                ..Customer::default()
            })
            .region(consumer.display_location.text())
            .store(business.display_name.or(business.identifying_name).or(business.id).text())
            .order(self.reference_id.text())
            .product(product.name.or(product.id.clone()).or(product.sku.clone()).text())
            .votes(Votes { up: self.number_of_likes.count(), down: 0 })
            .moderation(moderation)
            .tags(self.tags.into_iter().filter_map(Tag::name).collect())
            .aspect_ratings(aspects);
        keep(extra, self.rest);
        keep_in(extra, "consumer", consumer.rest);
        keep_in(extra, "reportData", self.report_data);
        let more = [
            ("status", self.status),
            ("experienced_at", self.experienced_at),
            ("number_of_reviews", consumer.number_of_reviews),
            ("product_id", product.id),
            ("sku", product.sku),
            ("gtin", product.gtin),
            ("product_url", product.url),
        ];
        Ok(attributes(builder, more))
    }

    fn moderation(&self) -> Moderation {
        let visibility = self.report_data.get("reviewVisibility").and_then(Value::as_str);
        match self.status.as_deref().or(visibility) {
            _ if visibility == Some("hidden") => Moderation::Hidden,
            Some("pending") => Moderation::Pending,
            Some("deleted") => Moderation::Deleted,
            Some("hidden" | "inactive" | "archived") => Moderation::Hidden,
            _ => Moderation::Published,
        }
    }

    fn aspects(&self) -> Result<Vec<AspectRating>> {
        let mut all = Vec::new();
        for (i, aspect) in self.attribute_ratings.iter().enumerate() {
            let (Some(name), Some(stars)) = (aspect.attribute_name.as_deref(), aspect.rating.as_deref())
            else {
                continue;
            };
            let read = STARS.read(stars).map_err(|e| e.at_path(format!("/attributeRatings/{i}/rating")))?;
            all.extend(read.map(|rating| AspectRating { aspect: name.to_owned(), rating }));
        }
        Ok(all)
    }
}

impl Tag {
    fn name(self) -> Option<String> {
        let value = self.value.into_option()?;
        Some(self.group.into_option().map_or_else(|| value.clone(), |group| format!("{group}: {value}")))
    }
}
