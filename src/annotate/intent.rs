//! Intents: what the customer wants or does.
//!
//! The evidence for an intent is the greatest sum of its cues in a sentence. What the whole item says (its sentiment,
//! reported faults, that it reports a problem) moves the evidence for complaints and problems; see `constants.toml`.

use super::constants::{Complaint, Constants, PerLanguage};
use super::cue::Cues;
use super::insight::{Insight, Sentiment};
use super::label::{Intent, Polarity};
use super::language::is_chinese;

/// Evidence that decides.
const DECIDES: f32 = 0.5;
/// Score beyond which an item praises or complains without saying so.
const CLEAR: f32 = 0.30;

/// What the opinion words of an item report.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Reported {
    /// A fault.
    pub(crate) fault: bool,
    /// A fault that is neither wished away, supposed nor asked about.
    pub(crate) stated: bool,
    /// Something bad that is no fault.
    pub(crate) blame: bool,
}

/// Decides the intents from cues, reported faults and the sentiment of the whole.
pub(crate) fn intents(insight: &mut Insight, cues: &Cues, reported: Reported, constants: &Constants) {
    let Sentiment { score, positive, .. } = insight.sentiment;
    let chinese = is_chinese(insight.language);
    let (problem, complaint) = (&constants.problem, &constants.complaint);
    let evidence = |intent: Intent| cues.intents.get(intent as usize).copied().unwrap_or_default();
    let faults = if chinese { reported.stated } else { reported.fault };
    let fault = if chinese { problem.fault.zh } else { problem.fault.en };
    let fault = if faults { fault } else { 0.0 };
    let broken = evidence(Intent::Problem) + fault - problem.positive * positive >= DECIDES;
    let displeased = displeasure(insight, broken, faults, cues.sentences, complaint);
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
    by_sentiment(insight, reported, faults, evidence(Intent::Praise));
    let asked = insight.intents.contains(Intent::Complaint) || chinese && wants(insight);
    if cues.questions > 0 && !asked {
        insight.intents.insert(Intent::Question);
    }
}

/// Praise and complaints that only the sentiment of the whole tells. In Chinese a fault told without blame is a
/// report, and what is good about a wish is wished.
fn by_sentiment(insight: &mut Insight, reported: Reported, faults: bool, praise: f32) {
    let score = insight.sentiment.score;
    let of = |polarity: Polarity| insight.opinions.iter().any(|o| o.polarity == polarity);
    let (good, bad) = (of(Polarity::Positive), of(Polarity::Negative));
    let (blamed, praised) = if is_chinese(insight.language) {
        (reported.blame && bad, praise >= 0.0 && good && !wants(insight))
    } else {
        (bad || faults, true)
    };
    if score < -CLEAR && blamed {
        insight.intents.insert(Intent::Complaint);
    }
    if score > CLEAR && praised {
        insight.intents.insert(Intent::Praise);
    }
}

/// Whether the item asks for something to be done or changed.
fn wants(insight: &Insight) -> bool {
    insight.intents.contains(Intent::Request) || insight.intents.contains(Intent::Suggestion)
}

/// What the item as a whole adds to the words of its plainest sentence. The more sentences, the likelier that one of
/// them looks like a complaint by chance.
fn displeasure(insight: &Insight, problem: bool, faults: bool, sentences: u32, by: &Complaint) -> f32 {
    let (sentiment, chinese) = (&insight.sentiment, is_chinese(insight.language));
    let weight = |of: PerLanguage| if chinese { of.zh } else { of.en };
    let reported = |holds: bool, of: PerLanguage| if holds { weight(of) } else { 0.0 };
    weight(by.negative) * sentiment.negative - by.score * sentiment.score.max(0.0)
        + reported(problem, by.problem)
        + reported(faults, by.fault)
        - by.sentence * (sentences.max(1) as f32).ln()
}
