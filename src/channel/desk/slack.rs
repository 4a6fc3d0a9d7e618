//! Slack: messages of the interface (lists, searches, events) and of exports, one record each.
//!
//! A message is known by its `ts`, which is also its time; a reply names the thread it belongs to. What a bot
//! wrote is its turn and not read. Messages of the system (who joined, what was pinned) and the lists of channels
//! and users in an export are no feedback. Mentions and links are written out as Slack shows them; where a link
//! hides its address, that is attached. Previews of links are not the author's words and stay in `extra`.

mod markup;

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::record::keep;
use crate::channel::parse::talk::{Talk, attachment, flat};
use crate::channel::parse::text::{Word, attributes};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::schema::nullable;
use crate::feedback::{
    Attachment, Channel, Customer, Direction, Extra, Feedback, FeedbackBuilder, Moderation, Role, Source,
    Votes,
};
use serde::Deserialize;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "slack",
    source: Source::SLACK,
    paths: Paths { items: &["messages", "messages/matches", "event"], sides: &[] },
    marks: &[
        &["message", "ts"],
        &["event_callback", "event_ts"],
        &["is_archived", "is_general"],
        &["is_bot", "team_id"],
    ],
    offset: None,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Message {
    r#type: Word,
    subtype: Word,
    ts: Word,
    thread_ts: Word,
    user: Word,
    username: Word,
    user_profile: Option<Profile>,
    bot_id: Word,
    text: Word,
    channel: Value,
    channel_type: Word,
    team: Word,
    edited: Option<Edited>,
    reply_count: Word,
    #[serde(deserialize_with = "nullable")]
    reactions: Vec<Reaction>,
    #[serde(deserialize_with = "nullable")]
    files: Vec<File>,
    attachments: Value,
    /// The text once more, in pieces.
    blocks: Value,
    permalink: Word,
    #[serde(rename = "message")]
    changed: Option<Box<Message>>,
    #[serde(rename = "previous_message")]
    deleted: Option<Box<Message>>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Profile {
    real_name: Word,
    display_name: Word,
    name: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Edited {
    ts: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Reaction {
    name: Word,
    count: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct File {
    mimetype: Word,
    permalink: Word,
    url_private: Word,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let (message, moderation) = item.parse::<Message>()?.content();
    message.check()?;
    let mut extra = Extra::default();
    let edited = message.edited.as_ref().and_then(|edited| edited.ts.as_deref());
    let builder = item.builder(message.ts.clone().into_option()).channel(Channel::CHAT);
    let builder = item.clock.stamp(builder, message.ts.as_deref(), edited, &mut extra).moderation(moderation);
    let builder = message.words(builder, item, &mut extra);
    out.push(message.fill(builder, &mut extra).extra(extra).build()?);
    Ok(())
}

/// Beginnings of the subtypes that tell of acts, not of words.
const ACTS: &[&str] = &[
    "channel_",
    "group_",
    "mpim_",
    "bot_add",
    "bot_remove",
    "bot_enable",
    "bot_disable",
    "pinned_item",
    "unpinned_item",
    "reminder_",
    "tombstone",
    "joiner_notification",
    "app_conversation_",
    "huddle_",
    "sh_room_",
    "ekm_access_denied",
];

impl Message {
    /// The message itself where an event tells of a change to it.
    fn content(self) -> (Self, Moderation) {
        let channel = self.channel.clone();
        let (inner, moderation) = match self.subtype.as_deref() {
            Some("message_deleted") => (self.deleted, Moderation::Deleted),
            Some("message_changed" | "message_replied") => (self.changed, Moderation::Published),
            _ => return (self, Moderation::Published),
        };
        let mut inner = inner.map(|inner| *inner).unwrap_or_default();
        if inner.channel.is_null() {
            inner.channel = channel;
        }
        (inner, moderation)
    }

    fn check(&self) -> Result<()> {
        let subtype = self.subtype.as_deref().unwrap_or_default();
        if ACTS.iter().any(|act| subtype.starts_with(act)) {
            let message = format!("a message of subtype \"{subtype}\" is no feedback");
            return Err(Error::new(ErrorKind::NotFeedback, message).at_path("/subtype"));
        }
        match self.r#type.as_deref() {
            Some("message" | "app_mention") => Ok(()),
            None if self.ts.is_some() => Ok(()),
            Some(other) => Err(Error::new(ErrorKind::NotFeedback, format!("\"{other}\" is no message"))),
            None => Err(Error::new(ErrorKind::Missing, "the object is no message")),
        }
    }

    fn is_bot(&self) -> bool {
        let slackbot = self.user.as_deref() == Some("USLACKBOT");
        self.bot_id.is_some() || self.subtype.as_deref() == Some("bot_message") || slackbot
    }

    /// Sets the words: a customer's text, or a bot's turn.
    fn words(&self, builder: FeedbackBuilder, item: &Item<'_>, extra: &mut Extra) -> FeedbackBuilder {
        let text = self.text.clone().or(Word::from(markup::collect(&self.blocks).as_str()));
        let (text, links) = markup::plain(text.as_deref().unwrap_or_default());
        let links = links.into_iter().map(|url| Attachment { kind: "link".to_owned(), url });
        let files = self.files.iter();
        let files =
            files.filter_map(|f| attachment(&f.mimetype, &f.permalink.clone().or(f.url_private.clone())));
        let builder = builder.attachments(files.chain(links).collect());
        if !self.is_bot() {
            if !self.attachments.is_null() {
                extra.insert("attachments", self.attachments.clone());
            }
            let name = self.user_profile.as_ref();
            let name = name.map(|p| p.real_name.clone().or(p.display_name.clone()).or(p.name.clone()));
            return builder.text(text).customer(Customer {
                id: self.user.clone().into_option(),
                name: name.unwrap_or_default().or(self.username.clone()).into_option(),
                ..Customer::default()
            });
        }
        let attached = markup::plain(&markup::collect(&self.attachments)).0;
        let said = [text, attached].into_iter().filter(|part| !part.trim().is_empty());
        let said = said.collect::<Vec<_>>().join("\n");
        let name = self.username.clone().or(self.bot_id.clone()).or(self.user.clone());
        let mut talk = Talk::new(item.clock);
        talk.say(Role::Bot, name, &self.ts, Word::from(said.as_str()));
        talk.fill(builder, extra).direction(Direction::Bot)
    }

    fn fill(self, builder: FeedbackBuilder, extra: &mut Extra) -> FeedbackBuilder {
        let count = |names: &[&str]| {
            let chosen =
                self.reactions.iter().filter(|r| r.name.as_deref().is_some_and(|n| names.contains(&n)));
            chosen.map(|reaction| reaction.count.count()).sum()
        };
        let votes = Votes { up: count(&["+1", "thumbsup"]), down: count(&["-1", "thumbsdown"]) };
        let told = |r: &Reaction| Some(format!("{} {}", r.name.as_deref()?, r.count.count()));
        let reactions = self.reactions.iter().filter_map(told).collect::<Vec<_>>().join(", ");
        let parent = self.thread_ts.clone().into_option().filter(|root| self.ts.as_deref() != Some(root));
        let channel = ["name", "id"].iter().find_map(|part| flat(self.channel.get(part)?));
        let channel = channel.or_else(|| flat(&self.channel)).unwrap_or_default();
        keep(extra, self.rest);
        let more = [
            ("slack_channel", Word::from(channel.as_str())),
            ("channel_type", self.channel_type),
            ("slack_team", self.team),
            ("subtype", self.subtype),
            ("reply_count", self.reply_count),
            ("reactions", Word::from(reactions.as_str())),
            ("permalink", self.permalink),
        ];
        attributes(builder, more).parent_id(parent.unwrap_or_default()).votes(votes)
    }
}
