//! Noun-like runs of English words.

use super::mark::Marks;
use super::phrase::{Found, MOST_WORDS};
use crate::annotate::PhraseWords;
use crate::metrics::stable;
use crate::text::{Token, Tokens};
use std::ops::Range;

/// Letters of the shortest new word: what a phrase must hold.
const SHORTEST: usize = 3;

/// Calls `each` with the phrases of a cleaned text in lower case.
pub(super) fn phrases<'a>(
    text: &'a str,
    marks: &Marks,
    words: &PhraseWords,
    mut each: impl FnMut(Found<'a>),
) {
    let mut run: Vec<Range<usize>> = Vec::new();
    for token in Tokens::new(text) {
        let Token::Word { start, end } = token else {
            close(text, &mut run, marks, &mut each);
            continue;
        };
        let word = text.get(start..end).unwrap_or_default();
        let blank = |at: usize| text.as_bytes().get(at) == Some(&b' ');
        let adjoins = run.last().is_none_or(|last| last.end + 1 == start && blank(last.end));
        let barred = marks.is_closed(start) || words.is_barred(word) || word.contains('\'');
        if barred || !adjoins {
            close(text, &mut run, marks, &mut each);
        }
        if !barred && word.len() > 1 {
            run.push(start..end);
        }
    }
    close(text, &mut run, marks, &mut each);
}

/// Gives out all phrases of a run and empties it. Its ends are ends of a clause to them: what stands there is no noun.
fn close<'a>(text: &'a str, run: &mut Vec<Range<usize>>, marks: &Marks, each: &mut impl FnMut(Found<'a>)) {
    let number = |word: Option<&Range<usize>>| {
        word.and_then(|word| text.get(word.clone())).map_or(0, |word| (stable(&[word]) as u32).max(1))
    };
    for (first, start) in run.iter().enumerate() {
        let before = number(first.checked_sub(1).and_then(|i| run.get(i)));
        for (last, end) in run.iter().enumerate().skip(first).take(MOST_WORDS) {
            let range = start.start..end.end;
            if !marks.is_new(range.clone(), SHORTEST) {
                continue;
            }
            if let Some(words) = text.get(range) {
                each(Found { words, start: start.start, before, behind: number(run.get(last + 1)) });
            }
        }
    }
    run.clear();
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
        assert_eq!(found("delivery was slow, terrible wobblet"), ["wobblet"]);
        assert_eq!(found("the wobblet, magnetic"), ["wobblet", "magnetic"]);
    }

    #[test]
    fn what_names_a_topic_is_new_only_with_another_word() {
        assert_eq!(found("my lamp"), Vec::<&str>::new());
        assert_eq!(found("the pairing code"), ["pairing code", "code"]);
        assert_eq!(found("my lamp wobblet"), ["lamp wobblet", "wobblet"]);
    }
}
