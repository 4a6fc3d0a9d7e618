//! Items by channel, segment, touchpoint against what they say.

use super::{Cross, CrossTest};
use crate::annotate::Insight;
use crate::feedback::Feedback;
use crate::metrics::{Confidence, multiple, stances};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Columns of a table of one topic.
const HAS: &str = "has a problem";
const HAS_NOT: &str = "has none";

/// Counts behind the tables of some dimensions: mergeable, exact in any order of adding.
///
/// ```
/// use candor::{Engine, Feedback, metrics::{Confidence, association::Tables}};
/// let engine = Engine::builder().build()?;
/// let mut tables = Tables::new(["channel", "segment"]);
/// for (channel, text) in [("chat", "The agent was rude"), ("review", "Lovely lamp")] {
///     let feedback = Feedback::builder(text).channel(channel.into()).text(text).build()?;
///     tables.push(&feedback, &engine.analyze(&feedback));
/// }
/// assert_eq!(tables.polarity("channel").unwrap().rows().count(), 2);
/// let topics = tables.topics("channel", Confidence::default());
/// assert!(topics.iter().all(|topic| topic.q == Some(1.0))); // two items say nothing yet
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tables {
    dimensions: BTreeMap<String, Dimension>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Dimension {
    polarity: Cross,
    /// Items with a verdict, by value.
    items: BTreeMap<String, u64>,
    /// Items with a problem there, by topic and value.
    topics: BTreeMap<String, BTreeMap<String, u64>>,
}

/// How a topic spreads over the values of a dimension.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TopicCross {
    /// Path of the topic.
    pub topic: String,
    /// The table value × "has a problem there" or not.
    pub test: CrossTest,
    /// p-value after correction for the number of topics (Benjamini and Hochberg); `None` as there.
    pub q: Option<f64>,
}

impl Tables {
    /// Empty tables of these dimensions: names as in [`Feedback::scope`].
    pub fn new<'a>(dimensions: impl IntoIterator<Item = &'a str>) -> Self {
        let empty = |name: &str| (name.to_owned(), Dimension::default());
        Self { dimensions: dimensions.into_iter().map(empty).collect() }
    }

    /// Counts one item with its verdict; one that abstained says nothing here.
    pub fn push(&mut self, feedback: &Feedback, insight: &Insight) {
        if insight.abstained().is_some() {
            return;
        }
        for (name, dimension) in &mut self.dimensions {
            let Some(value) = feedback.scope(name) else { continue };
            dimension.polarity.add(value, insight.sentiment().polarity.as_str(), 1);
            *dimension.items.entry(value.to_owned()).or_default() += 1;
            for stance in stances(insight).filter(|stance| stance.negative) {
                let topic = dimension.topics.entry(insight.path(stance.topic).to_owned()).or_default();
                *topic.entry(value.to_owned()).or_default() += 1;
            }
        }
    }

    /// Adds everything another holds, its dimensions included.
    pub fn merge(&mut self, other: &Self) {
        for (name, theirs) in &other.dimensions {
            let own = self.dimensions.entry(name.clone()).or_default();
            own.polarity.merge(&theirs.polarity);
            theirs.items.iter().for_each(|(value, n)| *own.items.entry(value.clone()).or_default() += n);
            for (topic, values) in &theirs.topics {
                let own = own.topics.entry(topic.clone()).or_default();
                for (value, n) in values {
                    *own.entry(value.clone()).or_default() += n;
                }
            }
        }
    }

    /// The table value × polarity of a dimension; `None` when it is not counted.
    pub fn polarity(&self, dimension: &str) -> Option<&Cross> {
        self.dimensions.get(dimension).map(|dimension| &dimension.polarity)
    }

    /// The table value × "has a problem" of one topic. An item can have several topics, so that each has a table
    /// of its own: one of all topics would count items more than once and could not be tested.
    pub fn topic(&self, dimension: &str, topic: &str) -> Option<Cross> {
        let dimension = self.dimensions.get(dimension)?;
        let has = dimension.topics.get(topic)?;
        let mut cross = Cross::default();
        for (value, items) in &dimension.items {
            let n = has.get(value).copied().unwrap_or_default();
            cross.add(value, HAS, n);
            cross.add(value, HAS_NOT, items.saturating_sub(n));
        }
        Some(cross)
    }

    /// All topics of a dimension whose tables bear the test, the surest first.
    pub fn topics(&self, dimension: &str, confidence: Confidence) -> Vec<TopicCross> {
        let topics = self.dimensions.get(dimension).into_iter().flat_map(|of| of.topics.keys());
        let tested = topics.filter_map(|topic| {
            let test = self.topic(dimension, topic)?.test(confidence).ok().filter(|test| test.p.is_some())?;
            Some(TopicCross { topic: topic.clone(), test, q: None })
        });
        let mut rows: Vec<TopicCross> = tested.collect();
        let p: Vec<f64> = rows.iter().filter_map(|row| row.test.p).collect();
        rows.iter_mut().zip(multiple::q_values(&p)).for_each(|(row, q)| row.q = Some(q));
        rows.sort_by(|a, b| {
            let q = a.q.unwrap_or(1.0).total_cmp(&b.q.unwrap_or(1.0));
            q.then(b.test.cramers_v.total_cmp(&a.test.cramers_v)).then_with(|| a.topic.cmp(&b.topic))
        });
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::Item;

    #[test]
    fn a_topic_of_one_channel_is_found() {
        let (mut tables, mut other) = (Tables::new(["channel"]), Tables::new(["channel"]));
        for i in 0..80 {
            let channel = if i % 2 == 0 { "chat" } else { "review" };
            let mut item = Item::new(&i.to_string()).with(|b| b.channel(channel.into()));
            if i % 4 == 0 {
                item = item.bad("service/attitude", 0.4);
            }
            if i % 5 == 0 {
                item = item.bad("price/value", 0.4);
            }
            let (feedback, insight) = item.done();
            if i < 30 { &mut tables } else { &mut other }.push(&feedback, &insight);
        }
        tables.merge(&other);
        let topics = tables.topics("channel", Confidence::default());
        let rows: Vec<_> = topics.iter().map(|row| (row.topic.as_str(), row.q.unwrap() < 0.05)).collect();
        assert_eq!(rows, [("service/attitude", true), ("price/value", false)]);
        let chat = &topics[0].test.cells[0];
        assert_eq!(
            (chat.row.as_str(), chat.column.as_str(), chat.items, chat.expected),
            ("chat", HAS, 20, 10.0)
        );
        assert!(chat.residual > 5.0 && chat.is_found);
        assert!(tables.polarity("channel").unwrap().test(Confidence::default()).is_ok());
        assert!(
            tables.polarity("segment").is_none()
                && tables.topics("segment", Confidence::default()).is_empty()
        );
    }
}
