//! Opinions: each expression with what it is about, and the topics that follow from them.

use super::clause::{Clause, Clauses, Mark};
use super::insight::{Insight, Opinion, TopicMention};
use super::label::Polarity;
use super::sentiment::{Reading, Weighed};
use crate::lexicon::{List, valence};
use crate::taxonomy::{Taxonomy, TopicId};

/// Units between a target and its opinion beyond which they are no pair.
const REACH: u32 = 12;
/// A target behind its opinion ("great screen") must stand closer than one before it.
const REACH_BEHIND: u32 = 4;
/// Weight at which an opinion has half of the greatest score.
const HALF: f32 = 1.2;

/// Adds the opinions of one field.
pub(crate) fn opinions(reading: &Reading<'_>, weighed: &[Weighed], taxonomy: &Taxonomy, insight: &mut Insight) {
    let clauses = reading.clauses;
    for word in weighed.iter().filter(|w| w.asserted) {
        let Some(mark) = clauses.marks.get(word.mark as usize) else { continue };
        if mark.sense.list == List::Symbol || mark.sense.class == valence::CUE {
            continue;
        }
        let home = home(clauses, word, mark, taxonomy);
        let middling = mark.sense.class == valence::MIDDLING;
        let score = word.weight / (word.weight.abs() + HALF);
        insight.opinions.push(Opinion {
            topic: home.topic,
            polarity: polarity(word.weight, middling),
            score: if middling { 0.0 } else { score },
            negated: word.negated,
            field: reading.field,
            target: home.target.map(|t| reading.map.original(t.span)),
            expression: reading.map.original(mark.span),
        });
    }
}

fn polarity(weight: f32, middling: bool) -> Polarity {
    if middling || weight == 0.0 {
        Polarity::Neutral
    } else if weight > 0.0 {
        Polarity::Positive
    } else {
        Polarity::Negative
    }
}

/// Where an opinion belongs.
struct Home<'a> {
    topic: Option<TopicId>,
    target: Option<&'a Mark>,
}

fn home<'a>(clauses: &'a Clauses, word: &Weighed, mark: &Mark, taxonomy: &Taxonomy) -> Home<'a> {
    let clause = clauses.clauses.get(word.clause as usize).copied().unwrap_or_default();
    let marks = clauses.marks_of(&clause);
    let target = nearest(marks, mark);
    let carried = if target.is_none() { carried(clauses, word.clause as usize, &clause) } else { None };
    let of = |list: List| marks.iter().filter(move |m| m.sense.list == list && m.overlaps(mark)).map(topic_of);
    let group = |id: TopicId| taxonomy.topic(id).map(crate::taxonomy::Topic::group);
    let is_overall = |id: &TopicId| taxonomy.path(*id) == "overall";
    let aimed = target.or(carried).map(topic_of);
    let aimed_group = aimed.and_then(group);
    // 1. The expression names its topic, or 2. the target does, sharpened by the expression.
    let named = || of(List::Expression).filter(|id| !is_overall(id));
    let in_group = |id: &TopicId| group(*id) == aimed_group;
    let sharpened = || aimed.and_then(|_| of(List::Attribute).chain(named()).find(in_group));
    let specific = aimed.filter(|id| taxonomy.path(*id).contains('/'));
    let topic = match (target, named().next()) {
        (_, Some(first)) => Some(sharpened().unwrap_or(first)),
        (Some(_), None) => specific.or_else(sharpened).or(aimed),
        (None, None) => sharpened().or_else(|| of(List::Expression).find(is_overall)).or(aimed),
    };
    Home { topic, target }
}

fn topic_of(mark: &Mark) -> TopicId {
    TopicId(mark.sense.topic)
}

/// The target nearest to an opinion in its clause; one before it is preferred at equal distance.
fn nearest<'a>(marks: &'a [Mark], word: &Mark) -> Option<&'a Mark> {
    let targets = marks.iter().filter(|m| m.sense.list == List::Target && !word_contains(word, m));
    let reach = |m: &&Mark| {
        if m.unit <= word.unit { m.distance(word) <= REACH } else { word.distance(m) <= REACH_BEHIND }
    };
    targets.filter(reach).min_by_key(|m| {
        if m.unit <= word.unit { 2 * m.distance(word) } else { 2 * word.distance(m) + 1 }
    })
}

/// Whether the target is part of the expression itself (`性价比` in `性价比高`).
fn word_contains(word: &Mark, target: &Mark) -> bool {
    word.span.start < target.span.start && target.span.end <= word.span.end
}

/// The last target of the clause before, in the same sentence: "物流，太慢了".
fn carried<'a>(clauses: &'a Clauses, at: usize, clause: &Clause) -> Option<&'a Mark> {
    let before = clauses.clauses.get(at.checked_sub(1)?).filter(|c| c.sentence == clause.sentence)?;
    clauses.marks_of(before).iter().rev().find(|m| m.sense.list == List::Target)
}

/// Sums the opinions up by topic, in the order of first mention.
pub(crate) fn topics(insight: &mut Insight) {
    for opinion in &insight.opinions {
        let Some(topic) = opinion.topic else { continue };
        match insight.topics.iter_mut().find(|t| t.topic == topic) {
            Some(mention) => {
                mention.score += opinion.score;
                mention.mentions += 1;
                if opinion.polarity != mention.polarity {
                    mention.polarity = Polarity::Mixed;
                }
            }
            None => insight.topics.push(TopicMention {
                topic,
                polarity: opinion.polarity,
                score: opinion.score,
                mentions: 1,
            }),
        }
    }
    for mention in &mut insight.topics {
        mention.score /= mention.mentions as f32;
        if mention.polarity == Polarity::Mixed {
            // One side clearly outweighs: it is the polarity of the topic.
            mention.polarity = match mention.score {
                s if s > 0.25 => Polarity::Positive,
                s if s < -0.25 => Polarity::Negative,
                _ => Polarity::Mixed,
            };
        }
    }
}
