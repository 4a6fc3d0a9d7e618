//! X (Twitter): posts of the API v2 (searches, timelines, streams, archives of collectors) and of v1.1.
//!
//! Authors stand behind the posts in `includes`; so does the full text of what was reposted, which replaces
//! the cut one. An edited post keeps the id of its first version. Likes are votes, the other counts
//! attributes; entities and all else stay in `extra`.

mod post;

use crate::channel::parse::envelope::{Envelope, Item, Late};
use crate::channel::parse::json::Paths;
use crate::channel::parse::record::keep;
use crate::channel::parse::text::{Word, attributes, plain};
use crate::error::Result;
use crate::feedback::{Channel, Customer, Extra, Feedback, FeedbackBuilder, Source, Votes};
use post::{Author, Post};
use serde::Deserialize;
use serde_json::Value;

/// Where authors and posts referred to are.
const USERS: &str = "includes/users";
const POSTS: &str = "includes/tweets";

pub(super) static ADAPTER: Late = Late(Envelope {
    name: "twitter",
    source: Source::TWITTER,
    paths: Paths { items: &["data", "statuses", "tweet_create_events"], sides: &[USERS, POSTS] },
    marks: &[
        &["edit_history_tweet_ids"],
        &["author_id", "public_metrics"],
        &["author_id", "conversation_id"],
        &["newest_id", "oldest_id"],
        &["id_str", "full_text"],
        &["id_str", "favorite_count", "retweet_count"],
    ],
    offset: None,
    item,
});

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let mut post: Post = item.parse()?;
    // A page without posts has nothing but this.
    if post.is_empty() && post.rest.contains_key("meta") {
        return Ok(());
    }
    let mut extra = Extra::default();
    let first = post.edit_history_tweet_ids.first().cloned();
    let present = post.id_str.clone().or(post.id.clone()).into_option();
    let edited = first.as_ref().is_some_and(|first| present.as_ref() != Some(first));
    let builder = item.builder(first.clone().or(present.clone())).channel(Channel::SOCIAL);
    let earlier = first.as_deref().filter(|_| edited).and_then(|id| item.side(POSTS, id));
    let begun = earlier.and_then(|post| post.get("created_at")).and_then(plain);
    // An edit moves the time; that of the first version may be known.
    let (created, updated) = match (begun.as_deref(), edited) {
        (Some(begun), _) => (Some(begun), post.created_at.as_deref()),
        (None, true) => (post.created_at.as_deref(), post.created_at.as_deref()),
        (None, false) => (post.created_at.as_deref(), None),
    };
    let builder = item.clock.stamp(builder, created, updated, &mut extra);
    let author: Author = match post.user.take() {
        Some(user) => user,
        None => post
            .author_id
            .as_deref()
            .and_then(|id| Author::deserialize(item.side(USERS, id)?).ok())
            .unwrap_or_default(),
    };
    let mut builder = person(builder, author, post.author_id.clone());
    if edited {
        builder = attributes(builder, [("tweet_id", Word::from(present.as_deref().unwrap_or_default()))]);
    }
    let text = words(item, &post);
    out.push(fill(post, builder.text(text), extra)?);
    Ok(())
}

/// The words; of a repost those of the original, if it is known, behind the mark of the repost.
fn words(item: &Item<'_>, post: &Post) -> String {
    let own = post.words();
    let known = |id: &str| Post::deserialize(item.side(POSTS, id)?).ok();
    let original = post.referenced("retweeted").and_then(known);
    let original = original.as_ref().or(post.retweeted_status.as_deref());
    match (original, own.split_once(": ")) {
        (Some(original), Some((mark, _))) if mark.starts_with("RT @") => {
            format!("{mark}: {}", original.words())
        }
        _ => own.to_owned(),
    }
}

fn person(builder: FeedbackBuilder, author: Author, id: Word) -> FeedbackBuilder {
    let followers = author.public_metrics.followers_count.or(author.followers_count);
    let builder = builder.region(author.location.text()).customer(Customer {
        id: id.or(author.id_str).or(author.id).into_option(),
        name: author.name.into_option(),
        ..Customer::default()
    });
    attributes(
        builder,
        [
            ("username", author.username.or(author.screen_name)),
            ("author_verified", author.verified),
            ("author_followers", followers),
        ],
    )
}

/// What needs no thought.
fn fill(post: Post, builder: FeedbackBuilder, mut extra: Extra) -> Result<Feedback> {
    let likes = post.public_metrics.get("like_count").and_then(plain).unwrap_or_default();
    let likes = Word::from(likes.as_str()).or(post.favorite_count.clone());
    let mut builder = builder
        .votes(Votes { up: likes.count(), down: 0 })
        .language(post.language())
        .tags(post.hashtags())
        .attachments(post.attachments())
        .parent_id(post.conversation_id.clone().or(post.in_reply_to_status_id_str.clone()).text());
    for (name, count) in post.public_metrics.iter().filter(|(name, _)| *name != "like_count") {
        builder =
            attributes(builder, [(name.as_str(), Word::from(plain(count).unwrap_or_default().as_str()))]);
    }
    for kind in ["retweeted", "quoted", "replied_to"] {
        builder = attributes(builder, [(kind, Word::from(post.referenced(kind).unwrap_or_default()))]);
    }
    let builder = attributes(
        builder,
        [
            ("in_reply_to_user_id", post.in_reply_to_user_id.or(post.in_reply_to_user_id_str)),
            ("retweet_count", post.retweet_count),
            ("possibly_sensitive", post.possibly_sensitive),
            ("client", post.source),
        ],
    );
    for (name, value) in [("entities", post.entities), ("extended_entities", post.extended_entities)] {
        if value != Value::Null {
            extra.insert(name, value);
        }
    }
    keep(&mut extra, post.rest);
    builder.extra(extra).build()
}
