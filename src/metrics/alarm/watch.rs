//! The alarms of an aggregate.

use super::change::{Change, Scan};
use super::exposure::Exposure;
use super::scan::scan;
use super::series::Series;
use crate::metrics::Scope;
use crate::metrics::aggregate::{Aggregate, Group, Key};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// Buckets that are looked at: half a year of days.
const LOOKBACK: i32 = 182;
/// Buckets in which an alarm must lie to be told, unless the host asks for others.
const RECENT: u16 = 28;
/// Fewer events in the recent buckets make no burst …
const FEWEST: u64 = 6;
/// … and fewer in all buckets show no fall.
const FEWEST_FALL: u64 = 60;

/// When and how to watch.
///
/// ```
/// use candor::metrics::{Aggregate, alarm::Watch};
/// let alarms = Aggregate::new().alarms(&Watch::default().recent(7));
/// assert!(alarms.list.is_empty());
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Watch {
    now: Option<Timestamp>,
    recent: u16,
    exposure: Exposure,
}

impl Default for Watch {
    fn default() -> Self {
        Self { now: None, recent: RECENT, exposure: Exposure::new() }
    }
}

impl Watch {
    /// The last moment looked at; the newest item unless told. Its bucket is judged as a whole: while a day is not
    /// over, watch up to the day before.
    pub fn now(mut self, now: Timestamp) -> Self {
        self.now = Some(now);
        self
    }

    /// Tells changes that reach into so many last buckets; 28 unless told.
    pub fn recent(mut self, buckets: u16) -> Self {
        self.recent = buckets.max(1);
        self
    }

    /// Holds the events against what could have led to them, so that a busy day is no burst.
    pub fn exposure(mut self, exposure: Exposure) -> Self {
        self.exposure = exposure;
        self
    }
}

/// A change of one topic in one scope.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Alarm {
    /// Path of the topic; `None` for all feedback.
    pub topic: Option<String>,
    /// The scope; `None` for everything.
    pub scope: Option<Scope>,
    /// Whether the events are held against the exposure of the scope; else they are taken alone.
    pub is_exposed: bool,
    /// What happened.
    pub change: Change,
}

/// The alarms of an aggregate, the most unlikely first.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Alarms {
    /// The alarms.
    pub list: Vec<Alarm>,
    /// Topics and scopes whose silence means something: a burst to five times the usual would be told.
    pub watched: usize,
    /// Topics and scopes that came up, with too little data for that.
    pub unwatched: usize,
}

impl Aggregate {
    /// Bursts, shifts and drifts of every topic in every scope; see [`alarm`](crate::metrics::alarm) for the method, its
    /// false alarms and its power.
    ///
    /// Every series is judged by itself: of 1,000 quiet ones, up to 10 may be told in a month. Linear in the number
    /// of cells, but for their order.
    ///
    /// ```
    /// use candor::metrics::{Aggregate, alarm::{ChangeKind, Watch}};
    /// use candor::{Engine, Feedback};
    /// let engine = Engine::builder().build()?;
    /// let insight = engine.analyze_text("Delivery was far too slow");
    /// let mut aggregate = Aggregate::new();
    /// for day in 0..60_i64 {
    ///     let at = "2025-04-02T12:00:00Z".parse::<jiff::Timestamp>().unwrap();
    ///     let at = at + jiff::SignedDuration::from_hours(24 * day);
    ///     for n in 0..if day < 58 { 4 + day % 3 } else { 20 } {
    ///         let item = Feedback::builder(format!("{day}-{n}")).text("Delivery was far too slow").created_at(at);
    ///         aggregate.push(&item.build()?, &insight);
    ///     }
    /// }
    /// let alarms = aggregate.alarms(&Watch::default());
    /// let alarm = alarms.list.iter().find(|alarm| alarm.topic.as_deref() == Some("delivery/speed")).unwrap();
    /// assert_eq!((alarm.change.kind, alarm.change.events), (ChangeKind::Burst, 40));
    /// # Ok::<(), candor::Error>(())
    /// ```
    pub fn alarms(&self, watch: &Watch) -> Alarms {
        Period::of(self, watch).map_or_else(Alarms::default, |period| period.alarms())
    }
}

/// The buckets looked at.
struct Period<'a> {
    aggregate: &'a Aggregate,
    watch: &'a Watch,
    first: i32,
    last: i32,
    /// First of the buckets into which a change must reach.
    recent: i32,
}

impl<'a> Period<'a> {
    /// `None` when nothing with a date was counted by the end of it.
    fn of(aggregate: &'a Aggregate, watch: &'a Watch) -> Option<Self> {
        let all = |bucket| Key { group: Group { topic: None, scope: None }, bucket: Some(bucket) };
        let mut dated =
            aggregate.cells.range(all(i32::MIN)..=all(i32::MAX)).filter_map(|(key, _)| key.bucket);
        let oldest = dated.next()?;
        let newest = dated.next_back().unwrap_or(oldest);
        let last = watch.now.map_or(newest, |now| aggregate.bucket(now));
        let first = oldest.max(last.saturating_sub(LOOKBACK - 1));
        let recent = last.saturating_sub(i32::from(watch.recent) - 1);
        (first <= last).then_some(Self { aggregate, watch, first, last, recent })
    }

    fn alarms(&self) -> Alarms {
        let mut alarms = Alarms::default();
        let Some(since) = self.aggregate.first_day(self.recent) else { return alarms };
        let mut groups: Vec<Group> = self.aggregate.cells.keys().map(|key| key.group).collect();
        groups.dedup();
        // All feedback comes first, so that its counts are at hand for the topics.
        let mut items: BTreeMap<_, Vec<u64>> = BTreeMap::new();
        for group in groups {
            let counts = self.counts(group);
            if counts.iter().all(|count| *count == 0) {
                continue;
            }
            if group.topic.is_none() {
                items.insert(group.scope, counts.clone());
            }
            let scope = self.scope(group);
            let exposure =
                self.watch.exposure.of(scope.as_ref(), self.aggregate.bucket_days, (self.first, self.last));
            let is_exposed = exposure.is_some();
            let all = items.get(&group.scope).filter(|_| group.topic.is_some());
            let scan = self.scan(counts, all, exposure).unwrap_or_default();
            *(if scan.is_watched() { &mut alarms.watched } else { &mut alarms.unwatched }) += 1;
            let topic = group.topic.map(|id| self.aggregate.strings.name(id).to_owned());
            let told = scan.changes.into_iter().filter(|change| change.reaches(since));
            alarms.list.extend(told.map(|change| {
                let (topic, scope) = (topic.clone(), scope.clone());
                Alarm { topic, scope, is_exposed, change }
            }));
        }
        alarms.list.sort_by(|a, b| a.change.p.total_cmp(&b.change.p).then_with(|| a.place().cmp(&b.place())));
        alarms
    }

    /// Items of each bucket.
    fn counts(&self, group: Group) -> Vec<u64> {
        let key = |bucket| Key { group, bucket: Some(bucket) };
        let mut counts = vec![0; self.last.abs_diff(self.first) as usize + 1];
        for (key, cell) in self.aggregate.cells.range(key(self.first)..=key(self.last)) {
            let index = key.bucket.map(|bucket| bucket.abs_diff(self.first) as usize);
            if let Some(count) = index.and_then(|index| counts.get_mut(index)) {
                *count += cell.items;
            }
        }
        counts
    }

    fn scope(&self, group: Group) -> Option<Scope> {
        let name = |id| self.aggregate.strings.name(id);
        group.scope.map(|(dimension, value)| Scope::new(name(dimension), name(value)))
    }

    /// Judges the counts of a topic among all `items`, or of all feedback without them; `None` for too few to be worth
    /// it.
    fn scan(&self, counts: Vec<u64>, items: Option<&Vec<u64>>, exposure: Option<Vec<f64>>) -> Option<Scan> {
        let recent = self.last.abs_diff(self.recent) as usize + 1;
        if counts.iter().rev().take(recent).sum::<u64>() < FEWEST && counts.iter().sum::<u64>() < FEWEST_FALL
        {
            return None;
        }
        let series = Series::daily(self.aggregate.first_day(self.first)?, counts);
        let series = series.bucket_days(self.aggregate.bucket_days);
        Some(scan(&match (exposure, items) {
            (Some(exposure), _) => series.exposure(exposure),
            (None, Some(items)) => series.items(items.as_slice()),
            (None, None) => series.volume(),
        }))
    }
}

impl Alarm {
    fn place(&self) -> (&Option<String>, &Option<Scope>, Date) {
        (&self.topic, &self.scope, self.change.start)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ChangeKind, CrisisLevels};
    use super::*;
    use crate::metrics::testing::{Item, aggregate};

    /// 60 days from 23 March 2025, without a promotion; the last two with a burst. With everything, the product, the
    /// channel and the source, four scopes.
    fn items(topic: &'static str) -> impl Iterator<Item = Item> {
        let daily = |day: i64| (0..if day > 58 { 30 } else { 3 + day % 2 }).map(move |n| (day, n));
        let item = move |(day, n)| {
            Item::new(&format!("{topic}-{day}-{n}")).day(day + 81).product("lamp").bad(topic, 0.9)
        };
        (1..61).flat_map(daily).map(item)
    }

    fn instant(day: i64) -> Timestamp {
        Timestamp::from_second(1_735_689_600 + (day - 1) * 86_400).unwrap()
    }

    #[test]
    fn every_topic_is_watched_in_every_scope() {
        let alarms = aggregate(items("product/safety")).alarms(&Watch::default());
        let scopes = |topic: Option<&str>| {
            let here = alarms.list.iter().filter(|alarm| alarm.topic.as_deref() == topic);
            let name =
                |alarm: &Alarm| alarm.scope.as_ref().map_or("all", |scope| &scope.dimension).to_owned();
            here.map(name).collect::<Vec<_>>()
        };
        assert_eq!(scopes(None), ["all", "channel", "product", "source"]);
        assert_eq!(scopes(Some("product/safety")), scopes(None));
        assert!(alarms.list.iter().all(|alarm| alarm.change.kind == ChangeKind::Burst && !alarm.is_exposed));
        assert_eq!((alarms.watched, alarms.unwatched), (8, 0));
    }

    #[test]
    fn a_burst_of_severe_items_has_a_level() {
        let alarms = aggregate(items("product/safety")).alarms(&Watch::default());
        let level = CrisisLevels::standard().of(&alarms.list[0].change).unwrap();
        assert_eq!(level.id, "orange");
    }

    #[test]
    fn calm_up_to_the_burst() {
        let state = aggregate(items("product/safety"));
        let alarms = state.alarms(&Watch::default().now(instant(139)));
        assert_eq!((alarms.list.len(), alarms.watched), (0, 8));
        assert_eq!(state.alarms(&Watch::default().now(instant(1))), Alarms::default());
    }

    #[test]
    fn orders_explain_a_busy_day() {
        let mut orders = Exposure::new();
        for day in 1..61 {
            orders.add(instant(day + 81), None, if day > 58 { 900 } else { 100 });
        }
        let alarms = aggregate(items("price/value")).alarms(&Watch::default().exposure(orders));
        // No scope has orders of its own: their alarms remain.
        assert!(alarms.list.iter().all(|alarm| alarm.scope.is_some()) && alarms.list.len() == 6);
    }

    #[test]
    fn the_order_of_merging_tells_nothing() {
        let (safety, price) = (aggregate(items("product/safety")), aggregate(items("price/value")));
        let (mut one, mut other) = (safety.clone(), price.clone());
        one.merge(&price).unwrap();
        other.merge(&safety).unwrap();
        let alarms = one.alarms(&Watch::default());
        assert_eq!(alarms, other.alarms(&Watch::default()));
        assert_eq!(alarms.list.len(), 12);
    }

    #[test]
    fn few_items_and_praise_alone() {
        let few = aggregate((1..5).map(|n| Item::new(&format!("c-{n}")).day(n).good("price/value")));
        let alarms = few.alarms(&Watch::default());
        assert_eq!((alarms.list.len(), alarms.watched, alarms.unwatched), (0, 0, 3));
    }
}
