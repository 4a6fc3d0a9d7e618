//! The verdict on one item, in memory.

use super::catalog::Catalog;
use super::label::{
    Abstention, Consequence, Emotion, Flag, Hassle, Intent, LabelSet, Language, Polarity, Urgency,
};
use super::reason::{Effort, Reason, Severity};
use super::ruling::Held;
use crate::span::Span;
use crate::taxonomy::{Taxonomy, TopicId, TopicSet};
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// The text a span belongs to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The title.
    Title,
    /// The verbatim.
    #[default]
    Text,
    /// The turn with this index.
    Turn(u32),
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Title => f.write_str("title"),
            Self::Text => f.write_str("text"),
            Self::Turn(i) => write!(f, "turns/{i}"),
        }
    }
}

/// As it is displayed.
impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How the item feels as a whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sentiment {
    /// The label.
    pub polarity: Polarity,
    /// -1..1, `positive - negative`; the sign is the verdict when forced to choose, 0 without evidence.
    pub score: f32,
    /// Share of good words, 0..1.
    pub positive: f32,
    /// Share of bad words, 0..1.
    pub negative: f32,
    /// 0..1: the share of texts with a score as far from 0 whose sign is right, calibrated for each language; a half
    /// at 0, 0 where the engine abstained.
    pub confidence: f32,
}

impl Default for Sentiment {
    fn default() -> Self {
        Self { polarity: Polarity::Neutral, score: 0.0, positive: 0.0, negative: 0.0, confidence: 0.0 }
    }
}

/// An evaluative expression the customer asserts, with what it is about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Opinion {
    /// Topic, or `None` when the taxonomy has no home for it.
    pub topic: Option<TopicId>,
    /// Good, bad, or a middling word.
    pub polarity: Polarity,
    /// -1..1.
    pub score: f32,
    /// Whether a negation turned it.
    pub negated: bool,
    /// The text both spans belong to.
    pub field: Field,
    /// What it is about, when the text says it.
    pub target: Option<Span>,
    /// The words that say it.
    pub expression: Span,
}

/// A topic of the item: it has an opinion there; or names it, and leans to a side in few sentences, asks for it or
/// about it, or reports a problem.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TopicMention {
    /// The topic.
    pub topic: TopicId,
    /// Over all its opinions; without one, that of the item.
    pub polarity: Polarity,
    /// Mean of their scores, -1..1; slight without one.
    pub score: f32,
    /// Number of opinions; 0 where the topic is only named.
    pub mentions: u32,
}

/// One rule that spoke, where, and what it did to the score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Firing {
    pub(crate) rule: u32,
    /// The text of the span.
    pub field: Field,
    /// Its words.
    pub span: Span,
    /// Weight after all modifiers; the score is the sum of weights over one denominator.
    pub weight: f32,
    /// Share of the score: effects sum to it.
    pub effect: f32,
    pub(crate) steps: (u32, u32),
}

/// A modifier that changed the weight of a firing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// What kind of change.
    pub kind: StepKind,
    /// The words that caused it, when there are any.
    pub span: Option<Span>,
    /// Factor on the weight.
    pub factor: f32,
}

/// The kinds of [`Step`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum StepKind {
    /// Turned by a negation.
    Negation,
    /// Strengthened.
    Booster,
    /// Weakened.
    Downtoner,
    /// On the weaker or stronger side of a contrast.
    Contrast,
    /// Wished, supposed, asked or reported, not asserted.
    Irrealis,
    /// Said of the thing that this one is measured against.
    Comparison,
    /// More of a good quality than one wants, or not too much of it.
    Excess,
    /// Emphasis by capitals, repeated letters or punctuation.
    Emphasis,
    /// The title counts more.
    Title,
    /// Praise among cues of irony.
    Sarcasm,
}

impl StepKind {
    /// Name in explanations.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Negation => "negation",
            Self::Booster => "booster",
            Self::Downtoner => "downtoner",
            Self::Contrast => "contrast",
            Self::Irrealis => "irrealis",
            Self::Comparison => "comparison",
            Self::Excess => "excess",
            Self::Emphasis => "emphasis",
            Self::Title => "title",
            Self::Sarcasm => "sarcasm",
        }
    }
}

/// All annotations of one item.
///
/// An insight stands alone: it holds its taxonomy and the names of the rules by `Arc`.
///
/// ```
/// let engine = candor::Engine::builder().build()?;
/// let insight = engine.analyze_text("Delivery was far too slow");
/// assert!(insight.sentiment().score < 0.0);
/// assert_eq!(insight.topics().first().map(|t| insight.taxonomy().path(t.topic)), Some("delivery/speed"));
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Insight {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) language: Language,
    pub(crate) sentiment: Sentiment,
    pub(crate) abstained: Option<Abstention>,
    pub(crate) opinions: Vec<Opinion>,
    pub(crate) topics: Vec<TopicMention>,
    pub(crate) intents: LabelSet<Intent>,
    pub(crate) severity: Severity,
    pub(crate) consequences: Vec<Reason<Consequence>>,
    pub(crate) effort: Effort,
    pub(crate) hassles: Vec<Reason<Hassle>>,
    pub(crate) urgency: Urgency,
    pub(crate) emotions: LabelSet<Emotion>,
    pub(crate) churn_risk: f32,
    pub(crate) flags: LabelSet<Flag>,
    pub(crate) firings: Vec<Firing>,
    pub(crate) steps: Vec<Step>,
    pub(crate) held: Vec<Held>,
    /// Words of the rules that hold.
    pub(crate) rule_places: Vec<(Field, Span)>,
}

impl Insight {
    /// An empty insight to be filled by `analyze_into`.
    pub(crate) fn empty(catalog: Arc<Catalog>) -> Self {
        Self {
            catalog,
            language: Language::Undetermined,
            sentiment: Sentiment::default(),
            abstained: None,
            opinions: Vec::new(),
            topics: Vec::new(),
            intents: LabelSet::default(),
            severity: Severity::default(),
            consequences: Vec::new(),
            effort: Effort::default(),
            hassles: Vec::new(),
            urgency: Urgency::Low,
            emotions: LabelSet::default(),
            churn_risk: 0.0,
            flags: LabelSet::default(),
            firings: Vec::new(),
            steps: Vec::new(),
            held: Vec::new(),
            rule_places: Vec::new(),
        }
    }

    /// Back to empty, keeping the memory.
    pub(crate) fn clear(&mut self) {
        self.language = Language::Undetermined;
        self.sentiment = Sentiment::default();
        self.abstained = None;
        self.opinions.clear();
        self.topics.clear();
        self.intents = LabelSet::default();
        self.severity = Severity::default();
        self.consequences.clear();
        self.effort = Effort::default();
        self.hassles.clear();
        self.urgency = Urgency::Low;
        self.emotions = LabelSet::default();
        self.churn_risk = 0.0;
        self.flags = LabelSet::default();
        self.firings.clear();
        self.steps.clear();
        self.held.clear();
        self.rule_places.clear();
    }

    /// Language of the words that were read.
    pub fn language(&self) -> Language {
        self.language
    }

    /// How the item feels as a whole.
    pub fn sentiment(&self) -> Sentiment {
        self.sentiment
    }

    /// Why there is no verdict, if so; then the score is 0.
    pub fn abstained(&self) -> Option<Abstention> {
        self.abstained
    }

    /// Opinions in the order of the text.
    pub fn opinions(&self) -> &[Opinion] {
        &self.opinions
    }

    /// Topics with an opinion or a reported problem, in the order of first mention.
    pub fn topics(&self) -> &[TopicMention] {
        &self.topics
    }

    /// What the customer wants or does.
    pub fn intents(&self) -> LabelSet<Intent> {
        self.intents
    }

    /// How soon somebody must act.
    pub fn urgency(&self) -> Urgency {
        self.urgency
    }

    /// Feelings named or shown.
    pub fn emotions(&self) -> LabelSet<Emotion> {
        self.emotions
    }

    /// 0..1: signs in the words that the customer leaves.
    pub fn churn_risk(&self) -> f32 {
        self.churn_risk
    }

    /// Facts a reader should know.
    pub fn flags(&self) -> LabelSet<Flag> {
        self.flags
    }

    /// Adds a fact that is known only over many items, such as [`Flag::Duplicate`].
    pub fn set_flag(&mut self, flag: Flag) {
        self.flags.insert(flag);
    }

    /// Keeps the topics of a set only: opinions on others stay, on no topic. All else is as it was. No allocation.
    pub fn retain_topics(&mut self, set: &TopicSet) {
        self.topics.retain(|mention| set.contains(mention.topic));
        for opinion in &mut self.opinions {
            opinion.topic = opinion.topic.filter(|topic| set.contains(*topic));
        }
    }

    /// Every rule that spoke, in the order of the text.
    pub fn evidence(&self) -> &[Firing] {
        &self.firings
    }

    /// What modified a firing of this insight, in the order of application.
    pub fn steps(&self, firing: &Firing) -> &[Step] {
        self.steps.get(firing.steps.0 as usize..firing.steps.1 as usize).unwrap_or_default()
    }

    /// Name of the rule of a firing of this insight, such as `zh/opinion/慢`.
    pub fn rule(&self, firing: &Firing) -> String {
        self.catalog.rule(firing.rule)
    }

    /// The taxonomy of its topics.
    pub fn taxonomy(&self) -> &Taxonomy {
        &self.catalog.taxonomy
    }

    /// Print of the engine that made it: same print and text, same verdict.
    pub fn fingerprint(&self) -> &str {
        &self.catalog.fingerprint
    }

    /// Path of a topic of this insight.
    pub fn path(&self, topic: TopicId) -> &str {
        self.catalog.taxonomy.path(topic)
    }
}
