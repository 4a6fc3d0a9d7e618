//! The XML feeds of merchant programmes: reviews of products, and reviews of merchants.
//!
//! Ratings bring their scale as `min` and `max`; without them it is unknown. Ratings other than `overall` rate
//! aspects. Points in favour and against become turns that know their question. Publisher or merchant is the
//! store, when it stands before the reviews. A review that was deleted is only an id and therefore refused.

use crate::channel::parse::rating::Scale;
use crate::channel::parse::record::pictures;
use crate::channel::parse::text::{Word, attributes, flag};
use crate::channel::parse::xml::Node;
use crate::channel::parse::xml::feed::{Feed, Item};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{
    AspectRating, Channel, Customer, Extra, Feedback, FeedbackBuilder, Moderation, Rating, RatingKind, Role,
    Source, Turn,
};

pub(super) static ADAPTER: Feed = Feed {
    name: "product_feed",
    source: Source::PRODUCT_FEED,
    items: &["review", "deleted_review"],
    sides: &["publisher", "merchant"],
    marks: &[
        &["schemas.google.com/merchant_reviews"],
        &["product_reviews.xsd"],
        &["<review_timestamp"],
        &["<product_ids>"],
    ],
    item,
};

/// Elements that fill a field; all others go to `extra`.
const KNOWN: &[&str] = &[
    "review_id",
    "reviewer",
    "reviewer_name",
    "review_timestamp",
    "create_timestamp",
    "last_update_timestamp",
    "review_language",
    "review_country",
    "country_code",
    "title",
    "content",
    "pros",
    "cons",
    "review_url",
    "reviewer_images",
    "ratings",
    "products",
    "is_spam",
    "is_verified_purchase",
    "is_incentivized_review",
    "collection_method",
    "transaction_id",
];

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let node = item.node;
    let id = node.attribute("id").or(node.word("review_id"));
    if node.name == "deleted_review" {
        let id = id.or(node.words()).text();
        return Err(Error::new(
            ErrorKind::Missing,
            format!("of the deleted review \"{id}\" only the id is left"),
        ));
    }
    let mut extra = Extra::default();
    let created = node.word("review_timestamp").or(node.word("create_timestamp"));
    let updated = node.word("last_update_timestamp");
    // An update at the time of creation is none.
    let updated = updated.as_deref().filter(|at| Some(*at) != created.as_deref());
    let builder = item.builder(id).channel(Channel::REVIEW);
    let builder = item.clock.stamp(builder, created.as_deref(), updated, &mut extra);
    let builder = who(item, rated(node, builder)?);
    node.keep_rest(KNOWN, &mut extra);
    out.push(words(node, builder).extra(extra).build()?);
    Ok(())
}

fn words(node: &Node, builder: FeedbackBuilder) -> FeedbackBuilder {
    let images = node.all("reviewer_images/reviewer_image/url").filter_map(|url| url.words().into_option());
    let is = |name| node.word(name).as_deref().and_then(flag) == Some(true);
    let mut builder = builder
        .title(node.word("title").text())
        .text(node.word("content").text())
        .language(node.word("review_language").text())
        .region(node.word("country_code").or(node.word("review_country")).text())
        .order(node.word("transaction_id").text())
        .attachments(pictures(images))
        .moderation(if is("is_spam") { Moderation::Spam } else { Moderation::Published })
        .incentivised(is("is_incentivized_review"));
    for (path, question) in [("pros/pro", "pros"), ("cons/con", "cons")] {
        for text in node.all(path).filter_map(|note| note.words().into_option()) {
            let question = Some(question.to_owned());
            builder = builder.turn(Turn { role: Role::Customer, text, question, ..Turn::default() });
        }
    }
    let url = node.find("review_url").map(|url| url.attribute("type")).unwrap_or_default();
    attributes(
        product(node, builder),
        [
            ("collection_method", node.word("collection_method")),
            ("review_url", node.word("review_url")),
            ("review_url_type", url),
        ],
    )
}

/// Customer and store.
fn who(item: &Item<'_>, builder: FeedbackBuilder) -> FeedbackBuilder {
    let node = item.node;
    let name = node.find("reviewer/name");
    let is_anonymous = name.is_some_and(|name| name.attribute("is_anonymous").as_deref() == Some("true"));
    let customer = Customer {
        id: node.word("reviewer/reviewer_id").into_option(),
        name: node
            .word("reviewer/name")
            .or(node.word("reviewer_name"))
            .into_option()
            .filter(|_| !is_anonymous),
        verified: node.word("is_verified_purchase").as_deref().and_then(flag),
        ..Customer::default()
    };
    let number = node.attribute("mid");
    let merchant = number.as_deref().and_then(|id| item.side("merchant", id));
    let store = merchant.or_else(|| item.side("publisher", "")).map(|store| store.word("name"));
    let anonymous = if is_anonymous { Word::from("true") } else { Word::default() };
    let builder = builder.customer(customer).store(store.unwrap_or_default().or(number.clone()).text());
    attributes(builder, [("merchant_id", number), ("anonymous", anonymous)])
}

/// A review may be of several products; each has its numbers.
fn product(node: &Node, builder: FeedbackBuilder) -> FeedbackBuilder {
    const AT: &str = "products/product";
    let number = |many: &str, one: &str| node.joined(&format!("{AT}/product_ids/{many}/{one}"));
    let (gtin, mpn, sku) = (number("gtins", "gtin"), number("mpns", "mpn"), number("skus", "sku"));
    let (brand, asin) = (number("brands", "brand"), number("asins", "asin"));
    let name = node.joined(&format!("{AT}/product_name"));
    let first = name.or(gtin.clone()).or(sku.clone()).or(mpn.clone()).or(asin.clone());
    let more = [
        ("gtin", gtin),
        ("mpn", mpn),
        ("sku", sku),
        ("brand", brand),
        ("asin", asin),
        ("product_url", node.joined(&format!("{AT}/product_url"))),
    ];
    attributes(builder.product(first.text()), more)
}

fn rated(node: &Node, mut builder: FeedbackBuilder) -> Result<FeedbackBuilder> {
    let mut aspects = Vec::new();
    let ratings = node.find("ratings").into_iter().flat_map(Node::children);
    for rating in ratings.filter(|rating| rating.words().is_some()) {
        let read = read(rating).map_err(|e| e.at_path(format!("/ratings/{}", rating.name)))?;
        match rating.name.as_str() {
            "overall" => builder = builder.rating(read),
            aspect => aspects.push(AspectRating { aspect: aspect.to_owned(), rating: read }),
        }
    }
    Ok(builder.aspect_ratings(aspects))
}

fn read(rating: &Node) -> Result<Rating> {
    let number = |word: Word| {
        let text = word.text();
        let number = text.trim().parse::<f64>();
        number.map_err(|_| Error::new(ErrorKind::Syntax, format!("\"{text}\" is not a rating")))
    };
    let value = number(rating.words())?;
    let (min, max) = (rating.attribute("min"), rating.attribute("max"));
    if min.is_some() && max.is_some() {
        return Scale::new(number(min)?, number(max)?, RatingKind::Stars)?.rate(value);
    }
    Rating::unscaled(value)
}
