//! What the three header rows tell of a column.

use jiff::tz::TimeZone;
use serde::Deserialize;
use std::collections::BTreeSet;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Id,
    Started,
    Ended,
    Recorded,
    Status,
    Language,
    /// A part of the customer, by the name it is known under.
    Customer(&'static str),
    /// A text entry.
    Words,
    /// A likelihood to recommend.
    Nps,
    /// Any other question.
    Question,
    /// What was sent along.
    Embedded,
    /// What the vendor adds.
    Other,
}

/// One column.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) question: String,
    pub(super) kind: Kind,
    zone: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Import {
    #[serde(rename = "ImportId")]
    id: String,
    #[serde(rename = "timeZone")]
    zone: Option<String>,
}

/// Whether a cell of the third row tells an id.
pub(super) fn is_import(cell: &str) -> bool {
    cell.trim_start().starts_with("{\"ImportId\":")
}

/// The columns of a table.
pub(super) fn read(names: &[String], questions: &[String], imports: &[String]) -> Vec<Column> {
    let imports: Vec<Import> =
        imports.iter().map(|cell| serde_json::from_str(cell).unwrap_or_default()).collect();
    let grouped: BTreeSet<&str> =
        imports.iter().filter_map(|import| import.id.strip_suffix("_NPS_GROUP")).collect();
    let column = |(at, name): (usize, &String)| {
        let import = imports.get(at);
        let id = import.map(|import| import.id.as_str()).unwrap_or_default();
        let kind = if grouped.contains(id) { Kind::Nps } else { kind(id, name) };
        let question = questions.get(at).map(|question| question.trim()).filter(|q| !q.is_empty());
        Column {
            name: name.trim().to_owned(),
            question: question.unwrap_or(name).to_owned(),
            kind,
            zone: import.and_then(|import| import.zone.clone()),
        }
    };
    names.iter().enumerate().map(column).collect()
}

fn kind(id: &str, name: &str) -> Kind {
    match id {
        "_recordId" => Kind::Id,
        "startDate" => Kind::Started,
        "endDate" => Kind::Ended,
        "recordedDate" => Kind::Recorded,
        "status" => Kind::Status,
        "userLanguage" => Kind::Language,
        "recipientFirstName" => Kind::Customer("first_name"),
        "recipientLastName" => Kind::Customer("last_name"),
        "recipientEmail" => Kind::Customer("email"),
        "externalDataReference" => Kind::Customer("customer_id"),
        "ipAddress"
        | "progress"
        | "duration"
        | "finished"
        | "locationLatitude"
        | "locationLongitude"
        | "distributionChannel" => Kind::Other,
        // Without an id the name has to do.
        "" if name.trim() == "ResponseId" => Kind::Id,
        _ if id.starts_with("QID") => match id {
            _ if id.ends_with("_TEXT") => Kind::Words,
            // Promoter groups and what text analysis found.
            _ if id.ends_with("_NPS_GROUP") || id.contains("_TEXT_") => Kind::Other,
            _ => Kind::Question,
        },
        _ => Kind::Embedded,
    }
}

impl Column {
    /// The zone of its times; nothing when it is named but not known.
    pub(super) fn zone(&self, default: &TimeZone) -> Option<TimeZone> {
        match self.zone.as_deref() {
            None => Some(default.clone()),
            Some("Z" | "UTC" | "GMT") => Some(TimeZone::UTC),
            Some(name) => TimeZone::get(name).ok(),
        }
    }
}
