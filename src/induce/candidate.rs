//! Candidates: words, pairs and runs of Han characters that stand in enough items and domains.

use super::{Example, Options};
use crate::annotate::fields;
use crate::engine::Engine;
use crate::lexicon::{Lexicon, List, Sense, each_gram};
use crate::text::CleanText;
use rustc_hash::{FxHashMap, FxHashSet};

/// Most candidates: the commonest.
const MOST: usize = 60_000;

/// Where one gram was seen.
#[derive(Debug, Clone, Copy)]
struct Seen {
    items: u32,
    last_item: u32,
    domains: u32,
    last_domain: u32,
}

/// The candidates as cues of value 1.
pub(super) fn collect(engine: &Engine, examples: &[Example<'_>], options: &Options) -> Lexicon {
    let mut order: Vec<usize> = (0..examples.len()).collect();
    // Domain by domain, so that one number a gram is enough to count its domains.
    order.sort_by_key(|i| examples.get(*i).map(|e| e.domain));
    let (mut domains, mut last) = (0, None);
    let mut seen: FxHashMap<u64, Seen> = FxHashMap::default();
    let mut clean = CleanText::default();
    for (item, example) in (1..).zip(order.iter().filter_map(|i| examples.get(*i))) {
        if last != Some(example.domain) {
            (domains, last) = (domains + 1, Some(example.domain));
        }
        each_text(example, &mut clean, |text| {
            each_gram(text, |number, _| {
                let new = Seen { items: 0, last_item: 0, domains: 0, last_domain: 0 };
                let known = seen.entry(number).or_insert(new);
                known.items += u32::from(known.last_item != item);
                known.domains += u32::from(known.last_domain != domains);
                (known.last_item, known.last_domain) = (item, domains);
            });
        });
    }
    let needed = options.min_domains.min(domains);
    seen.retain(|_, s| s.items >= options.min_count && s.domains >= needed);
    spelled(engine, examples, seen)
}

/// The commonest of the grams, written out.
fn spelled(engine: &Engine, examples: &[Example<'_>], mut seen: FxHashMap<u64, Seen>) -> Lexicon {
    let mut clean = CleanText::default();
    let mut terms: Vec<(u32, String)> = Vec::new();
    for example in examples {
        each_text(example, &mut clean, |text| {
            each_gram(text, |number, words| {
                if let Some(known) = seen.remove(&number) {
                    terms.push((known.items, words.to_ascii_lowercase()));
                }
            });
        });
    }
    let insight = engine.insight();
    let vocabulary = &insight.catalog.base.vocabulary;
    let commonest: FxHashSet<&str> =
        vocabulary.iter().filter(|(i, _)| is_empty(vocabulary.senses(*i))).map(|(_, t)| t).collect();
    // A number alone leans by accident.
    terms.retain(|(_, term)| !term.bytes().all(|b| b.is_ascii_digit() || matches!(b, b' ' | b'.' | b',')));
    terms.retain(|(_, term)| !commonest.contains(term.as_str()));
    terms.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    terms.truncate(MOST);
    Lexicon::cues(terms.into_iter().map(|(_, term)| (term, 1.0)))
}

/// A function word says nothing alone, unless it negates.
fn is_empty(senses: &[Sense]) -> bool {
    let has = |list: List| senses.iter().any(|s| s.list == list);
    has(List::Function) && !has(List::Negator)
}

fn each_text(example: &Example<'_>, clean: &mut CleanText, mut each: impl FnMut(&str)) {
    for (_, text) in fields(example.feedback) {
        clean.set(text);
        each(clean.of(text));
    }
}
