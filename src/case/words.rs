//! Solved cases that resemble a new one.

use super::Case;
use crate::feedback::Feedback;
use std::collections::BTreeSet;
use unicode_segmentation::UnicodeSegmentation;

/// Words and pairs kept of a complaint.
const KEPT: usize = 200;
/// Below this similarity cases have nothing in common.
const LEAST: f64 = 0.2;

/// A solved case and how much it resembles the new one.
///
/// ```
/// use candor::{Engine, Feedback, case::Case, sla::Policy};
/// let (engine, policy) = (Engine::builder().build()?, Policy::builtin()?);
/// let feedback = Feedback::from_text("Delivery was far too slow");
/// let case = Case::open(&feedback, &engine.analyze(&feedback), &policy, jiff::Timestamp::UNIX_EPOCH);
/// assert!(case.similar([]).is_empty());
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Similar<'a> {
    /// The solved case.
    pub case: &'a Case,
    /// 0..1: half from topics, half from words.
    pub score: f64,
}

impl Case {
    /// Solved cases that resemble this one, the most similar first, then the newest, then by id.
    ///
    /// The score is the mean of two Jaccard (1901) coefficients: of the topics together with their groups, and of
    /// words and pairs of words (in Chinese pairs of characters). Below 0.2 nothing is returned.
    pub fn similar<'a>(&self, cases: impl IntoIterator<Item = &'a Case>) -> Vec<Similar<'a>> {
        let own = topics(self);
        let mut found: Vec<Similar<'a>> = cases
            .into_iter()
            .filter(|case| case.is_solved() && case.id() != self.id())
            .map(|case| {
                let words = jaccard(&self.opening().words, &case.opening().words);
                Similar { case, score: f64::midpoint(jaccard(&own, &topics(case)), words) }
            })
            .filter(|similar| similar.score >= LEAST)
            .collect();
        found.sort_by(|a, b| {
            let newest = b.case.opening().at.cmp(&a.case.opening().at);
            b.score.total_cmp(&a.score).then(newest).then_with(|| a.case.id().cmp(&b.case.id()))
        });
        found
    }
}

/// Paths of the topics and of their groups, so that neighbours count a little.
fn topics(case: &Case) -> BTreeSet<&str> {
    let group = |topic: &'_ String| -> usize { topic.find('/').unwrap_or(topic.len()) };
    let paths = case.opening().topics.iter();
    paths.flat_map(|topic| [Some(topic.as_str()), topic.get(..group(topic))]).flatten().collect()
}

fn jaccard<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> f64 {
    let common = a.intersection(b).count();
    let all = a.len() + b.len() - common;
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

/// Words and pairs of neighbours of what the customer wrote, lower case, without anything that holds a digit.
pub(super) fn words(feedback: &Feedback) -> BTreeSet<String> {
    let turns = feedback.turns().iter().filter(|t| t.role.is_read()).map(|t| t.text.as_str());
    let mut words = BTreeSet::new();
    for text in [feedback.title(), feedback.text()].into_iter().chain(turns) {
        let mut before: Option<String> = None;
        for word in text.unicode_words().map(str::to_lowercase) {
            if words.len() >= KEPT {
                return words;
            }
            if word.contains(|c: char| c.is_numeric()) {
                before = None;
                continue;
            }
            if let Some(before) = before {
                words.insert(if is_han(&word) { before + &word } else { format!("{before} {word}") });
            }
            if !is_han(&word) {
                words.insert(word.clone());
            }
            before = Some(word);
        }
    }
    words
}

/// Segmentation by Unicode gives one word for each Chinese character.
fn is_han(word: &str) -> bool {
    word.chars().all(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_numbers() {
        let words = |text: &str| words(&Feedback::from_text(text)).into_iter().collect::<Vec<_>>();
        assert_eq!(words("Too slow, order 4711"), ["order", "slow", "slow order", "too", "too slow"]);
        assert_eq!(words("物流太慢"), ["太慢", "流太", "物流"]);
    }
}
