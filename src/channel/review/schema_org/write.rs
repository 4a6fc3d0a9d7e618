//! A record as a review of the vocabulary.

use super::review::{self, OWN};
use super::walk;
use crate::channel::parse::time::Clock;
use crate::feedback::{Feedback, Rating};
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

/// The review, with what the vocabulary cannot say laid beside it.
pub(super) fn review(item: &Feedback) -> Value {
    let mut out = native(item);
    let wire = |item: &Feedback| match serde_json::to_value(item) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let wanted = wire(item);
    let clock = Clock::new(TimeZone::UTC, None);
    let document = Value::Object(out.clone());
    let found = walk::reviews(&document);
    // What a reader would make of it so far tells what is missing.
    let read = found.first().and_then(|found| review::read(found, item.id(), &clock).ok());
    let read = read.map(|read| wire(&read)).unwrap_or_default();
    let missing = wanted.iter().filter(|(name, value)| *name != "schema" && read.get(*name) != Some(*value));
    let surplus = read.keys().filter(|name| !wanted.contains_key(*name)).map(|name| (name, &Value::Null));
    let properties: Vec<Value> = missing
        .chain(surplus)
        .map(|(name, value)| json!({"@type": "PropertyValue", "propertyID": OWN, "name": name, "value": value}))
        .collect();
    if !properties.is_empty() {
        out.insert("additionalProperty".to_owned(), properties.into());
    }
    Value::Object(out)
}

/// What the vocabulary has words for.
fn native(item: &Feedback) -> Map<String, Value> {
    let mut out = Map::new();
    let mut set = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            out.insert(name.to_owned(), value);
        }
    };
    let words = |text: &str| (!text.is_empty()).then(|| Value::from(text));
    set("@context", Some("https://schema.org".into()));
    set("@type", Some("Review".into()));
    set("identifier", words(item.id()));
    set("name", words(item.title()));
    set("reviewBody", words(item.text()));
    set("datePublished", item.created_at().map(|at| at.to_string().into()));
    set("dateModified", item.updated_at().map(|at| at.to_string().into()));
    set("inLanguage", item.language().map(Value::from));
    set("author", author(item));
    set("itemReviewed", item.product().map(|name| json!({"@type": "Product", "name": name})));
    let whole = item.rating().and_then(|rating| rated(rating, None));
    let aspects = item.aspect_ratings().iter().filter_map(|one| rated(&one.rating, Some(&one.aspect)));
    let mut ratings: Vec<Value> = whole.into_iter().chain(aspects).collect();
    match ratings.len() {
        0 => {}
        1 => set("reviewRating", ratings.pop()),
        _ => set("reviewRating", Some(ratings.into())),
    }
    out
}

fn author(item: &Feedback) -> Option<Value> {
    let customer = item.customer();
    let parts = [("identifier", &customer.id), ("name", &customer.name), ("email", &customer.email)];
    let parts: Vec<_> = parts.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?))).collect();
    if parts.is_empty() {
        return None;
    }
    let mut person = Map::from_iter([("@type".to_owned(), Value::from("Person"))]);
    person.extend(parts.into_iter().map(|(name, value)| (name.to_owned(), value.as_str().into())));
    Some(person.into())
}

/// A rating whose scale is known.
fn rated(rating: &Rating, aspect: Option<&str>) -> Option<Value> {
    let (worst, best) = rating.scale()?;
    let mut out = json!({
        "@type": "Rating",
        "ratingValue": number(rating.value()),
        "bestRating": number(best),
        "worstRating": number(worst),
    });
    if let (Some(aspect), Value::Object(out)) = (aspect, &mut out) {
        out.insert("reviewAspect".to_owned(), aspect.into());
    }
    Some(out)
}

/// Whole numbers without a fraction.
fn number(value: f64) -> Value {
    let whole = value.fract() == 0.0 && value.abs() < 9e15;
    if whole { (value as i64).into() } else { value.into() }
}
