//! What the sources of conversations share: messages in order, who wrote them, what hangs on them.

use super::text::Word;
use super::time::Clock;
use crate::feedback::{Attachment, Extra, FeedbackBuilder, Role, Turn};
use jiff::Timestamp;
use serde_json::Value;

/// The messages of one conversation, in the order they came.
pub(crate) struct Talk<'a> {
    clock: &'a Clock,
    turns: Vec<Turn>,
    unread: Extra,
}

impl<'a> Talk<'a> {
    pub(crate) fn new(clock: &'a Clock) -> Self {
        Self { clock, turns: Vec::new(), unread: Extra::default() }
    }

    /// Adds a message; one without words is none.
    pub(crate) fn say(&mut self, role: Role, author: Word, at: &Word, text: Word) {
        let Some(text) = text.into_option() else { return };
        let at = self.instant(at);
        self.turns.push(Turn { role, author: author.into_option(), at, text, question: None });
    }

    /// Adds what the customer answered to a question of the source.
    pub(crate) fn answer(&mut self, question: &str, at: &Word, text: Word) {
        let Some(text) = text.into_option() else { return };
        let at = self.instant(at);
        let question = Some(question.to_owned()).filter(|question| !question.is_empty());
        self.turns.push(Turn { role: Role::Customer, at, text, question, author: None });
    }

    /// Sets the turns; times that could not be read go to `extra` under the path of their turn.
    pub(crate) fn fill(self, builder: FeedbackBuilder, extra: &mut Extra) -> FeedbackBuilder {
        for (name, value) in self.unread {
            extra.insert(name, value);
        }
        builder.turns(self.turns)
    }

    fn instant(&mut self, at: &Word) -> Option<Timestamp> {
        let text = at.as_deref()?;
        let instant = self.clock.read(text).ok();
        if instant.is_none() {
            self.unread.insert(format!("turns/{}/at", self.turns.len()), Value::from(text));
        }
        instant
    }
}

/// A reference to a file of this media type.
pub(crate) fn attachment(media_type: &Word, url: &Word) -> Option<Attachment> {
    let kind = media_type.as_deref().and_then(|text| text.split('/').next());
    let kind = kind.filter(|kind| matches!(*kind, "image" | "video" | "audio")).unwrap_or("file");
    Some(Attachment { kind: kind.to_owned(), url: url.as_deref()?.to_owned() })
}

/// Sets attributes named by the account: scalars as they are, lists joined, empty ones not at all.
pub(crate) fn custom<'a>(
    builder: FeedbackBuilder,
    prefix: &str,
    all: impl IntoIterator<Item = (&'a str, &'a Value)>,
) -> FeedbackBuilder {
    all.into_iter().fold(builder, |builder, (name, value)| match flat(value) {
        Some(text) => builder.attribute(format!("{prefix}{name}"), text),
        None => builder,
    })
}

/// A value as text: lists are joined, empty ones are none.
pub(crate) fn flat(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Object(_) => None,
        Value::String(text) => (!text.trim().is_empty()).then(|| text.clone()),
        Value::Array(all) => {
            let texts: Vec<String> = all.iter().filter_map(flat).collect();
            (!texts.is_empty()).then(|| texts.join(", "))
        }
        other => Some(other.to_string()),
    }
}
