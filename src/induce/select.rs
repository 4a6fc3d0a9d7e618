//! What is worth an entry.

use super::Options;
use super::design::{Column, Design, LARGEST, LOGITS};
use super::fit::Estimate;
use super::layer::{Layer, Learned};

/// Half width of a 95 % interval in standard errors.
const Z: f64 = 1.96;

/// Marks the candidates with the clearest estimates: those farthest from 0 in standard errors.
pub(super) fn strongest(design: &Design, estimates: &[Estimate], options: &Options) -> Vec<bool> {
    let clarity = |i: &usize| estimates.get(*i).map_or(0.0, |e| (e.weight / e.error).abs());
    let columns = design.columns.iter().enumerate();
    let mut order: Vec<usize> = columns.filter(|(_, c)| c.candidate).map(|(i, _)| i).collect();
    order.sort_by(|a, b| clarity(b).total_cmp(&clarity(a)).then(a.cmp(b)));
    let mut marked = vec![false; design.columns.len()];
    for i in order.into_iter().take(options.max_entries) {
        if let Some(mark) = marked.get_mut(i) {
            *mark = true;
        }
    }
    marked
}

/// The entries: new words, and listed ones whose value moved.
pub(super) fn layer(design: &Design, estimates: &[Estimate], options: &Options) -> Layer {
    let rows = design.columns.iter().zip(estimates);
    let mut entries: Vec<Learned> = rows.filter_map(|(c, e)| learned(c, *e, options)).collect();
    entries.sort_by(|a, b| a.term.cmp(&b.term).then(a.list.cmp(&b.list)));
    Layer::new(entries)
}

fn learned(column: &Column, estimate: Estimate, options: &Options) -> Option<Learned> {
    let value = (estimate.weight / LOGITS) as f32;
    let value = ((value * 100.0).round() / 100.0).clamp(-LARGEST, LARGEST);
    let count = column.cells.len() as u32;
    if count < options.min_count || (value - column.listed).abs() < options.min_change {
        return None;
    }
    let half = (Z * estimate.error / LOGITS) as f32;
    Some(Learned {
        term: column.term.clone(),
        list: column.list,
        class: column.list.classes().get(column.class as usize).copied().unwrap_or_default(),
        value,
        listed: (!column.candidate).then_some(column.listed),
        count,
        low: value - half,
        high: value + half,
    })
}
