//! The wire form of a report: what `to_json` writes, field by field.

use crate::annotate::SeverityLevel;
use crate::case::{RemedyKind, Step};
use crate::feedback::RatingKind;
use crate::metrics::{Basis, Direction, Estimate};
use crate::priority::TermName;
use crate::report::ReadCounts;
use crate::sla::Measure;
use crate::taxonomy::ComplaintClass;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// A finished report; numbers are rounded to four decimals.
///
/// ```
/// use candor::metrics::{Aggregate, SummaryOptions};
/// use candor::priority::Model;
/// use candor::report::Report;
/// let summary = Aggregate::new().summary(&SummaryOptions::default());
/// let ranked = Model::builtin()?.rank(&summary);
/// let report = Report::builder(&summary, &ranked).build(str::to_owned);
/// assert!(report.to_json().starts_with("{\n  \"schema\": 1,"));
/// assert!(report.to_markdown().starts_with("# Customer feedback"));
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    pub(super) schema: u32,
    pub(super) read: ReadCounts,
    pub(super) period: Period,
    pub(super) fingerprints: Vec<String>,
    pub(super) satisfaction: Satisfaction,
    pub(super) issues: Vec<Issue>,
    pub(super) alerts: Vec<Alert>,
    pub(super) cases: Vec<Case>,
    pub(super) drivers: Vec<Driver>,
    pub(super) themes: Vec<Theme>,
}

impl Report {
    /// The report as JSON, indented.
    pub fn to_json(&self) -> String {
        // INVARIANT: the form has string keys only and no serializer of its own, so writing cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Period {
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
}

/// An estimate, rounded.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(super) struct Number {
    pub(super) value: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) n: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(super) struct Scaled {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<RatingKind>,
    #[serde(flatten)]
    pub(super) number: Number,
    pub(super) min: f64,
    pub(super) max: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Satisfaction {
    pub(super) rating: Option<Scaled>,
    pub(super) csat: Option<Number>,
    pub(super) nps: Option<Number>,
    pub(super) sentiment: Option<Number>,
    pub(super) ces: Vec<Scaled>,
    pub(super) others: Vec<Scaled>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Issue {
    pub(super) rank: usize,
    pub(super) topic: String,
    /// English and Chinese name, when the taxonomy knows the topic.
    pub(super) name: Option<Name>,
    pub(super) scope: BTreeMap<String, String>,
    pub(super) items: u64,
    pub(super) customers: u64,
    pub(super) share: Number,
    pub(super) severity: f64,
    pub(super) trend: Trend,
    pub(super) impact: Option<Impact>,
    pub(super) priority: Priority,
    pub(super) quotes: Vec<Quote>,
    pub(super) department: Option<String>,
    pub(super) complaint_class: ComplaintClass,
    pub(super) due: Option<Timestamp>,
    pub(super) remedies: Vec<Remedy>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Name {
    pub(super) en: String,
    pub(super) zh: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Trend {
    pub(super) direction: Direction,
    pub(super) change: Option<f64>,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) q: Option<f64>,
    pub(super) last: u64,
    pub(super) previous: u64,
    pub(super) window_days: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Impact {
    pub(super) on: Basis,
    pub(super) value: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) n: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Priority {
    pub(super) score: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    /// Probability that no other issue scores higher.
    pub(super) first: f64,
    pub(super) terms: Vec<Term>,
    #[serde(rename = "override")]
    pub(super) override_reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Term {
    pub(super) name: TermName,
    pub(super) value: f64,
    pub(super) weight: f64,
    pub(super) contribution: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Quote {
    pub(super) id: String,
    pub(super) source: String,
    pub(super) text: String,
    pub(super) field: String,
    pub(super) start: u32,
    pub(super) end: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Remedy {
    pub(super) id: String,
    pub(super) kind: RemedyKind,
    pub(super) en: String,
    pub(super) zh: String,
}

/// An issue that must not wait for its place in the ranking.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Alert {
    pub(super) reason: String,
    pub(super) rank: usize,
    pub(super) topic: String,
    pub(super) scope: BTreeMap<String, String>,
    pub(super) customers: u64,
    pub(super) severity: SeverityLevel,
    pub(super) department: Option<String>,
    pub(super) due: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Case {
    pub(super) id: String,
    pub(super) step: Step,
    pub(super) complaint_class: ComplaintClass,
    pub(super) department: String,
    pub(super) severity: SeverityLevel,
    pub(super) topics: Vec<String>,
    pub(super) opened: Timestamp,
    pub(super) due: BTreeMap<Measure, Option<Timestamp>>,
    pub(super) remedies: Vec<String>,
}

/// How a topic or an aspect goes along with the score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Driver {
    /// `topic` or `aspect`.
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) on: Basis,
    /// Spearman's correlation with the score.
    pub(super) correlation: Number,
    /// After correction for the number of rows.
    pub(super) q: Option<f64>,
    /// The mean of the opinions, or of the ratings of the aspect.
    pub(super) mean: Number,
    /// Leave-one-out, of topics.
    pub(super) impact: Option<Impact>,
}

/// What no topic knows yet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Theme {
    pub(super) phrases: Vec<String>,
    pub(super) items: u64,
    pub(super) customers: u64,
    pub(super) z: f64,
    pub(super) q: f64,
    pub(super) quotes: Vec<Quote>,
}

impl From<&Estimate> for Number {
    fn from(estimate: &Estimate) -> Self {
        Self {
            value: round(estimate.value),
            low: round(estimate.low),
            high: round(estimate.high),
            n: estimate.n,
        }
    }
}

/// Four decimals, and no negative zero.
pub(super) fn round(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0 + 0.0
}
