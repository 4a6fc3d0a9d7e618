//! Opinions: each expression with what it is about.

use super::clause::{Clause, Clauses, Mark};
use super::insight::{Insight, Opinion};
use super::label::Polarity;
use super::sentiment::{Reading, Weighed};
use super::target::{Around, Attachment};
use crate::lexicon::{List, degree, expression as class, valence};
use crate::span::CleanSpan;
use crate::taxonomy::{Taxonomy, Topic, TopicId};

/// Further targets of one opinion.
const TIED: usize = 3;
/// Units between a target and its opinion beyond which they are no pair.
const REACH: u32 = 12;
/// A target behind its opinion ("great screen") must stand closer than one before it.
const REACH_BEHIND: u32 = 4;
/// Words of a clause that holds nothing but a verdict.
const BARE: u32 = 6;
/// The same in Han characters.
const BARE_HAN: u32 = 14;
/// Weight at which an opinion has half of the greatest score.
const HALF: f32 = 1.2;

/// Adds the opinions of one field.
pub(crate) fn opinions(
    reading: &Reading<'_>,
    around: &Around<'_>,
    weighed: &[Weighed],
    taxonomy: &Taxonomy,
    insight: &mut Insight,
) {
    let clauses = reading.clauses;
    for word in weighed.iter().filter(|w| w.asserted) {
        let Some(mark) = clauses.marks.get(word.mark as usize) else { continue };
        if mark.sense.list == List::Symbol || mark.sense.class == valence::CUE {
            continue;
        }
        let expression = expression(clauses, word, mark);
        let attached = around.attach(expression, mark.han);
        let mut home = home(clauses, word, mark, attached, taxonomy);
        home.target = home.target.filter(|target| around.is_aimed(*target, mark.han));
        if mark.han {
            home.target = home.target.map(|target| whole(around, clauses, word, expression, target));
        }
        let mut add = |home: &Home| insight.opinions.push(opinion(reading, word, mark, expression, home));
        add(&home);
        let mut target = home.target.filter(|_| mark.han || matches!(attached, Attachment::Phrase(_)));
        for _ in 0..TIED {
            let Some(next) = target.and_then(|t| around.tied(expression, t, mark.han)) else { break };
            let home = self::home(clauses, word, mark, Attachment::Phrase(next), taxonomy);
            if home.target.is_none() || home.target == target {
                break;
            }
            add(&home);
            target = home.target;
        }
    }
}

fn opinion(
    reading: &Reading<'_>,
    word: &Weighed,
    mark: &Mark,
    expression: CleanSpan,
    home: &Home,
) -> Opinion {
    // A middling word is no verdict, but says to which side it leans.
    let middling = mark.sense.class == valence::MIDDLING;
    Opinion {
        topic: home.topic,
        polarity: polarity(word.weight, middling),
        score: word.weight / (word.weight.abs() + HALF),
        negated: word.negated,
        field: reading.field,
        target: home.target.map(|span| reading.map.original(span)),
        expression: reading.map.original(expression),
    }
}

/// A Chinese target with what it belongs to.
fn whole(
    around: &Around<'_>,
    clauses: &Clauses,
    word: &Weighed,
    expression: CleanSpan,
    target: CleanSpan,
) -> CleanSpan {
    let Some(clause) = clauses.clauses.get(word.clause as usize) else { return target };
    let judges = |owner: &CleanSpan| {
        expression.overlaps(*owner)
            || clauses.marks_of(clause).iter().any(|m| m.is_opinion() && m.span.overlaps(*owner))
    };
    let owner = around.owner(expression, target).filter(|owner| !judges(owner));
    owner.map_or(target, |owner| owner.join(target))
}

/// The opinion word with the degree words and negators that touch it: 太慢, "not very good".
fn expression(clauses: &Clauses, word: &Weighed, mark: &Mark) -> CleanSpan {
    let Some(clause) = clauses.clauses.get(word.clause as usize) else { return mark.span };
    let at = word.mark.saturating_sub(clause.marks.0) as usize;
    let marks = clauses.marks_of(clause);
    let modifies = |m: &&Mark| matches!(m.sense.list, List::Booster | List::Downtoner | List::Negator);
    let (mut span, mut unit) = (mark.span, mark.unit);
    for m in marks.get(..at).unwrap_or_default().iter().rev().filter(modifies) {
        if m.unit_end == unit && m.unit < unit {
            (span.start, unit) = (m.span.start, m.unit);
        }
    }
    let mut after = marks.get(at + 1..).unwrap_or_default().iter().filter(modifies);
    if let Some(m) = after.find(|m| m.unit == mark.unit_end && m.sense.class == degree::POST) {
        span.end = m.span.end;
    }
    span
}

fn polarity(weight: f32, middling: bool) -> Polarity {
    if middling || weight == 0.0 {
        Polarity::Neutral
    } else if weight > 0.0 {
        Polarity::Positive
    } else {
        Polarity::Negative
    }
}

/// Where an opinion belongs.
struct Home {
    topic: Option<TopicId>,
    target: Option<CleanSpan>,
}

fn home(clauses: &Clauses, word: &Weighed, mark: &Mark, attached: Attachment, taxonomy: &Taxonomy) -> Home {
    let clause = clauses.clauses.get(word.clause as usize).copied().unwrap_or_default();
    let names = clauses.names_of(&clause);
    let near = nearest(names, mark);
    // "very good quality": an English listed phrase may hold what it judges.
    let holds = |m: &&Mark| !mark.han && m.sense.list == List::Target && word_contains(mark, m);
    let inner = names.iter().rev().find(holds);
    let (known, target) = match attached {
        Attachment::Phrase(phrase) | Attachment::Act(phrase) => {
            on_phrase(clauses.marks_of(&clause), names, near, mark, phrase)
        }
        Attachment::Pronoun => (None, inner.map(|m| m.span)),
        Attachment::Nothing if near.is_none() => (None, inner.map(|m| m.span)),
        Attachment::Nothing | Attachment::Unknown => (near, near.map(|m| m.span)),
    };
    let words = Words { names, mark, taxonomy };
    let topic = words.phrase().or_else(|| match known.or(near).map(topic_of) {
        Some(aimed) => Some(words.at_target(aimed)),
        None => words.expression().or_else(|| inner.map(topic_of)).or_else(|| {
            let aimed = carried(clauses, word.clause as usize, &clause).map(topic_of);
            // "It is fast": what was said before is the product, unless the clause before says otherwise.
            let before = matches!(attached, Attachment::Pronoun | Attachment::Act(_));
            let meant = before.then_some(PRODUCT);
            let attribute = aimed.and_then(|t| words.attribute(t)).or_else(|| words.of_group(meant?));
            let alone = target.is_none() && attached != Attachment::Unknown;
            let bare = alone && is_bare(&clause, names, mark.han);
            let whole = || if bare { taxonomy.find(OVERALL) } else { None };
            attribute.or_else(|| words.overall()).or(aimed).or_else(whole)
        }),
    });
    Home { topic, target }
}

/// The word of a topic inside the phrase that an opinion is said of, and the phrase with it.
fn on_phrase<'a>(
    marks: &[Mark],
    names: &'a [Mark],
    near: Option<&'a Mark>,
    word: &Mark,
    phrase: CleanSpan,
) -> (Option<&'a Mark>, Option<CleanSpan>) {
    let inside = |m: &&Mark| m.sense.list == List::Target && phrase.overlaps(m.span);
    let known = names.iter().rev().find(inside);
    // "crisp and juicy": what judges is not judged; but in "easy to use" the use is.
    let own = word.span.contains(phrase) && word.span != phrase;
    let judges = |m: &Mark| m.is_opinion() && m.span.contains(phrase) && !(own && m.span == word.span);
    if known.is_none() && marks.iter().any(judges) {
        (near, near.map(|m| m.span))
    } else {
        (known, Some(known.map_or(phrase, |m| phrase.join(m.span))))
    }
}

/// Whether a clause says little more than a verdict: "love it", 很喜欢.
fn is_bare(clause: &Clause, names: &[Mark], han: bool) -> bool {
    // An English word that tells an attribute may be meant of something said before.
    let names_something = names.iter().any(|m| !han || m.sense.list == List::Target);
    !names_something && clause.units <= if han { BARE_HAN } else { BARE }
}

/// What the words of one opinion say about its topic.
struct Words<'a> {
    names: &'a [Mark],
    mark: &'a Mark,
    taxonomy: &'a Taxonomy,
}

impl Words<'_> {
    /// Topics that a list names for the words of this opinion.
    fn of(&self, list: List) -> impl Iterator<Item = &Mark> {
        self.names.iter().filter(move |m| m.sense.list == list && m.overlaps(self.mark))
    }

    fn group(&self, topic: TopicId) -> &str {
        self.taxonomy.topic(topic).map_or("", Topic::group)
    }

    /// A whole phrase that reports a problem or good news names its topic before anything else.
    fn phrase(&self) -> Option<TopicId> {
        self.of(List::Expression).find(|m| m.sense.class == class::PHRASE).map(topic_of)
    }

    /// A word that leads to a topic on its own.
    fn expression(&self) -> Option<TopicId> {
        self.of(List::Expression).map(topic_of).find(|t| self.taxonomy.path(*t) != OVERALL)
    }

    /// A bare verdict on the whole.
    fn overall(&self) -> Option<TopicId> {
        self.of(List::Expression).map(topic_of).find(|t| self.taxonomy.path(*t) == OVERALL)
    }

    /// The topic of the target's group that this word is an attribute of; the product stands for the whole.
    fn attribute(&self, aimed: TopicId) -> Option<TopicId> {
        self.of_group(if self.taxonomy.path(aimed) == OVERALL { PRODUCT } else { self.group(aimed) })
    }

    /// The topic of a group that this word is an attribute of.
    fn of_group(&self, group: &str) -> Option<TopicId> {
        self.of(List::Attribute).map(topic_of).find(|t| self.group(*t) == group)
    }

    /// With a target: its own attributes and those of its group, then what the word says on its own, then
    /// the target itself.
    fn at_target(&self, aimed: TopicId) -> TopicId {
        let general = !self.taxonomy.path(aimed).contains('/');
        let own = self.of(List::Attribute).map(topic_of).find(|t| *t == aimed);
        own.or_else(|| if general { self.attribute(aimed) } else { None })
            .or_else(|| self.expression())
            .unwrap_or(aimed)
    }
}

/// Path of the topic for the product or purchase as a whole.
pub(super) const OVERALL: &str = "overall";
/// Group of the topics of the goods themselves.
const PRODUCT: &str = "product";

fn topic_of(mark: &Mark) -> TopicId {
    TopicId(mark.sense.topic)
}

/// The target nearest to an opinion in its clause; one before it is preferred at equal distance.
fn nearest<'a>(names: &'a [Mark], word: &Mark) -> Option<&'a Mark> {
    let targets = names.iter().filter(|m| m.sense.list == List::Target && !word_contains(word, m));
    let reach = |m: &&Mark| {
        if m.unit <= word.unit { m.distance(word) <= REACH } else { word.distance(m) <= REACH_BEHIND }
    };
    targets
        .filter(reach)
        .min_by_key(|m| if m.unit <= word.unit { 2 * m.distance(word) } else { 2 * word.distance(m) + 1 })
}

/// Whether the target is part of the expression itself (`性价比` in `性价比高`).
fn word_contains(word: &Mark, target: &Mark) -> bool {
    word.span.start < target.span.start && target.span.end <= word.span.end
}

/// The last target of the clause before, in the same sentence: "物流，太慢了".
fn carried<'a>(clauses: &'a Clauses, at: usize, clause: &Clause) -> Option<&'a Mark> {
    // Clauses with nothing but cues are passed over.
    let earlier = clauses.clauses.get(..at)?.iter().rev().find(|c| c.is_marked());
    let before = earlier.filter(|c| c.sentence == clause.sentence)?;
    clauses.names_of(before).iter().rev().find(|m| m.sense.list == List::Target)
}
