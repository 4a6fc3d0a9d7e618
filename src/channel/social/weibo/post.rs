//! A post or comment, in the fields of all its sources.

use super::format;
use crate::channel::parse::text::{Word, plain};
use crate::feedback::schema::nullable;
use crate::feedback::{Attachment, Format};
use serde::Deserialize;
use serde_json::{Map, Value};

/// An entry of a mobile listing.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Card {
    #[serde(rename = "card_type")]
    kind: Word,
    mblog: Option<Post>,
    #[serde(rename = "card_group", deserialize_with = "nullable")]
    group: Vec<Card>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Post {
    pub(super) id: Word,
    pub(super) idstr: Word,
    pub(super) mid: Word,
    rootid: Word,
    pub(super) created_at: Word,
    pub(super) edit_at: Word,
    text: Word,
    text_raw: Word,
    #[serde(rename = "longText", deserialize_with = "nullable")]
    long: Long,
    pub(super) source: Word,
    pub(super) region_name: Word,
    #[serde(deserialize_with = "nullable")]
    pub(super) user: User,
    pub(super) reposts_count: Word,
    pub(super) comments_count: Word,
    pub(super) attitudes_count: Word,
    pub(super) like_counts: Word,
    pub(super) like_count: Word,
    #[serde(rename = "isAd")]
    pub(super) is_ad: Word,
    pub(super) delete_status: Word,
    pub(super) deleted: Word,
    #[serde(flatten)]
    pub(super) rest: Map<String, Value>,
}

/// The whole text of a post that is cut in listings.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Long {
    #[serde(rename = "longTextContent", alias = "content")]
    content: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct User {
    pub(super) id: Word,
    pub(super) idstr: Word,
    pub(super) screen_name: Word,
    pub(super) verified: Word,
    pub(super) followers_count: Word,
    pub(super) location: Word,
}

impl Card {
    pub(super) fn is_card(&self) -> bool {
        self.kind.is_some() || self.mblog.is_some() || !self.group.is_empty()
    }

    /// The posts of the card and of those grouped in it.
    pub(super) fn posts(self) -> Vec<Post> {
        let grouped = self.group.into_iter().filter_map(|card| card.mblog);
        self.mblog.into_iter().chain(grouped).collect()
    }
}

impl Post {
    /// The longest text, the plain one where there is a choice.
    pub(super) fn words(&self) -> (String, Format) {
        let text = self.long.content.clone().or(self.text_raw.clone()).or(self.text.clone()).text();
        let format = format(&text);
        (text, format)
    }

    /// What a comment or repost answers to.
    pub(super) fn parent(&self, own: &Word) -> String {
        let id = |name: &str| {
            let post = self.rest.get(name)?;
            ["idstr", "mid", "id"].into_iter().find_map(|id| plain(post.get(id)?))
        };
        let root = self.rootid.as_deref().filter(|root| Some(*root) != own.as_deref() && *root != "0");
        let answered = id("reply_comment").or_else(|| root.map(str::to_owned));
        answered.or_else(|| id("status")).or_else(|| id("retweeted_status")).unwrap_or_default()
    }

    /// Pictures by their addresses; a number alone is none.
    pub(super) fn pictures(&self) -> Vec<Attachment> {
        let list = |name: &str| self.rest.get(name).and_then(Value::as_array).into_iter().flatten();
        let listed = list("pics").chain(list("pic_urls")).filter_map(|picture| {
            let large = picture.get("large").and_then(|large| large.get("url"));
            large.or(picture.get("url")).or(picture.get("thumbnail_pic")).and_then(plain)
        });
        let mut urls: Vec<String> = listed.collect();
        if urls.is_empty() {
            urls.extend(self.rest.get("original_pic").and_then(plain));
        }
        urls.into_iter().map(|url| Attachment { kind: "image".to_owned(), url }).collect()
    }
}
