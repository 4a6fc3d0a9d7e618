//! The questions of a form.

use crate::channel::parse::envelope::Item;
use crate::channel::parse::text::Word;
use crate::feedback::schema::nullable;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

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
    /// The questions by id and by reference.
    pub(super) fn index(&self) -> Questions<'_> {
        let mut found = Questions(BTreeMap::new());
        found.add(&self.fields);
        found
    }
}

/// The questions of a definition.
pub(super) struct Questions<'f>(BTreeMap<&'f str, &'f Field>);

impl<'f> Questions<'f> {
    fn add(&mut self, fields: &'f [Field]) {
        for field in fields {
            for name in [&field.id, &field.r#ref].into_iter().filter_map(Word::as_deref) {
                self.0.entry(name).or_insert(field);
            }
            self.add(&field.properties.fields);
        }
    }

    /// The question an answer refers to, from the definition, else from the form before the responses.
    pub(super) fn find(&self, item: &Item<'_>, asked: &Reference) -> Option<Cow<'f, Field>> {
        let known = |name: &Word| self.0.get(name.as_deref()?).copied();
        if let Some(field) = known(&asked.id).or_else(|| known(&asked.r#ref)) {
            return Some(Cow::Borrowed(field));
        }
        let id = asked.id.as_deref()?;
        let side = ["fields", "form/fields"].into_iter().find_map(|path| item.side(path, id))?;
        Field::deserialize(side).ok().map(Cow::Owned)
    }
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
