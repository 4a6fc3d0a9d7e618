//! Rules of the host: which of them hold for an item, and what follows.

use super::clause::Clauses;
use super::insight::{Field, Insight};
use super::label::{Intent, LabelSet, Polarity};
use super::sentiment::Weighed;
use crate::feedback::Feedback;
use crate::lexicon::{Scan, TermId};
use crate::rule::{Item, Lean, Matches, Place, Program, Tone};
use crate::span::{CleanSpan, Span};
use crate::taxonomy::TopicId;
use crate::text::OffsetMap;

/// A set of rules with their consequences.
#[derive(Debug, Default)]
pub(crate) struct Ruling {
    pub(crate) program: Program,
    /// By the number of the rule.
    pub(crate) rules: Vec<Outcome>,
}

/// What follows from a rule.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) id: String,
    pub(crate) topics: Vec<TopicId>,
    pub(crate) intents: LabelSet<Intent>,
    pub(crate) tags: Vec<String>,
}

/// A rule that held, as an insight keeps it; rules of an overlay have the highest bit set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Held {
    rule: u32,
    /// First and one past the last of its places.
    places: (u32, u32),
}

/// A rule that held for an item.
///
/// ```
/// use candor::{Engine, rule::{Rule, RulePack}};
/// let pack = RulePack::new("shop").rule(Rule::new("reseal", "\"seal broken\" OR 封*开")?.tag("tampered"))?;
/// let engine = Engine::builder().rules(pack).build()?;
/// let insight = engine.analyze_text("The box came with the seal broken.");
/// let held: Vec<_> = insight.rules().map(|rule| (rule.id(), rule.places()[0].1)).collect();
/// assert_eq!(held, [("reseal", candor::Span::new(22, 33))]);
/// assert_eq!(insight.tags().collect::<Vec<_>>(), ["tampered"]);
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct RuleMatch<'a> {
    id: &'a str,
    places: &'a [(Field, Span)],
}

impl<'a> RuleMatch<'a> {
    /// Id of the rule.
    pub fn id(&self) -> &'a str {
        self.id
    }

    /// The words that made it hold, in the order of the text, at most 16; none where only fields did.
    pub fn places(&self) -> &'a [(Field, Span)] {
        self.places
    }
}

/// Places of the words of rules in one item; memory is reused.
#[derive(Debug, Default)]
pub(crate) struct Spots {
    places: Vec<Place>,
    /// By the id of a place.
    spans: Vec<(Field, Span)>,
    leans: Vec<Lean>,
    matches: Matches,
    /// Topics that rules give.
    pub(crate) topics: Vec<TopicId>,
    /// Numbers at which the next field begins.
    units: u32,
    clauses: u32,
    sentences: u32,
}

/// Units between fields, more than a rule can bridge.
const FIELD_GAP: u32 = 1000;

impl Spots {
    pub(crate) fn clear(&mut self) {
        self.places.clear();
        self.spans.clear();
        self.leans.clear();
        self.topics.clear();
        (self.units, self.clauses, self.sentences) = (0, 0, 0);
    }

    /// Adds the words found in a field.
    pub(crate) fn add(
        &mut self,
        field: Field,
        scan: &Scan,
        clauses: &Clauses,
        weighed: &[Weighed],
        map: &OffsetMap,
    ) {
        for (spot, (clause, sentence)) in scan.spots.iter().zip(clauses.spotted()) {
            let id = self.spans.len() as u32;
            self.spans.push((field, map.original(CleanSpan::new(spot.start, spot.end))));
            self.places.push(Place {
                needle: spot.needle,
                unit: self.units + spot.unit,
                unit_end: self.units + spot.unit_end,
                clause: self.clauses + clause,
                sentence: self.sentences + sentence,
                id,
            });
        }
        for word in weighed {
            let Some(clause) = clauses.clauses.get(word.clause as usize) else { continue };
            let (number, sentence) = (self.clauses + clause.number, self.sentences + clause.sentence);
            if self.leans.last().is_none_or(|l| l.clause != number) {
                self.leans.push(Lean { clause: number, sentence, good: 0.0, bad: 0.0 });
            }
            if let Some(lean) = self.leans.last_mut() {
                lean.good += word.weight.max(0.0);
                lean.bad += (-word.weight).max(0.0);
            }
        }
        let last = clauses.spotted().last().unwrap_or_default();
        self.clauses = self.leans.last().map_or(0, |l| l.clause).max(self.clauses + last.0) + 1;
        self.sentences = self.leans.last().map_or(0, |l| l.sentence).max(self.sentences + last.1) + 1;
        self.units += scan.units + FIELD_GAP;
    }

    /// Asks the rules, and notes in the insight which hold.
    pub(crate) fn ask(&mut self, feedback: &Feedback, insight: &mut Insight) {
        let catalog = insight.catalog.clone();
        self.places.sort_unstable_by_key(|p| (p.needle, p.unit, p.id));
        let own = self.places.partition_point(|p| p.needle & TermId::OVERLAY == 0);
        let (base, overlay) = self.places.split_at_mut(own);
        for place in &mut *overlay {
            place.needle &= !TermId::OVERLAY;
        }
        let sets = [(&catalog.ruling, &*base, 0), (&catalog.own_ruling, &*overlay, TermId::OVERLAY)];
        for (ruling, places, bit) in sets {
            let Some(ruling) = ruling.as_deref() else { continue };
            let tone = tone(insight.sentiment.polarity);
            let language = insight.language.as_str();
            let item = Item { feedback, language, tone, places, leans: &self.leans };
            ruling.program.run(&item, &mut self.matches);
            for held in &self.matches.rules {
                let start = insight.rule_places.len() as u32;
                let ids = self.matches.places.get(held.places.0 as usize..held.places.1 as usize);
                let spans = ids.into_iter().flatten().filter_map(|id| self.spans.get(*id as usize));
                insight.rule_places.extend(spans);
                let places = (start, insight.rule_places.len() as u32);
                insight.held.push(Held { rule: held.rule | bit, places });
            }
        }
        if insight.abstained.is_none() {
            self.give_topics(insight);
        }
    }

    /// Notes the topics that follow; opinions without one that share words with a rule get its first.
    fn give_topics(&mut self, insight: &mut Insight) {
        let catalog = insight.catalog.clone();
        for held in &insight.held {
            let topics = catalog.consequence(held.rule).map_or(&[][..], |c| &c.topics);
            self.topics.extend_from_slice(topics);
            let Some(topic) = topics.first() else { continue };
            let places = insight.rule_places.get(held.places.0 as usize..held.places.1 as usize);
            for opinion in insight.opinions.iter_mut().filter(|o| o.topic.is_none()) {
                let shares = |(field, span): &(Field, Span)| {
                    let target = opinion.target.is_some_and(|t| t.overlaps(*span));
                    *field == opinion.field && (target || opinion.expression.overlaps(*span))
                };
                if places.is_some_and(|p| p.iter().any(shares)) {
                    opinion.topic = Some(*topic);
                }
            }
        }
    }
}

/// Adds the intents that follow.
pub(crate) fn intents(insight: &mut Insight) {
    let catalog = insight.catalog.clone();
    for held in &insight.held {
        let intents = catalog.consequence(held.rule).map(|c| c.intents).unwrap_or_default();
        intents.iter().for_each(|intent| insight.intents.insert(intent));
    }
}

fn tone(polarity: Polarity) -> Tone {
    match polarity {
        Polarity::Positive => Tone::Positive,
        Polarity::Negative => Tone::Negative,
        Polarity::Neutral => Tone::Neutral,
        Polarity::Mixed => Tone::Mixed,
    }
}

impl Insight {
    /// Rules of the host that hold, in the order of their packs, each with the words that made it hold.
    pub fn rules(&self) -> impl Iterator<Item = RuleMatch<'_>> {
        self.held.iter().filter_map(|held| {
            let id = &self.catalog.consequence(held.rule)?.id;
            let places = self.rule_places.get(held.places.0 as usize..held.places.1 as usize)?;
            Some(RuleMatch { id, places })
        })
    }

    /// Tags that follow from the rules that hold, each once.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        let tags = |held: &Held| self.catalog.consequence(held.rule).map_or(&[][..], |c| &c.tags);
        let all = move || self.held.iter().flat_map(tags);
        all().enumerate().filter(move |(i, tag)| !all().take(*i).any(|t| t == *tag)).map(|(_, t)| t.as_str())
    }
}
