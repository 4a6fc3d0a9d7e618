//! Example quotes: a few per topic, the same whatever the order of the items.

use super::hash;
use super::moments::fixed;
use super::stance::worst;
use crate::annotate::{Field, Insight};
use crate::feedback::Feedback;
use crate::span::Span;
use crate::taxonomy::TopicId;
use crate::text::mask;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Quotes kept for one topic in one scope.
const KEPT: usize = 5;
/// Characters kept on either side of the expression.
const CONTEXT: usize = 120;

/// The sentence of an item that shows a problem, as the customer wrote it: mask it before showing.
///
/// ```
/// use candor::{Engine, Feedback, metrics::{Aggregate, SummaryOptions}};
/// let engine = Engine::builder().build()?;
/// let feedback = Feedback::from_text("I like the lamp. Delivery was far too slow. Bye");
/// let mut aggregate = Aggregate::new();
/// aggregate.push(&feedback, &engine.analyze(&feedback));
/// let summary = aggregate.summary(&SummaryOptions::default());
/// let quote = &summary.topic("delivery/speed", None).unwrap().quotes[0];
/// assert_eq!(quote.text(), "Delivery was far too slow.");
/// assert_eq!(quote.span().slice(feedback.text()), Some(quote.text()));
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Quote {
    /// Sorts the worst first, then the newest, then by hash.
    order: (Reverse<i64>, Reverse<Option<Timestamp>>, u64),
    id: String,
    source: String,
    field: String,
    span: Span,
    text: String,
}

impl Quote {
    pub(super) fn of(feedback: &Feedback, insight: &Insight, topic: TopicId) -> Self {
        let (field, focus) = match worst(insight, topic) {
            Some(opinion) => (opinion.field, opinion.expression),
            None => (first_field(feedback), Span::new(0, 0)),
        };
        Self::around(feedback, insight, field, focus)
    }

    /// The sentence around `focus`, masked already.
    pub(crate) fn masked(feedback: &Feedback, insight: &Insight, field: Field, focus: Span) -> Self {
        let mut quote = Self::around(feedback, insight, field, focus);
        quote.text = mask(&quote.text);
        quote
    }

    fn around(feedback: &Feedback, insight: &Insight, field: Field, focus: Span) -> Self {
        let text = field_text(feedback, field);
        let span = sentence(text, focus);
        let (id, source) = (feedback.id().to_owned(), feedback.source().as_str().to_owned());
        let severity = fixed(f64::from(insight.severity().score));
        Self {
            order: (Reverse(severity), Reverse(feedback.created_at()), hash::stable(&[&source, &id])),
            id,
            source,
            field: field.to_string(),
            span,
            text: span.slice(text).unwrap_or_default().to_owned(),
        }
    }

    /// Id of the item within its source.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Vendor or system of the item.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Field of the item: `text`, `title` or `turns/3`.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// Where the quote lies in that field as the host gave it.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The words, unmasked.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// When the item was written.
    pub fn at(&self) -> Option<Timestamp> {
        self.order.1.0
    }
}

/// The best quotes seen; a union of two sets is again cut to the best, so any order gives the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Best(BTreeSet<Quote>);

impl Best {
    pub(super) fn offer(&mut self, quote: &Quote) {
        if self.0.len() == KEPT && self.0.last().is_some_and(|last| last <= quote) {
            return;
        }
        self.0.insert(quote.clone());
        if self.0.len() > KEPT {
            self.0.pop_last();
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        other.0.iter().for_each(|quote| self.offer(quote));
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Quote> {
        self.0.iter()
    }
}

fn first_field(feedback: &Feedback) -> Field {
    let turn = feedback.turns().iter().position(|t| t.role.is_read() && !t.text.trim().is_empty());
    match turn {
        _ if !feedback.text().trim().is_empty() => Field::Text,
        Some(index) => Field::Turn(index as u32),
        None if feedback.title().is_empty() => Field::Text,
        None => Field::Title,
    }
}

/// The text of a field; empty when the item has none.
pub(crate) fn field_text(feedback: &Feedback, field: Field) -> &str {
    match field {
        Field::Title => feedback.title(),
        Field::Text => feedback.text(),
        Field::Turn(index) => feedback.turns().get(index as usize).map_or("", |turn| turn.text.as_str()),
    }
}

/// The sentence around `focus`, at most `CONTEXT` characters on either side.
pub(crate) fn sentence(text: &str, focus: Span) -> Span {
    let (Some(before), Some(after)) = (text.get(..focus.start as usize), text.get(focus.end as usize..))
    else {
        return Span::default();
    };
    let (mut start, mut next, mut taken) = (before.len(), None, 0);
    for (at, c) in before.char_indices().rev() {
        if ends_sentence(c, next) {
            break;
        }
        (start, next, taken) = (at, Some(c), taken + 1);
        if taken == CONTEXT {
            start += before.get(at..).map_or(0, cut_word);
            break;
        }
    }
    let mut end = focus.end as usize;
    let mut rest = after.char_indices().peekable();
    let mut taken = 0;
    while let Some((at, c)) = rest.next() {
        end = focus.end as usize + at + c.len_utf8();
        taken += 1;
        if ends_sentence(c, rest.peek().map(|&(_, c)| c)) {
            break;
        }
        if taken == CONTEXT && rest.peek().is_some() {
            end -= after.get(..at + c.len_utf8()).map_or(0, cut_word_end);
            break;
        }
    }
    trim(text, start, end)
}

/// A full stop ends a sentence only before a blank: not in numbers, addresses and links.
fn ends_sentence(c: char, next: Option<char>) -> bool {
    match c {
        '。' | '！' | '？' | '；' | '…' | '\n' => true,
        '.' | '!' | '?' | ';' => next.is_none_or(char::is_whitespace),
        _ => false,
    }
}

/// Bytes of a possibly cut word, number or address at the start: half a phone number could not be masked.
fn cut_word(text: &str) -> usize {
    let run = |c: char| c.is_ascii_alphanumeric() || "@._+- ()".contains(c);
    let digits = text.find(|c: char| !run(c)).unwrap_or(text.len());
    let word = text.find(char::is_whitespace).unwrap_or(text.len());
    let has_digit = text.get(..digits).is_some_and(|t| t.contains(|c: char| c.is_ascii_digit() || c == '@'));
    if has_digit { digits } else { word.min(digits) }
}

fn cut_word_end(text: &str) -> usize {
    let run = |c: char| c.is_ascii_alphanumeric() || "@._+- ()".contains(c);
    let after = |at: Option<(usize, char)>| at.map_or(text.len(), |(i, c)| text.len() - i - c.len_utf8());
    let digits = after(text.char_indices().rev().find(|&(_, c)| !run(c)));
    let word = after(text.char_indices().rev().find(|&(_, c)| c.is_whitespace()));
    let tail = text.get(text.len() - digits..).unwrap_or_default();
    if tail.contains(|c: char| c.is_ascii_digit() || c == '@') { digits } else { word.min(digits) }
}

fn trim(text: &str, start: usize, end: usize) -> Span {
    let Some(part) = text.get(start..end) else { return Span::default() };
    let start = start + (part.len() - part.trim_start().len());
    let end = start + part.trim().len();
    Span::new(start as u32, end as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, focus: &str, quote: &str) {
        let start = text.find(focus).unwrap() as u32;
        let span = sentence(text, Span::new(start, start + focus.len() as u32));
        assert_eq!(span.slice(text), Some(quote));
    }

    #[test]
    fn quotes_are_sentences() {
        check("好看。物流太慢，等了一周！下次不来了", "太慢", "物流太慢，等了一周！");
        check("Nice lamp. It broke after 2.5 days. Sad", "broke", "It broke after 2.5 days.");
        check("broke", "broke", "broke");
    }

    #[test]
    fn a_cut_leaves_no_half_number() {
        let long = format!("{}call 555 123 4567 it broke", "x ".repeat(200));
        let before = format!("{} 555 123 4567 broke {}", "a".repeat(60), "y".repeat(300));
        check(&before, "broke", before.split(" y").next().unwrap());
        let start = long.find("broke").unwrap() as u32;
        assert!(sentence(&long, Span::new(start, start + 5)).len() as usize <= CONTEXT + 5);
    }

    proptest! {
        #[test]
        fn quotes_lie_in_the_text(text in "[ab1@ .。！\n物]{0,300}", start in 0_usize..300, length in 0_usize..20) {
            let at = |n: usize| text.char_indices().map(|(i, _)| i).chain([text.len()]).nth(n);
            if let (Some(start), Some(end)) = (at(start), at(start + length)) {
                let span = sentence(&text, Span::new(start as u32, end as u32));
                prop_assert!(span.slice(&text).is_some());
            }
        }
    }
}
