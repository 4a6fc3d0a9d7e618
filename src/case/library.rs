//! Solved cases, found again by what they are about and by their words.

use super::{Case, Event};
use crate::error::{Error, ErrorKind, Result};
use crate::metrics::{Confidence, Estimate};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Okapi BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond"): saturation of
/// repeated terms, and how much long complaints are discounted; the usual values.
const K1: f64 = 1.2;
const B: f64 = 0.75;
/// How often a topic, a group and a product count as a word (the weighted fields of BM25F, same source).
const TOPIC: u32 = 3;
const GROUP: u32 = 1;
const PRODUCT: u32 = 2;
/// Below this score cases have nothing in common.
const LEAST: f64 = 0.3;

/// A solved case, as the library keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Solved {
    /// Id of the case.
    pub id: String,
    /// Paths of its topics, the worst first.
    pub topics: Vec<String>,
    /// The product it was about.
    pub product: Option<String>,
    /// Remedies that were chosen, in order.
    pub remedies: Vec<String>,
    /// What was done, from the log.
    pub solution: Vec<String>,
    /// What the customer said at the end, if asked.
    pub satisfied: Option<bool>,
    /// What was learned.
    pub lesson: String,
    /// Why it happened.
    pub cause: Option<String>,
    /// When it was archived.
    pub closed: Timestamp,
    /// Terms with their number: words, pairs, topics, product.
    terms: BTreeMap<String, u32>,
}

/// A solved case and how much it resembles the one looked up.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Similar<'a> {
    /// The solved case.
    pub case: &'a Solved,
    /// 0..1; 1 when it says the same.
    pub score: f64,
}

/// How a remedy did.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Outcome {
    /// Id of the remedy, or its words.
    pub remedy: String,
    /// Solved cases in which it was chosen.
    pub cases: u64,
    /// Share of satisfied customers among those asked; `None` when nobody was.
    pub satisfied: Option<Estimate>,
}

/// A root cause that came back.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Cause {
    /// Its name.
    pub cause: String,
    /// Cases of it.
    pub cases: u64,
    /// Topics of those cases.
    pub topics: BTreeSet<String>,
    /// When the last of them was archived.
    pub last: Timestamp,
}

/// A bounded collection of solved cases.
///
/// Searching takes time linear in the cases kept; when it is full, the case archived longest ago goes. It is
/// serialisable, and equal contents give equal bytes.
///
/// ```
/// use candor::case::{Actor, Desk, Event, Library};
/// use candor::{Engine, Feedback};
/// let (engine, desk, mut library) = (Engine::builder().build()?, Desk::builtin()?, Library::new(1000));
/// let open = |id: &str, text: &str| {
///     let feedback = Feedback::builder(id).text(text).build()?;
///     candor::Result::Ok(desk.open(&feedback, &engine.analyze(&feedback), jiff::Timestamp::UNIX_EPOCH))
/// };
/// let mut first = open("r-1", "The handle has a crack, poor quality")?;
/// for event in [
///     Event::dispatch(),
///     Event::Verify { finding: "cold joint".into() },
///     Event::Plan { remedy: "product-exchange".into() },
///     Event::Execute { note: "new kettle sent".into() },
///     Event::FollowUp { satisfied: true },
///     Event::Archive { lesson: "check the mould".into(), cause: Some("mould".into()) },
/// ] {
///     first.apply(event, Actor::System, jiff::Timestamp::UNIX_EPOCH)?;
/// }
/// assert!(library.add(&first));
/// let found = library.search(&open("r-2", "A crack in the handle! The quality is poor")?);
/// assert_eq!(found[0].case.remedies, ["product-exchange"]);
/// assert_eq!(found[0].case.solution, ["new kettle sent"]);
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct Library {
    capacity: usize,
    /// By time of archiving, then id.
    cases: Vec<Solved>,
    /// In how many cases a term stands.
    spread: BTreeMap<String, u32>,
    /// Terms of all cases.
    length: u64,
}

/// The stored form: the index is rebuilt.
#[derive(Serialize, Deserialize)]
struct Stored {
    capacity: usize,
    cases: Vec<Solved>,
}

impl Library {
    /// An empty library for up to `capacity` cases.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self { capacity, cases: Vec::new(), spread: BTreeMap::new(), length: 0 }
    }

    /// Keeps a case that is solved, in place of an earlier one of the same id; whether it was kept.
    pub fn add(&mut self, case: &Case) -> bool {
        let Some(solved) = Solved::of(case) else { return false };
        self.keep(solved)
    }

    fn keep(&mut self, solved: Solved) -> bool {
        if let Some(index) = self.cases.iter().position(|kept| kept.id == solved.id) {
            self.forget(index);
        }
        let place = self.cases.partition_point(|kept| (kept.closed, &kept.id) < (solved.closed, &solved.id));
        for term in solved.terms.keys() {
            *self.spread.entry(term.clone()).or_default() += 1;
        }
        self.length += solved.length();
        let id = solved.id.clone();
        self.cases.insert(place, solved);
        if self.cases.len() > self.capacity {
            self.forget(0);
        }
        self.cases.iter().any(|kept| kept.id == id)
    }

    fn forget(&mut self, index: usize) {
        let old = self.cases.remove(index);
        self.length -= old.length();
        for term in old.terms.keys() {
            if let Some(n) = self.spread.get_mut(term) {
                *n -= 1;
            }
        }
        self.spread.retain(|_, n| *n > 0);
    }

    /// The cases kept, the oldest first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Solved> {
        self.cases.iter()
    }

    /// Solved cases that resemble a case, the most similar first, then the newest, then by id.
    ///
    /// The score is BM25 (`k1` 1.2, `b` 0.75) over words, pairs of words (in Chinese of characters), topics with
    /// their groups, and product, as a part of what the case scores against itself. Below 0.3 nothing is returned.
    pub fn search(&self, case: &Case) -> Vec<Similar<'_>> {
        let query = terms(case);
        let length = f64::from(query.values().sum::<u32>());
        let whole = self.score(&query, &query, length);
        if whole <= 0.0 {
            return Vec::new();
        }
        let others = self.cases.iter().filter(|kept| kept.id != case.id());
        let mut found: Vec<Similar<'_>> = others
            .map(|kept| {
                let score = self.score(&query, &kept.terms, kept.length() as f64) / whole;
                Similar { case: kept, score: score.min(1.0) }
            })
            .filter(|similar| similar.score >= LEAST)
            .collect();
        found.sort_by(|a, b| {
            let newest = b.case.closed.cmp(&a.case.closed);
            b.score.total_cmp(&a.score).then(newest).then_with(|| a.case.id.cmp(&b.case.id))
        });
        found
    }

    fn score(&self, query: &BTreeMap<String, u32>, terms: &BTreeMap<String, u32>, length: f64) -> f64 {
        let n = self.cases.len() as f64;
        let mean = if n > 0.0 { self.length as f64 / n } else { 1.0 };
        let norm = K1 * (1.0 - B + B * length / mean.max(1.0));
        let part = |(term, _): (&String, &u32)| {
            let often = f64::from(*terms.get(term)?);
            let spread = self.spread.get(term).copied().map_or(0.0, f64::from);
            // One is added to both counts, so that a new word does not outweigh all else in a small library.
            let rarity = (1.0 + (n + 1.0) / (spread + 1.0)).ln();
            Some(rarity * often * (K1 + 1.0) / (often + norm))
        };
        query.iter().filter_map(part).sum()
    }

    /// How each remedy chosen for a topic, or for those below it, did: surest to satisfy first.
    pub fn outcomes(&self, topic: &str) -> Vec<Outcome> {
        let mut tried: BTreeMap<&str, (u64, u64, u64)> = BTreeMap::new();
        let below = |path: &String| {
            path.strip_prefix(topic).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        for case in self.cases.iter().filter(|case| case.topics.iter().any(below)) {
            for remedy in case.remedies.iter().map(String::as_str).collect::<BTreeSet<_>>() {
                let (cases, asked, glad) = tried.entry(remedy).or_default();
                *cases += 1;
                *asked += u64::from(case.satisfied.is_some());
                *glad += u64::from(case.satisfied == Some(true));
            }
        }
        let outcome = |(remedy, (cases, asked, glad)): (&str, (u64, u64, u64))| Outcome {
            remedy: remedy.to_owned(),
            cases,
            satisfied: Estimate::share(glad, asked, Confidence::default()),
        };
        let mut outcomes: Vec<Outcome> = tried.into_iter().map(outcome).collect();
        let least = |outcome: &Outcome| outcome.satisfied.map_or(0.0, |share| share.low);
        outcomes.sort_by(|a, b| least(b).total_cmp(&least(a)).then(b.cases.cmp(&a.cases)));
        outcomes
    }

    /// Root causes of at least two cases, the most frequent first, then the latest, then by name.
    pub fn causes(&self) -> Vec<Cause> {
        let mut causes: BTreeMap<&str, Cause> = BTreeMap::new();
        for case in &self.cases {
            let Some(name) = case.cause.as_deref() else { continue };
            let cause = causes.entry(name).or_insert_with(|| Cause {
                cause: name.to_owned(),
                cases: 0,
                topics: BTreeSet::new(),
                last: case.closed,
            });
            cause.cases += 1;
            cause.topics.extend(case.topics.iter().cloned());
            cause.last = cause.last.max(case.closed);
        }
        let mut causes: Vec<Cause> = causes.into_values().filter(|cause| cause.cases > 1).collect();
        causes.sort_by(|a, b| b.cases.cmp(&a.cases).then(b.last.cmp(&a.last)));
        causes
    }
}

impl Solved {
    fn of(case: &Case) -> Option<Self> {
        let last = case.log().iter().rev().find(|_| case.is_solved())?;
        let Event::Archive { lesson, cause } = &last.event else { return None };
        let done = case.log().iter().filter_map(|entry| match &entry.event {
            Event::Execute { note } => Some(note.clone()),
            _ => None,
        });
        Some(Self {
            id: case.id().to_owned(),
            topics: case.topics().to_vec(),
            product: case.opening().product.clone(),
            remedies: case.remedies().to_vec(),
            solution: done.collect(),
            satisfied: case.satisfied(),
            lesson: lesson.clone(),
            cause: cause.clone(),
            closed: last.at,
            terms: terms(case),
        })
    }

    fn length(&self) -> u64 {
        self.terms.values().map(|n| u64::from(*n)).sum()
    }
}

/// Words of a case with its topics, groups and product as words of their own.
fn terms(case: &Case) -> BTreeMap<String, u32> {
    let mut terms = case.opening().words.clone();
    let mut add = |field: &str, name: &str, n| *terms.entry(format!("{field}:{name}")).or_default() += n;
    for topic in case.topics() {
        add("topic", topic, TOPIC);
        add("group", topic.split('/').next().unwrap_or(topic), GROUP);
    }
    if let Some(product) = &case.opening().product {
        add("product", product, PRODUCT);
    }
    terms
}

impl From<Library> for Stored {
    fn from(library: Library) -> Self {
        Self { capacity: library.capacity, cases: library.cases }
    }
}

impl TryFrom<Stored> for Library {
    type Error = Error;

    fn try_from(stored: Stored) -> Result<Self> {
        if stored.cases.len() > stored.capacity {
            let (cases, capacity) = (stored.cases.len(), stored.capacity);
            let message = format!("a library for {capacity} cases cannot hold {cases}");
            return Err(Error::new(ErrorKind::Limit, message));
        }
        let mut library = Self::new(stored.capacity);
        for case in stored.cases {
            library.keep(case);
        }
        Ok(library)
    }
}

#[cfg(test)]
mod tests;
