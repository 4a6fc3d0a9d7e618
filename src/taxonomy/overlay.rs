//! Laying one pack over another: whose words count where both know them.

use super::Topic;
use rustc_hash::FxHashMap;

/// Where the upper pack's terms lead.
type Homes<'a> = FxHashMap<&'a str, &'a str>;

/// Takes from the lower topics every term that the upper pack gives to another topic.
pub(super) fn yield_terms(lower: &mut [Topic], upper: &[Topic]) {
    let (mut targets, mut alone) = (Homes::default(), Homes::default());
    for topic in upper {
        for terms in [topic.en(), topic.zh()] {
            targets.extend(terms.targets.iter().map(|t| (t.as_str(), topic.path())));
            let words = [&terms.expressions, &terms.problems, &terms.praises];
            alone.extend(words.into_iter().flatten().map(|t| (t.as_str(), topic.path())));
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
