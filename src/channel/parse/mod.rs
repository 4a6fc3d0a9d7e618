//! What the adapters share: encodings, positions, containers, and readers of single fields.

#![cfg_attr(
    not(all(feature = "json", feature = "csv")),
    allow(dead_code, reason = "some readers serve only one of the features")
)]

pub(super) mod cursor;
pub(super) mod encoding;
#[cfg(feature = "json")]
pub(super) mod envelope;
#[cfg(feature = "json")]
pub(super) mod json;
pub(super) mod rating;
pub(super) mod record;
#[cfg(feature = "json")]
mod scan;
#[cfg(feature = "csv")]
pub(super) mod table;
#[cfg(feature = "json")]
pub(super) mod talk;
pub(super) mod text;
pub(super) mod time;
