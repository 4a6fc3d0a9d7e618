//! The counts of one topic in one scope in one time bucket.

use super::stance::Stance;
use super::{Levels, Moments, hash};
use crate::annotate::{Insight, Polarity, SeverityLevel};
use crate::feedback::Feedback;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Counts of the items that have a problem with a topic, or of all items when the cell has no topic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Cell {
    /// Items that count here.
    pub(super) items: u64,
    /// Items that praise the topic (or feel positive), whether or not they count here.
    pub(super) positive: u64,
    /// Hashes of the customers of the items that count here.
    pub(super) customers: BTreeSet<u64>,
    pub(super) severity: Moments,
    pub(super) worst: SeverityLevel,
    /// Scores of the items with a verdict.
    pub(super) sentiment: Moments,
    pub(super) ratings: Levels,
    pub(super) newest: Option<Timestamp>,
}

impl Default for Cell {
    fn default() -> Self {
        Self {
            items: 0,
            positive: 0,
            customers: BTreeSet::new(),
            severity: Moments::default(),
            worst: SeverityLevel::None,
            sentiment: Moments::default(),
            ratings: Levels::default(),
            newest: None,
        }
    }
}

impl Cell {
    /// Counts an item in the cell of all topics.
    pub(super) fn count(&mut self, feedback: &Feedback, insight: &Insight) {
        let positive = insight.sentiment().polarity == Polarity::Positive;
        self.positive += u64::from(positive && insight.abstained().is_none());
        self.add(feedback, insight);
    }

    /// Counts an item in the cell of one of its topics.
    pub(super) fn count_topic(&mut self, feedback: &Feedback, insight: &Insight, stance: Stance) {
        self.positive += u64::from(stance.positive);
        if stance.negative {
            self.add(feedback, insight);
        }
    }

    fn add(&mut self, feedback: &Feedback, insight: &Insight) {
        let (kind, id) = feedback.customer_key();
        self.items += 1;
        self.customers.insert(hash::stable(&[kind, id]));
        self.severity.add(f64::from(insight.severity().score), 1);
        self.worst = self.worst.max(insight.severity().level);
        if insight.abstained().is_none() {
            self.sentiment.add(f64::from(insight.sentiment().score), 1);
        }
        if let Some(rating) = feedback.rating() {
            self.ratings.add(rating);
        }
        self.newest = self.newest.max(feedback.created_at());
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.items += other.items;
        self.positive += other.positive;
        self.customers.extend(&other.customers);
        self.severity.merge(&other.severity);
        self.worst = self.worst.max(other.worst);
        self.sentiment.merge(&other.sentiment);
        self.ratings.merge(&other.ratings);
        self.newest = self.newest.max(other.newest);
    }
}
