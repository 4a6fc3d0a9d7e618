//! Did it help? The share of customers with a problem before and after a remedy, against scopes without it.
//!
//! Difference in differences (Card and Krueger 1994, American Economic Review 84:772): what changed where the
//! remedy was taken, minus what changed elsewhere in the same time, so that a season or a campaign that touches all
//! does not pass for the remedy. It rests on both having moved alike before; the earlier windows test that.

use super::compare::{self, Difference};
use super::{Aggregate, Confidence, Estimate, Lack, Scope, SummaryOptions};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

/// Customers that each of the windows must hold.
pub const LEAST: u64 = 20;

/// A remedy that was taken.
///
/// ```
/// use candor::metrics::{Scope, effect::Action};
/// let action = Action {
///     topic: "delivery/speed".into(),
///     scope: Some(Scope::new("courier", "Swift")),
///     at: "2026-03-01T00:00:00Z".parse().unwrap(),
/// };
/// # assert_eq!(action.scope.unwrap().value, "Swift");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Path of the topic it should mend.
    pub topic: String,
    /// Where it was taken; `None` for everywhere, which leaves nothing to compare with.
    pub scope: Option<Scope>,
    /// When.
    pub at: Timestamp,
}

/// What became of the share of customers with the problem.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Effect {
    /// Share before, in the scope of the action.
    pub before: Estimate,
    /// Share after.
    pub after: Estimate,
    /// After minus before: what a reader sees, whatever its cause.
    pub change: Difference,
    /// The same change in the other values of the dimension.
    pub elsewhere: Option<Difference>,
    /// `change` minus `elsewhere`: what the remedy did, if both would have moved alike; `None` without scopes to
    /// compare with.
    pub net: Option<Difference>,
    /// The same calculation for the last two windows before the action, when nothing had been done yet.
    pub earlier: Option<Difference>,
    /// The answer.
    pub verdict: Verdict,
}

/// Whether it helped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verdict {
    /// The share surely fell more than elsewhere.
    Helped,
    /// The share surely fell less, or rose more, than elsewhere.
    Worsened,
    /// The interval holds both: nothing is shown.
    NotShown,
    /// Scope and others moved apart before the action already, so the comparison does not hold.
    NotComparable,
    /// Not enough customers elsewhere, or no scope to compare with.
    NotEnoughData,
}

/// Customers: with the problem, and all.
type Window = (u64, u64);

/// Measures an action by windows of `days` on both sides of its day, which itself is left out; times are UTC.
///
/// Takes three summaries of the state. A customer who writes in both windows counts in both.
///
/// ```
/// use candor::metrics::{Aggregate, Confidence, Lack, Scope, effect};
/// let action = effect::Action {
///     topic: "delivery/speed".into(),
///     scope: Some(Scope::new("courier", "Swift")),
///     at: "2026-03-01T00:00:00Z".parse().unwrap(),
/// };
/// let nothing = effect::measure(&Aggregate::new(), &action, 28, Confidence::default());
/// assert_eq!(nothing, Err(Lack::Few { n: 0, needed: 20 }));
/// ```
///
/// # Errors
/// [`Lack::Few`] with fewer than [`LEAST`] customers in the scope before or after.
pub fn measure(
    aggregate: &Aggregate,
    action: &Action,
    days: u32,
    confidence: Confidence,
) -> Result<Effect, Lack> {
    let days = i64::from(days.max(1));
    let window = |first: i64| Windows::of(aggregate, action, first, days, confidence);
    let (earlier, before, after) = (window(-2 * days), window(-days), window(1));
    for (_, n) in [before.inside, after.inside] {
        Lack::unless(n, LEAST)?;
    }
    let share = |(k, n)| Estimate::share(k, n, confidence).ok_or(Lack::Few { n, needed: LEAST });
    let mut effect = Effect {
        before: share(before.inside)?,
        after: share(after.inside)?,
        change: compare::shares(after.inside, before.inside, confidence)?,
        elsewhere: compare::shares(after.outside, before.outside, confidence).ok(),
        net: net(&before, &after, confidence),
        earlier: net(&earlier, &before, confidence),
        verdict: Verdict::NotEnoughData,
    };
    effect.verdict = verdict(&effect);
    Ok(effect)
}

fn verdict(effect: &Effect) -> Verdict {
    match (&effect.net, &effect.earlier) {
        (None, _) => Verdict::NotEnoughData,
        (_, Some(earlier)) if earlier.low > 0.0 || earlier.high < 0.0 => Verdict::NotComparable,
        (Some(net), _) if net.high < 0.0 => Verdict::Helped,
        (Some(net), _) if net.low > 0.0 => Verdict::Worsened,
        _ => Verdict::NotShown,
    }
}

/// One window, inside the scope of the action and in the other values of its dimension.
struct Windows {
    inside: Window,
    outside: Window,
}

impl Windows {
    /// The window that starts `first` days after the day of the action.
    fn of(aggregate: &Aggregate, action: &Action, first: i64, days: i64, confidence: Confidence) -> Self {
        let day = |number: i64| {
            let seconds = SignedDuration::from_secs(number.saturating_mul(86_400));
            action.at.saturating_add(seconds).unwrap_or(action.at)
        };
        let options =
            SummaryOptions::default().from(day(first)).to(day(first + days - 1)).confidence(confidence);
        let summary = aggregate.summary(&options);
        let problem =
            |scope: Option<&Scope>| summary.topic(&action.topic, scope).map_or(0, |row| row.customers);
        let Some(scope) = &action.scope else {
            return Self { inside: (problem(None), summary.customers), outside: (0, 0) };
        };
        let mut windows = Self { inside: (0, 0), outside: (0, 0) };
        for row in summary.scopes.iter().filter(|row| row.scope.dimension == scope.dimension) {
            let side = if row.scope == *scope { &mut windows.inside } else { &mut windows.outside };
            side.0 += problem(Some(&row.scope));
            side.1 += row.customers;
        }
        windows
    }
}

/// Difference in differences of four shares, with the interval of Price and Bonett (2004, Computational
/// Statistics & Data Analysis 45:449) for sums of shares: half a success and half a failure more in each of the
/// four. `None` when a window is too small.
fn net(before: &Windows, after: &Windows, confidence: Confidence) -> Option<Difference> {
    let shares = [(after.inside, 1.0), (before.inside, -1.0), (after.outside, -1.0), (before.outside, 1.0)];
    let (mut value, mut centre, mut variance) = (0.0, 0.0, 0.0);
    for ((k, n), sign) in shares {
        Lack::unless(n, LEAST).ok()?;
        let size = n as f64 + 1.0;
        let adjusted = (k as f64 + 0.5) / size;
        value += sign * k as f64 / n as f64;
        centre += sign * adjusted;
        variance += adjusted * (1.0 - adjusted) / size;
    }
    let error = variance.sqrt();
    let margin = confidence.z() * error;
    let p = 2.0 * Normal::standard().sf((centre / error).abs());
    let n = (after.inside.1 + before.inside.1, after.outside.1 + before.outside.1);
    Some(Difference { value, low: centre - margin, high: centre + margin, p, n })
}

#[cfg(test)]
mod tests;
