//! Shopify: the table of the retired app "Product Reviews".
//!
//! `state` is the state of the review, not a region.

use crate::channel::carrier::csv::Table;
use crate::feedback::Source;

pub(super) static ADAPTER: Table = Table {
    name: "shopify",
    source: Source::SHOPIFY,
    marks: &["producthandle", "state", "rating", "author", "body"],
    own: &[("state", Some("moderation"))],
};
