//! What records of many sources have in common: those that depend on another, what has no home.

use crate::feedback::{Extra, Feedback, FeedbackBuilder};
use serde_json::{Map, Value};

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

/// Members that no field of a record is meant for go to `extra`; empty ones say nothing.
pub(crate) fn keep(extra: &mut Extra, rest: Map<String, Value>) {
    for (name, value) in rest {
        if !is_empty(&value) {
            extra.insert(name, value);
        }
    }
}

/// The same for the members of a nested object, kept under its name.
pub(crate) fn keep_in(extra: &mut Extra, name: &str, mut rest: Map<String, Value>) {
    rest.retain(|_, value| !is_empty(value));
    if !rest.is_empty() {
        extra.insert(name, Value::Object(rest));
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(all) => all.is_empty(),
        Value::Object(all) => all.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
