//! The same question asked in two ways: reused against fresh memory, laid over against built in.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests may fail loudly"
)]

mod pieces;
mod sample;

use candor::annotate::EvidenceLimit;
use candor::lexicon::{Lexicon, List};
use candor::{Engine, Feedback, Insight};
use proptest::prelude::*;
use sample::all;
use serde_json::Value;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::builder().build().unwrap());

/// An insight as a whole, without the print of its engine.
fn said(insight: &Insight, feedback: &Feedback) -> Value {
    let mut value = serde_json::to_value(insight.to_wire_with(feedback, EvidenceLimit::All)).unwrap();
    value.as_object_mut().unwrap().remove("fingerprint");
    value
}

/// As [`said`], without the names of rules: a word of a host is named after the host.
fn meant(engine: &Engine, text: &str) -> Value {
    let feedback = Feedback::from_text(text);
    let mut value = said(&engine.analyze(&feedback), &feedback);
    for firing in value["evidence"].as_array_mut().unwrap() {
        firing.as_object_mut().unwrap().remove("rule");
    }
    value
}

fn word(list: List, term: &str, value: f32, class: &str) -> Lexicon {
    Lexicon::new().word(list, term, value, class).unwrap()
}

/// Checks that a tenant's words do the same as words built in.
#[track_caller]
fn same_as_built_in(words: &Lexicon, texts: &[&str]) {
    let derived = ENGINE.derive(words).unwrap();
    let built = Engine::builder().words(words.clone()).build().unwrap();
    for text in texts {
        assert_eq!(meant(&derived, text), meant(&built, text), "{text}");
        assert_ne!(meant(&derived, text), meant(&ENGINE, text), "the word changes nothing in {text:?}");
    }
    for text in all() {
        assert_eq!(meant(&derived, text), meant(&built, text), "{text}");
    }
}

#[test]
fn empty_overlay_changes_nothing() {
    let derived = ENGINE.derive(&Lexicon::new()).unwrap();
    for text in all() {
        assert_eq!(meant(&derived, text), meant(&ENGINE, text), "{text}");
        assert_eq!(derived.sentiment(text), ENGINE.sentiment(text), "{text}");
    }
}

#[test]
fn new_word_laid_over_or_built_in() {
    same_as_built_in(
        &word(List::Valence, "cromulent", 1.8, "opinion"),
        &["A cromulent kettle.", "The delivery was not very cromulent", "质量很 cromulent", "CROMULENT!!!"],
    );
    same_as_built_in(
        &word(List::Valence, "鸡肋爆米花", -2.0, "opinion"),
        &["鸡肋爆米花", "包装鸡肋爆米花，不过物流很快", "不鸡肋爆米花"],
    );
    same_as_built_in(
        &word(List::Valence, "mooncake grade", 2.0, "opinion"),
        &["It is mooncake grade, but slow."],
    );
}

#[test]
fn new_modifier_laid_over_or_built_in() {
    same_as_built_in(&word(List::Booster, "humongously", 1.8, "pre"), &["The kettle is humongously good."]);
    same_as_built_in(&word(List::Negator, "nae", 1.0, "pre"), &["The kettle is nae good."]);
}

#[test]
fn listed_word_overridden_or_built_in() {
    same_as_built_in(
        &word(List::Valence, "lovely", -2.0, "opinion"),
        &["A lovely kettle.", "Lovely, just lovely."],
    );
    same_as_built_in(&word(List::Valence, "精致", -2.0, "opinion"), &["做工很精致。"]);
}

#[test]
fn overlay_replaces_the_overlay_before() {
    let first = ENGINE.derive(&word(List::Valence, "cromulent", 1.8, "opinion")).unwrap();
    let second = first.derive(&word(List::Valence, "frabjous", 1.8, "opinion")).unwrap();
    assert_eq!(second.sentiment("It is cromulent."), ENGINE.sentiment("It is cromulent."));
    assert!(second.sentiment("It is frabjous.").score > 0.0);
}

#[test]
fn prints_tell_engines_apart() {
    let again = Engine::builder().build().unwrap();
    assert_eq!(again.fingerprint(), ENGINE.fingerprint());
    let one = ENGINE.derive(&word(List::Valence, "cromulent", 1.8, "opinion")).unwrap();
    let other = ENGINE.derive(&word(List::Valence, "cromulent", 1.9, "opinion")).unwrap();
    assert_ne!(one.fingerprint(), ENGINE.fingerprint());
    assert_ne!(one.fingerprint(), other.fingerprint());
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    let sentence = prop::sample::select(all().collect::<Vec<_>>()).prop_map(str::to_owned);
    let any = prop::collection::vec(any::<char>(), 0..60).prop_map(String::from_iter);
    prop::collection::vec(prop_oneof![pieces::texts(40), sentence, any], 1..8)
}

proptest! {
    #[test]
    fn reused_memory_equals_fresh(texts in texts()) {
        let (mut scratch, mut insight) = (ENGINE.scratch(), ENGINE.insight());
        for text in &texts {
            let feedback = Feedback::from_text(text.as_str());
            ENGINE.analyze_into(&feedback, &mut scratch, &mut insight);
            prop_assert_eq!(said(&insight, &feedback), said(&ENGINE.analyze(&feedback), &feedback));
            let sentiment = ENGINE.sentiment_into(text, &mut scratch, &mut insight);
            prop_assert_eq!(sentiment, ENGINE.analyze(&feedback).sentiment());
        }
    }

    #[test]
    fn sentiment_alone_equals_that_of_the_whole(texts in texts()) {
        for text in &texts {
            prop_assert_eq!(ENGINE.sentiment(text), ENGINE.analyze_text(text).sentiment());
        }
    }

    #[test]
    fn empty_overlay_changes_no_text(texts in texts()) {
        let derived = ENGINE.derive(&Lexicon::new()).unwrap();
        for text in &texts {
            prop_assert_eq!(meant(&derived, text), meant(&ENGINE, text));
        }
    }

    #[test]
    fn memory_may_be_shared_by_engines(texts in texts()) {
        let derived = ENGINE.derive(&word(List::Valence, "kettle", 1.8, "opinion")).unwrap();
        let (mut scratch, mut insight) = (ENGINE.scratch(), ENGINE.insight());
        for text in &texts {
            let feedback = Feedback::from_text(text.as_str());
            for engine in [&ENGINE, &derived] {
                engine.analyze_into(&feedback, &mut scratch, &mut insight);
                prop_assert_eq!(said(&insight, &feedback), said(&engine.analyze(&feedback), &feedback));
                prop_assert_eq!(insight.fingerprint(), engine.fingerprint());
            }
        }
    }
}
