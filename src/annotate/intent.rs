//! Intents: what the customer wants or does.
//!
//! The evidence for an intent is the greatest sum of its cues in a sentence. What the whole item says (its sentiment,
//! reported faults, that it reports a problem) moves the evidence for complaints and problems; see `constants.toml`.

use super::constants::{Complaint, Constants};
use super::cue::Cues;
use super::insight::{Insight, Sentiment};
use super::label::{Intent, Polarity};
use super::language::is_chinese;

/// Evidence that decides.
const DECIDES: f32 = 0.5;
/// Score beyond which an item praises or complains without saying so.
const CLEAR: f32 = 0.30;

/// Decides the intents from cues, reported faults and the sentiment of the whole.
pub(crate) fn intents(insight: &mut Insight, cues: &Cues, faults: bool, constants: &Constants) {
    let Sentiment { score, positive, .. } = insight.sentiment;
    let (problem, complaint) = (&constants.problem, &constants.complaint);
    let evidence = |intent: Intent| cues.intents.get(intent as usize).copied().unwrap_or_default();
    let fault = if is_chinese(insight.language) { problem.fault.zh } else { problem.fault.en };
    let fault = if faults { fault } else { 0.0 };
    let broken = evidence(Intent::Problem) + fault - problem.positive * positive >= DECIDES;
    let displeased = displeasure(&insight.sentiment, broken, faults, cues.sentences, complaint);
    for intent in Intent::ALL {
        let evidence = evidence(*intent);
        let holds = match intent {
            Intent::Problem => broken,
            Intent::Complaint => evidence + displeased >= DECIDES,
            Intent::Praise | Intent::Recommend if score > 0.0 => evidence > 0.0,
            _ => evidence >= DECIDES,
        };
        if holds {
            insight.intents.insert(*intent);
        }
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

/// What the item as a whole adds to the words of its plainest sentence. The more sentences, the likelier that one of
/// them looks like a complaint by chance.
fn displeasure(sentiment: &Sentiment, problem: bool, faults: bool, sentences: u32, by: &Complaint) -> f32 {
    let reported = |holds: bool, weight: f32| if holds { weight } else { 0.0 };
    by.negative * sentiment.negative - by.score * sentiment.score.max(0.0)
        + reported(problem, by.problem)
        + reported(faults, by.fault)
        - by.sentence * (sentences.max(1) as f32).ln()
}
