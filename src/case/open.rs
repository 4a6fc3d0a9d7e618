//! Opening a case: what is known when the complaint comes in.

use super::Triage;
use crate::annotate::{SeverityLevel, Urgency};
use crate::feedback::Feedback;
use crate::sla::Target;
use crate::taxonomy::ComplaintClass;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What was known of a complaint when its case was opened; never changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Opening {
    /// Id of the case: source and id of the feedback, `taobao/r-17`.
    pub id: String,
    /// Id of the feedback within its source.
    pub feedback: String,
    /// Vendor or system of the feedback.
    pub source: String,
    /// When the case was opened.
    pub at: Timestamp,
    /// Paths of the topics with a problem, the worst first.
    pub topics: Vec<String>,
    /// Class of the complaint, from the worst topic.
    pub class: ComplaintClass,
    /// Department that handles it, from the worst topic.
    pub department: String,
    /// How bad it is.
    pub severity: SeverityLevel,
    /// How soon somebody must act.
    pub urgency: Urgency,
    /// What has to be met.
    pub targets: Vec<Target>,
    /// The product it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Segment of the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
    /// Words and pairs of the complaint with their number, without digits; for finding similar cases.
    pub words: BTreeMap<String, u32>,
}

impl Opening {
    pub(super) fn of(feedback: &Feedback, triage: &Triage) -> Self {
        let (source, id) = (feedback.source().as_str(), feedback.id());
        Self {
            id: format!("{source}/{id}"),
            feedback: id.to_owned(),
            source: source.to_owned(),
            at: triage.at,
            topics: triage.topics.clone(),
            class: triage.class,
            department: triage.department.clone(),
            severity: triage.severity,
            urgency: triage.urgency,
            targets: triage.targets.clone(),
            product: feedback.scope("product").map(str::to_owned),
            segment: feedback.customer().segment.clone(),
            words: super::words::words(feedback),
        }
    }
}
