//! What an item says about each of its topics: good, bad, or both.

use crate::annotate::{Insight, Opinion, Polarity};
use crate::taxonomy::TopicId;

/// Whether an item praises a topic, has a problem with it, or both.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stance {
    pub(crate) topic: TopicId,
    pub(crate) negative: bool,
    pub(crate) positive: bool,
}

/// The stance on every topic of the item, in the order of first mention.
///
/// A topic that is only named has none.
pub(crate) fn stances(insight: &Insight) -> impl Iterator<Item = Stance> + '_ {
    insight.topics().iter().filter(|mention| mention.mentions > 0).map(|mention| {
        let has = |polarity| opinions(insight, mention.topic).any(|o| o.polarity == polarity);
        Stance {
            topic: mention.topic,
            negative: has(Polarity::Negative)
                || matches!(mention.polarity, Polarity::Negative | Polarity::Mixed),
            positive: has(Polarity::Positive)
                || matches!(mention.polarity, Polarity::Positive | Polarity::Mixed),
        }
    })
}

/// The worst opinion on a topic, the first of equals.
pub(crate) fn worst(insight: &Insight, topic: TopicId) -> Option<&Opinion> {
    let negative = opinions(insight, topic).filter(|o| o.polarity == Polarity::Negative);
    negative.min_by(|a, b| a.score.total_cmp(&b.score))
}

fn opinions(insight: &Insight, topic: TopicId) -> impl Iterator<Item = &Opinion> {
    insight.opinions().iter().filter(move |o| o.topic == Some(topic))
}
