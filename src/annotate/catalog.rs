//! What every insight of an engine shares: the words behind its rules, its taxonomy and its print.

use super::label::Language;
use super::ruling::{Outcome, Ruling};
use super::target::PhraseWords;
use crate::lexicon::{Table, TermId};
use crate::taxonomy::Taxonomy;
use std::sync::Arc;

/// Bits of a rule number that hold one more than the class of the target the value is for, or 0; terms are fewer
/// than their lowest.
const CLASS_MASK: u32 = 0x7F << CLASS_SHIFT;
const CLASS_SHIFT: u32 = 24;

/// Number of the rule of a word whose value is for targets of a class.
pub(crate) const fn target_rule(term: u32, class: u8) -> u32 {
    if term & CLASS_MASK == 0 { term | (class as u32 + 1) << CLASS_SHIFT } else { term }
}

/// Names behind the numbers of an insight.
#[derive(Debug)]
pub(crate) struct Catalog {
    pub(crate) taxonomy: Arc<Taxonomy>,
    pub(crate) base: Arc<Table>,
    pub(crate) overlay: Option<Arc<Table>>,
    pub(crate) phrases: Arc<PhraseWords>,
    pub(crate) ruling: Option<Arc<Ruling>>,
    /// Rules laid over, whose words stand in the overlay.
    pub(crate) own_ruling: Option<Arc<Ruling>>,
    pub(crate) fingerprint: String,
    /// The language of the lists, where a pack of the host brought them.
    pub(crate) language: Option<Language>,
    /// The same for other languages, which packs of the host brought.
    pub(crate) brought: Vec<Arc<Self>>,
}

impl Catalog {
    /// The table a term belongs to.
    #[inline]
    pub(crate) fn table(&self, term: TermId) -> Option<&Table> {
        if term.is_overlay() { self.overlay.as_deref() } else { Some(&self.base) }
    }

    /// The term of a rule, and the class of target its value is for.
    pub(crate) fn parts(rule: u32) -> (TermId, Option<u8>) {
        let class = (rule & CLASS_MASK) >> CLASS_SHIFT;
        (TermId(rule & !CLASS_MASK), class.checked_sub(1).map(|c| c as u8))
    }

    /// What follows from a rule of the host.
    pub(crate) fn consequence(&self, rule: u32) -> Option<&Outcome> {
        let number = TermId(rule);
        let ruling = if number.is_overlay() { &self.own_ruling } else { &self.ruling };
        ruling.as_ref()?.rules.get(number.index())
    }

    /// The same, in every language, with other words and rules laid over.
    pub(crate) fn overlaid(
        &self,
        overlay: &Arc<Table>,
        ruling: Option<&Arc<Ruling>>,
        fingerprint: &str,
    ) -> Self {
        let over = |catalog: &Arc<Self>| Arc::new(catalog.overlaid(overlay, ruling, fingerprint));
        Self {
            taxonomy: self.taxonomy.clone(),
            base: self.base.clone(),
            overlay: Some(overlay.clone()),
            phrases: self.phrases.clone(),
            ruling: self.ruling.clone(),
            own_ruling: ruling.cloned(),
            fingerprint: fingerprint.to_owned(),
            language: self.language,
            brought: self.brought.iter().map(over).collect(),
        }
    }

    /// Whether there are rules of the host.
    pub(crate) fn has_rules(&self) -> bool {
        self.ruling.is_some() || self.own_ruling.is_some()
    }

    /// Name of a rule.
    pub(crate) fn rule(&self, rule: u32) -> String {
        let (term, target) = Self::parts(rule);
        let name = |t: &Table| match target {
            Some(class) => t.vocabulary.target_rule(term.index(), class.into()),
            None => t.vocabulary.rule(term.index()),
        };
        self.table(term).map_or_else(|| "rest".to_owned(), name)
    }
}
