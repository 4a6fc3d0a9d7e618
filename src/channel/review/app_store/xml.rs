//! The feed as XML.

use super::Entry;
use crate::channel::parse::text::Word;
use crate::channel::parse::xml::Node;
use crate::channel::parse::xml::feed::{Feed, Item};
use crate::error::Result;
use crate::feedback::{Extra, Feedback, Source};

pub(super) static XML: Feed = Feed {
    name: "app_store",
    source: Source::APP_STORE,
    items: &["entry"],
    sides: &[],
    marks: &[&["<im:rating>"], &["itunes.apple.com/rss", "<entry"]],
    item,
};

/// Elements that fill a field, and what is the same in every entry.
const KNOWN: &[&str] = &[
    "id",
    "title",
    "content",
    "rating",
    "version",
    "author",
    "updated",
    "voteSum",
    "voteCount",
    "link",
    "contentType",
];

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let node = item.node;
    // The app itself.
    if node.find("rating").is_none() && node.find("artist").is_some() {
        return Ok(());
    }
    let mut rest = Extra::default();
    node.keep_rest(KNOWN, &mut rest);
    let (content, html) = content(node);
    let entry = Entry {
        id: node.word("id"),
        title: node.word("title"),
        content,
        html,
        rating: node.word("rating"),
        version: node.word("version"),
        author: node.word("author/name"),
        author_uri: node.word("author/uri"),
        updated: node.word("updated"),
        vote_sum: node.word("voteSum"),
        vote_count: node.word("voteCount"),
        link: related(node),
        rest: rest.into_iter().collect(),
    };
    let builder = item.builder(entry.id.clone());
    out.push(entry.record(builder, item.clock)?);
    Ok(())
}

/// The words; beside them stands a page made of them, which is taken only when nothing else is there.
fn content(node: &Node) -> (Word, bool) {
    let is_html = |content: &&Node| content.attribute("type").as_deref() == Some("html");
    match node.all("content").find(|content| !is_html(content)) {
        Some(plain) => (plain.words(), false),
        None => (node.word("content"), node.find("content").is_some()),
    }
}

fn related(node: &Node) -> Word {
    let related = |link: &&Node| link.attribute("rel").as_deref() == Some("related");
    node.all("link").find(related).map(|link| link.attribute("href")).unwrap_or_default()
}
