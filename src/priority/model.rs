//! Weights and overrides, and the ranking they make.

use super::ranked::{Ranked, Term};
use super::{Facts, TermName, first, scope};
use crate::annotate::Consequence;
use crate::data;
use crate::error::{Error, ErrorKind, Result};
use crate::metrics::{Summary, TopicSummary};
use serde::Deserialize;
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

const BUILTIN: &str = include_str!("data/model.toml");

/// How issues are ranked.
///
/// ```
/// use candor::{metrics::{Aggregate, SummaryOptions}, priority::{Model, TermName}};
/// let model = Model::builder()?.weight(TermName::Momentum, 0.5).build()?;
/// let ranked = model.rank(&Aggregate::new().summary(&SummaryOptions::default()));
/// assert!(ranked.is_empty());
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    weights: BTreeMap<TermName, f64>,
    concentration: f64,
    overrides: Vec<Override>,
    apart: bool,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Override {
    reason: String,
    /// A topic, and those below it.
    topic: Option<String>,
    /// Topics of which enough customers name this.
    concern: Option<Consequence>,
    /// How many are enough.
    #[serde(default = "several")]
    customers: u64,
    /// And which part of the customers with the problem, 0..1.
    #[serde(default)]
    share: f64,
}

/// One customer may mean something else.
const fn several() -> u64 {
    3
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "schema")]
    _schema: u32,
    weights: BTreeMap<TermName, f64>,
    scope: ScopeRule,
    #[serde(default, rename = "override")]
    overrides: Vec<Override>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScopeRule {
    concentration: f64,
}

impl Model {
    /// The weights shipped with the crate: `src/priority/data/model.toml`.
    ///
    /// # Errors
    /// Never for the data as shipped; a test proves it.
    pub fn builtin() -> Result<Self> {
        Self::parse("model.toml", BUILTIN)
    }

    /// Reads a model from TOML of the shape of `src/priority/data/model.toml`; `name` appears in error messages.
    ///
    /// # Errors
    /// [`ErrorKind::Syntax`] when it is not TOML of that shape, [`ErrorKind::Incompatible`] for another schema,
    /// and the errors of [`ModelBuilder::build`].
    pub fn parse(name: &str, toml: &str) -> Result<Self> {
        let file: File = data::read(name, toml)?;
        let model = Self {
            weights: file.weights,
            concentration: file.scope.concentration,
            overrides: file.overrides,
            apart: false,
        };
        ModelBuilder(model).build().map_err(|e| e.at_source(name))
    }

    /// A builder that starts from the built-in model.
    ///
    /// # Errors
    /// As [`Model::builtin`].
    pub fn builder() -> Result<ModelBuilder> {
        Self::builtin().map(ModelBuilder)
    }

    /// A builder that starts from this model, for [what-if](super::moves) and for tenants.
    pub fn into_builder(self) -> ModelBuilder {
        ModelBuilder(self)
    }

    /// [`rank_with`](Self::rank_with) without facts.
    pub fn rank(&self, summary: &Summary) -> Vec<Ranked> {
        self.rank_with(summary, &Facts::default())
    }

    /// Ranks every topic with a problem, in the scope that explains it: overrides first (unless
    /// [`overrides_apart`](ModelBuilder::overrides_apart)), then by score, then the newest, then by path.
    ///
    /// A term that the data cannot know for any issue (impact without ratings, momentum without two windows, value,
    /// sla and effort without facts) is left out and its weight goes to the others.
    pub fn rank_with(&self, summary: &Summary, facts: &Facts) -> Vec<Ranked> {
        let topics = summary.topics.iter().filter(|row| row.scope.is_none());
        let mut ranked: Vec<Ranked> = topics
            .map(|topic| self.score(scope::issue(topic, summary, self.concentration), summary, facts))
            .collect();
        first::probabilities(&mut ranked, summary.confidence);
        ranked.sort_by(|a, b| self.first(a).cmp(&self.first(b)).then_with(|| compare(a, b)));
        for (index, issue) in ranked.iter_mut().enumerate() {
            issue.rank = index + 1;
        }
        ranked
    }

    fn first(&self, ranked: &Ranked) -> Reverse<bool> {
        Reverse(!self.apart && ranked.override_reason.is_some())
    }

    fn score(&self, issue: &TopicSummary, summary: &Summary, facts: &Facts) -> Ranked {
        let measured: Vec<_> = self
            .weights
            .iter()
            .filter_map(|(name, weight)| Some((*name, *weight, name.measure(issue, summary, facts)?)))
            .collect();
        let total: f64 = measured.iter().map(|(_, weight, _)| weight).sum();
        let terms = measured.into_iter().map(|(name, weight, measured)| {
            let weight = if total > 0.0 { weight / total } else { 0.0 };
            Term { name, weight, measured, contribution: 100.0 * weight * measured.value }
        });
        let terms = terms.collect();
        let reason = self.overrides.iter().find(|rule| rule.holds(issue, summary, facts));
        let override_reason = reason.map(|o| o.reason.clone());
        Ranked { rank: 0, terms, override_reason, first: 0.0, issue: issue.clone() }
    }
}

impl Override {
    fn holds(&self, issue: &TopicSummary, summary: &Summary, facts: &Facts) -> bool {
        let all = summary.topic(&issue.topic, None).map_or(issue.customers, |row| row.customers);
        let grave = |concern| {
            let named = facts.concerned(&issue.topic, concern);
            named >= self.customers && named as f64 >= self.share * all as f64
        };
        let named = self.topic.is_some() || self.concern.is_some();
        let topic = self.topic.as_deref().is_none_or(|topic| covers(topic, &issue.topic));
        named && topic && self.concern.is_none_or(grave)
    }
}

/// Whether `topic` is `parent` or lies below it.
fn covers(parent: &str, topic: &str) -> bool {
    topic.strip_prefix(parent).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn compare(a: &Ranked, b: &Ranked) -> Ordering {
    let score = b.score().total_cmp(&a.score());
    score.then(b.issue.newest.cmp(&a.issue.newest)).then_with(|| a.issue.topic.cmp(&b.issue.topic))
}

/// Changes the built-in [`Model`]; all checks run in [`build`](ModelBuilder::build).
///
/// ```
/// use candor::priority::{Model, TermName};
/// let error = Model::builder()?.weight(TermName::Reach, -1.0).build().unwrap_err();
/// assert_eq!(error.to_string(), "weight -1 of reach is not a number of 0 or more");
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "call `build` to get the model"]
pub struct ModelBuilder(Model);

impl ModelBuilder {
    /// Sets the weight of a term; 0 leaves it out. Only ratios of weights matter.
    pub fn weight(mut self, term: TermName, weight: f64) -> Self {
        self.0.weights.insert(term, weight);
        self
    }

    /// Part of its customers that a problem must have in a scope to get it, 0..1.
    pub fn concentration(mut self, part: f64) -> Self {
        self.0.concentration = part;
        self
    }

    /// Ranks a topic, and those below it, first; `reason` is shown.
    pub fn override_topic(mut self, topic: impl Into<String>, reason: impl Into<String>) -> Self {
        let (topic, reason) = (Some(topic.into()), reason.into());
        self.0.overrides.push(Override { topic, reason, concern: None, customers: 0, share: 0.0 });
        self
    }

    /// Ranks first the topics of which at least so many customers, and this share of those with the problem, name
    /// a concern in [`Facts`].
    pub fn override_concern(
        mut self,
        concern: Consequence,
        (customers, share): (u64, f64),
        reason: impl Into<String>,
    ) -> Self {
        let (concern, reason) = (Some(concern), reason.into());
        self.0.overrides.push(Override { topic: None, reason, concern, customers, share });
        self
    }

    /// Ranks what an override names by its score like the rest; the reason stays with it. For hosts that show
    /// what must not wait in a lane of its own, beside the ranking.
    ///
    /// ```
    /// use candor::{Engine, Feedback, metrics::{Aggregate, SummaryOptions}, priority::Model};
    /// let (engine, mut aggregate) = (Engine::builder().build()?, Aggregate::new());
    /// let texts = ["Delivery was very slow, we waited for weeks"; 20].into_iter().chain(["The cream gave me a rash"]);
    /// for (n, text) in texts.enumerate() {
    ///     let feedback = Feedback::builder(n.to_string()).text(text).build()?;
    ///     aggregate.push(&feedback, &engine.analyze(&feedback));
    /// }
    /// let summary = aggregate.summary(&SummaryOptions::default());
    /// let first = |model: Model| model.rank(&summary)[0].topic().to_owned();
    /// assert_eq!(first(Model::builtin()?), "product/safety");
    /// assert_eq!(first(Model::builder()?.overrides_apart().build()?), "delivery/speed");
    /// # Ok::<(), candor::Error>(())
    /// ```
    pub fn overrides_apart(mut self) -> Self {
        self.0.apart = true;
        self
    }

    /// Checks the model and returns it.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for a weight below 0, a concentration or share outside 0..1, [`ErrorKind::Missing`]
    /// when no weight is above 0.
    pub fn build(mut self) -> Result<Model> {
        let wrong = |w: f64| !w.is_finite() || w < 0.0;
        if let Some((name, weight)) = self.0.weights.iter().find(|(_, w)| wrong(**w)) {
            let message = format!("weight {weight} of {} is not a number of 0 or more", name.as_str());
            return Err(Error::new(ErrorKind::OutOfRange, message));
        }
        if !(0.0..=1.0).contains(&self.0.concentration) {
            let message = format!("concentration {} is outside 0..1", self.0.concentration);
            return Err(Error::new(ErrorKind::OutOfRange, message));
        }
        if let Some(wrong) = self.0.overrides.iter().find(|rule| !(0.0..=1.0).contains(&rule.share)) {
            let message = format!("share {} of override \"{}\" is outside 0..1", wrong.share, wrong.reason);
            return Err(Error::new(ErrorKind::OutOfRange, message));
        }
        self.0.weights.retain(|_, weight| *weight > 0.0);
        if self.0.weights.is_empty() {
            return Err(Error::new(ErrorKind::Missing, "the model has no term with a weight"));
        }
        Ok(self.0)
    }
}

#[cfg(test)]
mod tests;
