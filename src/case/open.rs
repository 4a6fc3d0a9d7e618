//! Opening a case: what is known when the complaint comes in.

use crate::annotate::{Insight, SeverityLevel, Urgency};
use crate::feedback::Feedback;
use crate::sla::{Measure, Policy, Target};
use crate::taxonomy::{ComplaintClass, TopicId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Department of a complaint whose topic is not known.
const RECEPTION: &str = "service";

/// What was known of a complaint when its case was opened; never changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Opening {
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
    /// Words and pairs of the complaint, without numbers; for finding similar cases.
    pub words: BTreeSet<String>,
}

impl Opening {
    pub(super) fn of(feedback: &Feedback, insight: &Insight, policy: &Policy, at: Timestamp) -> Self {
        let problems = problems(insight);
        let topic = problems.first().and_then(|id| insight.taxonomy().topic(*id));
        let class = topic.map_or(ComplaintClass::Other, crate::taxonomy::Topic::complaint_class);
        let severity = insight.severity().level;
        Self {
            feedback: feedback.id().to_owned(),
            source: feedback.source().as_str().to_owned(),
            at,
            topics: problems.iter().map(|id| insight.path(*id).to_owned()).collect(),
            class,
            department: topic.map_or(RECEPTION, |t| t.department()).to_owned(),
            severity,
            urgency: insight.urgency(),
            targets: Measure::ALL.iter().filter_map(|m| policy.target(*m, class, severity)).collect(),
            words: super::similar::words(feedback),
        }
    }
}

/// Topics with a problem, by weight of the topic times strength of the complaint; the first mentioned of equals.
fn problems(insight: &Insight) -> Vec<TopicId> {
    let weight = |id: TopicId| {
        let strength = insight.topics().iter().find(|t| t.topic == id).map_or(0.0, |t| t.score.abs());
        insight.taxonomy().topic(id).map_or(0.0, crate::taxonomy::Topic::severity) * strength
    };
    let mut problems: Vec<TopicId> =
        crate::metrics::stances(insight).filter(|s| s.negative).map(|s| s.topic).collect();
    problems.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)));
    problems
}
