//! Chinese: where the noun phrase stands that an opinion is said of.
//!
//! No segmenter: the phrase left of the degree adverb and behind the last edge word (我觉得|座椅承受力|还|不错), the
//! phrase behind 的 (漂亮的外壳), behind 的(就)是 (最不满意的就是倒车镜), or behind a verb (推荐这家的牛肉). What 、 or 和
//! ties to it is meant as well, and 的 joins it to what it belongs to (金属机身的散热).

use super::Attachment;
use super::words::{PhraseWords, Role};
use crate::span::CleanSpan;
use crate::text::is_han;

/// Characters of one noun phrase.
const LONGEST: usize = 9;
/// Characters of the longest listed edge or filler.
const EDGE: usize = 5;
/// Signs between a verb and what it aims at: 推荐：牛肉.
const OPENING: &[char] = &['：', ':', '“', '「', '《', '"'];

/// The text around an opinion.
pub(super) struct Chinese<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a PhraseWords,
    pub(super) expression: CleanSpan,
}

impl Chinese<'_> {
    /// What the opinion is said of.
    pub(super) fn attach(&self) -> Attachment {
        self.aimed(self.object().or_else(|| self.attributed()).or_else(|| self.subject()))
    }

    fn aimed(&self, found: Attachment) -> Attachment {
        match found {
            Attachment::Phrase(span) if self.is_unaimed(span) => Attachment::Nothing,
            found => found,
        }
    }

    /// The phrase that is tied to a target, away from the opinion: 鲍鱼、生蚝和螃蟹都很新鲜.
    pub(super) fn tied(&self, target: CleanSpan) -> Attachment {
        self.aimed(if target.start >= self.expression.end {
            self.tied_after(target.end as usize)
        } else {
            self.tied_before(target.start as usize)
        })
    }

    fn is_tie(&self, word: &str) -> bool {
        self.words.chinese(word).is(Role::TIE)
    }

    fn tied_before(&self, at: usize) -> Attachment {
        let left = self.text.get(..at).unwrap_or_default();
        let Some((left, _)) = endings(left).rev().find(|(_, word)| self.is_tie(word)) else {
            return Attachment::Nothing;
        };
        self.phrase(self.start_of(left), left.len())
    }

    fn tied_after(&self, at: usize) -> Attachment {
        let right = self.text.get(at..).unwrap_or_default();
        let Some(tie) = beginnings(right).rev().find(|word| self.is_tie(word)) else {
            return Attachment::Nothing;
        };
        let found = self.phrase_from(at + tie.len());
        let Attachment::Phrase(span) = found else { return found };
        // Another clause begins: 喜欢牛肉和服务很好.
        let behind = self.text.get(span.end as usize..).unwrap_or_default();
        let goes_on =
            behind.chars().next().is_some_and(is_inner) && !beginnings(behind).any(|word| self.is_tie(word));
        if goes_on { Attachment::Nothing } else { found }
    }

    /// What a target belongs to, with it: 金属机身的散热.
    pub(super) fn owner(&self, target: CleanSpan) -> Attachment {
        let left = self.text.get(..target.start as usize).unwrap_or_default();
        let Some(left) = left.strip_suffix('的') else { return Attachment::Nothing };
        self.aimed(self.phrase(self.start_of(left), left.len()))
    }

    pub(super) fn is_unaimed(&self, span: CleanSpan) -> bool {
        let phrase = self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        self.words.chinese(phrase).is(Role::UNAIMED)
    }

    fn expression(&self) -> &str {
        self.text.get(self.expression.start as usize..self.expression.end as usize).unwrap_or_default()
    }

    /// 推荐这家的牛肉.
    fn object(&self) -> Attachment {
        if !endings(self.expression()).any(|(_, word)| self.words.chinese(word).is(Role::VERBAL)) {
            return Attachment::Nothing;
        }
        let right = self.text.get(self.expression.end as usize..).unwrap_or_default();
        self.phrase_from(self.text.len() - right.trim_start_matches(OPENING).len())
    }

    /// 漂亮的外壳, 最不满意的就是倒车镜.
    fn attributed(&self) -> Attachment {
        let end = self.expression.end as usize;
        let right = self.text.get(end..).unwrap_or_default();
        let own = self.expression().ends_with('的');
        let Some(rest) = right.strip_prefix('的').or_else(|| own.then_some(right)) else {
            return Attachment::Nothing;
        };
        let rest = ["就是", "还是", "是"].iter().find_map(|is| rest.strip_prefix(is)).unwrap_or(rest);
        self.phrase_from(self.text.len() - rest.len())
    }

    /// 座椅承受力还不错.
    fn subject(&self) -> Attachment {
        let mut left = self.text.get(..self.expression.start as usize).unwrap_or_default();
        while let Some(shorter) = self.without_filler(left) {
            left = shorter;
        }
        let end = left.len();
        let start = self.start_of(left);
        self.phrase(start, end)
    }

    /// The text without the longest filler at its end.
    fn without_filler<'t>(&self, left: &'t str) -> Option<&'t str> {
        endings(left).rev().find(|(_, word)| self.words.chinese(word).is(Role::FILLER)).map(|(rest, _)| rest)
    }

    /// Where the phrase begins that ends with the text: behind the last edge word or sign.
    fn start_of(&self, text: &str) -> usize {
        let mut start = text.len();
        for (count, (at, c)) in text.char_indices().rev().enumerate() {
            let whole = text.get(..at + c.len_utf8()).unwrap_or_default();
            let edge = endings(whole).any(|(_, word)| self.words.chinese(word).is(Role::EDGE));
            if !is_inner(c) || edge || count >= LONGEST {
                break;
            }
            start = at;
        }
        start
    }

    /// The phrase that begins at a byte.
    fn phrase_from(&self, at: usize) -> Attachment {
        let mut at = at;
        while let Some(word) = beginnings(self.text.get(at..).unwrap_or_default()).rev().find(|w| {
            self.words.chinese(w).is(Role::EDGE) && self.words.chinese(w).is(Role::LEADING) || is_this(w)
        }) {
            at += word.len();
        }
        let right = self.text.get(at..).unwrap_or_default();
        let mut end = at;
        for (count, (offset, c)) in right.char_indices().enumerate() {
            let rest = right.get(offset..).unwrap_or_default();
            let edge = beginnings(rest)
                .any(|w| self.words.chinese(w).is(Role::EDGE) || self.words.chinese(w).is(Role::FILLER));
            if !is_inner(c) || edge || count >= LONGEST {
                break;
            }
            end = at + offset + c.len_utf8();
        }
        self.phrase(at, end)
    }

    /// The phrase without the little words that begin it; nothing when none is left.
    fn phrase(&self, start: usize, end: usize) -> Attachment {
        let (mut start, whole) = (start, self.text.get(start..end).unwrap_or_default());
        if let Some(c) = whole.chars().next().filter(|c| whole.len() > c.len_utf8()) {
            let mut buffer = [0; 4];
            if self.words.chinese(c.encode_utf8(&mut buffer)).is(Role::LEADING) && whole.chars().count() > 2 {
                start += c.len_utf8();
            }
        }
        let length = self.text.get(start..end).unwrap_or_default().chars().count();
        if !(2..=LONGEST).contains(&length) {
            return Attachment::Nothing;
        }
        Attachment::Phrase(CleanSpan::new(start as u32, end as u32))
    }
}

fn is_this(word: &str) -> bool {
    matches!(
        word,
        "这" | "那" | "这家" | "这个" | "这款" | "他们家" | "他家" | "她家" | "它家" | "你家" | "你们"
    )
}

/// Characters of a phrase: Han, letters and digits.
fn is_inner(c: char) -> bool {
    is_han(c) || c.is_ascii_alphanumeric()
}

/// The last one to five characters with what stands before them, the shortest first.
fn endings(text: &str) -> impl DoubleEndedIterator<Item = (&str, &str)> {
    let mut cuts = [None; EDGE];
    for (cell, (at, _)) in cuts.iter_mut().zip(text.char_indices().rev()) {
        *cell = Some(at);
    }
    cuts.into_iter().flatten().filter_map(|at| text.split_at_checked(at))
}

/// The first one to five characters, the shortest first.
fn beginnings(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    let mut cuts = [None; EDGE];
    for (cell, (at, c)) in cuts.iter_mut().zip(text.char_indices()) {
        *cell = Some(at + c.len_utf8());
    }
    cuts.into_iter().flatten().filter_map(|at| text.get(..at))
}
