//! A post and its author, in the fields of both versions.

use crate::channel::parse::text::{Word, plain};
use crate::feedback::Attachment;
use crate::feedback::schema::nullable;
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Post {
    pub(super) id: Word,
    pub(super) id_str: Word,
    text: Word,
    full_text: Word,
    #[serde(deserialize_with = "nullable")]
    note_tweet: Long,
    #[serde(deserialize_with = "nullable")]
    extended_tweet: Long,
    pub(super) created_at: Word,
    pub(super) author_id: Word,
    lang: Word,
    pub(super) conversation_id: Word,
    pub(super) in_reply_to_user_id: Word,
    pub(super) in_reply_to_user_id_str: Word,
    pub(super) in_reply_to_status_id_str: Word,
    #[serde(deserialize_with = "nullable")]
    referenced_tweets: Vec<Reference>,
    #[serde(deserialize_with = "nullable")]
    pub(super) edit_history_tweet_ids: Vec<String>,
    #[serde(deserialize_with = "nullable")]
    pub(super) public_metrics: Map<String, Value>,
    pub(super) retweet_count: Word,
    pub(super) favorite_count: Word,
    pub(super) possibly_sensitive: Word,
    pub(super) source: Word,
    pub(super) entities: Value,
    pub(super) extended_entities: Value,
    pub(super) user: Option<Author>,
    pub(super) retweeted_status: Option<Box<Post>>,
    #[serde(flatten)]
    pub(super) rest: Map<String, Value>,
}

/// The whole text of a long post.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Long {
    text: Word,
    full_text: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Reference {
    r#type: Word,
    id: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Author {
    pub(super) id: Word,
    pub(super) id_str: Word,
    pub(super) name: Word,
    pub(super) username: Word,
    pub(super) screen_name: Word,
    pub(super) location: Word,
    pub(super) verified: Word,
    pub(super) followers_count: Word,
    #[serde(deserialize_with = "nullable")]
    pub(super) public_metrics: Metrics,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Metrics {
    pub(super) followers_count: Word,
}

impl Post {
    pub(super) fn is_empty(&self) -> bool {
        self.words().is_empty() && !self.id.is_some()
    }

    /// The longest form of the text.
    pub(super) fn words(&self) -> &str {
        let forms = [
            &self.note_tweet.text,
            &self.extended_tweet.full_text,
            &self.extended_tweet.text,
            &self.full_text,
            &self.text,
        ];
        forms.into_iter().find_map(Word::as_deref).unwrap_or_default()
    }

    /// The post this one refers to in that way.
    pub(super) fn referenced(&self, kind: &str) -> Option<&str> {
        let reference = self.referenced_tweets.iter().find(|r| r.r#type.as_deref() == Some(kind))?;
        reference.id.as_deref()
    }

    /// `und`, `zxx` and codes such as `qme` tell of no language.
    pub(super) fn language(&self) -> String {
        let untold =
            |lang: &str| matches!(lang, "und" | "zxx" | "art") || (lang.len() == 3 && lang.starts_with('q'));
        self.lang.as_deref().filter(|lang| !untold(lang)).unwrap_or_default().to_owned()
    }

    pub(super) fn hashtags(&self) -> Vec<String> {
        let tag = |entity: &Value| entity.get("tag").or(entity.get("text")).and_then(plain);
        entries(&self.entities, "hashtags").filter_map(tag).collect()
    }

    /// Pictures and films, by the addresses of v2 or v1.1.
    pub(super) fn attachments(&self) -> Vec<Attachment> {
        let shown = |url: &&Value| url.get("media_key").is_some();
        let v2 = entries(&self.entities, "urls").filter(shown).filter_map(|url| {
            let url = plain(url.get("expanded_url")?)?;
            let kind = if url.contains("/video/") { "video" } else { "image" };
            Some(Attachment { kind: kind.to_owned(), url })
        });
        let whole =
            if self.extended_entities == Value::Null { &self.entities } else { &self.extended_entities };
        let v1 = entries(whole, "media").filter_map(|media| {
            let kind =
                if media.get("type").and_then(Value::as_str) == Some("photo") { "image" } else { "video" };
            Some(Attachment { kind: kind.to_owned(), url: plain(media.get("media_url_https")?)? })
        });
        v2.chain(v1).collect()
    }
}

fn entries<'e>(entities: &'e Value, name: &str) -> impl Iterator<Item = &'e Value> {
    entities.get(name).and_then(Value::as_array).into_iter().flatten()
}
