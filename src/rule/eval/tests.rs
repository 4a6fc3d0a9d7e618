use super::*;
use crate::rule::ast::Expr;
use crate::rule::testing::{tree, word};
use proptest::prelude::*;

/// A word of a text: its number, clause and sentence; its place is its unit.
type Word = (u32, u32, u32);

/// Whether a part holds the word at a place.
fn inside(part: Part, word: Word) -> bool {
    match part {
        Part::Whole => true,
        Part::Clause(number) => word.1 == number,
        Part::Sentence(number) => word.2 == number,
    }
}

/// Straightforward reading of a rule: every place of every word is looked at.
fn naive(expr: &Expr, text: &[Word], leans: &[Lean], part: Part) -> bool {
    let holds = |expr: &Expr| naive(expr, text, leans, part);
    match expr {
        Expr::Any(parts) => parts.iter().any(holds),
        Expr::All(parts) => parts.iter().all(holds),
        Expr::Not(inner) => !holds(inner),
        Expr::Word(_) | Expr::Near(_) => !stretches(expr, text, part).is_empty(),
        Expr::Within(scope, inner) => text.iter().filter(|w| inside(part, **w)).any(|word| {
            let place = Place { needle: 0, unit: 0, unit_end: 0, clause: word.1, sentence: word.2, id: 0 };
            naive(inner, text, leans, Part::of(*scope, &place))
        }),
        Expr::Polarity(tone) => {
            let within = |l: &&Lean| match part {
                Part::Whole => false,
                Part::Clause(number) => l.clause == number,
                Part::Sentence(number) => l.sentence == number,
            };
            let (good, bad) =
                leans.iter().filter(within).fold((0.0, 0.0), |(g, b), l| (g + l.good, b + l.bad));
            let found = if 2.0 * good > bad && 2.0 * bad > good {
                Tone::Mixed
            } else if good > bad {
                Tone::Positive
            } else if bad > good {
                Tone::Negative
            } else {
                Tone::Neutral
            };
            found == *tone
        }
        Expr::Phrase(_) | Expr::Field(_) => false,
    }
}

/// First and one past the last unit of every stretch.
fn stretches(expr: &Expr, text: &[Word], part: Part) -> Vec<(usize, usize)> {
    match expr {
        Expr::Word(name) => {
            let here = |(_, word): &(usize, &Word)| format!("w{}", word.0) == *name && inside(part, **word);
            text.iter().enumerate().filter(here).map(|(i, _)| (i, i + 1)).collect()
        }
        Expr::Any(parts) => parts.iter().flat_map(|p| stretches(p, text, part)).collect(),
        Expr::Near(near) => {
            let right = stretches(&near.right, text, part);
            let mut out = Vec::new();
            for left in stretches(&near.left, text, part) {
                let before = right.iter().filter(|r| r.1 <= left.0).max_by_key(|r| r.1);
                let behind = right.iter().filter(|r| r.0 >= left.1).min_by_key(|r| r.0);
                let near_by = |gap: usize| gap <= near.words as usize;
                out.extend(behind.filter(|r| near_by(r.0 - left.1)).map(|r| (left.0, r.1)));
                let before = before.filter(|r| !near.ordered && near_by(left.0 - r.1));
                out.extend(before.map(|r| (r.0, left.1)));
            }
            out
        }
        _ => Vec::new(),
    }
}

/// Words in clauses and sentences that count on.
fn text() -> impl Strategy<Value = Vec<Word>> {
    prop::collection::vec((0..7u32, 0..6u32), 0..24).prop_map(|words| {
        let (mut clause, mut sentence) = (0, 0);
        let mut place = |(word, jump)| {
            clause += u32::from(jump < 2);
            sentence += u32::from(jump == 0);
            (word, clause, sentence)
        };
        words.into_iter().map(&mut place).collect()
    })
}

/// Odd clauses are bad, every third is good.
fn leans(text: &[Word]) -> Vec<Lean> {
    let mut leans: Vec<Lean> = Vec::new();
    for (_, clause, sentence) in text {
        if leans.last().is_none_or(|l| l.clause != *clause) {
            let share = |of: bool| if of { 1.0 } else { 0.0 };
            let (good, bad) = (share(clause % 3 == 0), share(clause % 2 == 1));
            leans.push(Lean { clause: *clause, sentence: *sentence, good, bad });
        }
    }
    leans
}

fn leaf() -> impl Strategy<Value = Expr> {
    let tone = prop::sample::select(vec![Tone::Positive, Tone::Negative]).prop_map(Expr::Polarity);
    prop_oneof![5 => word(), 1 => tone]
}

fn places(program: &Program, text: &[Word]) -> Vec<Place> {
    let number = |word: u32| program.number_of(&format!("w{word}"));
    let mut places: Vec<Place> = (0..)
        .zip(text)
        .filter_map(|(id, (word, clause, sentence))| {
            let needle = number(*word)?;
            Some(Place { needle, unit: id, unit_end: id + 1, clause: *clause, sentence: *sentence, id })
        })
        .collect();
    places.sort_by_key(|p| (p.needle, p.unit));
    places
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_index_leaves_nothing_out(rules in prop::collection::vec(tree(leaf()), 1..6), text in text()) {
        let program = Program::build(rules.iter());
        let (places, leans) = (places(&program, &text), leans(&text));
        let feedback = Feedback::from_text("");
        let tone = Tone::Neutral;
        let item = Item { feedback: &feedback, language: "en", tone, places: &places, leans: &leans };
        let mut matches = Matches::default();
        program.run(&item, &mut matches);
        let found: Vec<u32> = matches.rules.iter().map(|m| m.rule).collect();
        let expected = |(_, rule): &(u32, &Expr)| naive(rule, &text, &leans, Part::Whole);
        let expected: Vec<u32> = (0..).zip(&rules).filter(expected).map(|(i, _)| i).collect();
        let printed: Vec<String> = rules.iter().map(ToString::to_string).collect();
        prop_assert_eq!(found, expected, "{:?} in {:?}", printed, text);
    }
}

#[test]
fn fields_need_no_word() {
    let rules = ["rating<=2 AND segment:vip", "NOT late", "late AND language:zh"];
    let rules: Vec<Expr> = rules.iter().map(|r| crate::rule::parse::parse(r).unwrap()).collect();
    let program = Program::build(rules.iter());
    let json = r#"{"id":"1","text":"x","rating":{"value":2,"min":1,"max":5},"customer":{"segment":"VIP"}}"#;
    let feedback = Feedback::from_json(json).unwrap();
    let item =
        Item { feedback: &feedback, language: "zh-Hans", tone: Tone::Neutral, places: &[], leans: &[] };
    let mut matches = Matches::default();
    program.run(&item, &mut matches);
    assert_eq!(matches.rules.iter().map(|m| m.rule).collect::<Vec<_>>(), [0, 1]);
    assert_eq!((program.asks_always(0), program.asks_always(1), program.asks_always(2)), (true, true, false));
    let place = Place { needle: 0, unit: 0, unit_end: 1, clause: 0, sentence: 0, id: 7 };
    program.run(&Item { places: &[place], ..item }, &mut matches);
    assert_eq!(matches.rules.iter().map(|m| m.rule).collect::<Vec<_>>(), [0, 2]);
    assert_eq!(matches.places, [7]);
}
