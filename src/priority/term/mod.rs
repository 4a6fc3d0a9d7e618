//! The terms of the score, one file each.

mod effort;
mod impact;
mod momentum;
mod reach;
mod severity;
mod sla;
mod value;

use super::Facts;
use crate::metrics::{Summary, TopicSummary};
use serde::{Deserialize, Serialize};

/// Name of a term.
///
/// ```
/// use candor::priority::TermName;
/// let names: Vec<_> = TermName::ALL.iter().map(|t| t.as_str()).collect();
/// assert_eq!(names, ["reach", "severity", "impact", "momentum", "value", "sla", "effort"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TermName {
    /// How many customers have the problem.
    Reach,
    /// How bad it is for them.
    Severity,
    /// What it costs the rating, NPS or CSAT.
    Impact,
    /// Whether it grows.
    Momentum,
    /// How much the customers who have it are worth.
    Value,
    /// How often its cases break their targets.
    Sla,
    /// How little work solving it takes.
    Effort,
}

impl TermName {
    /// All terms in order.
    pub const ALL: &'static [Self] =
        &[Self::Reach, Self::Severity, Self::Impact, Self::Momentum, Self::Value, Self::Sla, Self::Effort];

    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reach => "reach",
            Self::Severity => "severity",
            Self::Impact => "impact",
            Self::Momentum => "momentum",
            Self::Value => "value",
            Self::Sla => "sla",
            Self::Effort => "effort",
        }
    }

    /// The name read from the wire.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|term| term.as_str() == name)
    }

    /// The term of one issue; `None` when the data cannot know it for any issue.
    pub(super) fn measure(self, issue: &TopicSummary, summary: &Summary, facts: &Facts) -> Option<Measured> {
        let (topic, scope, confidence) = (&issue.topic, issue.scope.as_ref(), summary.confidence);
        match self {
            Self::Reach => Some(reach::measure(&issue.reach)),
            Self::Severity => Some(severity::measure(&issue.severity)),
            Self::Impact => summary.basis.map(|basis| impact::measure(basis, issue.impact.as_ref())),
            Self::Momentum => (summary.window_days > 0).then(|| momentum::measure(&issue.trend)),
            Self::Value => match facts.staked(topic, scope) {
                Some(part) => Some(value::stated(part)),
                None if facts.knows_stakes() => {
                    Some(facts.value(topic).map_or(UNKNOWN, |value| value::measure(value, confidence)))
                }
                None => facts.value(topic).map(|value| value::measure(value, confidence)),
            },
            Self::Sla => facts.broken(topic).map(|broken| sla::measure(broken, confidence)),
            Self::Effort => facts.knows_days().then(|| effort::measure(facts.days(topic, scope))),
        }
    }
}

/// A term of one issue, 0..1, with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The value that counts.
    pub value: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
}

/// A term that is known for other issues, not for this one.
const UNKNOWN: Measured = Measured { value: 0.0, low: 0.0, high: 1.0 };

/// A part of a whole on a log scale of three decades: 1 → 1, 0.1 → ⅔, 0.01 → ⅓, 0.001 and less → 0.
fn decades(part: f64) -> f64 {
    if part > 0.0 { (1.0 + part.log10() / 3.0).clamp(0.0, 1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_decades() {
        let values = [2.0, 1.0, 0.1, 0.01, 0.001, 0.0, -1.0].map(|p| (decades(p) * 3.0).round());
        assert_eq!(values, [3.0, 3.0, 2.0, 1.0, 0.0, 0.0, 0.0]);
    }
}
