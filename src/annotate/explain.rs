//! A verdict in words: what spoke, what changed it, and what came of it.

use super::insight::{Firing, Insight, Step};
use crate::feedback::Feedback;
use std::fmt;

/// Effects below this are told as one sum.
const SMALL: f32 = 0.02;

/// Prints how a score came about; each line is a firing with its modifiers and its effect, the small ones summed up.
///
/// ```
/// use candor::Feedback;
/// let engine = candor::Engine::builder().build()?;
/// let feedback = Feedback::from_text("not very good");
/// let insight = engine.analyze(&feedback);
/// let words = engine.explain(&insight, &feedback).to_string();
/// assert!(words.contains("\"good\""), "{words}");
/// assert!(words.contains("negation \"not very\""), "{words}");
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Explanation<'a> {
    insight: &'a Insight,
    feedback: &'a Feedback,
}

impl<'a> Explanation<'a> {
    pub(crate) fn new(insight: &'a Insight, feedback: &'a Feedback) -> Self {
        Self { insight, feedback }
    }

    fn firing(&self, f: &mut fmt::Formatter<'_>, firing: &Firing) -> fmt::Result {
        let words = firing.span.slice(self.feedback.field(firing.field)).unwrap_or_default();
        write!(f, "  {:+.3}  \"{words}\"", firing.effect)?;
        write!(f, "  by {}", self.insight.rule(firing))?;
        for step in self.insight.steps(firing) {
            self.step(f, firing, step)?;
        }
        writeln!(f)
    }

    /// The rules of the host that hold, with their words.
    fn rules(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for rule in self.insight.rules() {
            write!(f, "  rule {}", rule.id())?;
            for (i, (field, span)) in rule.places().iter().enumerate() {
                let words = span.slice(self.feedback.field(*field)).unwrap_or_default();
                write!(f, "{} \"{words}\"", if i == 0 { " by" } else { "," })?;
            }
            writeln!(f)?;
        }
        Ok(())
    }

    fn step(&self, f: &mut fmt::Formatter<'_>, firing: &Firing, step: &Step) -> fmt::Result {
        write!(f, "; {}", step.kind.as_str())?;
        if let Some(words) = step.span.and_then(|s| s.slice(self.feedback.field(firing.field))) {
            write!(f, " \"{words}\"")?;
        }
        write!(f, " ×{:.2}", step.factor)
    }
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = self.insight.sentiment;
        if let Some(reason) = self.insight.abstained {
            writeln!(f, "no verdict: {reason}")?;
            return self.rules(f);
        }
        writeln!(
            f,
            "{} {:+.3} = {:.3} good - {:.3} bad, confidence {:.2}, language {}",
            s.polarity, s.score, s.positive, s.negative, s.confidence, self.insight.language
        )?;
        let (clear, small): (Vec<&Firing>, Vec<&Firing>) =
            self.insight.firings.iter().partition(|firing| firing.effect.abs() >= SMALL);
        clear.into_iter().try_for_each(|firing| self.firing(f, firing))?;
        match small.as_slice() {
            [] => {}
            [one] => self.firing(f, one)?,
            many => {
                let sum: f32 = many.iter().map(|firing| firing.effect).sum();
                writeln!(f, "  {sum:+.3}  {} more, each less than {SMALL}", many.len())?;
            }
        }
        self.rules(f)
    }
}
