//! Raw payloads in, records out: one file per source behind one contract, in rooms by kind of source.
//!
//! An [`Adapter`] knows the shape in which one source hands out feedback. It reads a stream item by item, so
//! that memory does not grow with the input, and a damaged item becomes a [`Reject`] without hurting the rest.
//! Bodies stay as they came, with their markup; cleaning is done later.
//!
//! * Encodings: UTF-8 and UTF-16 with or without mark, GB18030 and GBK, Big5, Windows-1252, told apart by the
//!   bytes. Lines of UTF-8 that were taken for Windows-1252 before (`donâ€™t`) are mended, but not in records of the
//!   host itself (`jsonl`), whose spans are places in the text as given. Items in which bytes
//!   had to be replaced or lines mended say so.
//! * Items without an id get `source:line` (or `source:line:column` where a line may hold several) as id and
//!   the mark `generated_id`.
//! * Every item of an input is accounted for: it becomes a record, or a reject that says why. A whole item that is
//!   no customer's feedback (a private note, a bounce, a seller's word on a buyer, a survey nobody answered) is
//!   set aside as a reject of the kind [`ErrorKind::NotFeedback`]; any other kind means that it is damaged. What only
//!   frames items, such as the head of a feed or a list of users, is neither.
//! * A time that cannot be read does not cost the item: the field stays empty and the words the source gave
//!   are kept in `extra` under the field's name.

mod auto;
mod batch;
mod carrier;
mod options;
mod parse;
mod revision;

#[cfg(feature = "json")]
mod desk;
#[cfg(feature = "json")]
mod review;
#[cfg(feature = "json")]
mod social;
mod survey;

pub use batch::{Batch, Reject};
#[cfg(all(feature = "json", feature = "csv"))]
pub use carrier::Mapping;
pub use options::{DateOrder, ReadOptions};
#[cfg(feature = "json")]
pub use review::to_schema_org;
pub use revision::{Revision, Revisions};
pub use survey::{AnswerForm, SurveyFault, SurveyFinding, SurveyQuestion, lint_survey};

use crate::error::{Error, ErrorKind, Result, suggest};
use crate::feedback::Feedback;
use std::cmp::Reverse;
use std::io::BufRead;
use std::sync::LazyLock;

/// How sure an adapter is that an input is of its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Confidence {
    /// It is not.
    No,
    /// Nothing speaks against it.
    Possible,
    /// Its usual marks are there.
    Likely,
    /// Its unmistakable marks are there.
    Certain,
}

/// Reads the payload of one source; hosts may write their own.
///
/// ```
/// # #[cfg(feature = "json")] {
/// use candor::channel::{adapter, ReadOptions};
/// let reviews = r#"{"reviews":[{"reviewId":"g1","comments":[{"userComment":{"text":"Crashes","starRating":1}}]}]}"#;
/// let play = adapter("google_play")?;
/// let batch = play.parse(reviews.as_bytes());
/// assert_eq!(batch.items[0].text(), "Crashes");
/// // The same as a stream, with options.
/// let options = ReadOptions::new();
/// for item in play.read(Box::new(reviews.as_bytes()), &options) {
///     assert_eq!(item?.id(), "g1");
/// }
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Adapter: Send + Sync {
    /// Name by which the adapter is asked for, such as `google_play`.
    fn name(&self) -> &str;

    /// How sure the adapter is that an input beginning with these bytes is its own; the first 64 KiB are plenty.
    fn sniff(&self, head: &[u8]) -> Confidence;

    /// Reads items one by one, in input order; a damaged item is a [`Reject`], the rest goes on.
    fn read<'a>(
        &'a self,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a>;

    /// Reads everything at once, with the options of [`ReadOptions::new`].
    fn parse(&self, bytes: &[u8]) -> Batch {
        let options = ReadOptions::new();
        self.read(Box::new(bytes), &options).collect()
    }
}

/// In the order in which equally sure adapters are preferred: vendors before formats that belong to none.
static ADAPTERS: LazyLock<Vec<&dyn Adapter>> = LazyLock::new(|| {
    [
        #[cfg(feature = "json")]
        desk::ADAPTERS,
        #[cfg(feature = "json")]
        review::ADAPTERS,
        survey::ADAPTERS,
        #[cfg(feature = "json")]
        social::ADAPTERS,
        carrier::ADAPTERS,
    ]
    .concat()
});

/// Every adapter, in the order in which equally sure ones are preferred.
///
/// ```
/// let names: Vec<_> = candor::channel::adapters().iter().map(|a| a.name()).collect();
/// # #[cfg(all(feature = "json", feature = "csv"))]
/// assert_eq!((names.first(), names.last()), (Some(&"zendesk"), Some(&"csv")));
/// ```
pub fn adapters() -> &'static [&'static dyn Adapter] {
    &ADAPTERS
}

/// The adapter of this name; `auto` looks at the input and takes the surest one.
///
/// ```
/// # #[cfg(feature = "json")] {
/// use candor::channel::adapter;
/// assert_eq!(adapter("jd")?.name(), "jd");
/// let error = adapter("taobo").err().unwrap();
/// assert_eq!(error.to_string(), "adapter \"taobo\" is not defined; did you mean \"taobao\"?");
/// # }
/// # Ok::<(), candor::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::Unknown`] when there is none.
pub fn adapter(name: &str) -> Result<&'static dyn Adapter> {
    let known = ADAPTERS.iter().copied().chain([&auto::Auto as &dyn Adapter]);
    known.clone().find(|adapter| adapter.name() == name).ok_or_else(|| {
        let hint = suggest(name, known.map(Adapter::name));
        Error::new(ErrorKind::Unknown, format!("adapter \"{name}\" is not defined{hint}"))
    })
}

/// Which adapters may read an input that begins with these bytes, the surest first.
///
/// ```
/// # #[cfg(feature = "csv")] {
/// use candor::channel::{Confidence, sniff};
/// assert_eq!(sniff("评分,评价内容\n5,很好\n".as_bytes()), [("csv", Confidence::Likely)]);
/// # }
/// ```
#[must_use]
pub fn sniff(head: &[u8]) -> Vec<(&'static str, Confidence)> {
    let mut found: Vec<_> = ADAPTERS
        .iter()
        .map(|adapter| (adapter.name(), adapter.sniff(head)))
        .filter(|(_, confidence)| *confidence > Confidence::No)
        .collect();
    found.sort_by_key(|(_, confidence)| Reverse(*confidence));
    found
}
