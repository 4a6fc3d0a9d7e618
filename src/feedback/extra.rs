//! Unknown fields of the input, kept losslessly.

use crate::error::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Fields of the input that the crate does not know, in the order they came.
///
/// ```
/// use candor::feedback::Extra;
/// let mut extra = Extra::default();
/// extra.insert_json("floor", "3")?;
/// assert_eq!(extra.json("floor").as_deref(), Some("3"));
/// assert_eq!(extra.keys().collect::<Vec<_>>(), ["floor"]);
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Extra(Map<String, Value>);

impl Extra {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names of the fields.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The value of a field as JSON text.
    pub fn json(&self, key: &str) -> Option<String> {
        self.0.get(key).map(Value::to_string)
    }

    /// The value of a field when it is a string.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(Value::as_str)
    }

    /// Sets a field from JSON text.
    ///
    /// # Errors
    /// [`ErrorKind::Syntax`] when the text is not JSON.
    pub fn insert_json(&mut self, key: impl Into<String>, json: &str) -> Result<()> {
        let value = serde_json::from_str(json)
            .map_err(|e| Error::new(ErrorKind::Syntax, format!("extra field is not JSON: {e}")))?;
        self.0.insert(key.into(), value);
        Ok(())
    }

    #[cfg_attr(not(all(feature = "json", feature = "csv")), allow(dead_code, reason = "adapters use it"))]
    pub(crate) fn insert(&mut self, key: impl Into<String>, value: Value) {
        self.0.insert(key.into(), value);
    }
}

impl FromIterator<(String, Value)> for Extra {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(fields: I) -> Self {
        Self(fields.into_iter().collect())
    }
}

impl IntoIterator for Extra {
    type Item = (String, Value);
    type IntoIter = serde_json::map::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
