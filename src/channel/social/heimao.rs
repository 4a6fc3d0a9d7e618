//! Heimao (黑猫投诉): complaints of the public feed, and as collectors keep them.
//!
//! What is demanded (投诉要求) is an answer of its own; whom the complaint is about (投诉对象) is the store.
//! Collectors keep the whole card as title: day, title, words, object and demand are taken apart again.

use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::json::Paths;
use crate::channel::parse::record::keep;
use crate::channel::parse::text::{Word, attributes, plain};
use crate::channel::parse::time::BEIJING;
use crate::error::Result;
use crate::feedback::{
    Channel, Customer, Extra, Feedback, FeedbackBuilder, Format, Role, Source, Turn, Votes,
};
use serde::Deserialize;
use serde_json::{Map, Value};

/// What the customer demands, as the form asks for it.
const DEMAND: &str = "投诉要求";
const OBJECT: &str = "投诉对象";
const PROBLEM: &str = "投诉问题";

pub(super) static ADAPTER: Envelope = Envelope {
    name: "heimao",
    source: Source::HEIMAO,
    paths: Paths {
        items: &["result/data/lists", "result/data/complaints", "data/lists", "lists"],
        sides: &[],
    },
    marks: &[
        &["main", "cotitle", "appeal"],
        &["cotitle", "appeal", "sn"],
        &["complaint_claim", "complaint_obj"],
        &["href", "keyword"],
    ],
    offset: BEIJING,
    item,
};

/// An entry of the feed, or a complaint alone.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Entry {
    main: Option<Complaint>,
    author: Value,
}

/// The fields of all shapes.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Complaint {
    sn: Word,
    id: Word,
    title: Word,
    content: Word,
    summary: Word,
    appeal: Word,
    #[serde(rename = "complaint_claim")]
    claim: Word,
    cotitle: Word,
    #[serde(rename = "complaint_obj")]
    object: Word,
    issue: Word,
    time: Word,
    exist_date: Word,
    timestamp: Word,
    time_stamp: Word,
    url: Word,
    href: Word,
    uid: Word,
    status: Word,
    cost: Word,
    upvote_amount: Word,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// A card taken apart.
#[derive(Default)]
struct Parts {
    day: Word,
    title: Word,
    text: Word,
    object: Word,
    demand: Word,
    problem: Word,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    let entry: Entry = item.parse()?;
    let complaint = match entry.main {
        Some(complaint) => complaint,
        None => item.parse()?,
    };
    let parts = Parts::of(complaint.title.as_deref().unwrap_or_default());
    let number = complaint.sn.clone().or(complaint.number()).or(complaint.id.clone());
    let mut extra = Extra::default();
    let builder = item.builder(number.into_option()).channel(Channel::COMMUNITY);
    let seconds = complaint.timestamp.clone().or(complaint.time_stamp.clone());
    let at = seconds.or(complaint.exist_date.clone()).or(complaint.time.clone()).or(parts.day.clone());
    let builder = item.clock.stamp(builder, at.as_deref(), None, &mut extra);
    out.push(complaint.fill(parts, &entry.author, builder, extra)?);
    Ok(())
}

impl Parts {
    /// `DAY 于黑猫投诉平台发起`, the title, the words, and lines that begin with the name of a field.
    fn of(card: &str) -> Self {
        let mut parts = Self::default();
        let mut words = Vec::new();
        for (number, line) in card.lines().enumerate() {
            let field = |name: &str| line.trim().strip_prefix('[')?.strip_prefix(name)?.strip_prefix(']');
            if let Some((day, _)) = line.split_once("于黑猫投诉平台发起").filter(|_| number == 0) {
                parts.day = Word::from(day.trim());
            } else if let Some(object) = field(OBJECT) {
                parts.object = Word::from(object.trim());
            } else if let Some(demand) = field(DEMAND) {
                parts.demand = Word::from(demand.trim());
            } else if let Some(problem) = field(PROBLEM) {
                parts.problem = Word::from(problem.trim());
            } else if !parts.title.is_some() {
                parts.title = Word::from(line.trim());
            } else {
                words.push(line);
            }
        }
        parts.text = Word::from(words.join("\n").trim());
        parts
    }
}

impl Complaint {
    /// The number in the address: `…/complaint/view/17390000001/`.
    fn number(&self) -> Word {
        let view = self.url.as_deref().or(self.href.as_deref()).and_then(|url| url.split_once("/view/"));
        let number = |rest: &str| rest.chars().take_while(char::is_ascii_digit).collect::<String>();
        Word::from(view.map(|(_, rest)| number(rest)).unwrap_or_default().as_str())
    }

    fn fill(
        self,
        parts: Parts,
        author: &Value,
        builder: FeedbackBuilder,
        mut extra: Extra,
    ) -> Result<Feedback> {
        let text = self.content.or(self.summary).or(parts.text).text();
        // The name, or an object that holds it.
        let told = |field: &str| author.get(field).and_then(plain);
        // Hits of a search are marked in the feed.
        let format = if text.contains("</") { Format::Html } else { Format::Plain };
        let mut builder = builder
            .title(parts.title.text())
            .text(text)
            .format(format)
            .store(self.cotitle.or(self.object).or(parts.object).text())
            .votes(Votes { up: self.upvote_amount.count(), down: 0 })
            .customer(Customer {
                id: self.uid.into_option(),
                name: plain(author).or_else(|| told("title")),
                ..Customer::default()
            });
        if let Some(text) = self.appeal.or(self.claim).or(parts.demand).into_option() {
            let question = Some(DEMAND.to_owned());
            builder = builder.turn(Turn { role: Role::Customer, text, question, ..Turn::default() });
        }
        let builder = attributes(
            builder,
            [
                ("problem", self.issue.or(parts.problem)),
                ("status", self.status),
                ("cost", self.cost),
                ("url", self.url.or(self.href)),
                ("author_gender", Word::from(told("gender").unwrap_or_default().as_str())),
            ],
        );
        keep(&mut extra, self.rest);
        builder.extra(extra).build()
    }
}
