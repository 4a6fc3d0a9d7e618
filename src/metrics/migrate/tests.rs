use crate::ErrorKind;
use crate::metrics::testing::{CATALOG, Item, aggregate};
use crate::metrics::{Aggregate, SummaryOptions};
use crate::taxonomy::{Migration, Taxonomy};

fn migration(toml: &str) -> Migration {
    let taxonomy = &CATALOG.taxonomy;
    taxonomy.migrate(taxonomy, "map.toml", toml).unwrap()
}

/// Ann has both problems in one item and one of them in another, Bob one.
fn counts() -> Aggregate {
    aggregate([
        Item::new("ann").bad("delivery/speed", 0.4).bad("service/attitude", 0.4).product("lamp"),
        Item::new("ann").bad("service/attitude", 0.4),
        Item::new("bob").bad("service/attitude", 0.4),
    ])
}

#[test]
fn merged_topics_keep_distinct_customers() {
    let map = migration("[[topic]]\nfrom = \"delivery/speed\"\nto = [\"service/attitude\"]");
    let (merged, moved) = counts().migrated(&map).unwrap();
    let summary = merged.summary(&SummaryOptions::default());
    let topic = summary.topic("service/attitude", None).unwrap();
    assert_eq!((topic.customers, topic.items), (2, 4));
    assert_eq!((moved.moved(), moved.undecided()), (1, 0));
    assert!(summary.topic("delivery/speed", None).is_none());
    assert_eq!(summary.items, 3);
}

#[test]
fn a_split_topic_goes_where_its_rule_says() {
    let map = migration(
        "[[topic]]\nfrom = \"service/attitude\"\nto = [\"price/value\", \"product/quality\"]\ndefault = \"price/value\"",
    );
    let (split, moved) = counts().migrated(&map).unwrap();
    assert_eq!((moved.moved(), moved.undecided()), (0, 3));
    assert_eq!(split.summary(&SummaryOptions::default()).topic("price/value", None).unwrap().customers, 2);
}

#[test]
fn nothing_moved_is_the_same_state() {
    let (same, moved) = counts().migrated(&migration("")).unwrap();
    assert_eq!((same, moved.moved() + moved.undecided()), (counts(), 0));
}

#[test]
fn order_of_merging_and_migrating_does_not_matter() {
    let map = migration("[[topic]]\nfrom = \"delivery/speed\"\nto = [\"service/attitude\"]");
    let (mut first, _) = counts().migrated(&map).unwrap();
    let other = aggregate([Item::new("cyd").bad("delivery/speed", 0.4)]);
    first.merge(&other.migrated(&map).unwrap().0).unwrap();
    let mut whole = counts();
    whole.merge(&other).unwrap();
    assert_eq!(whole.migrated(&map).unwrap().0, first);
}

#[test]
fn counts_of_another_taxonomy_are_refused() {
    let foreign = Taxonomy::dining().unwrap();
    let counts = aggregate([Item::new("ann").bad("product/quality", 0.4)]);
    let error = counts.migrated(&foreign.migrate(&foreign, "map.toml", "").unwrap()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unknown);
}
