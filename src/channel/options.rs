//! What the host tells a reader about its input.

use jiff::tz::TimeZone;

/// Order of day and month in dates like `03/04/2024`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// 3 April.
    DayMonth,
    /// March 4.
    MonthDay,
}

/// Options of [`Adapter::read`](super::Adapter::read).
///
/// ```
/// # #[cfg(feature = "csv")] {
/// use candor::channel::{DateOrder, ReadOptions, adapter};
/// use jiff::tz::{TimeZone, offset};
/// let options = ReadOptions::new().zone(TimeZone::fixed(offset(2))).date_order(DateOrder::DayMonth).source("shop");
/// let table = "date,review\n03/04/2024 10:00,fine\n";
/// let item = adapter("csv")?.read(Box::new(table.as_bytes()), &options).next().unwrap()?;
/// assert_eq!(item.created_at().unwrap().to_string(), "2024-04-03T08:00:00Z");
/// assert_eq!(item.id(), "shop:2");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct ReadOptions {
    zone: TimeZone,
    date_order: Option<DateOrder>,
    source: Option<String>,
    agents: Vec<String>,
    max_item_bytes: usize,
}

impl ReadOptions {
    /// UTC, no date order, the adapter's own source name, no agents, items up to 8 MiB.
    pub fn new() -> Self {
        Self {
            zone: TimeZone::UTC,
            date_order: None,
            source: None,
            agents: Vec::new(),
            max_item_bytes: 8 << 20,
        }
    }

    /// Zone of times that name none. Chinese platforms always count as UTC+8.
    pub fn zone(mut self, zone: TimeZone) -> Self {
        self.zone = zone;
        self
    }

    /// Order of day and month where a date does not tell. Without it the dates at the head of a table, or all
    /// dates of a chat, decide (a first number above 12 is a day); where they do not either, the time is kept
    /// in `extra` unread.
    pub fn date_order(mut self, order: DateOrder) -> Self {
        self.date_order = Some(order);
        self
    }

    /// Name used for generated ids instead of the adapter's, such as the file's name: ids of two files must
    /// not collide.
    pub fn source(mut self, name: impl Into<String>) -> Self {
        self.source = Some(name.into());
        self
    }

    /// Names under which the host's own people speak in conversations that tell no roles. Once given, everyone
    /// else there counts as customer. Case does not matter.
    ///
    /// ```
    /// use candor::channel::{ReadOptions, adapter};
    /// use candor::feedback::Role;
    /// let chat = "8/13/19, 1:25 PM - Lena: My parcel is late\n8/13/19, 1:31 PM - Tom Berg: I will check\n";
    /// let options = ReadOptions::new().agents(["Tom Berg"]);
    /// let mut items = adapter("whatsapp")?.read(Box::new(chat.as_bytes()), &options);
    /// assert_eq!(items.next().unwrap()?.text(), "My parcel is late");
    /// assert_eq!(items.next().unwrap()?.turns()[0].role, Role::Agent);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn agents(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.agents = names.into_iter().map(Into::into).collect();
        self
    }

    /// Size, in bytes of UTF-8, above which an item is rejected unread; bounds the memory of a reader.
    pub fn max_item_bytes(mut self, bytes: usize) -> Self {
        self.max_item_bytes = bytes;
        self
    }
}

#[cfg_attr(not(feature = "json"), allow(dead_code, reason = "the readers of the formats use it"))]
impl ReadOptions {
    pub(super) fn time_zone(&self) -> &TimeZone {
        &self.zone
    }

    pub(super) fn order(&self) -> Option<DateOrder> {
        self.date_order
    }

    pub(super) fn source_or<'a>(&'a self, default: &'a str) -> &'a str {
        self.source.as_deref().unwrap_or(default)
    }

    pub(super) fn agent_names(&self) -> &[String] {
        &self.agents
    }

    pub(super) fn limit(&self) -> usize {
        self.max_item_bytes
    }
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self::new()
    }
}
