//! The topics of an item: those of its opinions, and those it names where it leans to a side or wants something.

use super::aspect::OVERALL;
use super::insight::{Insight, Opinion, TopicMention};
use super::label::Polarity;
use super::language::is_chinese;
use super::sentiment::Reading;
use crate::taxonomy::TopicId;

/// Score of an item that leans to no side.
const FLAT: f32 = 0.005;
/// Sentences up to which naming a topic is reason enough to list it; of much that is told, little is meant.
const BRIEF: u32 = 3;
/// Score of a topic that is named without an opinion on it.
const WEAK: f32 = 0.05;
/// Opinions looked at around a word that names a topic.
const WINDOW: usize = 16;
/// Mean score from which one side clearly outweighs the other.
pub(super) const OUTWEIGHS: f32 = 0.25;

/// Adds the topics that a field names outside its opinions, the first of which has this number.
pub(crate) fn mentions(reading: &Reading<'_>, first: usize, insight: &mut Insight) {
    let mut opinions = insight.opinions.get(first..).unwrap_or_default();
    for (topic, span) in reading.clauses.names() {
        if insight.topics.iter().any(|t| t.topic == topic) {
            continue;
        }
        let span = reading.map.original(span);
        // Both are in the order of the text.
        while let Some((_, rest)) = opinions.split_first().filter(|(o, _)| last(o) <= span.start) {
            opinions = rest;
        }
        let near = opinions.iter().take(WINDOW);
        let within = |o: &Opinion| o.expression.overlaps(span) || o.target.is_some_and(|t| t.overlaps(span));
        if !near.into_iter().any(within) {
            insight.topics.push(TopicMention { topic, polarity: Polarity::Neutral, score: 0.0, mentions: 0 });
        }
    }
}

/// Where an opinion ends, target and all.
fn last(opinion: &Opinion) -> u32 {
    opinion.target.map_or(opinion.expression.end, |t| t.end.max(opinion.expression.end))
}

/// Sums the opinions up by topic, in the order of first mention, after the topics that are only named.
/// A topic that a rule gives stands for itself.
pub(crate) fn topics(insight: &mut Insight, needs: &[TopicId], ruled: &[TopicId], sentences: u32) {
    keep_named(insight, needs, ruled, sentences);
    for opinion in &insight.opinions {
        let Some(topic) = opinion.topic else { continue };
        match insight.topics.iter_mut().find(|t| t.topic == topic) {
            Some(mention) => add(mention, opinion),
            None => insight.topics.push(TopicMention {
                topic,
                polarity: opinion.polarity,
                score: opinion.score,
                mentions: 1,
            }),
        }
    }
    for topic in ruled {
        if !insight.topics.iter().any(|t| t.topic == *topic) {
            let (polarity, score) = lean(insight);
            insight.topics.push(TopicMention { topic: *topic, polarity, score, mentions: 0 });
        }
    }
    if insight.topics.is_empty() {
        name_whole(insight);
    }
    for mention in &mut insight.topics {
        mention.score /= mention.mentions.max(1) as f32;
        if mention.polarity == Polarity::Mixed {
            mention.polarity = match mention.score {
                s if s > OUTWEIGHS => Polarity::Positive,
                s if s < -OUTWEIGHS => Polarity::Negative,
                _ => Polarity::Mixed,
            };
        }
    }
}

/// What is named without an opinion on it leans as the item does; where that leans to no side or is long, it stays only
/// as one of the `needs`. The whole is a topic only where nothing more specific is.
fn keep_named(insight: &mut Insight, needs: &[TopicId], ruled: &[TopicId], sentences: u32) {
    let (polarity, score) = lean(insight);
    let flat = polarity == Polarity::Neutral;
    insight.topics.retain_mut(|mention| {
        (mention.polarity, mention.score) = (polarity, score);
        !flat && sentences <= BRIEF || needs.contains(&mention.topic)
    });
    let specific = |topic: TopicId| insight.catalog.taxonomy.path(topic) != OVERALL;
    let judged = insight.opinions.iter().filter_map(|o| o.topic);
    if insight.topics.iter().map(|t| t.topic).chain(judged).chain(ruled.iter().copied()).any(specific) {
        insight.topics.retain(|mention| specific(mention.topic));
    }
}

/// What is said of nothing in particular is said of the whole; so it is where an English target is a name that no list
/// knows ("this mac"), while a Chinese one is most often a dish or a part.
fn name_whole(insight: &mut Insight) {
    let chinese = is_chinese(insight.language);
    let loose = |o: &Opinion| o.topic.is_none() && (!chinese || o.target.is_none());
    if insight.opinions.iter().any(loose)
        && let Some(topic) = insight.catalog.taxonomy.find(OVERALL)
    {
        let (polarity, score) = lean(insight);
        insight.topics.push(TopicMention { topic, polarity, score, mentions: 0 });
    }
}

/// What a topic without an opinion on it takes over from the item.
fn lean(insight: &Insight) -> (Polarity, f32) {
    match insight.sentiment.score {
        score if score.abs() < FLAT => (Polarity::Neutral, 0.0),
        score if score > 0.0 => (Polarity::Positive, WEAK),
        _ => (Polarity::Negative, -WEAK),
    }
}

fn add(mention: &mut TopicMention, opinion: &Opinion) {
    if mention.mentions == 0 {
        (mention.polarity, mention.score) = (opinion.polarity, 0.0);
    }
    mention.score += opinion.score;
    mention.mentions += 1;
    if opinion.polarity != mention.polarity {
        mention.polarity = Polarity::Mixed;
    }
}
