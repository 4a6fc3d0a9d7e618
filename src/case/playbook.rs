//! Remedies by topic: what helps this customer, what keeps the problem from coming back, and how to say it.

use super::reply::{Crisis, Reply, Tone};
use crate::annotate::SeverityLevel;
use crate::data;
use crate::error::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const BUILTIN: [(&str, &str); 3] = [
    ("playbook.toml", include_str!("data/playbook.toml")),
    ("playbook_commerce.toml", include_str!("data/playbook_commerce.toml")),
    ("playbook_dining.toml", include_str!("data/playbook_dining.toml")),
];

/// Whom a remedy helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RemedyKind {
    /// This customer.
    Individual,
    /// All customers to come.
    Systemic,
    /// A customer who praises: thank, ask to quote, reward.
    Praise,
}

/// Something to do about a problem, or about praise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Remedy {
    /// Stable id.
    pub id: String,
    /// Topic or group of topics it is for.
    pub topic: String,
    /// Whom it helps.
    pub kind: RemedyKind,
    /// Only from this severity upwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<SeverityLevel>,
    /// Only for customers of this segment, the host's own name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
    /// What to do, in English.
    pub en: String,
    /// What to do, in Chinese.
    pub zh: String,
}

/// A remedy that fits, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pick<'a> {
    /// The remedy.
    pub remedy: &'a Remedy,
    /// Why it fits: `topic delivery/speed, severity major`.
    pub reason: String,
}

/// How much may be offered without asking anybody.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limit {
    severity: SeverityLevel,
    segment: Option<String>,
    order_share: f64,
}

/// Remedies, compensation limits, reply templates, rules of tone and steps of a crisis.
///
/// ```
/// use candor::annotate::SeverityLevel;
/// use candor::case::{Playbook, RemedyKind};
/// let playbook = Playbook::builtin()?;
/// let remedies: Vec<_> = playbook.remedies("delivery/speed").collect();
/// assert_eq!(remedies[0].kind, RemedyKind::Individual);
/// assert!(remedies.iter().any(|remedy| remedy.kind == RemedyKind::Systemic));
/// assert_eq!(playbook.compensation_limit(SeverityLevel::Moderate, None), 0.1);
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Playbook {
    remedies: Vec<Remedy>,
    limits: Vec<Limit>,
    pub(super) replies: Vec<Reply>,
    pub(super) tones: Vec<Tone>,
    pub(super) crises: Vec<Crisis>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "schema")]
    _schema: u32,
    #[serde(default)]
    remedy: Vec<Remedy>,
    #[serde(default)]
    limit: Vec<Limit>,
    #[serde(default)]
    reply: Vec<Reply>,
    #[serde(default)]
    tone: Vec<Tone>,
    #[serde(default)]
    crisis: Vec<Crisis>,
}

impl Playbook {
    /// The playbook shipped with the crate, for shops and restaurants.
    ///
    /// # Errors
    /// Never for the data as shipped; a test proves it.
    pub fn builtin() -> Result<Self> {
        BUILTIN.iter().try_fold(Self::default(), |all, (name, toml)| Ok(all.merge(Self::parse(name, toml)?)))
    }

    /// Reads a playbook from TOML of the shape of `src/case/data/playbook.toml`; `name` appears in error messages.
    ///
    /// # Errors
    /// [`ErrorKind::Syntax`] when it is not TOML of that shape, [`ErrorKind::Incompatible`] for another schema,
    /// [`ErrorKind::Conflict`] for an id used twice, [`ErrorKind::OutOfRange`] for a limit outside 0..1,
    /// [`ErrorKind::Unknown`] for a slot of a reply that nothing fills.
    pub fn parse(name: &str, toml: &str) -> Result<Self> {
        let file: File = data::read(name, toml)?;
        let fault = |kind, message| Error::new(kind, message).at_source(name);
        let ids =
            file.remedy.iter().map(|r| ("remedy", &r.id)).chain(file.reply.iter().map(|r| ("reply", &r.id)));
        let mut seen = BTreeSet::new();
        if let Some((kind, id)) = ids.into_iter().find(|id| !seen.insert(*id)) {
            return Err(fault(ErrorKind::Conflict, format!("{kind} \"{id}\" is defined twice")));
        }
        if let Some(limit) = file.limit.iter().find(|limit| !(0.0..=1.0).contains(&limit.order_share)) {
            return Err(fault(ErrorKind::OutOfRange, format!("limit {} is outside 0..1", limit.order_share)));
        }
        for reply in &file.reply {
            reply.check().map_err(|e| e.at_source(name))?;
        }
        let File { remedy: remedies, limit: limits, reply: replies, tone: tones, crisis: crises, .. } = file;
        Ok(Self { remedies, limits, replies, tones, crises })
    }

    /// This playbook with that of a host over it: what has the same id is replaced, the rest is added; limits for the
    /// same severity and segment are replaced; steps of a crisis for the same reason are replaced together.
    #[must_use]
    pub fn merge(mut self, own: Self) -> Self {
        self.remedies.retain(|old| own.remedies.iter().all(|new| new.id != old.id));
        self.limits.retain(|old| {
            own.limits.iter().all(|new| (new.severity, &new.segment) != (old.severity, &old.segment))
        });
        self.replies.retain(|old| own.replies.iter().all(|new| new.id != old.id));
        self.tones.retain(|old| own.tones.iter().all(|new| new.id != old.id));
        self.crises.retain(|old| own.crises.iter().all(|new| new.reason != old.reason));
        self.remedies.extend(own.remedies);
        self.limits.extend(own.limits);
        self.replies.extend(own.replies);
        self.tones.extend(own.tones);
        self.crises.extend(own.crises);
        self
    }

    /// All remedies in the order of the files.
    pub fn iter(&self) -> impl Iterator<Item = &Remedy> {
        self.remedies.iter()
    }

    /// Remedies for a problem with a topic: those for the topic itself, else for the nearest topic above it, else
    /// those for `overall`; in the order of the files.
    pub fn remedies<'a>(&'a self, topic: &'a str) -> impl Iterator<Item = &'a Remedy> {
        let bad = |remedy: &&Remedy| remedy.kind != RemedyKind::Praise;
        let home = self.home(topic, bad);
        self.remedies.iter().filter(bad).filter(move |r| Some(r.topic.as_str()) == home)
    }

    /// What to do about praise of a topic, found like [`remedies`](Self::remedies).
    pub fn thanks<'a>(&'a self, topic: &'a str) -> impl Iterator<Item = &'a Remedy> {
        let good = |remedy: &&Remedy| remedy.kind == RemedyKind::Praise;
        let home = self.home(topic, good);
        self.remedies.iter().filter(good).filter(move |r| Some(r.topic.as_str()) == home)
    }

    fn home<'a>(&'a self, topic: &'a str, fits: impl Fn(&&'a Remedy) -> bool) -> Option<&'a str> {
        let above =
            std::iter::successors(Some(topic), |path| path.rsplit_once('/').map(|(parent, _)| parent));
        above.chain(["overall"]).find(|path| self.remedies.iter().any(|r| r.topic == *path && fits(&r)))
    }

    /// The remedies for the topics of a case, each once and with its reason: those whose conditions on severity and
    /// segment hold, the worst topic first.
    ///
    /// ```
    /// use candor::annotate::SeverityLevel;
    /// use candor::case::Playbook;
    /// let playbook = Playbook::builtin()?;
    /// let picks = playbook.pick(["delivery/speed"], SeverityLevel::Moderate, None);
    /// assert_eq!(picks[0].reason, "topic delivery/speed");
    /// # Ok::<(), candor::Error>(())
    /// ```
    pub fn pick<'a>(
        &'a self,
        topics: impl IntoIterator<Item = &'a str>,
        severity: SeverityLevel,
        segment: Option<&str>,
    ) -> Vec<Pick<'a>> {
        let mut picks: Vec<Pick<'a>> = Vec::new();
        for topic in topics {
            for remedy in self.remedies(topic).filter(|remedy| remedy.fits(severity, segment)) {
                if picks.iter().all(|pick| pick.remedy.id != remedy.id) {
                    picks.push(Pick { remedy, reason: remedy.reason(topic) });
                }
            }
        }
        picks
    }

    /// The part of the order value, 0..1, that may be offered without asking anybody: the limit for the highest
    /// severity reached, of the segment if it has one.
    pub fn compensation_limit(&self, severity: SeverityLevel, segment: Option<&str>) -> f64 {
        let fits = |limit: &&Limit| {
            limit.severity <= severity && (limit.segment.is_none() || limit.segment.as_deref() == segment)
        };
        let best =
            self.limits.iter().filter(fits).max_by_key(|limit| (limit.segment.is_some(), limit.severity));
        best.map_or(0.0, |limit| limit.order_share)
    }
}

impl Remedy {
    fn fits(&self, severity: SeverityLevel, segment: Option<&str>) -> bool {
        self.severity.is_none_or(|least| least <= severity)
            && self.segment.as_deref().is_none_or(|own| Some(own) == segment)
    }

    fn reason(&self, topic: &str) -> String {
        let mut reason = format!("topic {topic}");
        if self.topic != topic {
            reason = format!("{reason} by {}", self.topic);
        }
        if let Some(severity) = self.severity {
            reason = format!("{reason}, severity {severity} or worse");
        }
        if let Some(segment) = &self.segment {
            reason = format!("{reason}, segment {segment}");
        }
        reason
    }
}

#[cfg(test)]
mod tests;
