//! The public App Store: the customer reviews of its RSS feed, as JSON and as XML, and the reviews of common
//! collectors.
//!
//! The first entry of a feed may be the app itself, which is no review. The reviewer's address names the country
//! and a stable number, the related link the app; helpful votes are a sum out of a count.

#[cfg(feature = "xml")]
mod xml;

use crate::channel::parse::collected;
use crate::channel::parse::envelope::{Envelope, Item};
use crate::channel::parse::forms::Forms;
use crate::channel::parse::json::Paths;
use crate::channel::parse::rating::STARS;
use crate::channel::parse::record::keep;
use crate::channel::parse::text::{Word, attributes};
use crate::channel::parse::time::Clock;
use crate::error::Result;
use crate::feedback::{Channel, Customer, Extra, Feedback, FeedbackBuilder, Format, Source, Votes};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

pub(super) static ADAPTER: Forms = Forms {
    name: "app_store",
    all: &[
        &JSON,
        #[cfg(feature = "xml")]
        &xml::XML,
    ],
};

static JSON: Envelope = Envelope {
    name: "app_store",
    source: Source::APP_STORE,
    paths: Paths { items: &["feed/entry", collected::PATH], sides: &[] },
    marks: &[
        &["feed", "entry", "im:rating"],
        &["im:version", "im:rating"],
        &["per_date_reviews", "store", "version", "review_id"],
    ],
    offset: None,
    item,
};

/// One entry, in the words of the feed.
#[derive(Default)]
struct Entry {
    id: Word,
    title: Word,
    content: Word,
    html: bool,
    rating: Word,
    version: Word,
    author: Word,
    /// `https://itunes.apple.com/jp/reviews/id638572168`.
    author_uri: Word,
    updated: Word,
    vote_sum: Word,
    vote_count: Word,
    /// `https://itunes.apple.com/jp/review?id=1404176564&type=Purple%20Software`.
    link: Word,
    rest: Map<String, Value>,
}

/// What only reviews of collectors have.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Flat {
    review_id: Word,
}

/// How the JSON wraps every value.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Wrapped {
    id: Label,
    title: Label,
    content: Label,
    #[serde(rename = "im:rating")]
    rating: Label,
    #[serde(rename = "im:version")]
    version: Label,
    author: Author,
    updated: Label,
    #[serde(rename = "im:voteSum")]
    vote_sum: Label,
    #[serde(rename = "im:voteCount")]
    vote_count: Label,
    link: Value,
    /// Present in every entry and always `Application`.
    #[serde(rename = "im:contentType")]
    _content_type: IgnoredAny,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object with a label")]
struct Label {
    label: Word,
    attributes: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Author {
    name: Label,
    uri: Label,
}

fn item(item: &Item<'_>, out: &mut Vec<Feedback>) -> Result<()> {
    if item.parse::<Flat>()?.review_id.is_some() {
        out.push(collected::item(item)?);
        return Ok(());
    }
    let entry = Entry::from(item.parse::<Wrapped>()?);
    // The app itself.
    if !entry.rating.is_some() && entry.rest.keys().any(|name| name.starts_with("im:")) {
        return Ok(());
    }
    let builder = item.builder(entry.id.clone().into_option());
    out.push(entry.record(builder, item.clock)?);
    Ok(())
}

impl Entry {
    /// The record of an entry, whatever form it came in.
    fn record(self, builder: FeedbackBuilder, clock: &Clock) -> Result<Feedback> {
        let mut extra = Extra::default();
        let builder = clock.stamp(builder, self.updated.as_deref(), None, &mut extra);
        let (sum, count) = (self.vote_sum.count(), self.vote_count.count());
        let (country, reviewer) = place(self.author_uri.as_deref().unwrap_or_default());
        let app = self.link.as_deref().and_then(app).unwrap_or_default();
        let builder = STARS
            .set(builder, &self.rating)
            .map_err(|e| e.at_path("/im:rating"))?
            .channel(Channel::REVIEW)
            .title(self.title.text())
            .text(self.content.text())
            .format(if self.html { Format::Html } else { Format::Plain })
            .customer(Customer {
                id: reviewer.map(str::to_owned),
                name: self.author.into_option(),
                ..Customer::default()
            })
            .region(country.unwrap_or_default())
            .product(app)
            .votes(Votes { up: sum, down: count.saturating_sub(sum) });
        keep(&mut extra, self.rest);
        attributes(builder, [("app_version", self.version)]).extra(extra).build()
    }
}

impl From<Wrapped> for Entry {
    fn from(wrapped: Wrapped) -> Self {
        let html = wrapped.content.attributes.get("type").is_some_and(|kind| kind == "html");
        Self {
            id: wrapped.id.label,
            title: wrapped.title.label,
            content: wrapped.content.label,
            html,
            rating: wrapped.rating.label,
            version: wrapped.version.label,
            author: wrapped.author.name.label,
            author_uri: wrapped.author.uri.label,
            updated: wrapped.updated.label,
            vote_sum: wrapped.vote_sum.label,
            vote_count: wrapped.vote_count.label,
            link: related(&wrapped.link),
            rest: wrapped.rest,
        }
    }
}

/// The address of a link, or of the related one of several.
fn related(link: &Value) -> Word {
    let told = |link: &Value, name| link.pointer(name).and_then(Value::as_str).map(Word::from);
    let address = match link {
        Value::Array(all) => {
            let related = |link: &&Value| told(link, "/attributes/rel") == Some(Word::from("related"));
            all.iter().find(related).and_then(|link| told(link, "/attributes/href"))
        }
        one => told(one, "/attributes/href"),
    };
    address.unwrap_or_default()
}

/// Country and number of the reviewer.
fn place(uri: &str) -> (Option<&str>, Option<&str>) {
    let mut steps = uri.split('/').skip(3);
    let country = steps.next().filter(|step| step.len() == 2);
    (country, steps.last().and_then(|step| step.strip_prefix("id")))
}

/// The number of the app in `…/review?id=1404176564&type=…`.
fn app(link: &str) -> Option<&str> {
    let (_, query) = link.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix("id="))
}
