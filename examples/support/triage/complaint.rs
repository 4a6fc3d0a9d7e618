//! Complaints that need a case, the most urgent first.

use candor::annotate::{Intent, SeverityLevel};
use candor::case::{Case, Desk};
use candor::{Feedback, Insight};
use jiff::Timestamp;
use std::cmp::Ordering;

/// Complaints kept with their words; more are only counted.
const KEPT: usize = 20;

/// Complaints of a run.
#[derive(Default)]
pub(crate) struct Complaints {
    /// The most urgent, in order.
    kept: Vec<(Feedback, Insight)>,
    /// All of them.
    pub(crate) count: u64,
}

/// Whether somebody has to take care of this very item.
fn needs_case(insight: &Insight) -> bool {
    let level = insight.severity().level;
    let complains = insight.intents().contains(Intent::Complaint) && level >= SeverityLevel::Moderate;
    complains || level >= SeverityLevel::Major
}

impl Complaints {
    pub(crate) fn offer(&mut self, feedback: &Feedback, insight: &Insight) {
        if !needs_case(insight) {
            return;
        }
        self.count += 1;
        let place = self.kept.partition_point(|(f, i)| order((f, i), (feedback, insight)).is_lt());
        if place < KEPT {
            self.kept.insert(place, (feedback.clone(), insight.clone()));
            self.kept.truncate(KEPT);
        }
    }

    /// A case for each complaint kept, opened when it came in, with its words.
    pub(crate) fn open(&self, desk: &Desk, now: Timestamp) -> (Vec<Case>, Vec<&Feedback>) {
        let open = |(feedback, insight): &(Feedback, Insight)| {
            desk.open(feedback, insight, feedback.created_at().unwrap_or(now))
        };
        (self.kept.iter().map(open).collect(), self.kept.iter().map(|(feedback, _)| feedback).collect())
    }
}

/// By severity, then urgency, then the newest, then by id, so that the order of the files does not matter.
fn order(a: (&Feedback, &Insight), b: (&Feedback, &Insight)) -> Ordering {
    let worst = b.1.severity().level.cmp(&a.1.severity().level);
    let id = |f: &Feedback| (f.source().clone(), f.id().to_owned());
    worst
        .then(b.1.urgency().cmp(&a.1.urgency()))
        .then(b.0.created_at().cmp(&a.0.created_at()))
        .then_with(|| id(a.0).cmp(&id(b.0)))
}
