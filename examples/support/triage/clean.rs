//! What counts: everything a customer wrote, once.

use candor::Feedback;
use candor::feedback::{Direction, Moderation};
use jiff::Timestamp;
use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// Why an item that was read is left out of the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Aside {
    Duplicate,
    Template,
    Spam,
    NotCustomer,
    Withdrawn,
    Later,
}

impl Aside {
    pub(crate) const ALL: [Self; 6] =
        [Self::Duplicate, Self::Template, Self::Spam, Self::NotCustomer, Self::Withdrawn, Self::Later];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicates",
            Self::Template => "default reviews",
            Self::Spam => "advertising",
            Self::NotCustomer => "not written by a customer",
            Self::Withdrawn => "withdrawn at the source",
            Self::Later => "later than --now",
        }
    }
}

/// What the record alone tells, before its words are read.
pub(crate) fn aside(feedback: &Feedback, now: Option<Timestamp>) -> Option<Aside> {
    if feedback.direction() != Direction::Customer {
        return Some(Aside::NotCustomer);
    }
    if feedback.moderation() == Moderation::Deleted {
        return Some(Aside::Withdrawn);
    }
    let later = now.zip(feedback.created_at()).is_some_and(|(now, at)| at > now);
    later.then_some(Aside::Later)
}

/// Records seen, by a 64-bit print: finds files given twice, also where an item has no words to compare.
#[derive(Default)]
pub(crate) struct Records(HashSet<u64>);

impl Records {
    /// Adds a record; whether it is new.
    pub(crate) fn insert(&mut self, feedback: &Feedback) -> bool {
        // Ids alone do not do: two tables may both count from 1.
        let mut print = DefaultHasher::new();
        (feedback.source(), feedback.id(), feedback.created_at()).hash(&mut print);
        (feedback.title(), feedback.text(), feedback.turns().len()).hash(&mut print);
        feedback.rating().map(|rating| rating.value().to_bits()).hash(&mut print);
        self.0.insert(print.finish())
    }
}
