//! What an opinion is said of, by the shape of the phrase around it.

mod chinese;
mod english;
mod words;

pub(crate) use words::PhraseWords;

use crate::lexicon::WordAt;
use crate::span::CleanSpan;
use chinese::Chinese;
use english::English;

/// How an opinion hangs on what it is said of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attachment {
    /// On this noun phrase.
    Phrase(CleanSpan),
    /// On something said before: "it is great".
    Pronoun,
    /// The shape of the phrase does not tell.
    Nothing,
}

impl Attachment {
    fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        if self == Self::Nothing { other() } else { self }
    }
}

/// The text around the opinions of a field.
#[derive(Clone, Copy)]
pub(crate) struct Around<'a> {
    pub(crate) text: &'a str,
    /// Its words, as the scan noted them.
    pub(crate) words: &'a [WordAt],
    pub(crate) phrases: &'a PhraseWords,
}

impl Around<'_> {
    /// The phrase tied to a target of an expression, which is said of it as well.
    pub(crate) fn tied(&self, expression: CleanSpan, target: CleanSpan) -> Option<CleanSpan> {
        match self.english(expression).tied(target) {
            Attachment::Phrase(span) => Some(span),
            _ => None,
        }
    }

    /// What the expression is said of; linear in the few words looked at.
    pub(crate) fn attach(&self, expression: CleanSpan, han: bool) -> Attachment {
        if han {
            Chinese { text: self.text, words: self.phrases, expression }.attach()
        } else {
            self.english(expression).attach()
        }
    }

    fn english(&self, expression: CleanSpan) -> English<'_> {
        English { text: self.text, words: self.words, expression }
    }
}
