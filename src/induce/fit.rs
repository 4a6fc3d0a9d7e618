//! The fit: logistic regression under a Gaussian prior, one coordinate after the other.
//!
//! Cyclic coordinate descent with a trust region for each coordinate ("CLG": Genkin, Lewis & Madigan 2007,
//! "Large-scale Bayesian logistic regression for text categorization", Technometrics 49).

use super::design::{Column, Design};

/// Passes over all coordinates; the fit ends earlier when nothing moves.
const PASSES: usize = 40;
/// Sum of changes of the margins, relative to the margins, below which nothing moves.
const STILL: f64 = 0.0005;

/// A fitted column.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Estimate {
    /// In logits.
    pub(super) weight: f64,
    /// Standard error by the diagonal of the Hessian.
    pub(super) error: f64,
}

/// Estimates every column; `weights` are those of the items.
pub(super) fn fit(design: &Design, weights: &[f64]) -> Vec<Estimate> {
    let mut margins = vec![0.0; design.sides.len()];
    let mut estimates: Vec<Estimate> =
        design.columns.iter().map(|c| Estimate { weight: c.mean, error: 0.0 }).collect();
    for (column, estimate) in design.columns.iter().zip(&estimates) {
        shift(column, estimate.weight, &design.sides, &mut margins);
    }
    let mut trust = vec![1.0; design.columns.len()];
    for _ in 0..PASSES {
        let mut moved = 0.0;
        for ((column, estimate), trust) in design.columns.iter().zip(&mut estimates).zip(&mut trust) {
            let (slope, curve) = derivatives(column, estimate.weight, *trust, design, weights, &margins);
            let step = (-slope / curve).clamp(-*trust, *trust);
            let (low, high) = column.bounds;
            let step = (estimate.weight + step).clamp(low, high) - estimate.weight;
            moved += shift(column, step, &design.sides, &mut margins);
            estimate.weight += step;
            estimate.error = curve.sqrt().recip();
            *trust = (2.0 * step.abs()).max(*trust / 2.0);
        }
        if moved <= STILL * (1.0 + margins.iter().map(|m: &f64| m.abs()).sum::<f64>()) {
            break;
        }
    }
    estimates
}

/// First derivative of the penalised loss, and a bound of the second within the trust region.
fn derivatives(
    column: &Column,
    weight: f64,
    trust: f64,
    design: &Design,
    weights: &[f64],
    margins: &[f64],
) -> (f64, f64) {
    let (mut slope, mut curve) = (column.precision * (weight - column.mean), column.precision);
    for &(item, value) in &column.cells {
        let (item, value) = (item as usize, f64::from(value));
        let (Some(margin), Some(side), Some(share)) =
            (margins.get(item), design.sides.get(item), weights.get(item))
        else {
            continue;
        };
        slope -= share * side * value / (1.0 + margin.exp());
        let (far, reach) = (margin.abs(), (trust * value).abs());
        let bound =
            if far <= reach { 0.25 } else { (2.0 + (far - reach).exp() + (reach - far).exp()).recip() };
        curve += share * value * value * bound;
    }
    (slope, curve)
}

/// Moves the margins by a step of one coordinate; returns how far in all.
fn shift(column: &Column, step: f64, sides: &[f64], margins: &mut [f64]) -> f64 {
    let mut moved = 0.0;
    for &(item, value) in &column.cells {
        if let (Some(margin), Some(side)) = (margins.get_mut(item as usize), sides.get(item as usize)) {
            let by = step * f64::from(value) * side;
            *margin += by;
            moved += by.abs();
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::List;

    fn column(precision: f64, cells: &[(u32, f32)]) -> Column {
        let term = String::new();
        let (cells, bounds) = (cells.to_vec(), (-2.0, 2.0));
        Column {
            term,
            list: List::Cue,
            class: 0,
            listed: 0.0,
            candidate: true,
            mean: 0.0,
            precision,
            bounds,
            cells,
        }
    }

    #[test]
    fn meets_the_closed_form() {
        // Three of four items with the word are content: the optimum of w solves 3(1-p) - p = λw, p = σ(w).
        let cells: Vec<(u32, f32)> = (0..4).map(|i| (i, 1.0)).collect();
        let design = Design { columns: vec![column(0.5, &cells)], sides: vec![1.0, 1.0, 1.0, -1.0] };
        let weight = fit(&design, &[1.0; 4]).first().unwrap().weight;
        let p = 1.0 / (1.0 + (-weight).exp());
        assert!((3.0 * (1.0 - p) - p - 0.5 * weight).abs() < 1e-3, "{weight}");
    }
}
