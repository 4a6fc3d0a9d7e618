//! The walk over a series.

use super::baseline::{Baseline, Compared, LEAST};
use super::change::{Change, ChangeKind, Scan};
use super::series::{Point, Series};
use super::slow;
use std::ops::Range;

/// Probability of a false alarm that a bucket alone may have.
const ALPHA: f64 = 4e-5;
/// The same for a pair of buckets, which sees more.
const PAIR_ALPHA: f64 = 1.6e-4;
/// Fewer events make no burst, however rare they were.
const LEAST_EVENTS: f64 = 6.0;
/// The same for the long window, whose tests overlap for the most part.
const SLOW_ALPHA: f64 = 4e-5;
/// A burst goes on while a bucket alone is as unlikely as this.
const ONGOING: f64 = 0.05;
/// Buckets to learn from, and those before the judged one that are left out lest a change hides itself.
const HISTORY: usize = 56;
/// How far back to look for them: promotions fill most of November to February.
const REACH: usize = 182;
const GUARD: usize = 7;
/// Buckets of the long window, and after which a burst is the new level.
pub(super) const LONG: usize = 14;

/// Finds bursts, shifts of level and drift in a series; see the [module](super) for the method.
///
/// Linear in the length of the series.
///
/// ```
/// use candor::metrics::alarm::{ChangeKind, Series, scan};
/// let mut counts = vec![10; 40];
/// counts.extend([31, 40, 28, 11, 9, 10]);
/// let scan = scan(&Series::daily(jiff::civil::date(2025, 7, 7), counts));
/// let burst = &scan.changes[0];
/// assert_eq!((burst.kind, burst.peak), (ChangeKind::Burst, jiff::civil::date(2025, 8, 17)));
/// assert_eq!(burst.end, Some(jiff::civil::date(2025, 8, 18)));
/// ```
pub fn scan(series: &Series) -> Scan {
    let mut scanner = Scanner::new(series);
    for at in 0..series.len() {
        scanner.step(at);
    }
    scanner.finish()
}

struct Scanner<'a> {
    series: &'a Series,
    points: Vec<Point>,
    /// Buckets of bursts, and those that cannot be judged: nothing is learnt from them.
    left_out: Vec<bool>,
    /// Start of the present level.
    floor: usize,
    open: Option<Run>,
    changes: Vec<Change>,
}

/// A burst that may go on.
struct Run {
    buckets: Range<usize>,
    base: Baseline,
    p: f64,
}

impl<'a> Scanner<'a> {
    fn new(series: &'a Series) -> Self {
        let points = series.points();
        let left_out = points.iter().map(|point| !point.exact || point.exposure <= 0.0).collect();
        Self { series, points, left_out, floor: 0, open: None, changes: Vec::new() }
    }

    /// The points of a range that nothing speaks against.
    fn usual(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = &Point> + Clone {
        let points = self.points.get(range.clone()).unwrap_or_default();
        let left_out = self.left_out.get(range).unwrap_or_default();
        points.iter().zip(left_out).filter(|(_, out)| !**out).map(|(point, _)| point)
    }

    /// What was usual before a bucket.
    fn baseline(&self, end: usize) -> Option<Baseline> {
        let reach = end.saturating_sub(REACH).max(self.floor)..end;
        Baseline::of(self.usual(reach).rev().take(HISTORY))
    }

    fn compare(&self, base: &Baseline, range: Range<usize>) -> Option<Compared> {
        base.compare(self.points.get(range)?.iter())
    }

    fn step(&mut self, at: usize) {
        if self.points.get(at).is_none_or(|point| point.exposure <= 0.0) {
            return;
        }
        let Some(base) = at.checked_sub(GUARD).and_then(|end| self.baseline(end)) else { return };
        let above = |from: usize, least: f64| match self.compare(&base, from..at + 1) {
            Some(compared) if compared.events >= least => compared.above(),
            _ => 1.0,
        };
        let pair = if at > self.floor { above(at - 1, LEAST_EVENTS) } else { 1.0 };
        let (one, p) = (above(at, 0.0), above(at, LEAST_EVENTS).min(pair));
        let unlikely = above(at, LEAST_EVENTS) < ALPHA || pair < PAIR_ALPHA;
        match self.open.take() {
            Some(run) if unlikely || one < ONGOING => self.goes_on(run, at, p),
            Some(run) => self.close(&run, true),
            None if unlikely => self.begin(base, at, p),
            None => self.slow(at),
        }
    }

    /// Opens a burst and finds where it began.
    fn begin(&mut self, base: Baseline, at: usize, p: f64) {
        let mut start = at;
        while start > self.floor.max(at.saturating_sub(GUARD))
            && self.left_out.get(start - 1) == Some(&false)
            && self.compare(&base, start - 1..start).is_some_and(|c| c.above() < ONGOING)
        {
            start -= 1;
        }
        // The pair was unlikely, neither of its buckets alone: the burst holds both.
        let alone = self.compare(&base, at..at + 1).map_or(1.0, |c| c.above());
        if start == at && alone >= ALPHA && at > self.floor {
            start -= 1;
        }
        self.mark(start..at + 1, true);
        self.open = Some(Run { buckets: start..at + 1, base, p });
    }

    fn goes_on(&mut self, mut run: Run, at: usize, p: f64) {
        self.mark(run.buckets.end..at + 1, true);
        run.buckets.end = at + 1;
        run.p = run.p.min(p);
        if run.buckets.len() >= LONG {
            self.floor = run.buckets.start;
            self.mark(run.buckets.clone(), false);
            let compared = self.compare(&run.base, run.buckets.clone());
            self.report(ChangeKind::Shift, &run.buckets, compared, run.p, None);
        } else {
            self.open = Some(run);
        }
    }

    fn close(&mut self, run: &Run, ended: bool) {
        let compared = self.compare(&run.base, run.buckets.clone());
        let end = ended.then(|| run.buckets.end - 1);
        self.report(ChangeKind::Burst, &run.buckets, compared, run.p, end);
        let peak = self.peak(run).map(|index| self.series.day(index));
        if let (Some(change), Some(peak)) = (self.changes.last_mut(), peak) {
            change.peak = peak;
        }
    }

    /// The bucket farthest above what was expected; the first of equals.
    fn peak(&self, run: &Run) -> Option<usize> {
        let ratio = |index: &usize| {
            self.points.get(*index).map_or(0.0, |point| point.count / run.base.expected(point).max(1e-9))
        };
        run.buckets.clone().rev().max_by(|a, b| ratio(a).total_cmp(&ratio(b)))
    }

    /// Judges the last buckets together: a level that moved by less than a burst.
    fn slow(&mut self, at: usize) {
        let Some(start) = (at + 1).checked_sub(LONG).filter(|start| *start > self.floor) else { return };
        if self.usual(start..at + 1).count() < LONG - GUARD / 2 {
            return;
        }
        let Some(base) = self.baseline(start) else { return };
        let Some(compared) = base.compare(self.usual(start..at + 1)) else { return };
        let p = compared.above().min(compared.below());
        if p < SLOW_ALPHA / 2.0 {
            let from = start.saturating_sub(HISTORY).max(self.floor);
            let rows = slow::rows(self.usual(from..at + 1), &base);
            let (kind, kept) = slow::judge(&rows);
            let change = self.nth_usual(from, kept).clamp(from + 1, at);
            let (before, after) = (Baseline::of(self.usual(from..change)), change..at + 1);
            let compared = before.and_then(|base| base.compare(self.usual(after.clone()))).or(Some(compared));
            self.report(kind, &after, compared, p, None);
            self.floor = change;
        }
    }

    /// Index of the `n`-th bucket from `from` on that counts.
    fn nth_usual(&self, from: usize, n: usize) -> usize {
        let left_out = self.left_out.get(from..).unwrap_or_default();
        let mut kept = left_out.iter().enumerate().filter(|(_, out)| !**out).map(|(index, _)| from + index);
        kept.nth(n).unwrap_or(from)
    }

    fn mark(&mut self, range: Range<usize>, out: bool) {
        for (point, flag) in self
            .points
            .get(range.clone())
            .into_iter()
            .flatten()
            .zip(self.left_out.get_mut(range).into_iter().flatten())
        {
            *flag = out || !point.exact || point.exposure <= 0.0;
        }
    }

    fn report(
        &mut self,
        kind: ChangeKind,
        buckets: &Range<usize>,
        compared: Option<Compared>,
        p: f64,
        end: Option<usize>,
    ) {
        if let Some(compared) = compared {
            self.changes.push(Change::new(self.series, kind, buckets, &compared, p, end));
        }
    }

    fn finish(mut self) -> Scan {
        let last = self.points.len();
        if let Some(run) = self.open.take() {
            self.close(&run, false);
        }
        let base = last.checked_sub(1 + GUARD).and_then(|end| self.baseline(end));
        let pair = last.saturating_sub(2)..last;
        let least_factor = base.and_then(|base| {
            let compared = self.compare(&base, pair)?;
            slow::least_factor(compared.least(PAIR_ALPHA).max(LEAST_EVENTS), compared.expected)
        });
        if last - self.floor >= 2 * LEAST.max(LONG * 2)
            && let Some(base) = Baseline::of(self.usual(self.floor..last))
            && let Some(drift) = slow::drift(&slow::rows(self.usual(self.floor..last), &base))
        {
            self.changes.push(Change::drift(self.series, self.floor..last, &drift));
        }
        Scan { changes: self.changes, least_factor }
    }
}
