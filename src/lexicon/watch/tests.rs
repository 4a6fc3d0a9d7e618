use super::*;
use crate::lexicon::{ALL_GROUPS, SENTIMENT_GROUPS, Table, VocabularyBuilder};
use proptest::prelude::*;

fn forms(text: &str) -> Needle {
    Needle::Forms(text.to_owned())
}

fn exact(text: &str) -> Needle {
    Needle::Exact(text.to_owned())
}

fn glob(text: &str) -> Needle {
    Needle::Glob(text.to_owned())
}

/// The stretches of `text` found for the needles, with their numbers and first units.
fn found(needles: &[Needle], text: &str) -> Vec<(u32, String, u32)> {
    let table = Table::build(VocabularyBuilder::default().build()).watching(Watch::build(needles));
    let mut scan = Scan::default();
    scan.run(text, &table, None, ALL_GROUPS);
    let words = |s: &Spot| text.get(s.start as usize..s.end as usize).unwrap().to_owned();
    let spot = |s: &Spot| (s.needle, words(s), s.unit);
    scan.spots.iter().map(spot).collect()
}

#[track_caller]
fn hits(needle: &Needle, text: &str, expected: &[&str]) {
    let found = found(std::slice::from_ref(needle), text);
    let found: Vec<&str> = found.iter().map(|(_, text, _)| text.as_str()).collect();
    assert_eq!(found, expected, "{needle:?} in {text}");
}

#[test]
fn words_have_their_regular_forms_and_phrases_do_not() {
    hits(&forms("refund"), "Refunds? I was REFUNDED, no refund.", &["Refunds", "REFUNDED", "refund"]);
    hits(&exact("refund"), "refunds refund", &["refund"]);
    hits(&forms("proof"), "water-proof, the proof's weak", &["proof", "proof"]);
    hits(&forms("5g"), "no 5G here", &["5G"]);
    hits(&exact("24/7"), "open 24/7", &["24/7"]);
}

#[test]
fn phrases_stand_side_by_side_in_a_sentence() {
    let never = exact("never again");
    hits(&never, "Never again! never, again. Never. Again never so again", &["Never again", "never, again"]);
    let both = [exact("cash on"), exact("cash on delivery"), exact("on delivery")];
    let numbers: Vec<u32> = found(&both, "pay cash on delivery").iter().map(|f| f.0).collect();
    assert_eq!(numbers, [0, 1, 2]);
}

#[test]
fn wildcards_end_words_and_bridge_a_few_characters() {
    hits(&glob("refund*"), "Refundable refunds; a prerefund", &["Refundable", "refunds"]);
    hits(&glob("un*able"), "unable unreliable unables un able", &["unable", "unreliable"]);
    hits(&glob("退*款"), "退款 退了款 退全部的款 退我全部剩下的款 退，款", &["退款", "退了款", "退全部的款"]);
    hits(&glob("换*货*快"), "换个货很快", &["换个货很快"]);
}

#[test]
fn wide_words_are_found_inside_others_and_overlap() {
    let needles =
        [forms("太慢"), forms("慢死"), forms("物流太慢"), forms("cp值"), forms("😡"), forms("café")];
    let spots = found(&needles, "物流太慢死了 CP值 😡 café cafés");
    let spots: Vec<(u32, &str, u32)> = spots.iter().map(|(n, t, u)| (*n, t.as_str(), *u)).collect();
    assert_eq!(
        spots,
        [(2, "物流太慢", 0), (0, "太慢", 2), (1, "慢死", 3), (3, "CP值", 6), (4, "😡", 8), (5, "café", 8)]
    );
}

#[test]
fn the_sentiment_alone_does_not_look() {
    let table = Table::build(VocabularyBuilder::default().build()).watching(Watch::build(&[forms("lamp")]));
    let mut scan = Scan::default();
    scan.run("lamp", &table, None, SENTIMENT_GROUPS);
    assert_eq!(scan.spots, []);
}

proptest! {
    #[test]
    fn any_text_is_read(text in "[a-z退款很 *'é😡.-]{0,40}", needle in "[a退é][a-z款*]{0,6}") {
        let needles = [forms(&needle.replace('*', "")), glob(&needle), exact(&needle.replace('*', " "))];
        for (number, found, _) in found(&needles, &text) {
            prop_assert!(number < 3 && text.contains(&found));
        }
    }
}
