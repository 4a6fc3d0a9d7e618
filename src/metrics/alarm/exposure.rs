//! What could have led to feedback, as the host counts it.

use crate::metrics::Scope;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Orders, sessions or parcels by day (UTC), everywhere or in one scope.
///
/// Alarms of everything, or of a scope, that stands here are rates against it. Its days without a number are not
/// judged.
///
/// ```
/// use candor::metrics::{Scope, alarm::Exposure};
/// let monday = "2025-03-03T00:00:00Z".parse().unwrap();
/// let mut orders = Exposure::new();
/// orders.add(monday, None, 1200);
/// orders.add(monday, Some(&Scope::new("product", "lamp")), 80);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exposure(BTreeMap<Option<Scope>, BTreeMap<i64, u64>>);

impl Exposure {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds to the day of an instant; each order is to be added once, and once more in every scope it belongs to.
    pub fn add(&mut self, at: Timestamp, scope: Option<&Scope>, amount: u64) {
        let scope = scope.map(|scope| Scope::new(scope.dimension.trim(), scope.value.trim()));
        let day = at.as_second().div_euclid(86_400);
        let sum = self.0.entry(scope).or_default().entry(day).or_default();
        *sum = sum.saturating_add(amount);
    }

    /// The sums of each bucket in a range, by the number of the bucket; `None` where nothing was given.
    pub(super) fn of(
        &self,
        scope: Option<&Scope>,
        bucket_days: u16,
        buckets: (i32, i32),
    ) -> Option<Vec<f64>> {
        let days = self.0.get(&scope.cloned())?;
        let width = i64::from(bucket_days);
        let sum = |bucket: i32| {
            let first = i64::from(bucket) * width;
            days.range(first..first + width).map(|(_, amount)| *amount as f64).sum()
        };
        Some((buckets.0..=buckets.1).map(sum).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_summed_to_buckets() {
        let mut exposure = Exposure::new();
        for (day, amount) in [(6, 5), (7, 1), (13, 2), (13, 3), (14, 9)] {
            exposure.add(Timestamp::from_second(day * 86_400 + 7).unwrap(), None, amount);
        }
        assert_eq!(exposure.of(None, 7, (1, 3)), Some(vec![6.0, 9.0, 0.0]));
        assert_eq!(exposure.of(Some(&Scope::new("product", "lamp")), 7, (1, 3)), None);
    }
}
