//! The tables of collectors, with headers in Chinese.

use super::{counted, format, number, topics};
use crate::channel::parse::encoding;
use crate::channel::parse::sheet::{self, Sheet, rows};
use crate::channel::parse::table::{Broken, Row};
use crate::channel::parse::text::{Word, attributes};
use crate::channel::parse::time::{BEIJING, Clock};
use crate::channel::{ReadOptions, Reject};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{Attachment, Channel, Customer, Extra, Feedback, FeedbackBuilder, Source, Votes};
use jiff::tz::TimeZone;
use std::io::{BufRead, Cursor, Read};

/// Bytes looked at.
const HEAD: u64 = 1024;

/// Columns that hold the text.
const TEXT: &[&str] = &["微博正文", "微博内容", "正文"];
/// Columns that no other table has beside a text.
const MARKS: &[&str] = &["转发数", "发布工具", "头条文章url", "bid", "微博id"];

/// Whether the table is one of posts.
pub(super) fn is_own(head: &[u8]) -> bool {
    let text = encoding::head(head);
    let mut rows = rows(Box::new(text.as_bytes()), usize::MAX);
    let first = rows.as_mut().ok().and_then(Iterator::next).and_then(Result::ok);
    first.is_some_and(|row| is_header(&row.cells.to_vec()))
}

fn is_header(cells: &[String]) -> bool {
    let holds = |names: &[&str]| cells.iter().filter(|cell| names.contains(&cell.trim())).count();
    holds(TEXT) >= 1 && holds(MARKS) >= 2
}

/// The input again, and whether it is a document, not a table.
pub(super) fn peek<'a>(mut input: Box<dyn BufRead + 'a>) -> Result<(Box<dyn BufRead + 'a>, bool)> {
    let mut head = Vec::new();
    (input.by_ref().take(HEAD).read_to_end(&mut head))
        .map_err(|e| Error::new(ErrorKind::Io, format!("reading failed: {e}")).with_source(e))?;
    let text = encoding::head(&head);
    let is_document = text.trim_start().starts_with(['{', '[']) || text.contains("({");
    Ok((Box::new(Cursor::new(head).chain(input)), is_document))
}

/// Reads the rows below the header.
pub(super) fn read<'a>(
    input: Result<Box<dyn BufRead + 'a>>,
    options: &'a ReadOptions,
) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
    sheet::items(input.map_err(Broken::from).and_then(|input| open(input, options)))
}

fn open<'a>(input: Box<dyn BufRead + 'a>, options: &'a ReadOptions) -> Result<Option<Sheet<'a>>, Broken> {
    let mut rows = rows(input, options.limit())?;
    let Some(header) = rows.next().transpose()? else { return Ok(None) };
    if !header.cells.iter().any(|cell| TEXT.contains(&cell.trim())) {
        let error = Error::new(ErrorKind::Missing, "no column holds the text of a post");
        return Err(Broken { error: error.at_line(header.place.line), raw: header.raw });
    }
    let names: Vec<String> = header.cells.iter().map(|cell| cell.trim().to_owned()).collect();
    let zone = BEIJING.map_or_else(|| options.time_zone().clone(), TimeZone::fixed);
    let clock = Clock::new(zone, options.order());
    let fields = names.len();
    Ok(Some(Sheet::new(rows, fields, move |row, out| {
        out.push_back(record(&names, row, &clock, options)?);
        Ok(())
    })))
}

fn record(names: &[String], row: &Row, clock: &Clock, options: &ReadOptions) -> Result<Feedback> {
    let mut cells: Vec<(&str, &str)> = names
        .iter()
        .zip(row.cells.iter())
        // Numbers are guarded against spreadsheets by a tab.
        .map(|(name, cell)| (name.as_str(), cell.trim()))
        .filter(|(_, cell)| !cell.is_empty() && *cell != "无")
        .collect();
    let mut take = |names: &[&str]| {
        let at = cells.iter().position(|(name, _)| names.contains(name))?;
        Some(cells.remove(at).1)
    };
    let id = take(&["id", "微博id"]);
    let mut extra = Extra::default();
    let builder = Feedback::builder(
        id.map_or_else(|| format!("{}:{}", options.source_or("weibo"), row.place.line), str::to_owned),
    )
    .source(Source::WEIBO)
    .channel(Channel::SOCIAL)
    .generated_id(id.is_none());
    let builder = clock.stamp(builder, take(&["发布时间", "日期"]), None, &mut extra);
    let builder = fill(builder, &mut take);
    for (name, cell) in cells {
        extra.insert(if name.is_empty() { "column" } else { name }, cell.into());
    }
    builder.extra(extra).build()
}

fn fill<'r>(builder: FeedbackBuilder, take: &mut impl FnMut(&[&str]) -> Option<&'r str>) -> FeedbackBuilder {
    let text = take(TEXT).unwrap_or_default();
    let listed = take(&["话题"]).unwrap_or_default();
    let mut tags: Vec<String> = listed.split(',').filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
    for topic in topics(text) {
        if !tags.contains(&topic) {
            tags.push(topic);
        }
    }
    let mut word = |names: &[&str]| take(names).map(Word::from).unwrap_or_default();
    let pictures = word(&["微博图片url", "原始图片url"]).text();
    let films = word(&["微博视频url", "视频url"]).text();
    let each = |kind: &'static str, urls: String| {
        let urls: Vec<String> = urls.split(',').filter(|url| !url.is_empty()).map(str::to_owned).collect();
        urls.into_iter().map(move |url| Attachment { kind: kind.to_owned(), url })
    };
    let builder = builder
        .text(text)
        .format(format(text))
        .tags(tags)
        .attachments(each("image", pictures).chain(each("video", films)).collect())
        .votes(Votes { up: number(&word(&["点赞数"])), down: 0 })
        .parent_id(word(&["retweet_id", "retweet_mid"]).text())
        .region(word(&["ip"]).text().trim_start_matches("发布于").trim())
        .customer(Customer {
            id: word(&["user_id", "用户id"]).into_option(),
            name: word(&["用户昵称"]).into_option(),
            ..Customer::default()
        });
    attributes(
        builder,
        [
            ("client", word(&["发布工具", "工具"])),
            ("place", word(&["发布位置", "位置"])),
            ("reposts_count", counted(&word(&["转发数"]))),
            ("comments_count", counted(&word(&["评论数"]))),
            ("author_verified", word(&["user_authentication"])),
        ],
    )
}
