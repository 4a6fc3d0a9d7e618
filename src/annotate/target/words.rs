//! The words at which noun phrases begin and end, read from one data file.

use crate::error::{Error, ErrorKind, Result};
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// What a word does to a noun phrase; one word may do several things.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Role(u16);

impl Role {
    pub(super) const DETERMINER: Self = Self(1);
    pub(super) const PRONOUN: Self = Self(1 << 1);
    pub(super) const LINKING: Self = Self(1 << 2);
    pub(super) const AUXILIARY: Self = Self(1 << 3);
    pub(super) const PREPOSITION: Self = Self(1 << 4);
    pub(super) const CONJUNCTION: Self = Self(1 << 5);
    pub(super) const ADVERB: Self = Self(1 << 6);
    pub(super) const VERB: Self = Self(1 << 7);
    pub(super) const LEADING: Self = Self(1 << 8);
    pub(super) const VERBAL: Self = Self(1 << 9);
    pub(super) const HEAD: Self = Self(1 << 10);
    pub(super) const FILLER: Self = Self(1 << 11);
    pub(super) const EDGE: Self = Self(1 << 12);
    pub(super) const UNAIMED: Self = Self(1 << 13);
    pub(super) const ACT: Self = Self(1 << 14);

    /// Everything that no noun phrase holds.
    pub(super) const OUTSIDE: Self = Self(
        Self::DETERMINER.0
            | Self::PRONOUN.0
            | Self::LINKING.0
            | Self::AUXILIARY.0
            | Self::PREPOSITION.0
            | Self::CONJUNCTION.0
            | Self::ADVERB.0
            | Self::VERB.0,
    );

    /// Either of two.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it has any role of the other.
    #[inline]
    pub(super) const fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    en: English,
    zh: Chinese,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct English {
    determiner: Vec<String>,
    pronoun: Vec<String>,
    linking: Vec<String>,
    auxiliary: Vec<String>,
    preposition: Vec<String>,
    conjunction: Vec<String>,
    adverb: Vec<String>,
    verb: Vec<String>,
    leading: Vec<String>,
    verbal: Vec<String>,
    head: Vec<String>,
    unaimed: Vec<String>,
    act: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chinese {
    filler: Vec<String>,
    edge: Vec<String>,
    verbal: Vec<String>,
    leading: Vec<String>,
    unaimed: Vec<String>,
}

/// Words with their roles.
#[derive(Debug, Default)]
pub(crate) struct PhraseWords(FxHashMap<Box<str>, Role>);

impl PhraseWords {
    const BUILTIN: &'static str = include_str!("../data/phrase.toml");

    /// Reads the built-in file.
    pub(crate) fn builtin() -> Result<Self> {
        let file: File = toml::from_str(Self::BUILTIN).map_err(|e| {
            Error::new(ErrorKind::Syntax, e.message().trim().to_owned()).at_source("phrase.toml")
        })?;
        let (en, zh) = (file.en, file.zh);
        let mut words = Self::default();
        for (list, role) in [
            (en.determiner, Role::DETERMINER),
            (en.pronoun, Role::PRONOUN),
            (en.linking, Role::LINKING),
            (en.auxiliary, Role::AUXILIARY),
            (en.preposition, Role::PREPOSITION),
            (en.conjunction, Role::CONJUNCTION),
            (en.adverb, Role::ADVERB),
            (en.verb, Role::VERB),
            (en.leading, Role::LEADING),
            (en.verbal, Role::VERBAL),
            (en.head, Role::HEAD),
            (en.unaimed, Role::UNAIMED),
            (en.act, Role::ACT),
            (zh.filler, Role::FILLER),
            (zh.edge, Role::EDGE),
            (zh.verbal, Role::VERBAL),
            (zh.leading, Role::LEADING),
            (zh.unaimed, Role::UNAIMED),
        ] {
            for word in list {
                words.0.entry(word.into_boxed_str()).or_default().0 |= role.0;
            }
        }
        Ok(words)
    }

    /// Whether a folded English word is no part of what a noun phrase names.
    pub(crate) fn is_barred(&self, word: &str) -> bool {
        let barred = Role::OUTSIDE.or(Role::LEADING).or(Role::VERBAL).or(Role::UNAIMED).or(Role::ACT);
        self.role(word).is(barred)
    }

    /// What a folded word does.
    #[inline]
    pub(super) fn role(&self, word: &str) -> Role {
        self.0.get(word).copied().unwrap_or_default()
    }
}
