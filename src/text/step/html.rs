//! HTML → text: tags go, block tags become line breaks, scripts, styles and comments go whole.

use super::Step;
use crate::text::{Rewriter, Signals};

/// Tags that end a line of text.
const BLOCKS: &[&str] = &[
    "br",
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "tr",
    "td",
    "th",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "section",
    "article",
    "header",
    "footer",
    "hr",
    "pre",
];

/// Elements whose content is no text.
const HIDDEN: &[&str] = &["script", "style", "head", "title", "noscript"];

/// Longest tag that is looked for: an unclosed `<` must not cost a walk to the end each time.
const LONGEST_TAG: usize = 1024;

/// The step.
pub(in crate::text) struct Html;

impl Step for Html {
    fn applies(&self, signals: Signals) -> bool {
        signals.may_hold_tags()
    }

    fn run(&self, text: &str, out: &mut Rewriter<'_>) {
        let (mut at, mut unclosed) = (0, false);
        while let Some(found) = text.get(at..).and_then(|rest| rest.find('<')) {
            let start = at + found;
            match tag(text, start, !unclosed) {
                Some(tag) => {
                    unclosed |= tag.unclosed;
                    out.replace(start, tag.end, if tag.breaks { "\n" } else { "" });
                    at = tag.end;
                }
                None => at = start + 1,
            }
        }
    }
}

#[derive(Default)]
struct Tag {
    end: usize,
    breaks: bool,
    /// A hidden element that is never closed: later ones are not either, and are not looked for.
    unclosed: bool,
}

/// The tag, comment or hidden element that starts at `start`.
fn tag(text: &str, start: usize, hides: bool) -> Option<Tag> {
    let rest = text.get(start..)?;
    if rest.starts_with("<!--") {
        let end = rest.find("-->").map_or(text.len(), |i| start + i + 3);
        return Some(Tag { end, ..Tag::default() });
    }
    let bytes = rest.as_bytes();
    let closing = usize::from(bytes.get(1) == Some(&b'/'));
    let name_at = 1 + closing;
    let first = *bytes.get(name_at)?;
    if !(first.is_ascii_alphabetic() || matches!(first, b'!' | b'?')) {
        return None;
    }
    let length = bytes.iter().take(LONGEST_TAG).position(|b| *b == b'>')?;
    let name_len = bytes.get(name_at..)?.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let name = rest.get(name_at..name_at + name_len)?;
    // `<wrote: a > b` is prose: after its name a tag has a blank, a slash or its end.
    if first.is_ascii_alphabetic()
        && !matches!(bytes.get(name_at + name_len)?, b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r')
    {
        return None;
    }
    let end = start + length + 1;
    let is = |list: &[&str]| list.iter().any(|t| t.eq_ignore_ascii_case(name));
    if closing == 0 && hides && is(HIDDEN) {
        let close = hidden_end(text, end, name);
        return Some(Tag { end: close.unwrap_or(end), breaks: true, unclosed: close.is_none() });
    }
    Some(Tag { end, breaks: is(BLOCKS), unclosed: false })
}

/// Where a hidden element closes.
fn hidden_end(text: &str, from: usize, name: &str) -> Option<usize> {
    let closes = |i: &usize| {
        let after = text.get(i + 2..i + 2 + name.len());
        after.is_some_and(|n| n.eq_ignore_ascii_case(name))
    };
    let close =
        text.get(from..).and_then(|rest| rest.match_indices("</").map(|(i, _)| from + i).find(closes));
    close.and_then(|i| text.get(i..)?.find('>').map(|j| i + j + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    super::super::step_contract!(Html, [
        "<p>It is <b>great</b></p>" => "\nIt is great\n",
        "good<br/>bad" => "good\nbad",
        "I <3 it, 3 < 5 and a<b" => "I <3 it, 3 < 5 and a<b",
        "<style>p{}</style>ok<!-- no -->!" => "\nok!",
        "<script>alert('bad')</SCRIPT >fine" => "\nfine",
        "<a href='x'>买</a>" => "买",
        "open < tag" => "open < tag",
    ]);
}
