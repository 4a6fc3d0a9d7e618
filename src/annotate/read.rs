//! The order of reading one item: fields, then the item as a whole.

use super::abstain::{self, Facts};
use super::catalog::Catalog;
use super::clause::Clauses;
use super::constants::Constants;
use super::cue::Cues;
use super::insight::{Field, Insight, Sentiment};
use super::intent::Reported;
use super::label::Language;
use super::language::{Known, is_chinese};
use super::ruling::Spots;
use super::sentiment::{Reading, Verdict, Weighed, combine, resolve, weigh};
use super::target::Around;
use super::{
    aspect, churn, conflict, effort, emotion, intent, language, ruling, sarcasm, severity, topic, urgency,
};
use crate::feedback::Feedback;
use crate::lexicon::{ALL_GROUPS, List, OPINION_GROUPS, SENTIMENT_GROUPS, Scan, valence};
use crate::taxonomy::TopicId;
use crate::text::{CleanText, ScriptCounts, holds_personal_data};

/// Working memory for reading items one after another; see [`Scratch`](crate::engine::Scratch).
#[derive(Debug, Default)]
pub(crate) struct Workspace {
    clean: CleanText,
    scan: Scan,
    clauses: Clauses,
    weighed: Vec<Weighed>,
    /// Topics that the item asks for or about, or reports a problem with.
    needs: Vec<TopicId>,
    /// Words of the host's rules.
    spots: Spots,
    totals: Totals,
}

/// Sums over the fields of one item.
#[derive(Debug, Default)]
struct Totals {
    counts: ScriptCounts,
    cues: Cues,
    verdict: Verdict,
    bytes: u32,
    known: u32,
    quotes_removed: bool,
    personal: bool,
    reported: Reported,
    sarcasm: bool,
}

/// How much is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Language and sentiment.
    Sentiment,
    /// Everything.
    Full,
}

/// Reads an item; `insight` is cleared first.
pub(crate) fn read(
    feedback: &Feedback,
    depth: Depth,
    constants: &Constants,
    work: &mut Workspace,
    insight: &mut Insight,
) {
    insight.clear();
    work.totals = Totals::default();
    work.needs.clear();
    work.spots.clear();
    let mut unknown_role = false;
    for (field, text) in fields(feedback) {
        if let Field::Turn(i) = field {
            unknown_role |=
                feedback.turns().get(i as usize).is_some_and(|t| t.role == crate::feedback::Role::Unknown);
        }
        read_field(field, text, depth, constants, work, insight);
    }
    conclude(constants, work, insight);
    if depth == Depth::Full {
        let cues = &work.totals.cues;
        if insight.catalog.has_rules() {
            work.spots.ask(feedback, insight);
        }
        if insight.abstained.is_none() {
            topic::topics(insight, &work.needs, &work.spots.topics, work.totals.cues.sentences);
            intent::intents(insight, cues, work.totals.reported, constants);
            ruling::intents(insight);
            emotion::emotions(insight, cues);
            effort::effort(insight, &constants.effort);
            severity::severity(insight, cues, &constants.severity);
            urgency::urgency(insight, cues);
            churn::churn(insight, cues);
        }
        let seen =
            conflict::Seen { unknown_role, personal: work.totals.personal, sarcasm: work.totals.sarcasm };
        conflict::flags(feedback, insight, cues, &seen);
    }
}

/// Reads one text; as [`read`] with a record that has only this text.
pub(crate) fn read_text(text: &str, constants: &Constants, work: &mut Workspace, insight: &mut Insight) {
    insight.clear();
    work.totals = Totals::default();
    work.needs.clear();
    read_field(Field::Text, text, Depth::Sentiment, constants, work, insight);
    conclude(constants, work, insight);
}

/// The texts of an item that hold the customer's words, in order.
pub(crate) fn fields(feedback: &Feedback) -> impl Iterator<Item = (Field, &str)> + Clone {
    let turns = feedback.turns().iter().enumerate().filter(|(_, t)| t.role.is_read());
    [(Field::Title, feedback.title()), (Field::Text, feedback.text())]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .chain(turns.map(|(i, t)| (Field::Turn(i as u32), t.text.as_str())))
}

/// What the lists of `catalog`, of another language, know of an item that was read.
pub(crate) fn known_by<'t>(
    catalog: &Catalog,
    texts: impl Iterator<Item = &'t str>,
    work: &mut Workspace,
) -> Known {
    let mut known = Known::default();
    for text in texts {
        work.clean.set(text);
        work.scan.run(work.clean.of(text), &catalog.base, None, SENTIMENT_GROUPS);
        known.words += work.scan.counts.words;
        known.function += work.scan.counts.function_words;
        known.opinion += opinion_hits(&work.scan);
    }
    known
}

/// What the built-in lists knew of the item read last; nothing where it may be in no other language.
pub(crate) fn known_here(work: &Workspace, language: Language) -> Option<Known> {
    let Totals { counts, known, .. } = &work.totals;
    let latin = counts.words > 0 && !is_chinese(language) && language != Language::Mixed;
    latin.then_some(Known { words: counts.words, function: counts.function_words, opinion: *known })
}

fn opinion_hits(scan: &Scan) -> u32 {
    scan.hits.iter().filter(|h| h.groups & OPINION_GROUPS != 0).count() as u32
}

fn read_field(
    field: Field,
    text: &str,
    depth: Depth,
    constants: &Constants,
    work: &mut Workspace,
    insight: &mut Insight,
) {
    let catalog = insight.catalog.clone();
    work.clean.set(text);
    let clean = work.clean.of(text);
    let wanted = if depth == Depth::Full { ALL_GROUPS } else { SENTIMENT_GROUPS };
    work.scan.run(clean, &catalog.base, catalog.overlay.as_deref(), wanted);
    work.clauses.build(&work.scan, &catalog);
    resolve(&mut work.clauses, clean, &catalog);
    weigh_field(field, constants, text, work, insight);
    if depth == Depth::Full {
        report(&work.clauses, &work.weighed, &mut work.totals.reported);
        let reading = Reading::new(field, &work.clauses, &work.scan, work.clean.map());
        let first = insight.opinions.len();
        let around = Around {
            text: work.clean.of(text),
            words: &work.scan.words,
            phrases: &catalog.phrases,
            known: catalog.language.is_none(),
        };
        aspect::opinions(&reading, &around, &work.weighed, &catalog.taxonomy, insight);
        topic::mentions(&reading, first, insight);
        if !work.scan.spots.is_empty() {
            work.spots.add(field, &work.scan, &work.clauses, &work.weighed, work.clean.map());
        }
        effort::hassles(&reading, work.clean.of(text), insight);
    }
    count(field, text, constants, work);
}

/// Notes what the opinion words of a field report.
fn report(clauses: &Clauses, weighed: &[Weighed], reported: &mut Reported) {
    for word in weighed.iter().filter(|w| w.weight < 0.0) {
        let Some(sense) = clauses.marks.get(word.mark as usize).map(|m| m.sense) else { continue };
        let fault = sense.list == List::Valence && sense.class == valence::PROBLEM;
        reported.fault |= fault;
        reported.stated |= fault && word.asserted;
        reported.blame |= !fault;
    }
}

/// Weighs the opinion words and cues of a field.
fn weigh_field(field: Field, constants: &Constants, text: &str, work: &mut Workspace, insight: &mut Insight) {
    let (firings, steps, verdict) = (insight.firings.len(), insight.steps.len(), work.totals.verdict);
    let pass = |work: &mut Workspace, insight: &mut Insight| {
        let reading = Reading::new(field, &work.clauses, &work.scan, work.clean.map());
        weigh(&reading, constants, insight, &mut work.weighed, &mut work.totals.verdict);
    };
    pass(work, insight);
    let factor = if field == Field::Title { constants.title.factor } else { 1.0 };
    if sarcasm::mark(&mut work.clauses, &work.weighed, work.clean.of(text), factor) {
        // Rare enough to weigh once more with what is now known.
        (work.totals.sarcasm, work.totals.verdict) = (true, verdict);
        insight.firings.truncate(firings);
        insight.steps.truncate(steps);
        pass(work, insight);
    }
}

/// Adds what a field holds to the sums of the item.
fn count(field: Field, text: &str, constants: &Constants, work: &mut Workspace) {
    let (clean, totals) = (work.clean.of(text), &mut work.totals);
    let reading = Reading::new(field, &work.clauses, &work.scan, work.clean.map());
    totals.cues.read(&reading, constants, &mut work.needs);
    totals.counts.add(&work.scan.counts);
    totals.counts.traditional += work.clean.signals().traditional;
    totals.known += opinion_hits(&work.scan);
    // Only a default review needs the exact count.
    totals.bytes += if totals.cues.template > 0 { word_bytes(clean) } else { clean.len() as u32 };
    totals.personal |= work.clean.signals().may_hold_personal_data() && holds_personal_data(text);
    totals.quotes_removed |= work.clean.removed_quotes();
}

/// Bytes of letters, digits and characters: what a template must cover.
fn word_bytes(text: &str) -> u32 {
    text.bytes().filter(|b| b.is_ascii_alphanumeric() || *b >= 0xE4 || (0x80..0xC0).contains(b)).count()
        as u32
}

/// Language, abstention and sentiment of the whole.
fn conclude(constants: &Constants, work: &Workspace, insight: &mut Insight) {
    let totals = &work.totals;
    let brought = insight.catalog.language;
    insight.language = brought.unwrap_or_else(|| language::language(&totals.counts, totals.known));
    insight.abstained = abstain::abstain(&Facts {
        counts: &totals.counts,
        language: insight.language,
        cues: &totals.cues,
        bytes: totals.bytes,
        words: totals.verdict.words,
        quotes_removed: totals.quotes_removed,
    });
    if insight.abstained.is_some() {
        insight.firings.clear();
        insight.steps.clear();
        insight.opinions.clear();
        insight.topics.clear();
        insight.hassles.clear();
        insight.sentiment = Sentiment::default();
        return;
    }
    combine(insight, &totals.verdict, constants);
    if totals.sarcasm {
        insight.sentiment.confidence *= constants.sarcasm.confidence;
    }
}
