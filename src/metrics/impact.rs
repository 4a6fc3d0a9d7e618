//! What a topic costs: the score of all items minus the score without those that have the problem.
//!
//! Leave-one-out impact as customer-experience vendors publish it (Thematic, Kapiche). Impacts of several topics
//! do not add up: an item can have several problems.

use super::{Confidence, Levels, Moments, csat, nps, rating};
use serde::{Deserialize, Serialize};

/// The score an impact is measured on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Basis {
    /// Mean of star ratings on 1..5.
    Rating,
    /// Net Promoter Score, −100..100 points.
    Nps,
    /// Share of satisfied answers, 0..1.
    Csat,
}

impl Basis {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rating => "rating",
            Self::Nps => "nps",
            Self::Csat => "csat",
        }
    }

    /// Highest minus lowest possible score.
    pub const fn range(self) -> f64 {
        match self {
            Self::Rating => 4.0,
            Self::Nps => 200.0,
            Self::Csat => 1.0,
        }
    }

    /// Points of the score for one unit of its moments.
    const fn unit(self) -> f64 {
        match self {
            Self::Nps => 100.0,
            Self::Rating | Self::Csat => 1.0,
        }
    }

    pub(super) fn moments(self, levels: &Levels) -> Moments {
        match self {
            Self::Rating => rating::moments(levels),
            Self::Nps => nps::moments(levels),
            Self::Csat => csat::moments(levels),
        }
    }

    /// The score with the most answers; rating before NPS before CSAT when they are equal.
    pub(super) fn choose(levels: &Levels) -> Option<Self> {
        let counts = [Self::Csat, Self::Nps, Self::Rating].map(|basis| (basis.moments(levels).n(), basis));
        counts.into_iter().max_by_key(|&(n, _)| n).filter(|&(n, _)| n > 0).map(|(_, basis)| basis)
    }
}

/// A leave-one-out impact: negative when the topic lowers the score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Impact {
    /// The score it is measured on.
    pub on: Basis,
    /// Score of all minus score of the rest, in points of the score.
    pub value: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
    /// Items with the topic that have such a rating.
    pub n: u64,
}

/// Impact of a part of the items on the mean of all; `None` when the part or the rest has no rating.
///
/// With the part's share p of all n ratings and the means of the part and of the rest, the impact is
/// p·(mean of the part − mean of the rest). Delta method (Oehlert 1992, The American Statistician 46:27):
/// variance = p²·(s²part/m + s²rest/r) + (difference of means)²·p·(1 − p)/n. A side with a single rating borrows
/// the variance of all.
///
/// ```
/// use candor::metrics::{Basis, Confidence, Moments, impact};
/// let (mut all, mut part) = (Moments::default(), Moments::default());
/// all.add(5.0, 60);
/// all.add(1.0, 20);
/// part.add(1.0, 20);
/// let impact = impact::leave_one_out(Basis::Rating, &all, &part, Confidence::default()).unwrap();
/// assert_eq!(impact.value, -1.0); // 4 with the part, 5 without
/// ```
pub fn leave_one_out(on: Basis, all: &Moments, part: &Moments, confidence: Confidence) -> Option<Impact> {
    let rest = all.without(part);
    let (mean_part, mean_rest) = (part.mean()?, rest.mean()?);
    let (n, m, r) = (all.n() as f64, part.n() as f64, rest.n() as f64);
    let p = m / n;
    let spread = all.variance().unwrap_or_default();
    let noise = part.variance().unwrap_or(spread) / m + rest.variance().unwrap_or(spread) / r;
    let gap = mean_part - mean_rest;
    let variance = p * p * noise + gap * gap * p * (1.0 - p) / n;
    let (value, margin) = (p * gap * on.unit(), confidence.z() * variance.sqrt() * on.unit());
    Some(Impact { on, value, low: value - margin, high: value + margin, n: part.n() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(values: &[(f64, u64)]) -> Moments {
        let mut moments = Moments::default();
        for &(value, times) in values {
            moments.add(value, times);
        }
        moments
    }

    /// Form of the vendors for NPS: (a − b)/c − (d − e)/f = (50 − 20)/100 − (50 − 5)/85.
    #[test]
    fn nps_form_of_the_vendors() {
        let all = moments(&[(1.0, 50), (0.0, 30), (-1.0, 20)]);
        let part = moments(&[(-1.0, 15)]);
        let impact = leave_one_out(Basis::Nps, &all, &part, Confidence::default()).unwrap();
        assert!((impact.value - 100.0 * (30.0 / 100.0 - 45.0 / 85.0)).abs() < 1e-9);
        assert!(impact.low < impact.value && impact.high < 0.0);
    }

    /// numpy 2.4, seed 7: 20 000 bootstrap samples of 40 ratings of the part and 160 others (the mix below)
    /// give a standard deviation of the impact of 0.0717; the delta method must agree within 5 %.
    #[test]
    fn interval_as_wide_as_the_bootstrap() {
        let part = moments(&[(1.0, 20), (2.0, 10), (4.0, 10)]);
        let rest = [(5.0, 80), (4.0, 40), (3.0, 20), (1.0, 20)];
        let mut all = moments(&rest);
        all.merge(&part);
        let impact = leave_one_out(Basis::Rating, &all, &part, Confidence::default()).unwrap();
        let deviation = (impact.high - impact.low) / 2.0 / Confidence::default().z();
        assert!((deviation / BOOTSTRAP - 1.0).abs() < 0.05, "{deviation}");
    }

    const BOOTSTRAP: f64 = 0.0717;

    #[test]
    fn without_a_rest_there_is_no_impact() {
        let all = moments(&[(1.0, 3)]);
        assert_eq!(leave_one_out(Basis::Rating, &all, &all, Confidence::default()), None);
        assert_eq!(leave_one_out(Basis::Rating, &all, &Moments::default(), Confidence::default()), None);
    }
}
