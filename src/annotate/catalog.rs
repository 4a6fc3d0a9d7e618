//! What every insight of an engine shares: the names of its rules, its taxonomy and its print.

use crate::taxonomy::Taxonomy;
use std::sync::Arc;

/// Names behind the numbers of an insight.
#[derive(Debug)]
pub(crate) struct Catalog {
    pub(crate) taxonomy: Arc<Taxonomy>,
    pub(crate) rules: Vec<String>,
    pub(crate) fingerprint: String,
}

impl Catalog {
    pub(crate) fn rule(&self, rule: u32) -> &str {
        self.rules.get(rule as usize).map_or("rest", String::as_str)
    }
}
