//! Records that depend on another.

use crate::feedback::{Feedback, FeedbackBuilder};

/// A later comment on the same purchase (追评): shares everything but words, rating and times with the first.
pub(crate) fn follow_up(builder: FeedbackBuilder, first: &Feedback) -> FeedbackBuilder {
    builder
        .channel(first.channel().clone())
        .source(first.source().clone())
        .follow_up_of(first.id())
        .generated_id(first.has_generated_id())
        .customer(first.customer().clone())
        .product(first.product().unwrap_or_default())
        .order(first.order().unwrap_or_default())
        .courier(first.courier().unwrap_or_default())
        .region(first.region().unwrap_or_default())
        .store(first.store().unwrap_or_default())
        .language(first.language().unwrap_or_default())
}
