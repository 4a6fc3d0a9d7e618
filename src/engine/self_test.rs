//! The examples inside a pack of rules, put to the test.

use super::Engine;
use crate::feedback::Feedback;
use crate::rule::{Rule, RulePack};
use std::fmt;

/// An example or near-miss of a rule that came out wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    rule: String,
    item: Feedback,
    expected: bool,
}

impl Failure {
    /// Id of the rule.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// The example or near-miss.
    pub fn item(&self) -> &Feedback {
        &self.item
    }

    /// Whether the rule should have held.
    pub fn is_expected(&self) -> bool {
        self.expected
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = if self.expected { "does not hold for its example" } else { "holds for its near-miss" };
        let words = if self.item.text().is_empty() { self.item.title() } else { self.item.text() };
        write!(f, "rule \"{}\" {verb} \"{words}\"", self.rule)
    }
}

impl Engine {
    /// Runs the examples and near-misses of a pack, and returns those that come out wrong.
    ///
    /// Rules are found by their ids, so the engine must have been built with the pack; disabled rules are left out.
    ///
    /// ```
    /// use candor::{Engine, Feedback, rule::{Rule, RulePack}};
    /// let late = Rule::new("late", "late NEAR/3 parcel")?.topic("delivery/speed");
    /// let late = late.near_miss(Feedback::from_text("The parcel was not late"));
    /// let pack = RulePack::new("shop").rule(late)?;
    /// let engine = Engine::builder().rules(pack.clone()).build()?;
    /// let failures = engine.self_test(&pack);
    /// assert_eq!(
    ///     failures[0].to_string(),
    ///     "rule \"late\" holds for its near-miss \"The parcel was not late\""
    /// );
    /// # Ok::<(), candor::Error>(())
    /// ```
    #[must_use]
    pub fn self_test(&self, pack: &RulePack) -> Vec<Failure> {
        let (mut scratch, mut insight) = (self.scratch(), self.insight());
        let mut failures = Vec::new();
        let active = pack.rules().iter().filter(|r| !r.is_disabled());
        let tests = |rule: &Rule| {
            let examples = rule.examples().iter().map(|item| (item.clone(), true));
            examples.chain(rule.near_misses().iter().map(|item| (item.clone(), false))).collect::<Vec<_>>()
        };
        for rule in active {
            for (item, expected) in tests(rule) {
                self.analyze_into(&item, &mut scratch, &mut insight);
                if insight.rules().any(|held| held.id() == rule.id()) != expected {
                    failures.push(Failure { rule: rule.id().to_owned(), item, expected });
                }
            }
        }
        failures
    }
}
