//! One review as a record.

use super::walk::{Found, types};
use crate::channel::parse::rating::Scale;
use crate::channel::parse::time::Clock;
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::schema::{self, Fallback};
use crate::feedback::{
    AspectRating, Channel, Customer, Extra, Feedback, FeedbackBuilder, Rating, RatingKind, Role, Source, Turn,
};
use serde_json::{Map, Value};

type Object = Map<String, Value>;

/// Marks additional properties that are fields of the record.
pub(super) const OWN: &str = "candor";

/// Members that fill a field, or say nothing that is kept.
const READ: [&str; 24] = [
    "@context",
    "@type",
    "@id",
    "identifier",
    "url",
    "name",
    "headline",
    "reviewBody",
    "description",
    "text",
    "reviewRating",
    "reviewAspect",
    "positiveNotes",
    "negativeNotes",
    "datePublished",
    "dateCreated",
    "dateModified",
    "author",
    "creator",
    "inLanguage",
    "itemReviewed",
    "additionalProperty",
    "associatedReview",
    "about",
];

/// The record of a review.
pub(super) fn read(found: &Found<'_>, fallback: &str, clock: &Clock) -> Result<Feedback> {
    let review = &found.review;
    let mut extra: Extra = review
        .iter()
        .filter(|(name, value)| !READ.contains(&name.as_str()) && !value.is_null())
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let id = ["@id", "identifier", "url"].iter().find_map(|name| word(review.get(*name)?));
    let builder = Feedback::builder(id.clone().unwrap_or_else(|| fallback.to_owned()))
        .generated_id(id.is_none())
        .source(Source::SCHEMA_ORG)
        .channel(Channel::REVIEW)
        .title(text(review, &["name", "headline"]))
        .text(text(review, &["reviewBody", "description", "text"]))
        .language(text(review, &["inLanguage"]))
        .customer(author(review.get("author").or(review.get("creator"))));
    let created = ["datePublished", "dateCreated"].iter().find_map(|name| word(review.get(*name)?));
    let updated = review.get("dateModified").and_then(word);
    let builder = clock.stamp(builder, created.as_deref(), updated.as_deref(), &mut extra);
    let builder = about(builder, review, found.subject);
    let builder = notes(rated(builder, review)?, review);
    let (builder, own) = additional(builder, review);
    let builder = builder.extra(extra);
    if own.is_empty() {
        return builder.build();
    }
    overlaid(builder, own, fallback)
}

/// The record with fields laid over it that only this crate writes.
fn overlaid(builder: FeedbackBuilder, own: Object, fallback: &str) -> Result<Feedback> {
    let broken = |e: serde_json::Error| Error::new(ErrorKind::Syntax, e.to_string());
    // The fields may hold the only words there are.
    let words = builder.clone().build();
    let alone = words.is_err();
    let built = words.or_else(|_| builder.text("-").build())?;
    let Value::Object(mut wire) = serde_json::to_value(&built).map_err(broken)? else { return Ok(built) };
    if alone {
        wire.remove("text");
    }
    for (name, value) in own {
        wire.insert(name, value);
    }
    let json = serde_json::to_vec(&wire).map_err(broken)?;
    schema::read(&json, Fallback { source: Source::SCHEMA_ORG, id: Some(fallback.to_owned()) })
}

/// A string or number; of an object its name or value, of a list the first.
fn word(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(all) => return all.iter().find_map(word),
        Value::Object(object) => {
            return ["@value", "name", "value", "@id"].iter().find_map(|name| word(object.get(*name)?));
        }
        _ => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

fn text(object: &Object, names: &[&str]) -> String {
    names.iter().find_map(|name| word(object.get(*name)?)).unwrap_or_default()
}

/// A list as its entries, anything else as one.
fn each(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(all)) => all,
        Some(value) => std::slice::from_ref(value),
        None => &[],
    }
}

fn author(value: Option<&Value>) -> Customer {
    let Some(first) = each(value).first() else { return Customer::default() };
    let Value::Object(person) = first else { return Customer { name: word(first), ..Customer::default() } };
    let one = |names: &[&str]| names.iter().find_map(|name| word(person.get(*name)?));
    Customer {
        id: one(&["identifier", "@id"]),
        name: one(&["name", "alternateName"]),
        email: one(&["email"]),
        ..Customer::default()
    }
}

/// What is reviewed: a product, or a store.
fn about(builder: FeedbackBuilder, review: &Object, subject: Option<&Object>) -> FeedbackBuilder {
    let named = each(review.get("itemReviewed").or(review.get("about"))).first();
    let subject = match named {
        Some(Value::Object(named)) => named,
        Some(other) => return builder.product(word(other).unwrap_or_default()),
        None => match subject {
            Some(subject) => subject,
            None => return builder,
        },
    };
    let name = ["name", "sku", "gtin13", "gtin", "mpn", "@id", "url"];
    let name = name.iter().find_map(|name| word(subject.get(*name)?)).unwrap_or_default();
    let ends = [
        "Business",
        "Store",
        "Restaurant",
        "Hotel",
        "Organization",
        "Establishment",
        "Dealer",
        "Shop",
        "Clinic",
        "Dentist",
        "School",
    ];
    let place = types(subject).any(|kind| ends.iter().any(|end| kind.ends_with(end)));
    let builder = if place { builder.store(name) } else { builder.product(name) };
    ["sku", "gtin13", "gtin", "mpn", "brand"].iter().fold(builder, |builder, name| {
        let value = subject.get(*name).and_then(word);
        value.map_or(builder.clone(), |value| builder.attribute(*name, value))
    })
}

/// The rating of the whole and those of aspects.
fn rated(mut builder: FeedbackBuilder, review: &Object) -> Result<FeedbackBuilder> {
    let aspect = review.get("reviewAspect").filter(|aspect| aspect.is_string()).and_then(word);
    let mut aspects = Vec::new();
    let mut whole = None;
    for one in each(review.get("reviewRating")) {
        let Some(rating) = rating(one).map_err(|e| e.at_path("/reviewRating"))? else { continue };
        let aspect = one.get("reviewAspect").and_then(word).or_else(|| aspect.clone());
        match aspect {
            Some(aspect) => aspects.push(AspectRating { aspect, rating }),
            None if whole.is_none() => whole = Some(rating),
            None => {}
        }
    }
    if let Some(whole) = whole {
        builder = builder.rating(whole);
    }
    Ok(builder.aspect_ratings(aspects))
}

fn rating(value: &Value) -> Result<Option<Rating>> {
    let (value, best, worst) = match value {
        Value::Object(rating) => {
            let number = |name: &str| word(rating.get(name)?)?.trim().replace(',', ".").parse::<f64>().ok();
            (rating.get("ratingValue").and_then(word), number("bestRating"), number("worstRating"))
        }
        plain => (word(plain), None, None),
    };
    let Some(value) = value else { return Ok(None) };
    // A scale that is told in half keeps the other default unless it contradicts it.
    let best = best.unwrap_or(5.0);
    let worst = worst.unwrap_or(if best > 1.0 { 1.0 } else { 0.0 });
    Scale::new(worst, best, RatingKind::Stars)?.read(&value)
}

/// Notes in favour and against, each a turn that knows its question.
fn notes(mut builder: FeedbackBuilder, review: &Object) -> FeedbackBuilder {
    for (name, question) in [("positiveNotes", "pros"), ("negativeNotes", "cons")] {
        for note in each(review.get(name)) {
            let listed = note.get("itemListElement");
            for note in if listed.is_some() { each(listed) } else { std::slice::from_ref(note) } {
                let text = word(note.get("item").unwrap_or(note));
                if let Some(text) = text {
                    let question = Some(question.to_owned());
                    builder = builder.turn(Turn { role: Role::Customer, text, question, ..Turn::default() });
                }
            }
        }
    }
    builder
}

/// Additional properties: fields of the record that this crate wrote, attributes otherwise.
fn additional(mut builder: FeedbackBuilder, review: &Object) -> (FeedbackBuilder, Object) {
    let mut own = Object::new();
    for property in each(review.get("additionalProperty")) {
        let Some(name) = property.get("name").and_then(word) else { continue };
        let value = property.get("value");
        if property.get("propertyID").and_then(Value::as_str) == Some(OWN) {
            own.insert(name, value.cloned().unwrap_or_default());
        } else if let Some(value) = value.and_then(word) {
            builder = builder.attribute(name, value);
        }
    }
    (builder, own)
}
