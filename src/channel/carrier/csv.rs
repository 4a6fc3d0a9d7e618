//! Tables: CSV, TSV and their kin, with headers in English or Chinese.
//!
//! The first line names the columns; `data/header.tsv` tells which name fills which field. A column it does not
//! know goes to `extra`. What a rating is on follows from its header and is never guessed from values: `rating`,
//! `stars`, 评分 and the like mean stars 1..5, `nps` 0..10, `csat` 1..5, `ces` 1..7; `score` keeps an unknown
//! scale. With several of them the first is the rating of the whole, the others rate aspects. A shop's answer
//! becomes a turn of the agent, an appended review (追评) a record of its own that follows the first.

pub(super) mod header;
pub(super) mod row;

use crate::channel::parse::cursor::Cursor;
use crate::channel::parse::encoding;
use crate::channel::parse::table::{self, Broken, Row, Rows};
use crate::channel::parse::time::{Clock, order_of};
use crate::channel::{Adapter, Confidence, DateOrder, ReadOptions, Reject};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{Feedback, Source};
use header::Header;
use std::collections::VecDeque;
use std::io::BufRead;
use std::iter;

/// A table of a vendor, or of nobody in particular.
pub(in crate::channel) struct Table {
    pub(in crate::channel) name: &'static str,
    pub(in crate::channel) source: Source,
    /// Headers that are certainly the vendor's when all are there.
    pub(in crate::channel) marks: &'static [&'static str],
    /// Headers that fill another field than elsewhere, or none.
    pub(in crate::channel) own: &'static [(&'static str, Option<&'static str>)],
}

/// `csv`.
pub(super) static CSV: Table = Table { name: "csv", source: Source::CSV, marks: &[], own: &[] };

impl Adapter for Table {
    fn name(&self) -> &'static str {
        self.name
    }

    fn sniff(&self, head: &[u8]) -> Confidence {
        let text = encoding::head(head);
        if text.trim_start().starts_with(['{', '[', '<']) {
            return Confidence::No;
        }
        let mut rows = rows(Box::new(text.as_bytes()), usize::MAX);
        let Some(Ok(first)) = rows.as_mut().ok().and_then(Iterator::next) else { return Confidence::No };
        let header = Header::new(&first.cells, self.own);
        match (header.has_content(), first.cells.len()) {
            (true, _) if !self.marks.is_empty() => {
                let all = self.marks.iter().all(|mark| header.has_name(mark));
                if all { Confidence::Certain } else { Confidence::No }
            }
            (true, 2..) => Confidence::Likely,
            (true, _) => Confidence::Possible,
            (false, _) => Confidence::No,
        }
    }

    fn read<'a>(
        &'a self,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
        match Items::open(self, input, options) {
            Ok(items) => Box::new(items.into_iter().flatten()),
            Err(Broken { error, raw }) => Box::new(iter::once(Err(Reject::new(0, error, &raw)))),
        }
    }
}

fn rows<'a>(input: Box<dyn BufRead + 'a>, limit: usize) -> Result<Rows<'a>> {
    let mut cursor = Cursor::new(input, limit);
    let delimiter = table::delimiter(cursor.ahead()?);
    Ok(Rows::new(cursor, delimiter))
}

struct Items<'a> {
    table: &'a Table,
    rows: Rows<'a>,
    header: Header,
    clock: Clock,
    source: &'a str,
    ready: VecDeque<Feedback>,
    index: u64,
}

impl<'a> Items<'a> {
    /// Reads the header; nothing when the input is empty.
    fn open(
        table: &'a Table,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Result<Option<Self>, Broken> {
        let mut rows = rows(input, options.limit())?;
        let Some(first) = rows.next().transpose()? else { return Ok(None) };
        let header = Header::new(&first.cells, table.own);
        if !header.has_content() {
            let message = "no column holds a text, title or rating; is the first line a header?";
            let error = Error::new(ErrorKind::Missing, message).at_line(first.place.line);
            return Err(Broken { error, raw: first.raw });
        }
        let order = options.order().or_else(|| date_order(&header, &mut rows));
        let clock = Clock::new(options.time_zone().clone(), order);
        let source = options.source_or(table.name);
        Ok(Some(Self { table, rows, header, clock, source, ready: VecDeque::new(), index: 0 }))
    }

    fn take(&mut self, row: &Row) -> Result<()> {
        if row.cells.len() != self.header.len() {
            let (have, want) = (row.cells.len(), self.header.len());
            return Err(Error::new(
                ErrorKind::Syntax,
                format!("the row has {have} fields, the header {want}"),
            ));
        }
        let mut found = row::read(&self.header, row, self.source, &self.clock)?;
        if !self.table.marks.is_empty() {
            for item in &mut found {
                item.source = self.table.source.clone();
            }
        }
        if row.repaired {
            for item in &mut found {
                item.encoding_repaired = true;
            }
        }
        self.ready.extend(found);
        Ok(())
    }
}

impl Iterator for Items<'_> {
    type Item = Result<Feedback, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(Ok(item));
            }
            let index = self.index;
            self.index += 1;
            match self.rows.next()? {
                Ok(row) => {
                    let fields = self.header.len();
                    let swallowed =
                        (row.cells.len() != fields).then(|| self.rows.split(&row, fields)).flatten();
                    if let Some(Broken { error, raw }) = swallowed {
                        return Some(Err(Reject::new(index, error, &raw)));
                    }
                    if let Err(error) = self.take(&row) {
                        return Some(Err(Reject::new(index, error.at_line(row.place.line), &row.raw)));
                    }
                }
                Err(Broken { error, raw }) => return Some(Err(Reject::new(index, error, &raw))),
            }
        }
    }
}

/// The order of day and month told by the dates at hand, unless they contradict each other.
fn date_order(header: &Header, rows: &mut Rows<'_>) -> Option<DateOrder> {
    let column = header.find("created_at")?;
    let delimiter = rows.delimiter();
    let ahead = rows.ahead().unwrap_or_default();
    let sample = Rows::new(Cursor::new(Box::new(ahead), usize::MAX), delimiter);
    let mut orders = sample.flatten().filter_map(|row| order_of(row.cells.get(column)?));
    let first = orders.next()?;
    orders.all(|order| order == first).then_some(first)
}
