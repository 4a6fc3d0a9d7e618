//! Weibo: posts and comments of the open platform and of the mobile and web pages, and the tables of
//! common collectors.
//!
//! Of a repost the words of the one who reposts are the text, the post it is about stays in `extra`. Counts
//! may be words (`34.1万`); likes are votes. Topics (`#话题#`) become tags. Times are Beijing time.

mod post;
#[cfg(feature = "csv")]
mod sheet;

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::record::keep;
use crate::channel::parse::text::{Word, attributes};
use crate::channel::parse::time::BEIJING;
use crate::channel::{Adapter, Confidence, ReadOptions, Reject};
use crate::error::Result;
use crate::feedback::{
    Channel, Customer, Extra, Feedback, FeedbackBuilder, Format, Moderation, Source, Votes,
};
use post::{Card, Post};
use std::io::BufRead;

/// `weibo`.
pub(super) struct Weibo;

/// The JSON of the platform and its pages.
static PAGES: Envelope = Envelope {
    name: "weibo",
    source: Source::WEIBO,
    paths: Paths {
        items: &["statuses", "comments", "data/cards", "data/list", "data/statuses", "data/data", "data"],
        sides: &[],
    },
    marks: &[
        &["mblog"],
        &["idstr", "mid"],
        &["reposts_count", "attitudes_count"],
        &["rootid", "floor_number"],
        &["screen_name", "like_counts"],
        &["text_raw", "created_at"],
    ],
    offset: BEIJING,
    item,
};

impl Adapter for Weibo {
    fn name(&self) -> &'static str {
        PAGES.name()
    }

    fn sniff(&self, head: &[u8]) -> Confidence {
        #[cfg(feature = "csv")]
        if sheet::is_own(head) {
            return Confidence::Certain;
        }
        PAGES.sniff(head)
    }

    fn read<'a>(
        &'a self,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
        #[cfg(feature = "csv")]
        let input = match sheet::peek(input) {
            Ok((input, true)) => input,
            Ok((table, false)) => return sheet::read(Ok(table), options),
            Err(error) => return sheet::read(Err(error), options),
        };
        PAGES.read(input, options)
    }
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    // A listing of the mobile pages holds cards; those without a post are adverts and headings.
    let card: Card = item.parse()?;
    if !card.is_card() {
        out.push(record(item, item.parse()?)?);
        return Ok(());
    }
    for post in card.posts() {
        out.push(record(item, post)?);
    }
    Ok(())
}

fn record(item: &Item<'_>, post: Post) -> Result<Feedback> {
    let mut extra = Extra::default();
    let id = post.idstr.clone().or(post.mid.clone()).or(post.id.clone());
    let parent = post.parent(&id);
    let builder = item.builder(id.into_option()).channel(Channel::SOCIAL);
    let builder = item.clock.stamp(builder, post.created_at.as_deref(), post.edit_at.as_deref(), &mut extra);
    fill(post, builder.parent_id(parent), extra)
}

fn fill(post: Post, builder: FeedbackBuilder, mut extra: Extra) -> Result<Feedback> {
    let (text, format) = post.words();
    let deleted = post.delete_status.is_some() || post.deleted.as_deref() == Some("1");
    // Comments tell the region in the place of the client.
    let from = |source: &str| source.starts_with("来自").then(|| Word::from(source));
    let from = post.source.as_deref().and_then(from);
    let client = if from.is_some() { Word::default() } else { client(&post.source) };
    let region = post.region_name.clone().or(from.unwrap_or_default()).text();
    let builder = builder
        .tags(topics(&text))
        .text(text)
        .format(format)
        .attachments(post.pictures())
        .moderation(if deleted { Moderation::Deleted } else { Moderation::Published })
        .region(region.trim_start_matches("发布于").trim_start_matches("来自").trim())
        .votes(Votes { up: number(&post.attitudes_count.or(post.like_counts).or(post.like_count)), down: 0 })
        .customer(Customer {
            id: post.user.idstr.or(post.user.id).into_option(),
            name: post.user.screen_name.into_option(),
            ..Customer::default()
        });
    let builder = attributes(
        builder,
        [
            ("client", client),
            ("reposts_count", counted(&post.reposts_count)),
            ("comments_count", counted(&post.comments_count)),
            ("author_verified", post.user.verified),
            ("author_followers", counted(&post.user.followers_count)),
            ("author_location", post.user.location),
            ("is_ad", post.is_ad),
        ],
    );
    keep(&mut extra, post.rest);
    builder.extra(extra).build()
}

/// A count, also in the words of the pages: `100万+`, `34.1万`.
fn number(count: &Word) -> u64 {
    let text = count.as_deref().unwrap_or_default().trim().trim_end_matches('+');
    let (digits, unit) = match text.strip_suffix('万') {
        Some(digits) => (digits, 1e4),
        None => text.strip_suffix('亿').map_or((text, 1.0), |digits| (digits, 1e8)),
    };
    digits.trim().parse::<f64>().map_or(0, |number| (number * unit).round() as u64)
}

fn counted(count: &Word) -> Word {
    if count.is_some() { Word::from(number(count).to_string().as_str()) } else { Word::default() }
}

/// The name inside the link to the client.
fn client(source: &Word) -> Word {
    let text = source.as_deref().unwrap_or_default();
    let inside = text.split_once('>').and_then(|(_, rest)| rest.split_once('<')).map(|(name, _)| name);
    Word::from(inside.unwrap_or(text))
}

/// Topics are closed on both sides; none stretches over a mark-up or a line.
fn topics(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut parts = text.split('#').skip(1).peekable();
    while let Some(part) = parts.next() {
        let is_topic = !part.trim().is_empty() && !part.contains(['\n', '<', '>', '&', '"']);
        // What follows the last mark is not closed.
        if is_topic && part.chars().count() <= 32 && parts.peek().is_some() {
            found.push(part.trim().to_owned());
            parts.next();
        }
    }
    found
}

/// Markup of a text that may come from the mobile pages.
fn format(text: &str) -> Format {
    let tags = ["<a ", "<span", "<br", "<img"];
    if tags.iter().any(|tag| text.contains(tag)) { Format::Html } else { Format::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_may_be_words() {
        for (text, count) in
            [("12", 12), ("100万+", 1_000_000), ("34.1万", 341_000), ("1.2亿", 120_000_000), ("赞", 0)]
        {
            assert_eq!(number(&Word::from(text)), count, "{text}");
        }
    }

    #[test]
    fn topics_are_closed() {
        assert_eq!(topics("#台灯测评# 灯 #不闪 #护眼#"), ["台灯测评", "不闪"]);
        assert_eq!(topics("no #1 here"), Vec::<String>::new());
        assert_eq!(topics("<a href=\"x#y\">#灯#</a>"), ["灯"]);
    }
}
