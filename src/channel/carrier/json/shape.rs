//! Where the items of a document are, told by its head.

use super::object::{Content, inner_field};
use crate::channel::DateOrder;
use crate::channel::carrier::csv::header::field;
use crate::channel::parse::time::order_of;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What the head of a document tells.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Shape {
    /// The path of the items, unless the document or its list are the items.
    pub(super) path: Option<String>,
    pub(super) content: Content,
    /// How many different fields an item fills.
    pub(super) fields: usize,
    pub(super) order: Option<DateOrder>,
}

/// Places looked at.
const PLACES: usize = 2000;

/// Objects at one path, lists as `[]`.
#[derive(Debug, Default)]
struct Found {
    fields: BTreeSet<&'static str>,
    content: Content,
    /// Position in the document.
    at: usize,
}

/// The shape of the first document; nothing when the text does not begin like one.
pub(super) fn look(text: &str) -> Option<Shape> {
    let start = text.find(['{', '['])?;
    let before = text.get(..start)?.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if !before.is_empty() && !before.ends_with(['(', '=']) {
        return None;
    }
    let mut walk = Walk::default();
    let mut document = serde_json::Deserializer::from_str(text.get(start..)?);
    // The head may end inside the document; what was seen until then is enough.
    let _ = Spot { walk: &mut walk, holder: None }.deserialize(&mut document);
    let order = walk.orders.first().copied().filter(|first| walk.orders.iter().all(|order| order == first));
    let best = walk.found.iter().max_by_key(|(path, found)| {
        let depth = path.split('/').filter(|step| !step.is_empty()).count();
        (found.content, std::cmp::Reverse(depth), found.fields.len(), std::cmp::Reverse(found.at))
    });
    let (path, found) = best?;
    Some(Shape {
        path: walk.path(path, found.content),
        content: found.content,
        fields: found.fields.len(),
        order,
    })
}

#[derive(Default)]
struct Walk {
    found: BTreeMap<String, Found>,
    steps: Vec<String>,
    orders: Vec<DateOrder>,
}

impl Walk {
    /// The path as the walk over the whole document wants it.
    fn path(&self, path: &str, content: Content) -> Option<String> {
        if let Some(list) = path.strip_suffix("[]") {
            return Some(list.trim_end_matches('/').to_owned()).filter(|list| !list.is_empty());
        }
        // `{"101": {…}, "102": {…}}`: objects by their ids.
        let (parent, _) = path.rsplit_once('/').unwrap_or(("", path));
        let alike = |(other, found): (&String, &Found)| {
            let (outer, last) = other.rsplit_once('/').unwrap_or(("", other));
            outer == parent && last != "[]" && !other.is_empty() && found.content == content
        };
        match self.found.iter().filter(|(other, found)| alike((other, found))).count() {
            _ if path.is_empty() => None,
            2.. if parent.is_empty() => Some("*".to_owned()),
            2.. => Some(format!("{parent}/*")),
            _ => Some(path.to_owned()),
        }
    }

    fn fill(&mut self, path: &str, field: &'static str, text: &str) {
        if let Some(found) = self.found.get_mut(path) {
            found.fields.insert(field);
            found.content = found.content.max(Content::of(field));
        }
        if field == "created_at" {
            self.orders.extend(order_of(text));
        }
    }
}

/// A value, and the object whose member it is.
struct Spot<'w> {
    walk: &'w mut Walk,
    /// Path of that object, and the name of the member.
    holder: Option<(String, String)>,
}

/// What a value is.
enum Seen {
    Text(String),
    List,
    Object,
    Nothing,
}

impl<'de> DeserializeSeed<'de> for Spot<'_> {
    type Value = Seen;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Seen, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Spot<'_> {
    type Value = Seen;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Seen, A::Error> {
        let Self { walk, holder } = self;
        let path = walk.steps.join("/");
        let at = walk.found.len();
        if at < PLACES {
            walk.found.entry(path.clone()).or_insert(Found { at, ..Found::default() });
        }
        while let Some(key) = map.next_key::<String>()? {
            walk.steps.push(key.clone());
            let seen =
                map.next_value_seed(Spot { walk: &mut *walk, holder: Some((path.clone(), key.clone())) });
            walk.steps.pop();
            match seen? {
                Seen::Text(text) => {
                    if let Some(field) = field(&key) {
                        walk.fill(&path, field, &text);
                    }
                    let outer =
                        holder.as_ref().and_then(|(outer, name)| Some((outer, inner_field(name, &key)?)));
                    if let Some((outer, field)) = outer {
                        walk.fill(outer, field, &text);
                    }
                }
                // The crate's own form.
                Seen::List if key == "turns" => walk.fill(&path, "turns", ""),
                Seen::Object if key == "rating" => walk.fill(&path, "rating", ""),
                _ => {}
            }
        }
        Ok(Seen::Object)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Seen, A::Error> {
        let walk = self.walk;
        walk.steps.push("[]".to_owned());
        let mut entries = || {
            while all.next_element_seed(Spot { walk: &mut *walk, holder: None })?.is_some() {}
            Ok(Seen::List)
        };
        let seen = entries();
        walk.steps.pop();
        seen
    }

    fn visit_str<E>(self, text: &str) -> Result<Seen, E> {
        Ok(if text.trim().is_empty() { Seen::Nothing } else { Seen::Text(text.to_owned()) })
    }

    fn visit_u64<E>(self, number: u64) -> Result<Seen, E> {
        Ok(Seen::Text(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Seen, E> {
        Ok(Seen::Text(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Seen, E> {
        Ok(Seen::Text(number.to_string()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Seen, E> {
        Ok(Seen::Nothing)
    }

    fn visit_unit<E>(self) -> Result<Seen, E> {
        Ok(Seen::Nothing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_where_most_of_a_record_is() {
        for (text, path) in [
            (r#"[{"text":"a"}]"#, None),
            (r#"{"text":"a","comments":[{"text":"b"}]}"#, None),
            (r#"{"rating":4.5,"product":"x","reviews":[{"text":"a"},{"t"#, Some("reviews")),
            (
                r#"{"users":[{"name":"n","title":"t"}],"data":{"rows":[{"stars":1,"id":2}]}}"#,
                Some("data/rows"),
            ),
            (r#"cb([{"page":1,"items":[{"comment":"a"}]}])"#, Some("[]/items")),
            (r#"{"101":{"review":"a"},"102":{"review":"b"}}"#, Some("*")),
            (r#"{"r":{"x":{"review":"a"},"y":{"review":"b"}}}"#, Some("r/*")),
            (r#"{"data":{"review":"a"}}"#, Some("data")),
            (r#"{"items":[{"review":{"text":"a"},"id":1},{"review":{"text":"b"}}]}"#, Some("items")),
        ] {
            assert_eq!(look(text).unwrap().path.as_deref(), path, "{text}");
        }
        assert_eq!(look("words [1]"), None);
    }
}
