//! Places in a text: byte offsets on character boundaries of a field as the host gave it.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in a field as the host gave it; both ends lie on character boundaries.
///
/// ```
/// use candor::Span;
/// let text = "物流太慢 😡";
/// let span = Span::new(6, 12);
/// assert_eq!(span.slice(text), Some("太慢"));
/// assert_eq!(span.chars(text), Some(2..4));
/// assert_eq!(span.utf16(text), Some(2..4));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from byte `start` up to byte `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span holds nothing.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The part of `text` under the span; `None` when it does not fit that text.
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.start as usize..self.end as usize)
    }

    /// The same range counted in characters (Unicode scalar values).
    pub fn chars(self, text: &str) -> Option<std::ops::Range<usize>> {
        self.counted(text, |part| part.chars().count())
    }

    /// The same range counted in UTF-16 code units, as JavaScript and Java count.
    pub fn utf16(self, text: &str) -> Option<std::ops::Range<usize>> {
        self.counted(text, |part| part.encode_utf16().count())
    }

    fn counted(self, text: &str, count: impl Fn(&str) -> usize) -> Option<std::ops::Range<usize>> {
        let start = count(text.get(..self.start as usize)?);
        Some(start..start + count(self.slice(text)?))
    }

    /// Whether the two spans share a byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies inside this span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A place in the cleaned text; never leaves the crate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CleanSpan {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl CleanSpan {
    pub(crate) const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Whether the two share a byte.
    pub(crate) const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies inside this span.
    pub(crate) const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// From the first byte of either to the last.
    pub(crate) fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_texts_give_none() {
        assert_eq!(Span::new(1, 2).slice("好"), None);
        assert_eq!(Span::new(0, 9).chars("abc"), None);
        assert_eq!(Span::new(0, 4).utf16("😡"), Some(0..2));
    }

    #[test]
    fn relations() {
        let a = Span::new(2, 6);
        assert!(a.contains(Span::new(2, 6)) && a.overlaps(Span::new(5, 9)) && !a.overlaps(Span::new(6, 9)));
    }
}
