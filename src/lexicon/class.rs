//! The classes of the lists by number, as far as a rule names them.

/// Classes of `List::Valence` by number.
pub(crate) mod valence {
    pub(crate) const OPINION: u8 = 0;
    pub(crate) const PROBLEM: u8 = 1;
    pub(crate) const MIDDLING: u8 = 2;
    pub(crate) const CUE: u8 = 3;
    pub(crate) const GRADED: u8 = 4;
}

/// Classes of `List::Negator` by number.
pub(crate) mod negator {
    pub(crate) const POST: u8 = 1;
    pub(crate) const ABSENCE: u8 = 2;
    /// An absence that repeats a negator before it: "don't need no help", "neither ... nor".
    pub(crate) const NONE: u8 = 3;
    /// A negator of experience, which such a word after it makes a superlative: "never had such".
    pub(crate) const NEVER: u8 = 4;
    pub(crate) const EXCESS: u8 = 5;
}

/// Classes of `List::Intent` by number, beyond the intents themselves.
pub(crate) mod intent {
    pub(crate) const IMPERATIVE: u8 = 9;
    pub(crate) const FUNCTION: u8 = 10;
}

/// Classes of `List::Effort` by number, beyond the hassles themselves.
pub(crate) mod effort {
    pub(crate) const CALLS: u8 = 5;
    pub(crate) const TIMES: u8 = 6;
    pub(crate) const PERIOD: u8 = 7;
}

/// Classes of `List::Booster` and `List::Downtoner` by number.
pub(crate) mod degree {
    pub(crate) const POST: u8 = 1;
    pub(crate) const SUCH: u8 = 2;
    pub(crate) const EXCESS: u8 = 3;
}

/// Classes of `List::Expression` by number.
pub(crate) mod expression {
    pub(crate) const WORD: u8 = 0;
    pub(crate) const PHRASE: u8 = 1;
}

/// Classes of `List::Irrealis` by number.
pub(crate) mod irrealis {
    pub(crate) const WISH: u8 = 1;
    pub(crate) const QUESTION: u8 = 2;
    pub(crate) const REPORT: u8 = 3;
    pub(crate) const PRESUPPOSED: u8 = 5;
    pub(crate) const RHETORICAL: u8 = 6;
    pub(crate) const BELIED: u8 = 7;
    pub(crate) const LACK: u8 = 8;
    /// From here on a class says nothing of the mood by itself.
    pub(crate) const SPEAKER: u8 = 9;
    pub(crate) const SPEECH: u8 = 10;
    pub(crate) const OWN: u8 = 11;
    pub(crate) const RIVAL: u8 = 12;
    pub(crate) const MEASURE: u8 = 13;
}

/// Classes of `List::Contrast` by number.
pub(crate) mod contrast {
    pub(crate) const BUT: u8 = 0;
    pub(crate) const ALTHOUGH: u8 = 1;
    pub(crate) const EXCEPT: u8 = 2;
    pub(crate) const NOT_ONLY: u8 = 3;
    /// Words that join: two adjectives, or two clauses.
    pub(crate) const AND: u8 = 4;
    /// Words that join whatever the sign. Behind them stands the class of words that begin a clause of
    /// their own ("because"), where no negation goes on.
    pub(crate) const OR: u8 = 5;
}

/// Classes of `List::Facet` by number that a rule names.
pub(crate) mod facet {
    pub(crate) const NOISE: u8 = 3;
    pub(crate) const SOUND: u8 = 4;
    pub(crate) const MACHINE: u8 = 5;
    pub(crate) const SPEAKER: u8 = 6;
    pub(crate) const OUTPUT: u8 = 7;
}

/// Classes of `List::Sarcasm` by number.
pub(crate) mod sarcasm {
    pub(crate) const MOCK: u8 = 0;
    pub(crate) const LEAD: u8 = 1;
    pub(crate) const WRY: u8 = 2;
    pub(crate) const SNEER: u8 = 3;
    pub(crate) const EYEROLL: u8 = 4;
    pub(crate) const HARDSHIP: u8 = 5;
    pub(crate) const PROMISE: u8 = 6;
}
