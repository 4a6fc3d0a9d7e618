//! Values that depend on the target: a long battery life, a long queue.
//!
//! A word of [`List::Dependent`] next to a noun of [`List::Facet`] takes the value of its row for the noun's
//! class and from then on is an opinion word like any other; elsewhere it keeps the value of its list.

use crate::annotate::catalog::{Catalog, target_rule};
use crate::annotate::clause::{Clauses, Mark};
use crate::lexicon::{List, Sense, TermId, facet, valence};
use crate::span::CleanSpan;
use crate::text::is_han;

/// Marks looked at on either side: more than a clause has, whatever else is looked for beside the sentiment.
const MARKS: usize = 256;
const BYTES: u32 = 64;
/// Words without a part in the pair, before a copula ("the wait at the till was long") and in front of 声音.
const STRAYS: u32 = 4;
const STRAYS_HAN: u32 = 6;

/// English words that tie an adjective to what it is said of.
const COPULAS: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "being", "isn't", "aren't", "wasn't", "weren't", "gets", "get",
    "got", "getting", "seems", "seemed", "feels", "felt", "looks", "looked", "came", "comes", "arrived",
    "arrives", "runs", "ran", "stays", "stayed", "becomes", "became", "sounds", "remains", "turned",
];
/// English words that may stand between the two.
const LINKS: &[&str] = &[
    "has", "have", "had", "will", "also", "and", "just", "all", "really", "still", "always", "a", "bit",
    "as", "that", "so", "how", "up", "out", "off", "way", "can", "could", "would", "times", "time",
];
/// English words behind which something else is spoken of.
const BLOCKS: &[&str] =
    &["but", "or", "than", "if", "when", "because", "while", "though", "with", "without", "i", "we"];
/// Chinese words that may stand between the two, longer ones first.
const LINKS_HAN: &[&str] = &[
    "是不是",
    "来说",
    "的话",
    "方面",
    "真的",
    "确实",
    "实在",
    "有点",
    "感觉",
    "显得",
    "相对",
    "居然",
    "竟然",
    "已经",
    "一直",
    "变得",
    "做得",
    "有些",
    "这么",
    "那么",
    "比较",
    "而且",
    "时间",
    "速度",
    "是",
    "也",
    "都",
    "还",
    "就",
    "真",
    "得",
    "却",
    "倒",
    "上",
    "会",
    "能",
    "又",
    "的",
    "很",
    "算",
    "够",
    "更",
    "了",
];
/// Chinese words that stand before what they are said of.
const FRONTED: &[&str] = &["高", "低", "长", "大", "强"];
/// Characters that may follow a Chinese word of one character that ends what it says.
const AFTER: &[char] = &[
    '了', '且', '又', '而', '也', '但', '不', '就', '啊', '呀', '哦', '呢', '吧', '啦', '嘛', '到', '得',
    '很', '太', '还', '都', '可', '才', '有', '过', '点', '些', '极', '死', '我', '你', '这', '那', '没',
    '让', '给', '值', '非', '真',
];
/// Beginnings of listed words that speak of excess whatever the target.
const EXCESS: &[&str] = &["太", "偏", "有点", "too "];

/// Parts of listed words that negate (也不贵): the list has judged the whole.
const NEGATED: &[&str] = &["不", "没", "无", "未", "not ", "n't ", "no "];

/// A row that applies: the mark that takes the value, the rule and the value.
struct Row {
    at: usize,
    rule: u32,
    value: f32,
    /// Where the target stands.
    target: CleanSpan,
}

/// Gives every dependent word of a field the value for its target.
pub(crate) fn resolve(clauses: &mut Clauses, text: &str, catalog: &Catalog) {
    for clause in &clauses.clauses {
        let range = clause.marks.0 as usize..clause.marks.1 as usize;
        let Some(marks) = clauses.marks.get_mut(range) else { continue };
        for at in 0..marks.len() {
            if marks.get(at).is_none_or(|m| m.sense.list != List::Dependent) {
                continue;
            }
            let row = Word::new(marks, at, text, catalog).and_then(|word| word.row());
            if let Some(row) = row {
                apply(marks, &row);
            }
        }
    }
}

/// Gives the word its value; a target that is listed as blame itself (噪音很小) leaves the verdict to the pair.
fn apply(marks: &mut [Mark], row: &Row) {
    let first = row.at.saturating_sub(MARKS);
    for mark in marks.iter_mut().take(row.at + MARKS).skip(first) {
        let inside = row.target.start <= mark.span.start && mark.span.end <= row.target.end;
        if inside && mark.sense.list == List::Valence {
            mark.sense.value = 0.0;
        }
    }
    if let Some(mark) = marks.get_mut(row.at) {
        let class = valence::OPINION;
        mark.sense = Sense { list: List::Valence, class, topic: 0, value: row.value };
        mark.term = row.rule;
    }
}

/// A dependent word in its clause.
struct Word<'a> {
    marks: &'a [Mark],
    mark: &'a Mark,
    /// Index of the mark that holds its place: itself, or a listed word that ends in it (很小).
    at: usize,
    whole: &'a Mark,
    text: &'a str,
    catalog: &'a Catalog,
}

impl<'a> Word<'a> {
    /// `None` where a longer listed word speaks instead.
    fn new(marks: &'a [Mark], index: usize, text: &'a str, catalog: &'a Catalog) -> Option<Self> {
        let mark = marks.get(index)?;
        let mut at = index;
        let first = index.saturating_sub(MARKS);
        for (i, other) in marks.iter().enumerate().take(index + MARKS).skip(first) {
            let same = other.span == mark.span;
            let open = match other.sense.list {
                _ if i == index || !other.overlaps(mark) => continue,
                List::Valence => {
                    let covers = other.span.start <= mark.span.start && other.span.end == mark.span.end;
                    let words = slice(text, other.span.start, other.span.end);
                    at = i;
                    same || (covers
                        && other.sense.value != 0.0
                        && !EXCESS.iter().any(|e| words.starts_with(e))
                        && !NEGATED.iter().any(|n| words.contains(n)))
                }
                List::Booster
                | List::Downtoner
                | List::Negator
                | List::Contrast
                | List::Irrealis
                | List::Compound
                | List::Dependent => same,
                _ => continue,
            };
            if !open {
                return None;
            }
        }
        Some(Self { marks, mark, at, whole: marks.get(at)?, text, catalog })
    }

    fn row(&self) -> Option<Row> {
        let han = slice(self.text, self.mark.span.start, self.mark.span.end).bytes().any(|b| b >= 0x80);
        if han {
            let before = if self.ends() { self.before() } else { None };
            let fronted = || FRONTED.contains(&slice(self.text, self.mark.span.start, self.mark.span.end));
            return before.or_else(|| if fronted() { self.behind() } else { None });
        }
        self.behind().or_else(|| self.before())
    }

    /// Whether no noun goes on from the Han character (小 in 小票, 小的亮点).
    fn ends(&self) -> bool {
        let rest = self.text.get(self.mark.span.end as usize..).unwrap_or_default();
        let rest = rest.strip_prefix('的').unwrap_or(rest);
        self.mark.unit_end - self.mark.unit > 1 || !rest.starts_with(is_han) || rest.starts_with(AFTER)
    }

    /// The nearest target before the word that has a row for it.
    fn before(&self) -> Option<Row> {
        let mut sound = self.sound_inside()?;
        for target in self.marks.get(..self.at.max(1))?.iter().rev().take(MARKS) {
            if target.sense.list != List::Facet {
                continue;
            }
            if target.span.end > self.whole.span.start || !self.linked(target, sound) {
                return None;
            }
            if target.sense.class == facet::SOUND {
                sound = true;
                continue;
            }
            let row = if sound { self.sound(target) } else { self.value(target) };
            if row.is_some() {
                return row;
            }
        }
        None
    }

    /// The nearest target right behind the word that has a row for it.
    fn behind(&self) -> Option<Row> {
        let from = self.whole.span.end;
        let near = self.marks.get(self.at + 1..)?.iter().take(MARKS);
        for target in near.filter(|m| m.sense.list == List::Facet && m.span.start >= from) {
            let mut gap = Gap { word: self, at: from, to: target.span.start };
            while let Some(piece) = gap.next() {
                if !matches!(piece, "的" | "to") {
                    return None;
                }
            }
            if let Some(row) = self.value(target) {
                return Some(row);
            }
        }
        None
    }

    /// Whether the listed word that holds the place has a sound inside (声音小): then whose it is decides.
    /// `None` with another target inside, which the list has judged.
    fn sound_inside(&self) -> Option<bool> {
        let inside = |m: &&Mark| {
            m.sense.list == List::Facet
                && self.whole.span.start <= m.span.start
                && m.span.end <= self.mark.span.start
        };
        let target = self.marks.get(self.at..)?.iter().take(MARKS).find(inside);
        target.map_or(Some(false), |t| (t.sense.class == facet::SOUND).then_some(true))
    }

    /// Whether only copulas, degree words and the like stand between.
    fn linked(&self, target: &Mark, sound: bool) -> bool {
        let (from, to) = (target.span.end, self.whole.span.start);
        if to.saturating_sub(from) > BYTES {
            return false;
        }
        let (mut strays, mut copula) = (0, false);
        let mut gap = Gap { word: self, at: from, to };
        while let Some(piece) = gap.next() {
            let is = |list: &[&str]| list.iter().any(|w| piece.eq_ignore_ascii_case(w));
            if is(COPULAS) {
                copula = true;
            } else if is(BLOCKS) {
                return false;
            } else if !is(LINKS) && !is(LINKS_HAN) {
                strays += 1;
                copula = false;
            }
        }
        strays == 0 || (copula && strays <= STRAYS) || (sound && strays <= STRAYS_HAN)
    }

    /// A sound is noise or output by whose it is.
    fn sound(&self, target: &Mark) -> Option<Row> {
        let class = match target.sense.class {
            facet::MACHINE => facet::NOISE,
            facet::SPEAKER => facet::OUTPUT,
            _ => return None,
        };
        self.senses(self.mark, List::Dependent).find(|s| s.class == class).map(|s| self.found(*s, target))
    }

    fn value(&self, target: &Mark) -> Option<Row> {
        let mut classes = self.senses(target, List::Facet);
        classes.find_map(|c| {
            let row = self.senses(self.mark, List::Dependent).find(|s| s.class == c.class)?;
            Some(self.found(*row, target))
        })
    }

    fn found(&self, sense: Sense, target: &Mark) -> Row {
        Row {
            at: self.at,
            rule: target_rule(self.mark.term, sense.class),
            value: sense.value,
            target: target.span,
        }
    }

    fn senses(&self, mark: &Mark, list: List) -> impl Iterator<Item = &'a Sense> {
        let term = TermId(mark.term);
        let senses = self.catalog.table(term).map_or(&[][..], |t| t.vocabulary.senses(term.index()));
        senses.iter().filter(move |s| s.list == list)
    }
}

fn slice(text: &str, start: u32, end: u32) -> &str {
    text.get(start as usize..end as usize).unwrap_or_default()
}

/// The words between a target and its opinion word that no mark accounts for.
struct Gap<'a> {
    word: &'a Word<'a>,
    at: u32,
    to: u32,
}

impl<'a> Gap<'a> {
    fn next(&mut self) -> Option<&'a str> {
        loop {
            let rest = slice(self.word.text, self.at, self.to);
            let first = rest.chars().next()?;
            if let Some(mark) = self.mark() {
                self.at = mark.span.end.max(self.at + first.len_utf8() as u32);
            } else if first.is_ascii_alphanumeric() {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '\'').unwrap_or(rest.len());
                self.at += end as u32;
                return rest.get(..end);
            } else if first.is_ascii() {
                self.at += 1;
            } else {
                let link = LINKS_HAN.iter().find(|l| rest.starts_with(**l));
                let end = link.map_or(first.len_utf8(), |l| l.len());
                self.at += end as u32;
                return rest.get(..end);
            }
        }
    }

    /// The modifier, opinion or target at the place.
    fn mark(&self) -> Option<&'a Mark> {
        let word = self.word;
        let near = word.marks.iter().take(word.at + MARKS).skip(word.at.saturating_sub(MARKS));
        let mut known = near.filter(|m| {
            let list = m.sense.list;
            matches!(list, List::Booster | List::Downtoner | List::Negator | List::Dependent | List::Facet)
                || (list == List::Valence && m.sense.class != valence::CUE)
        });
        known.find(|m| m.span.start <= self.at && self.at < m.span.end)
    }
}
