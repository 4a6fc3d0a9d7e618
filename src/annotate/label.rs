//! The closed vocabularies of a verdict.

use serde::{Deserialize, Serialize};

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant,)* }

        impl $name {
            /// All values in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The value with this name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.as_str() == name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

labels! {
    /// Language of the words that were read. Those behind `und` are read with a
    /// [`LanguagePack`](crate::engine::LanguagePack) only; their codes are those of ISO 639-1.
    Language {
        /// English.
        English = "en",
        /// Chinese in Simplified characters.
        Simplified = "zh-Hans",
        /// Chinese in Traditional characters.
        Traditional = "zh-Hant",
        /// Chinese and English in one text.
        Mixed = "mixed",
        /// Undetermined or another language.
        Undetermined = "und",
        /// Afrikaans, where the host brings a pack.
        Afrikaans = "af",
        /// Catalan, where the host brings a pack.
        Catalan = "ca",
        /// Croatian, where the host brings a pack.
        Croatian = "hr",
        /// Czech, where the host brings a pack.
        Czech = "cs",
        /// Danish, where the host brings a pack.
        Danish = "da",
        /// Dutch, where the host brings a pack.
        Dutch = "nl",
        /// Estonian, where the host brings a pack.
        Estonian = "et",
        /// Finnish, where the host brings a pack.
        Finnish = "fi",
        /// French, where the host brings a pack.
        French = "fr",
        /// German, where the host brings a pack.
        German = "de",
        /// Hungarian, where the host brings a pack.
        Hungarian = "hu",
        /// Indonesian, where the host brings a pack.
        Indonesian = "id",
        /// Italian, where the host brings a pack.
        Italian = "it",
        /// Malay, where the host brings a pack.
        Malay = "ms",
        /// Norwegian, where the host brings a pack.
        Norwegian = "no",
        /// Polish, where the host brings a pack.
        Polish = "pl",
        /// Portuguese, where the host brings a pack.
        Portuguese = "pt",
        /// Romanian, where the host brings a pack.
        Romanian = "ro",
        /// Slovak, where the host brings a pack.
        Slovak = "sk",
        /// Slovenian, where the host brings a pack.
        Slovenian = "sl",
        /// Spanish, where the host brings a pack.
        Spanish = "es",
        /// Swahili, where the host brings a pack.
        Swahili = "sw",
        /// Swedish, where the host brings a pack.
        Swedish = "sv",
        /// Tagalog, where the host brings a pack.
        Tagalog = "tl",
        /// Turkish, where the host brings a pack.
        Turkish = "tr",
    }
}

labels! {
    /// How an item or an opinion feels.
    Polarity {
        /// Good.
        Positive = "positive",
        /// Bad.
        Negative = "negative",
        /// Neither.
        Neutral = "neutral",
        /// Both, and neither side clearly outweighs.
        Mixed = "mixed",
    }
}

labels! {
    /// Why no verdict is given.
    Abstention {
        /// No words.
        Empty = "empty",
        /// Too few words to say anything.
        TooShort = "too_short",
        /// Neither English nor Chinese.
        UnsupportedLanguage = "unsupported_language",
        /// Only words of others.
        OnlyQuoted = "only_quoted",
        /// A default or placeholder review.
        Template = "template",
        /// Keyboard noise.
        Junk = "junk",
    }
}

labels! {
    /// What the customer wants or does.
    Intent {
        /// Complains.
        Complaint = "complaint",
        /// Suggests an improvement or feature.
        Suggestion = "suggestion",
        /// Asks something.
        Question = "question",
        /// Asks for an act: refund, cancel, exchange, call back.
        Request = "request",
        /// Praises.
        Praise = "praise",
        /// Reports a malfunction.
        Problem = "problem",
        /// Compares with something else.
        Comparison = "comparison",
        /// Says they leave.
        Churn = "churn",
        /// Recommends.
        Recommend = "recommend",
    }
}

labels! {
    /// Named band of a severity score.
    SeverityLevel {
        /// Nothing bad.
        None = "none",
        /// An annoyance.
        Minor = "minor",
        /// Needs an answer.
        Moderate = "moderate",
        /// Harms the relation.
        Major = "major",
        /// Safety, law, or a total loss.
        Critical = "critical",
    }
}

labels! {
    /// What makes a complaint worse.
    Consequence {
        /// Danger to life and limb.
        Safety = "safety",
        /// Illness, allergy, injury.
        Health = "health",
        /// Law, authorities, the press.
        Legal = "legal",
        /// Money lost or withheld.
        Money = "money",
        /// Personal data, privacy, a stolen account.
        Data = "data",
        /// It happened before, or was reported before.
        Repeat = "repeat",
        /// A thing, an occasion or data that does not come back.
        Loss = "loss",
        /// Anger beyond blame.
        Rage = "rage",
        /// Time lost with waiting.
        Time = "time",
    }
}

labels! {
    /// Named band of an effort score.
    EffortLevel {
        /// It went easily.
        Easy = "easy",
        /// Nothing said of it.
        None = "none",
        /// Some trouble.
        Moderate = "moderate",
        /// Great trouble.
        High = "high",
    }
}

labels! {
    /// What an effort consists of.
    Hassle {
        /// Asking again and again.
        Contact = "contact",
        /// Waiting.
        Wait = "wait",
        /// Being passed on, or reaching nobody.
        Runaround = "runaround",
        /// Doing it again, by hand, or against resistance.
        Rework = "rework",
        /// None: it went easily.
        Ease = "ease",
    }
}

labels! {
    /// How soon somebody must act.
    Urgency {
        /// Nothing to do.
        Low = "low",
        /// In turn.
        Normal = "normal",
        /// First today.
        High = "high",
        /// Now.
        Immediate = "immediate",
    }
}

labels! {
    /// Feelings named or shown.
    Emotion {
        /// Angry.
        Angry = "angry",
        /// Disappointed.
        Disappointed = "disappointed",
        /// Anxious.
        Anxious = "anxious",
        /// Sad.
        Sad = "sad",
        /// Happy.
        Happy = "happy",
        /// Grateful.
        Grateful = "grateful",
        /// Surprised.
        Surprised = "surprised",
    }
}

labels! {
    /// Facts about an item that a reader of the verdict should know.
    Flag {
        /// Rating and words contradict each other.
        RatingConflict = "rating_conflict",
        /// A default review.
        Template = "template",
        /// The same text was seen before.
        Duplicate = "duplicate",
        /// Advertising.
        Spam = "spam",
        /// Shows signs of a fake.
        SuspectedFake = "suspected_fake",
        /// Written for a reward.
        Incentivised = "incentivised",
        /// Threatens with a bad review.
        Extortion = "extortion",
        /// Holds personal data.
        PersonalData = "personal_data",
        /// The source cut the text.
        Truncated = "truncated",
        /// Shows cues of irony: confidence is lowered.
        Sarcasm = "sarcasm",
        /// A turn without a known speaker was read.
        RoleUnknown = "role_unknown",
        /// The id was made from source and line.
        GeneratedId = "generated_id",
        /// Broken bytes were replaced.
        EncodingRepaired = "encoding_repaired",
    }
}

/// A small set of labels, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LabelSet<T> {
    bits: u32,
    kind: std::marker::PhantomData<T>,
}

impl<T> Default for LabelSet<T> {
    fn default() -> Self {
        Self { bits: 0, kind: std::marker::PhantomData }
    }
}

macro_rules! label_set {
    ($($name:ident),*) => {$(
        impl LabelSet<$name> {
            /// Adds a label.
            pub fn insert(&mut self, label: $name) {
                self.bits |= 1 << label as u32;
            }

            /// Whether the label is in the set.
            pub fn contains(self, label: $name) -> bool {
                self.bits & (1 << label as u32) != 0
            }

            /// Whether the set is empty.
            pub fn is_empty(self) -> bool {
                self.bits == 0
            }

            /// The labels in order.
            pub fn iter(self) -> impl Iterator<Item = $name> {
                $name::ALL.iter().copied().filter(move |label| self.contains(*label))
            }
        }
    )*};
}

label_set!(Intent, Emotion, Flag, Consequence);
