//! Formats that belong to no vendor: tables, lines of JSON, mail, and what a mapping describes.

#[cfg(feature = "csv")]
pub(super) mod csv;
#[cfg(feature = "email")]
mod email;
#[cfg(feature = "json")]
mod jsonl;
#[cfg(all(feature = "json", feature = "csv"))]
mod mapping;

use super::Adapter;
#[cfg(all(feature = "json", feature = "csv"))]
pub use mapping::Mapping;

pub(super) static ADAPTERS: &[&dyn Adapter] = &[
    #[cfg(feature = "email")]
    &email::Mbox,
    #[cfg(feature = "email")]
    &email::Email,
    #[cfg(feature = "json")]
    &jsonl::Jsonl,
    #[cfg(feature = "csv")]
    &csv::CSV,
];
