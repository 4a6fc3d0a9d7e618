//! Some of the topics of a taxonomy.

use super::{Taxonomy, Topic, TopicId};
use crate::error::{Error, ErrorKind, Result, suggest};

/// Some of the topics of a taxonomy, one bit each: chosen once, asked for free.
///
/// It numbers topics as the taxonomy does that it was chosen from, and means nothing for another.
///
/// ```
/// use candor::{Engine, Feedback};
/// let engine = Engine::builder().build()?;
/// let asked = engine.taxonomy().select(["delivery", "price/value"])?;
/// let feedback = Feedback::from_text("Delivery was slow and the agent was rude.");
/// let insight = engine.analyze_topics(&feedback, &asked);
/// let topics: Vec<_> = insight.topics().iter().map(|t| insight.path(t.topic)).collect();
/// assert_eq!(topics, ["delivery/speed"]);
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TopicSet {
    words: Vec<u64>,
}

impl TopicSet {
    /// Adds a topic.
    pub fn insert(&mut self, topic: TopicId) {
        let (word, bit) = place(topic);
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        if let Some(word) = self.words.get_mut(word) {
            *word |= bit;
        }
    }

    /// Whether the topic is in the set. Constant time.
    pub fn contains(&self, topic: TopicId) -> bool {
        let (word, bit) = place(topic);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Number of topics.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether no topic is in the set.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }
}

/// Word and bit of a topic.
const fn place(topic: TopicId) -> (usize, u64) {
    (topic.index() / 64, 1 << (topic.index() % 64))
}

impl Taxonomy {
    /// The topics with these paths; the path of a group (`delivery`) chooses all its topics.
    ///
    /// # Errors
    /// [`ErrorKind::Unknown`] for a path that is neither, with the nearest there is.
    pub fn select<'a>(&self, paths: impl IntoIterator<Item = &'a str>) -> Result<TopicSet> {
        let mut set = TopicSet::default();
        for path in paths {
            let mut found = false;
            for (id, _) in self.topics().filter(|(_, topic)| topic.is_within(path)) {
                set.insert(id);
                found = true;
            }
            if !found {
                let known = self.topics().flat_map(|(_, topic)| [topic.path(), topic.group()]);
                let message = format!("topic \"{path}\" is not defined{}", suggest(path, known));
                return Err(Error::new(ErrorKind::Unknown, message).at_source(self.label()));
            }
        }
        Ok(set)
    }
}

impl Topic {
    /// Whether it is the topic with this path, or one below it: `delivery/speed` is within `delivery`.
    pub fn is_within(&self, path: &str) -> bool {
        let below = self.path.strip_prefix(path);
        below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}
