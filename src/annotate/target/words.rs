//! The words at which noun phrases begin and end, read from one data file.

use crate::error::{Error, ErrorKind, Result};
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// What a word does to a noun phrase; one word may do several things.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Role(u32);

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
    pub(super) const TIE: Self = Self(1 << 15);
    pub(super) const OF: Self = Self(1 << 16);

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

    /// The role that a scan noted.
    pub(super) const fn of(bits: u32) -> Self {
        Self(bits)
    }

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
    tie: Vec<String>,
    of: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chinese {
    filler: Vec<String>,
    edge: Vec<String>,
    verbal: Vec<String>,
    leading: Vec<String>,
    unaimed: Vec<String>,
    tie: Vec<String>,
}

type Roles = FxHashMap<Box<str>, Role>;

/// Words with what they do; those of English are noted by the scan as it passes, those of Chinese asked for at places.
#[derive(Debug, Default)]
pub(crate) struct PhraseWords {
    english: Roles,
    chinese: Roles,
}

impl PhraseWords {
    const BUILTIN: &'static str = include_str!("../data/phrase.toml");

    /// Reads the built-in file.
    pub(crate) fn builtin() -> Result<Self> {
        let file: File = toml::from_str(Self::BUILTIN).map_err(|e| {
            Error::new(ErrorKind::Syntax, e.message().trim().to_owned()).at_source("phrase.toml")
        })?;
        Ok(Self { english: english(file.en), chinese: chinese(file.zh) })
    }

    /// The English words with their roles.
    pub(crate) fn english(&self) -> impl Iterator<Item = (&str, u32)> {
        self.english.iter().map(|(word, role)| (&**word, role.0))
    }

    /// Whether a folded English word is no part of what a noun phrase names.
    pub(crate) fn is_barred(&self, word: &str) -> bool {
        let barred = Role::OUTSIDE.or(Role::LEADING).or(Role::VERBAL).or(Role::UNAIMED).or(Role::ACT);
        self.english.get(word).is_some_and(|role| role.is(barred))
    }

    /// What a Chinese word does.
    #[inline]
    pub(super) fn chinese(&self, word: &str) -> Role {
        self.chinese.get(word).copied().unwrap_or_default()
    }
}

fn english(en: English) -> Roles {
    roles([
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
        (en.tie, Role::TIE),
        (en.of, Role::OF),
    ])
}

fn chinese(zh: Chinese) -> Roles {
    roles([
        (zh.filler, Role::FILLER),
        (zh.edge, Role::EDGE),
        (zh.verbal, Role::VERBAL),
        (zh.leading, Role::LEADING),
        (zh.unaimed, Role::UNAIMED),
        (zh.tie, Role::TIE),
    ])
}

/// Joins the roles of a word that stands in several lists.
fn roles<const N: usize>(lists: [(Vec<String>, Role); N]) -> Roles {
    let mut roles = Roles::default();
    for (list, role) in lists {
        for word in list {
            roles.entry(word.into_boxed_str()).or_default().0 |= role.0;
        }
    }
    roles
}
