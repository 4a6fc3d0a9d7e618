//! What the adapters share: encodings, positions, containers, and readers of single fields.

#![cfg_attr(
    not(all(feature = "json", feature = "csv")),
    allow(dead_code, reason = "some readers serve only one of the features")
)]

#[cfg(feature = "json")]
pub(super) mod collected;
pub(super) mod cursor;
pub(super) mod encoding;
#[cfg(feature = "json")]
pub(super) mod envelope;
pub(super) mod forms;
#[cfg(feature = "json")]
pub(super) mod json;
pub(super) mod rating;
pub(super) mod record;
#[cfg(feature = "json")]
mod scan;
#[cfg(feature = "csv")]
pub(super) mod sheet;
#[cfg(feature = "csv")]
pub(super) mod table;
#[cfg(feature = "json")]
pub(super) mod talk;
pub(super) mod text;
pub(super) mod time;
#[cfg(feature = "xml")]
pub(super) mod xml;
