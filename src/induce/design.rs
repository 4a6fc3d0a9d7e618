//! The design: what each rule and each candidate adds to each item, as columns of a sparse matrix.

use super::{Example, Options};
use crate::annotate::{Catalog, Insight};
use crate::engine::Engine;
use crate::lexicon::{List, Sense, valence};
use rustc_hash::FxHashMap;

/// Logits that one unit of a listed value is worth before learning.
pub(super) const LOGITS: f64 = 0.5;
/// A long text says each thing with less force: an item of `n` firings counts each with `(n / 16)^-0.3`.
const LENGTH: f64 = 16.0;
const DAMPING: f64 = 0.3;
/// Most that a value may say.
pub(super) const LARGEST: f32 = 4.0;
/// Most that a new cue may say: less than half of what a plain opinion word says.
const CUE: f32 = 0.5;
/// More of the same word in one item adds nothing.
const MOST: f32 = 3.0;

/// One rule or candidate.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) term: String,
    pub(super) list: List,
    pub(super) class: u8,
    /// Value in the lists; 0 for a candidate.
    pub(super) listed: f32,
    pub(super) candidate: bool,
    /// Mean and precision of the prior, in logits.
    pub(super) mean: f64,
    pub(super) precision: f64,
    /// Where the estimate may lie, in logits.
    pub(super) bounds: (f64, f64),
    /// Items and what it adds there, in order.
    pub(super) cells: Vec<(u32, f32)>,
}

/// All columns, and the side of each item: 1 or -1.
#[derive(Debug)]
pub(super) struct Design {
    pub(super) columns: Vec<Column>,
    pub(super) sides: Vec<f64>,
}

impl Design {
    /// Reads every example with the engine that knows the candidates.
    pub(super) fn build(engine: &Engine, examples: &[Example<'_>], options: &Options) -> Self {
        let mut design = Self { columns: Vec::new(), sides: Vec::with_capacity(examples.len()) };
        let mut index: FxHashMap<u32, usize> = FxHashMap::default();
        let (mut scratch, mut insight) = (engine.scratch(), engine.insight());
        let mut row: Vec<(usize, f32)> = Vec::new();
        for (item, example) in (0..).zip(examples) {
            design.sides.push(if example.content { 1.0 } else { -1.0 });
            engine.sentiment_of_into(example.feedback, &mut scratch, &mut insight);
            row.clear();
            for firing in insight.evidence() {
                let next = design.columns.len();
                let at = *index.entry(firing.rule).or_insert(next);
                if at == next {
                    design.columns.push(column(&insight, firing.rule, options));
                }
                let value = design.columns.get(at).map_or(0.0, |c| if c.candidate { 1.0 } else { c.listed });
                if value != 0.0 {
                    row.push((at, firing.weight / value));
                }
            }
            design.add(item, &mut row);
        }
        design
    }

    fn add(&mut self, item: u32, row: &mut [(usize, f32)]) {
        row.sort_by_key(|(at, _)| *at);
        let force = (row.len() as f64 / LENGTH).max(1.0).powf(-DAMPING) as f32;
        for same in row.chunk_by(|a, b| a.0 == b.0) {
            let sum: f32 = same.iter().map(|(_, factor)| factor).sum();
            let column = same.first().and_then(|(at, _)| self.columns.get_mut(*at));
            if let Some(column) = column {
                column.cells.push((item, sum.clamp(-MOST, MOST) * force));
            }
        }
    }

    /// Leaves listed words and the columns that are marked.
    pub(super) fn keep(&mut self, marked: &[bool]) {
        let mut marks = marked.iter();
        self.columns.retain(|c| marks.next().is_some_and(|m| *m) || !c.candidate);
    }
}

fn column(insight: &Insight, rule: u32, options: &Options) -> Column {
    let (term, target) = Catalog::parts(rule);
    let table = insight.catalog.table(term);
    let senses = table.map_or(&[][..], |t| t.vocabulary.senses(term.index()));
    let text = table.map_or("", |t| t.vocabulary.text(term.index()));
    let candidate = term.is_overlay();
    let speaks = |s: &&Sense| match target {
        Some(class) => s.list == List::Dependent && s.class == class,
        None if candidate => s.list == List::Cue,
        None => matches!(s.list, List::Valence | List::Symbol | List::Cue),
    };
    let sense = senses.iter().find(speaks);
    let listed = sense.map_or(0.0, |s| if candidate { 0.0 } else { s.value });
    Column {
        term: text.to_owned(),
        list: sense.map_or(List::Cue, |s| s.list),
        class: sense.map_or(0, |s| s.class),
        listed,
        candidate,
        mean: f64::from(listed) * LOGITS,
        precision: if candidate { options.doubt } else { options.hold },
        bounds: bounds(sense.filter(|_| !candidate)),
        cells: Vec::new(),
    }
}

/// A listed opinion keeps its side and at least half of its value; a middling word, and one whose target
/// decides, keep all of it.
fn bounds(sense: Option<&Sense>) -> (f64, f64) {
    let logits = |value: f32| f64::from(value) * LOGITS;
    let Some(sense) = sense else { return (logits(-CUE), logits(CUE)) };
    match (sense.list, sense.class) {
        (List::Valence, valence::CUE) | (List::Cue, _) => {
            let most = sense.value.abs().max(CUE);
            (logits(-most), logits(most))
        }
        (List::Valence, valence::MIDDLING) | (List::Dependent, _) => {
            (logits(sense.value), logits(sense.value))
        }
        _ => {
            let (near, far) = (0.5 * sense.value, (1.5 * sense.value).clamp(-LARGEST, LARGEST));
            (logits(near.min(far)), logits(near.max(far)))
        }
    }
}

/// The weight of each item: a domain has the root of twice its smaller side, halved between the sides.
///
/// Without this the largest shop, and the content customers, would decide alone.
pub(super) fn balance(examples: &[Example<'_>]) -> Vec<f64> {
    let mut sides: FxHashMap<&str, [f64; 2]> = FxHashMap::default();
    for e in examples {
        if let Some(n) = sides.entry(e.domain).or_default().get_mut(usize::from(e.content)) {
            *n += 1.0;
        }
    }
    let share = |e: &Example<'_>| {
        let [bad, good] = sides.get(e.domain).copied().unwrap_or_default();
        let own = if e.content { good } else { bad };
        // A domain with one side only says little about what tells the sides apart.
        let (worth, parts) = if bad.min(good) > 0.0 { (2.0 * bad.min(good), 2.0) } else { (0.2 * own, 1.0) };
        worth.sqrt() / parts / own
    };
    let shares: Vec<f64> = examples.iter().map(share).collect();
    let total: f64 = shares.iter().sum();
    shares.iter().map(|s| s / total * examples.len() as f64).collect()
}
