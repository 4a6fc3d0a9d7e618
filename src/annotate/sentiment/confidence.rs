//! Confidence: how often a score as far from 0 has the right sign.
//!
//! With `t = |score| / half` the confidence is `0.5 + 0.5 (t + t²) / (1 + t + t²)`: a half at 0, and rational, so
//! that it has the same bits everywhere. `half` was fitted for each language by maximum likelihood to the signs of
//! labelled texts, each read with word values learned without its group of sets; the README shows the table.

use crate::annotate::constants::PerLanguage;

/// Nothing is surer than this.
const MOST: f32 = 0.99;

/// The share of right signs to expect at this score.
pub(super) fn confidence(score: f32, chinese: bool, half: PerLanguage) -> f32 {
    let t = score.abs() / if chinese { half.zh } else { half.en };
    let risen = t + t * t;
    (0.5 + 0.5 * risen / (1.0 + risen)).min(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rises_from_a_half() {
        let at = |score| confidence(score, false, PerLanguage { en: 0.14, zh: 0.26 });
        assert_eq!(at(0.0), 0.5);
        assert!((at(-0.14) - 0.833_33).abs() < 1e-4 && at(0.3) > at(0.2) && at(1.0) <= MOST);
    }
}
