//! The rows below the header of a table whose columns a vendor lays down: each row becomes records or a reject.

use super::cursor::Cursor;
use super::table::{self, Broken, Row, Rows};
use super::time::order_of;
use crate::channel::{DateOrder, Reject};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::Feedback;
use std::collections::VecDeque;
use std::io::BufRead;
use std::iter;

/// Reads one row: usually one record, two with a follow-up.
type Read<'a> = Box<dyn FnMut(&Row, &mut VecDeque<Feedback>) -> Result<()> + 'a>;

/// The rows of an input with the delimiter its first line speaks for.
pub(crate) fn rows<'a>(input: Box<dyn BufRead + 'a>, limit: usize) -> Result<Rows<'a>> {
    let mut cursor = Cursor::new(input, limit);
    let delimiter = table::delimiter(cursor.ahead()?);
    Ok(Rows::new(cursor, delimiter))
}

/// What is left of a table behind its header.
pub(crate) struct Sheet<'a> {
    rows: Rows<'a>,
    /// Number of columns.
    fields: usize,
    read: Read<'a>,
    ready: VecDeque<Feedback>,
    index: u64,
}

/// The records of a table that was opened, or the reject of one that could not be.
pub(crate) fn items<'a>(
    opened: Result<Option<Sheet<'a>>, Broken>,
) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
    match opened {
        Ok(sheet) => Box::new(sheet.into_iter().flatten()),
        Err(Broken { error, raw }) => Box::new(iter::once(Err(Reject::new(0, error, &raw)))),
    }
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(
        rows: Rows<'a>,
        fields: usize,
        read: impl FnMut(&Row, &mut VecDeque<Feedback>) -> Result<()> + 'a,
    ) -> Self {
        Self { rows, fields, read: Box::new(read), ready: VecDeque::new(), index: 0 }
    }

    fn take(&mut self, row: &Row) -> Result<()> {
        let have = row.cells.len();
        if have != self.fields {
            let message = format!("the row has {have} fields, the header {}", self.fields);
            return Err(Error::new(ErrorKind::Syntax, message));
        }
        (self.read)(row, &mut self.ready)?;
        for item in self.ready.iter_mut().filter(|_| row.repaired) {
            item.encoding_repaired = true;
        }
        Ok(())
    }
}

impl Iterator for Sheet<'_> {
    type Item = Result<Feedback, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(Ok(item));
            }
            let index = self.index;
            self.index += 1;
            let row = match self.rows.next()? {
                Ok(row) => row,
                Err(Broken { error, raw }) => return Some(Err(Reject::new(index, error, &raw))),
            };
            let swallowed =
                (row.cells.len() != self.fields).then(|| self.rows.split(&row, self.fields)).flatten();
            if let Some(Broken { error, raw }) = swallowed {
                return Some(Err(Reject::new(index, error, &raw)));
            }
            if let Err(error) = self.take(&row) {
                return Some(Err(Reject::new(index, error.at_line(row.place.line), &row.raw)));
            }
        }
    }
}

/// The order of day and month told by the dates of a column at hand, unless they contradict each other.
pub(crate) fn date_order(rows: &mut Rows<'_>, column: usize) -> Option<DateOrder> {
    let delimiter = rows.delimiter();
    let ahead = rows.ahead().unwrap_or_default();
    let sample = Rows::new(Cursor::new(Box::new(ahead), usize::MAX), delimiter);
    let mut orders = sample.flatten().filter_map(|row| order_of(row.cells.get(column)?));
    let first = orders.next()?;
    orders.all(|order| order == first).then_some(first)
}
