//! Show: summary, ranking and cases as one [`Report`], written as JSON, Markdown or CSV.
//!
//! Customers' words enter a report only through the mask that its builder is given.

mod build;
mod csv;
mod form;
mod markdown;
#[cfg(test)]
mod tests;
mod view;

pub use build::{ReadCounts, ReportBuilder};
pub use form::Report;
