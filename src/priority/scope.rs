//! The scope that explains a problem, found by contrast.

use crate::metrics::share::Contrast;
use crate::metrics::{DIMENSIONS, ScopeSummary, Summary, TopicSummary};
use std::cmp::Ordering;

/// Dimensions that name where feedback is said or who says it, rather than what may cause the problem: asked
/// only when no other explains it.
const CIRCUMSTANCES: &[&str] = &["touchpoint", "segment", "channel", "source"];

/// Fewer customers than this name no culprit: with many scopes a few coincide by chance.
const LEAST_CUSTOMERS: u64 = 5;

/// The issue of a topic: in the scope that holds at least `concentration` of its customers, five or more, and
/// whose share is surely higher than that of the rest (the Wilson intervals do not touch); else over everything.
///
/// Of several such scopes the one with the widest gap is taken, then the earlier dimension, then the value.
pub(super) fn issue<'a>(
    topic: &'a TopicSummary,
    summary: &'a Summary,
    concentration: f64,
) -> &'a TopicSummary {
    let rows =
        summary.topics.iter().filter(|row| row.topic == topic.topic && row.customers >= LEAST_CUSTOMERS);
    let fitting = rows.filter_map(|row| {
        let all = (topic.customers, summary.customers);
        let inside = (row.customers, scope(row, summary)?.customers);
        let contrast = Contrast::new(inside, all, summary.confidence)?;
        (contrast.concentration >= concentration && contrast.gap() > 0.0).then(|| (row, contrast.gap()))
    });
    fitting.min_by(better).map_or(topic, |(row, _)| row)
}

fn scope<'a>(row: &TopicSummary, summary: &'a Summary) -> Option<&'a ScopeSummary> {
    let wanted = row.scope.as_ref()?;
    let found = summary.scopes.binary_search_by(|s| s.scope.cmp(wanted)).ok()?;
    summary.scopes.get(found)
}

fn better(a: &(&TopicSummary, f64), b: &(&TopicSummary, f64)) -> Ordering {
    let dimension = |row: &TopicSummary| row.scope.as_ref().map(|s| s.dimension.clone()).unwrap_or_default();
    let place = |name: &str| DIMENSIONS.iter().position(|d| *d == name);
    let (da, db) = (dimension(a.0), dimension(b.0));
    let circumstance = |name: &str| CIRCUMSTANCES.contains(&name);
    circumstance(&da)
        .cmp(&circumstance(&db))
        .then(b.1.total_cmp(&a.1))
        .then(place(&da).cmp(&place(&db)))
        .then_with(|| a.0.scope.cmp(&b.0.scope))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::{Item, aggregate};
    use crate::metrics::{Scope, SummaryOptions};

    fn found(bad: impl Fn(usize) -> bool, product: impl Fn(usize) -> &'static str) -> Option<Scope> {
        let items = (0..200).map(|i| {
            let item = Item::new(&format!("c-{i}")).product(product(i));
            if bad(i) { item.bad("product/quality", 0.5) } else { item.good("price/value") }
        });
        let summary = aggregate(items).summary(&SummaryOptions::default());
        let topic = summary.topic("product/quality", None).unwrap();
        issue(topic, &summary, 0.6).scope.clone()
    }

    #[test]
    fn the_product_that_breaks_is_named() {
        let product = |i| if i % 4 == 0 { "lamp" } else { "kettle" };
        assert_eq!(found(|i| i % 8 == 0 || i == 1, product), Some(Scope::new("product", "lamp")));
    }

    #[test]
    fn a_few_customers_name_nobody() {
        let product = |i| if i % 40 == 0 { "lamp" } else { "kettle" };
        assert_eq!(found(|i| i < 160 && i % 40 == 0, product), None);
        assert_eq!(found(|i| i % 40 == 0, product), Some(Scope::new("product", "lamp")));
    }

    #[test]
    fn a_problem_of_all_has_no_scope() {
        let half = |i| if i % 2 == 0 { "lamp" } else { "kettle" };
        assert_eq!(found(|i| i % 8 < 2, half), None);
        // Most of the problems, but no higher share than elsewhere.
        let mostly = |i| if i % 10 == 0 { "lamp" } else { "kettle" };
        assert_eq!(found(|i| i % 7 == 0, mostly), None);
        // Everything is one product, or one channel: nothing to compare with.
        assert_eq!(found(|i| i % 2 == 0, |_| "lamp"), None);
    }
}
