//! Listed words inside a question.

use crate::span::Span;
use std::ops::Range;
use std::sync::LazyLock;

/// What a listed wording is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Leading,
    Absolute,
    Joiner,
    Pair,
    Positive,
    Neutral,
    Negative,
    None,
    Negation,
}

/// `data/lint.tsv`.
static LIST: LazyLock<Vec<(&str, Class)>> = LazyLock::new(|| entries().collect());

pub(super) fn entries() -> impl Iterator<Item = (&'static str, Class)> {
    let lines = include_str!("../data/lint.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).filter_map(|(wording, name)| Some((wording, class(name)?)))
}

fn class(name: &str) -> Option<Class> {
    Some(match name {
        "leading" => Class::Leading,
        "absolute" => Class::Absolute,
        "joiner" => Class::Joiner,
        "pair" => Class::Pair,
        "positive" => Class::Positive,
        "neutral" => Class::Neutral,
        "negative" => Class::Negative,
        "none" => Class::None,
        "negation" => Class::Negation,
        _ => return None,
    })
}

/// Lower-cased ASCII, straight apostrophes and no hyphens, byte for byte where it can be: places stay those of
/// the text. `’` is three bytes, so two blanks that never match stand behind its replacement.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '’' => out.push_str("'\u{1}\u{1}"),
            '-' => out.push(' '),
            c => out.push(c.to_ascii_lowercase()),
        }
    }
    out
}

/// Every place of a wording: whole words in English, anywhere in Chinese.
fn places<'t>(text: &'t str, wording: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '\'';
    let first = wording.chars().next().is_some_and(inside);
    let alone = move |place: &Range<usize>| {
        let before = text.get(..place.start).and_then(|before| before.chars().next_back());
        let after = text.get(place.end..).and_then(|after| after.chars().next());
        !(first && (before.is_some_and(inside) || after.is_some_and(inside)))
    };
    text.match_indices(wording).map(|(at, found)| at..at + found.len()).filter(alone)
}

/// Every place of the wordings of a class, with its end where the text has it.
pub(super) fn all(text: &str, class: Class) -> Vec<Range<usize>> {
    let plain = plain(text);
    // `don't` in the list meets `don’t`, whose apostrophe is longer.
    let curly = |wording: &str| wording.replace('\'', "'\u{1}\u{1}");
    let mut found: Vec<Range<usize>> = Vec::new();
    for (wording, _) in LIST.iter().filter(|(_, of)| *of == class) {
        found.extend(places(&plain, wording));
        if wording.contains('\'') {
            found.extend(places(&plain, &curly(wording)));
        }
    }
    found
}

/// The first and longest place of a class.
pub(super) fn find(text: &str, class: Class) -> Option<Span> {
    let found = all(text, class);
    found.into_iter().min_by_key(|place| (place.start, usize::MAX - place.end)).map(span)
}

/// Where one question becomes two by a word, unless that belongs to a pair that is one thing.
pub(super) fn joined(text: &str) -> Option<Span> {
    let pairs = all(text, Class::Pair);
    let in_pair =
        |place: &Range<usize>| pairs.iter().any(|pair| pair.start <= place.start && place.end <= pair.end);
    let joiners = all(text, Class::Joiner).into_iter().filter(|place| !in_pair(place));
    joiners.min_by_key(|place| (place.start, usize::MAX - place.end)).map(span)
}

/// The second question mark of a text that holds two questions.
pub(super) fn second_question(text: &str) -> Option<Span> {
    let mut marks = text.match_indices(['?', '？']).filter(|(at, mark)| {
        // `??` is one.
        text.get(at + mark.len()..).is_none_or(|rest| !rest.starts_with(['?', '？']))
    });
    let (first, mark) = marks.next()?;
    let (second, end) = marks.next()?;
    let between = text.get(first + mark.len()..second)?;
    let blank = between.len() - between.trim_start().len();
    Some(span(first + mark.len() + blank..second + end.len()))
}

fn span(place: Range<usize>) -> Span {
    Span::new(place.start as u32, place.end as u32)
}
