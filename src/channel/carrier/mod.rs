//! Formats that belong to no vendor: tables, JSON, mail, conversations, and what a mapping describes.

#[cfg(feature = "csv")]
pub(super) mod csv;
#[cfg(feature = "email")]
mod email;
#[cfg(all(feature = "json", feature = "csv"))]
mod json;
#[cfg(feature = "json")]
mod jsonl;
#[cfg(all(feature = "json", feature = "csv"))]
mod mapping;
mod speaker;
mod transcript;
mod whatsapp;

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
    #[cfg(all(feature = "json", feature = "csv"))]
    &json::Json,
    &whatsapp::WhatsApp,
    &transcript::Transcript,
    #[cfg(feature = "csv")]
    &csv::CSV,
];
