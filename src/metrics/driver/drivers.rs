//! The state behind the drivers of the three scores.

#[cfg(feature = "regression")]
use super::contribution::{self, Contributions};
use super::quadrant::{self, Grid};
use super::{Correlation, Joint, Sample, outcome};
use crate::annotate::Insight;
use crate::feedback::Feedback;
#[cfg(feature = "regression")]
use crate::metrics::Lack;
use crate::metrics::{Basis, Confidence, Estimate, hash, multiple, pairs, rating, stances};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Ends of the names of the two columns of a topic.
pub(super) const PRAISED: &str = ":praised";
pub(super) const CRITICISED: &str = ":criticised";

/// What a score may hang on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Dimension {
    /// The score of the opinions on a topic, −1..1, in the items that have one.
    Topic(String),
    /// A rating of an aspect, mapped to 1..5, in the items that have it.
    Aspect(String),
}

impl Dimension {
    /// Path of the topic or name of the aspect.
    pub fn name(&self) -> &str {
        match self {
            Self::Topic(name) | Self::Aspect(name) => name,
        }
    }

    const fn scale(&self) -> (f64, f64) {
        match self {
            Self::Topic(_) => (-1.0, 1.0),
            Self::Aspect(_) => rating::STARS,
        }
    }
}

/// How a dimension goes along with a score.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DimensionRow {
    /// The dimension.
    pub dimension: Dimension,
    /// Its mean on its own scale.
    pub mean: Estimate,
    /// Pearson's correlation with the score; `None` for too few items or no variation.
    pub pearson: Option<Correlation>,
    /// Spearman's correlation with the score; `None` as before.
    pub spearman: Option<Correlation>,
    /// p-value of Spearman's after correction for the number of dimensions (Benjamini and Hochberg).
    pub q: Option<f64>,
}

/// Counts of what goes along with satisfaction, for each of the three scores.
///
/// An item counts when it has a rating of a [`Basis`]; topics need words to be read, so items that abstained
/// count for aspects only. Merging is exact in any order.
///
/// ```
/// use candor::{Engine, Feedback, feedback::Rating};
/// use candor::metrics::{Basis, Confidence, driver::Drivers};
/// let engine = Engine::builder().build()?;
/// let mut drivers = Drivers::default();
/// for (text, stars) in [("Delivery was far too slow", 2.0), ("Fast delivery", 5.0)] {
///     let feedback = Feedback::builder(text).text(text).rating(Rating::stars(stars)?).build()?;
///     drivers.push(&feedback, &engine.analyze(&feedback));
/// }
/// let rows = drivers.correlations(Basis::Rating, Confidence::default());
/// assert_eq!(rows[0].dimension.name(), "delivery/speed");
/// assert!(rows[0].pearson.is_none()); // two items say nothing yet
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Drivers {
    scores: BTreeMap<Basis, Score>,
}

/// What goes along with one score.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Score {
    topics: Sample,
    /// By the set of aspects that were rated: a regression takes the items that rated all of its aspects.
    #[serde(with = "pairs")]
    aspects: BTreeMap<BTreeSet<String>, Sample>,
    #[serde(with = "pairs")]
    joints: BTreeMap<Dimension, Joint>,
}

impl Drivers {
    /// Counts one item with its verdict.
    pub fn push(&mut self, feedback: &Feedback, insight: &Insight) {
        let Some((basis, outcome)) = feedback.rating().and_then(outcome::of) else { return };
        let (kind, id) = feedback.customer_key();
        let customer = hash::stable(&[kind, id]);
        let score = self.scores.entry(basis).or_default();
        if insight.abstained().is_none() {
            score.push_topics(insight, customer, outcome);
        }
        if !feedback.aspect_ratings().is_empty() {
            score.push_aspects(feedback, customer, outcome);
        }
    }

    /// Adds everything another holds.
    pub fn merge(&mut self, other: &Self) {
        for (basis, theirs) in &other.scores {
            let own = self.scores.entry(*basis).or_default();
            own.topics.merge(&theirs.topics);
            theirs
                .aspects
                .iter()
                .for_each(|(set, part)| own.aspects.entry(set.clone()).or_default().merge(part));
            theirs
                .joints
                .iter()
                .for_each(|(of, joint)| own.joints.entry(of.clone()).or_default().merge(joint));
        }
    }

    /// How much the criticism and the praise of each topic take from and add to the score of all items.
    ///
    /// Praise or criticism in fewer than [`contribution::LEAST`] items stays in the base, and of more sides than
    /// a tenth of the items the rarest do.
    ///
    /// # Errors
    /// [`Lack`] when there are too few items or all have the same score.
    #[cfg(feature = "regression")]
    pub fn contributions(&self, basis: Basis, confidence: Confidence) -> Result<Contributions, Lack> {
        contribution::of_topics(&self.topics(basis), confidence)
    }

    /// The rows behind the topics: columns `path:praised` and `path:criticised`, 1 where the item does so.
    pub fn topics(&self, basis: Basis) -> Sample {
        self.scores.get(&basis).map(|score| score.topics.clone()).unwrap_or_default()
    }

    /// The aspects rated together with a score, each with the number of its items.
    pub fn aspects(&self, basis: Basis) -> Vec<(&str, u64)> {
        let joints = self.scores.get(&basis).into_iter().flat_map(|score| &score.joints);
        let aspect = |(dimension, joint): (&'_ Dimension, &Joint)| match dimension {
            Dimension::Aspect(_) => Some(joint.n()),
            Dimension::Topic(_) => None,
        };
        joints.filter_map(|row| Some((row.0.name(), aspect(row)?))).collect()
    }

    /// The rows of the items that rated all of these aspects, for regression and relative weights.
    pub fn aspect_sample(&self, basis: Basis, aspects: &[&str]) -> Sample {
        let mut sample = Sample::default();
        let sets = self.scores.get(&basis).into_iter().flat_map(|score| &score.aspects);
        for (_, part) in sets.filter(|(set, _)| aspects.iter().all(|aspect| set.contains(*aspect))) {
            sample.merge(&part.with_columns(|name, _| aspects.contains(&name)));
        }
        sample
    }

    /// How each dimension goes along with the score, aspects behind topics, sorted by name.
    pub fn correlations(&self, basis: Basis, confidence: Confidence) -> Vec<DimensionRow> {
        let joints = self.scores.get(&basis).into_iter().flat_map(|score| &score.joints);
        let row = |(dimension, joint): (&Dimension, &Joint)| {
            Some(DimensionRow {
                dimension: dimension.clone(),
                mean: joint.first_mean(dimension.scale(), confidence)?,
                pearson: joint.pearson(confidence).ok(),
                spearman: joint.spearman(confidence).ok(),
                q: None,
            })
        };
        let mut rows: Vec<DimensionRow> = joints.filter_map(row).collect();
        let p: Vec<f64> = rows.iter().filter_map(|row| Some(row.spearman?.p)).collect();
        let judged = rows.iter_mut().filter(|row| row.spearman.is_some());
        judged.zip(multiple::q_values(&p)).for_each(|(row, q)| row.q = Some(q));
        rows
    }

    /// The topics, or the aspects, by importance (Spearman's correlation with the score) and performance (mean
    /// on their own scale); `None` for fewer than two that have a correlation.
    pub fn grid(&self, basis: Basis, of_aspects: bool, confidence: Confidence) -> Option<Grid> {
        let rows = self.correlations(basis, confidence);
        let wanted = rows.iter().filter(|row| matches!(row.dimension, Dimension::Aspect(_)) == of_aspects);
        let placed =
            wanted.filter_map(|row| Some((row.dimension.name(), row.spearman?.estimate(), row.mean)));
        quadrant::grid(placed)
    }
}

impl Score {
    fn push_topics(&mut self, insight: &Insight, customer: u64, outcome: f64) {
        let mut columns: Vec<String> = Vec::new();
        for stance in stances(insight) {
            let path = insight.path(stance.topic);
            let ends = [(stance.positive, PRAISED), (stance.negative, CRITICISED)];
            columns.extend(ends.into_iter().filter(|(is, _)| *is).map(|(_, end)| format!("{path}{end}")));
        }
        let row: Vec<(&str, f64)> = columns.iter().map(|name| (name.as_str(), 1.0)).collect();
        self.topics.add_hashed(customer, &row, outcome);
        for mention in insight.topics().iter().filter(|mention| mention.mentions > 0) {
            let dimension = Dimension::Topic(insight.path(mention.topic).to_owned());
            self.joints.entry(dimension).or_default().add(f64::from(mention.score), outcome);
        }
    }

    fn push_aspects(&mut self, feedback: &Feedback, customer: u64, outcome: f64) {
        let rated: BTreeMap<&str, f64> = feedback
            .aspect_ratings()
            .iter()
            .filter_map(|aspect| Some((aspect.aspect.as_str(), outcome::stars(&aspect.rating)?)))
            .collect();
        let set: BTreeSet<String> = rated.keys().map(|&name| name.to_owned()).collect();
        let row: Vec<(&str, f64)> = rated.into_iter().collect();
        self.aspects.entry(set).or_default().add_hashed(customer, &row, outcome);
        for (aspect, value) in row {
            self.joints.entry(Dimension::Aspect(aspect.to_owned())).or_default().add(value, outcome);
        }
    }
}

#[cfg(test)]
mod tests;
