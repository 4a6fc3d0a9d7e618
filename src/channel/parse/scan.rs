//! How far one JSON value goes, told from brackets and quotes alone.

use super::cursor::Record;
use memchr::memchr3;

/// The state inside one value.
#[derive(Default)]
pub(crate) struct Scan {
    open: Vec<u8>,
    string: bool,
    escape: bool,
    scalar: bool,
    passed: usize,
    suspect: Option<usize>,
}

impl Scan {
    /// Where the first line break inside a string stands.
    pub(crate) fn suspect(&self) -> Option<usize> {
        self.suspect
    }

    /// Whether the value is a bare word or number, which ends with the input.
    pub(crate) fn is_scalar(&self) -> bool {
        self.scalar
    }

    /// How many of the bytes belong to the value, and whether it ends there.
    pub(crate) fn advance(&mut self, bytes: &[u8]) -> (usize, bool) {
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if self.string {
                at += self.in_string(bytes.get(at..).unwrap_or_default(), self.passed + at);
                if !self.string && self.open.is_empty() {
                    return (at, true);
                }
                continue;
            }
            match byte {
                b'"' => self.string = true,
                b'{' | b'[' if self.scalar => return (at, true),
                b'{' | b'[' => self.open.push(byte),
                b'}' | b']' => match self.closes(byte) {
                    Some(true) => return (at + 1, true),
                    Some(false) => {}
                    None => return (at, true),
                },
                b',' | b' ' | b'\t' | b'\r' | b'\n' if self.open.is_empty() => return (at, true),
                _ => self.scalar |= self.open.is_empty(),
            }
            at += 1;
        }
        self.passed += bytes.len();
        (bytes.len(), false)
    }

    /// How many of the bytes, which stand in a string, belong to it; those up to what may end it are passed at once.
    fn in_string(&mut self, bytes: &[u8], place: usize) -> usize {
        if std::mem::take(&mut self.escape) {
            return 1;
        }
        let Some(found) = memchr3(b'"', b'\\', b'\n', bytes) else { return bytes.len() };
        match bytes.get(found) {
            Some(b'"') => self.string = false,
            Some(b'\\') => self.escape = true,
            _ => _ = self.suspect.get_or_insert(place + found),
        }
        found + 1
    }

    /// Whether this bracket closes the value; `None` when it belongs to an outer one. A bracket that fits an
    /// opening further out closes everything between.
    fn closes(&mut self, byte: u8) -> Option<bool> {
        let opening = if byte == b'}' { b'{' } else { b'[' };
        let at = self.open.iter().rposition(|b| *b == opening)?;
        self.open.truncate(at);
        Some(at == 0)
    }
}

/// What may stand around documents: blanks, separators, a JSONP call, a guard against inclusion.
pub(crate) fn is_wrapper(between: &[u8]) -> bool {
    let text = String::from_utf8_lossy(between);
    let separator = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')' | '\u{1e}' | '\u{feff}');
    let call = text.trim_matches(separator);
    let call = call.strip_prefix("/**/").unwrap_or(call);
    let name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | ' ');
    call.is_empty()
        || call.strip_suffix(['(', '=']).is_some_and(|f| f.chars().all(name))
        || matches!(call, "]}'" | "]}'," | "for(;;)" | "while(1)")
}

/// Where to go on after an element that is not closed: the next line that begins with a brace no deeper than
/// the element itself did. What follows `suspect` may belong to other elements.
pub(crate) fn next_start(record: &Record, suspect: usize) -> Option<usize> {
    let column = record.start.column as usize;
    let mut at = suspect;
    loop {
        let line = record.bytes.get(at..)?;
        let brace = line.iter().position(|b| !b.is_ascii_whitespace() || *b == b'\n')?;
        if at > suspect && line.get(brace) == Some(&b'{') && brace < column {
            return Some(at);
        }
        at += 1 + line.iter().position(|b| *b == b'\n')?;
    }
}
