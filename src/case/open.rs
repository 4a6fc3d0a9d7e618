//! Opening a case: what is known when the complaint comes in.

use super::Triage;
use crate::feedback::Feedback;
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
    /// What the item became: topics, class, department, severity, urgency, targets; the case was opened then.
    #[serde(flatten)]
    pub triage: Triage,
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
    pub(super) fn of(feedback: &Feedback, triage: Triage) -> Self {
        let (source, id) = (feedback.source().as_str(), feedback.id());
        Self {
            id: format!("{source}/{id}"),
            feedback: id.to_owned(),
            source: source.to_owned(),
            triage,
            product: feedback.scope("product").map(str::to_owned),
            segment: feedback.customer().segment.clone(),
            words: super::words::words(feedback),
        }
    }
}
