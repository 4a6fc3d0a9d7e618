//! The way back from cleaned text to the text as the host gave it.

use crate::span::{CleanSpan, Span};

/// One replaced stretch: bytes `from` of the input became bytes `to` of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Edit {
    from: CleanSpan,
    to: CleanSpan,
}

/// Maps every position of a cleaned text to the original; what no edit covers was copied as it stood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct OffsetMap {
    edits: Vec<Edit>,
}

impl OffsetMap {
    pub(crate) fn clear(&mut self) {
        self.edits.clear();
    }

    /// Records that bytes `from` of the input became bytes `to` of the output; calls come in order.
    pub(crate) fn push(&mut self, from: CleanSpan, to: CleanSpan) {
        if let Some(last) = self.edits.last_mut()
            && last.from.end == from.start
            && last.to.end == to.start
        {
            last.from.end = from.end;
            last.to.end = to.end;
            return;
        }
        self.edits.push(Edit { from, to });
    }

    /// The original bytes behind a span of the cleaned text.
    pub(crate) fn original(&self, span: CleanSpan) -> Span {
        let start = self.start(span.start);
        Span::new(start, self.end(span.end).max(start))
    }

    /// Original position of a start: what was deleted just before is left out.
    fn start(&self, at: u32) -> u32 {
        let after = self.edits.partition_point(|e| e.to.start <= at);
        match after.checked_sub(1).and_then(|i| self.edits.get(i)) {
            None => at,
            Some(e) if at < e.to.end => e.from.start,
            Some(e) => e.from.end + (at - e.to.end),
        }
    }

    /// Original position of an end: what was deleted just after is left out.
    fn end(&self, at: u32) -> u32 {
        let after = self.edits.partition_point(|e| e.to.start < at);
        match after.checked_sub(1).and_then(|i| self.edits.get(i)) {
            None => at,
            Some(e) if at <= e.to.end => e.from.end,
            Some(e) => e.from.end + (at - e.to.end),
        }
    }

    /// Puts `next`, whose input is the output of `self`, on top: `out` then maps from end to end.
    pub(crate) fn compose_into(&self, next: &Self, out: &mut Self) {
        out.clear();
        let (mut a, mut b) = (self.edits.iter().peekable(), next.edits.iter().peekable());
        loop {
            // Both lists are walked in the middle text; touching stretches become one edit.
            let from_a = match (a.peek(), b.peek()) {
                (None, None) => return,
                (Some(x), Some(y)) => x.to.start <= y.from.start,
                (x, _) => x.is_some(),
            };
            let first = if from_a { a.next().map(|e| e.to) } else { b.next().map(|e| e.from) };
            let Some(mut middle) = first else { return };
            loop {
                if let Some(e) = a.next_if(|e| e.to.start <= middle.end) {
                    middle.end = middle.end.max(e.to.end);
                } else if let Some(e) = b.next_if(|e| e.from.start <= middle.end) {
                    middle.end = middle.end.max(e.from.end);
                } else {
                    break;
                }
            }
            let from = CleanSpan::new(self.outer_start(middle.start), self.outer_end(middle.end));
            let to = CleanSpan::new(next.inner_start(middle.start), next.inner_end(middle.end));
            out.push(from, to);
        }
    }

    /// Input position before everything that stands at `at` of the output, deletions included.
    fn outer_start(&self, at: u32) -> u32 {
        let after = self.edits.partition_point(|e| e.to.start < at);
        match after.checked_sub(1).and_then(|i| self.edits.get(i)) {
            None => at,
            Some(e) if at < e.to.end => e.from.start,
            Some(e) => e.from.end + (at - e.to.end),
        }
    }

    /// Input position after everything that stands at `at` of the output, deletions included.
    fn outer_end(&self, at: u32) -> u32 {
        let after = self.edits.partition_point(|e| e.to.start <= at);
        match after.checked_sub(1).and_then(|i| self.edits.get(i)) {
            None => at,
            Some(e) if at <= e.to.end => e.from.end,
            Some(e) => e.from.end + (at - e.to.end),
        }
    }

    /// Output position before everything that stands at `at` of the input.
    fn inner_start(&self, at: u32) -> u32 {
        let after = self.edits.partition_point(|e| e.from.start < at);
        match after.checked_sub(1).and_then(|i| self.edits.get(i)) {
            None => at,
            Some(e) if at < e.from.end => e.to.start,
            Some(e) => e.to.end + (at - e.from.end),
        }
    }

    /// Output position after everything that stands at `at` of the input.
    fn inner_end(&self, at: u32) -> u32 {
        let after = self.edits.partition_point(|e| e.from.start <= at);
        match after.checked_sub(1).and_then(|i| self.edits.get(i)) {
            None => at,
            Some(e) if at <= e.from.end => e.to.end,
            Some(e) => e.to.end + (at - e.from.end),
        }
    }
}

/// Writes the output of a cleaning step and its edits.
pub(crate) struct Rewriter<'a> {
    input: &'a str,
    copied: usize,
    changed: bool,
    out: &'a mut String,
    map: &'a mut OffsetMap,
}

impl<'a> Rewriter<'a> {
    pub(crate) fn new(input: &'a str, out: &'a mut String, map: &'a mut OffsetMap) -> Self {
        out.clear();
        map.clear();
        Self { input, copied: 0, changed: false, out, map }
    }

    /// Replaces bytes `start..end` of the input, which lie after all earlier ones, by `with`.
    pub(crate) fn replace(&mut self, start: usize, end: usize, with: &str) {
        self.out.push_str(self.input.get(self.copied..start).unwrap_or_default());
        let at = self.out.len() as u32;
        self.out.push_str(with);
        self.copied = end;
        self.changed = true;
        // A replacement of equal length needs no edit: positions before and after stay in step.
        if with.len() != end - start {
            let to = CleanSpan::new(at, self.out.len() as u32);
            self.map.push(CleanSpan::new(start as u32, end as u32), to);
        }
    }

    /// Copies the rest; whether anything was replaced at all.
    pub(crate) fn finish(self) -> bool {
        self.out.push_str(self.input.get(self.copied..).unwrap_or_default());
        self.changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Deletes or replaces the characters of `of` in `text`.
    fn step(text: &str, of: char, with: &str) -> (String, OffsetMap) {
        let (mut out, mut map) = (String::new(), OffsetMap::default());
        let mut w = Rewriter::new(text, &mut out, &mut map);
        for (i, c) in text.char_indices().filter(|(_, c)| *c == of) {
            w.replace(i, i + c.len_utf8(), with);
        }
        w.finish();
        (out, map)
    }

    #[test]
    fn deletions_are_left_out_at_both_ends() {
        let (clean, map) = step("x--ab--y", '-', "");
        assert_eq!(clean, "xaby");
        assert_eq!(map.original(CleanSpan::new(1, 3)), Span::new(3, 5));
        assert_eq!(map.original(CleanSpan::new(0, 4)), Span::new(0, 8));
    }

    #[test]
    fn composition_finds_the_original() {
        let (middle, first) = step("a<<bad", '<', "&");
        let (clean, second) = step(&middle, '&', "");
        let mut map = OffsetMap::default();
        first.compose_into(&second, &mut map);
        assert_eq!(clean, "abad");
        assert_eq!(map.original(CleanSpan::new(1, 4)), Span::new(3, 6));
    }

    proptest! {
        #[test]
        fn kept_characters_map_to_themselves(text in "[a-d<&é好]{0,40}") {
            let (m1, a) = step(&text, '<', "好好");
            let (m2, b) = step(&m1, '&', "");
            let (clean, c) = step(&m2, 'd', "é");
            let (mut ab, mut map) = (OffsetMap::default(), OffsetMap::default());
            a.compose_into(&b, &mut ab);
            ab.compose_into(&c, &mut map);
            let mut last = 0;
            for (i, ch) in clean.char_indices() {
                let span = map.original(CleanSpan::new(i as u32, (i + ch.len_utf8()) as u32));
                let part = span.slice(&text);
                prop_assert!(part.is_some(), "off a boundary: {span:?} in {text:?}");
                prop_assert!(span.start >= last, "not monotone");
                last = span.start;
                if "abc".contains(ch) {
                    prop_assert!(part.is_some_and(|p| p.contains(ch)));
                }
            }
        }
    }
}
