//! Distinct members of a set, in bounded memory.

use serde::{Deserialize, Serialize};

/// Hashes kept.
const KEPT: usize = 256;

/// The smallest hashes of a set: exact below `KEPT` members, beyond that an estimate with a relative standard error of
/// `1/sqrt(KEPT - 2)`, some 6 % (Bar-Yossef et al. 2002, "Counting distinct elements in a data stream"; Beyer et al. 2007,
/// "On synopses for distinct-value estimation under multiset operations"). The union of two samples is the sample of the
/// union.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<u64>")]
pub(super) struct Sample(Vec<u64>);

/// What is read need not be in order.
impl From<Vec<u64>> for Sample {
    fn from(hashes: Vec<u64>) -> Self {
        let mut sample = Self::default();
        for hash in hashes {
            sample.insert(hash);
        }
        sample
    }
}

impl Sample {
    pub(super) fn insert(&mut self, hash: u64) {
        let full = self.0.len() == KEPT;
        if full && self.0.last().is_some_and(|last| *last <= hash) {
            return;
        }
        if let Err(place) = self.0.binary_search(&hash) {
            if full {
                self.0.pop();
            }
            if self.0.is_empty() {
                // Most phrases stand in one item only.
                self.0.reserve_exact(1);
            }
            self.0.insert(place, hash);
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for hash in &other.0 {
            self.insert(*hash);
        }
    }

    /// Number of distinct members.
    pub(super) fn count(&self) -> u64 {
        match self.0.last() {
            Some(last) if self.0.len() == KEPT => {
                let part = *last as f64 / u64::MAX as f64;
                ((KEPT - 1) as f64 / part).round() as u64
            }
            _ => self.0.len() as u64,
        }
    }

    /// The part of the smaller set that the other holds too, 0..1.
    pub(super) fn containment(&self, other: &Self) -> f64 {
        // Above the last hash of a full sample nothing is known of its set.
        let bound = |s: &Self| if s.0.len() == KEPT { s.0.last().copied() } else { None };
        let limit = bound(self).unwrap_or(u64::MAX).min(bound(other).unwrap_or(u64::MAX));
        let below = |s: &Self| s.0.partition_point(|h| *h <= limit);
        let (own, theirs) = (below(self), below(other));
        let shared = self.0.iter().take(own).filter(|h| other.0.binary_search(h).is_ok()).count();
        shared as f64 / own.min(theirs).max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::stable;
    use proptest::prelude::*;

    fn sample(range: std::ops::Range<u32>) -> Sample {
        let mut sample = Sample::default();
        for i in range {
            sample.insert(stable(&[&i.to_string()]));
        }
        sample
    }

    #[test]
    fn few_are_counted_many_are_estimated() {
        assert_eq!(sample(0..255).count(), 255);
        let many = sample(0..20_000).count();
        assert!((18_000..22_000).contains(&many), "{many}");
    }

    #[test]
    fn the_smaller_set_counts() {
        assert_eq!(sample(0..100).containment(&sample(50..100)), 1.0);
        assert_eq!(sample(0..100).containment(&sample(90..190)), 0.1);
        let part = sample(0..4000).containment(&sample(2000..6000));
        assert!((0.4..0.6).contains(&part), "{part}");
        assert_eq!(Sample::default().containment(&sample(0..3)), 0.0);
    }

    proptest! {
        #[test]
        fn a_union_does_not_depend_on_the_order(hashes in proptest::collection::vec(any::<u64>(), 0..700), cut in 0_usize..700) {
            let of = |hashes: &[u64]| {
                let mut sample = Sample::default();
                for h in hashes {
                    sample.insert(*h);
                }
                sample
            };
            let cut = cut.min(hashes.len());
            let (mut a, mut b) = (of(&hashes[..cut]), of(&hashes[cut..]));
            let (first, second) = (a.clone(), b.clone());
            a.merge(&second);
            b.merge(&first);
            prop_assert_eq!(&a, &b);
            prop_assert_eq!(a, of(&hashes));
        }
    }
}
