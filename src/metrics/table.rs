//! Strings by number, so that keys are small.

use rustc_hash::FxHashMap;

/// Strings in the order of their first use.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    strings: Vec<Box<str>>,
    index: FxHashMap<Box<str>, u32>,
}

impl Table {
    /// The number of a string, new or known.
    pub(super) fn intern(&mut self, text: &str) -> u32 {
        if let Some(&id) = self.index.get(text) {
            return id;
        }
        let id = self.strings.len() as u32;
        self.strings.push(text.into());
        self.index.insert(text.into(), id);
        id
    }

    /// The string with this number; empty when there is none.
    pub(super) fn name(&self, id: u32) -> &str {
        self.strings.get(id as usize).map_or("", |s| s)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.strings.iter().map(|s| &**s)
    }

    /// The strings sorted, and for each number the place of its string among them.
    pub(super) fn sorted(&self) -> (Vec<&str>, Vec<u32>) {
        let mut order: Vec<(&str, usize)> = self.iter().zip(0..).collect();
        order.sort_unstable();
        let mut places = vec![0; order.len()];
        for (place, (_, id)) in order.iter().enumerate() {
            if let Some(slot) = places.get_mut(*id) {
                *slot = place as u32;
            }
        }
        (order.into_iter().map(|(text, _)| text).collect(), places)
    }
}
