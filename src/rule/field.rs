//! Conditions on what is known of an item beside its words.

use super::syntax::Compare;
use crate::error::suggest;
use crate::feedback::{Feedback, RatingKind};
use crate::text::{clean_term, fold_char};
use std::fmt;

/// Dimensions of [`Feedback::scope`] that a rule may name.
const SCOPES: [&str; 10] =
    ["channel", "source", "touchpoint", "segment", "product", "courier", "region", "store", "agent", "team"];
/// Other fields with words.
const OTHERS: [&str; 3] = ["language", "order", "tag"];
/// Numbers, each with the kind of rating it asks for.
const NUMBERS: [(&str, Option<RatingKind>); 5] = [
    ("rating", None),
    ("stars", Some(RatingKind::Stars)),
    ("nps", Some(RatingKind::Nps)),
    ("csat", Some(RatingKind::Csat)),
    ("ces", Some(RatingKind::Ces)),
];
/// What stands before the name of an attribute.
const ATTRIBUTE: &str = "attributes.";
/// Languages of a verdict; `zh` is Chinese in either script.
const LANGUAGES: [&str; 6] = ["en", "zh", "zh-hans", "zh-hant", "mixed", "und"];
/// Languages that a pack of the host may bring.
pub(crate) const BROUGHT: [&str; 25] = [
    "af", "ca", "cs", "da", "de", "es", "et", "fi", "fr", "hr", "hu", "id", "it", "ms", "nl", "no", "pl",
    "pt", "ro", "sk", "sl", "sv", "sw", "tl", "tr",
];

/// A condition on a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    /// The value is this one or, with `prefix`, begins so.
    Text { field: Field, value: String, prefix: bool },
    /// The rating, of a kind where one is asked for, compares so.
    Number { name: &'static str, compare: Compare, value: f64 },
}

/// A field with words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Field {
    Scope(&'static str),
    Attribute(String),
    Language,
    Order,
    Tag,
}

/// The kinds of field that a name may stand for.
pub(super) enum Named {
    Text(Field),
    Number(&'static str),
    Polarity,
}

/// The field with this name, or what is wrong with it.
pub(super) fn named(name: &str) -> Result<Named, String> {
    if let Some(attribute) = name.strip_prefix(ATTRIBUTE).filter(|a| !a.is_empty()) {
        return Ok(Named::Text(Field::Attribute(attribute.to_owned())));
    }
    if let Some(scope) = SCOPES.iter().find(|s| **s == name) {
        return Ok(Named::Text(Field::Scope(scope)));
    }
    if let Some((number, _)) = NUMBERS.iter().find(|(n, _)| *n == name) {
        return Ok(Named::Number(number));
    }
    match name {
        "language" => Ok(Named::Text(Field::Language)),
        "order" => Ok(Named::Text(Field::Order)),
        "tag" => Ok(Named::Text(Field::Tag)),
        "polarity" => Ok(Named::Polarity),
        _ => {
            let numbers = NUMBERS.iter().map(|(n, _)| *n);
            let known = SCOPES.into_iter().chain(OTHERS).chain(numbers).chain(["polarity", ATTRIBUTE]);
            let hint = suggest(name, known);
            let hint = if hint.is_empty() { format!("; a host's own are {ATTRIBUTE}NAME") } else { hint };
            Err(format!("field \"{name}\" is not known{hint}"))
        }
    }
}

impl Condition {
    /// The condition that a text field has this value, or what is wrong with it.
    pub(super) fn text(field: Field, value: &str, quoted: bool) -> Result<Self, String> {
        let value = clean_term(value.trim()).into_owned();
        let prefix = !quoted && value.ends_with('*');
        let value = if prefix { value.trim_end_matches('*').to_owned() } else { value };
        if value.is_empty() && !prefix {
            return Err("the value is empty; the wildcard * stands for any".to_owned());
        }
        if value.contains('*') && !quoted {
            return Err(format!("value \"{value}\": the wildcard * may only end it"));
        }
        let known = || LANGUAGES.iter().chain(&BROUGHT).any(|language| *language == value);
        if field == Field::Language && !prefix && !known() {
            let hint = suggest(&value, LANGUAGES);
            return Err(format!(
                "language \"{value}\" is not known{hint}; languages: {}",
                LANGUAGES.join(", ")
            ));
        }
        Ok(Self::Text { field, value, prefix })
    }

    /// Whether an item in this language meets it.
    pub(crate) fn holds(&self, feedback: &Feedback, language: &str) -> bool {
        match self {
            Self::Text { field, value, prefix } => {
                let is = |text: &str| same(text, value, *prefix);
                match field {
                    Field::Scope(dimension) => feedback.scope(dimension).is_some_and(is),
                    Field::Attribute(name) => feedback.attributes().get(name).is_some_and(|text| is(text)),
                    Field::Order => feedback.order().is_some_and(is),
                    Field::Tag => feedback.tags().iter().any(|tag| is(tag)),
                    Field::Language => is(language) || (value == "zh" && same(language, "zh-", true)),
                }
            }
            Self::Number { name, compare, value } => {
                let kind = NUMBERS.iter().find(|(n, _)| n == name).and_then(|(_, kind)| *kind);
                let rating = feedback.rating().filter(|r| kind.is_none_or(|k| k == r.kind()));
                rating.is_some_and(|r| compare.holds(r.value(), *value))
            }
        }
    }
}

/// Whether a text, once cleaned, is the value or begins with it.
fn same(text: &str, value: &str, prefix: bool) -> bool {
    let mut folded = text.trim().chars().map(fold_char).flat_map(char::to_lowercase);
    for wanted in value.chars() {
        if folded.next() != Some(wanted) {
            return false;
        }
    }
    prefix || folded.next().is_none()
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scope(name) => f.write_str(name),
            Self::Attribute(name) => write!(f, "{ATTRIBUTE}{name}"),
            Self::Language => f.write_str("language"),
            Self::Order => f.write_str("order"),
            Self::Tag => f.write_str("tag"),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { field, value, prefix: true } => write!(f, "{field}:{value}*"),
            Self::Text { field, value, .. } => write!(f, "{field}:\"{value}\""),
            Self::Number { name, compare, value } => write!(f, "{name}{}{value}", compare.as_str()),
        }
    }
}
