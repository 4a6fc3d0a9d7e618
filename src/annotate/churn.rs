//! Churn risk: signs in the words that the customer leaves.

use super::cue::Cues;
use super::insight::Insight;
use super::label::Intent;

/// Risk from words alone, 0..1: what is said of leaving, then how bad it is; loyalty lowers it, but not that of a
/// customer who was loyal and is displeased enough to leave.
pub(crate) fn churn(insight: &mut Insight, cues: &Cues) {
    let said = 0.9 * cues.leaving;
    let score = insight.sentiment.score;
    let bad = 0.5 * insight.severity.score + 0.2 * (-score).max(0.0);
    let risk = 1.0 - (1.0 - said) * (1.0 - bad.clamp(0.0, 1.0));
    let staying = if score < 0.0 { cues.staying * (1.0 - cues.leaving) } else { cues.staying };
    insight.churn_risk = (risk * (1.0 - 0.8 * staying)).clamp(0.0, 1.0);
    if cues.leaving >= 0.5 {
        insight.intents.insert(Intent::Churn);
    }
}
