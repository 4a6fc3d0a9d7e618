//! Feelings named or shown.

use super::cue::Cues;
use super::insight::Insight;
use super::label::Emotion;

/// Weight from which a feeling counts.
const COUNTS: f32 = 0.4;

/// Takes over the feelings whose cues are strong enough.
pub(crate) fn emotions(insight: &mut Insight, cues: &Cues) {
    for (emotion, weight) in Emotion::ALL.iter().zip(cues.emotions) {
        if weight >= COUNTS {
            insight.emotions.insert(*emotion);
        }
    }
}
