//! Items that need a case, the most urgent first, and how long conversations waited.

use candor::annotate::{SeverityLevel, Urgency};
use candor::case::{Case, Desk};
use candor::feedback::{Channel, Role};
use candor::priority::Facts;
use candor::{Feedback, Insight};
use jiff::Timestamp;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Complaints kept with their words; more are only counted.
const KEPT: usize = 20;

/// An item that needs a case.
struct Complaint {
    feedback: Feedback,
    insight: Insight,
    rank: Rank,
}

/// How urgent it is, by the desk.
type Rank = (SeverityLevel, Urgency);

/// Complaints of a run.
pub(crate) struct Complaints<'a> {
    desk: &'a Desk,
    /// The most urgent, in order.
    kept: Vec<Complaint>,
    /// All of them.
    pub(crate) count: u64,
    /// Of each topic, the conversations answered too late, and all that were answered.
    answered: BTreeMap<String, (u64, u64)>,
    /// Of each topic, by when the conversations that nobody answered should have been.
    open: BTreeMap<String, Vec<Timestamp>>,
}

impl<'a> Complaints<'a> {
    pub(crate) fn new(desk: &'a Desk) -> Self {
        Self { desk, kept: Vec::new(), count: 0, answered: BTreeMap::new(), open: BTreeMap::new() }
    }

    /// Asks the desk what becomes of an item.
    pub(crate) fn offer(&mut self, feedback: &Feedback, insight: &Insight) {
        let asked = feedback.replies().first().map(|reply| reply.asked).or(feedback.created_at());
        let triage = self.desk.triage(feedback, insight, asked.unwrap_or_default());
        if !triage.needs_case {
            return;
        }
        self.count += 1;
        if let Some(due) = triage.first_reply.filter(|_| asked.is_some()) {
            self.wait(feedback, &triage.topics, due);
        }
        let new = Complaint {
            feedback: feedback.clone(),
            insight: insight.clone(),
            rank: (triage.severity, triage.urgency),
        };
        let place = self.kept.partition_point(|kept| order(kept, &new).is_lt());
        if place < KEPT {
            self.kept.insert(place, new);
            self.kept.truncate(KEPT);
        }
    }

    /// Notes whether a conversation was answered by `due`. A record without its turns, and one whose answers have no
    /// time, tell nothing.
    fn wait(&mut self, feedback: &Feedback, topics: &[String], due: Timestamp) {
        if let Some(reply) = feedback.replies().first() {
            for topic in topics {
                let (late, all) = self.answered.entry(topic.clone()).or_default();
                (*late, *all) = (*late + u64::from(reply.answered > due), *all + 1);
            }
        } else if is_unanswered(feedback) {
            for topic in topics {
                self.open.entry(topic.clone()).or_default().push(due);
            }
        }
    }

    /// Tells `facts` the share of late first replies of each topic. One still within its time does not count yet.
    pub(crate) fn tell(&self, facts: &mut Facts, now: Timestamp) {
        for (topic, (late, all)) in &self.answered {
            facts.cases(topic.as_str(), *late, *all);
        }
        for (topic, dues) in &self.open {
            let late = dues.iter().filter(|due| **due < now).count() as u64;
            facts.cases(topic.as_str(), late, late);
        }
    }

    /// A case for each complaint kept, opened when it came in, with its words.
    pub(crate) fn open(&self, now: Timestamp) -> (Vec<Case>, Vec<&Feedback>) {
        let open = |kept: &Complaint| {
            self.desk.open(&kept.feedback, &kept.insight, kept.feedback.created_at().unwrap_or(now))
        };
        (self.kept.iter().map(open).collect(), self.kept.iter().map(|kept| &kept.feedback).collect())
    }
}

/// Whether the record holds a whole conversation to which nobody answered.
fn is_unanswered(feedback: &Feedback) -> bool {
    let talks = [Channel::TICKET, Channel::CHAT, Channel::EMAIL].contains(feedback.channel());
    let turns = feedback.turns();
    talks && !turns.is_empty() && turns.iter().all(|turn| turn.role != Role::Agent)
}

/// By severity, then urgency, then the newest, then by id, so that the order of the files does not matter.
fn order(a: &Complaint, b: &Complaint) -> Ordering {
    let id = |c: &Complaint| (c.feedback.source().clone(), c.feedback.id().to_owned());
    b.rank
        .cmp(&a.rank)
        .then(b.feedback.created_at().cmp(&a.feedback.created_at()))
        .then_with(|| id(a).cmp(&id(b)))
}
