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
    /// On what that does: "it works great".
    Act(CleanSpan),
    /// The shape of the phrase does not tell.
    Nothing,
    /// The shapes of this language are not known.
    Unknown,
}

impl Attachment {
    fn phrase(self) -> Option<CleanSpan> {
        if let Self::Phrase(span) = self { Some(span) } else { None }
    }

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
    /// Whether the shapes of phrases are known in the language.
    pub(crate) known: bool,
}

impl Around<'_> {
    /// The phrase tied to a target of an expression, which is said of it as well.
    pub(crate) fn tied(&self, expression: CleanSpan, target: CleanSpan, han: bool) -> Option<CleanSpan> {
        let found =
            if han { self.chinese(expression).tied(target) } else { self.english(expression).tied(target) };
        found.phrase()
    }

    /// What a Chinese target belongs to: 机身 for 机身的散热.
    pub(crate) fn owner(&self, expression: CleanSpan, target: CleanSpan) -> Option<CleanSpan> {
        self.chinese(expression).owner(target).phrase()
    }

    /// Whether a target names what one could judge.
    pub(crate) fn is_aimed(&self, target: CleanSpan, han: bool) -> bool {
        if han { !self.chinese(target).is_unaimed(target) } else { self.english(target).is_aimed(target) }
    }

    /// What the expression is said of; linear in the few words looked at.
    pub(crate) fn attach(&self, expression: CleanSpan, han: bool) -> Attachment {
        if !self.known {
            Attachment::Unknown
        } else if han {
            self.chinese(expression).attach()
        } else {
            self.english(expression).attach()
        }
    }

    fn chinese(&self, expression: CleanSpan) -> Chinese<'_> {
        Chinese { text: self.text, words: self.phrases, expression }
    }

    fn english(&self, expression: CleanSpan) -> English<'_> {
        English { text: self.text, words: self.words, expression }
    }
}
