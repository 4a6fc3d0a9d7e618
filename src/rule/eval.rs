//! Asking the rules: only those of which a word was found.

use super::ast::{Scope, Tone};
use super::compile::{Link, Program, Range, Step};
use crate::feedback::Feedback;

/// Places shown for a rule.
const SHOWN: usize = 16;
/// Places of a chain of `NEAR`.
const CHAIN: usize = 5;

/// A needle at its place in an item; units, clauses and sentences count on over its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) needle: u32,
    pub(crate) unit: u32,
    pub(crate) unit_end: u32,
    pub(crate) clause: u32,
    pub(crate) sentence: u32,
    /// Number by which the caller knows it.
    pub(crate) id: u32,
}

/// What opinion words weigh in a clause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Lean {
    pub(crate) clause: u32,
    pub(crate) sentence: u32,
    pub(crate) good: f32,
    pub(crate) bad: f32,
}

/// What is known of an item.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item<'a> {
    pub(crate) feedback: &'a Feedback,
    /// As a verdict names it.
    pub(crate) language: &'a str,
    pub(crate) tone: Tone,
    /// By needle, those of one needle in the order of the text.
    pub(crate) places: &'a [Place],
    /// In the order of the text.
    pub(crate) leans: &'a [Lean],
}

/// Rules that hold, with their places; memory is reused.
#[derive(Debug, Default)]
pub(crate) struct Matches {
    pub(crate) rules: Vec<Match>,
    /// Ids of places.
    pub(crate) places: Vec<u32>,
    candidates: Vec<u32>,
}

/// A rule that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) rule: u32,
    /// First and one past the last of its places.
    pub(crate) places: (u32, u32),
}

impl Program {
    /// Finds the rules that hold for an item, in their order.
    pub(crate) fn run(&self, item: &Item<'_>, out: &mut Matches) {
        out.candidates.clear();
        out.candidates.extend_from_slice(&self.always);
        for same in item.places.chunk_by(|a, b| a.needle == b.needle) {
            let rules = same.first().and_then(|p| self.by_needle.get(p.needle as usize));
            out.candidates.extend(rules.into_iter().flatten());
        }
        out.candidates.sort_unstable();
        out.candidates.dedup();
        self.keep(item, out);
    }

    /// Keeps the candidates that hold.
    fn keep(&self, item: &Item<'_>, out: &mut Matches) {
        out.rules.clear();
        out.places.clear();
        let asked = Asked { program: self, item };
        for rule in &out.candidates {
            let Some(root) = self.roots.get(*rule as usize) else { continue };
            if asked.holds(*root, Part::Whole) {
                let start = out.places.len();
                asked.show(*root, Part::Whole, &mut |place| {
                    let shown = out.places.get(start..).unwrap_or_default();
                    if shown.len() < SHOWN && !shown.contains(&place.id) {
                        out.places.push(place.id);
                    }
                });
                out.places.get_mut(start..).unwrap_or_default().sort_unstable();
                out.rules.push(Match { rule: *rule, places: (start as u32, out.places.len() as u32) });
            }
        }
    }
}

/// The part of an item in which everything must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Sentence(u32),
    Clause(u32),
}

impl Part {
    fn of(scope: Scope, place: &Place) -> Self {
        match scope {
            Scope::Clause => Self::Clause(place.clause),
            Scope::Sentence => Self::Sentence(place.sentence),
        }
    }
}

/// A stretch of units with the places it is made of.
#[derive(Debug, Clone, Copy)]
struct Stretch<'a> {
    unit: u32,
    unit_end: u32,
    places: [Option<&'a Place>; CHAIN],
}

impl<'a> Stretch<'a> {
    fn new(place: &'a Place) -> Self {
        Self { unit: place.unit, unit_end: place.unit_end, places: [Some(place), None, None, None, None] }
    }

    /// With another place, from the first unit of both to the last.
    fn with(mut self, place: &'a Place) -> Self {
        (self.unit, self.unit_end) = (self.unit.min(place.unit), self.unit_end.max(place.unit_end));
        if let Some(free) = self.places.iter_mut().find(|p| p.is_none()) {
            *free = Some(place);
        }
        self
    }
}

/// A program at work on an item.
struct Asked<'a> {
    program: &'a Program,
    item: &'a Item<'a>,
}

impl<'a> Asked<'a> {
    fn step(&self, step: u32) -> Option<Step> {
        self.program.steps.get(step as usize).copied()
    }

    fn holds(&self, step: u32, part: Part) -> bool {
        match self.step(step) {
            None => false,
            Some(Step::Needle(needle)) => !self.places(needle, part).is_empty(),
            Some(Step::Any(parts)) => self.program.list(parts).iter().any(|step| self.holds(*step, part)),
            Some(Step::All(parts)) => self.program.list(parts).iter().all(|step| self.holds(*step, part)),
            Some(Step::Not(inner)) => !self.holds(inner, part),
            Some(Step::Near(link)) => self.near(link, part, &mut |_| true),
            Some(Step::Within { scope, body, keys }) => {
                self.within(scope, keys, part, &mut |inner| self.holds(body, inner))
            }
            Some(Step::Field(condition)) => {
                let condition = self.program.conditions.get(condition as usize);
                condition.is_some_and(|c| c.holds(self.item.feedback, self.item.language))
            }
            Some(Step::Tone(tone)) => self.tone(part) == tone,
        }
    }

    /// Calls `each` with the places that make a step hold.
    fn show(&self, step: u32, part: Part, each: &mut dyn FnMut(&Place)) {
        match self.step(step) {
            Some(Step::Needle(needle)) => self.places(needle, part).iter().take(SHOWN).for_each(each),
            Some(Step::Any(parts) | Step::All(parts)) => {
                for step in self.program.list(parts).iter().filter(|step| self.holds(**step, part)) {
                    self.show(*step, part, each);
                }
            }
            Some(Step::Near(link)) => {
                let mut left = SHOWN;
                self.near(link, part, &mut |stretch| {
                    stretch.places.iter().flatten().for_each(|place| each(place));
                    left -= 1;
                    left == 0
                });
            }
            Some(Step::Within { scope, body, keys }) => {
                let mut left = SHOWN;
                self.within(scope, keys, part, &mut |inner| {
                    if self.holds(body, inner) {
                        self.show(body, inner, each);
                        left -= 1;
                    }
                    left == 0
                });
            }
            None | Some(Step::Not(_) | Step::Field(_) | Step::Tone(_)) => {}
        }
    }

    /// The places of a needle in a part, in the order of the text.
    fn places(&self, needle: u32, part: Part) -> &'a [Place] {
        let all = between(self.item.places, |p| p.needle.cmp(&needle));
        match part {
            Part::Whole => all,
            Part::Sentence(number) => between(all, |p| p.sentence.cmp(&number)),
            Part::Clause(number) => between(all, |p| p.clause.cmp(&number)),
        }
    }

    /// Whether `done` says so of any clause or sentence that holds one of the keys.
    fn within(&self, scope: Scope, keys: Range, part: Part, done: &mut dyn FnMut(Part) -> bool) -> bool {
        self.program.list(keys).iter().any(|needle| {
            let mut last = None;
            self.places(*needle, part).iter().any(|place| {
                let inner = Part::of(scope, place);
                let new = last.replace(inner) != Some(inner);
                new && done(inner)
            })
        })
    }

    /// Whether `done` says so of any stretch in which the two sides of a link stand near each other.
    fn near(&self, link: Link, part: Part, done: &mut dyn FnMut(&Stretch<'a>) -> bool) -> bool {
        self.stretches(link.left, part, &mut |left| {
            let nearest = self.nearest(link.right, part, left);
            let near = |found: &&Place| {
                let gap = if found.unit >= left.unit_end {
                    found.unit - left.unit_end
                } else {
                    left.unit.saturating_sub(found.unit_end)
                };
                gap <= link.words
            };
            let before = nearest.before.filter(near).filter(|_| !link.ordered);
            let behind = nearest.behind.filter(near);
            [before, behind].into_iter().flatten().any(|place| done(&left.with(place)))
        })
    }

    /// Calls `done` with every stretch of a chain or group until it says so.
    fn stretches(&self, step: u32, part: Part, done: &mut dyn FnMut(&Stretch<'a>) -> bool) -> bool {
        match self.step(step) {
            Some(Step::Needle(needle)) => {
                self.places(needle, part).iter().any(|place| done(&Stretch::new(place)))
            }
            Some(Step::Any(parts)) => {
                self.program.list(parts).iter().any(|step| self.stretches(*step, part, done))
            }
            Some(Step::Near(link)) => self.near(link, part, done),
            _ => false,
        }
    }

    /// The places of a group next to a stretch on either side; what overlaps it is not next to it.
    fn nearest(&self, step: u32, part: Part, to: &Stretch<'a>) -> Nearest<'a> {
        match self.step(step) {
            Some(Step::Needle(needle)) => {
                let places = self.places(needle, part);
                let from = places.partition_point(|p| p.unit < to.unit_end);
                let until = places.partition_point(|p| p.unit_end <= to.unit);
                let before = until.checked_sub(1).and_then(|i| places.get(i));
                Nearest { before, behind: places.get(from) }
            }
            Some(Step::Any(parts)) => {
                let mut out = Nearest { before: None, behind: None };
                for step in self.program.list(parts) {
                    let next = self.nearest(*step, part, to);
                    out.before = out.before.into_iter().chain(next.before).max_by_key(|p| p.unit_end);
                    out.behind = out.behind.into_iter().chain(next.behind).min_by_key(|p| p.unit);
                }
                out
            }
            _ => Nearest { before: None, behind: None },
        }
    }

    /// How a part feels.
    fn tone(&self, part: Part) -> Tone {
        let leans = match part {
            Part::Whole => return self.item.tone,
            Part::Sentence(number) => between(self.item.leans, |l| l.sentence.cmp(&number)),
            Part::Clause(number) => between(self.item.leans, |l| l.clause.cmp(&number)),
        };
        let (good, bad) = leans.iter().fold((0.0, 0.0), |(g, b), l| (g + l.good, b + l.bad));
        match (good > 0.0, bad > 0.0) {
            (true, true) if 2.0 * good > bad && 2.0 * bad > good => Tone::Mixed,
            (false, false) => Tone::Neutral,
            _ if good > bad => Tone::Positive,
            _ => Tone::Negative,
        }
    }
}

struct Nearest<'a> {
    before: Option<&'a Place>,
    behind: Option<&'a Place>,
}

/// Of things in order, those that compare equal.
fn between<T>(all: &[T], order: impl Fn(&T) -> std::cmp::Ordering) -> &[T] {
    let start = all.partition_point(|t| order(t).is_lt());
    let rest = all.get(start..).unwrap_or_default();
    rest.get(..rest.partition_point(|t| order(t).is_eq())).unwrap_or_default()
}

#[cfg(test)]
mod tests;
