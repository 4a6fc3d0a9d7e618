//! Where something stands in the files of a pack, for error messages.

use crate::error::{Error, ErrorKind};
use std::borrow::Cow;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A file of a pack: its name and text.
#[derive(Debug, PartialEq)]
pub(super) struct Source {
    file: String,
    text: Cow<'static, str>,
}

/// A byte of a file; line and column are counted only when an error needs them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    source: Arc<Source>,
    at: usize,
}

impl Source {
    pub(super) fn new(file: impl Into<String>, text: Cow<'static, str>) -> Arc<Self> {
        Arc::new(Self { file: file.into(), text })
    }

    pub(super) fn file(&self) -> &str {
        &self.file
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The file as a whole does not have the form of a pack.
    pub(super) fn syntax(self: &Arc<Self>, error: &toml::de::Error) -> Error {
        let message = error.message().trim().to_owned();
        match error.span() {
            Some(span) => self.place(span.start).error(ErrorKind::Syntax, message),
            None => Error::new(ErrorKind::Syntax, message).at_source(&self.file),
        }
    }

    pub(super) fn place(self: &Arc<Self>, at: usize) -> Place {
        Place { source: self.clone(), at }
    }
}

impl Place {
    /// An error that starts here.
    pub(super) fn error(&self, kind: ErrorKind, message: impl Into<String>) -> Error {
        Error::new(kind, message).at_source(&self.source.file).at_byte(&self.source.text, self.at)
    }

    /// Where the topic that starts here lists `term`; the start of the topic when it cannot be told.
    ///
    /// Reads the file a second time, so that the way without errors need not remember the place of every word.
    pub(super) fn of_term(&self, term: &str) -> Self {
        let found = DeTable::parse(&self.source.text).ok().and_then(|file| {
            let topics = file.get_ref().get("topic")?.get_ref().as_array()?;
            let id = |topic: &&Spanned<DeValue<'_>>| {
                let id = topic.get_ref().as_table().and_then(|t| t.get("id"));
                id.is_some_and(|id| id.span().start == self.at)
            };
            let topic = topics.iter().find(id)?.get_ref().as_table()?;
            let words =
                ["en", "zh"].into_iter().filter_map(|language| topic.get(language)?.get_ref().as_table());
            let lists = words.flat_map(|words| words.values()).filter_map(|list| list.get_ref().as_array());
            let same = |word: &&Spanned<DeValue<'_>>| {
                word.get_ref().as_str().is_some_and(|word| crate::text::clean_term(word) == term)
            };
            lists.flat_map(|list| list.iter()).find(same).map(|word| word.span().start)
        });
        self.source.place(found.unwrap_or(self.at))
    }
}
