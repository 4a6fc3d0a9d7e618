//! The numbers of an aggregate.

use super::{Basis, Confidence, Estimate, Impact, Quote, ScaleMean, Scope, Trend};
use crate::annotate::SeverityLevel;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

/// The numbers of an [`Aggregate`](super::Aggregate): satisfaction, and every topic in every scope.
///
/// ```
/// use candor::metrics::{Aggregate, SummaryOptions};
/// let summary = Aggregate::new().summary(&SummaryOptions::default());
/// assert!(summary.topics.is_empty() && summary.satisfaction.rating.is_none());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Summary {
    /// First and last day with items; `None` when no item has a date.
    pub period: Option<(Date, Date)>,
    /// End of the last trend window, or the newest item.
    pub now: Option<Timestamp>,
    /// Items.
    pub items: u64,
    /// Distinct customers; an item without customer id is its own customer.
    pub customers: u64,
    /// How satisfied they are.
    pub satisfaction: Satisfaction,
    /// The score that impacts are measured on.
    pub basis: Option<Basis>,
    /// Days in each of the two trend windows; 0 when the data cover no two windows.
    pub window_days: u32,
    /// Topics with a problem in at least one item, first without scope, then by scope; sorted.
    pub topics: Vec<TopicSummary>,
    /// Everything in each scope; sorted.
    pub scopes: Vec<ScopeSummary>,
    /// Engines whose verdicts were counted.
    pub fingerprints: Vec<String>,
    /// Confidence of all intervals.
    #[serde(skip)]
    pub confidence: Confidence,
}

impl Summary {
    /// Whether verdicts of different engines were counted together, so that changes may come from the engine.
    pub fn is_mixed(&self) -> bool {
        self.fingerprints.len() > 1
    }

    /// A topic over all items, or in one scope.
    pub fn topic(&self, topic: &str, scope: Option<&Scope>) -> Option<&TopicSummary> {
        let found =
            self.topics.binary_search_by(|row| (row.scope.as_ref(), row.topic.as_str()).cmp(&(scope, topic)));
        found.ok().and_then(|index| self.topics.get(index))
    }
}

/// Satisfaction and loyalty; `None` where nobody was asked.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Satisfaction {
    /// Mean of star ratings, on 1..5.
    pub rating: Option<Estimate>,
    /// Share of satisfied answers, 0..1.
    pub csat: Option<Estimate>,
    /// Net Promoter Score, −100..100 points.
    pub nps: Option<Estimate>,
    /// Mean sentiment score of the items with a verdict, −1..1.
    pub sentiment: Option<Estimate>,
    /// Customer Effort Score for each scale in use.
    pub ces: Vec<ScaleMean>,
    /// Ordinal ratings and those of unknown kind, for each scale in use.
    pub others: Vec<ScaleMean>,
}

/// All items of one scope.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ScopeSummary {
    /// The scope.
    pub scope: Scope,
    /// Its items.
    pub items: u64,
    /// Its distinct customers.
    pub customers: u64,
    /// How satisfied they are.
    pub satisfaction: Satisfaction,
}

/// The items that have a problem with one topic, over all or in one scope.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TopicSummary {
    /// Path of the topic.
    pub topic: String,
    /// The scope; `None` over all items.
    pub scope: Option<Scope>,
    /// Items with a problem.
    pub items: u64,
    /// Items that praise the topic.
    pub positive: u64,
    /// Distinct customers with a problem.
    pub customers: u64,
    /// Share of them among the customers of the scope.
    pub share: Estimate,
    /// Share of them among all customers.
    pub reach: Estimate,
    /// Mean severity score of the items, 0..1.
    pub severity: Estimate,
    /// The worst severity among the items.
    pub worst: SeverityLevel,
    /// Last window against the previous one, within the scope.
    pub trend: Trend,
    /// What these items cost the score of all items.
    pub impact: Option<Impact>,
    /// Newest of the items.
    pub newest: Option<Timestamp>,
    /// Up to five examples, the worst first. Five are kept over all time: a summary of a period shows those of
    /// them that fall into it.
    pub quotes: Vec<Quote>,
}
