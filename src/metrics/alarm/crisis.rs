//! How bad a burst of severe feedback is.

use super::change::{Change, ChangeKind};
use crate::error::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

static STANDARD: LazyLock<CrisisLevels> = LazyLock::new(|| {
    let parsed = CrisisLevels::parse("crisis", include_str!("data/crisis.toml"));
    parsed.unwrap_or_else(|_| CrisisLevels(Vec::new()))
});

/// Named levels of a crisis, the mildest first.
///
/// ```
/// use candor::metrics::alarm::CrisisLevels;
/// let ids: Vec<_> = CrisisLevels::standard().iter().map(|level| level.id.as_str()).collect();
/// assert_eq!(ids, ["blue", "yellow", "orange", "red"]);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CrisisLevels(Vec<CrisisLevel>);

/// One level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CrisisLevel {
    /// Stable id.
    pub id: String,
    /// Names to show.
    pub name: LevelName,
    /// Severe items from the start of the burst on, at least.
    pub events: u64,
    /// Lower end of the interval of severe items over expected ones, at least.
    pub factor: f64,
}

/// The names of a level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelName {
    /// In English.
    pub en: String,
    /// In Chinese.
    pub zh: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: u32,
    level: Vec<CrisisLevel>,
}

impl CrisisLevels {
    /// The levels shipped with the crate: blue from 6 severe items at 1.5 times the usual, yellow from 10 at 2,
    /// orange from 30 at 3, red from 100 at 5.
    pub fn standard() -> &'static Self {
        &STANDARD
    }

    /// Reads levels from TOML of the shape of `src/metrics/alarm/data/crisis.toml`; `name` appears in error
    /// messages.
    ///
    /// # Errors
    /// [`ErrorKind::Syntax`] when it is not TOML of that shape, [`ErrorKind::Incompatible`] for another schema,
    /// [`ErrorKind::Conflict`] when a level asks for less than the one before it.
    pub fn parse(name: &str, toml: &str) -> Result<Self> {
        let file: File = toml::from_str(toml)
            .map_err(|e| Error::new(ErrorKind::Syntax, e.message().trim()).at_source(name))?;
        if file.schema != 1 {
            let message = format!("schema {} is not supported, only 1", file.schema);
            return Err(Error::new(ErrorKind::Incompatible, message).at_source(name));
        }
        for (index, (mild, bad)) in file.level.iter().zip(file.level.iter().skip(1)).enumerate() {
            if bad.events < mild.events || bad.factor < mild.factor {
                let message = format!("level \"{}\" asks for less than \"{}\" before it", bad.id, mild.id);
                let error = Error::new(ErrorKind::Conflict, message);
                return Err(error.at_source(name).at_path(format!("/level/{}", index + 1)));
            }
        }
        Ok(Self(file.level))
    }

    /// The levels, the mildest first.
    pub fn iter(&self) -> impl Iterator<Item = &CrisisLevel> {
        self.0.iter()
    }

    /// The worst level a burst of severe items reaches.
    pub fn of(&self, change: &Change) -> Option<&CrisisLevel> {
        let reached = |level: &&CrisisLevel| {
            change.events >= level.events && change.low.is_some_and(|low| low >= level.factor)
        };
        self.0.iter().rev().find(reached).filter(|_| change.kind == ChangeKind::Burst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_place() {
        let message = |toml: &str| CrisisLevels::parse("mine", toml).unwrap_err().to_string();
        assert_eq!(message("schema = 2\nlevel = []"), "mine: schema 2 is not supported, only 1");
        let level = |id: &str, events: u32| {
            format!(
                "[[level]]\nid = \"{id}\"\nname = {{ en = \"a\", zh = \"b\" }}\nevents = {events}\nfactor = 2\n"
            )
        };
        let toml = format!("schema = 1\n{}{}", level("a", 9), level("b", 5));
        assert_eq!(message(&toml), "mine, /level/1: level \"b\" asks for less than \"a\" before it");
    }
}
