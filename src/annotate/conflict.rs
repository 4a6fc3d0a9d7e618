//! Flags of one item: contradictions and facts a reader should know.

use super::cue::Cues;
use super::insight::Insight;
use super::label::{Abstention, Flag};
use crate::feedback::{Feedback, Moderation};

/// Rating and score must be this far from the middle, on opposite sides, to contradict each other.
const RATING_FAR: f64 = 0.25;
const SCORE_FAR: f32 = 0.35;

/// What reading the texts has shown.
pub(crate) struct Seen {
    pub(crate) unknown_role: bool,
    pub(crate) personal: bool,
    pub(crate) sarcasm: bool,
}

/// Sets the flags that need only this item.
pub(crate) fn flags(feedback: &Feedback, insight: &mut Insight, cues: &Cues, seen: &Seen) {
    let rating = feedback.rating().and_then(crate::feedback::Rating::normalized).map(|r| r - 0.5);
    let score = insight.sentiment.score;
    let conflict = rating
        .is_some_and(|r| r.abs() >= RATING_FAR && score.abs() >= SCORE_FAR && (r > 0.0) != (score > 0.0));
    for (set, flag) in [
        (conflict, Flag::RatingConflict),
        (insight.abstained == Some(Abstention::Template), Flag::Template),
        (cues.spam || feedback.moderation() == Moderation::Spam, Flag::Spam),
        (cues.incentive || feedback.is_incentivised(), Flag::Incentivised),
        (cues.extortion, Flag::Extortion),
        (seen.personal, Flag::PersonalData),
        (seen.sarcasm, Flag::Sarcasm),
        (seen.unknown_role, Flag::RoleUnknown),
        (feedback.has_generated_id(), Flag::GeneratedId),
        (feedback.is_encoding_repaired(), Flag::EncodingRepaired),
    ] {
        if set {
            insight.flags.insert(flag);
        }
    }
}
