//! What an HTML page carries: scripts with JSON-LD, and microdata.

use super::{Document, document, microdata};
use crate::channel::parse::cursor::Cursor;
use crate::channel::parse::json::Fault;
use crate::error::{Error, ErrorKind};
use std::collections::VecDeque;

/// The documents of a page, scripts before microdata.
pub(super) fn documents(cursor: &mut Cursor<'_>) -> VecDeque<Result<Document, Fault>> {
    cursor.record();
    if let Err(error) = cursor.pass_while(|_| true) {
        return VecDeque::from([Err(error.into())]);
    }
    let Some(page) = cursor.recorded() else { return VecDeque::new() };
    if page.overflow {
        let error = Error::new(ErrorKind::Limit, "the page is longer than the limit").at_line(1);
        return VecDeque::from([Err(Fault { error, raw: page.bytes })]);
    }
    let repaired = page.repaired;
    let text = String::from_utf8_lossy(&page.bytes);
    let mut all: VecDeque<_> = scripts(&text)
        .map(|(at, script)| {
            let place = page.start.after(text.get(..at).unwrap_or_default().as_bytes());
            document(script.as_bytes().to_vec(), place, String::new(), repaired)
        })
        .collect();
    let items = microdata::items(&text).into_iter();
    all.extend(items.map(|item| {
        let place = page.start.after(text.get(..item.at).unwrap_or_default().as_bytes());
        Ok(Document { value: item.value, place, path: String::new(), repaired })
    }));
    // A page holds many documents that are about other things.
    let has_review = |one: &Result<Document, Fault>| {
        one.as_ref().is_ok_and(|one| !super::walk::reviews(&one.value).is_empty())
    };
    let any = all.iter().any(has_review);
    all.retain(|one| one.is_err() || has_review(one));
    if !any && all.is_empty() {
        let error = Error::new(ErrorKind::Missing, "the page holds no review").at_line(1);
        all.push_back(Err(Fault { error, raw: page.bytes }));
    }
    all
}

/// The scripts that hold JSON-LD, each with its place; one that is cut off goes to the end.
fn scripts(page: &str) -> impl Iterator<Item = (usize, &str)> {
    let lower = page.to_ascii_lowercase();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let tag = at + lower.get(at..)?.find("<script")?;
            let open = tag + lower.get(tag..)?.find('>')? + 1;
            let end = lower.get(open..)?.find("</script").map_or(page.len(), |end| open + end);
            at = end;
            if !lower.get(tag..open)?.contains("application/ld+json") {
                continue;
            }
            let script = page.get(open..end)?;
            let inner = script.trim_start();
            let begin = end - inner.len();
            // Old pages hide scripts in comments.
            let bare = inner.trim().trim_start_matches("<!--").trim_end_matches("-->");
            let bare = bare.strip_prefix("//<![CDATA[").or(bare.strip_prefix("<![CDATA[")).unwrap_or(bare);
            let bare = bare.strip_suffix("//]]>").or(bare.strip_suffix("]]>")).unwrap_or(bare).trim();
            if !bare.is_empty() {
                return Some((begin, bare));
            }
        }
    })
}
