//! A ranked issue and its score, term by term.

use super::{Measured, TermName};
use crate::metrics::{Scope, TopicSummary};
use serde::Serialize;

/// One term of a score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Term {
    /// Which term.
    pub name: TermName,
    /// Its weight as a part of all weights in use, 0..1.
    pub weight: f64,
    /// Its value, 0..1, with its interval.
    pub measured: Measured,
    /// What it adds to the score: 100 · weight · value.
    pub contribution: f64,
}

/// An issue in its place.
///
/// ```
/// use candor::{metrics::{Aggregate, SummaryOptions}, priority::Model};
/// let summary = Aggregate::new().summary(&SummaryOptions::default());
/// for issue in Model::builtin()?.rank(&summary) {
///     println!("{}. {} {:.0}", issue.rank(), issue.topic(), issue.score());
/// }
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ranked {
    pub(super) rank: usize,
    pub(super) terms: Vec<Term>,
    pub(super) override_reason: Option<String>,
    pub(super) first: f64,
    pub(super) issue: TopicSummary,
}

impl Ranked {
    /// Place, from 1.
    pub fn rank(&self) -> usize {
        self.rank
    }

    /// Path of the topic.
    pub fn topic(&self) -> &str {
        &self.issue.topic
    }

    /// The scope that explains the problem, if one does.
    pub fn scope(&self) -> Option<&Scope> {
        self.issue.scope.as_ref()
    }

    /// The score, 0..100: the sum of the contributions of its terms.
    pub fn score(&self) -> f64 {
        self.terms.iter().map(|t| t.contribution).sum()
    }

    /// Lower end of the interval of the score, from those of its terms as independent parts of a sum (the method of
    /// variance estimates recovery: Zou and Donner 2008).
    pub fn low(&self) -> f64 {
        self.score() - self.margin(|m| m.value - m.low)
    }

    /// Upper end of the interval of the score; see [`low`](Self::low).
    pub fn high(&self) -> f64 {
        self.score() + self.margin(|m| m.high - m.value)
    }

    fn margin(&self, side: impl Fn(&Measured) -> f64) -> f64 {
        let squares = self.terms.iter().map(|t| (100.0 * t.weight * side(&t.measured)).powi(2));
        squares.sum::<f64>().sqrt()
    }

    /// Probability, 0..1, that its score is the greatest of all ranked issues, whatever the overrides.
    pub fn probability_first(&self) -> f64 {
        self.first
    }

    /// The terms of the score; their contributions sum to it.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Why it ranks before all others whatever its score, if it does.
    pub fn override_reason(&self) -> Option<&str> {
        self.override_reason.as_deref()
    }

    /// The numbers behind the score.
    pub fn issue(&self) -> &TopicSummary {
        &self.issue
    }
}
