//! Irony: cues that praise may be mockery. They raise a doubt, never the opposite verdict.

use super::clause::{Clauses, Mark};
use super::sentiment::Weighed;
use crate::lexicon::{List, contrast, sarcasm as cue, valence};

/// Weight from which an opinion word counts as praise or as blame in these rules.
const CLEAR: f32 = 0.8;
/// Value from which one word of praise can be an exclamation ("Brilliant, it broke").
const EXCLAMATION: f32 = 2.0;
/// Bytes within which a quotation must close to be one of a word or two.
const QUOTED: usize = 36;

/// Words of a sentence whose surroundings are searched; more of them do not make it more ironic, and the time stays
/// linear.
const MOST: usize = 16;

/// Bytes between praise and the failure that undoes it.
const REACH: u32 = 60;

const OPENING: &[char] = &['"', '\'', '“', '‘', '「', '『'];
const CLOSING: &[char] = &['"', '\'', '”', '’', '」', '』'];
const ENDS: &[char] = &['.', '!', '?', '。', '！', '？', '…', '\n'];
const PAUSES: &[char] = &[',', '!', '.', '，', '！'];

/// Marks the clauses of every sentence with cues of irony; whether there is one. `loudness` is the factor of the
/// field on all weights.
pub(crate) fn mark(clauses: &mut Clauses, weighed: &[Weighed], text: &str, loudness: f32) -> bool {
    let (mut any, mut from, mut done) = (false, 0, 0);
    let mut before = Side::default();
    while let Some(first) = clauses.clauses.get(from) {
        let number = first.sentence;
        let until = from + clauses.clauses.iter().skip(from).take_while(|c| c.sentence == number).count();
        let rest = weighed.get(done..).unwrap_or_default();
        let own = rest.iter().take_while(|w| (w.clause as usize) < until).count();
        let words = rest.get(..own).unwrap_or_default();
        done += own;
        let sentence = Sentence { clauses, from, until, words, text, clear: CLEAR * loudness };
        let side = sentence.side();
        let near = Side { praised: side.praised || before.praised, failed: side.failed || before.failed };
        if sentence.mocks(side, near) {
            any = true;
            for clause in clauses.clauses.iter_mut().take(until).skip(from) {
                clause.mocked = true;
            }
        }
        (from, before) = (until, side);
    }
    any
}

/// What a sentence says besides its cues.
#[derive(Clone, Copy, Default)]
struct Side {
    praised: bool,
    failed: bool,
}

/// The clauses of one sentence with their weighed words.
struct Sentence<'a> {
    clauses: &'a Clauses,
    from: usize,
    until: usize,
    words: &'a [Weighed],
    text: &'a str,
    /// Weight that counts, in this field.
    clear: f32,
}

impl<'a> Sentence<'a> {
    fn marks(&self) -> &'a [Mark] {
        let at = |i: usize| self.clauses.clauses.get(i);
        let (Some(first), Some(last)) = (at(self.from), at(self.until.saturating_sub(1))) else { return &[] };
        self.clauses.marks.get(first.marks.0 as usize..last.marks.1 as usize).unwrap_or_default()
    }

    fn cues(&self, class: u8) -> impl Iterator<Item = &'a Mark> {
        self.marks().iter().filter(move |m| m.sense.list == List::Sarcasm && m.sense.class == class)
    }

    fn word(&self, weighed: &Weighed) -> Option<&'a Mark> {
        self.clauses.marks.get(weighed.mark as usize)
    }

    /// Opinion words that praise.
    fn praise(&self) -> impl Iterator<Item = (&'a Mark, &'a Weighed)> {
        let praises = |w: &&Weighed| w.weight >= self.clear && !w.negated;
        self.words.iter().filter(praises).filter_map(|w| Some((self.word(w)?, w)))
    }

    /// Where something fails from byte `from` on.
    fn failure(&self, from: u32) -> Option<u32> {
        let fails = |w: &Weighed| {
            let mark = self.word(w).filter(|m| m.sense.list == List::Valence && m.span.start >= from)?;
            let plain = mark.sense.class == valence::PROBLEM && w.weight < 0.0;
            (plain || w.weight <= -self.clear).then_some(mark.span.start)
        };
        let hardship = self.cues(cue::HARDSHIP).map(|m| m.span.start).find(|start| *start >= from);
        let problem = self.words.iter().find_map(fails);
        match (problem, hardship) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (one, other) => one.or(other),
        }
    }

    fn side(&self) -> Side {
        Side { praised: self.praise().next().is_some(), failed: self.failure(0).is_some() }
    }

    fn mocks(&self, side: Side, near: Side) -> bool {
        let has = |class| self.cues(class).next().is_some();
        has(cue::MOCK)
            || (has(cue::EYEROLL) && near.praised)
            || (has(cue::WRY) && near.failed)
            || (!side.praised && self.cues(cue::SNEER).any(|m| self.head(m).trim().is_empty()))
            || self.cues(cue::LEAD).take(MOST).any(|lead| self.undone(lead.span.end))
            || self.exclaimed()
            || (near.praised && self.retorted())
            || self.scare_quoted()
    }

    /// Praise that ends at byte `end` is undone by a plain failure behind it: no contrast word admits the
    /// failure, and nothing good follows it.
    fn undone(&self, end: u32) -> bool {
        let Some(failure) = self.failure(end).filter(|at| *at <= end + REACH) else { return false };
        let admits = |m: &Mark| m.sense.list == List::Contrast && m.sense.class <= contrast::EXCEPT;
        let admitted = self.marks().iter().any(|m| m.span.start >= end && admits(m));
        let rescued = self.praise().any(|(m, _)| m.span.start > failure);
        !admitted && !rescued
    }

    /// A word of praise alone at the head of a sentence: "Oh great, it broke again."
    fn exclaimed(&self) -> bool {
        let Some((word, _)) = self.praise().next().filter(|(m, _)| m.sense.value >= EXCLAMATION) else {
            return false;
        };
        let head = self.head(word).trim_end();
        let head = ["oh", "just", "well", "Oh", "Just", "Well", "OH", ","]
            .iter()
            .fold(head, |h, w| h.strip_suffix(w).unwrap_or(h).trim_end());
        let opens = head.is_empty() || head.ends_with(ENDS);
        opens && self.tail(word).starts_with(PAUSES) && self.undone(word.span.end)
    }

    /// A lone "not" behind praise: "Fantastic service... not."
    fn retorted(&self) -> bool {
        let Some((only, rest)) = self.marks().split_first() else { return false };
        if rest.iter().any(|m| m.span != only.span) {
            return false;
        }
        let alone = self.head(only).trim_end().ends_with(ENDS) && {
            let tail = self.tail(only).trim_end();
            tail.is_empty() || tail.starts_with(['.', '!'])
        };
        alone && self.spelled(only).eq_ignore_ascii_case("not")
    }

    /// A promise in quotation marks that the sentence makes fun of: 太“贴心”了, these "waterproof" boots leak.
    fn scare_quoted(&self) -> bool {
        let promises = self.cues(cue::PROMISE).chain(self.praise().map(|(m, _)| m));
        let quoted = promises.filter_map(|word| Some((word, self.quoted(word)?)));
        quoted.take(MOST).any(|(word, (outside, behind))| {
            let end = outside.trim_end().len() as u32;
            let pushed = |m: &Mark| {
                m.span.end == end
                    && (m.sense.list == List::Booster
                        || (m.sense.list, m.sense.class) == (List::Sarcasm, cue::LEAD))
            };
            let echoed = behind.chars().nth(1).is_some_and(|c| matches!(c, '?' | '？'))
                && (outside.trim_end().is_empty() || outside.trim_end().ends_with(ENDS));
            echoed || self.marks().iter().any(pushed) || self.undone(word.span.end)
        })
    }

    /// What stands before and behind a word that quotation marks set apart, alone or with a word or two.
    fn quoted(&self, word: &Mark) -> Option<(&'a str, &'a str)> {
        let outside = self.head(word).strip_suffix(OPENING)?;
        let tail = self.tail(word);
        let mut within = tail.char_indices().take_while(|(at, _)| *at <= QUOTED);
        let (close, _) = within.find(|(_, c)| CLOSING.contains(c))?;
        let (inside, behind) = tail.split_at_checked(close)?;
        // In running English the sign directly behind a letter is no opening one; as much as may stand in one tells.
        let near = outside.as_bytes().rchunks(QUOTED).next().unwrap_or_default();
        let goes_on = outside.ends_with(char::is_alphanumeric) && near.is_ascii();
        let apart = !inside.contains(ENDS) && !inside.contains(PAUSES) && !goes_on;
        apart.then_some((outside, behind))
    }

    fn head(&self, mark: &Mark) -> &'a str {
        self.text.get(..mark.span.start as usize).unwrap_or_default()
    }

    fn tail(&self, mark: &Mark) -> &'a str {
        self.text.get(mark.span.end as usize..).unwrap_or_default()
    }

    fn spelled(&self, mark: &Mark) -> &'a str {
        self.text.get(mark.span.start as usize..mark.span.end as usize).unwrap_or_default()
    }
}
