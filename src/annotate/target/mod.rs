//! What an opinion is said of, by the shape of the phrase around it.

mod chinese;
mod english;
mod words;

pub(crate) use words::PhraseWords;

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

/// The phrase tied to a target of an expression, which is said of it as well.
pub(crate) fn tied(
    text: &str,
    expression: CleanSpan,
    target: CleanSpan,
    words: &PhraseWords,
) -> Option<CleanSpan> {
    match (English { text, words, expression }).tied(target) {
        Attachment::Phrase(span) => Some(span),
        _ => None,
    }
}

/// What the expression is said of; linear in the few words looked at.
pub(crate) fn attach(text: &str, expression: CleanSpan, han: bool, words: &PhraseWords) -> Attachment {
    if han {
        Chinese { text, words, expression }.attach()
    } else {
        English { text, words, expression }.attach()
    }
}
