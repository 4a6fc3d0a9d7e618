//! Finds the reviews of a document.

use serde_json::{Map, Value};

/// A review, what it is about by nesting, and where it stands.
pub(super) struct Found<'v> {
    pub(super) review: Map<String, Value>,
    pub(super) subject: Option<&'v Map<String, Value>>,
    pub(super) path: String,
}

/// Every review of a document, in its order.
pub(super) fn reviews(document: &Value) -> Vec<Found<'_>> {
    let mut found = Vec::new();
    visit(document, None, "", String::new(), &mut found);
    found
}

fn visit<'v>(
    value: &'v Value,
    subject: Option<&'v Map<String, Value>>,
    member: &str,
    path: String,
    found: &mut Vec<Found<'v>>,
) {
    match value {
        Value::Array(all) => {
            for (index, value) in all.iter().enumerate() {
                visit(value, subject, member, format!("{path}/{index}"), found);
            }
        }
        Value::Object(object) => {
            let review = is_review(object, member);
            if review {
                found.push(Found { review: object.clone(), subject, path: path.clone() });
            }
            for (name, value) in object {
                // Parts of a review are no reviews; answers to it may be.
                if review && name != "associatedReview" {
                    continue;
                }
                let subject = if is_list(name) { subject } else { Some(object) };
                visit(value, subject, name, format!("{path}/{}", step(name)), found);
            }
        }
        // `"review": "Great"`: the words alone.
        Value::String(text) if is_member(member) && !text.trim().is_empty() && !is_reference(text) => {
            let review = Map::from_iter([("reviewBody".to_owned(), Value::String(text.clone()))]);
            found.push(Found { review, subject, path });
        }
        _ => {}
    }
}

fn step(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn is_list(name: &str) -> bool {
    matches!(name, "@graph" | "itemListElement" | "hasPart" | "mainEntity" | "item")
}

fn is_member(name: &str) -> bool {
    matches!(name, "review" | "reviews" | "associatedReview")
}

fn is_reference(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://") || text.starts_with('#')
}

fn is_review(object: &Map<String, Value>, member: &str) -> bool {
    let mut types = types(object).peekable();
    if types.peek().is_some() {
        return types.any(|name| {
            name == "Recommendation"
                || name.ends_with("Review") && name != "ClaimReview" && name != "MediaReview"
        });
    }
    is_member(member)
        && ["reviewBody", "reviewRating", "description"].iter().any(|name| object.contains_key(*name))
}

/// The names of an object's types, without what stands before the last slash.
pub(super) fn types(object: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let all = match object.get("@type") {
        Some(Value::Array(all)) => all.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    let names = all.iter().filter_map(Value::as_str);
    names.map(|name| name.rsplit(['/', '#', ':']).next().unwrap_or(name))
}
