//! What was usual: rate, rhythm of the week, spread.

use super::series::Point;
use crate::metrics::trend::{lower_tail, upper_tail};

/// Fewest buckets from which to learn what is usual.
pub(super) const LEAST: usize = 21;
/// Events that a weekday needs before its own rate counts half: a factor is drawn toward 1 as by a gamma prior
/// with a standard deviation of 0.3 (Gelman et al. 2013, Bayesian Data Analysis, 2.6: 1/0.3² = 11).
const PRIOR: f64 = 11.0;

/// The usual rate with its uncertainty.
///
/// Rate × factor of the weekday × exposure is what is expected. Counts that spread more than Poisson counts are
/// divided by the dispersion of Pearson, as Farrington et al. (1996, JRSS A 159:547) do.
#[derive(Debug, Clone)]
pub(super) struct Baseline {
    events: f64,
    /// Exposure, each bucket times the factor of its weekday.
    exposure: f64,
    factors: [f64; 7],
    /// Variance of the logarithm of each factor.
    noise: [f64; 7],
    dispersion: f64,
}

/// Events of a window against what is expected of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Compared {
    pub(super) events: f64,
    pub(super) expected: f64,
    /// Part of the exposure of window and baseline that lies in the window.
    part: f64,
    /// Events of the baseline that carry as much information as its rate has certainty.
    worth: f64,
    dispersion: f64,
}

impl Baseline {
    /// Learns from points; `None` for too few.
    pub(super) fn of<'a>(points: impl Iterator<Item = &'a Point> + Clone) -> Option<Self> {
        let mut days = [(0.0, 0.0); 7];
        let mut count = 0;
        for point in points.clone() {
            if let Some((events, exposure)) = days.get_mut(point.weekday) {
                *events += point.count;
                *exposure += point.exposure;
            }
            count += 1;
        }
        if count < LEAST {
            return None;
        }
        let (events, plain) = days.iter().fold((0.0, 0.0), |sum, day| (sum.0 + day.0, sum.1 + day.1));
        let rhythm = points.clone().next().is_some_and(|point| point.rhythm);
        let mut base = Self { events, exposure: plain, factors: [1.0; 7], noise: [0.0; 7], dispersion: 1.0 };
        if rhythm && events > 0.0 {
            let rate = events / plain;
            base.factors = days.map(|(events, exposure)| (events + PRIOR) / (exposure * rate + PRIOR));
            base.noise = days.map(|(events, _)| events / (events + PRIOR).powi(2));
            base.exposure = points.clone().map(|point| base.weight(point)).sum();
        }
        base.dispersion = base.spread(points, count);
        Some(base)
    }

    fn weight(&self, point: &Point) -> f64 {
        point.exposure * self.factors.get(point.weekday).copied().unwrap_or(1.0)
    }

    pub(super) fn expected(&self, point: &Point) -> f64 {
        if self.exposure > 0.0 { self.events / self.exposure * self.weight(point) } else { 0.0 }
    }

    /// Pearson's statistic over its degrees of freedom, at least 1.
    fn spread<'a>(&self, points: impl Iterator<Item = &'a Point>, count: usize) -> f64 {
        let mut statistic = 0.0;
        for point in points {
            let expected = self.expected(point);
            if expected > 0.0 {
                statistic += (point.count - expected).powi(2) / expected;
            }
        }
        let spent = if self.noise.iter().any(|noise| *noise > 0.0) { 7.0 } else { 1.0 };
        (statistic / (count as f64 - spent)).max(1.0)
    }

    /// Holds the points of a window against what is usual; `None` where that cannot be said.
    pub(super) fn compare<'a>(&self, window: impl Iterator<Item = &'a Point>) -> Option<Compared> {
        let (mut events, mut weights) = (0.0, [0.0; 7]);
        for point in window {
            events += point.count;
            if let Some(weight) = weights.get_mut(point.weekday) {
                *weight += self.weight(point);
            }
        }
        let weight: f64 = weights.iter().sum();
        if weight <= 0.0 || self.exposure <= 0.0 {
            return None;
        }
        let rhythm: f64 = weights.iter().zip(self.noise).map(|(w, noise)| (w / weight).powi(2) * noise).sum();
        let worth = if self.events > 0.0 { 1.0 / (1.0 / self.events + rhythm) } else { 0.0 };
        let base = if self.events > 0.0 { self.exposure * worth / self.events } else { self.exposure };
        let expected = self.events / self.exposure * weight;
        Some(Compared {
            events,
            expected,
            part: weight / (weight + base),
            worth,
            dispersion: self.dispersion,
        })
    }
}

impl Compared {
    /// Probability of so many events or more, when nothing has changed.
    pub(super) fn above(&self) -> f64 {
        self.p_above(self.events)
    }

    /// Probability of so few events or fewer, when nothing has changed.
    pub(super) fn below(&self) -> f64 {
        lower_tail(self.events / self.dispersion, self.worth / self.dispersion, self.part)
    }

    fn p_above(&self, events: f64) -> f64 {
        upper_tail(events / self.dispersion, self.worth / self.dispersion, self.part)
    }

    /// Fewest events that would be as unlikely as `alpha`.
    pub(super) fn least(&self, alpha: f64) -> f64 {
        let (mut low, mut high) = (self.expected.floor(), self.expected.ceil() + 8.0);
        while self.p_above(high) > alpha {
            (low, high) = (high, high * 2.0);
        }
        while high - low > 1.0 {
            let middle = low.midpoint(high).floor();
            if self.p_above(middle) > alpha { low = middle } else { high = middle }
        }
        high
    }

    /// Events, baseline events and share of the exposure, all in the worth of Poisson events.
    pub(super) fn poisson(&self) -> (f64, f64, f64) {
        (self.events / self.dispersion, self.worth / self.dispersion, self.part)
    }
}
