//! Files → items → verdicts → numbers.

use super::clean::{self, Aside, Records};
use super::complaint::Complaints;
use candor::annotate::{Abstention, Flag};
use candor::case::Desk;
use candor::channel::{Adapter, ReadOptions};
use candor::discover::Themes;
use candor::engine::Scratch;
use candor::metrics::driver::Drivers;
use candor::metrics::{Aggregate, SummaryOptions};
use candor::priority::Facts;
use candor::report::ReadCounts;
use candor::text::dedup::ExactIndex;
use candor::text::mask;
use candor::{Engine, Feedback, Insight};
use indicatif::ProgressBar;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;

/// Rejects shown; more are only counted.
const SHOWN: usize = 8;
/// Longest trend window unless told: six weeks.
const LONGEST_WINDOW: i64 = 42;

/// Everything learned from the files.
pub(crate) struct Intake<'a> {
    engine: &'a Engine,
    scratch: Scratch,
    insight: Insight,
    now: Option<Timestamp>,
    records: Records,
    texts: ExactIndex,
    /// Oldest and newest item that counts.
    span: Option<(Timestamp, Timestamp)>,
    pub(crate) aggregate: Aggregate,
    pub(crate) complaints: Complaints<'a>,
    facts: Facts,
    pub(crate) drivers: Drivers,
    /// Only for a report: it takes more time than the rest.
    pub(crate) themes: Option<Themes>,
    /// Items that count, by what the rules of the host name them.
    pub(crate) tags: BTreeMap<String, u64>,
    pub(crate) items: u64,
    pub(crate) rejects: u64,
    /// The first rejects, with their file.
    pub(crate) rejected: Vec<String>,
    pub(crate) aside: BTreeMap<Aside, u64>,
    /// Items that count but say nothing: only their ratings do.
    pub(crate) wordless: BTreeMap<Abstention, u64>,
    /// Items that count, with a mark a reader should know of.
    pub(crate) flags: BTreeMap<Flag, u64>,
    /// Fields of the input that nothing reads.
    pub(crate) unread: BTreeMap<String, u64>,
}

impl<'a> Intake<'a> {
    pub(crate) fn new(engine: &'a Engine, desk: &'a Desk, now: Option<Timestamp>) -> Self {
        Self {
            engine,
            scratch: engine.scratch(),
            insight: engine.insight(),
            now,
            records: Records::default(),
            texts: ExactIndex::default(),
            span: None,
            aggregate: Aggregate::new(),
            complaints: Complaints::new(desk),
            facts: Facts::default(),
            drivers: Drivers::default(),
            themes: None,
            tags: BTreeMap::new(),
            items: 0,
            rejects: 0,
            rejected: Vec::new(),
            aside: BTreeMap::new(),
            wordless: BTreeMap::new(),
            flags: BTreeMap::new(),
            unread: BTreeMap::new(),
        }
    }

    /// Reads one file.
    pub(crate) fn file(
        &mut self,
        adapter: &dyn Adapter,
        path: &str,
        bar: &ProgressBar,
    ) -> Result<(), String> {
        let file = File::open(path).map_err(|e| format!("{path}: {e}"))?;
        let options = ReadOptions::new().source(path);
        let input = BufReader::with_capacity(1 << 18, bar.wrap_read(file));
        for item in adapter.read(Box::new(input), &options) {
            match item {
                Ok(feedback) => self.item(&feedback),
                Err(reject) => {
                    self.rejects += 1;
                    if self.rejected.len() < SHOWN {
                        self.rejected.push(mask(&format!("{path}: {reject}")));
                    }
                }
            }
        }
        Ok(())
    }

    fn item(&mut self, feedback: &Feedback) {
        self.items += 1;
        for name in feedback.extra().keys() {
            *self.unread.entry(name.to_owned()).or_default() += 1;
        }
        if let Some(reason) = clean::aside(feedback, self.now).or_else(|| self.read(feedback)) {
            *self.aside.entry(reason).or_default() += 1;
            return;
        }
        if let Some(reason) = self.insight.abstained() {
            *self.wordless.entry(reason).or_default() += 1;
        }
        for flag in self.insight.flags().iter() {
            *self.flags.entry(flag).or_default() += 1;
        }
        for tag in self.insight.tags() {
            *self.tags.entry(tag.to_owned()).or_default() += 1;
        }
        if let Some(at) = feedback.created_at() {
            let (oldest, newest) = self.span.unwrap_or((at, at));
            self.span = Some((oldest.min(at), newest.max(at)));
        }
        self.complaints.offer(feedback, &self.insight);
        self.facts.push(feedback, &self.insight);
        self.drivers.push(feedback, &self.insight);
        if let Some(themes) = &mut self.themes {
            themes.push(feedback, &self.insight);
        }
        self.aggregate.push(feedback, &self.insight);
    }

    /// Analyses an item; why it does not count, if so.
    fn read(&mut self, feedback: &Feedback) -> Option<Aside> {
        self.engine.analyze_into(feedback, &mut self.scratch, &mut self.insight);
        // A default review before a duplicate: many customers leave the very same one.
        if self.insight.flags().contains(Flag::Template) {
            return Some(Aside::Template);
        }
        if self.insight.flags().contains(Flag::Spam) {
            return Some(Aside::Spam);
        }
        let new = self.records.insert(feedback) && self.texts.insert(feedback).is_none();
        (!new).then_some(Aside::Duplicate)
    }

    /// The end of the period: what was asked for, else the newest item.
    pub(crate) fn now(&self) -> Timestamp {
        self.now.or(self.span.map(|(_, newest)| newest)).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Trend windows: as asked for, else half of the days with data, up to six weeks.
    pub(crate) fn options(&self, window: Option<u32>) -> SummaryOptions {
        let day = |at: Timestamp| at.as_second().div_euclid(86_400);
        let days = self.span.map_or(0, |(oldest, _)| day(self.now()) - day(oldest) + 1);
        let half = u32::try_from((days / 2).clamp(1, LONGEST_WINDOW)).unwrap_or(1);
        SummaryOptions::default().now(self.now()).window_days(window.unwrap_or(half))
    }

    /// What the items tell beside the numbers, with what the host states.
    pub(crate) fn facts(&self, stated: &Facts) -> Facts {
        let mut facts = self.facts.clone();
        facts.merge(stated);
        self.complaints.tell(&mut facts, self.now());
        facts
    }

    pub(crate) fn counts(&self) -> ReadCounts {
        let count = |reason| self.aside.get(&reason).copied().unwrap_or_default();
        ReadCounts {
            items: self.items,
            rejects: self.rejects,
            duplicates: count(Aside::Duplicate),
            templates: count(Aside::Template),
            spam: count(Aside::Spam),
            others: count(Aside::NotCustomer) + count(Aside::Withdrawn) + count(Aside::Later),
        }
    }
}
