//! Events of a thread: messages, files, filled forms.

use crate::channel::parse::talk::{Talk, attachment, flat};
use crate::channel::parse::text::Word;
use crate::feedback::schema::nullable;
use crate::feedback::{Attachment, Role};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Event {
    pub(super) id: Word,
    pub(super) author_id: Word,
    pub(super) created_at: Word,
    r#type: Word,
    text: Word,
    #[serde(alias = "recipients")]
    visibility: Word,
    url: Word,
    content_type: Word,
    #[serde(deserialize_with = "nullable")]
    fields: Vec<Field>,
    #[serde(deserialize_with = "nullable")]
    elements: Vec<Element>,
}

/// A question of a form and its answer: words, a choice, or several.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Field {
    r#type: Word,
    label: Word,
    #[serde(alias = "value")]
    answer: Value,
    answers: Value,
}

/// A card of a rich message.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Element {
    title: Word,
    subtitle: Word,
}

impl Event {
    pub(super) fn is_private(&self) -> bool {
        self.visibility.as_deref() == Some("agents")
    }

    pub(super) fn is_system(&self) -> bool {
        self.r#type.as_deref() == Some("system_message")
    }

    /// Adds the words, if there are any.
    pub(super) fn say(&self, role: Role, name: Word, talk: &mut Talk<'_>) {
        if self.r#type.as_deref() == Some("filled_form") {
            // Name and address are known from the users.
            let open = |kind: &str| !matches!(kind, "name" | "email" | "header" | "information");
            for field in self.fields.iter().filter(|field| field.r#type.as_deref().is_none_or(open)) {
                let question = field.label.as_deref().unwrap_or_default();
                talk.answer(question, &self.created_at, field.words());
            }
            return;
        }
        let cards = self.elements.iter().flat_map(|card| [&card.title, &card.subtitle]);
        let cards = cards.filter_map(Word::as_deref).collect::<Vec<_>>().join("\n");
        talk.say(role, name, &self.created_at, self.text.clone().or(Word::from(cards.as_str())));
    }

    pub(super) fn file(&self) -> Option<Attachment> {
        let is_file = self.r#type.as_deref() == Some("file");
        is_file.then(|| attachment(&self.content_type, &self.url)).flatten()
    }
}

impl Field {
    fn words(&self) -> Word {
        let value = if self.answer.is_null() { &self.answers } else { &self.answer };
        let one = |value: &Value| flat(value.get("label").unwrap_or(value));
        let words = match value {
            Value::Array(all) => all.iter().filter_map(one).collect::<Vec<_>>().join(", "),
            value => one(value).unwrap_or_default(),
        };
        Word::from(words.as_str())
    }
}
