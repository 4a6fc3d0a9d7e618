//! Settings in TOML: one form of reading them for all rooms, with the place of every fault.

use crate::error::{Error, ErrorKind, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The schema of all settings files so far.
const SCHEMA: u32 = 1;

#[derive(Deserialize)]
struct Head {
    schema: u32,
}

/// Reads TOML of the form `T`, which has a field `schema`; `name` appears in errors.
///
/// The schema is checked first: a file of a later one may hold what `T` does not know.
pub(crate) fn read<T: DeserializeOwned>(name: &str, toml: &str) -> Result<T> {
    let head: Head = toml::from_str(toml).map_err(|e| syntax(name, toml, &e))?;
    if head.schema != SCHEMA {
        let message = format!("schema {} is not supported, only {SCHEMA}", head.schema);
        return Err(Error::new(ErrorKind::Incompatible, message).at_source(name));
    }
    toml::from_str(toml).map_err(|e| syntax(name, toml, &e))
}

fn syntax(name: &str, toml: &str, e: &toml::de::Error) -> Error {
    let error = Error::new(ErrorKind::Syntax, e.message().trim()).at_source(name);
    let Some(before) = e.span().and_then(|span| toml.get(..span.start)) else { return error };
    error.at_line(before.matches('\n').count() as u64 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Form {
        #[serde(rename = "schema")]
        _schema: u32,
        size: u8,
    }

    #[test]
    fn faults_name_file_and_line() {
        let error = |toml: &str| read::<Form>("mine.toml", toml).unwrap_err().to_string();
        assert_eq!(read::<Form>("mine.toml", "schema = 1\nsize = 3").unwrap().size, 3);
        assert_eq!(
            error("schema = 1\nsize = 3\nlong = 1"),
            "mine.toml, line 3: unknown field `long`, expected `schema` or `size`"
        );
        assert_eq!(error("schema = 2\nlong = 1"), "mine.toml: schema 2 is not supported, only 1");
        assert_eq!(error("size = 3"), "mine.toml, line 1: missing field `schema`");
    }
}
