//! Verdict or lean: a text in which nobody judges stays inside the neutral band.
//!
//! Words that are only wished, asked or reported judge nothing, and a lone middling word or a cue ("parcel",
//! 已收到) leans without judging. Where an item holds nothing else, its score keeps the sign, for whoever must
//! choose, but stays below the band. A longer text with many leans is judged by them.

use super::Weighed;
use crate::annotate::clause::Mark;
use crate::annotate::constants::Lean;
use crate::lexicon::{List, valence};

/// What the words that spoke amount to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Verdict {
    /// Clauses that bear an opinion, each with the factor of its field.
    pub(crate) bearing: f32,
    /// Units read, with the factor of their field.
    pub(crate) units: f32,
    /// Listed words that spoke; learned cues are none.
    pub(crate) words: u32,
    /// Asserted opinions.
    opinions: u32,
    /// Asserted words that only lean.
    leans: u32,
    /// Sums of the weights of opinion words, cues left out, on either side.
    praise: f64,
    blame: f64,
}

impl Verdict {
    /// Counts one opinion word that ended with a weight.
    pub(super) fn count(&mut self, mark: &Mark, weight: f32, fired: &Weighed, constants: &Lean) {
        let leaning = mark.sense.list == List::Valence
            && matches!(mark.sense.class, valence::MIDDLING | valence::CUE)
            && !fired.negated
            && weight.abs() <= mark.sense.value.abs() * constants.emphatic;
        // An emoji shows a feeling, whatever the words ask.
        let asserted = fired.asserted || mark.sense.list == List::Symbol;
        let weight = f64::from(fired.weight);
        self.words += 1;
        self.praise += weight.max(0.0);
        self.blame -= weight.min(0.0);
        self.leans += u32::from(asserted && leaning);
        self.opinions += u32::from(asserted && !leaning);
    }

    /// The smaller of what opinion words say for and against.
    pub(super) fn weaker_side(&self) -> f64 {
        self.praise.min(self.blame)
    }

    /// The greatest score, either way, that weights with the sum `sum` may have; none where somebody judges.
    pub(super) fn cap(&self, sum: f64, constants: &Lean) -> Option<f64> {
        let silent = self.leans == 0;
        let brief = if silent { constants.brief_silent } else { constants.brief };
        let brief = self.units <= brief * self.bearing;
        let slight = sum.abs() <= f64::from(constants.slight * self.bearing);
        let leaning = self.opinions == 0 && brief && slight;
        leaning.then_some(f64::from(constants.cap))
    }
}
