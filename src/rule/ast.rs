//! The tree of a rule, and its canonical spelling.

use super::field::Condition;
use std::fmt;

/// What a rule asks for; built by the functions below, which keep it in one form.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expr {
    Any(Vec<Self>),
    All(Vec<Self>),
    Not(Box<Self>),
    Near(Box<Near>),
    Within(Scope, Box<Self>),
    /// A word with its regular forms; it may hold `*`.
    Word(String),
    /// Words in this order and form.
    Phrase(String),
    Field(Condition),
    /// How the item feels; inside a scope how its words feel.
    Polarity(Tone),
}

/// Two places with at most so many words between them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Near {
    pub(crate) left: Expr,
    pub(crate) right: Expr,
    pub(crate) words: u32,
    /// The left one comes first.
    pub(crate) ordered: bool,
}

/// Where everything must stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Scope {
    Clause,
    Sentence,
}

impl Scope {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Clause => "CLAUSE",
            Self::Sentence => "SENTENCE",
        }
    }
}

/// How something feels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Tone {
    Positive,
    Negative,
    Neutral,
    Mixed,
}

impl Tone {
    pub(crate) const ALL: [Self; 4] = [Self::Positive, Self::Negative, Self::Neutral, Self::Mixed];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
            Self::Neutral => "neutral",
            Self::Mixed => "mixed",
        }
    }
}

impl Expr {
    /// One of several; alternatives of alternatives are alternatives.
    pub(crate) fn any(parts: Vec<Self>) -> Self {
        let flat = parts.into_iter().flat_map(|part| match part {
            Self::Any(inner) => inner,
            other => vec![other],
        });
        Self::single(flat.collect(), Self::Any)
    }

    /// All of several.
    pub(crate) fn all(parts: Vec<Self>) -> Self {
        let flat = parts.into_iter().flat_map(|part| match part {
            Self::All(inner) => inner,
            other => vec![other],
        });
        Self::single(flat.collect(), Self::All)
    }

    fn single(mut parts: Vec<Self>, many: fn(Vec<Self>) -> Self) -> Self {
        match (parts.pop(), parts.is_empty()) {
            (Some(only), true) => only,
            (last, _) => {
                parts.extend(last);
                many(parts)
            }
        }
    }

    /// Whether it names places in the text: a word, a phrase, or alternatives of these.
    pub(crate) fn is_group(&self) -> bool {
        match self {
            Self::Word(_) | Self::Phrase(_) => true,
            Self::Any(parts) => parts.iter().all(Self::is_group),
            _ => false,
        }
    }

    /// `NEAR` operators one behind the other.
    pub(crate) fn chain(&self) -> usize {
        if let Self::Near(near) = self { 1 + near.left.chain() } else { 0 }
    }

    /// How closely its parts hold together: what binds looser stands in brackets.
    const fn rank(&self) -> u8 {
        match self {
            Self::Any(_) => 0,
            Self::All(_) => 1,
            Self::Not(_) => 2,
            Self::Near(_) => 3,
            _ => 4,
        }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, least: u8) -> fmt::Result {
        if self.rank() < least { write!(f, "({self})") } else { write!(f, "{self}") }
    }

    fn join(f: &mut fmt::Formatter<'_>, parts: &[Self], operator: &str, least: u8) -> fmt::Result {
        for (i, part) in parts.iter().enumerate() {
            if i > 0 {
                write!(f, " {operator} ")?;
            }
            part.write(f, least)?;
        }
        Ok(())
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any(parts) => Self::join(f, parts, "OR", 1),
            Self::All(parts) => Self::join(f, parts, "AND", 2),
            Self::Not(inner) => {
                f.write_str("NOT ")?;
                inner.write(f, 2)
            }
            Self::Near(near) => {
                near.left.write(f, 3)?;
                write!(f, " {}NEAR/{} ", if near.ordered { "O" } else { "" }, near.words)?;
                near.right.write(f, 4)
            }
            Self::Within(scope, inner) => write!(f, "{}({inner})", scope.as_str()),
            Self::Word(word) => f.write_str(word),
            Self::Phrase(phrase) => write!(f, "\"{phrase}\""),
            Self::Field(condition) => condition.fmt(f),
            Self::Polarity(tone) => write!(f, "polarity:{}", tone.as_str()),
        }
    }
}
