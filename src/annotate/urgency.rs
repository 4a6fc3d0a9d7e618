//! Urgency: how soon somebody must act.

use super::cue::Cues;
use super::insight::Insight;
use super::label::{Intent, SeverityLevel, Urgency};

/// Weight at which a cue decides.
const DECIDES: f32 = 0.5;

/// Decides by the customer's own words, then by severity and by what is wanted.
pub(crate) fn urgency(insight: &mut Insight, cues: &Cues) {
    let [immediate, high] = cues.urgency;
    let level = insight.severity.level;
    let wants = [Intent::Complaint, Intent::Request, Intent::Question, Intent::Problem, Intent::Churn];
    insight.urgency =
        if level == SeverityLevel::Critical || (immediate >= DECIDES && level >= SeverityLevel::Minor) {
            Urgency::Immediate
        } else if level == SeverityLevel::Major || immediate >= DECIDES || high >= DECIDES {
            Urgency::High
        } else if level >= SeverityLevel::Minor || wants.iter().any(|i| insight.intents.contains(*i)) {
            Urgency::Normal
        } else {
            Urgency::Low
        };
}
