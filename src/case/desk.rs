//! Triage of one item, and the case it becomes.

use super::rule::{Action, TriageRules};
use super::{Case, Playbook};
use crate::annotate::{Insight, SeverityLevel, Urgency};
use crate::error::Result;
use crate::feedback::Feedback;
use crate::sla::{Measure, Policy, Subject, Target};
use crate::taxonomy::{ComplaintClass, Topic, TopicId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Department of a complaint whose topic is not known.
const RECEPTION: &str = "service";

/// What a complaint desk works by: rules of triage, service targets, remedies.
///
/// ```
/// use candor::annotate::Urgency;
/// use candor::{Engine, Feedback, case::Desk, taxonomy::ComplaintClass};
/// let (engine, desk) = (Engine::builder().build()?, Desk::builtin()?);
/// let feedback = Feedback::from_text("The kettle gave me an electric shock, this is dangerous!");
/// let now = "2025-03-01T10:00:00Z".parse().unwrap();
/// let triage = desk.triage(&feedback, &engine.analyze(&feedback), now);
/// assert_eq!((triage.class, triage.department.as_str()), (ComplaintClass::ProductQuality, "product"));
/// assert_eq!(triage.urgency, Urgency::Immediate);
/// assert_eq!(triage.first_reply.unwrap().to_string(), "2025-03-01T10:05:00Z");
/// assert!(triage.needs_case && triage.action.unwrap().en.starts_with("Call the customer now"));
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Desk {
    rules: TriageRules,
    policy: Policy,
    playbook: Playbook,
}

/// What one item becomes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Triage {
    /// When it was made; targets count from here.
    pub at: Timestamp,
    /// Whether somebody has to take care of this very item.
    pub needs_case: bool,
    /// Paths of the topics with a problem, the worst first.
    pub topics: Vec<String>,
    /// Class of the complaint.
    pub class: ComplaintClass,
    /// Department that handles it.
    pub department: String,
    /// How bad it is.
    pub severity: SeverityLevel,
    /// How soon somebody must act.
    pub urgency: Urgency,
    /// What has to be met.
    pub targets: Vec<Target>,
    /// By when the customer needs a first reply.
    pub first_reply: Option<Timestamp>,
    /// By when the problem has to be solved.
    pub resolution: Option<Timestamp>,
    /// What to do first.
    pub action: Option<Action>,
    /// Ids of the rules that held, in order.
    pub reasons: Vec<String>,
}

impl Desk {
    /// The rules, targets and remedies shipped with the crate.
    ///
    /// # Errors
    /// Never for the data as shipped; a test proves it.
    pub fn builtin() -> Result<Self> {
        Ok(Self {
            rules: TriageRules::builtin()?,
            policy: Policy::builtin()?,
            playbook: Playbook::builtin()?,
        })
    }

    /// The same desk with other rules.
    #[must_use]
    pub fn with_rules(self, rules: TriageRules) -> Self {
        Self { rules, ..self }
    }

    /// The same desk with other targets.
    #[must_use]
    pub fn with_policy(self, policy: Policy) -> Self {
        Self { policy, ..self }
    }

    /// The same desk with other remedies.
    #[must_use]
    pub fn with_playbook(self, playbook: Playbook) -> Self {
        Self { playbook, ..self }
    }

    /// Its targets, with the calendar.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Its remedies.
    pub fn playbook(&self) -> &Playbook {
        &self.playbook
    }

    /// Decides what an item becomes: class, department, urgency, deadlines and the first action.
    ///
    /// Class and department come from the worst topic, severity and urgency from the verdict; then the rules
    /// speak. Pure: the same item, verdict and `now` give the same.
    #[must_use]
    pub fn triage(&self, feedback: &Feedback, insight: &Insight, now: Timestamp) -> Triage {
        let problems = problems(insight);
        let topic = problems.first().and_then(|id| insight.taxonomy().topic(*id));
        let topics: Vec<String> = problems.iter().map(|id| insight.path(*id).to_owned()).collect();
        let mut class = None;
        let mut department = None;
        let (mut urgency, mut needs_case, mut action, mut reasons) =
            (insight.urgency(), false, None, Vec::new());
        for rule in self.rules.fitting(feedback, insight, &topics) {
            class = class.or(rule.class);
            department = department.or(rule.department.as_deref());
            action = action.or(rule.action.as_ref());
            urgency = rule.urgency.map_or(urgency, |u| urgency.max(u));
            needs_case |= rule.case;
            reasons.push(rule.id.clone());
        }
        let class = class.or(topic.map(Topic::complaint_class)).unwrap_or_default();
        let department = department.or(topic.map(Topic::department)).unwrap_or(RECEPTION).to_owned();
        let severity = insight.severity().level;
        let subject = Subject::new(class, severity)
            .segment(feedback.customer().segment.as_deref())
            .channel(feedback.channel().as_str());
        let targets = Measure::ALL.iter().filter_map(|m| self.policy.target(*m, &subject)).collect();
        let due = |measure| self.policy.due(measure, &subject, now);
        let (first_reply, resolution) = (due(Measure::FirstReply), due(Measure::Resolution));
        let (at, action) = (now, action.cloned());
        Triage {
            at,
            needs_case,
            topics,
            class,
            department,
            severity,
            urgency,
            targets,
            first_reply,
            resolution,
            action,
            reasons,
        }
    }

    /// [`triage`](Self::triage) and [`Case::open`] in one.
    #[must_use]
    pub fn open(&self, feedback: &Feedback, insight: &Insight, at: Timestamp) -> Case {
        Case::open(feedback, self.triage(feedback, insight, at))
    }
}

/// Topics with a problem, by weight of the topic times strength of the complaint; the first mentioned of equals.
fn problems(insight: &Insight) -> Vec<TopicId> {
    let weight = |id: TopicId| {
        let strength = insight.topics().iter().find(|t| t.topic == id).map_or(0.0, |t| t.score.abs());
        insight.taxonomy().topic(id).map_or(0.0, Topic::severity) * strength
    };
    let mut problems: Vec<TopicId> =
        crate::metrics::stances(insight).filter(|s| s.negative).map(|s| s.topic).collect();
    problems.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)));
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{Consequence, Intent};
    use crate::metrics::testing::Item;

    fn triage(item: Item, change: impl FnOnce(&mut Insight)) -> Triage {
        let (feedback, mut insight) = item.done();
        change(&mut insight);
        Desk::builtin().unwrap().triage(&feedback, &insight, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn the_worst_topic_names_class_and_department() {
        let triage = triage(Item::new("a").bad("price/value", 0.3).bad("delivery/speed", 0.3), |_| {});
        assert_eq!(triage.topics, ["price/value", "delivery/speed"]);
        assert_eq!((triage.class, triage.department.as_str()), (ComplaintClass::Price, "pricing"));
        assert_eq!((triage.needs_case, triage.action), (false, None));
    }

    #[test]
    fn rules_raise_and_never_lower() {
        let legal = |insight: &mut Insight| {
            insight.name(Consequence::Legal);
            insight.intents.insert(Intent::Complaint);
            insight.urgency = Urgency::Immediate;
        };
        let legal = triage(Item::new("a").bad("price/value", 0.6), legal);
        assert_eq!(legal.reasons, ["legal", "grave", "complaint"]);
        assert_eq!((legal.urgency, legal.needs_case), (Urgency::Immediate, true));
        assert!(legal.action.unwrap().en.contains("legal team"));
        let safe = triage(Item::new("a").bad("product/safety", 0.3), |_| {});
        assert_eq!((safe.urgency, safe.reasons), (Urgency::Immediate, vec!["safety".to_owned()]));
        let fine =
            triage(Item::new("a").good("price/value"), |insight| insight.intents.insert(Intent::Praise));
        assert_eq!(
            (fine.needs_case, fine.class, fine.department.as_str()),
            (false, ComplaintClass::Other, "service")
        );
    }

    #[test]
    fn the_host_comes_first() {
        let own = "schema = 1\n[[rule]]\nid = \"grave\"\nseverity = \"major\"\nclass = \"site\"\ndepartment = \"crew\"\n";
        let rules = TriageRules::builtin().unwrap().before(TriageRules::parse("mine.toml", own).unwrap());
        let desk = Desk::builtin().unwrap().with_rules(rules);
        let (feedback, insight) = Item::new("a").bad("price/value", 0.6).done();
        let triage = desk.triage(&feedback, &insight, Timestamp::UNIX_EPOCH);
        assert_eq!((triage.class, triage.department.as_str()), (ComplaintClass::Site, "crew"));
        assert_eq!((triage.needs_case, triage.reasons), (false, vec!["grave".to_owned()]));
    }

    #[test]
    fn errors_name_the_place() {
        let error = |toml: &str| TriageRules::parse("mine.toml", toml).unwrap_err().to_string();
        let rule = "[[rule]]\nid = \"a\"\n";
        assert_eq!(error(&format!("schema = 1\n{rule}{rule}")), "mine.toml: rule \"a\" is defined twice");
        assert!(
            error(&format!("schema = 1\n{rule}topic = []"))
                .starts_with("mine.toml, line 4: unknown field `topic`")
        );
    }
}
