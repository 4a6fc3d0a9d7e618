//! Rows of a table with delimiters and quotes, one at a time.

use super::cursor::{Cursor, Place, Record};
use crate::error::{Error, ErrorKind, Result};
use csv_core::ReadRecordResult as Outcome;

/// One row, with the place where it begins.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) cells: Cells,
    pub(crate) place: Place,
    /// With the blank lines before it.
    start: Place,
    pub(crate) raw: Vec<u8>,
    /// Whether bytes had to be replaced, or lines mended.
    pub(crate) repaired: bool,
}

/// The cells of a row, in one piece of memory.
#[derive(Debug)]
pub(crate) struct Cells {
    text: String,
    ends: Vec<usize>,
}

impl Cells {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(&self, column: usize) -> Option<&str> {
        let start = column.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        self.text.get(start.unwrap_or(0)..*self.ends.get(column)?)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|column| self.get(column).unwrap_or_default())
    }

    pub(crate) fn to_vec(&self) -> Vec<String> {
        self.iter().map(str::to_owned).collect()
    }
}

impl FromIterator<String> for Cells {
    fn from_iter<I: IntoIterator<Item = String>>(all: I) -> Self {
        let mut cells = Self { text: String::new(), ends: Vec::new() };
        for cell in all {
            cells.text.push_str(&cell);
            cells.ends.push(cells.text.len());
        }
        cells
    }
}

impl Row {
    /// A row that did not come from a table.
    pub(crate) fn of(cells: Vec<String>, place: Place) -> Self {
        Self { cells: cells.into_iter().collect(), place, start: place, raw: Vec::new(), repaired: false }
    }
}

/// What stands where a row should, and why it is none.
#[derive(Debug)]
pub(crate) struct Broken {
    pub(crate) error: Error,
    pub(crate) raw: Vec<u8>,
}

/// The rows of an input. A quote that is never closed costs its own line, not the rest of the file.
pub(crate) struct Rows<'a> {
    cursor: Cursor<'a>,
    reader: csv_core::Reader,
    delimiter: u8,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    done: bool,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(cursor: Cursor<'a>, delimiter: u8) -> Self {
        let reader = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        Self { cursor, reader, delimiter, bytes: vec![0; 1024], ends: vec![0; 32], done: false }
    }

    pub(crate) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// The bytes at hand, for a look at what comes.
    pub(crate) fn ahead(&mut self) -> Result<&[u8]> {
        self.cursor.ahead()
    }

    /// Reads until a row ends; nothing at the end of the input.
    fn row(&mut self) -> Result<Option<Row>, Broken> {
        self.cursor.record();
        let (mut out, mut end) = (0, 0);
        loop {
            let ahead = self.cursor.ahead()?;
            let at_end = ahead.is_empty();
            let room = self.bytes.get_mut(out..).unwrap_or_default();
            let ends = self.ends.get_mut(end..).unwrap_or_default();
            let (outcome, read, written, ended) = self.reader.read_record(ahead, room, ends);
            self.cursor.pass(read);
            (out, end) = (out + written, end + ended);
            if self.cursor.is_overflowing() {
                return self.too_long(outcome).map(|()| None);
            }
            match outcome {
                Outcome::InputEmpty => {}
                Outcome::OutputFull => self.bytes.resize(self.bytes.len() * 2, 0),
                Outcome::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                Outcome::Record if at_end => return self.last(out, end),
                Outcome::Record => {
                    return Ok(self.cursor.recorded().map(|record| self.cut(record, out, end)));
                }
                Outcome::End => {
                    self.done = true;
                    return Ok(None);
                }
            }
        }
    }

    /// Whether this row, the last one given, swallowed others: it has the wrong number of fields, but a line
    /// inside it has the right one. Then only its first line is given up and the rest is read again.
    pub(crate) fn split(&mut self, row: &Row, fields: usize) -> Option<Broken> {
        let first = first_line(&row.raw);
        let rest = row.raw.get(first..).filter(|rest| !rest.trim_ascii().is_empty())?;
        let inner = Rows::new(Cursor::new(Box::new(rest), usize::MAX), self.delimiter);
        if !inner.flatten().any(|row| row.cells.len() == fields) {
            return None;
        }
        let record =
            Record { bytes: row.raw.clone(), start: row.start, overflow: false, repaired: row.repaired };
        Some(self.reopen(record))
    }

    /// The row that the input ends in.
    fn last(&mut self, out: usize, end: usize) -> Result<Option<Row>, Broken> {
        let Some(record) = self.cursor.recorded() else { return Ok(None) };
        if is_open(&record.bytes, self.delimiter) {
            return Err(self.reopen(record));
        }
        Ok(Some(self.cut(record, out, end)))
    }

    /// Refuses a row above the limit: its first line when a quote is open, else all of it.
    fn too_long(&mut self, mut outcome: Outcome) -> Result<(), Broken> {
        let Some(record) = self.cursor.recorded() else { return Ok(()) };
        if is_open(&record.bytes, self.delimiter) && record.bytes.trim_ascii().contains(&b'\n') {
            return Err(self.reopen(record));
        }
        while !matches!(outcome, Outcome::Record | Outcome::End) {
            let ahead = self.cursor.ahead()?;
            let (next, read, ..) = self.reader.read_record(ahead, &mut self.bytes, &mut self.ends);
            self.cursor.pass(read);
            outcome = next;
        }
        Err(broken(ErrorKind::Limit, "the item is longer than the limit", record.start, record.bytes))
    }

    /// Gives up the first line of a row with an open quote and goes on with the next line.
    fn reopen(&mut self, record: Record) -> Broken {
        self.reader.reset();
        self.done = false;
        let start = record.start.after(leading(&record.bytes));
        let keep = first_line(&record.bytes);
        let raw = self.cursor.rewind(record, keep);
        broken(ErrorKind::Syntax, "a quote is not closed", start, raw)
    }

    fn cut(&self, record: Record, out: usize, end: usize) -> Row {
        let text = String::from_utf8_lossy(self.bytes.get(..out).unwrap_or_default()).into_owned();
        let ends = self.ends.get(..end).unwrap_or_default().to_vec();
        let place = record.start.after(leading(&record.bytes));
        Row {
            cells: Cells { text, ends },
            place,
            start: record.start,
            raw: record.bytes,
            repaired: record.repaired,
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let row = self.row().transpose();
        if let Some(Err(broken)) = &row {
            self.done |= broken.error.kind() == ErrorKind::Io;
        }
        row
    }
}

impl From<Error> for Broken {
    fn from(error: Error) -> Self {
        Self { error, raw: Vec::new() }
    }
}

fn broken(kind: ErrorKind, message: &str, place: Place, raw: Vec<u8>) -> Broken {
    Broken { error: Error::new(kind, message).at_line(place.line), raw }
}

/// Line breaks before a row; empty lines are no rows.
fn leading(bytes: &[u8]) -> &[u8] {
    let count = bytes.iter().take_while(|b| matches!(**b, b'\n' | b'\r')).count();
    bytes.get(..count).unwrap_or_default()
}

/// Where the first line of a row ends.
fn first_line(bytes: &[u8]) -> usize {
    let skipped = leading(bytes).len();
    let line = bytes.iter().skip(skipped).position(|b| *b == b'\n');
    line.map_or(bytes.len(), |line| skipped + line + 1)
}

/// Whether the bytes of a row end inside quotes.
fn is_open(bytes: &[u8], delimiter: u8) -> bool {
    #[derive(PartialEq)]
    enum State {
        Start,
        Bare,
        Quoted,
        Quote,
    }
    let mut state = State::Start;
    for &byte in bytes {
        state = match (state, byte) {
            (State::Quoted, b'"') => State::Quote,
            (State::Quoted, _) | (State::Start | State::Quote, b'"') => State::Quoted,
            (_, b'\n' | b'\r') => State::Start,
            (_, byte) if byte == delimiter => State::Start,
            _ => State::Bare,
        };
    }
    state == State::Quoted
}

/// The delimiter that cuts the first line into most fields; a comma when none does.
pub(crate) fn delimiter(text: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b'\t', 0), (b';', 0), (b'|', 0)];
    let header = text.get(leading(text).len()..).unwrap_or_default();
    for &byte in header {
        quoted ^= byte == b'"';
        if !quoted && matches!(byte, b'\n' | b'\r') {
            break;
        }
        let hit = counts.iter_mut().find(|(delimiter, _)| !quoted && *delimiter == byte);
        if let Some((_, count)) = hit {
            *count += 1;
        }
    }
    counts
        .iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .filter(|(_, count)| *count > 0)
        .map_or(b',', |(d, _)| *d)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, limit: usize) -> Vec<Result<Vec<String>, String>> {
        let cursor = Cursor::new(Box::new(text.as_bytes()), limit);
        let rows = Rows::new(cursor, delimiter(text.as_bytes()));
        rows.map(|row| row.map(|r| r.cells.to_vec()).map_err(|b| b.error.to_string())).collect()
    }

    type Cells = Result<Vec<String>, String>;

    #[expect(clippy::unnecessary_wraps, reason = "compared with what rows give")]
    fn cells(all: &[&str]) -> Cells {
        Ok(all.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn delimiters_are_counted_outside_quotes() {
        assert_eq!(delimiter(b"a,b,c\n"), b',');
        assert_eq!(delimiter(b"\na\tb,c\td\n,,,,,,"), b'\t');
        assert_eq!(delimiter(b"\"a,b,c\";d\n"), b';');
        assert_eq!(delimiter(b"review\n"), b',');
    }

    #[test]
    fn quotes_hold_breaks_and_quotes() {
        let all = rows("a,b\n\n\"x\ny\",\"he said \"\"no\"\"\"\r\nz,\n", 99);
        assert_eq!(all, [cells(&["a", "b"]), cells(&["x\ny", "he said \"no\""]), cells(&["z", ""])]);
    }

    #[test]
    fn an_open_quote_costs_its_line() {
        let open = || Err("line 2: a quote is not closed".to_owned());
        assert_eq!(
            rows("a,b\n1,\"x\n2,y\n3,z", 99),
            [cells(&["a", "b"]), open(), cells(&["2", "y"]), cells(&["3", "z"])]
        );
        assert_eq!(rows("a,b\n1,\"x\n2,y\n3,z\n", 8).get(1), Some(&open()));
    }

    #[test]
    fn long_rows_are_refused() {
        let all = rows("a,b\n1,2345678901234567890\n3,4\n", 12);
        let long = Err("line 2: the item is longer than the limit".to_owned());
        assert_eq!(all, [cells(&["a", "b"]), long, cells(&["3", "4"])]);
    }
}
