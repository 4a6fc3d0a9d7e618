//! Learning: readable, bounded, the same every time, and fed by whatever the engine reads.
#![allow(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use candor::feedback::{Role, Turn};
use candor::induce::{Example, Layer, Options, learn};
use candor::lexicon::{Lexicon, List};
use candor::{Engine, Feedback};
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::builder().build().unwrap());

fn texts(each: &str) -> Vec<Feedback> {
    (0..30).map(|i| Feedback::from_text(format!("{each} number {i}"))).collect()
}

fn examples<'a>(items: &'a [Feedback], content: bool, domain: &'a str) -> impl Iterator<Item = Example<'a>> {
    items.iter().map(move |feedback| Example { feedback, content, domain })
}

fn learned(bad: &[Feedback], good: &[Feedback]) -> Layer {
    let both: Vec<_> = examples(bad, false, "a").chain(examples(good, true, "a")).collect();
    learn(&ENGINE, &both, &Options::default()).unwrap()
}

#[test]
fn the_same_input_gives_the_same_bytes_and_they_read_back() {
    let (bad, good) = (texts("the frobnik rattles 格拉波"), texts("our wuzzle purrs 米露卡"));
    let (one, two) = (learned(&bad, &good), learned(&bad, &good));
    assert_eq!(one, two);
    let tsv = one.to_tsv(List::Cue);
    let lines = tsv.lines().filter(|l| !l.starts_with('#')).count();
    assert_eq!(Lexicon::new().list(List::Cue, "cue.tsv", &tsv).unwrap().len(), lines);
    let value = |term: &str| one.entries().iter().find(|e| e.term == term).map(|e| e.value);
    assert!(value("frobnik").unwrap() < 0.0 && value("wuzzle").unwrap() > 0.0);
    assert!(value("格拉波").unwrap() < 0.0 && value("米露卡").unwrap() > 0.0);
}

#[test]
fn a_listed_opinion_keeps_its_side() {
    // Every text with the word is on the wrong side.
    let layer = learned(&texts("an excellent frobnik"), &texts("a terrible wuzzle"));
    for (term, side) in [("excellent", 1.0), ("terrible", -1.0)] {
        let entry = layer.entries().iter().find(|e| e.term == term).unwrap();
        let listed = entry.listed.unwrap();
        assert!(entry.value * side >= 0.5 * listed * side - 0.01, "{term}: {} of {listed}", entry.value);
    }
}

#[test]
fn conversations_are_learned_from_and_agents_are_not() {
    let chat = |words: &str, i: usize| {
        let turn = |role, text: String| Turn { role, text, ..Turn::default() };
        Feedback::builder(format!("c-{i}"))
            .turn(turn(Role::Customer, format!("{words} number {i}")))
            .turn(turn(Role::Agent, "quizzaciously yours".into()))
            .build()
            .unwrap()
    };
    let bad: Vec<_> = (0..30).map(|i| chat("the frobnik rattles", i)).collect();
    let good: Vec<_> = (0..30).map(|i| chat("our wuzzle purrs", i)).collect();
    let layer = learned(&bad, &good);
    let known = |term: &str| layer.entries().iter().any(|e| e.term == term);
    assert!(known("frobnik") && !known("quizzaciously"));
}

#[test]
fn bounds_are_kept() {
    let (bad, good) = (texts("the frobnik rattles and clatters at dusk"), texts("our wuzzle purrs at dawn"));
    let both: Vec<_> = examples(&bad, false, "a").chain(examples(&good, true, "b")).collect();
    let mut options = Options::default();
    options.min_domains = 2;
    let layer = learn(&ENGINE, &both, &options).unwrap();
    assert!(layer.entries().iter().all(|e| e.term != "frobnik"), "it stands in one domain only");
    options.min_domains = 1;
    options.max_entries = 3;
    let layer = learn(&ENGINE, &both, &options).unwrap();
    assert!(layer.entries().iter().filter(|e| e.listed.is_none()).count() <= 3);
}

#[test]
fn one_side_alone_teaches_nothing() {
    let bad = texts("the frobnik rattles");
    let error =
        learn(&ENGINE, &examples(&bad, false, "a").collect::<Vec<_>>(), &Options::default()).unwrap_err();
    assert_eq!(error.to_string(), "no example is content");
}
