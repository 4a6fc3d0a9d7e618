//! JD.com: the comment list of the product pages, plain or in a JSONP call, UTF-8 or GBK.
//!
//! Stars 1..5; times are Beijing time; `afterUserComment` becomes a record of its own that follows the first;
//! the shop's replies become turns of the agent. Order number 0 means none.

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::STARS;
use crate::channel::parse::record::{follow_up, keep};
use crate::channel::parse::text::{Word, attributes};
use crate::channel::parse::time::BEIJING;
use crate::error::Result;
use crate::feedback::schema::nullable;
use crate::feedback::{
    Attachment, Channel, Customer, Extra, Feedback, FeedbackBuilder, Role, Source, Turn, Votes,
};
use serde::Deserialize;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "jd",
    source: Source::JD,
    paths: Paths { items: &["comments", "imgComments/imgList"], sides: &[] },
    marks: &[
        &["creationTime", "referenceId", "score"],
        &["productCommentSummary", "comments"],
        &["creationTime", "content", "score", "nickname"],
    ],
    offset: BEIJING,
    item,
};

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase", expecting = "an object")]
struct Comment {
    #[serde(rename = "commentVo")]
    inner: Option<Box<Comment>>,
    id: Word,
    guid: Word,
    title: Word,
    content: Word,
    creation_time: Word,
    score: Word,
    reference_id: Word,
    reference_name: Word,
    after_days: Word,
    #[serde(rename = "afterUserComment")]
    after: Option<After>,
    nickname: Word,
    user_province: Word,
    user_level_name: Word,
    user_client_show: Word,
    product_color: Word,
    product_size: Word,
    order_id: Word,
    useful_vote_count: Word,
    useless_vote_count: Word,
    #[serde(deserialize_with = "nullable")]
    images: Vec<Image>,
    #[serde(deserialize_with = "nullable")]
    replies: Vec<Reply>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// The later comment: its words alone, or an object that nests them.
#[derive(Deserialize)]
#[serde(untagged)]
enum After {
    Object(Later),
    Words(Word),
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Later {
    content: Word,
    #[serde(rename = "hAfterUserComment")]
    inner: Option<Box<Later>>,
    #[serde(alias = "creationTime")]
    created: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Image {
    img_url: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Reply {
    content: Word,
    creation_time: Word,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let mut comment: Comment = item.parse()?;
    if let Some(inner) = comment.inner.take() {
        let around = comment.rest;
        comment = *inner;
        comment.rest.extend(around);
    }
    let after = comment.after.take().map(After::words);
    let days = comment.after_days.clone();
    let mut extra = Extra::default();
    keep(&mut extra, std::mem::take(&mut comment.rest));
    let id = comment.id.clone().or(comment.guid.clone());
    let builder = item.builder(id.into_option()).channel(Channel::REVIEW);
    let builder = item.clock.stamp(builder, comment.creation_time.as_deref(), None, &mut extra);
    let first = comment.fill(item, builder)?.extra(extra).build()?;
    if let Some((Some(words), created)) = after.map(|(words, created)| (words.into_option(), created)) {
        let mut extra = Extra::default();
        let later = follow_up(item.builder(Some(format!("{}:append", first.id()))), &first);
        let later = item.clock.stamp(later, created.as_deref(), None, &mut extra);
        let later = attributes(later, [("after_days", days)]).text(words).extra(extra).build()?;
        out.extend([first, later]);
    } else {
        out.push(first);
    }
    Ok(())
}

impl Comment {
    fn fill(self, item: &Item<'_>, builder: FeedbackBuilder) -> Result<FeedbackBuilder> {
        let mut builder = STARS.set(builder, &self.score)?;
        for reply in self.replies {
            let at = reply.creation_time.as_deref().and_then(|at| item.clock.read(at).ok());
            if let Some(text) = reply.content.into_option() {
                builder = builder.turn(Turn { role: Role::Agent, at, text, ..Turn::default() });
            }
        }
        let pictures = self.images.into_iter().filter_map(|image| image.img_url.into_option());
        let order = self.order_id.into_option().filter(|order| order != "0");
        let builder = builder
            .title(self.title.text())
            .text(self.content.text())
            .customer(Customer { name: self.nickname.into_option(), ..Customer::default() })
            .product(self.reference_name.or(self.reference_id.clone()).text())
            .order(order.unwrap_or_default())
            .region(self.user_province.text())
            .votes(Votes { up: self.useful_vote_count.count(), down: self.useless_vote_count.count() })
            .attachments(pictures.map(|url| Attachment { kind: "image".to_owned(), url }).collect());
        let more = [
            ("sku", self.reference_id),
            ("color", self.product_color),
            ("size", self.product_size),
            ("user_level", self.user_level_name),
            ("client", self.user_client_show),
        ];
        Ok(attributes(builder, more))
    }
}

impl After {
    /// The words and when they were written.
    fn words(self) -> (Word, Word) {
        match self {
            Self::Words(words) => (words, Word::default()),
            Self::Object(later) => {
                let inner = later.inner.map(|inner| *inner).unwrap_or_default();
                (later.content.or(inner.content), later.created.or(inner.created))
            }
        }
    }
}
