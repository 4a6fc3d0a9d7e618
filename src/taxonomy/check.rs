//! What must hold between the topics of a pack.

use super::{Taxonomy, Topic};
use crate::error::{Error, ErrorKind, Result};
use rustc_hash::FxHashMap;

/// All checks over a whole taxonomy.
pub(super) fn all(taxonomy: &Taxonomy) -> Result<()> {
    terms(taxonomy)
}

/// No term may name two topics, on its own or as a target; every term must be able to match.
pub(super) fn terms(taxonomy: &Taxonomy) -> Result<()> {
    let mut targets = FxHashMap::default();
    let mut expressions = FxHashMap::default();
    for (_, topic) in taxonomy.topics() {
        for terms in [topic.en(), topic.zh()] {
            let alone = [&terms.expressions, &terms.problems, &terms.praises];
            once(taxonomy, topic, terms.targets.iter(), &mut targets)?;
            once(taxonomy, topic, alone.into_iter().flatten(), &mut expressions)?;
            for term in &terms.attributes {
                clean(taxonomy, topic, term)?;
            }
        }
    }
    Ok(())
}

fn once<'a>(
    taxonomy: &Taxonomy,
    topic: &'a Topic,
    terms: impl Iterator<Item = &'a String>,
    seen: &mut FxHashMap<&'a str, &'a str>,
) -> Result<()> {
    for term in terms {
        clean(taxonomy, topic, term)?;
        if let Some(other) = seen.insert(term, topic.path())
            && other != topic.path()
        {
            let message = format!("term \"{term}\" leads to both \"{other}\" and \"{}\"", topic.path());
            return Err(Error::new(ErrorKind::Conflict, message).at_source(taxonomy.label()));
        }
    }
    Ok(())
}

fn clean(taxonomy: &Taxonomy, topic: &Topic, term: &str) -> Result<()> {
    if crate::lexicon::is_clean(term) {
        return Ok(());
    }
    let message =
        format!("term \"{term}\" of topic \"{}\" can never match: {}", topic.path(), crate::lexicon::CLEAN);
    Err(Error::new(ErrorKind::Invalid, message).at_source(taxonomy.label()))
}
