//! Noun-like runs of English words.

use super::mark::Marks;
use super::phrase::{Found, MOST_WORDS};
use crate::annotate::PhraseWords;
use crate::text::{Token, Tokens};
use std::ops::Range;

/// Letters of the shortest new word: what a phrase must hold.
const SHORTEST: usize = 3;

/// A word that may be part of a phrase, with its neighbours.
#[derive(Debug, Clone)]
struct Word {
    range: Range<usize>,
    before: u32,
    behind: u32,
}

/// Calls `each` with the phrases of a cleaned text in lower case.
pub(super) fn phrases<'a>(
    text: &'a str,
    marks: &Marks,
    words: &PhraseWords,
    mut each: impl FnMut(Found<'a>),
) {
    let mut run: Vec<Word> = Vec::new();
    let mut before = 0;
    for token in Tokens::new(text) {
        let Token::Word { start, end } = token else {
            before = number(text, &token);
            close(text, &mut run, before, marks, &mut each);
            continue;
        };
        let word = text.get(start..end).unwrap_or_default();
        let own = hash(word);
        if let Some(last) = run.last_mut() {
            last.behind = own;
        }
        let adjoins = run.last().is_none_or(|w| w.range.end + 1 == start && is_blank(text, w.range.end));
        let fits =
            !marks.is_closed(start) && !words.is_barred(word) && !word.contains('\'') && end > start + 1;
        if !(adjoins && fits) {
            close(text, &mut run, own, marks, &mut each);
        }
        if fits {
            run.push(Word { range: start..end, before, behind: 0 });
        }
        before = own;
    }
    close(text, &mut run, 0, marks, &mut each);
}

/// Gives out all phrases of a run and empties it.
fn close<'a>(
    text: &'a str,
    run: &mut Vec<Word>,
    behind: u32,
    marks: &Marks,
    each: &mut impl FnMut(Found<'a>),
) {
    if let Some(last) = run.last_mut() {
        last.behind = behind;
    }
    for (first, word) in run.iter().enumerate() {
        for last in run.iter().skip(first).take(MOST_WORDS) {
            let range = word.range.start..last.range.end;
            if !marks.is_new(range.clone(), SHORTEST) {
                continue;
            }
            if let Some(words) = text.get(range) {
                each(Found { words, start: word.range.start, before: word.before, behind: last.behind });
            }
        }
    }
    run.clear();
}

fn is_blank(text: &str, at: usize) -> bool {
    text.as_bytes().get(at) == Some(&b' ')
}

/// Number of what is no word; 0 where a clause ends.
fn number(text: &str, token: &Token) -> u32 {
    match token {
        Token::Number { start, end } | Token::Foreign { start, end } => {
            hash(text.get(*start..*end).unwrap_or_default())
        }
        _ => 0,
    }
}

fn hash(word: &str) -> u32 {
    (crate::metrics::stable(&[word]) as u32).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;

    fn found(text: &str) -> Vec<&str> {
        let insight = Engine::default_engine().unwrap().insight();
        let (mut marks, mut out) = (Marks::default(), Vec::new());
        marks.set(text, &insight.catalog);
        phrases(text, &marks, &insight.catalog.phrases, |found| out.push(found.words));
        out
    }

    #[test]
    fn nouns_without_verbs_opinions_and_topics() {
        assert_eq!(found("sadly the magnetic latch came loose"), ["magnetic", "magnetic latch"]);
        assert_eq!(found("delivery was slow, terrible gasket"), ["gasket"]);
        assert_eq!(found("the gasket, magnetic"), ["gasket", "magnetic"]);
    }

    #[test]
    fn what_names_a_topic_is_new_only_with_another_word() {
        assert_eq!(found("my lamp"), Vec::<&str>::new());
        assert_eq!(found("my lamp gasket"), ["lamp gasket", "gasket"]);
    }
}
