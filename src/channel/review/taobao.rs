//! Taobao and Tmall: `taobao.traderates.get`, the Tmall feed, and the rate list of the mobile pages.
//!
//! What sellers write about buyers is no feedback and is set aside. Good, neutral and bad become the levels
//! 3, 2, 1; times are Beijing time; the seller's answer becomes a turn of the agent; an appended review (追评)
//! becomes a record of its own that follows the first.

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::level;
use crate::channel::parse::record::{follow_up, keep};
use crate::channel::parse::text::{Word, attributes};
use crate::channel::parse::time::BEIJING;
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::schema::nullable;
use crate::feedback::{
    Attachment, Channel, Customer, Extra, Feedback, FeedbackBuilder, Rating, Role, Source, Turn,
};
use serde::Deserialize;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Envelope = Envelope {
    name: "taobao",
    source: Source::TAOBAO,
    paths: Paths {
        items: &[
            "traderates_get_response/trade_rates/trade_rate",
            "traderates_get_response/trade_rates",
            "trade_rates/trade_rate",
            "trade_rates",
            "tmall_traderate_feeds_get_response/tmall_rate_info",
            "data/rateList",
            "rateDetail/rateList",
            "rateList",
        ],
        sides: &[],
    },
    marks: &[
        &["traderates_get_response"],
        &["tmall_traderate_feeds_get_response"],
        &["rated_nick", "result", "tid"],
        &["oid", "result", "num_iid", "content"],
        &["feedback", "feedbackDate", "auctionNumId"],
    ],
    offset: BEIJING,
    item,
};

/// The fields of all shapes; `alias` joins those that mean the same.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Rate {
    id: Word,
    oid: Word,
    tid: Word,
    #[serde(alias = "feedback")]
    content: Word,
    #[serde(alias = "feedbackDate", alias = "comment_time")]
    created: Word,
    result: Word,
    #[serde(rename = "rateType")]
    level: Word,
    role: Word,
    #[serde(alias = "userNick")]
    nick: Word,
    #[serde(alias = "userMark")]
    ouid: Word,
    rated_nick: Word,
    item_title: Word,
    #[serde(alias = "auctionNumId")]
    num_iid: Word,
    reply: Word,
    append_content: Word,
    append_time: Word,
    #[serde(rename = "appendedFeed")]
    appended_feed: Option<Appended>,
    #[serde(rename = "feedPicPathList", deserialize_with = "nullable")]
    pictures: Vec<String>,
    #[serde(deserialize_with = "nullable")]
    tags: Vec<Tag>,
    logistics_service_score: Word,
    item_price: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Appended {
    #[serde(rename = "appendedFeedback", alias = "feedback", alias = "content")]
    content: Word,
    #[serde(rename = "appendedFeedbackDate", alias = "feedbackDate", alias = "date")]
    date: Word,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Tag {
    tag_name: Word,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let mut rate: Rate = item.parse()?;
    if rate.role.as_deref() == Some("seller") {
        let message = "what a seller writes about a buyer is no feedback";
        return Err(Error::new(ErrorKind::NotFeedback, message).at_path("/role"));
    }
    let appended = rate.appended_feed.take().unwrap_or_default();
    let append =
        (rate.append_content.clone().or(appended.content), rate.append_time.clone().or(appended.date));
    // A sub-order has one review; a trade may have several.
    let id = rate.id.clone().or(rate.oid.clone()).or(rate.tid.clone());
    let mut extra = Extra::default();
    keep(&mut extra, std::mem::take(&mut rate.rest));
    let builder = item.builder(id.into_option()).channel(Channel::REVIEW);
    let builder = item.clock.stamp(builder, rate.created.as_deref(), None, &mut extra);
    let first = rate.fill(builder)?.extra(extra).build()?;
    if let Some(words) = append.0.into_option() {
        let mut extra = Extra::default();
        let later = follow_up(item.builder(Some(format!("{}:append", first.id()))), &first);
        let later = item.clock.stamp(later, append.1.as_deref(), None, &mut extra);
        let later = later.text(words).extra(extra).build()?;
        out.extend([first, later]);
    } else {
        out.push(first);
    }
    Ok(())
}

impl Rate {
    fn fill(self, mut builder: FeedbackBuilder) -> Result<FeedbackBuilder> {
        if let Some(rating) = self.rating()? {
            builder = builder.rating(rating);
        }
        if let Some(text) = self.reply.into_option() {
            builder = builder.turn(Turn { role: Role::Agent, text, ..Turn::default() });
        }
        let pictures = self.pictures.into_iter().map(|url| Attachment { kind: "image".to_owned(), url });
        let builder = builder
            .text(self.content.text())
            .customer(Customer {
                id: self.ouid.into_option(),
                name: self.nick.into_option(),
                ..Customer::default()
            })
            .product(self.item_title.or(self.num_iid.clone()).text())
            .order(self.tid.text())
            .store(self.rated_nick.text())
            .attachments(pictures.collect())
            .tags(self.tags.into_iter().filter_map(|tag| tag.tag_name.into_option()).collect());
        let more = [
            ("num_iid", self.num_iid),
            ("item_price", self.item_price),
            ("logistics_service_score", self.logistics_service_score),
        ];
        Ok(attributes(builder, more))
    }

    /// `result` is a word, `rateType` of the pages a number.
    fn rating(&self) -> Result<Option<Rating>> {
        let word = match self.level.as_deref() {
            Some("1") => Some("good"),
            Some("0") => Some("neutral"),
            Some("-1") => Some("bad"),
            _ => None,
        };
        let Some(word) = self.result.as_deref().or(word) else { return Ok(None) };
        level(word).transpose()?.map(Some).ok_or_else(|| {
            let message = format!("result \"{word}\" is none of good, neutral, bad");
            Error::new(ErrorKind::Unknown, message).at_path("/result")
        })
    }
}
