//! How often each rating was given, by kind and scale.

use super::moments::{fixed, float};
use crate::feedback::{Rating, RatingKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One possible rating: its kind, its scale and its value, rounded to four decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Level {
    kind: RatingKind,
    scale: Option<(i64, i64)>,
    value: i64,
}

impl Level {
    pub(super) fn of(rating: &Rating) -> Self {
        let scale = rating.scale().map(|(min, max)| (fixed(min), fixed(max)));
        Self { kind: rating.kind(), scale, value: fixed(rating.value()) }
    }

    /// What the rating measures.
    pub fn kind(&self) -> RatingKind {
        self.kind
    }

    /// Lowest and highest possible value, when known.
    pub fn scale(&self) -> Option<(f64, f64)> {
        self.scale.map(|(min, max)| (float(min), float(max)))
    }

    /// The value on its own scale.
    pub fn value(&self) -> f64 {
        float(self.value)
    }

    /// The value mapped to 0..1; `None` when the scale is unknown.
    pub fn normalized(&self) -> Option<f64> {
        self.scale().map(|(min, max)| (self.value() - min) / (max - min))
    }
}

/// How often each [`Level`] was given.
///
/// ```
/// use candor::{feedback::Rating, metrics::Levels};
/// let mut levels = Levels::default();
/// levels.add(&Rating::stars(4.0)?);
/// levels.add(&Rating::stars(4.0)?);
/// assert_eq!(levels.iter().map(|(level, n)| (level.value(), n)).collect::<Vec<_>>(), [(4.0, 2)]);
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<(Level, u64)>", into = "Vec<(Level, u64)>")]
pub struct Levels(BTreeMap<Level, u64>);

impl Levels {
    /// Counts a rating.
    pub fn add(&mut self, rating: &Rating) {
        *self.0.entry(Level::of(rating)).or_default() += 1;
    }

    /// Adds all counts of another.
    pub fn merge(&mut self, other: &Self) {
        for (level, n) in &other.0 {
            *self.0.entry(*level).or_default() += n;
        }
    }

    /// The levels in order with their counts.
    pub fn iter(&self) -> impl Iterator<Item = (&Level, u64)> {
        self.0.iter().map(|(level, n)| (level, *n))
    }

    /// The levels of one kind.
    pub(super) fn of_kind(&self, kind: RatingKind) -> impl Iterator<Item = (&Level, u64)> {
        self.iter().filter(move |(level, _)| level.kind == kind)
    }
}

impl From<Vec<(Level, u64)>> for Levels {
    fn from(pairs: Vec<(Level, u64)>) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl From<Levels> for Vec<(Level, u64)> {
    fn from(levels: Levels) -> Self {
        levels.0.into_iter().collect()
    }
}
