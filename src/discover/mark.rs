//! What the lists say of each place of a text: where no new phrase can stand.

use crate::annotate::Catalog;
use crate::lexicon::{ALL_GROUPS, Hit, List, Scan, Sense, valence};
use std::ops::Range;

/// Value from which a word decides an intent alone; below, it is often a plain noun that only leans ("code").
const DECIDES: f32 = 0.5;

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
    /// Names a topic, or the product as a whole: part of a phrase ("magnetic latch"), but none by itself.
    Named,
    /// Leads to a topic on its own, or is what opinions, wishes and sentences are made of.
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

    /// Whether at least so many bytes in a row are in no list.
    pub(super) fn is_new(&self, range: Range<usize>, least: usize) -> bool {
        let places = self.places.get(range).unwrap_or_default();
        places.split(|mark| *mark != Mark::Free).any(|run| run.len() >= least)
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
    speaking.map(|sense| of_sense(*sense)).max().unwrap_or_default()
}

fn of_sense(sense: Sense) -> Mark {
    match sense.list {
        List::Target => Mark::Named,
        List::Facet | List::Compound | List::Cue => Mark::Free,
        List::Valence if sense.class == valence::CUE => Mark::Free,
        List::Intent if sense.value.abs() < DECIDES => Mark::Free,
        _ => Mark::Closed,
    }
}
