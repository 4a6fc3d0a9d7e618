//! What stands next to a phrase: a word stands in many contexts, a piece of one does not.

use serde::{Deserialize, Serialize};

/// Distinct neighbours kept; more than the rule asks for.
const KEPT: usize = 4;

/// Neighbours on one side. The smallest are kept, so that the union of two does not depend on the order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Neighbours {
    seen: [u32; KEPT],
    count: u8,
    ends: u32,
}

impl Neighbours {
    /// Counts a neighbour; 0 is the end of a clause.
    pub(super) fn insert(&mut self, neighbour: u32) {
        if neighbour == 0 {
            self.ends = self.ends.saturating_add(1);
            return;
        }
        let mut next = neighbour;
        for slot in self.seen.iter_mut().take(self.count.into()) {
            if *slot == next {
                return;
            }
            if next < *slot {
                std::mem::swap(slot, &mut next);
            }
        }
        if let Some(slot) = self.seen.get_mut(usize::from(self.count)) {
            *slot = next;
            self.count += 1;
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for n in other.seen.iter().take(other.count.into()) {
            self.insert(*n);
        }
        self.ends = self.ends.saturating_add(other.ends);
    }

    /// Accessor variety (Feng, Chen, Deng and Zheng 2004, Computational Linguistics 30:75): distinct neighbours, each
    /// end of a clause being one of its own. Exact up to what the rule asks for.
    pub(super) fn variety(&self) -> u32 {
        u32::from(self.count).saturating_add(self.ends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ends_count_each() {
        let mut neighbours = Neighbours::default();
        for n in [7, 7, 0, 0, 3] {
            neighbours.insert(n);
        }
        assert_eq!(neighbours.variety(), 4);
    }

    proptest! {
        #[test]
        fn the_order_does_not_matter(mut all in proptest::collection::vec(0_u32..9, 0..20)) {
            let of = |all: &[u32]| {
                let mut n = Neighbours::default();
                for x in all {
                    n.insert(*x);
                }
                n
            };
            let (forward, half) = (of(&all), all.len() / 2);
            let mut merged = of(&all[half..]);
            merged.merge(&of(&all[..half]));
            prop_assert_eq!(merged, forward);
            all.reverse();
            prop_assert_eq!(of(&all), forward);
        }
    }
}
