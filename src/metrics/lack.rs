//! Why there is no number: an answer like any other, not an error and never "not a number".

use serde::{Deserialize, Serialize};

/// What is missing for an answer.
///
/// ```
/// use candor::metrics::Lack;
/// assert_eq!(Lack::Few { n: 4, needed: 10 }.to_string(), "not enough data: 4 observations, 10 needed");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Lack {
    /// Fewer observations than the method needs.
    #[error("not enough data: {n} observations, {needed} needed")]
    Few {
        /// Observations there are.
        n: u64,
        /// Observations the method needs.
        needed: u64,
    },
    /// All numbers are equal, so nothing can go along with them.
    #[error("not enough data: all numbers of \"{name}\" are equal")]
    Constant {
        /// What they measure.
        name: String,
    },
    /// There is nothing on the other side to compare with.
    #[error("not enough data: no {name} to compare with")]
    NoOther {
        /// What is absent.
        name: String,
    },
}

impl Lack {
    /// `Err` with fewer observations than needed.
    pub(super) fn unless(n: u64, needed: u64) -> Result<(), Self> {
        if n < needed { Err(Self::Few { n, needed }) } else { Ok(()) }
    }

    pub(super) fn constant(name: impl Into<String>) -> Self {
        Self::Constant { name: name.into() }
    }

    pub(super) fn no_other(name: impl Into<String>) -> Self {
        Self::NoOther { name: name.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        assert_eq!(
            Lack::constant("speed").to_string(),
            "not enough data: all numbers of \"speed\" are equal"
        );
        assert_eq!(
            Lack::no_other("untouched scope").to_string(),
            "not enough data: no untouched scope to compare with"
        );
        assert_eq!(Lack::unless(3, 3), Ok(()));
    }
}
