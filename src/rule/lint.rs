//! What is wrong with the rules of a pack though they can be read.

mod logic;

use super::ast::Expr;
use super::compile::Program;
use super::pack::{Rule, RulePack};
use crate::error::{Location, suggest};
use logic::Cases;
use rustc_hash::FxHashMap;
use std::fmt;

/// Intents that an item does not have for the same words.
const OPPOSED: [(&str, &str); 2] = [("praise", "complaint"), ("recommend", "churn")];

/// What [`RulePack::lint`] found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    kind: FindingKind,
    rule: String,
    location: Location,
    text: String,
}

/// The kinds of [`Finding`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FindingKind {
    /// Its condition contradicts itself.
    NeverMatches,
    /// Its condition holds for every item.
    MatchesEverything,
    /// No word sets it off, so that it is asked of every item.
    AlwaysAsked,
    /// Another rule with the same consequence holds whenever it does.
    Shadowed,
    /// Another rule has the same condition and a consequence that excludes its own.
    Conflicting,
    /// The taxonomy has no such topic.
    UnknownTopic,
}

impl FindingKind {
    /// Name in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NeverMatches => "never_matches",
            Self::MatchesEverything => "matches_everything",
            Self::AlwaysAsked => "always_asked",
            Self::Shadowed => "shadowed",
            Self::Conflicting => "conflicting",
            Self::UnknownTopic => "unknown_topic",
        }
    }
}

impl Finding {
    /// What kind of fault.
    pub fn kind(&self) -> FindingKind {
        self.kind
    }

    /// Id of the rule.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// Pack and line of the rule, where it was read from a file.
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// What is wrong, in words.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.location.to_string();
        let colon = if place.is_empty() { "" } else { ": " };
        write!(f, "{place}{colon}rule \"{}\": {}", self.rule, self.text)
    }
}

impl RulePack {
    /// Looks for rules that cannot do what their author meant; `topics` are the paths of the taxonomy.
    ///
    /// What cannot be decided from the conditions alone, or would take more than 256 cases, is passed over. Rules
    /// are compared with those of the same consequence, so time grows with the square of their number.
    ///
    /// ```
    /// use candor::{Taxonomy, rule::{FindingKind, Rule, RulePack}};
    /// let taxonomy = Taxonomy::commerce()?;
    /// let topics: Vec<&str> = taxonomy.topics().map(|(_, topic)| topic.path()).collect();
    /// let pack = RulePack::new("shop")
    ///     .rule(Rule::new("late", "late OR slow")?.topic("delivery/speed"))?
    ///     .rule(Rule::new("parcel", "late AND parcel")?.topic("delivery/speed"))?
    ///     .rule(Rule::new("never", "refund AND NOT refund*")?.topic("return/refund"))?;
    /// let findings = pack.lint(topics);
    /// assert_eq!(findings[0].kind(), FindingKind::Shadowed);
    /// assert_eq!(findings[0].to_string(), "rule \"parcel\": holds only when \"late\" does, with the same consequence");
    /// assert_eq!(findings[1].to_string(), "rule \"never\": its condition contradicts itself");
    /// # Ok::<(), candor::Error>(())
    /// ```
    pub fn lint<'a>(&self, topics: impl IntoIterator<Item = &'a str>) -> Vec<Finding> {
        let topics: Vec<&str> = topics.into_iter().collect();
        let rules: Vec<&Rule> = self.rules().iter().filter(|r| !r.is_disabled()).collect();
        let cases: Vec<Option<Cases<'_>>> = rules.iter().map(|r| Cases::of(r.expr(), true)).collect();
        let program = Program::build(rules.iter().map(|r| r.expr()));
        let mut findings = Vec::new();
        for (at, (rule, own)) in rules.iter().zip(&cases).enumerate() {
            unknown(rule, &topics, &mut findings);
            if own.as_ref().is_some_and(Cases::is_impossible) {
                findings.push(finding(FindingKind::NeverMatches, rule, "its condition contradicts itself"));
                continue;
            }
            if Cases::of(rule.expr(), false).is_some_and(|c| c.is_impossible()) {
                findings.push(finding(FindingKind::MatchesEverything, rule, "holds for every item"));
            }
            if program.asks_always(at as u32) {
                let text = "no word sets it off, so that it is asked of every item";
                findings.push(finding(FindingKind::AlwaysAsked, rule, text));
            }
            if let Some(other) = shadow(at, &rules, &cases) {
                let text = format!("holds only when \"{other}\" does, with the same consequence");
                findings.push(finding(FindingKind::Shadowed, rule, text));
            }
        }
        conflicts(&rules, &mut findings);
        findings
    }
}

fn finding(kind: FindingKind, rule: &Rule, text: impl Into<String>) -> Finding {
    let location = rule.fault(crate::error::ErrorKind::Invalid, "").location().clone();
    Finding { kind, rule: rule.id().to_owned(), location, text: text.into() }
}

fn unknown(rule: &Rule, topics: &[&str], findings: &mut Vec<Finding>) {
    for topic in rule.topics().iter().filter(|t| !topics.contains(&t.as_str())) {
        let hint = suggest(topic, topics.iter().copied());
        let text = format!("topic \"{topic}\" is not defined{hint}");
        findings.push(finding(FindingKind::UnknownTopic, rule, text));
    }
}

/// Whether everything that follows from `rule` follows from `other`.
fn covers(other: &Rule, rule: &Rule) -> bool {
    let within = |own: &[String], theirs: &[String]| own.iter().all(|name| theirs.contains(name));
    within(rule.topics(), other.topics())
        && within(rule.intents(), other.intents())
        && within(rule.tags(), other.tags())
}

/// The first rule that makes another one needless; of two alike the first one stays.
fn shadow<'a>(at: usize, rules: &[&'a Rule], cases: &[Option<Cases<'_>>]) -> Option<&'a str> {
    let (rule, own) = (rules.get(at)?, cases.get(at)?.as_ref()?);
    let shadows = |i: usize, other: &Rule, theirs: &Option<Cases<'_>>| {
        let Some(theirs) = theirs.as_ref().filter(|t| i != at && !t.is_impossible()) else { return false };
        covers(other, rule)
            && own.implies(theirs)
            && (i < at || !(covers(rule, other) && theirs.implies(own)))
    };
    let all = rules.iter().zip(cases).enumerate();
    all.into_iter().find(|(i, (other, theirs))| shadows(*i, other, theirs)).map(|(_, (other, _))| other.id())
}

/// Rules with the same condition whose consequences exclude each other.
fn conflicts(rules: &[&Rule], findings: &mut Vec<Finding>) {
    let mut first: FxHashMap<String, &Rule> = FxHashMap::default();
    for rule in rules {
        let other = *first.entry(sorted(rule.expr())).or_insert(rule);
        if other.id() != rule.id() && exclude(other, rule) {
            let text = format!("has the condition of \"{}\" and another consequence", other.id());
            findings.push(finding(FindingKind::Conflicting, rule, text));
        }
    }
}

fn exclude(a: &Rule, b: &Rule) -> bool {
    let has = |rule: &Rule, intent: &str| rule.intents().iter().any(|i| i == intent);
    let topics = !(a.topics().is_empty() || b.topics().is_empty()) && a.topics() != b.topics();
    topics || OPPOSED.iter().any(|(x, y)| (has(a, x) && has(b, y)) || (has(a, y) && has(b, x)))
}

/// The condition with the parts of `AND` and `OR` in one order.
fn sorted(expr: &Expr) -> String {
    let join = |parts: &[Expr], sign: &str| {
        let mut parts: Vec<String> = parts.iter().map(sorted).collect();
        parts.sort();
        format!("({})", parts.join(sign))
    };
    match expr {
        Expr::Any(parts) => join(parts, " OR "),
        Expr::All(parts) => join(parts, " AND "),
        Expr::Not(inner) => format!("NOT {}", sorted(inner)),
        Expr::Within(scope, inner) => format!("{}({})", scope.as_str(), sorted(inner)),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests;
