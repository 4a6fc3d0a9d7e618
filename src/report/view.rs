//! Drivers and themes → the form of a report.

use super::build;
use super::form::{self, Number, round};
use crate::discover::Theme;
use crate::metrics::Summary;
use crate::metrics::driver::{Dimension, Drivers};

/// Every topic and aspect with a correlation, those that go along most first; none without a score.
pub(super) fn drivers(from: &Drivers, summary: &Summary) -> Vec<form::Driver> {
    let Some(on) = summary.basis else { return Vec::new() };
    let rows = from.correlations(on, summary.confidence).into_iter();
    let row = |row: crate::metrics::driver::DimensionRow| {
        let (kind, topic) = match &row.dimension {
            Dimension::Topic(path) => ("topic", summary.topic(path, None)),
            Dimension::Aspect(_) => ("aspect", None),
        };
        Some(form::Driver {
            kind,
            name: row.dimension.name().to_owned(),
            on,
            correlation: Number::from(&row.spearman?.estimate()),
            q: row.q.map(round),
            mean: Number::from(&row.mean),
            impact: topic.and_then(build::impact),
        })
    };
    let mut drivers: Vec<form::Driver> = rows.filter_map(row).collect();
    // A stable sort: equals stay in the order of their names.
    drivers.sort_by(|a, b| b.correlation.value.abs().total_cmp(&a.correlation.value.abs()));
    drivers
}

pub(super) fn theme(from: &Theme, mask: &impl Fn(&str) -> String) -> form::Theme {
    form::Theme {
        phrases: from.phrases().iter().map(|phrase| mask(phrase)).collect(),
        items: from.items(),
        customers: from.customers(),
        z: round(from.z()),
        q: round(from.q()),
        quotes: from.quotes().map(|quote| build::quote(quote, mask)).collect(),
    }
}
