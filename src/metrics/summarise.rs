//! Counts → numbers.

use super::aggregate::{Aggregate, Group};
use super::cell::Cell;
use super::impact::leave_one_out;
use super::quote::{Best, Quote};
use super::trend::{Window, compare, judge};
use super::{
    Basis, Confidence, Direction, Estimate, Levels, Satisfaction, Scope, ScopeSummary, Summary,
    SummaryOptions, TopicSummary, Trend, ces, csat, nps, rating,
};
use crate::feedback::RatingKind;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Longest trend window unless the host asks for another.
const WINDOW_DAYS: u32 = 28;

/// One group over the period, and its items in the two trend windows.
#[derive(Default)]
struct Total {
    cell: Cell,
    last: u64,
    previous: u64,
}

/// A trend with the windows it compares.
type Compared = (Trend, Window, Window);

/// Buckets of the trend: the last one that counts, and how many make a window.
#[derive(Clone, Copy)]
struct Windows {
    end: i32,
    width: i32,
}

/// The totals of every group, with what is needed to turn them into numbers.
struct Totals<'a> {
    aggregate: &'a Aggregate,
    groups: BTreeMap<Group, Total>,
    confidence: Confidence,
    basis: Option<Basis>,
    /// First and last bucket that count; `None` when everything does, also items without a date.
    within: Option<(i32, i32)>,
}

pub(super) fn summary(aggregate: &Aggregate, options: &SummaryOptions) -> Summary {
    let period = period(aggregate, options);
    let counts = |bucket| counts(period, bucket);
    let buckets = aggregate.cells.keys().filter(|key| counts(key.bucket)).filter_map(|key| key.bucket);
    let span = buckets.fold(None, |span: Option<(i32, i32)>, b| {
        Some(span.map_or((b, b), |(first, last)| (first.min(b), last.max(b))))
    });
    let windows = span.and_then(|span| windows(aggregate, options, span));
    let mut groups: BTreeMap<Group, Total> = BTreeMap::new();
    for (key, cell) in aggregate.cells.iter().filter(|(key, _)| counts(key.bucket)) {
        let total = groups.entry(key.group).or_default();
        total.cell.merge(cell);
        match key.bucket.zip(windows).map(|(bucket, windows)| windows.place(bucket)) {
            Some(Some(true)) => total.last += cell.items,
            Some(Some(false)) => total.previous += cell.items,
            _ => {}
        }
    }
    let everything = Group { topic: None, scope: None };
    let all = groups.remove(&everything).unwrap_or_default();
    let basis = Basis::choose(&all.cell.ratings);
    groups.insert(everything, all);
    let totals = Totals { aggregate, groups, confidence: options.confidence, basis, within: period };
    totals.summary(everything, span, windows, options.now)
}

/// First and last bucket asked for; `None` when all are.
fn period(aggregate: &Aggregate, options: &SummaryOptions) -> Option<(i32, i32)> {
    let from = options.from.map(|at| aggregate.bucket(at));
    let to = options.to.map(|at| aggregate.bucket(at));
    (from.is_some() || to.is_some()).then(|| (from.unwrap_or(i32::MIN), to.unwrap_or(i32::MAX)))
}

fn counts(period: Option<(i32, i32)>, bucket: Option<i32>) -> bool {
    period.is_none_or(|(from, to)| bucket.is_some_and(|b| (from..=to).contains(&b)))
}

/// The two windows, when the data reach back over both.
fn windows(aggregate: &Aggregate, options: &SummaryOptions, (first, newest): (i32, i32)) -> Option<Windows> {
    let bucket_days = u32::from(aggregate.bucket_days);
    let end = options.now.map_or(newest, |now| aggregate.bucket(now));
    let covered = end.checked_sub(first)?.checked_add(1)?;
    let wanted = match options.window_days {
        Some(days) => i32::try_from(days.div_ceil(bucket_days)).ok()?.max(1),
        None => WINDOW_DAYS.div_ceil(bucket_days).cast_signed().min(covered / 2),
    };
    (wanted > 0 && covered / 2 >= wanted).then_some(Windows { end, width: wanted })
}

impl Windows {
    /// Whether a bucket lies in the last window (true), the previous one (false) or neither.
    fn place(self, bucket: i32) -> Option<bool> {
        match self.end.checked_sub(bucket)? {
            age if age < 0 => None,
            age if age < self.width => Some(true),
            age if age / 2 < self.width => Some(false),
            _ => None,
        }
    }
}

impl Totals<'_> {
    fn summary(
        &self,
        everything: Group,
        span: Option<(i32, i32)>,
        windows: Option<Windows>,
        now: Option<Timestamp>,
    ) -> Summary {
        let empty = Total::default();
        let all = self.groups.get(&everything).unwrap_or(&empty);
        let bucket_days = u32::from(self.aggregate.bucket_days);
        Summary {
            period: span.and_then(|(first, last)| {
                let day = |bucket| self.aggregate.first_day(bucket);
                Some((day(first)?, day(last.checked_add(1)?)?.yesterday().ok()?))
            }),
            now: now.or(all.cell.newest),
            items: all.cell.items,
            customers: all.cell.customers.len() as u64,
            satisfaction: satisfaction(&all.cell, self.confidence),
            basis: self.basis,
            window_days: windows.map_or(0, |w| w.width.unsigned_abs() * bucket_days),
            topics: self.topics(all),
            scopes: self.scopes(),
            fingerprints: self.aggregate.fingerprints.iter().cloned().collect(),
            confidence: self.confidence,
        }
    }

    fn scope(&self, group: Group) -> Option<Scope> {
        let name = |id| self.aggregate.strings.name(id);
        group.scope.map(|(dimension, value)| Scope::new(name(dimension), name(value)))
    }

    fn scopes(&self) -> Vec<ScopeSummary> {
        let mut scopes: Vec<_> = self
            .groups
            .iter()
            .filter(|(group, _)| group.topic.is_none())
            .filter_map(|(group, total)| {
                Some(ScopeSummary {
                    scope: self.scope(*group)?,
                    items: total.cell.items,
                    customers: total.cell.customers.len() as u64,
                    satisfaction: satisfaction(&total.cell, self.confidence),
                })
            })
            .collect();
        scopes.sort_by(|a, b| a.scope.cmp(&b.scope));
        scopes
    }

    fn topics(&self, all: &Total) -> Vec<TopicSummary> {
        let mut rows = Vec::new();
        let mut trends: BTreeMap<Option<u32>, Vec<(usize, Compared)>> = BTreeMap::new();
        for (group, total) in
            self.groups.iter().filter(|(group, total)| group.topic.is_some() && total.cell.items > 0)
        {
            let Some(scope) = self.groups.get(&Group { topic: None, scope: group.scope }) else { continue };
            let Some(row) = self.topic(*group, total, scope, all) else { continue };
            let last = Window { events: total.last, items: scope.last };
            let previous = Window { events: total.previous, items: scope.previous };
            let family = trends.entry(group.scope.map(|(dimension, _)| dimension)).or_default();
            family.push((rows.len(), (compare(last, previous, self.confidence), last, previous)));
            rows.push(row);
        }
        for family in trends.into_values() {
            let (indices, mut family): (Vec<usize>, Vec<_>) = family.into_iter().unzip();
            judge(&mut family, self.confidence);
            for (index, (trend, ..)) in indices.into_iter().zip(family) {
                if let Some(row) = rows.get_mut(index) {
                    row.trend = trend;
                }
            }
        }
        rows.sort_by(|a, b| (&a.scope, &a.topic).cmp(&(&b.scope, &b.topic)));
        rows
    }

    /// Quotes are kept for the whole time; those of the period are shown.
    fn quotes(&self, group: Group) -> Vec<Quote> {
        let best = self.aggregate.quotes.get(&group).into_iter().flat_map(Best::iter);
        let counts = |quote: &&Quote| counts(self.within, quote.at().map(|at| self.aggregate.bucket(at)));
        best.filter(counts).cloned().collect()
    }

    fn topic(&self, group: Group, total: &Total, scope: &Total, all: &Total) -> Option<TopicSummary> {
        let (cell, confidence) = (&total.cell, self.confidence);
        let customers = cell.customers.len() as u64;
        let impact = self.basis.and_then(|basis| {
            let moments = |levels: &Levels| basis.moments(levels);
            leave_one_out(basis, &moments(&all.cell.ratings), &moments(&cell.ratings), confidence)
        });
        Some(TopicSummary {
            topic: self.aggregate.strings.name(group.topic?).to_owned(),
            scope: self.scope(group),
            items: cell.items,
            positive: cell.positive,
            customers,
            share: Estimate::share(customers, scope.cell.customers.len() as u64, confidence)?,
            reach: Estimate::share(customers, all.cell.customers.len() as u64, confidence)?,
            severity: Estimate::mean(&cell.severity, (0.0, 1.0), confidence)?,
            worst: cell.worst,
            trend: Trend { direction: Direction::Unknown, ..Trend::default() },
            impact,
            newest: cell.newest,
            quotes: self.quotes(group),
        })
    }
}

fn satisfaction(cell: &Cell, confidence: Confidence) -> Satisfaction {
    let others = [RatingKind::Ordinal, RatingKind::Unknown];
    Satisfaction {
        rating: rating::stars(&cell.ratings, confidence),
        csat: csat::score(&cell.ratings, confidence),
        nps: nps::score(&cell.ratings, confidence),
        sentiment: Estimate::mean(&cell.sentiment, (-1.0, 1.0), confidence),
        ces: ces::scores(&cell.ratings, confidence),
        others: others
            .into_iter()
            .flat_map(|kind| rating::by_scale(&cell.ratings, kind, confidence))
            .collect(),
    }
}

#[cfg(test)]
mod tests;
