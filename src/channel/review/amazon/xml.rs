//! The collection of 2007: reviews of many domains, in XML.

use crate::channel::parse::rating::STARS;
use crate::channel::parse::text::attributes;
use crate::channel::parse::xml::feed::{Feed, Item};
use crate::error::Result;
use crate::feedback::{Channel, Customer, Extra, Feedback, Source, Votes};

pub(super) static XML: Feed = Feed {
    name: "amazon",
    source: Source::AMAZON,
    items: &["review"],
    sides: &[],
    marks: &[&["<unique_id>", "<asin>"], &["<review_text>", "<asin>"]],
    item,
};

/// Elements that fill a field; all others go to `extra`.
const KNOWN: &[&str] = &[
    "unique_id",
    "asin",
    "product_name",
    "product_type",
    "helpful",
    "rating",
    "title",
    "date",
    "reviewer",
    "reviewer_location",
    "review_text",
];

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let node = item.node;
    let mut extra = Extra::default();
    let builder = item.builder(node.word("unique_id")).channel(Channel::REVIEW);
    let builder = item.clock.stamp(builder, node.word("date").as_deref(), None, &mut extra);
    node.keep_rest(KNOWN, &mut extra);
    let builder = STARS
        .set(builder, &node.word("rating"))
        .map_err(|e| e.at_path("/rating"))?
        .title(node.word("title").text())
        .text(node.word("review_text").text())
        .customer(Customer { name: node.word("reviewer").into_option(), ..Customer::default() })
        .region(node.word("reviewer_location").text())
        .product(node.word("product_name").or(node.word("asin")).text())
        .votes(helpful(&node.word("helpful").text()));
    let more = [("asin", node.word("asin")), ("product_type", node.word("product_type"))];
    out.push(attributes(builder, more).extra(extra).build()?);
    Ok(())
}

/// `7 of 9`.
fn helpful(text: &str) -> Votes {
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let found = text.split_once(" of ").and_then(|(up, all)| Some((number(up)?, number(all)?)));
    found.map(|(up, all)| Votes { up, down: all.saturating_sub(up) }).unwrap_or_default()
}
