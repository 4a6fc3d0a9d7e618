//! Abstention: when there is nothing to say, the reason is said.

use super::cue::Cues;
use super::label::{Abstention, Language};
use crate::text::ScriptCounts;

/// What is known of an item when abstention is decided.
pub(crate) struct Facts<'a> {
    pub(crate) counts: &'a ScriptCounts,
    pub(crate) language: Language,
    pub(crate) cues: &'a Cues,
    /// Bytes of cleaned words that were read, without blanks and signs.
    pub(crate) bytes: u32,
    /// Listed opinion words that spoke.
    pub(crate) words: u32,
    pub(crate) quotes_removed: bool,
}

/// The reason to abstain, if there is one.
pub(crate) fn abstain(facts: &Facts<'_>) -> Option<Abstention> {
    let letters = facts.counts.han + facts.counts.words + facts.counts.foreign + facts.counts.accented;
    if facts.cues.template > 0 && facts.cues.template * 10 >= facts.bytes * 8 {
        return Some(Abstention::Template);
    }
    if letters == 0 && facts.words == 0 {
        return Some(if facts.quotes_removed { Abstention::OnlyQuoted } else { Abstention::Empty });
    }
    let other = facts.counts.foreign * 2 > letters && facts.words == 0;
    if other || (facts.language == Language::Undetermined && letters >= 8) {
        return Some(Abstention::UnsupportedLanguage);
    }
    if facts.words > 0 {
        return None;
    }
    if facts.counts.han == 0 && facts.counts.words <= 2 && facts.counts.function_words == 0 {
        return Some(if facts.bytes >= 7 && facts.counts.words == 1 {
            Abstention::Junk
        } else {
            Abstention::TooShort
        });
    }
    (facts.counts.words == 0 && facts.counts.han <= 1).then_some(Abstention::TooShort)
}
