//! Reads raw customer feedback in English and Chinese, in process and offline, and says what it is about, how the
//! customer feels and why, what to do first, and by when.
//!
//! ```
//! use candor::{Engine, Feedback};
//!
//! fn main() -> candor::Result<()> {
//!     let engine = Engine::builder().build()?;
//!     let feedback = Feedback::from_text("The lamp is beautiful, but delivery was too slow. 客服很耐心。");
//!     let insight = engine.analyze(&feedback);
//!     for opinion in insight.opinions() {
//!         let topic = opinion.topic.map_or("no topic", |topic| insight.path(topic));
//!         println!("{topic}: {}", opinion.polarity);
//!     }
//!     println!("{}", engine.explain(&insight, &feedback));
//!     Ok(())
//! }
//! ```
//!
//! # The way of the data
//!
//! | Room | From | To | Start with |
//! |---|---|---|---|
//! | [`feedback`] | what the host knows | a validated record | [`Feedback::builder`] |
//! | [`channel`] | raw payloads of a source | records, and rejects with the reason | [`channel::adapter`] |
//! | [`text`] | words as given | words without duplicates and personal data | [`text::mask`] |
//! | [`lexicon`] | the host's own words | lists laid over the built-in ones | [`lexicon::Lexicon`] |
//! | [`rule`] | rules as text | what they say of an item | [`rule::RulePack`] |
//! | [`taxonomy`] | packs as TOML | topics with departments and classes | [`Taxonomy`] |
//! | [`rule`] | conditions of the host | topics, intents and tags of its own | [`rule::RulePack`] |
//! | [`annotate`] | one item | its verdict with all evidence | [`Insight`] |
//! | [`engine`] | lists and topics | verdicts, from many threads | [`Engine`] |
//! | [`induce`] | rated items | a list of words to accept | [`induce::learn`] |
//! | [`sla`] | class and severity | deadlines on a calendar | [`sla::Policy`] |
//! | [`metrics`] | many verdicts | numbers with intervals | [`metrics::Aggregate`] |
//! | [`discover`] | many texts | themes that no topic knows | [`discover::Themes`] |
//! | [`priority`] | numbers | ranked problems | [`priority::Model`] |
//! | [`case`] | one complaint | seven steps, remedies, a library, a queue | [`case::Desk`] |
//! | [`report`] | numbers, ranking, cases | JSON, Markdown, CSV | [`report::Report`] |
//!
//! # From files to a ranking
//!
//! ```
//! # #[cfg(feature = "json")] {
//! use candor::metrics::{Aggregate, SummaryOptions};
//! use candor::{Engine, channel, priority::Model, report::Report, text::mask};
//!
//! let engine = Engine::builder().build()?;
//! let lines = "{\"text\":\"Delivery was far too slow\"}\n{\"text\":\"物流太慢了\"}\n";
//! let mut aggregate = Aggregate::new();
//! for (feedback, insight) in engine.analyze_iter(channel::adapter("jsonl")?.parse(lines.as_bytes()).items) {
//!     aggregate.push(&feedback, &insight);
//! }
//! let summary = aggregate.summary(&SummaryOptions::default());
//! let ranked = Model::builtin()?.rank(&summary);
//! assert_eq!((ranked[0].topic(), ranked[0].issue().customers), ("delivery/speed", 2));
//! let report = Report::builder(&summary, &ranked).taxonomy(engine.taxonomy()).build(mask);
//! assert!(report.to_markdown().contains("delivery/speed"));
//! # }
//! # Ok::<(), candor::Error>(())
//! ```
//!
//! # Rules of the house
//!
//! * Configuration errors appear when something is built or parsed; analysis and ranking cannot fail, and a bad
//!   item is a [`channel::Reject`], not a lost batch.
//! * No clock, no network, no environment: time comes in as `at` or `now`. The same input gives the same bytes.
//! * Spans are byte offsets into the field as the host gave it.
//! * Features only add: `json`, `csv`, `email` and `xml` adapters, `tzdb` named time zones. None changes a verdict.
//!
//! # Limits
//!
//! English and Chinese only, the rest is left without a verdict. Rules read what is said, hardly what is only
//! meant. The built-in topics are those of shops and restaurants. Masking knows phone numbers and e-mail addresses only. Duplicates
//! are found when their words are equal. Attachments are never opened.

pub mod annotate;
pub mod case;
pub mod channel;
mod data;
pub mod discover;
pub mod engine;
mod error;
pub mod feedback;
pub mod induce;
pub mod lexicon;
pub mod metrics;
pub mod priority;
pub mod report;
pub mod rule;
pub mod sla;
mod span;
pub mod taxonomy;
pub mod text;

pub use annotate::Insight;
pub use engine::Engine;
pub use error::{Error, ErrorKind, Location, Result};
pub use feedback::Feedback;
pub use span::Span;
pub use taxonomy::Taxonomy;

/// Compiles and runs the code of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
