//! Severity: strength of what is said × consequence of what happened.

use super::cue::Cues;
use super::insight::{Insight, Severity};
use super::label::{Concern, Polarity, SeverityLevel};

/// Lower bounds of the bands minor, moderate, major, critical.
const BANDS: [(f32, SeverityLevel); 4] = [
    (0.80, SeverityLevel::Critical),
    (0.60, SeverityLevel::Major),
    (0.35, SeverityLevel::Moderate),
    (0.10, SeverityLevel::Minor),
];
/// Share of the strength of the words and of the weight of the worst topic in the base.
const STRENGTH: f32 = 0.45;
const TOPIC: f32 = 0.35;
/// Topic weight where the taxonomy has no home for the complaint.
const NO_TOPIC: f32 = 0.3;

/// Value from which a consequence is a concern of its own.
const CONCERN: f32 = 0.5;

/// Scores how bad it is: the base from words and topics, raised by the consequences named.
///
/// Consequences combine like independent chances, `1 - Π(1 - c)`, so each can only raise the score.
pub(crate) fn severity(insight: &mut Insight, cues: &Cues) {
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
    let base = STRENGTH * negative + TOPIC * worst.unwrap_or(NO_TOPIC);
    let free = cues.severity.iter().fold(1.0 - base.clamp(0.0, 1.0), |free, c| free * (1.0 - 0.7 * c));
    // A mostly happy customer's remark is not a case.
    let happy = if insight.sentiment.score > 0.2 { 0.5 } else { 1.0 };
    let score = ((1.0 - free) * happy).clamp(0.0, 1.0);
    let level =
        BANDS.iter().find(|(from, _)| score >= *from).map_or(SeverityLevel::None, |(_, level)| *level);
    insight.severity = Severity { level, score };
    for (concern, value) in Concern::ALL.iter().zip(cues.severity) {
        if value >= CONCERN {
            insight.concerns.insert(*concern);
        }
    }
}
