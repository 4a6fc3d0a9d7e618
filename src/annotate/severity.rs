//! Severity: strength of what is said × consequence of what happened.

use super::constants::Severity as Constants;
use super::cue::Cues;
use super::insight::Insight;
use super::label::{Consequence, Hassle, Polarity, SeverityLevel};
use super::reason::{Reason, Severity};

/// Scores how bad it is: the base from words and topics, raised by the consequences named.
///
/// Consequences combine like independent chances, `1 - Π(1 - c)`, so each can only raise the score.
pub(crate) fn severity(insight: &mut Insight, cues: &Cues, constants: &Constants) {
    let negative = insight.sentiment.negative;
    let worst = insight
        .topics
        .iter()
        .filter(|t| t.mentions > 0 && (t.score < 0.0 || t.polarity == Polarity::Negative))
        .filter_map(|t| insight.catalog.taxonomy.topic(t.topic))
        .map(crate::taxonomy::Topic::severity)
        .fold(None, |a: Option<f32>, b| Some(a.map_or(b, |a| a.max(b))));
    if insight.sentiment.score >= 0.0 && worst.is_none() {
        return;
    }
    let base = constants.strength * negative + constants.topic * worst.unwrap_or(constants.no_topic);
    insight.consequences.extend(cues.severity.iter().flatten());
    let wait = insight.hassles.iter().find(|h| h.kind == Hassle::Wait);
    insight.consequences.extend(wait.map(|h| Reason {
        kind: Consequence::Time,
        field: h.field,
        span: h.span,
        weight: h.weight,
    }));
    let free = insight.consequences.iter().fold(1.0 - base.clamp(0.0, 1.0), |free, reason| {
        let share = if reason.kind == Consequence::Time { constants.time } else { constants.consequence };
        free * (1.0 - share * reason.weight)
    });
    let remark = if insight.sentiment.score > constants.happy { constants.remark } else { 1.0 };
    let score = ((1.0 - free) * remark).clamp(0.0, 1.0);
    insight.severity = Severity { level: level(score, constants), score };
}

fn level(score: f32, constants: &Constants) -> SeverityLevel {
    match score {
        s if s >= constants.critical => SeverityLevel::Critical,
        s if s >= constants.major => SeverityLevel::Major,
        s if s >= constants.moderate => SeverityLevel::Moderate,
        s if s >= constants.minor => SeverityLevel::Minor,
        _ => SeverityLevel::None,
    }
}
