//! CSAT: share of satisfied answers among ratings of kind `csat`.

use super::{Confidence, Estimate, Level, Levels, Moments};
use crate::feedback::RatingKind;

/// Whether an answer counts as satisfied; `None` when its scale has no published rule.
///
/// The rule that survey vendors publish (Formbricks): 2 levels: the top one; 3: the top one; 4 to 7: the top
/// two; 10: the top three. A scale `0..10` has 11 levels and no rule; it is not guessed.
///
/// ```
/// use candor::{feedback::{Rating, RatingKind}, metrics::{Levels, csat}};
/// let mut levels = Levels::default();
/// levels.add(&Rating::new(4.0, 1.0, 5.0, RatingKind::Csat)?);
/// assert_eq!(levels.iter().map(|(level, _)| csat::is_satisfied(level)).collect::<Vec<_>>(), [Some(true)]);
/// # Ok::<(), candor::Error>(())
/// ```
pub fn is_satisfied(level: &Level) -> Option<bool> {
    let (min, max) = level.scale()?;
    if min.fract() != 0.0 || max.fract() != 0.0 {
        return None;
    }
    let top = match max - min + 1.0 {
        2.0 | 3.0 => 1.0,
        4.0 | 5.0 | 6.0 | 7.0 => 2.0,
        10.0 => 3.0,
        _ => return None,
    };
    Some(level.value() > max - top)
}

/// 1 for a satisfied answer, 0 for another.
pub(super) fn moments(levels: &Levels) -> Moments {
    let mut moments = Moments::default();
    for (level, n) in levels.of_kind(RatingKind::Csat) {
        if let Some(satisfied) = is_satisfied(level) {
            moments.add(f64::from(u8::from(satisfied)), n);
        }
    }
    moments
}

/// The share of satisfied answers, 0..1, with its Wilson interval; `None` without answers that have a rule.
pub fn score(levels: &Levels, confidence: Confidence) -> Option<Estimate> {
    let (mut satisfied, mut n) = (0, 0);
    for (level, count) in levels.of_kind(RatingKind::Csat) {
        match is_satisfied(level) {
            Some(true) => (satisfied, n) = (satisfied + count, n + count),
            Some(false) => n += count,
            None => {}
        }
    }
    Estimate::share(satisfied, n, confidence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feedback::Rating;

    #[test]
    fn satisfied_levels_as_published() {
        let satisfied = |min: f64, max: f64| {
            let mut levels = Levels::default();
            let mut value = min;
            while value <= max {
                levels.add(&Rating::new(value, min, max, RatingKind::Csat).unwrap());
                value += 1.0;
            }
            levels.iter().filter(|(level, _)| is_satisfied(level) == Some(true)).count()
        };
        let counts: Vec<_> = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(|n| satisfied(1.0, f64::from(n))).into();
        assert_eq!(counts, [1, 1, 2, 2, 2, 2, 0, 0, 3, 0]);
        assert_eq!((satisfied(0.0, 1.0), satisfied(0.0, 4.0)), (1, 2));
    }

    #[test]
    fn scales_are_judged_each_by_its_own_rule() {
        let mut levels = Levels::default();
        for (value, max) in [(5.0, 5.0), (3.0, 5.0), (3.0, 3.0), (9.0, 9.0)] {
            levels.add(&Rating::new(value, 1.0, max, RatingKind::Csat).unwrap());
        }
        let csat = score(&levels, Confidence::default()).unwrap();
        assert_eq!((csat.value, csat.n), (2.0 / 3.0, 3));
    }
}
