//! What if the weights were others: how ranks move, and what it takes to turn two.

use super::{Ranked, TermName};
use crate::metrics::Scope;
use serde::Serialize;

/// How an issue moves from one ranking to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Move {
    /// Path of the topic.
    pub topic: String,
    /// Its scope after, if one explains it.
    pub scope: Option<Scope>,
    /// Place before; `None` when it was not ranked.
    pub from: Option<usize>,
    /// Place after.
    pub to: usize,
    /// Score after less score before; the score itself when it was not ranked.
    pub change: f64,
}

/// How every issue of `after` moved, in the order of `after`.
///
/// ```
/// use candor::metrics::{Aggregate, SummaryOptions};
/// use candor::priority::{Model, TermName, moves};
/// use candor::{Engine, Feedback};
/// let (engine, mut aggregate) = (Engine::builder().build()?, Aggregate::new());
/// let texts = ["Delivery was very slow"; 9].into_iter().chain(["My parcel was stolen, I lost all my money"]);
/// for (n, text) in texts.enumerate() {
///     let feedback = Feedback::builder(n.to_string()).text(text).build()?;
///     aggregate.push(&feedback, &engine.analyze(&feedback));
/// }
/// let summary = aggregate.summary(&SummaryOptions::default());
/// let before = Model::builtin()?;
/// let after = before.clone().into_builder().weight(TermName::Reach, 0.0).build()?;
/// let moves = moves(&before.rank(&summary), &after.rank(&summary));
/// assert_eq!((moves[0].topic.as_str(), moves[0].from, moves[0].to), ("delivery/loss", Some(2), 1));
/// # Ok::<(), candor::Error>(())
/// ```
#[must_use]
pub fn moves(before: &[Ranked], after: &[Ranked]) -> Vec<Move> {
    let moved = |issue: &Ranked| {
        let old = before.iter().find(|old| old.topic() == issue.topic());
        Move {
            topic: issue.topic().to_owned(),
            scope: issue.scope().cloned(),
            from: old.map(Ranked::rank),
            to: issue.rank(),
            change: issue.score() - old.map_or(0.0, Ranked::score),
        }
    };
    after.iter().map(moved).collect()
}

/// By what factor the weight of a term must change for two issues to have the same score; beyond it they change
/// places. `None` when no weight of 0 or more does it, or the term is not in both scores.
///
/// ```
/// # use candor::{metrics::{Aggregate, SummaryOptions}, priority::{Model, TermName, tipping_factor}};
/// let ranked = Model::builtin()?.rank(&Aggregate::new().summary(&SummaryOptions::default()));
/// if let [first, second, ..] = ranked.as_slice() {
///     println!("{:?}", tipping_factor(first, second, TermName::Severity));
/// }
/// # Ok::<(), candor::Error>(())
/// ```
#[must_use]
pub fn tipping_factor(a: &Ranked, b: &Ranked, term: TermName) -> Option<f64> {
    let own = |issue: &Ranked| issue.terms().iter().find(|t| t.name == term).map(|t| t.contribution);
    let (lead, rest) = (own(a)? - own(b)?, (a.score() - b.score()) - (own(a)? - own(b)?));
    let factor = -rest / lead;
    (factor.is_finite() && factor >= 0.0).then_some(factor)
}
