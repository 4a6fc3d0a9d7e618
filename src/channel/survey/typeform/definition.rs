//! The questions of a form.

use crate::channel::parse::envelope::Item;
use crate::channel::parse::text::Word;
use crate::feedback::schema::nullable;
use serde::Deserialize;

/// The form as it was when it was answered.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Definition {
    pub(super) id: Word,
    pub(super) title: Word,
    #[serde(deserialize_with = "nullable")]
    fields: Vec<Field>,
}

/// A question; groups and matrices hold further ones.
#[derive(Deserialize, Default, Clone)]
#[serde(default, expecting = "an object")]
pub(super) struct Field {
    id: Word,
    r#ref: Word,
    pub(super) title: Word,
    pub(super) r#type: Word,
    /// What a part of the contact details is.
    pub(super) subfield_key: Word,
    #[serde(deserialize_with = "nullable")]
    pub(super) properties: Properties,
}

#[derive(Deserialize, Default, Clone)]
#[serde(default, expecting = "an object")]
pub(super) struct Properties {
    steps: Word,
    start_at_one: Option<bool>,
    pub(super) shape: Word,
    #[serde(deserialize_with = "nullable")]
    fields: Vec<Field>,
}

/// How an answer names its question.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Reference {
    pub(super) id: Word,
    pub(super) r#ref: Word,
    pub(super) r#type: Word,
    pub(super) title: Word,
}

impl Definition {
    /// The question an answer refers to, from the definition, else from the form before the responses.
    pub(super) fn field(&self, item: &Item<'_>, asked: &Reference) -> Option<Field> {
        if let Some(field) = find(&self.fields, asked) {
            return Some(field.clone());
        }
        let sides = ["fields", "form/fields"];
        let id = asked.id.as_deref()?;
        let side = sides.into_iter().find_map(|path| item.side(path, id))?;
        serde_json::from_value(side.clone()).ok()
    }
}

fn find<'f>(fields: &'f [Field], asked: &Reference) -> Option<&'f Field> {
    let is_asked = |field: &Field| {
        (field.id.is_some() && field.id == asked.id) || (field.r#ref.is_some() && field.r#ref == asked.r#ref)
    };
    let within = |field: &'f Field| find(&field.properties.fields, asked);
    fields.iter().find_map(|field| if is_asked(field) { Some(field) } else { within(field) })
}

impl Field {
    /// Lowest and highest value of an opinion scale or rating, when the definition tells the steps.
    pub(super) fn bounds(&self) -> Option<(f64, f64)> {
        let steps: f64 = self.properties.steps.as_deref()?.parse().ok().filter(|steps| *steps > 1.0)?;
        let starts_at_one =
            self.r#type.as_deref() == Some("rating") || self.properties.start_at_one == Some(true);
        Some(if starts_at_one { (1.0, steps) } else { (0.0, steps - 1.0) })
    }
}
