//! Remedies by topic: what helps this customer, and what keeps the problem from coming back.

use crate::error::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const BUILTIN: &str = include_str!("data/playbook.toml");

/// Whom a remedy helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RemedyKind {
    /// This customer.
    Individual,
    /// All customers to come.
    Systemic,
}

/// Something to do about a problem.
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
    /// What to do, in English.
    pub en: String,
    /// What to do, in Chinese.
    pub zh: String,
}

/// A list of remedies.
///
/// ```
/// use candor::case::{Playbook, RemedyKind};
/// let playbook = Playbook::builtin()?;
/// let remedies: Vec<_> = playbook.remedies("delivery/speed").collect();
/// assert_eq!(remedies[0].kind, RemedyKind::Individual);
/// assert!(remedies.iter().any(|remedy| remedy.kind == RemedyKind::Systemic));
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Playbook {
    schema: u32,
    remedy: Vec<Remedy>,
}

impl Playbook {
    /// The remedies shipped with the crate.
    ///
    /// # Errors
    /// Never for the data as shipped; a test proves it.
    pub fn builtin() -> Result<Self> {
        Self::parse("playbook.toml", BUILTIN)
    }

    /// Reads remedies from TOML of the shape of `src/case/data/playbook.toml`; `name` appears in error messages.
    ///
    /// # Errors
    /// [`ErrorKind::Syntax`] when it is not TOML of that shape, [`ErrorKind::Incompatible`] for another schema,
    /// [`ErrorKind::Conflict`] for an id used twice.
    pub fn parse(name: &str, toml: &str) -> Result<Self> {
        let playbook: Self = toml::from_str(toml)
            .map_err(|e| Error::new(ErrorKind::Syntax, e.message().trim()).at_source(name))?;
        if playbook.schema != 1 {
            let message = format!("schema {} is not supported, only 1", playbook.schema);
            return Err(Error::new(ErrorKind::Incompatible, message).at_source(name));
        }
        let mut ids = BTreeSet::new();
        if let Some(twice) = playbook.remedy.iter().find(|r| !ids.insert(&r.id)) {
            let message = format!("remedy \"{}\" is defined twice", twice.id);
            return Err(Error::new(ErrorKind::Conflict, message).at_source(name));
        }
        Ok(playbook)
    }

    /// All remedies in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Remedy> {
        self.remedy.iter()
    }

    /// Remedies for a topic: those for the topic itself, else for the nearest topic above it, else those for
    /// `overall`; in the order of the file.
    pub fn remedies<'a>(&'a self, topic: &'a str) -> impl Iterator<Item = &'a Remedy> {
        let above =
            std::iter::successors(Some(topic), |path| path.rsplit_once('/').map(|(parent, _)| parent));
        let home = above.chain(["overall"]).find(|path| self.remedy.iter().any(|r| r.topic == *path));
        self.remedy.iter().filter(move |r| Some(r.topic.as_str()) == home)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_both_kinds_in_both_languages() {
        let playbook = Playbook::builtin().unwrap();
        let groups = [
            "overall",
            "product",
            "price",
            "packaging",
            "delivery",
            "order",
            "return",
            "service",
            "payment",
            "account",
            "site",
            "installation",
        ];
        for group in groups {
            for kind in [RemedyKind::Individual, RemedyKind::Systemic] {
                assert!(
                    playbook.remedies(group).any(|r| r.kind == kind && r.topic == group),
                    "{group} {kind:?}"
                );
            }
        }
        let chinese = |text: &str| text.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert!(playbook.iter().all(|r| chinese(&r.zh) && !chinese(&r.en) && !r.en.is_empty()));
    }

    #[test]
    fn the_nearest_topic_counts() {
        let playbook = Playbook::builtin().unwrap();
        let topics = |topic| playbook.remedies(topic).map(|r| r.topic.as_str()).collect::<BTreeSet<_>>();
        assert_eq!(topics("product/safety"), BTreeSet::from(["product/safety"]));
        assert_eq!(topics("product/quality"), BTreeSet::from(["product"]));
        assert_eq!(topics("hygiene"), BTreeSet::from(["overall"]));
    }

    #[test]
    fn errors_name_the_thing() {
        let twice = BUILTIN.replace("\"delivery-reroute\"", "\"delivery-compensate\"");
        let error = Playbook::parse("mine.toml", &twice).unwrap_err();
        assert_eq!(error.to_string(), "mine.toml: remedy \"delivery-compensate\" is defined twice");
        let newer = Playbook::parse("mine.toml", "schema = 2\nremedy = []").unwrap_err();
        assert_eq!(newer.to_string(), "mine.toml: schema 2 is not supported, only 1");
    }
}
