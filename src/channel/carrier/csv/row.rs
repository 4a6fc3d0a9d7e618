//! One row as a record.

use super::header::Header;
use crate::channel::parse::rating::{CES, CSAT, NPS, STARS, unscaled};
use crate::channel::parse::record::{follow_up, pictures, reply};
use crate::channel::parse::table::Row;
use crate::channel::parse::text::{Word, addresses, count, flag, list};
use crate::channel::parse::time::Clock;
use crate::error::Result;
use crate::feedback::{
    AspectRating, Channel, Customer, Extra, Feedback, FeedbackBuilder, Moderation, Rating, Source,
    Touchpoint, Votes,
};

/// Every field a column can fill.
#[cfg(any(test, feature = "json"))]
pub(in crate::channel) const FIELDS: &[&str] = &[
    "agent",
    "append",
    "append_at",
    "ces",
    "channel",
    "courier",
    "created_at",
    "csat",
    "customer",
    "customer_id",
    "down",
    "email",
    "follow_up_of",
    "id",
    "incentivised",
    "language",
    "lifetime_value",
    "moderation",
    "nps",
    "order",
    "parent_id",
    "pictures",
    "product",
    "rating",
    "region",
    "reply",
    "reply_at",
    "score",
    "segment",
    "source",
    "store",
    "tags",
    "team",
    "text",
    "title",
    "touchpoint",
    "up",
    "updated_at",
    "verified",
];

/// The cells of a row by field.
struct Cells<'r> {
    header: &'r Header,
    row: &'r Row,
}

impl<'r> Cells<'r> {
    fn at(&self, column: usize) -> Option<&'r str> {
        let cell = self.row.cells.get(column)?;
        let bare = cell.trim();
        // What table tools write for "no value".
        let none =
            bare.is_empty() || ["nan", "null", "#n/a"].iter().any(|none| bare.eq_ignore_ascii_case(none));
        (!none).then_some(cell)
    }

    fn get(&self, field: &str) -> Option<&'r str> {
        self.at(self.header.find(field)?)
    }

    fn text(&self, field: &str) -> &'r str {
        self.get(field).unwrap_or_default()
    }

    fn owned(&self, field: &str) -> Option<String> {
        self.get(field).map(|cell| cell.trim().to_owned())
    }
}

/// The record of a row, and that of its appended review.
pub(super) fn read(header: &Header, row: &Row, source: &str, clock: &Clock) -> Result<Vec<Feedback>> {
    let cells = Cells { header, row };
    let id = format!("{source}:{}", row.place.line);
    records(&cells, id, clock, rest(&cells), |builder| rated(builder, &cells))
}

/// The same for another reader: `fallback` is the id of a row without one, `add` fills in what cells cannot say.
#[cfg(feature = "json")]
pub(in crate::channel) fn read_with(
    header: &Header,
    row: &Row,
    fallback: String,
    clock: &Clock,
    add: impl FnOnce(FeedbackBuilder) -> Result<FeedbackBuilder>,
) -> Result<Vec<Feedback>> {
    let cells = Cells { header, row };
    records(&cells, fallback, clock, rest(&cells), |builder| add(rated(builder, &cells)?))
}

fn records(
    cells: &Cells<'_>,
    fallback: String,
    clock: &Clock,
    mut extra: Extra,
    rated: impl FnOnce(FeedbackBuilder) -> Result<FeedbackBuilder>,
) -> Result<Vec<Feedback>> {
    let mut id = cells.owned("id");
    // A spreadsheet that wrote 5.70306E+17 has lost the id: many rows share that number.
    if let Some(lost) = id.take_if(|id| id.contains("E+") && id.parse::<f64>().is_ok()) {
        extra.insert("id", lost.into());
    }
    let generated = id.is_none();
    let builder = Feedback::builder(id.unwrap_or(fallback))
        .generated_id(generated)
        .source(cells.get("source").map_or(Source::CSV, Source::new));
    let builder = clock.stamp(builder, cells.get("created_at"), cells.get("updated_at"), &mut extra);
    let builder = words(scopes(rated(builder)?, cells), cells).customer(customer(cells));
    let builder = answer(builder, cells, clock, &mut extra).extra(extra);
    let Some(append) = cells.get("append") else { return Ok(vec![builder.build()?]) };
    // A row may hold nothing but the appended review.
    let Ok(first) = builder.clone().build() else { return Ok(vec![builder.text(append).build()?]) };
    let mut extra = Extra::default();
    let later = follow_up(Feedback::builder(format!("{}:append", first.id())), &first);
    let later = clock.stamp(later, cells.get("append_at"), None, &mut extra);
    let later = later.text(append).extra(extra).build()?;
    Ok(vec![first, later])
}

/// The first rating is that of the whole, others rate aspects named as their column.
fn rated(mut builder: FeedbackBuilder, cells: &Cells<'_>) -> Result<FeedbackBuilder> {
    let mut channel = Channel::REVIEW;
    let mut whole = None;
    let mut aspects = Vec::new();
    for (column, field) in cells.header.ratings() {
        let Some(cell) = cells.at(column) else { continue };
        let name = cells.header.name(column);
        let read = rating(field, cell).map_err(|e| e.at_path(name).at_column(column as u64 + 1))?;
        let Some(rating) = read else { continue };
        if whole.is_none() {
            whole = Some(rating);
            builder = builder.rating(rating);
        } else {
            aspects.push(AspectRating { aspect: name.to_owned(), rating });
        }
        if matches!(field, "nps" | "csat" | "ces") {
            channel = Channel::SURVEY;
        }
    }
    let channel = cells.get("channel").map_or(channel, Channel::new);
    Ok(builder.channel(channel).aspect_ratings(aspects))
}

fn rating(field: &str, cell: &str) -> Result<Option<Rating>> {
    match field {
        "rating" => STARS.read(cell),
        "nps" => NPS.read(cell),
        "csat" => CSAT.read(cell),
        "ces" => CES.read(cell),
        _ => unscaled(cell),
    }
}

fn scopes(builder: FeedbackBuilder, cells: &Cells<'_>) -> FeedbackBuilder {
    let trimmed = |field| cells.text(field).trim();
    let builder = builder
        .parent_id(trimmed("parent_id"))
        .follow_up_of(trimmed("follow_up_of"))
        .product(trimmed("product"))
        .order(trimmed("order"))
        .courier(trimmed("courier"))
        .region(trimmed("region"))
        .store(trimmed("store"))
        .agent(trimmed("agent"))
        .team(trimmed("team"))
        .language(trimmed("language"));
    match cells.get("touchpoint") {
        Some(name) => builder.touchpoint(Touchpoint::new(name)),
        None => builder,
    }
}

fn words(builder: FeedbackBuilder, cells: &Cells<'_>) -> FeedbackBuilder {
    let builder = builder
        .title(cells.text("title"))
        .text(cells.text("text"))
        .tags(list(cells.text("tags")))
        .votes(Votes { up: count(cells.text("up")), down: count(cells.text("down")) })
        .attachments(pictures(addresses(cells.text("pictures"))))
        .incentivised(cells.get("incentivised").and_then(flag).unwrap_or_default());
    match cells.get("moderation").map(str::trim) {
        Some(word) => builder.moderation(moderation(word)).attribute("moderation", word),
        None => builder,
    }
}

/// The shop's answer; a time that cannot be read is kept as it came.
fn answer(builder: FeedbackBuilder, cells: &Cells<'_>, clock: &Clock, extra: &mut Extra) -> FeedbackBuilder {
    let at = cells.get("reply_at");
    let instant = at.and_then(|at| clock.read(at).ok());
    if let (None, Some(words)) = (instant, at) {
        extra.insert("reply_at", words.into());
    }
    reply(builder, Word::from(cells.text("reply")), instant)
}

/// The state a word stands for; what it does not know counts as visible.
fn moderation(word: &str) -> Moderation {
    match word.to_ascii_lowercase().as_str() {
        "hidden" | "unpublished" | "disapproved" | "rejected" | "archived" => Moderation::Hidden,
        "spam" => Moderation::Spam,
        "deleted" | "removed" | "trash" => Moderation::Deleted,
        "pending" | "hold" | "not-yet" | "not yet" => Moderation::Pending,
        _ => Moderation::Published,
    }
}

fn customer(cells: &Cells<'_>) -> Customer {
    Customer {
        id: cells.owned("customer_id"),
        name: cells.owned("customer"),
        email: cells.owned("email"),
        segment: cells.owned("segment"),
        verified: cells.get("verified").and_then(flag),
        lifetime_value: cells.get("lifetime_value").and_then(|value| value.trim().parse().ok()),
        ..Customer::default()
    }
}

/// Cells that fill no field, under the names of their columns.
fn rest(cells: &Cells<'_>) -> Extra {
    let columns = cells.header.rest().iter();
    columns
        .filter_map(|column| {
            let name = Some(cells.header.name(*column)).filter(|name| !name.is_empty());
            Some((
                name.map_or_else(|| format!("column {}", column + 1), str::to_owned),
                cells.at(*column)?.into(),
            ))
        })
        .collect()
}
