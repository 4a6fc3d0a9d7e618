//! What the lists say of each place of a text: where no new phrase can stand.

use crate::annotate::{Catalog, OVERALL};
use crate::lexicon::{ALL_GROUPS, Hit, List, Scan, Sense, valence};
use crate::taxonomy::TopicId;
use std::ops::Range;

/// Marks of a text, byte by byte.
#[derive(Debug, Default)]
pub(super) struct Marks {
    places: Vec<Mark>,
    scan: Scan,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    #[default]
    Free,
    /// Names the product as a whole: part of a phrase, but none by itself.
    Whole,
    /// Leads to a topic already, or is what opinions, wishes and sentences are made of.
    Closed,
}

impl Marks {
    /// Marks a cleaned text.
    pub(super) fn set(&mut self, text: &str, catalog: &Catalog) {
        self.places.clear();
        self.places.resize(text.len(), Mark::Free);
        self.scan.run(text, &catalog.base, catalog.overlay.as_deref(), ALL_GROUPS);
        for hit in &self.scan.hits {
            let mark = mark(hit, text, catalog);
            for place in self.places.get_mut(hit.start as usize..hit.end as usize).into_iter().flatten() {
                *place = mark.max(*place);
            }
        }
    }

    /// Whether a place belongs to a closed word.
    pub(super) fn is_closed(&self, at: usize) -> bool {
        self.places.get(at).is_none_or(|m| *m == Mark::Closed)
    }

    /// Whether all of it only names the product as a whole.
    pub(super) fn is_whole(&self, range: Range<usize>) -> bool {
        // Blanks between words are free.
        let text = self.places.get(range).unwrap_or_default();
        let free = text.split(|m| *m != Mark::Free).filter(|run| run.len() > 1).count();
        free == 0
    }
}

fn mark(hit: &Hit, text: &str, catalog: &Catalog) -> Mark {
    let Some(table) = catalog.table(hit.term) else { return Mark::Free };
    let words = text.get(hit.start as usize..hit.end as usize).unwrap_or_default();
    // A Han character alone is as often part of a longer word.
    if hit.han && words.chars().count() == 1 {
        return Mark::Free;
    }
    let senses = table.vocabulary.senses(hit.term.index()).iter();
    let speaking = senses.filter(|s| s.list.group() & hit.groups != 0);
    speaking.map(|sense| of_sense(*sense, catalog)).max().unwrap_or_default()
}

fn of_sense(sense: Sense, catalog: &Catalog) -> Mark {
    let is_overall = || catalog.taxonomy.path(TopicId(sense.topic)) == OVERALL;
    match sense.list {
        List::Target if is_overall() => Mark::Whole,
        List::Facet | List::Compound | List::Cue => Mark::Free,
        List::Valence if sense.class == valence::CUE => Mark::Free,
        _ => Mark::Closed,
    }
}
