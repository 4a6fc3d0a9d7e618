//! Topics and words that one item has together.

use crate::annotate::{Field, Insight};
use crate::feedback::Feedback;
use crate::metrics::{Confidence, fisher, multiple, pairs, stances};
use serde::{Deserialize, Serialize};
use statrs::distribution::{ChiSquared, ContinuousCDF};
use std::collections::{BTreeMap, BTreeSet};

/// Items that must have a thing before its pairs are tested. The rule looks at single things only: to choose pairs
/// by how often they were seen would spoil the tests.
pub const LEAST: u64 = 10;

/// Below this expected count the p-value comes from the exact test (Cochran 1954, Biometrics 10:417).
const SMALL: f64 = 5.0;

/// What an item can have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Thing {
    /// A topic with an opinion, by its path.
    Topic(String),
    /// An evaluative expression, in lower case.
    Term(String),
    /// Anything the host adds.
    Tag(String),
}

impl Thing {
    /// The path, the words or the tag.
    pub fn name(&self) -> &str {
        match self {
            Self::Topic(name) | Self::Term(name) | Self::Tag(name) => name,
        }
    }

    /// Whether the other is a topic below this one.
    fn holds(&self, other: &Self) -> bool {
        let (Self::Topic(above), Self::Topic(below)) = (self, other) else { return false };
        below.strip_prefix(above.as_str()).is_some_and(|rest| rest.starts_with('/'))
    }
}

/// Counts of things and of their pairs: mergeable, exact in any order of adding.
///
/// Memory grows with the pairs of things seen together; expressions come from the word lists, so that they are
/// bounded by those.
///
/// ```
/// use candor::metrics::{Confidence, association::{Thing, Together}};
/// let tag = |name: &str| Thing::Tag(name.into());
/// let mut together = Together::default();
/// (0..20).for_each(|_| together.add([tag("broken"), tag("refund")]));
/// (0..20).for_each(|_| together.add([tag("slow")]));
/// let pairs = together.pairs(Confidence::default());
/// assert_eq!((pairs[0].first.name(), pairs[0].second.name(), pairs[0].lift), ("broken", "refund", 2.0));
/// assert!(pairs[0].is_found && pairs[0].pmi == Some(1.0)); // twice as often as by chance: one bit
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Together {
    n: u64,
    #[serde(with = "pairs")]
    single: BTreeMap<Thing, u64>,
    /// Keys are ordered: the smaller thing first.
    #[serde(with = "pairs")]
    both: BTreeMap<(Thing, Thing), u64>,
}

/// Two things and how they go together.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Pair {
    /// The smaller in order.
    pub first: Thing,
    /// The other.
    pub second: Thing,
    /// Items with both.
    pub items: u64,
    /// Share of all items that have both.
    pub support: f64,
    /// Share of the items with the first that have the second (Agrawal, Imieliński and Swami 1993).
    pub second_given_first: f64,
    /// Share of the items with the second that have the first.
    pub first_given_second: f64,
    /// How many times as often as by chance (Brin et al. 1997); 1 is chance.
    pub lift: f64,
    /// The same in bits: log₂ lift (Church and Hanks 1990); `None` when no item has both.
    pub pmi: Option<f64>,
    /// Log-likelihood ratio G² (Dunning 1993, Computational Linguistics 19:61).
    pub g2: f64,
    /// p-value of "only by chance": χ² with one degree of freedom, or Fisher's exact test where less than 5 is
    /// expected.
    pub p: f64,
    /// The same after correction for the number of pairs (Benjamini and Hochberg).
    pub q: f64,
    /// Whether q is below 1 − confidence; lift tells in which direction.
    pub is_found: bool,
}

impl Together {
    /// Counts the topics that an item has opinions on.
    pub fn push(&mut self, insight: &Insight) {
        self.add(topics(insight));
    }

    /// Counts the topics and the expressions of an item.
    pub fn push_with_terms(&mut self, feedback: &Feedback, insight: &Insight) {
        self.add(topics(insight).chain(terms(feedback, insight)));
    }

    /// Counts one item that has these things; a thing named twice counts once.
    pub fn add(&mut self, things: impl IntoIterator<Item = Thing>) {
        let things: BTreeSet<Thing> = things.into_iter().collect();
        self.n += 1;
        for (place, thing) in things.iter().enumerate() {
            *self.single.entry(thing.clone()).or_default() += 1;
            for other in things.iter().skip(place + 1) {
                *self.both.entry((thing.clone(), other.clone())).or_default() += 1;
            }
        }
    }

    /// Adds everything another holds.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        other.single.iter().for_each(|(thing, n)| *self.single.entry(thing.clone()).or_default() += n);
        other.both.iter().for_each(|(pair, n)| *self.both.entry(pair.clone()).or_default() += n);
    }

    /// Number of items.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// All pairs of things that at least [`LEAST`] items have each, the surest first; a topic and one below it are
    /// no pair. Quadratic in the number of
    /// such things.
    pub fn pairs(&self, confidence: Confidence) -> Vec<Pair> {
        let common: Vec<(&Thing, u64)> =
            self.single.iter().map(|(thing, n)| (thing, *n)).filter(|(_, n)| *n >= LEAST).collect();
        let mut pairs = Vec::new();
        for (place, first) in common.iter().enumerate() {
            let others = common.iter().skip(place + 1).filter(|second| !first.0.holds(second.0));
            pairs.extend(others.map(|second| self.pair(*first, *second)));
        }
        let p: Vec<f64> = pairs.iter().map(|pair| pair.p).collect();
        for (pair, q) in pairs.iter_mut().zip(multiple::q_values(&p)) {
            (pair.q, pair.is_found) = (q, q < confidence.alpha());
        }
        pairs.sort_by(|a, b| {
            let names = || (&a.first, &a.second).cmp(&(&b.first, &b.second));
            a.q.total_cmp(&b.q).then(b.g2.total_cmp(&a.g2)).then_with(names)
        });
        pairs
    }

    fn pair(&self, (first, m1): (&Thing, u64), (second, m2): (&Thing, u64)) -> Pair {
        let items = self.both.get(&(first.clone(), second.clone())).copied().unwrap_or_default();
        let (n, both) = (self.n as f64, items as f64);
        let expected = m1 as f64 * m2 as f64 / n;
        let table = [[items, m1 - items], [m2 - items, (self.n + items).saturating_sub(m1 + m2)]];
        let g2 = log_likelihood(table);
        Pair {
            first: first.clone(),
            second: second.clone(),
            items,
            support: both / n,
            second_given_first: both / m1 as f64,
            first_given_second: both / m2 as f64,
            lift: both / expected,
            pmi: (items > 0).then(|| (both / expected).log2()),
            g2,
            p: if expected < SMALL { fisher::two_sided(table) } else { chi_squared(g2, 1.0) },
            q: 1.0,
            is_found: false,
        }
    }
}

fn topics(insight: &Insight) -> impl Iterator<Item = Thing> + '_ {
    stances(insight).map(|stance| Thing::Topic(insight.path(stance.topic).to_owned()))
}

fn terms<'a>(feedback: &'a Feedback, insight: &'a Insight) -> impl Iterator<Item = Thing> + 'a {
    insight.opinions().iter().filter_map(|opinion| {
        let text = match opinion.field {
            Field::Title => feedback.title(),
            Field::Text => feedback.text(),
            Field::Turn(turn) => &feedback.turns().get(turn as usize)?.text,
        };
        Some(Thing::Term(opinion.expression.slice(text)?.to_lowercase()))
    })
}

/// G² = 2·Σ observed · ln(observed / expected) of a table of two rows and two columns.
pub(super) fn log_likelihood(table: [[u64; 2]; 2]) -> f64 {
    let [[a, b], [c, d]] = table.map(|row| row.map(|count| count as f64));
    let all = a + b + c + d;
    let term = |observed: f64, row: f64, column: f64| {
        if observed > 0.0 { observed * (observed * all / (row * column)).ln() } else { 0.0 }
    };
    let sum = term(a, a + b, a + c) + term(b, a + b, b + d) + term(c, c + d, a + c) + term(d, c + d, b + d);
    (2.0 * sum).max(0.0)
}

/// Chance that χ² exceeds a value.
pub(super) fn chi_squared(value: f64, freedom: f64) -> f64 {
    ChiSquared::new(freedom).map_or(1.0, |chi| chi.sf(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::Item;

    /// First line of table 2 of Dunning (1993), "the swiss": 110, 2442, 111, 29114 give 270.72.
    #[test]
    fn published_log_likelihood() {
        assert_eq!(format!("{:.2}", log_likelihood([[110, 2442], [111, 29_114]])), "270.72");
        assert_eq!(log_likelihood([[0, 0], [0, 0]]), 0.0);
    }

    #[test]
    fn topics_and_words_of_items() {
        let (mut together, mut other) = (Together::default(), Together::default());
        for i in 0..60 {
            let mut item = Item::new(&i.to_string()).text("slow");
            if i % 2 == 0 {
                item = item.bad("delivery/speed", 0.4).bad("service/attitude", 0.4);
            } else if i % 3 == 0 {
                item = item.good("price/value");
            }
            let (feedback, insight) = item.done();
            if i < 9 { &mut together } else { &mut other }.push_with_terms(&feedback, &insight);
        }
        together.merge(&other);
        let pairs = together.pairs(Confidence::default());
        let (top, last) = (&pairs[0], pairs.iter().find(|p| p.items == 0).unwrap());
        assert_eq!(
            (top.first.name(), top.second.name(), top.items),
            ("delivery/speed", "service/attitude", 30)
        );
        assert_eq!((top.support, top.lift, top.pmi, top.is_found), (0.5, 2.0, Some(1.0), true));
        assert_eq!((last.lift, last.pmi, last.is_found), (0.0, None, true));
        assert!(pairs.iter().any(|pair| pair.second == Thing::Term("s".into())));
        let text = serde_json::to_string(&together).unwrap();
        assert_eq!(serde_json::from_str::<Together>(&text).unwrap(), together);
    }

    #[test]
    fn rare_things_are_not_tested() {
        let mut together = Together::default();
        (0..9).for_each(|_| together.add(["a", "b"].map(|name| Thing::Tag(name.into()))));
        assert!(together.pairs(Confidence::default()).is_empty());
    }
}
