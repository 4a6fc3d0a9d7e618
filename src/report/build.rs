//! Summary, ranking and cases → the form of a report.

use super::form::{self, Number, Report, round};
use super::view;
use crate::case::{Case, Playbook};
use crate::discover::Theme;
use crate::metrics::driver::Drivers;
use crate::metrics::{Estimate, Quote, Satisfaction, ScaleMean, Summary, TopicSummary, rating};
use crate::priority::Ranked;
use crate::sla::{Measure, Policy, Subject};
use crate::taxonomy::{Taxonomy, Topic};
use serde::Serialize;

const SCHEMA: u32 = 1;

/// How much was read, and what was set aside.
///
/// ```
/// use candor::report::ReadCounts;
/// let read = ReadCounts { items: 120, rejects: 2, duplicates: 5, templates: 9, ..ReadCounts::default() };
/// # assert_eq!(read.items, 120);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ReadCounts {
    /// Items read.
    pub items: u64,
    /// Items that could not be read.
    pub rejects: u64,
    /// Items whose text was seen before.
    pub duplicates: u64,
    /// Default reviews.
    pub templates: u64,
    /// Advertising.
    pub spam: u64,
    /// Items left out for another reason: not the customer's words, withdrawn, or later than the report.
    pub others: u64,
}

/// Collects what a [`Report`] shows.
///
/// ```
/// use candor::{Taxonomy, case::Playbook, metrics::{Aggregate, SummaryOptions}, report::Report, sla::Policy};
/// let summary = Aggregate::new().summary(&SummaryOptions::default());
/// let (policy, playbook) = (Policy::builtin()?, Playbook::builtin()?);
/// let report = Report::builder(&summary, &[]).policy(&policy).playbook(&playbook).build(|text| text.to_owned());
/// assert_eq!(report.to_csv().lines().count(), 1);
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use = "call `build` to get the report"]
pub struct ReportBuilder<'a> {
    summary: &'a Summary,
    ranked: &'a [Ranked],
    cases: &'a [Case],
    drivers: Option<&'a Drivers>,
    themes: &'a [Theme],
    read: Option<ReadCounts>,
    taxonomy: Option<&'a Taxonomy>,
    policy: Option<&'a Policy>,
    playbook: Option<&'a Playbook>,
}

impl Report {
    /// A builder for a report on these numbers and issues.
    pub fn builder<'a>(summary: &'a Summary, ranked: &'a [Ranked]) -> ReportBuilder<'a> {
        ReportBuilder {
            summary,
            ranked,
            cases: &[],
            drivers: None,
            themes: &[],
            read: None,
            taxonomy: None,
            policy: None,
            playbook: None,
        }
    }
}

impl<'a> ReportBuilder<'a> {
    /// Lists these cases.
    pub fn cases(mut self, cases: &'a [Case]) -> Self {
        self.cases = cases;
        self
    }

    /// Shows how each topic and each rated aspect goes along with the score that impact is measured on.
    pub fn drivers(mut self, drivers: &'a Drivers) -> Self {
        self.drivers = Some(drivers);
        self
    }

    /// Shows what customers speak of that no topic knows yet.
    pub fn themes(mut self, themes: &'a [Theme]) -> Self {
        self.themes = themes;
        self
    }

    /// Tells how much was read and set aside; else only the items counted are told.
    pub fn read(mut self, read: ReadCounts) -> Self {
        self.read = Some(read);
        self
    }

    /// Names topics and finds department and complaint class of each issue.
    pub fn taxonomy(mut self, taxonomy: &'a Taxonomy) -> Self {
        self.taxonomy = Some(taxonomy);
        self
    }

    /// Sets when each issue is due: the resolution target for its class and worst severity, from the `now` of the
    /// summary; and the deadlines of the cases.
    pub fn policy(mut self, policy: &'a Policy) -> Self {
        self.policy = Some(policy);
        self
    }

    /// Proposes remedies for each issue.
    pub fn playbook(mut self, playbook: &'a Playbook) -> Self {
        self.playbook = Some(playbook);
        self
    }

    /// The report; every quote passes through `mask`, which replaces personal data.
    pub fn build(self, mask: impl Fn(&str) -> String) -> Report {
        let summary = self.summary;
        let items = ReadCounts { items: summary.items, ..ReadCounts::default() };
        let issues: Vec<_> = self.ranked.iter().map(|ranked| self.issue(ranked, &mask)).collect();
        Report {
            schema: SCHEMA,
            read: self.read.unwrap_or(items),
            period: form::Period { from: summary.period.map(|p| p.0), to: summary.period.map(|p| p.1) },
            fingerprints: summary.fingerprints.clone(),
            satisfaction: satisfaction(&summary.satisfaction),
            alerts: self
                .ranked
                .iter()
                .zip(&issues)
                .filter_map(|(ranked, issue)| alert(ranked, issue))
                .collect(),
            issues,
            cases: self.cases.iter().map(|case| self.case(case)).collect(),
            drivers: self.drivers.map(|drivers| view::drivers(drivers, summary)).unwrap_or_default(),
            themes: self.themes.iter().map(|theme| view::theme(theme, &mask)).collect(),
        }
    }

    fn issue(&self, ranked: &Ranked, mask: &impl Fn(&str) -> String) -> form::Issue {
        let issue = ranked.issue();
        let topic = self.taxonomy.and_then(|t| t.topic(t.find(&issue.topic)?));
        let class = topic.map(Topic::complaint_class).unwrap_or_default();
        let due = self.policy.zip(self.summary.now);
        let remedies = self.playbook.into_iter().flat_map(|playbook| playbook.remedies(&issue.topic));
        form::Issue {
            rank: ranked.rank(),
            topic: issue.topic.clone(),
            name: topic.map(|t| form::Name { en: t.name_en().to_owned(), zh: t.name_zh().to_owned() }),
            scope: issue.scope.iter().map(|s| (s.dimension.clone(), s.value.clone())).collect(),
            items: issue.items,
            customers: issue.customers,
            share: Number::from(&issue.share),
            severity: round(issue.severity.value),
            trend: self.trend(issue),
            impact: impact(issue),
            priority: priority(ranked),
            quotes: issue.quotes.iter().map(|q| quote(q, mask)).collect(),
            department: topic.map(|t| t.department().to_owned()),
            complaint_class: class,
            due: due.and_then(|(policy, now)| {
                policy.due(Measure::Resolution, &Subject::new(class, issue.worst), now)
            }),
            remedies: remedies.map(remedy).collect(),
        }
    }

    fn trend(&self, issue: &TopicSummary) -> form::Trend {
        let trend = &issue.trend;
        form::Trend {
            direction: trend.direction,
            change: trend.change.map(round),
            low: trend.low.map(round),
            high: trend.high.map(round),
            q: trend.q.map(round),
            last: trend.last,
            previous: trend.previous,
            window_days: self.summary.window_days,
        }
    }

    fn case(&self, case: &Case) -> form::Case {
        let due = |measure: &Measure| Some((*measure, case.due(*measure, self.policy?)));
        form::Case {
            id: case.id().to_owned(),
            step: case.step(),
            complaint_class: case.class(),
            department: case.department().to_owned(),
            severity: case.opening().triage.severity,
            topics: case.opening().triage.topics.clone(),
            opened: case.opening().triage.at,
            due: Measure::ALL.iter().filter_map(due).collect(),
            remedies: case.remedies().to_vec(),
        }
    }
}

fn satisfaction(from: &Satisfaction) -> form::Satisfaction {
    let number = |estimate: &Option<Estimate>| estimate.as_ref().map(Number::from);
    let (min, max) = rating::STARS;
    form::Satisfaction {
        rating: number(&from.rating).map(|number| form::Scaled { kind: None, number, min, max }),
        csat: number(&from.csat),
        nps: number(&from.nps),
        sentiment: number(&from.sentiment),
        ces: from.ces.iter().map(scaled).collect(),
        others: from.others.iter().map(scaled).collect(),
    }
}

fn scaled(mean: &ScaleMean) -> form::Scaled {
    form::Scaled { kind: Some(mean.kind), number: Number::from(&mean.mean), min: mean.min, max: mean.max }
}

pub(super) fn impact(issue: &TopicSummary) -> Option<form::Impact> {
    let i = issue.impact?;
    Some(form::Impact { on: i.on, value: round(i.value), low: round(i.low), high: round(i.high), n: i.n })
}

/// What an override names.
fn alert(ranked: &Ranked, issue: &form::Issue) -> Option<form::Alert> {
    Some(form::Alert {
        reason: ranked.override_reason()?.to_owned(),
        rank: ranked.rank(),
        topic: issue.topic.clone(),
        scope: issue.scope.clone(),
        customers: issue.customers,
        severity: ranked.issue().worst,
        department: issue.department.clone(),
        due: issue.due,
    })
}

/// Contributions are rounded first, so that on the wire, too, they sum to the score.
fn priority(ranked: &Ranked) -> form::Priority {
    let terms: Vec<form::Term> = ranked
        .terms()
        .iter()
        .map(|term| form::Term {
            name: term.name,
            value: round(term.measured.value),
            weight: round(term.weight),
            contribution: round(term.contribution),
        })
        .collect();
    form::Priority {
        score: round(terms.iter().map(|t| t.contribution).sum()),
        low: round(ranked.low()),
        high: round(ranked.high()),
        first: round(ranked.probability_first()),
        terms,
        override_reason: ranked.override_reason().map(str::to_owned),
    }
}

pub(super) fn quote(from: &Quote, mask: &impl Fn(&str) -> String) -> form::Quote {
    form::Quote {
        id: from.id().to_owned(),
        source: from.source().to_owned(),
        text: mask(from.text()),
        field: from.field().to_owned(),
        start: from.span().start,
        end: from.span().end,
    }
}

fn remedy(from: &crate::case::Remedy) -> form::Remedy {
    form::Remedy { id: from.id.clone(), kind: from.kind, en: from.en.clone(), zh: from.zh.clone() }
}
