//! Intents: what the customer wants or does.

use super::cue::Cues;
use super::insight::Insight;
use super::label::{Intent, Polarity};

/// Weight at which a cue decides alone.
const DECIDES: f32 = 0.5;
/// Score beyond which an item praises or complains without saying so.
const CLEAR: f32 = 0.30;

/// Decides the intents from cues, reported faults and the sentiment of the whole.
pub(crate) fn intents(insight: &mut Insight, cues: &Cues, faults: bool) {
    let score = insight.sentiment.score;
    for (intent, weight) in Intent::ALL.iter().zip(cues.intents) {
        let backed = match intent {
            Intent::Complaint | Intent::Problem => score < 0.0,
            Intent::Praise | Intent::Recommend => score > 0.0,
            _ => false,
        };
        if weight >= DECIDES || (weight > 0.0 && backed) {
            insight.intents.insert(*intent);
        }
    }
    if faults {
        insight.intents.insert(Intent::Problem);
    }
    let bad = insight.opinions.iter().any(|o| o.polarity == Polarity::Negative);
    if score < -CLEAR && (bad || faults) {
        insight.intents.insert(Intent::Complaint);
    }
    if score > CLEAR {
        insight.intents.insert(Intent::Praise);
    }
    if cues.questions > 0 && !insight.intents.contains(Intent::Complaint) {
        insight.intents.insert(Intent::Question);
    }
}
