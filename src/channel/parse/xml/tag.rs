//! Tags told apart byte by byte, without a look at the rest.

/// A tag that was just passed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) kind: Kind,
    /// Without its prefix; empty for what is no element.
    pub(super) name: String,
    /// Bytes passed before it, counted by the caller's last [`Tags::reset`].
    pub(super) at: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Start,
    End,
    Empty,
    /// Comment, instruction, declaration, raw text.
    Other,
}

/// Bytes of a tag that are kept: enough for any name.
const KEPT: usize = 256;

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Words,
    Tag,
    Quoted(u8),
    /// Until this end.
    Until(&'static [u8]),
    /// `<!DOCTYPE`, with the brackets open inside.
    Declaration(u32),
}

/// Where in a document the scan is.
#[derive(Debug, Default)]
pub(super) struct Tags {
    state: State,
    head: Vec<u8>,
    /// The last bytes of a comment and its like.
    tail: [u8; 3],
    at: usize,
    passed: usize,
}

impl Tags {
    /// Starts to count anew, between two tags.
    pub(super) fn reset(&mut self) {
        self.state = State::Words;
        self.passed = 0;
    }

    /// Whether the scan is inside a tag.
    pub(super) fn is_inside(&self) -> bool {
        self.state != State::Words
    }

    /// Passes bytes up to the end of a tag; how many, and the tag.
    pub(super) fn advance(&mut self, bytes: &[u8]) -> (usize, Option<Tag>) {
        for (i, &byte) in bytes.iter().enumerate() {
            if self.step(byte, self.passed + i) {
                self.state = State::Words;
                self.passed += i + 1;
                return (i + 1, Some(self.tag()));
            }
        }
        self.passed += bytes.len();
        (bytes.len(), None)
    }

    /// Whether the byte ends a tag.
    fn step(&mut self, byte: u8, at: usize) -> bool {
        match self.state {
            State::Words if byte != b'<' => {}
            State::Until(end) => {
                self.tail.rotate_left(1);
                self.tail[2] = byte;
                return self.tail.ends_with(end);
            }
            State::Declaration(depth) => match byte {
                b'[' => self.state = State::Declaration(depth + 1),
                b']' => self.state = State::Declaration(depth.saturating_sub(1)),
                b'>' => return depth == 0,
                _ => {}
            },
            // No tag and no value holds this: what began before was none.
            _ if byte == b'<' => {
                (self.state, self.at) = (State::Tag, at);
                self.head.clear();
            }
            State::Quoted(quote) if byte == quote => self.state = State::Tag,
            State::Tag if byte == b'>' => return true,
            State::Tag => self.in_tag(byte),
            State::Words | State::Quoted(_) => {}
        }
        false
    }

    fn in_tag(&mut self, byte: u8) {
        let is_name = byte.is_ascii_alphabetic() || byte >= 0x80 || matches!(byte, b'_' | b'/' | b'!' | b'?');
        if self.head.is_empty() && !is_name {
            self.state = State::Words;
            return;
        }
        // The last byte tells whether the element is empty.
        if self.head.len() == KEPT {
            self.head.pop();
        }
        self.head.push(byte);
        self.tail = [0; 3];
        self.state = match (self.head.as_slice(), byte) {
            ([b'?'], _) => State::Until(b"?>"),
            (b"!--", _) => State::Until(b"-->"),
            (b"![CDATA[", _) => State::Until(b"]]>"),
            ([b'!', rest @ ..], _) if rest.first().is_some_and(u8::is_ascii_alphabetic) => {
                State::Declaration(0)
            }
            ([b'!', ..], _) => State::Tag,
            (_, b'"' | b'\'') => State::Quoted(byte),
            _ => State::Tag,
        };
    }

    fn tag(&self) -> Tag {
        let text = String::from_utf8_lossy(&self.head);
        let (kind, rest) = match text.strip_prefix('/') {
            Some(rest) => (Kind::End, rest),
            None if text.starts_with(['?', '!']) => (Kind::Other, ""),
            None if text.ends_with('/') => (Kind::Empty, &*text),
            None => (Kind::Start, &*text),
        };
        let name = rest.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        let name = name.rsplit(':').next().unwrap_or_default();
        Tag { kind, name: name.to_owned(), at: self.at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(text: &str) -> Vec<(Kind, String)> {
        let mut tags = Tags::default();
        let mut rest = text.as_bytes();
        let mut found = Vec::new();
        while !rest.is_empty() {
            let (count, tag) = tags.advance(rest);
            rest = &rest[count..];
            found.extend(tag.map(|tag| (tag.kind, tag.name)));
        }
        found
    }

    #[test]
    fn tags_are_told_apart() {
        let text = "<?xml version='1.0'?><!DOCTYPE f [<!ENTITY x \"y>\">]><!-- <a> --><ns:f a='>' b=\"/\"><![CDATA[</f>]]>\
            <g/><h x=\"1\" />1 < 2 <i></i ></f>";
        let expected = [
            (Kind::Other, ""),
            (Kind::Other, ""),
            (Kind::Other, ""),
            (Kind::Start, "f"),
            (Kind::Other, ""),
            (Kind::Empty, "g"),
            (Kind::Empty, "h"),
            (Kind::Start, "i"),
            (Kind::End, "i"),
            (Kind::End, "f"),
        ];
        assert_eq!(tags(text), expected.map(|(kind, name)| (kind, name.to_owned())));
    }

    #[test]
    fn an_open_value_ends_at_the_next_tag() {
        assert_eq!(tags("<a b=\"c><d>"), [(Kind::Start, "d".to_owned())]);
    }
}
