//! Rules of triage: conditions on a verdict, and what follows.

use crate::annotate::{Consequence, Flag, Insight, Intent, SeverityLevel, Urgency};
use crate::data;
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::Feedback;
use crate::taxonomy::ComplaintClass;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const BUILTIN: &str = include_str!("data/triage.toml");

/// What to do, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// In English.
    pub en: String,
    /// In Chinese.
    pub zh: String,
}

/// The rules by which [`Desk::triage`](super::Desk::triage) raises urgency, redirects and suggests.
///
/// ```
/// use candor::case::{Desk, TriageRules};
/// let own = TriageRules::parse("mine.toml", r#"
/// schema = 1
/// [[rule]]
/// id = "vip"
/// segments = ["vip"]
/// severity = "minor"
/// department = "concierge"
/// urgency = "high"
/// "#)?;
/// let desk = Desk::builtin()?.with_rules(TriageRules::builtin()?.before(own));
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TriageRules(Vec<Rule>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "schema")]
    _schema: u32,
    rule: Vec<Rule>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub(super) id: String,
    #[serde(default)]
    topics: Vec<String>,
    #[serde(default)]
    concerns: Vec<Consequence>,
    #[serde(default)]
    intents: Vec<Intent>,
    #[serde(default)]
    flags: Vec<Flag>,
    #[serde(default)]
    segments: Vec<String>,
    #[serde(default)]
    channels: Vec<String>,
    severity: Option<SeverityLevel>,
    churn: Option<f32>,
    pub(super) class: Option<ComplaintClass>,
    pub(super) department: Option<String>,
    pub(super) urgency: Option<Urgency>,
    #[serde(default)]
    pub(super) case: bool,
    pub(super) action: Option<Action>,
}

impl TriageRules {
    /// The rules shipped with the crate: `src/case/data/triage.toml`.
    ///
    /// # Errors
    /// Never for the data as shipped; a test proves it.
    pub fn builtin() -> Result<Self> {
        Self::parse("triage.toml", BUILTIN)
    }

    /// Reads rules from TOML of the shape of `src/case/data/triage.toml`; `name` appears in error messages.
    ///
    /// # Errors
    /// [`ErrorKind::Syntax`] when it is not TOML of that shape, [`ErrorKind::Incompatible`] for another schema,
    /// [`ErrorKind::Conflict`] for an id used twice.
    pub fn parse(name: &str, toml: &str) -> Result<Self> {
        let File { rule, .. } = data::read(name, toml)?;
        let mut ids = BTreeSet::new();
        if let Some(twice) = rule.iter().find(|rule| !ids.insert(&rule.id)) {
            let message = format!("rule \"{}\" is defined twice", twice.id);
            return Err(Error::new(ErrorKind::Conflict, message).at_source(name));
        }
        Ok(Self(rule))
    }

    /// The rules of `own` first, then these without those of the same id.
    #[must_use]
    pub fn before(self, own: Self) -> Self {
        let ids: BTreeSet<String> = own.0.iter().map(|rule| rule.id.clone()).collect();
        let rest = self.0.into_iter().filter(|rule| !ids.contains(&rule.id));
        Self(own.0.into_iter().chain(rest).collect())
    }

    /// The rules whose conditions hold, in order.
    pub(super) fn fitting<'a>(
        &'a self,
        feedback: &Feedback,
        insight: &Insight,
        topics: &[String],
    ) -> impl Iterator<Item = &'a Rule> {
        self.0.iter().filter(move |rule| rule.holds(feedback, insight, topics))
    }
}

impl Rule {
    fn holds(&self, feedback: &Feedback, insight: &Insight, topics: &[String]) -> bool {
        let named = |own: &Vec<String>, name: Option<&str>| {
            own.is_empty() || own.iter().any(|n| Some(n.as_str()) == name)
        };
        let below = |path: &String| topics.iter().any(|topic| covers(path, topic));
        let channel = feedback.channel().as_str();
        (self.topics.is_empty() || self.topics.iter().any(below))
            && (self.concerns.is_empty() || self.concerns.iter().any(|c| insight.concerns().contains(*c)))
            && (self.intents.is_empty() || self.intents.iter().any(|i| insight.intents().contains(*i)))
            && (self.flags.is_empty() || self.flags.iter().any(|f| insight.flags().contains(*f)))
            && named(&self.segments, feedback.customer().segment.as_deref())
            && named(&self.channels, Some(channel))
            && self.severity.is_none_or(|least| insight.severity().level >= least)
            && self.churn.is_none_or(|least| insight.churn_risk() >= least)
    }
}

/// Whether `topic` is `path` or lies below it.
fn covers(path: &str, topic: &str) -> bool {
    topic.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
