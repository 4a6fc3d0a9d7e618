//! Intents: what the customer wants or does.
//!
//! The evidence for an intent is the greatest sum of its cues in a sentence. What the whole item says (its sentiment,
//! reported faults, that it reports a problem) moves the evidence for complaints and problems; see `constants.toml`.
//! Chinese asks, wishes and orders with the same words and often without a mark, so what an item wants and blames
//! decides what its questions and its praise are.

use super::constants::{Complaint, Constants, PerLanguage};
use super::cue::Cues;
use super::insight::{Insight, Sentiment};
use super::label::{Intent, Polarity};
use super::language::is_chinese;

/// Evidence that decides.
const DECIDES: f32 = 0.5;
/// Score beyond which an item praises or complains without saying so.
const CLEAR: f32 = 0.30;
/// The same for a Chinese item that blames.
const BLAMES: f32 = 0.20;
/// Score beyond which a Chinese item that has words of praise praises as a whole.
const PLEASED: f32 = 0.05;
/// Score below which a Chinese question may be an outcry.
const CROSS: f32 = 0.10;
/// Evidence against praise or a complaint that its sentiment does not outweigh in Chinese.
const DENIES: f32 = -0.4;
/// What a question mark adds to Chinese words that ask, and what they need where the item complains or wants
/// something done: cries and polite forms ask as well.
const MARK: f32 = 0.3;
const CRIED: f32 = 1.1;

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
            Intent::Question if chinese => false,
            Intent::Complaint => evidence + displeased >= DECIDES,
            Intent::Praise if chinese && !insight.opinions.is_empty() => evidence > 0.0 && score > PLEASED,
            Intent::Praise | Intent::Recommend if score > 0.0 => evidence > 0.0,
            _ => evidence >= DECIDES,
        };
        if holds {
            insight.intents.insert(*intent);
        }
    }
    by_sentiment(insight, cues, reported);
    let asks = if chinese {
        asks(insight, cues.questions, evidence(Intent::Question))
    } else {
        cues.questions > 0 && !insight.intents.contains(Intent::Complaint)
    };
    if asks {
        insight.intents.insert(Intent::Question);
    }
}

/// Whether a Chinese item asks. Where it neither praises nor blames, a weak word does without the mark.
fn asks(insight: &Insight, marks: u32, words: f32) -> bool {
    let quiet = insight.opinions.is_empty();
    let cross = insight.intents.contains(Intent::Complaint) || !quiet && insight.sentiment.score < -CROSS;
    let needed = if cross || wants(insight) { CRIED } else { DECIDES };
    let mark = if marks > 0 || quiet { MARK } else { 0.0 };
    words > 0.0 && words + mark >= needed
}

/// Praise and complaints that only the sentiment of the whole tells. In Chinese a fault told without blame is a
/// report, and what is good about a wish is wished.
fn by_sentiment(insight: &mut Insight, cues: &Cues, reported: Reported) {
    let (score, chinese) = (insight.sentiment.score, is_chinese(insight.language));
    let of = |polarity: Polarity| insight.opinions.iter().any(|o| o.polarity == polarity);
    let (good, bad) = (of(Polarity::Positive), of(Polarity::Negative));
    let denied = |intent: Intent| cues.denied.get(intent as usize).is_some_and(|sum| *sum <= DENIES);
    let complains = if chinese {
        score < -BLAMES && reported.blame && bad && !denied(Intent::Complaint)
    } else {
        score < -CLEAR && (bad || reported.fault)
    };
    if complains {
        insight.intents.insert(Intent::Complaint);
    }
    if score > CLEAR && (!chinese || good && !denied(Intent::Praise) && !wants(insight)) {
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
