//! Trees to one flat program, with an index that says which rules a found word may set off.

use super::ast::{Expr, Scope, Tone};
use super::field::Condition;
use crate::lexicon::{Needle, Watch};
use rustc_hash::FxHashMap;

/// Children, or keys, of a step: first and one past the last.
pub(super) type Range = (u32, u32);

/// A step of the program.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Step {
    /// A needle stands there.
    Needle(u32),
    Any(Range),
    All(Range),
    Not(u32),
    Near(Link),
    /// Keys are needles of which one must stand there.
    Within {
        scope: Scope,
        body: u32,
        keys: Range,
    },
    Field(u32),
    Tone(Tone),
}

/// Two steps whose places stand near each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Link {
    pub(super) left: u32,
    pub(super) right: u32,
    pub(super) words: u32,
    pub(super) ordered: bool,
}

/// A set of rules ready to be asked.
#[derive(Debug, Default)]
pub(crate) struct Program {
    pub(super) steps: Vec<Step>,
    /// Children of steps, and keys.
    pub(super) lists: Vec<u32>,
    pub(super) conditions: Vec<Condition>,
    /// First step of each rule.
    pub(super) roots: Vec<u32>,
    /// By needle: rules that it may set off.
    pub(super) by_needle: Vec<Vec<u32>>,
    /// Rules that no word sets off: asked of every item.
    pub(super) always: Vec<u32>,
    needles: Vec<Needle>,
}

impl Program {
    /// Compiles rules; each keeps its place as its number.
    pub(crate) fn build<'a>(rules: impl Iterator<Item = &'a Expr>) -> Self {
        let mut compiler = Compiler::default();
        for rule in rules {
            let root = compiler.step(rule);
            compiler.program.roots.push(root);
        }
        compiler.index();
        compiler.program
    }

    /// The structures that find the words of the rules.
    pub(crate) fn watch(&self) -> Watch {
        Watch::build(&self.needles)
    }

    /// Bytes held, estimated.
    pub(crate) fn heap_bytes(&self) -> usize {
        let rules = |list: &Vec<u32>| size_of::<Vec<u32>>() + 4 * list.capacity();
        self.steps.capacity() * size_of::<Step>()
            + 4 * self.lists.capacity()
            + self.conditions.capacity() * size_of::<Condition>()
            + self.by_needle.iter().map(rules).sum::<usize>()
            + self.needles.len() * 48
    }

    /// Whether no word sets a rule off.
    pub(super) fn asks_always(&self, rule: u32) -> bool {
        self.always.contains(&rule)
    }

    /// The number of a bare word.
    #[cfg(test)]
    pub(super) fn number_of(&self, word: &str) -> Option<u32> {
        let at = self.needles.iter().position(|n| *n == Needle::Forms(word.to_owned()));
        at.map(|at| at as u32)
    }

    /// Children or keys.
    pub(super) fn list(&self, (start, end): Range) -> &[u32] {
        self.lists.get(start as usize..end as usize).unwrap_or_default()
    }
}

#[derive(Default)]
struct Compiler {
    program: Program,
    numbers: FxHashMap<Needle, u32>,
    /// By needle: rules that have it anywhere.
    uses: Vec<u32>,
}

impl Compiler {
    fn step(&mut self, expr: &Expr) -> u32 {
        let step = match expr {
            Expr::Word(word) => Step::Needle(self.needle(word_needle(word))),
            Expr::Phrase(phrase) => Step::Needle(self.needle(Needle::Exact(phrase.clone()))),
            Expr::Any(parts) => Step::Any(self.parts(parts)),
            Expr::All(parts) => Step::All(self.parts(parts)),
            Expr::Not(inner) => Step::Not(self.step(inner)),
            Expr::Near(near) => {
                let (left, right) = (self.step(&near.left), self.step(&near.right));
                Step::Near(Link { left, right, words: near.words, ordered: near.ordered })
            }
            Expr::Within(scope, inner) => {
                let body = self.step(inner);
                let keys = self.keys(body).map(|keys| keys.needles).unwrap_or_default();
                Step::Within { scope: *scope, body, keys: self.put(keys) }
            }
            Expr::Field(condition) => {
                self.program.conditions.push(condition.clone());
                Step::Field(self.program.conditions.len() as u32 - 1)
            }
            Expr::Polarity(tone) => Step::Tone(*tone),
        };
        self.program.steps.push(step);
        self.program.steps.len() as u32 - 1
    }

    fn parts(&mut self, parts: &[Expr]) -> Range {
        let steps: Vec<u32> = parts.iter().map(|part| self.step(part)).collect();
        self.put(steps)
    }

    fn put(&mut self, list: Vec<u32>) -> Range {
        let start = self.program.lists.len() as u32;
        self.program.lists.extend(list);
        (start, self.program.lists.len() as u32)
    }

    fn needle(&mut self, needle: Needle) -> u32 {
        let next = self.program.needles.len() as u32;
        let number = *self.numbers.entry(needle.clone()).or_insert(next);
        if number == next {
            self.program.needles.push(needle);
            self.uses.push(0);
        }
        if let Some(uses) = self.uses.get_mut(number as usize) {
            *uses += 1;
        }
        number
    }

    /// Puts each rule under needles of which one must be there for it to hold.
    fn index(&mut self) {
        self.program.by_needle = vec![Vec::new(); self.program.needles.len()];
        for (rule, root) in (0..).zip(self.program.roots.clone()) {
            let Some(keys) = self.keys(root) else {
                self.program.always.push(rule);
                continue;
            };
            for needle in keys.needles {
                if let Some(rules) = self.program.by_needle.get_mut(needle as usize) {
                    // A word that stands twice in a rule is one key.
                    if rules.last() != Some(&rule) {
                        rules.push(rule);
                    }
                }
            }
        }
    }

    /// The rarest needles of which one must be there: of all parts the rarest, of alternatives each.
    fn keys(&self, step: u32) -> Option<Keys> {
        match *self.program.steps.get(step as usize)? {
            Step::Needle(needle) => Some(Keys { needles: vec![needle], cost: self.cost(needle) }),
            Step::Any(parts) => {
                let mut all = Keys { needles: Vec::new(), cost: 0 };
                for part in self.program.list(parts) {
                    let keys = self.keys(*part)?;
                    all.cost += keys.cost;
                    all.needles.extend(keys.needles);
                }
                Some(all)
            }
            Step::All(parts) => {
                let keys = self.program.list(parts).iter().filter_map(|part| self.keys(*part));
                keys.min_by_key(|keys| keys.cost)
            }
            Step::Near(link) => {
                let sides = [link.left, link.right];
                sides.into_iter().filter_map(|side| self.keys(side)).min_by_key(|keys| keys.cost)
            }
            Step::Within { body, .. } => self.keys(body),
            Step::Not(_) | Step::Field(_) | Step::Tone(_) => None,
        }
    }

    /// How often a needle may be found: no text is at hand, but words that many rules use are common, and so are
    /// short ones.
    fn cost(&self, needle: u32) -> u64 {
        let uses = self.uses.get(needle as usize).copied().unwrap_or_default();
        let text = self.program.needles.get(needle as usize).map_or("", Needle::text);
        let common = text.chars().count() < if text.is_ascii() { 5 } else { 2 };
        u64::from(uses) * if common { COMMON } else { 1 }
    }
}

/// Weight of a short word in the choice of keys.
const COMMON: u64 = 8;

struct Keys {
    needles: Vec<u32>,
    cost: u64,
}

/// What a bare word looks for. Chinese words have no endings, so that a wildcard behind them says nothing.
fn word_needle(word: &str) -> Needle {
    let trimmed = if word.is_ascii() { word } else { word.trim_end_matches('*') };
    let trimmed = trimmed.to_owned();
    if trimmed.contains('*') { Needle::Glob(trimmed) } else { Needle::Forms(trimmed) }
}
