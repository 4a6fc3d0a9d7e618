//! Wiring of rules: their words beside the lists, their consequences in the taxonomy's numbers.

use crate::annotate::{Intent, LabelSet, Outcome, Ruling};
use crate::error::{Error, ErrorKind, Result, suggest};
use crate::lexicon::Table;
use crate::rule::{Program, Rule, RulePack};
use crate::taxonomy::Taxonomy;
use rustc_hash::FxHashSet;

/// The rules of the taxonomy and of all packs that are not switched off, in their order.
pub(super) fn all<'a>(taxonomy: &'a Taxonomy, packs: &'a [RulePack]) -> Result<Vec<&'a Rule>> {
    let mut seen = FxHashSet::default();
    let of_topics = taxonomy.topics().flat_map(|(_, topic)| topic.rules());
    let rules = packs.iter().flat_map(RulePack::rules).filter(|r| !r.is_disabled());
    of_topics
        .chain(rules)
        .map(|rule| if seen.insert(rule.id()) { Ok(rule) } else { Err(twice(rule)) })
        .collect()
}

/// The rules of a tenant, whose ids must differ from those it is laid over.
pub(super) fn own<'a>(pack: &'a RulePack, base: Option<&Ruling>) -> Result<Vec<&'a Rule>> {
    let taken: FxHashSet<&str> = base.into_iter().flat_map(|r| &r.rules).map(|r| r.id.as_str()).collect();
    let rules = pack.rules().iter().filter(|r| !r.is_disabled());
    rules.map(|rule| if taken.contains(rule.id()) { Err(twice(rule)) } else { Ok(rule) }).collect()
}

fn twice(rule: &Rule) -> Error {
    rule.fault(ErrorKind::Conflict, "the id is taken by a rule of another pack")
}

/// The rules ready to be asked; `None` when there are none.
pub(super) fn ruling(rules: &[&Rule], taxonomy: &Taxonomy) -> Result<Option<Ruling>> {
    if rules.is_empty() {
        return Ok(None);
    }
    let consequences: Result<Vec<Outcome>> = rules.iter().map(|r| consequence(r, taxonomy)).collect();
    Ok(Some(Ruling { program: Program::build(rules.iter().map(|r| r.expr())), rules: consequences? }))
}

fn consequence(rule: &Rule, taxonomy: &Taxonomy) -> Result<Outcome> {
    let mut topics = Vec::new();
    for path in rule.topics() {
        topics.push(taxonomy.require(path).map_err(|e| rule.fault(e.kind(), e.message()))?);
    }
    let mut intents: LabelSet<Intent> = LabelSet::default();
    for name in rule.intents() {
        let Some(intent) = Intent::from_name(name) else {
            let hint = suggest(name, Intent::ALL.iter().map(|i| i.as_str()));
            return Err(rule.fault(ErrorKind::Unknown, format!("intent \"{name}\" is not known{hint}")));
        };
        intents.insert(intent);
    }
    Ok(Outcome { id: rule.id().to_owned(), topics, intents, tags: rule.tags().to_vec() })
}

/// The table, looking for the words of the rules too.
pub(super) fn watching(table: Table, ruling: Option<&Ruling>) -> Table {
    match ruling {
        Some(ruling) => table.watching(ruling.program.watch()),
        None => table,
    }
}
