//! What must hold between the topics of a pack.

use super::entry::Entry;
use crate::error::{ErrorKind, Result};
use rustc_hash::FxHashMap;

/// The topics that words lead to.
type Homes<'a> = FxHashMap<&'a str, &'a str>;

/// Each topic stands once, and no term names two topics, on its own or as a target; every term can match.
pub(super) fn pack(entries: &[Entry]) -> Result<()> {
    let (mut topics, mut targets, mut alone) = (Homes::default(), Homes::default(), Homes::default());
    for entry in entries {
        if topics.insert(&entry.path, "").is_some() {
            let message = format!("topic \"{}\" is defined twice", entry.path);
            return Err(entry.place.error(ErrorKind::Conflict, message));
        }
        for terms in [&entry.en.add, &entry.zh.add] {
            once(entry, terms.targets.iter(), &mut targets)?;
            let phrases = [&terms.expressions, &terms.problems, &terms.praises];
            once(entry, phrases.into_iter().flatten(), &mut alone)?;
            terms.attributes.iter().try_for_each(|term| clean(entry, term))?;
        }
    }
    Ok(())
}

fn once<'a>(entry: &'a Entry, terms: impl Iterator<Item = &'a String>, seen: &mut Homes<'a>) -> Result<()> {
    for term in terms {
        clean(entry, term)?;
        if let Some(other) = seen.insert(term, &entry.path)
            && other != entry.path
        {
            let message =
                format!("term \"{term}\" leads to both \"{other}\" and \"{}\"; keep it in one", entry.path);
            return Err(entry.place.of_term(term).error(ErrorKind::Conflict, message));
        }
    }
    Ok(())
}

fn clean(entry: &Entry, term: &str) -> Result<()> {
    if crate::lexicon::is_clean(term) {
        return Ok(());
    }
    let message =
        format!("term \"{term}\" of topic \"{}\" can never match: {}", entry.path, crate::lexicon::CLEAN);
    Err(entry.place.of_term(term).error(ErrorKind::Invalid, message))
}
