//! The words of a complaint, as its case keeps them for comparison.

use crate::feedback::Feedback;
use std::collections::BTreeMap;
use unicode_segmentation::UnicodeSegmentation;

/// Different words and pairs kept of a complaint.
const KEPT: usize = 200;

/// Words and pairs of neighbours of what the customer wrote, lower case, without anything that holds a
/// digit, with their number.
pub(super) fn words(feedback: &Feedback) -> BTreeMap<String, u32> {
    let turns = feedback.turns().iter().filter(|t| t.role.is_read()).map(|t| t.text.as_str());
    let mut words = BTreeMap::new();
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
            let mut add = |term: String| *words.entry(term).or_default() += 1;
            if let Some(before) = before {
                add(if is_han(&word) { before + &word } else { format!("{before} {word}") });
            }
            if !is_han(&word) {
                add(word.clone());
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
        let words = |text: &str| words(&Feedback::from_text(text)).into_keys().collect::<Vec<_>>();
        assert_eq!(words("Too slow, order 4711"), ["order", "slow", "slow order", "too", "too slow"]);
        assert_eq!(words("物流太慢"), ["太慢", "流太", "物流"]);
    }
}
