//! One item → its phrases, each with the sentence it stands in.

use super::mark::Marks;
use super::phrase::Found;
use super::{chinese, english};
use crate::annotate::{Insight, fields};
use crate::feedback::Feedback;
use crate::metrics::Quote;
use crate::span::CleanSpan;
use crate::text::{CleanText, mask};
use std::sync::Arc;

/// Working memory for reading items one after another.
#[derive(Debug, Default)]
pub(super) struct Reader {
    clean: CleanText,
    marks: Marks,
}

impl Reader {
    /// Calls `each` with every phrase of an item and its sentence, masked.
    pub(super) fn read(
        &mut self,
        feedback: &Feedback,
        insight: &Insight,
        mut each: impl FnMut(Found<'_>, &Arc<Quote>),
    ) {
        for (field, raw) in fields(feedback) {
            self.clean.set(raw);
            // Masking keeps the length: what it hides is written in ASCII.
            let text = mask(self.clean.of(raw)).to_ascii_lowercase();
            self.marks.set(&text, &insight.catalog);
            let map = self.clean.map();
            let mut last: Option<Arc<Quote>> = None;
            let mut give = |found: Found<'_>| {
                let (start, end) = (found.start as u32, (found.start + found.words.len()) as u32);
                let span = map.original(CleanSpan::new(start, end));
                let quote = match last.take() {
                    Some(quote) if quote.span().contains(span) => quote,
                    _ => Arc::new(Quote::masked(feedback, insight, field, span)),
                };
                each(found, &quote);
                last = Some(quote);
            };
            english::phrases(&text, &self.marks, &insight.catalog.phrases, &mut give);
            chinese::phrases(&text, &self.marks, &mut give);
        }
    }
}
