//! Tables: CSV, TSV and their kin, with headers in English or Chinese.
//!
//! The first line names the columns; `data/header.tsv` tells which name fills which field. A column it does not
//! know goes to `extra`. What a rating is on follows from its header and is never guessed from values: `rating`,
//! `stars`, 评分 and the like mean stars 1..5, `nps` 0..10, `csat` 1..5, `ces` 1..7; `score` keeps an unknown
//! scale. With several of them the first is the rating of the whole, the others rate aspects. A shop's answer
//! becomes a turn of the agent, an appended review (追评) a record of its own that follows the first.

pub(super) mod header;
pub(super) mod row;

use crate::channel::parse::encoding;
use crate::channel::parse::sheet::{self, Sheet, date_order, rows};
use crate::channel::parse::table::{Broken, Row};
use crate::channel::parse::time::Clock;
use crate::channel::{Adapter, Confidence, ReadOptions, Reject};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{Feedback, Source};
use header::Header;
use std::collections::VecDeque;
use std::io::BufRead;

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
        let header = Header::new(&first.cells.to_vec(), self.own);
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
        sheet::items(self.open(input, options))
    }
}

impl Table {
    /// Reads the header; nothing when the input is empty.
    fn open<'a>(
        &'a self,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Result<Option<Sheet<'a>>, Broken> {
        let mut rows = rows(input, options.limit())?;
        let Some(first) = rows.next().transpose()? else { return Ok(None) };
        let header = Header::new(&first.cells.to_vec(), self.own);
        if !header.has_content() {
            let message = "no column holds a text, title or rating; is the first line a header?";
            let error = Error::new(ErrorKind::Missing, message).at_line(first.place.line);
            return Err(Broken { error, raw: first.raw });
        }
        let told = || date_order(&mut rows, header.find("created_at")?);
        let order = options.order().or_else(told);
        let clock = Clock::new(options.time_zone().clone(), order);
        let source = options.source_or(self.name);
        let own = (!self.marks.is_empty()).then_some(&self.source);
        let read = move |row: &Row, out: &mut VecDeque<Feedback>| {
            let mut found = row::read(&header, row, source, &clock)?;
            for item in &mut found {
                if let Some(own) = own {
                    item.source = own.clone();
                }
            }
            out.extend(found);
            Ok(())
        };
        Ok(Some(Sheet::new(rows, first.cells.len(), read)))
    }
}
