//! What every insight of an engine shares: the words behind its rules, its taxonomy and its print.

use crate::lexicon::{Table, TermId};
use crate::taxonomy::Taxonomy;
use std::sync::Arc;

/// Rule number of the prior of a language.
pub(crate) const PRIOR: u32 = u32::MAX;

/// Names behind the numbers of an insight.
#[derive(Debug)]
pub(crate) struct Catalog {
    pub(crate) taxonomy: Arc<Taxonomy>,
    pub(crate) base: Arc<Table>,
    pub(crate) overlay: Option<Arc<Table>>,
    pub(crate) fingerprint: String,
}

impl Catalog {
    /// The table a term belongs to.
    #[inline]
    pub(crate) fn table(&self, term: TermId) -> Option<&Table> {
        if term.is_overlay() { self.overlay.as_deref() } else { Some(&self.base) }
    }

    /// Name of a rule.
    pub(crate) fn rule(&self, rule: u32) -> String {
        if rule == PRIOR {
            return "prior".to_owned();
        }
        let term = TermId(rule);
        self.table(term).map_or_else(|| "rest".to_owned(), |t| t.vocabulary.rule(term.index()))
    }
}
