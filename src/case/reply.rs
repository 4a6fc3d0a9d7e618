//! Words for the customer: templates with slots, rules of tone, and the steps of a crisis.

use super::Playbook;
use crate::error::{Error, ErrorKind, Result, suggest};
use serde::Deserialize;

/// Slots a template may hold.
const SLOTS: [&str; 7] = ["customer", "topic", "product", "order", "remedy", "due", "agent"];

/// When a template is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ReplyKind {
    /// The first answer to a complaint.
    First,
    /// The problem is solved.
    Solved,
    /// More has to be known.
    Ask,
    /// The follow-up.
    FollowUp,
    /// The answer to praise.
    Praise,
}

/// A language of the playbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tongue {
    /// English.
    English,
    /// Chinese.
    Chinese,
}

/// A template in both languages, with slots like `{customer}`.
///
/// ```
/// use candor::case::{Playbook, ReplyKind, Tongue};
/// let playbook = Playbook::builtin()?;
/// let reply = playbook.reply(ReplyKind::FollowUp).unwrap();
/// let fill = |slot: &str| (slot != "due").then(|| format!("<{slot}>"));
/// assert!(reply.fill(Tongue::English, fill)?.starts_with("Dear <customer>"));
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Reply {
    /// Stable id.
    pub id: String,
    /// When it is for.
    pub kind: ReplyKind,
    /// In English.
    pub en: String,
    /// In Chinese.
    pub zh: String,
}

/// A rule of tone, with words that break it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Tone {
    /// Stable id.
    pub id: String,
    /// The rule, in English.
    pub en: String,
    /// The rule, in Chinese.
    pub zh: String,
    /// Words that break it, lower case.
    #[serde(default)]
    pub avoid: Vec<String>,
}

/// A step of what to do when something must never wait.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Crisis {
    /// The reason of the override or alert: `safety`, `legal`, `fraud`, `privacy`, `surge`.
    pub reason: String,
    /// Minutes after the alert by which the step is done.
    pub within_minutes: u32,
    /// Who does it.
    pub owner: String,
    /// What to do, in English.
    pub en: String,
    /// What to do, in Chinese.
    pub zh: String,
}

impl Playbook {
    /// The first template of a kind.
    pub fn reply(&self, kind: ReplyKind) -> Option<&Reply> {
        self.replies.iter().find(|reply| reply.kind == kind)
    }

    /// The rules of tone.
    pub fn tones(&self) -> impl Iterator<Item = &Tone> {
        self.tones.iter()
    }

    /// The rules of tone that words for a customer break, each with the word found; linear in the text for each word.
    ///
    /// ```
    /// let playbook = candor::case::Playbook::builtin()?;
    /// let broken: Vec<_> = playbook.check_tone("That is not our fault.").map(|(tone, word)| (tone.id.as_str(), word)).collect();
    /// assert_eq!(broken, [("no-blame", "not our fault")]);
    /// # Ok::<(), candor::Error>(())
    /// ```
    pub fn check_tone(&self, words: &str) -> impl Iterator<Item = (&Tone, &str)> {
        let words = words.to_lowercase();
        self.tones.iter().filter_map(move |tone| {
            let found = tone.avoid.iter().find(|word| words.contains(word.as_str()))?;
            Some((tone, found.as_str()))
        })
    }

    /// What to do, step by step, when something must never wait; empty for a reason the playbook does not know.
    pub fn crisis<'a>(&'a self, reason: &'a str) -> impl Iterator<Item = &'a Crisis> {
        self.crises.iter().filter(move |step| step.reason == reason)
    }
}

impl Reply {
    /// The template with its slots filled.
    ///
    /// # Errors
    /// [`ErrorKind::Missing`] when `value` has nothing for a slot.
    pub fn fill(&self, tongue: Tongue, value: impl Fn(&str) -> Option<String>) -> Result<String> {
        let text = self.text(tongue);
        let mut out = String::with_capacity(text.len());
        for piece in pieces(text) {
            match piece {
                Piece::Words(words) => out.push_str(words),
                Piece::Slot(slot) => out.push_str(&value(slot).ok_or_else(|| {
                    let message = format!("reply \"{}\": slot \"{slot}\" has no value", self.id);
                    Error::new(ErrorKind::Missing, message)
                })?),
            }
        }
        Ok(out)
    }

    const fn text(&self, tongue: Tongue) -> &str {
        match tongue {
            Tongue::English => self.en.as_str(),
            Tongue::Chinese => self.zh.as_str(),
        }
    }

    /// Whether all slots are known.
    pub(super) fn check(&self) -> Result<()> {
        let slots = [&self.en, &self.zh].into_iter().flat_map(|text| pieces(text));
        for piece in slots {
            if let Piece::Slot(slot) = piece
                && !SLOTS.contains(&slot)
            {
                let message =
                    format!("reply \"{}\": slot \"{slot}\" is not known{}", self.id, suggest(slot, SLOTS));
                return Err(Error::new(ErrorKind::Unknown, message));
            }
        }
        Ok(())
    }
}

enum Piece<'a> {
    Words(&'a str),
    Slot(&'a str),
}

/// Words and slots in turn.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    text.split('{')
        .enumerate()
        .flat_map(|(index, part)| match part.split_once('}').filter(|_| index > 0) {
            Some((slot, words)) => [Some(Piece::Slot(slot)), Some(Piece::Words(words))],
            None => [Some(Piece::Words(part)), None],
        })
        .flatten()
}
