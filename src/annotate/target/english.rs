//! English: where the noun phrase stands that an opinion is said of.
//!
//! Shapes, in this order: the opinion before its noun ("great screen", "love the lid"), behind a linking verb
//! ("the screen is great"), right behind it ("picture great", "the zipper broke"), and before a preposition
//! ("happy with the lid").

use super::Attachment;
use super::words::Role;
use crate::lexicon::WordAt;
use crate::span::CleanSpan;

/// Words looked at on either side.
const REACH: usize = 9;
/// Words of one noun phrase.
const LONGEST: usize = 4;

/// A word with what it does.
#[derive(Clone, Copy)]
struct Word {
    span: CleanSpan,
    role: Role,
    /// Ends as adverbs do.
    adverbial: bool,
}

/// The text around an opinion.
pub(super) struct English<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a [WordAt],
    pub(super) expression: CleanSpan,
}

impl English<'_> {
    /// What the opinion is said of.
    pub(super) fn attach(&self) -> Attachment {
        let found = self.noun();
        match found {
            Attachment::Phrase(span) if self.is_aimed(span) => found,
            Attachment::Pronoun => match self.act() {
                Attachment::Phrase(act) => Attachment::Act(act),
                _ => found,
            },
            _ => self.act(),
        }
    }

    /// The phrase that "and" or a comma ties to a target, away from the opinion: "the food and the staff were great".
    pub(super) fn tied(&self, target: CleanSpan) -> Attachment {
        let found = if target.start >= self.expression.end {
            self.tied_after(target)
        } else {
            self.tied_before(target)
        };
        match found {
            Attachment::Phrase(span) if self.is_aimed(span) => found,
            _ => Attachment::Nothing,
        }
    }

    /// "great food and staff".
    fn tied_after(&self, target: CleanSpan) -> Attachment {
        let and = Walk::after(self, target.end).next().filter(|w| w.role.is(Role::TIE));
        let right = self.text.get(target.end as usize..).unwrap_or_default();
        let at = and.map(|w| w.span.end).or_else(|| right.starts_with(", ").then_some(target.end + 2));
        let Some(at) = at else { return Attachment::Nothing };
        let found = self.phrase_from(at);
        let Attachment::Phrase(span) = found else { return found };
        // Another clause begins: "great food and the staff was rude".
        let goes_on =
            Walk::after(self, span.end).next().is_some_and(|w| w.role.is(Role::LINKING.or(Role::AUXILIARY)));
        if goes_on { Attachment::Nothing } else { found }
    }

    /// "the food, the drinks and the staff were great".
    fn tied_before(&self, target: CleanSpan) -> Attachment {
        let mut before = Walk::before(self, target.start);
        let (mut at, mut word) = (target.start, before.next());
        if let Some(determiner) = word.filter(|w| w.role.is(Role::DETERMINER)) {
            (at, word) = (determiner.span.start, before.next());
        }
        let and = word.filter(|w| w.role.is(Role::TIE));
        let left = self.text.get(..and.map_or(at, |w| w.span.start) as usize).unwrap_or_default().trim_end();
        let Some(left) = left.strip_suffix(',').or(and.map(|_| left)) else { return Attachment::Nothing };
        match self.phrase_until(left.len() as u32) {
            Attachment::Phrase(span) if self.begins(span) => Attachment::Phrase(span),
            _ => Attachment::Nothing,
        }
    }

    /// Whether nothing stands before a phrase but its determiner and what joins clauses: in "great food and the staff
    /// was rude" the food is not rude.
    fn begins(&self, span: CleanSpan) -> bool {
        let mut before = Walk::before(self, span.start);
        let first = before.next();
        let first = if first.is_some_and(|w| w.role.is(Role::DETERMINER)) { before.next() } else { first };
        first.is_none_or(|w| w.role.is(Role::CONJUNCTION))
    }

    pub(super) fn is_aimed(&self, span: CleanSpan) -> bool {
        Walk::before(self, span.end).next().is_some_and(|head| !head.role.is(Role::UNAIMED))
    }

    /// "works great", "well made", "works perfectly" where that is listed as a whole.
    fn act(&self) -> Attachment {
        let before = Walk::before(self, self.expression.start).next();
        let act = [before, self.last_word(), self.first_word()]
            .into_iter()
            .flatten()
            .find(|w| w.role.is(Role::ACT));
        act.map_or(Attachment::Nothing, |w| Attachment::Phrase(w.span))
    }

    /// The noun phrase, or what stands for one.
    fn noun(&self) -> Attachment {
        if self.only_word().is_some_and(|w| Role::of(w.role).is(Role::ADVERB)) {
            return self.subject();
        }
        self.object().or_else(|| self.subject()).or_else(|| self.complement())
    }

    /// "great screen", "love the lid".
    fn object(&self) -> Attachment {
        let verbal = self.last_word().is_some_and(|w| w.role.is(Role::VERBAL));
        let mut after = Walk::after(self, self.expression.end);
        if verbal {
            return match after.next() {
                Some(w) if w.role.is(Role::PRONOUN) && !self.followed(w) => Attachment::Pronoun,
                Some(w) if w.role.is(Role::DETERMINER) => self.phrase_from(w.span.end),
                Some(w) if !w.role.is(Role::OUTSIDE) => self.phrase_from(w.span.start),
                _ => Attachment::Nothing,
            };
        }
        match self.last_word() {
            Some(last) if !last.adverbial => match after.next() {
                Some(w) if !w.role.is(Role::OUTSIDE) && !w.adverbial => self.phrase_from(w.span.start),
                _ => Attachment::Nothing,
            },
            _ => Attachment::Nothing,
        }
    }

    /// Whether a demonstrative stands before its noun: "love this lid".
    fn followed(&self, word: Word) -> bool {
        word.role.is(Role::DETERMINER)
            && Walk::after(self, word.span.end).next().is_some_and(|w| !w.role.is(Role::OUTSIDE))
    }

    /// "the screen is great", "the zipper broke".
    fn subject(&self) -> Attachment {
        let mut before = Walk::before(self, self.expression.start).take(REACH).peekable();
        let skipped = |w: &Word| {
            w.role.is(Role::LINKING)
                || w.role.is(Role::AUXILIARY)
                || (w.role.is(Role::ADVERB) && !w.role.is(Role::LEADING))
        };
        while before.next_if(skipped).is_some() {}
        match before.next() {
            Some(w) if w.role.is(Role::PRONOUN) => Attachment::Pronoun,
            Some(w) if w.role.is(Role::OUTSIDE) => Attachment::Nothing,
            Some(w) => self.phrase_until(w.span.end),
            None => Attachment::Nothing,
        }
    }

    /// "happy with the lid", "problem with shipping".
    fn complement(&self) -> Attachment {
        let mut after = Walk::after(self, self.expression.end);
        let Some(preposition) = after.next().filter(|w| w.role.is(Role::PREPOSITION)) else {
            return self.ending_preposition();
        };
        self.governed(preposition.span.end)
    }

    /// The listed expression may hold the preposition itself: "disappointed with".
    fn ending_preposition(&self) -> Attachment {
        match self.last_word() {
            Some(last) if last.role.is(Role::PREPOSITION) => self.governed(self.expression.end),
            _ => Attachment::Nothing,
        }
    }

    /// The noun phrase behind a preposition.
    fn governed(&self, at: u32) -> Attachment {
        match Walk::after(self, at).next() {
            Some(w) if w.role.is(Role::DETERMINER) && self.followed(w) => self.phrase_from(w.span.end),
            Some(w) if w.role.is(Role::DETERMINER) && !w.role.is(Role::PRONOUN) => {
                self.phrase_from(w.span.end)
            }
            Some(w) if w.role.is(Role::PRONOUN) => Attachment::Pronoun,
            Some(w) if !w.role.is(Role::OUTSIDE) => self.phrase_from(w.span.start),
            _ => Attachment::Nothing,
        }
    }

    /// The noun phrase that begins at a byte; leading words fall away, "quality of the fabric" stays whole.
    fn phrase_from(&self, at: u32) -> Attachment {
        let mut found: Option<CleanSpan> = None;
        let mut count = 0;
        for word in Walk::after(self, at).take(REACH) {
            if word.role.is(Role::OUTSIDE) && !(count > 0 && word.role.is(Role::HEAD)) || count >= LONGEST {
                break;
            }
            if found.is_none() && word.role.is(Role::LEADING) && !word.role.is(Role::HEAD) {
                continue;
            }
            count += 1;
            found = Some(CleanSpan::new(found.map_or(word.span.start, |f| f.start), word.span.end));
        }
        found.map_or(Attachment::Nothing, |span| Attachment::Phrase(self.with_of(span)))
    }

    /// The noun phrase that ends at a byte.
    fn phrase_until(&self, at: u32) -> Attachment {
        let (mut span, mut count) = (CleanSpan::new(at, at), 0);
        let mut core = None;
        let mut of = None;
        for word in Walk::before(self, at).take(REACH) {
            if word.role.is(Role::OUTSIDE) && !word.role.is(Role::HEAD) || count >= LONGEST {
                of = Some(word).filter(|w| w.role.is(Role::DETERMINER.or(Role::PREPOSITION)));
                break;
            }
            count += 1;
            span.start = word.span.start;
            if !word.role.is(Role::LEADING) || word.role.is(Role::HEAD) {
                core = Some(word.span.start);
            }
        }
        let Some(start) = core else { return Attachment::Nothing };
        span.start = start;
        if let Some(head) = of.and_then(|w| self.head_before(w)) {
            span.start = head;
        }
        Attachment::Phrase(span)
    }

    /// The head before "of the": where the phrase begins that ends behind it.
    fn head_before(&self, word: Word) -> Option<u32> {
        let mut walk = Walk::before(self, word.span.end);
        let mut next = walk.next()?;
        if next.role.is(Role::DETERMINER) {
            next = walk.next()?;
        }
        if !next.role.is(Role::OF) {
            return None;
        }
        let head = walk.next().filter(|w| w.role.is(Role::HEAD))?;
        let modifier = walk.next().filter(|w| !w.role.is(Role::OUTSIDE) && !w.role.is(Role::LEADING));
        Some(modifier.map_or(head.span.start, |m| m.span.start))
    }

    /// A phrase with the "of" that belongs to its head.
    fn with_of(&self, span: CleanSpan) -> CleanSpan {
        let head = Walk::before(self, span.end).next().is_some_and(|w| w.role.is(Role::HEAD));
        let mut after = Walk::after(self, span.end);
        let of = after.next().filter(|w| head && w.role.is(Role::OF));
        let (Some(_), Some(mut word)) = (of, after.next()) else { return span };
        if word.role.is(Role::DETERMINER) {
            match after.next() {
                Some(next) => word = next,
                None => return span,
            }
        }
        if word.role.is(Role::OUTSIDE) { span } else { CleanSpan::new(span.start, word.span.end) }
    }

    /// The expression, where it is one word.
    fn only_word(&self) -> Option<&WordAt> {
        let at = self.words.partition_point(|w| w.start < self.expression.start);
        self.words.get(at).filter(|w| w.end == self.expression.end)
    }

    fn first_word(&self) -> Option<Word> {
        let at = self.words.partition_point(|w| w.start < self.expression.start);
        let first = self.words.get(at)?;
        Some(Word {
            span: CleanSpan::new(first.start, first.end),
            role: Role::of(first.role),
            adverbial: false,
        })
    }

    fn last_word(&self) -> Option<Word> {
        Walk::before(self, self.expression.end).next()
    }
}

/// The words on one side of a place, until a sign that ends a phrase.
struct Walk<'a> {
    around: &'a English<'a>,
    /// Number of the word behind the place.
    at: usize,
    /// Nothing but blanks stands between the place and the next word.
    joined: bool,
    back: bool,
}

impl<'a> Walk<'a> {
    fn after(around: &'a English<'a>, at: u32) -> Self {
        let behind = around.words.partition_point(|w| w.start < at);
        Self { around, at: behind, joined: true, back: false }
    }

    fn before(around: &'a English<'a>, at: u32) -> Self {
        let behind = around.words.partition_point(|w| w.end <= at);
        let touches = behind.checked_sub(1).and_then(|i| around.words.get(i)).is_some_and(|w| w.end == at);
        Self { around, at: behind, joined: touches, back: true }
    }

    fn word(&self, word: &WordAt) -> Word {
        let ending = self.around.text.as_bytes().get(..word.end as usize).and_then(|b| b.last_chunk::<2>());
        Word {
            span: CleanSpan::new(word.start, word.end),
            role: Role::of(word.role),
            adverbial: word.end - word.start > 4 && ending.is_some_and(|e| e.eq_ignore_ascii_case(b"ly")),
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let words = self.around.words;
        if self.back {
            let joined = self.joined || words.get(self.at).is_some_and(|w| w.joined);
            self.at = self.at.checked_sub(1).filter(|_| joined)?;
            self.joined = false;
            words.get(self.at).map(|w| self.word(w))
        } else {
            let word = words.get(self.at).filter(|w| w.joined)?;
            self.at += 1;
            Some(self.word(word))
        }
    }
}
