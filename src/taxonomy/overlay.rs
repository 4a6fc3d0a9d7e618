//! Laying one pack over others: whose words count where both know them.

use super::entry::Entry;
use super::{Pack, Taxonomy, Topic};
use crate::error::{Error, ErrorKind, Result, suggest};
use rustc_hash::FxHashMap;

/// Where the upper pack's terms lead.
type Homes<'a> = FxHashMap<&'a str, &'a str>;

/// Lays a pack over a taxonomy: takes away what it disables, removes and claims, then changes and adds topics.
pub(super) fn lay(taxonomy: &mut Taxonomy, pack: Pack) -> Result<()> {
    let (info, entries) = pack.into_parts();
    for entry in entries.iter().filter(|e| e.disabled) {
        disable(taxonomy, entry)?;
    }
    taxonomy.reindex()?;
    for entry in entries.iter().filter(|e| !e.disabled) {
        if let Some(topic) = taxonomy.find(&entry.path).and_then(|id| taxonomy.topics.get_mut(id.index())) {
            entry.strip(topic)?;
        }
    }
    yield_terms(&mut taxonomy.topics, &entries);
    for entry in entries.into_iter().filter(|e| !e.disabled) {
        let known = taxonomy.find(&entry.path).and_then(|id| taxonomy.topics.get_mut(id.index()));
        if let Some(topic) = known {
            entry.change(topic);
        } else {
            let topic = entry.create(taxonomy.topics.iter().map(Topic::path))?;
            taxonomy.topics.push(topic);
        }
    }
    taxonomy.packs.push(info);
    taxonomy.name = taxonomy.packs.iter().map(|p| p.name().to_owned()).collect::<Vec<_>>().join("+");
    taxonomy.reindex()
}

/// Takes topics away; their phrases stay good and bad news of no topic.
fn disable(taxonomy: &mut Taxonomy, entry: &Entry) -> Result<()> {
    let Taxonomy { topics, homeless, .. } = taxonomy;
    let before = topics.len();
    let hint = suggest(&entry.path, topics.iter().map(Topic::path));
    topics.retain_mut(|topic| {
        let stays = !entry.disables(&topic.path);
        if !stays {
            for terms in [&mut topic.en, &mut topic.zh] {
                homeless.problems.append(&mut terms.problems);
                homeless.praises.append(&mut terms.praises);
            }
        }
        stays
    });
    if topics.len() == before {
        let message = format!("topic \"{}\" is disabled but not defined below{hint}", entry.path);
        return Err(entry.place.error(ErrorKind::Unknown, message));
    }
    Ok(())
}

/// Takes from the lower topics every term that the upper pack gives to another topic.
fn yield_terms(lower: &mut [Topic], upper: &[Entry]) {
    let (mut targets, mut alone) = (Homes::default(), Homes::default());
    for entry in upper {
        for terms in [&entry.en.add, &entry.zh.add] {
            targets.extend(terms.targets.iter().map(|t| (t.as_str(), entry.path.as_str())));
            let words = [&terms.expressions, &terms.problems, &terms.praises];
            alone.extend(words.into_iter().flatten().map(|t| (t.as_str(), entry.path.as_str())));
        }
    }
    for topic in lower {
        let path = topic.path.as_str();
        let keeps = |homes: &Homes<'_>, term: &str| homes.get(term).is_none_or(|home| *home == path);
        for terms in [&mut topic.en, &mut topic.zh] {
            terms.targets.retain(|t| keeps(&targets, t));
            for words in [&mut terms.expressions, &mut terms.problems, &mut terms.praises] {
                words.retain(|t| keeps(&alone, t));
            }
        }
    }
}

/// Too many topics for their numbers.
pub(super) fn too_many() -> Error {
    Error::new(ErrorKind::Limit, "a taxonomy holds at most 65535 topics")
}
