//! What each agent and team did, against the others, with the doubt that few cases leave.

use super::contact::{Contact, Resolution};
use super::survival::{Quantile, Waits};
use crate::metrics::compare::{self, Difference};
use crate::metrics::{Confidence, Estimate, Scope, multiple};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Requests by agent and team: mergeable, exact in any order of adding. Each request is added once, as it stands
/// when the numbers are drawn up.
///
/// ```
/// use candor::metrics::{Confidence, service::{Budgets, Contact, Resolution, Scorecards}};
/// let at = |minute: i64| jiff::Timestamp::from_second(1_772_400_000 + minute * 60).unwrap();
/// let mut scorecards = Scorecards::default();
/// for start in 0..20 {
///     let (agent, wait) = if start % 2 == 0 { ("Mei", 2) } else { ("Tom", 9) };
///     let contact = Contact {
///         agent: Some(agent.into()),
///         first_reply: Some(at(start + wait)),
///         resolution: Resolution::At(at(start + 60)),
///         satisfied: Some(wait < 5),
///         ..Contact::new(at(start))
///     };
///     scorecards.add(&contact, at(1000));
/// }
/// let cards = scorecards.cards(Budgets::default(), Confidence::default());
/// let in_time: Vec<_> = cards.iter().map(|card| card.replied_in_time.unwrap().value).collect();
/// assert_eq!(in_time, [0.5, 1.0, 0.0]); // all, Mei, Tom
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Scorecards {
    all: Tally,
    agents: BTreeMap<String, Tally>,
    teams: BTreeMap<String, Tally>,
}

/// Times a reply and a resolution may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budgets {
    /// Until a human agent answers.
    pub first_reply: SignedDuration,
    /// Until the request is resolved.
    pub resolution: SignedDuration,
}

impl Default for Budgets {
    /// Five minutes and 24 hours, as the practice guides ask.
    fn default() -> Self {
        Self { first_reply: SignedDuration::from_mins(5), resolution: SignedDuration::from_hours(24) }
    }
}

/// Counts of one agent or team.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Tally {
    requests: u64,
    replies: Waits,
    resolutions: Waits,
    /// Resolved requests: at the first contact, and all.
    first_contact: (u64, u64),
    /// Answers: satisfied, and all.
    satisfied: (u64, u64),
    /// Days (since 1970, UTC) with a request.
    days: BTreeSet<i64>,
}

/// The numbers of one agent or team; `None` where there are no data.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Card {
    /// `agent=…` or `team=…`; `None` for all together.
    pub who: Option<Scope>,
    /// Requests.
    pub requests: u64,
    /// Requests without a reply, among them those of today.
    pub unanswered: u64,
    /// Requests a day, over the days that have one.
    pub workload: f64,
    /// Share of requests answered within the budget; open ones count as waiting.
    pub replied_in_time: Option<Estimate>,
    /// Median time to the first reply.
    pub reply: Option<Quantile>,
    /// Share of requests resolved within the budget.
    pub resolved_in_time: Option<Estimate>,
    /// Median time to the resolution.
    pub resolved: Option<Quantile>,
    /// Share of the resolved requests that took one contact and were not opened again.
    pub first_contact: Option<Estimate>,
    /// Share of satisfied answers.
    pub satisfaction: Option<Estimate>,
    /// Satisfaction minus that of everybody else.
    pub against_others: Option<Difference>,
    /// p-value of that difference after correction for the number of agents (or teams).
    pub q: Option<f64>,
}

impl Scorecards {
    /// Counts a request. What is still open at `now` has waited until then.
    pub fn add(&mut self, contact: &Contact, now: Timestamp) {
        self.all.add(contact, now);
        if let Some(agent) = &contact.agent {
            self.agents.entry(agent.clone()).or_default().add(contact, now);
        }
        if let Some(team) = &contact.team {
            self.teams.entry(team.clone()).or_default().add(contact, now);
        }
    }

    /// Adds all requests of another.
    pub fn merge(&mut self, other: &Self) {
        self.all.merge(&other.all);
        other
            .agents
            .iter()
            .for_each(|(name, tally)| self.agents.entry(name.clone()).or_default().merge(tally));
        other.teams.iter().for_each(|(name, tally)| self.teams.entry(name.clone()).or_default().merge(tally));
    }

    /// The card of all, then of each agent, then of each team, by name.
    pub fn cards(&self, budgets: Budgets, confidence: Confidence) -> Vec<Card> {
        let mut cards = vec![self.all.card(None, budgets, confidence)];
        for (dimension, tallies) in [("agent", &self.agents), ("team", &self.teams)] {
            let card = |(name, tally): (&String, &Tally)| {
                let mut card = tally.card(Some(Scope::new(dimension, name)), budgets, confidence);
                card.against_others = self.against_others(tally, confidence);
                card
            };
            let mut group: Vec<Card> = tallies.iter().map(card).collect();
            let p: Vec<f64> = group.iter().filter_map(|card| Some(card.against_others?.p)).collect();
            let judged = group.iter_mut().filter(|card| card.against_others.is_some());
            judged.zip(multiple::q_values(&p)).for_each(|(card, q)| card.q = Some(q));
            cards.append(&mut group);
        }
        cards
    }

    fn against_others(&self, tally: &Tally, confidence: Confidence) -> Option<Difference> {
        let ((k, n), (k_all, n_all)) = (tally.satisfied, self.all.satisfied);
        compare::shares((k, n), (k_all.saturating_sub(k), n_all.saturating_sub(n)), confidence).ok()
    }
}

impl Tally {
    fn add(&mut self, contact: &Contact, now: Timestamp) {
        let since = |at: Timestamp| at.duration_since(contact.opened);
        self.requests += 1;
        self.days.insert(contact.opened.as_second().div_euclid(86_400));
        match contact.first_reply {
            Some(at) => self.replies.add(since(at)),
            None => self.replies.add_open(since(now)),
        }
        match contact.resolution {
            Resolution::Unknown => {}
            Resolution::Open => self.resolutions.add_open(since(now)),
            Resolution::At(at) => {
                self.resolutions.add(since(at));
                self.first_contact.0 += u64::from(contact.contacts <= 1 && !contact.is_reopened);
                self.first_contact.1 += 1;
            }
        }
        if let Some(satisfied) = contact.satisfied {
            self.satisfied.0 += u64::from(satisfied);
            self.satisfied.1 += 1;
        }
    }

    fn merge(&mut self, other: &Self) {
        let sum = |own: (u64, u64), theirs: (u64, u64)| (own.0 + theirs.0, own.1 + theirs.1);
        self.requests += other.requests;
        self.replies.merge(&other.replies);
        self.resolutions.merge(&other.resolutions);
        self.first_contact = sum(self.first_contact, other.first_contact);
        self.satisfied = sum(self.satisfied, other.satisfied);
        self.days.extend(&other.days);
    }

    fn card(&self, who: Option<Scope>, budgets: Budgets, confidence: Confidence) -> Card {
        let share = |(k, n)| Estimate::share(k, n, confidence);
        Card {
            who,
            requests: self.requests,
            unanswered: self.replies.open(),
            workload: self.requests as f64 / self.days.len().max(1) as f64,
            replied_in_time: self.replies.within(budgets.first_reply, confidence).ok(),
            reply: self.replies.quantile(0.5, confidence),
            resolved_in_time: self.resolutions.within(budgets.resolution, confidence).ok(),
            resolved: self.resolutions.quantile(0.5, confidence),
            first_contact: share(self.first_contact),
            satisfaction: share(self.satisfied),
            against_others: None,
            q: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(1_772_409_600 + hour * 3600).unwrap()
    }

    fn contact(agent: &str, hour: i64, satisfied: bool) -> Contact {
        Contact {
            agent: Some(agent.into()),
            team: Some("chat".into()),
            resolution: Resolution::At(at(hour + 30)),
            satisfied: Some(satisfied),
            is_reopened: hour % 2 == 0,
            ..Contact::new(at(hour))
        }
    }

    #[test]
    fn open_requests_count_and_few_answers_prove_nothing() {
        let (mut first, mut second) = (Scorecards::default(), Scorecards::default());
        for hour in 0..48 {
            let into = if hour % 3 == 0 { &mut first } else { &mut second };
            into.add(&contact(if hour % 4 == 0 { "Tom" } else { "Mei" }, hour, hour % 4 != 0), at(100));
        }
        second.add(&contact("Ann", 1, false), at(100));
        first.merge(&second);
        let cards = first.cards(Budgets::default(), Confidence::default());
        let names: Vec<_> =
            cards.iter().map(|c| c.who.as_ref().map_or("all".into(), Scope::to_string)).collect();
        assert_eq!(names, ["all", "agent=Ann", "agent=Mei", "agent=Tom", "team=chat"]);
        assert_eq!((cards[0].requests, cards[0].unanswered, cards[0].workload), (49, 49, 24.5));
        assert_eq!(cards[0].replied_in_time.unwrap().value, 0.0);
        assert_eq!(cards[0].resolved_in_time.unwrap().value, 0.0);
        assert_eq!((cards[1].satisfaction.unwrap().value, cards[1].q.unwrap() > 0.05), (0.0, true));
        assert!(cards[3].against_others.unwrap().high < 0.0 && cards[3].q.unwrap() < 0.001);
        assert_eq!(cards[3].first_contact.unwrap().value, 0.0);
        assert!(cards[4].against_others.is_none(), "there is no other team");
    }
}
