use super::*;
use crate::case::{Actor, Desk};
use crate::metrics::testing::Item;
use jiff::SignedDuration;

fn at(minute: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute)
}

fn open(id: &str, text: &str, topic: &str) -> Case {
    let (feedback, insight) = Item::new(id).text(text).bad(topic, 0.6).done();
    Desk::builtin().unwrap().open(&feedback, &insight, at(0))
}

fn solved(id: &str, text: &str, topic: &str, satisfied: bool, minute: i64) -> Case {
    let mut case = open(id, text, topic);
    let words = str::to_owned;
    for event in [
        Event::dispatch(),
        Event::Verify { finding: words("so it is") },
        Event::Plan { remedy: words("product-exchange") },
        Event::Execute { note: words("done") },
        Event::FollowUp { satisfied },
    ] {
        case.apply(event, Actor::System, at(minute)).unwrap();
    }
    let cause = Some(words("snow"));
    case.apply(Event::Archive { lesson: words("look ahead"), cause }, Actor::System, at(minute)).unwrap();
    case
}

fn shelf() -> Library {
    let mut library = Library::new(10);
    for case in [
        solved("a", "桌子有裂缝，质量太差", "product/quality", true, 1),
        solved("b", "Delivery took two weeks, far too slow", "delivery/speed", true, 2),
        solved("c", "the agent was impatient", "service/attitude", true, 3),
    ] {
        assert!(library.add(&case));
    }
    library
}

#[test]
fn the_solved_case_is_found_again() {
    let library = shelf();
    let found = |text, topic| library.search(&open("d", text, topic)).first().map(|s| s.case.id.clone());
    assert_eq!(found("So slow, delivery took ages", "delivery/speed").as_deref(), Some("host/b"));
    assert_eq!(found("椅子质量差，有裂缝", "product/quality").as_deref(), Some("host/a"));
    assert_eq!(found("far too expensive", "price/value"), None);
    let same = library.search(&open("d", "the agent was impatient", "service/attitude"));
    assert_eq!(same[0].score, 1.0);
}

#[test]
fn only_solved_cases_are_kept_and_the_oldest_goes() {
    let mut library = Library::new(2);
    assert!(!library.add(&open("x", "far too slow", "delivery/speed")));
    assert!(!library.add(&solved("y", "far too slow", "delivery/speed", false, 1)));
    for (id, minute) in [("a", 3), ("b", 1), ("c", 2)] {
        library.add(&solved(id, "far too slow", "delivery/speed", true, minute));
    }
    let ids = |library: &Library| library.iter().map(|case| case.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&library), ["host/c", "host/a"]);
    assert!(!library.add(&solved("old", "far too slow", "delivery/speed", true, 0)));
    assert!(library.add(&solved("c", "far too slow", "delivery/speed", true, 9)));
    assert_eq!(ids(&library), ["host/a", "host/c"]);
}

#[test]
fn storage_keeps_everything_and_checks_the_bound() {
    let library = shelf();
    let json = serde_json::to_string(&library).unwrap();
    assert_eq!(serde_json::from_str::<Library>(&json).unwrap(), library);
    let small = json.replace("\"capacity\":10", "\"capacity\":2");
    let error = serde_json::from_str::<Library>(&small).unwrap_err();
    assert!(error.to_string().starts_with("a library for 2 cases cannot hold 3"));
}

#[test]
fn remedies_and_causes_are_learned_from() {
    let mut library = shelf();
    library.add(&solved("e", "lid broken", "product/quality", true, 5));
    let outcomes = library.outcomes("product");
    assert_eq!((outcomes[0].remedy.as_str(), outcomes[0].cases), ("product-exchange", 2));
    assert_eq!(outcomes[0].satisfied.unwrap().value, 1.0);
    let causes = library.causes();
    assert_eq!((causes[0].cause.as_str(), causes[0].cases, causes[0].last), ("snow", 4, at(5)));
    assert_eq!(causes[0].topics.len(), 3);
}

/// Robertson and Zaragoza's formula by hand: two cases of three and one term.
#[test]
fn a_score_by_hand() {
    let mut library = Library::new(3);
    let case = |id: &str, words: &[(&str, u32)]| {
        let mut case = solved(id, "x", "price/value", true, 1);
        case.opening.words = words.iter().map(|(word, n)| ((*word).to_owned(), *n)).collect();
        case
    };
    library.add(&case("a", &[("lid", 2)]));
    library.add(&case("b", &[("lid", 1), ("cup", 1)]));
    let query = BTreeMap::from([("lid".to_owned(), 1)]);
    // Both cases have length 6 (two words, topic 3, group 1), the mean: the length does not count.
    let score = |id: &str| {
        let case = library.iter().find(|case| case.id == id).unwrap();
        library.score(&query, &case.terms, 6.0)
    };
    let rarity = 2.0_f64.ln(); // 1 + (2 + 1) / (2 + 1)
    assert!((score("host/a") - rarity * 2.0 * 2.2 / (2.0 + 1.2)).abs() < 1e-12);
    assert!((score("host/b") - rarity * 2.2 / 2.2).abs() < 1e-12);
}
