//! The kinds of word lists, their classes and ranges.

/// A kind of word list; each is a TSV file of `term  value  class  note`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum List {
    /// Opinion words and cues with their strength, -4..4.
    Valence,
    /// Words that turn an opinion, with the share of it they turn.
    Negator,
    /// Words that strengthen, with their factor.
    Booster,
    /// Words that weaken, with their factor.
    Downtoner,
    /// Words between two sides, with the weight of the weaker side.
    Contrast,
    /// Words that make a clause wished, supposed, asked or reported, with the factor that is left; speakers, verbs of
    /// saying, rivals and measures that do so together with others.
    Irrealis,
    /// What the customer wants or does, summed over a sentence; 0.5 decides alone, what is negative speaks against it.
    /// An `imperative` asks where it opens a clause, a `function` reports a problem where it is negated.
    Intent,
    /// What makes a complaint worse.
    Severity,
    /// What makes it pressing.
    Urgency,
    /// Signs of leaving (positive) and of loyalty (negative).
    Churn,
    /// Feelings.
    Emotion,
    /// What cost the customer trouble, or went easily. `calls` count with a number before them; `times` and `period` (what
    /// one of them costs) also need a word of trying or waiting beside them, which may be too weak alone.
    Effort,
    /// The commonest words of a language, which tell it from others.
    Function,
    /// Default reviews, adverts, rewards.
    Template,
    /// Words that contain a listed word but do not mean it.
    Compound,
    /// Emoji, emoticons and bracket emoticons.
    Symbol,
    /// One or two English words or one to four Han characters that say something only in sum, with a lean
    /// learned from rated texts; never the expression of an opinion. Neighbours all speak, overlapping or not.
    Cue,
    /// Opinion words whose value depends on what they are said of: the class is the kind of target.
    Dependent,
    /// Nouns and verbs by the kind of target they are, for [`List::Dependent`].
    Facet,
    /// Cues of irony.
    Sarcasm,
    /// Nouns that name a topic (from a taxonomy).
    Target,
    /// Opinion words that lead to a topic next to its targets (from a taxonomy).
    Attribute,
    /// Words that lead to a topic on their own (from a taxonomy).
    Expression,
}

const FEELINGS: &[&str] =
    &["angry", "disappointed", "anxious", "sad", "happy", "grateful", "surprised", "opinion"];
const INTENTS: &[&str] = &[
    "complaint",
    "suggestion",
    "question",
    "request",
    "praise",
    "problem",
    "comparison",
    "churn",
    "recommend",
    "imperative",
    "function",
];

const MOODS: &[&str] = &[
    "condition",
    "wish",
    "question",
    "report",
    "expectation",
    "presupposed",
    "rhetorical",
    "belied",
    "lack",
    "speaker",
    "speech",
    "own",
    "rival",
    "measure",
];

const FACETS: &[&str] = &[
    "price",
    "lasting",
    "wait",
    "noise",
    "sound",
    "machine",
    "speaker",
    "output",
    "rating",
    "risk",
    "room",
    "compact",
    "flaw",
    "gadget",
    "luggage",
    "fabric",
    "cover",
    "fit",
    "cable",
    "hot_food",
    "cold_food",
    "climate",
    "story",
    "control",
    "blade",
    "edge",
    "picture",
    "bed",
    "tender",
    "crisp",
    "structure",
    "smell",
    "taste",
    "wear",
    "process",
    "adhesive",
    "residue",
    "saving",
    "choice",
    "trouble",
    "text",
];

impl List {
    /// The lists a host may bring.
    pub const ALL: &'static [Self] = &[
        Self::Valence,
        Self::Negator,
        Self::Booster,
        Self::Downtoner,
        Self::Contrast,
        Self::Irrealis,
        Self::Intent,
        Self::Severity,
        Self::Urgency,
        Self::Churn,
        Self::Emotion,
        Self::Effort,
        Self::Function,
        Self::Template,
        Self::Compound,
        Self::Symbol,
        Self::Cue,
        Self::Dependent,
        Self::Facet,
        Self::Sarcasm,
    ];

    /// File name without its ending.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Valence => "valence",
            Self::Negator => "negator",
            Self::Booster => "booster",
            Self::Downtoner => "downtoner",
            Self::Contrast => "contrast",
            Self::Irrealis => "irrealis",
            Self::Intent => "intent",
            Self::Severity => "severity",
            Self::Urgency => "urgency",
            Self::Churn => "churn",
            Self::Emotion => "emotion",
            Self::Effort => "effort",
            Self::Function => "function",
            Self::Template => "template",
            Self::Compound => "compound",
            Self::Symbol => "symbol",
            Self::Cue => "cue",
            Self::Dependent => "dependent",
            Self::Facet => "facet",
            Self::Sarcasm => "sarcasm",
            Self::Target => "target",
            Self::Attribute => "attribute",
            Self::Expression => "expression",
        }
    }

    /// Names allowed in the class column; their order is the number of the class.
    pub const fn classes(self) -> &'static [&'static str] {
        match self {
            Self::Valence => &["opinion", "problem", "middling", "cue", "graded"],
            Self::Negator => &["pre", "post", "absence", "none", "never", "excess"],
            Self::Booster | Self::Downtoner => &["pre", "post", "such", "excess"],
            Self::Contrast => &["but", "although", "except", "not_only", "and", "or", "fence"],
            Self::Irrealis => MOODS,
            Self::Intent => INTENTS,
            Self::Severity => &["safety", "health", "legal", "money", "data", "repeat", "loss", "rage"],
            Self::Urgency => &["immediate", "high"],
            Self::Churn => &["leave", "switch", "cancel", "loyal", "repurchase"],
            Self::Emotion | Self::Symbol => FEELINGS,
            Self::Effort => &["contact", "wait", "runaround", "rework", "ease", "calls", "times", "period"],
            Self::Function => &["function"],
            Self::Template => &["template", "spam", "incentive", "extortion"],
            Self::Compound => &["compound"],
            Self::Cue => &["cue"],
            Self::Dependent | Self::Facet => FACETS,
            Self::Sarcasm => &["mock", "lead", "wry", "sneer", "eyeroll", "hardship", "promise"],
            Self::Target | Self::Attribute => &["topic"],
            Self::Expression => &["word", "phrase"],
        }
    }

    /// Smallest and largest value.
    pub const fn range(self) -> (f32, f32) {
        match self {
            Self::Valence | Self::Symbol | Self::Cue | Self::Dependent => (-4.0, 4.0),
            Self::Booster => (1.0, 3.0),
            Self::Churn => (-1.0, 1.0),
            Self::Intent => (-2.0, 2.0),
            _ => (0.0, 1.0),
        }
    }

    /// Whether the sentiment asks for it.
    pub(crate) const fn speaks(self) -> bool {
        self.group() & SENTIMENT_GROUPS != 0
    }

    /// Within a group the longest match wins; groups do not hide each other.
    pub(crate) const fn group(self) -> u16 {
        match self {
            Self::Valence
            | Self::Negator
            | Self::Booster
            | Self::Downtoner
            | Self::Contrast
            | Self::Irrealis
            | Self::Compound
            | Self::Symbol => 1,
            Self::Target => 1 << 1,
            Self::Attribute | Self::Expression => 1 << 2,
            Self::Intent => 1 << 3,
            Self::Severity => 1 << 4,
            Self::Urgency => 1 << 5,
            Self::Churn => 1 << 6,
            Self::Emotion => 1 << 7,
            Self::Function => 1 << 8,
            Self::Template => 1 << 9,
            Self::Dependent => 1 << 10,
            Self::Facet => 1 << 11,
            Self::Sarcasm => 1 << 12,
            Self::Cue => 1 << 13,
            Self::Effort => 1 << 14,
        }
    }
}

/// Groups that tell a known word: opinions with their modifiers, templates.
pub(crate) const OPINION_GROUPS: u16 = List::Valence.group() | List::Template.group();
/// Groups that the sentiment needs: these, what opinions depend on, and irony.
pub(crate) const SENTIMENT_GROUPS: u16 =
    OPINION_GROUPS | List::Dependent.group() | List::Facet.group() | List::Sarcasm.group();
/// The group that is found by neighbours, not by the longest match.
pub(crate) const CUE_GROUP: u16 = List::Cue.group();
/// All groups.
pub(crate) const ALL_GROUPS: u16 = (1 << GROUPS) - 1;

/// Number of groups.
pub(crate) const GROUPS: usize = 15;

/// Of `groups`, those not covered at `start`; marks them covered up to `end`.
#[inline]
pub(super) fn uncovered(groups: u16, start: usize, end: usize, covered: &mut [usize; GROUPS]) -> u16 {
    let mut free = 0;
    let mut left = groups;
    while left != 0 {
        let bit = left.trailing_zeros();
        left &= left - 1;
        if let Some(until) = covered.get_mut(bit as usize).filter(|until| **until <= start) {
            free |= 1 << bit;
            *until = end;
        }
    }
    free
}

/// What one list says of a term.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sense {
    pub(crate) list: List,
    pub(crate) class: u8,
    /// Number of the topic, for the lists of a taxonomy.
    pub(crate) topic: u16,
    pub(crate) value: f32,
}

impl Sense {
    /// Whether a later entry with the sense `other` takes the place of this one.
    pub(super) fn is_same(self, other: Self) -> bool {
        let by_class = matches!(self.list, List::Intent | List::Dependent | List::Facet);
        let same_class = !by_class || self.class == other.class;
        self.list == other.list && self.topic == other.topic && same_class
    }
}
