//! Phrases → those that stand out, best first.

use super::group;
use super::odds::{Side, p_value, z_score};
use super::options::{Contrast, ThemeOptions};
use super::phrase::{length, parts};
use super::tally::Tally;
use super::theme::Theme;
use super::themes::Themes;
use crate::metrics::multiple::q_values;
use rustc_hash::FxHashMap;

/// Distinct neighbours that a phrase needs on either side: Feng et al. (2004) report 3 as their usual threshold.
const LEAST_VARIETY: u32 = 3;
/// Phrases looked at for one theme: near-synonyms stand further down.
const DEPTH: usize = 40;

/// A phrase with its numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ranked<'a> {
    pub(super) phrase: &'a str,
    pub(super) tally: &'a Tally,
    pub(super) z: f64,
    pub(super) q: f64,
    /// z-score times how much of a phrase it is.
    pub(super) score: f64,
}

/// The themes of a state.
pub(super) fn themes(state: &Themes, options: &ThemeOptions<'_>) -> Vec<Theme> {
    let mut ranked = candidates(state, options);
    let termhood = termhood(&ranked);
    let p: Vec<f64> = ranked.iter().map(|r| p_value(r.z)).collect();
    for ((ranked, q), termhood) in ranked.iter_mut().zip(q_values(&p)).zip(termhood) {
        (ranked.q, ranked.score) = (q, ranked.z * termhood);
    }
    ranked.retain(|r| r.z > 0.0 && r.q <= options.max_q);
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.phrase.cmp(b.phrase)));
    ranked.truncate(options.top.saturating_mul(DEPTH));
    let groups = group::together(&ranked);
    groups.into_iter().take(options.top).map(|group| Theme::of(&group)).collect()
}

/// Phrases in enough items and contexts, in alphabetical order.
fn candidates<'a>(state: &'a Themes, options: &ThemeOptions<'_>) -> Vec<Ranked<'a>> {
    let mut out: Vec<Ranked<'a>> = Vec::new();
    for (phrase, tally) in state.phrases() {
        let (own, other) = sides(state, phrase, tally, options.contrast);
        let varied = tally.before.variety().min(tally.behind.variety()) >= LEAST_VARIETY;
        if varied && own.holding >= options.min_items as f64 {
            out.push(Ranked { phrase, tally, z: z_score(own, other), q: 1.0, score: 0.0 });
        }
    }
    out.sort_unstable_by_key(|r| r.phrase);
    out
}

/// The two sides of a contrast. What may have been missed counts for the other side: no z-score is overstated.
fn sides(state: &Themes, phrase: &str, tally: &Tally, contrast: Contrast<'_>) -> (Side, Side) {
    let side = |holding: u64, items: u64| Side { holding: holding.min(items) as f64, items: items as f64 };
    let (own, all) = (tally.counts, state.counts());
    match contrast {
        Contrast::Negative => {
            (side(own.negative, all.negative), side(own.positive + tally.missed, all.positive))
        }
        Contrast::Positive => {
            (side(own.positive, all.positive), side(own.negative + tally.missed, all.negative))
        }
        Contrast::Since(earlier) => {
            let before = earlier.at_most(phrase);
            (side(own.items, all.items), side(before, earlier.counts().items))
        }
    }
}

/// C-value (Frantzi, Ananiadou and Mima 2000, International Journal on Digital Libraries 3:115) as a share of the count:
/// what is mostly part of longer phrases is no phrase of its own. The length counts as log2(1 + words), so that single
/// words are not left out (Barrón-Cedeño et al. 2009, "An improved automatic term recognition method for Spanish").
fn termhood(ranked: &[Ranked<'_>]) -> Vec<f64> {
    let index: FxHashMap<&str, usize> = ranked.iter().enumerate().map(|(i, r)| (r.phrase, i)).collect();
    let mut longer = vec![(0_u64, 0_u64); ranked.len()];
    for r in ranked {
        for part in parts(r.phrase) {
            if let Some((sum, count)) = index.get(part).and_then(|i| longer.get_mut(*i)) {
                *sum += r.tally.counts.items;
                *count += 1;
            }
        }
    }
    let share = |(r, (sum, count)): (&Ranked<'_>, (u64, u64))| {
        let nested = sum as f64 / count.max(1) as f64 / r.tally.counts.items.max(1) as f64;
        (1.0 + length(r.phrase)).log2() * (1.0 - nested).max(0.0)
    };
    ranked.iter().zip(longer).map(share).collect()
}
