//! How bad it is and how much trouble it was, with the words that say so.

use super::insight::{Field, Insight};
use super::label::{Consequence, EffortLevel, Hassle, LabelSet, SeverityLevel};
use crate::span::Span;

/// Weight from which a consequence is a concern of its own.
const CONCERN: f32 = 0.5;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Severity {
    /// Band of the score.
    pub level: SeverityLevel,
    /// 0..1.
    pub score: f32,
}

impl Default for Severity {
    fn default() -> Self {
        Self { level: SeverityLevel::None, score: 0.0 }
    }
}

/// How much trouble the customer had.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// Band of the score.
    pub level: EffortLevel,
    /// -1..1: above 0 trouble, below 0 ease.
    pub score: f32,
}

impl Default for Effort {
    fn default() -> Self {
        Self { level: EffortLevel::None, score: 0.0 }
    }
}

/// The strongest words of their kind behind a severity or an effort.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reason<K> {
    /// What they tell of.
    pub kind: K,
    /// The text of the span.
    pub field: Field,
    /// The words.
    pub span: Span,
    /// 0..1: how strongly they say it.
    pub weight: f32,
}

impl Insight {
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The consequences named that raised the severity: one a kind, the strongest words of it, in the order of
    /// [`Consequence`]. Empty where there is no severity.
    ///
    /// ```
    /// use candor::annotate::Consequence;
    /// let engine = candor::Engine::builder().build()?;
    /// let text = "The charger caught fire, my lawyer will call you.";
    /// let insight = engine.analyze_text(text);
    /// let named: Vec<_> = insight.severity_reasons().iter().map(|r| (r.kind, r.span.slice(text).unwrap())).collect();
    /// assert_eq!(named, [(Consequence::Safety, "caught fire"), (Consequence::Legal, "lawyer")]);
    /// # Ok::<(), candor::Error>(())
    /// ```
    pub fn severity_reasons(&self) -> &[Reason<Consequence>] {
        &self.consequences
    }

    /// The consequences that are named clearly enough to be a concern of their own: at least half of the full weight.
    ///
    /// ```
    /// use candor::annotate::Consequence;
    /// let insight = candor::Engine::builder().build()?.analyze_text("I will sue you, the charger caught fire!");
    /// let concerns = insight.concerns();
    /// assert!(concerns.contains(Consequence::Legal) && concerns.contains(Consequence::Safety));
    /// # Ok::<(), candor::Error>(())
    /// ```
    pub fn concerns(&self) -> LabelSet<Consequence> {
        let mut concerns = LabelSet::<Consequence>::default();
        for reason in self.consequences.iter().filter(|r| r.weight >= CONCERN && r.kind != Consequence::Time)
        {
            concerns.insert(reason.kind);
        }
        concerns
    }

    /// Names a consequence without words.
    #[cfg(test)]
    pub(crate) fn name(&mut self, kind: Consequence) {
        let span = Span::default();
        self.consequences.push(Reason { kind, field: Field::Text, span, weight: 1.0 });
    }

    /// How much trouble the customer had, or how easily it went.
    ///
    /// ```
    /// use candor::annotate::EffortLevel;
    /// let engine = candor::Engine::builder().build()?;
    /// assert_eq!(engine.analyze_text("I had to call five times.").effort().level, EffortLevel::High);
    /// assert_eq!(engine.analyze_text("一个电话就解决了，很省心。").effort().level, EffortLevel::Easy);
    /// # Ok::<(), candor::Error>(())
    /// ```
    pub fn effort(&self) -> Effort {
        self.effort
    }

    /// What made the effort: one a kind, the strongest words of it, in the order of first mention.
    pub fn effort_reasons(&self) -> &[Reason<Hassle>] {
        &self.hassles
    }
}
