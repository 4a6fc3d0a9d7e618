//! Where to work first: importance against performance.
//!
//! Martilla and James (1977, Journal of Marketing 41:77) ask customers for both; importance may also be derived,
//! as the correlation of a dimension with the overall score. The lines that part the four fields are the means
//! over all dimensions.

use crate::metrics::Estimate;
use serde::{Deserialize, Serialize};

/// The four fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quadrant {
    /// Important and weak.
    ConcentrateHere,
    /// Important and strong.
    KeepUpTheGoodWork,
    /// Unimportant and weak.
    LowPriority,
    /// Unimportant and strong.
    PossibleOverkill,
}

impl Quadrant {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ConcentrateHere => "concentrate_here",
            Self::KeepUpTheGoodWork => "keep_up_the_good_work",
            Self::LowPriority => "low_priority",
            Self::PossibleOverkill => "possible_overkill",
        }
    }

    const fn of(important: bool, strong: bool) -> Self {
        match (important, strong) {
            (true, false) => Self::ConcentrateHere,
            (true, true) => Self::KeepUpTheGoodWork,
            (false, false) => Self::LowPriority,
            (false, true) => Self::PossibleOverkill,
        }
    }
}

/// One dimension in its field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Placed {
    /// Name of the dimension.
    pub name: String,
    /// How much the overall score goes along with it.
    pub importance: Estimate,
    /// How good it is.
    pub performance: Estimate,
    /// The field of both numbers.
    pub quadrant: Quadrant,
    /// Whether neither interval reaches over a line: else the field may be a neighbour.
    pub is_clear: bool,
}

/// All dimensions with the lines between the fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Grid {
    /// Mean importance.
    pub importance: f64,
    /// Mean performance.
    pub performance: f64,
    /// The dimensions, those to concentrate on first, within a field the most important first.
    pub placed: Vec<Placed>,
}

/// Places dimensions, each with its name, importance and performance; `None` for fewer than two, for the lines
/// are their means.
///
/// ```
/// use candor::metrics::{Confidence, Estimate, driver::quadrant};
/// let exact = |value| Estimate { value, low: value, high: value, n: 100 };
/// let grid = quadrant::grid([("speed", exact(0.7), exact(2.9)), ("packaging", exact(0.2), exact(4.6))]).unwrap();
/// let fields: Vec<_> = grid.placed.iter().map(|p| (p.name.as_str(), p.quadrant.as_str())).collect();
/// assert_eq!(fields, [("speed", "concentrate_here"), ("packaging", "possible_overkill")]);
/// ```
pub fn grid<'a>(dimensions: impl IntoIterator<Item = (&'a str, Estimate, Estimate)>) -> Option<Grid> {
    let rows: Vec<_> = dimensions.into_iter().collect();
    if rows.len() < 2 {
        return None;
    }
    let mean =
        |of: fn(&(&str, Estimate, Estimate)) -> f64| rows.iter().map(of).sum::<f64>() / rows.len() as f64;
    let (across, along) = (mean(|row| row.1.value), mean(|row| row.2.value));
    let aside = |estimate: Estimate, line: f64| estimate.low > line || estimate.high < line;
    let place = |&(name, importance, performance): &(&str, Estimate, Estimate)| Placed {
        name: name.to_owned(),
        importance,
        performance,
        quadrant: Quadrant::of(importance.value >= across, performance.value >= along),
        is_clear: aside(importance, across) && aside(performance, along),
    };
    let mut placed: Vec<Placed> = rows.iter().map(place).collect();
    let order = |a: &Placed, b: &Placed| {
        let importance = b.importance.value.total_cmp(&a.importance.value);
        a.quadrant.cmp(&b.quadrant).then(importance).then_with(|| a.name.cmp(&b.name))
    };
    placed.sort_by(order);
    Some(Grid { importance: across, performance: along, placed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_over_a_line_is_not_clear() {
        let of = |value, margin| Estimate { value, low: value - margin, high: value + margin, n: 9 };
        let rows = [("a", of(0.6, 0.1), of(4.0, 0.2)), ("b", of(0.2, 0.3), of(2.0, 0.2))];
        let clear: Vec<_> =
            grid(rows).unwrap().placed.into_iter().map(|p| (p.quadrant, p.is_clear)).collect();
        assert_eq!(clear, [(Quadrant::KeepUpTheGoodWork, true), (Quadrant::LowPriority, false)]);
        assert_eq!(grid([("a", of(0.6, 0.1), of(4.0, 0.2))]), None);
    }
}
