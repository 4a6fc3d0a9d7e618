//! What the score is made of: a base, minus what criticism takes, plus what praise adds.
//!
//! With one column for the praise and one for the criticism of each topic, least squares gives
//! mean score = base + Σ coefficient · share of the items, exactly (Draper and Smith 1998, section 1.2: the fit goes
//! through the means). The terms add up, unlike leave-one-out impacts; two topics in one item share its score.
//! Comparing the two coefficients of a topic is the penalty-reward contrast of Brandt (1987): a *basic* topic is
//! only noticed when it fails, an *exciting* one only when it shines.

use super::drivers::{CRITICISED, PRAISED};
use super::regression::{self, Coefficient};
use super::{Gram, Sample};
use crate::metrics::{Confidence, Lack};
use serde::{Deserialize, Serialize};

/// Items that must praise (or criticise) a topic before it gets a term of its own.
pub const LEAST: u64 = 10;

/// Rows for each column, the usual rule of ten: of more columns the most frequent are taken.
const ROWS: u64 = 10;

/// Rows needed for any answer.
const LEAST_ROWS: u64 = 30;

/// The terms of a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Contributions {
    /// Items.
    pub n: u64,
    /// The mean score: base and contributions together.
    pub score: f64,
    /// The expected score of an item that praises and criticises nothing.
    pub base: f64,
    /// The terms, those that take most first.
    pub terms: Vec<Contribution>,
    /// Part of the variance of the score that topics explain.
    pub r2: f64,
    /// Columns that other columns make up: they are counted there.
    pub left_out: Vec<String>,
}

/// The term of one topic and side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Contribution {
    /// Path of the topic.
    pub topic: String,
    /// Whether it is the praise of the topic; else the criticism.
    pub is_praise: bool,
    /// Items that do so.
    pub items: u64,
    /// Points it adds to the score of all.
    pub value: f64,
    /// Lower end of its jackknife interval; `None` when too few groups of customers have items.
    pub low: Option<f64>,
    /// Upper end of its interval.
    pub high: Option<f64>,
    /// Points for an item that does so, other things being equal, with its error.
    pub effect: Coefficient,
}

/// Terms of the most frequent columns, as many as the rows can bear.
pub(super) fn of_topics(sample: &Sample, confidence: Confidence) -> Result<Contributions, Lack> {
    let all = sample.gram();
    Lack::unless(all.n(), LEAST_ROWS)?;
    let mut columns: Vec<(&str, u64)> = all.columns().filter(|(_, n)| *n >= LEAST).collect();
    if columns.is_empty() {
        let most = all.columns().map(|(_, n)| n).max();
        return Err(Lack::Few { n: most.unwrap_or_default(), needed: LEAST });
    }
    columns.sort_by_key(|&(name, n)| (std::cmp::Reverse(n), name));
    columns.truncate((all.n() / ROWS) as usize);
    let sample = sample.with_columns(|name, _| columns.iter().any(|(kept, _)| *kept == name));
    let gram = sample.gram();
    let fit = regression::fit(&gram, confidence)?;
    let mut terms: Vec<Contribution> =
        fit.coefficients.iter().filter_map(|effect| term(&gram, effect)).collect();
    let names: Vec<&str> = fit.coefficients.iter().map(|c| c.name.as_str()).collect();
    let whole: Vec<f64> = terms.iter().map(|term| term.value).collect();
    if let Some(margins) = sample.margins(&whole, confidence, |rest| values(rest, &names, confidence)) {
        for (term, margin) in terms.iter_mut().zip(margins) {
            (term.low, term.high) = (Some(term.value - margin), Some(term.value + margin));
        }
    }
    terms.sort_by(|a, b| a.value.total_cmp(&b.value).then_with(|| a.effect.name.cmp(&b.effect.name)));
    let score = gram.outcome_mean().unwrap_or_default();
    Ok(Contributions {
        n: fit.n,
        score,
        base: fit.intercept.value,
        terms,
        r2: fit.r2,
        left_out: fit.left_out,
    })
}

fn term(gram: &Gram, effect: &Coefficient) -> Option<Contribution> {
    let praise = effect.name.strip_suffix(PRAISED);
    let topic = praise.or_else(|| effect.name.strip_suffix(CRITICISED))?.to_owned();
    let share = gram.mean(&effect.name)?;
    let items = (share * gram.n() as f64).round() as u64;
    let value = effect.value * share;
    let is_praise = praise.is_some();
    Some(Contribution { topic, is_praise, items, value, low: None, high: None, effect: effect.clone() })
}

/// The contributions of these columns; one that is not there adds nothing.
fn values(gram: &Gram, names: &[&str], confidence: Confidence) -> Option<Vec<f64>> {
    let fit = regression::fit(gram, confidence).ok()?;
    let value = |name: &&str| {
        let found = fit.coefficients.iter().find(|c| c.name == *name);
        found.map_or(0.0, |c| c.value * gram.mean(name).unwrap_or_default())
    };
    Some(names.iter().map(value).collect())
}

#[cfg(test)]
mod tests;
