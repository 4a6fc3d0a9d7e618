//! The state behind targets, and the table of what was attained.

use super::load::{Target, TargetMetric, check};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{Feedback, RatingKind};
use crate::metrics::service::{Contact, Resolution, Waits};
use crate::metrics::trend::{self, Window};
use crate::metrics::{Confidence, Direction, Estimate, Level, compare, csat};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ChiSquared, ContinuousCDF};
use std::collections::BTreeMap;

/// Counts of each period of each target: mergeable, exact in any order of adding. Each item and request is added
/// once.
///
/// ```
/// use candor::{Feedback, metrics::{Confidence, target::{self, Progress}}};
/// let mut progress = Progress::new(target::builtin()?)?;
/// for n in 0..600 {
///     let at = jiff::Timestamp::from_second(1_767_225_600 + n * 7000).unwrap(); // the first weeks of 2026
///     progress.push(&Feedback::builder(n.to_string()).text("ok").created_at(at).build()?);
/// }
/// let now = "2026-04-02T00:00:00Z".parse().unwrap();
/// let table = progress.table(now, Confidence::default());
/// let volume = table.iter().find(|row| row.target.id == "feedback_volume").unwrap();
/// assert_eq!((volume.periods[0].estimate.unwrap().value, volume.periods[0].is_met), (600.0, Some(true)));
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    targets: Vec<Target>,
    /// One for each target.
    periods: Vec<BTreeMap<Date, Tally>>,
}

/// What one period saw; each target uses one of the three.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Tally {
    waits: Waits,
    satisfied: (u64, u64),
    count: u64,
}

/// A target with its periods.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Attained {
    /// The target.
    pub target: Target,
    /// The periods from the first with data to the present, in order; periods without data are there too.
    pub periods: Vec<PeriodRow>,
    /// Periods that are over and met the target, of all that are over and have an answer.
    pub met: (u64, u64),
    /// The last period that is over against the one before.
    pub trend: Direction,
}

/// One period of a target.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct PeriodRow {
    /// Its first day.
    pub start: Date,
    /// Whether it is over.
    pub is_over: bool,
    /// Share 0..1 or count, with its interval; `None` when there are not enough data.
    pub estimate: Option<Estimate>,
    /// Whether the threshold is reached; `None` without an estimate, and for a count that may still grow.
    pub is_met: Option<bool>,
    /// Whether the whole interval is on the same side of the threshold.
    pub is_sure: bool,
}

impl Progress {
    /// Empty counts for these targets.
    ///
    /// # Errors
    /// As [`Target::parse`].
    pub fn new(targets: Vec<Target>) -> Result<Self> {
        check(&targets)?;
        Ok(Self { periods: vec![BTreeMap::new(); targets.len()], targets })
    }

    /// Counts an item for volume and satisfaction; one without a date is left out. Requests come in by
    /// [`add_contact`](Self::add_contact).
    pub fn push(&mut self, feedback: &Feedback) {
        let Some(at) = feedback.created_at() else { return };
        let rating = feedback.rating().filter(|rating| rating.kind() == RatingKind::Csat);
        let satisfied = rating.and_then(|rating| csat::is_satisfied(&Level::of(rating)));
        let counts = |target: &Target| {
            let in_scope =
                |scope: &crate::metrics::Scope| feedback.scope(&scope.dimension) == Some(&*scope.value);
            target.area.as_deref().is_none_or(|area| feedback.scope("touchpoint") == Some(area))
                && target.scope.as_ref().is_none_or(in_scope)
        };
        self.each(at, counts, |metric, tally| match metric {
            TargetMetric::Items => tally.count += 1,
            TargetMetric::Satisfaction => {
                if let Some(satisfied) = satisfied {
                    tally.satisfied = (tally.satisfied.0 + u64::from(satisfied), tally.satisfied.1 + 1);
                }
            }
            _ => {}
        });
    }

    /// Counts a request for the waits, in the period in which it was opened. A target with a scope counts those
    /// of its agent or team.
    pub fn add_contact(&mut self, contact: &Contact, now: Timestamp) {
        let counts = |target: &Target| {
            target.scope.as_ref().is_none_or(|scope| match scope.dimension.as_str() {
                "agent" => contact.agent.as_deref() == Some(&*scope.value),
                "team" => contact.team.as_deref() == Some(&*scope.value),
                _ => false,
            })
        };
        let since = |at: Timestamp| at.duration_since(contact.opened);
        self.each(contact.opened, counts, |metric, tally| match (metric, contact.resolution) {
            (TargetMetric::FirstReply, _) => match contact.first_reply {
                Some(at) => tally.waits.add(since(at)),
                None => tally.waits.add_open(since(now)),
            },
            (TargetMetric::Resolution, Resolution::At(at)) => tally.waits.add(since(at)),
            (TargetMetric::Resolution, Resolution::Open) => tally.waits.add_open(since(now)),
            _ => {}
        });
    }

    /// Counts one campaign of customer care.
    pub fn add_campaign(&mut self, at: Timestamp) {
        self.each(at, |_| true, |metric, tally| tally.count += u64::from(metric == TargetMetric::Campaigns));
    }

    fn each(
        &mut self,
        at: Timestamp,
        counts: impl Fn(&Target) -> bool,
        change: impl Fn(TargetMetric, &mut Tally),
    ) {
        for (target, periods) in
            self.targets.iter().zip(&mut self.periods).filter(|(target, _)| counts(target))
        {
            let mut tally = Tally::default();
            change(target.metric, &mut tally);
            if tally != Tally::default() {
                periods.entry(target.period.start(at)).or_default().merge(&tally);
            }
        }
    }

    /// Adds everything another holds.
    ///
    /// # Errors
    /// [`ErrorKind::Incompatible`] when the targets are not the same.
    pub fn merge(&mut self, other: &Self) -> Result<()> {
        if self.targets != other.targets {
            return Err(Error::new(ErrorKind::Incompatible, "cannot merge progress towards other targets"));
        }
        for (own, theirs) in self.periods.iter_mut().zip(&other.periods) {
            for (start, tally) in theirs {
                own.entry(*start).or_default().merge(tally);
            }
        }
        Ok(())
    }

    /// What was attained, in the order of the targets.
    pub fn table(&self, now: Timestamp, confidence: Confidence) -> Vec<Attained> {
        let rows = self.targets.iter().zip(&self.periods);
        rows.map(|(target, tallies)| attained(target, tallies, now, confidence)).collect()
    }
}

impl Tally {
    fn merge(&mut self, other: &Self) {
        self.waits.merge(&other.waits);
        self.satisfied = (self.satisfied.0 + other.satisfied.0, self.satisfied.1 + other.satisfied.1);
        self.count += other.count;
    }

    fn estimate(&self, target: &Target, confidence: Confidence) -> Option<Estimate> {
        match (target.metric, target.within) {
            (TargetMetric::Satisfaction, _) => {
                Estimate::share(self.satisfied.0, self.satisfied.1, confidence)
            }
            (TargetMetric::Items | TargetMetric::Campaigns, _) => Some(count(self.count, confidence)),
            (_, within) => self.waits.within(within?, confidence).ok(),
        }
    }
}

fn attained(
    target: &Target,
    tallies: &BTreeMap<Date, Tally>,
    now: Timestamp,
    confidence: Confidence,
) -> Attained {
    let present = target.period.start(now);
    let mut periods = Vec::new();
    let mut start = tallies.keys().next().copied().unwrap_or(present);
    while start <= present {
        let tally = tallies.get(&start).cloned().unwrap_or_default();
        periods.push(row(target, start, start < present, tally.estimate(target, confidence)));
        start = target.period.next(start);
    }
    let over: Vec<&PeriodRow> = periods.iter().filter(|row| row.is_over).collect();
    let answers: Vec<bool> = over.iter().filter_map(|row| row.is_met).collect();
    let met = (answers.iter().filter(|met| **met).count() as u64, answers.len() as u64);
    let trend = match over.as_slice() {
        [.., before, last] => direction(target, before.estimate, last.estimate, confidence),
        _ => Direction::Unknown,
    };
    Attained { target: target.clone(), periods, met, trend }
}

fn row(target: &Target, start: Date, is_over: bool, estimate: Option<Estimate>) -> PeriodRow {
    let reached = estimate.map(|estimate| estimate.value >= target.threshold);
    let open = !is_over && !target.metric.is_share() && reached == Some(false);
    // What was counted is exact; only shares have a doubt.
    let is_sure = estimate.is_some_and(|estimate| {
        !target.metric.is_share() || estimate.low >= target.threshold || estimate.high < target.threshold
    });
    PeriodRow { start, is_over, estimate, is_met: reached.filter(|_| !open), is_sure: is_sure && !open }
}

fn direction(
    target: &Target,
    before: Option<Estimate>,
    last: Option<Estimate>,
    confidence: Confidence,
) -> Direction {
    let (Some(before), Some(last)) = (before, last) else { return Direction::Unknown };
    if !target.metric.is_share() {
        let window = |estimate: Estimate| Window { events: estimate.n, items: 1 };
        let (before, last) = (window(before), window(last));
        let mut judged = [(trend::compare(last, before, confidence), last, before)];
        trend::judge(&mut judged, confidence);
        return judged.first().map_or(Direction::Unknown, |(trend, ..)| trend.direction);
    }
    // Open cases make the true number a little smaller than n; periods that are over have few.
    let share = |estimate: Estimate| ((estimate.value * estimate.n as f64).round() as u64, estimate.n);
    match compare::shares(share(last), share(before), confidence) {
        Ok(difference) if difference.low > 0.0 => Direction::Rising,
        Ok(difference) if difference.high < 0.0 => Direction::Falling,
        Ok(_) => Direction::Steady,
        Err(_) => Direction::Unknown,
    }
}

/// A count with the exact interval of its Poisson mean (Garwood 1936, Biometrika 28:437).
fn count(n: u64, confidence: Confidence) -> Estimate {
    let (value, tail) = (n as f64, confidence.alpha() / 2.0);
    let quantile =
        |freedom: f64, p: f64| ChiSquared::new(freedom).map_or(value, |chi| chi.inverse_cdf(p) / 2.0);
    let low = if n == 0 { 0.0 } else { quantile(2.0 * value, tail) };
    Estimate { value, low, high: quantile(2.0 * value + 2.0, 1.0 - tail), n }
}

#[cfg(test)]
mod tests;
