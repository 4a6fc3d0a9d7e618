//! Cleaning: the words as given → text that rules can read, with the way back.
//!
//! The steps run in the fixed order of `STEPS`; each looks first whether it has anything to do, so a
//! clean text is not copied. Positions in the cleaned text never leave the crate.

mod offset;
mod privacy;
mod script;
mod signal;
mod step;
mod token;

pub mod dedup;

pub(crate) use offset::OffsetMap;
pub(crate) use privacy::holds_personal_data;
pub use privacy::mask;
pub(crate) use script::{ScriptCounts, fold_char, is_han};
pub(crate) use signal::Signals;
pub(crate) use token::{Break, Token, Tokens};

use offset::Rewriter;
use std::borrow::Cow;
use step::Step;

/// What is done to a text, in order.
const STEPS: &[&dyn Step] = &[
    &step::html::Html,
    &step::entity::Entity,
    &step::quote::Quote,
    &step::fold::Fold,
    &step::repeat::Repeat,
];

/// A text made readable, and the way back to the original.
#[derive(Debug, Default)]
pub(crate) struct CleanText {
    text: String,
    map: OffsetMap,
    signals: Signals,
    cleaned: bool,
    removed_quotes: bool,
    spare: String,
    spare_map: OffsetMap,
    composed: OffsetMap,
}

impl CleanText {
    /// Cleans `raw`, reusing the memory of earlier texts.
    pub(crate) fn set(&mut self, raw: &str) {
        self.map.clear();
        self.removed_quotes = false;
        self.cleaned = false;
        self.signals = Signals::of(raw);
        let mut signals = self.signals;
        for step in STEPS {
            if step.applies(signals) {
                let input = if self.cleaned { self.text.as_str() } else { raw };
                let mut out = Rewriter::new(input, &mut self.spare, &mut self.spare_map);
                step.run(input, &mut out);
                if out.finish() {
                    self.adopt_step();
                    self.removed_quotes |= step.removes_quotes();
                    signals = Signals::of(&self.text);
                }
            }
        }
    }

    /// Makes the output of a step the text.
    fn adopt_step(&mut self) {
        if self.cleaned {
            self.map.compose_into(&self.spare_map, &mut self.composed);
            std::mem::swap(&mut self.map, &mut self.composed);
        } else {
            std::mem::swap(&mut self.map, &mut self.spare_map);
        }
        std::mem::swap(&mut self.text, &mut self.spare);
        self.cleaned = true;
    }

    /// The cleaned text of `raw`, which was set last.
    pub(crate) fn of<'a>(&'a self, raw: &'a str) -> &'a str {
        if self.cleaned { &self.text } else { raw }
    }

    /// The way back.
    pub(crate) fn map(&self) -> &OffsetMap {
        &self.map
    }

    /// What the raw text held.
    pub(crate) fn signals(&self) -> Signals {
        self.signals
    }

    /// Whether words of others were cut away.
    pub(crate) fn removed_quotes(&self) -> bool {
        self.removed_quotes
    }
}

/// Cleaned form of a word-list term: folded characters, lower case; most terms are listed in it.
pub(crate) fn clean_term(term: &str) -> Cow<'_, str> {
    let clean = |c: char| if is_han(c) { fold_char(c) == c } else { !c.is_uppercase() && fold_char(c) == c };
    let plain = term.is_ascii() && !term.bytes().any(|b| b.is_ascii_uppercase());
    if plain || term.chars().all(clean) {
        return Cow::Borrowed(term);
    }
    Cow::Owned(term.chars().map(fold_char).flat_map(char::to_lowercase).collect())
}
