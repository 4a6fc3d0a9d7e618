use super::wire::FIELDS;
use super::*;
use crate::feedback::{
    AspectRating, Attachment, Channel, Customer, Direction, Extra, Format, Moderation, Order, Rating,
    RatingKind, Role, Touchpoint, Turn, Votes,
};
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[track_caller]
fn refused(json: &str, message: &str) {
    assert_eq!(Feedback::from_json(json).unwrap_err().to_string(), message);
}

#[test]
fn null_is_absent() {
    let bare: Feedback = serde_json::from_str(r#"{"id":"1","text":"ok"}"#).unwrap();
    let mut nulls: serde_json::Map<String, Value> =
        FIELDS.iter().map(|name| ((*name).to_owned(), Value::Null)).collect();
    nulls.insert("id".into(), "1".into());
    nulls.insert("text".into(), "ok".into());
    assert_eq!(Feedback::from_json(&Value::Object(nulls).to_string()).unwrap(), bare);
    let inner = r#"{"id":1,"text":"ok","turns":[{"role":null,"text":null,"at":null}],"attributes":{"a":null},
        "votes":{"up":null},"customer":{"id":7,"orders":null,"verified":null}}"#;
    let inner = Feedback::from_json(inner).unwrap();
    assert_eq!((inner.id(), inner.customer().id.as_deref()), ("1", Some("7")));
    assert_eq!(inner.turns(), [Turn::default()]);
    assert!(inner.attributes().is_empty());
}

#[test]
fn ratings_are_objects_or_numbers() {
    let rating =
        |json: &str| *Feedback::from_json(&format!(r#"{{"id":"1",{json}}}"#)).unwrap().rating().unwrap();
    assert_eq!(rating(r#""rating":4"#), Rating::unscaled(4.0).unwrap());
    let five = Rating::new(4.0, 1.0, 5.0, RatingKind::Unknown).unwrap();
    assert_eq!(rating(r#""rating":4,"rating_scale":{"min":1,"max":5}"#), five);
    assert_eq!(rating(r#""rating":{"value":4,"min":1,"max":5}"#), five);
    assert_eq!(
        rating(r#""rating":{"value":4.5,"min":1,"max":5,"kind":"stars"}"#),
        Rating::stars(4.5).unwrap()
    );
    assert_eq!(rating(r#""rating":{"value":9,"kind":"nps"}"#), Rating::nps(9.0).unwrap());
    assert_eq!(rating(r#""rating":{"value":4,"kind":"stars"}"#), Rating::unscaled(4.0).unwrap());
}

#[test]
fn errors_name_the_path() {
    refused("{", "line 1, column 1: EOF while parsing an object");
    refused(
        r#"{"id":"1","text":5}"#,
        "line 1, column 18, /text: invalid type: integer `5`, expected a string",
    );
    let late = Feedback::from_json(r#"{"id":"好","turns":[{"text":"a"},{"at":"soon"}]}"#).unwrap_err();
    assert_eq!((late.location().path(), late.location().column()), (Some("/turns/1/at"), Some(44)));
    refused(
        r#"{"id":"1","rating":{"value":9,"min":1,"max":5}}"#,
        "/rating: rating 9 is outside its scale 1..5",
    );
    refused(r#"{"id":"1","rating":{"value":9,"min":1}}"#, "/rating: a rating scale needs both min and max");
    refused(
        r#"{"id":"1","text":"a","aspect_ratings":[{"aspect":"x","rating":{"value":9,"min":1,"max":5}}]}"#,
        "/aspect_ratings/0/rating: rating 9 is outside its scale 1..5",
    );
    refused(r#"{"id":"1","text":""}"#, "the item has none of text, title, rating, turns");
    refused(r#"{"text":"a"}"#, "/id: the item has no id");
    refused(
        r#"{"schema":2,"id":"1","text":"a"}"#,
        "/schema: schema 2 is not supported; this version reads schema 1",
    );
    refused(r#"{"id":"1","text":"a"} x"#, "line 1, column 23: trailing characters");
}

#[test]
fn unknown_fields_return_to_the_top_level() {
    let input = json!({"id":"1","text":"a","floor":3,"deep":{"x":[null]},"gone":null,"extra":{"text":"mine","free":1}});
    let item: Feedback = serde_json::from_value(input).unwrap();
    let keys: Vec<&str> = item.extra().keys().collect();
    assert_eq!(keys, ["deep", "floor", "free", "gone", "text"]);
    let written = serde_json::to_value(&item).unwrap();
    assert_eq!(
        written,
        json!({"schema":1,"id":"1","source":"host","channel":"review","text":"a","floor":3,"deep":{"x":[null]},
            "gone":null,"free":1,"extra":{"text":"mine"}})
    );
}

#[test]
fn an_unknown_role_is_unknown() {
    let item = Feedback::from_json(r#"{"id":"1","turns":[{"role":"robot","text":"hi"}]}"#).unwrap();
    assert_eq!(item.turns()[0].role, Role::Unknown);
}

#[test]
fn the_reader_supplies_missing_ids() {
    let fallback = Fallback { source: Source::JSONL, id: Some("jsonl:3".into()) };
    let item = read(br#"{"text":"a"}"#, fallback).unwrap();
    assert_eq!((item.id(), item.source(), item.has_generated_id()), ("jsonl:3", &Source::JSONL, true));
    let fallback = Fallback { source: Source::JSONL, id: Some("jsonl:3".into()) };
    let own = read(br#"{"text":"a","id":"x","source":"host"}"#, fallback).unwrap();
    assert_eq!((own.id(), own.source(), own.has_generated_id()), ("x", &Source::HOST, false));
}

/// A record with every field set.
fn full() -> Feedback {
    let mut extra = Extra::default();
    extra.insert("text", 1.into());
    extra.insert("floor", 3.into());
    Feedback::builder("r-1")
        .source(Source::TAOBAO)
        .channel(Channel::CHAT)
        .parent_id("t")
        .touchpoint(Touchpoint::DELIVERY)
        .created_at(Timestamp::UNIX_EPOCH)
        .updated_at(Timestamp::UNIX_EPOCH)
        .direction(Direction::Agent)
        .text("text")
        .title("title")
        .format(Format::Html)
        .turn(Turn { role: Role::Customer, ..Turn::default() })
        .rating(Rating::nps(9.0).unwrap())
        .aspect_ratings(vec![AspectRating { aspect: "taste".into(), rating: Rating::stars(2.0).unwrap() }])
        .customer(Customer { id: Some("c".into()), ..Customer::default() })
        .product("p")
        .order("o")
        .courier("c")
        .region("r")
        .store("s")
        .agent("a")
        .team("t")
        .language("zh")
        .tags(vec!["t".into()])
        .votes(Votes { up: 1, down: 0 })
        .moderation(Moderation::Spam)
        .incentivised(true)
        .attachments(vec![Attachment { kind: "image".into(), url: "u".into() }])
        .follow_up_of("r-0")
        .attribute("campaign", "spring")
        .generated_id(true)
        .encoding_repaired(true)
        .extra(extra)
        .build()
        .unwrap()
}

#[test]
fn schema_and_wire_have_the_same_fields() {
    let schema: Value = serde_json::from_str(FEEDBACK_SCHEMA).unwrap();
    let told: BTreeSet<&str> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(told, FIELDS.iter().copied().collect());
    let written = serde_json::to_value(full()).unwrap();
    let mut seen: BTreeSet<&str> = written.as_object().unwrap().keys().map(String::as_str).collect();
    assert!(seen.remove("floor"), "an unknown field stands at the top level");
    seen.insert("rating_scale"); // read, never written
    assert_eq!(seen, told);
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-z]{1,8}", Just("很好 😀".to_owned())]
}

fn instants() -> impl Strategy<Value = Timestamp> {
    (-377_000_000_000_i64..253_000_000_000, 0..1_000_000_000_i32)
        .prop_map(|(s, n)| Timestamp::new(s, n).unwrap())
}

fn ratings() -> impl Strategy<Value = Rating> {
    let kind = prop_oneof![Just(RatingKind::Stars), Just(RatingKind::Ordinal), Just(RatingKind::Unknown)];
    let scaled = (-1e6..0.0_f64, 1.0..1e6_f64, 0.0..=1.0_f64, kind).prop_map(|(min, max, at, kind)| {
        Rating::new((min + at * (max - min)).min(max), min, max, kind).unwrap()
    });
    let plain = any::<f64>().prop_filter_map("finite", |v| Rating::unscaled(v).ok());
    prop_oneof![scaled, plain, (0..=10_u8).prop_map(|v| Rating::nps(v.into()).unwrap())]
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let role = prop_oneof![Just(Role::Customer), Just(Role::Agent), Just(Role::Unknown)];
    let turn =
        (role, prop::option::of(words()), prop::option::of(instants()), words(), prop::option::of(words()))
            .prop_map(|(role, author, at, text, question)| Turn { role, author, at, text, question });
    prop::collection::vec(turn, 0..3)
}

fn customers() -> impl Strategy<Value = Customer> {
    let orders =
        prop::collection::vec((instants(), -1e9..1e9).prop_map(|(at, value)| Order { at, value }), 0..3);
    (
        prop::option::of(words()),
        prop::option::of(words()),
        any::<Option<bool>>(),
        orders,
        prop::option::of(-1e9..1e9),
    )
        .prop_map(|(id, name, verified, orders, lifetime_value)| Customer {
            id,
            name,
            verified,
            orders,
            lifetime_value,
            ..Customer::default()
        })
}

fn extras() -> impl Strategy<Value = Extra> {
    let name = prop_oneof![words(), prop::sample::select(FIELDS).prop_map(str::to_owned)];
    let value = prop_oneof![
        Just(Value::Null),
        any::<f64>().prop_map(|v| json!(v)),
        any::<u64>().prop_map(Value::from),
        words().prop_map(|w| json!({ "deep": [w] })),
    ];
    prop::collection::btree_map(name, value, 0..4).prop_map(|all| all.into_iter().collect())
}

proptest! {
    #[test]
    fn round_trips_lose_nothing(
        (id, text, title, product) in ("[a-z0-9-]{1,9}", words(), words(), words()),
        (created, rating, turns) in (instants(), ratings(), turns()),
        (customer, extra, tags) in (customers(), extras(), prop::collection::vec(words(), 0..3)),
        (up, repaired, channel, attribute) in (any::<u64>(), any::<bool>(), words(), words()),
    ) {
        let channel = if channel.trim().is_empty() { Channel::REVIEW } else { Channel::new(channel) };
        let item = Feedback::builder(id)
            .channel(channel)
            .text(text)
            .title(title)
            .product(product)
            .created_at(created)
            .rating(rating)
            .turns(turns)
            .customer(customer)
            .extra(extra)
            .tags(tags)
            .votes(Votes { up, down: 0 })
            .encoding_repaired(repaired)
            .attribute("note", attribute)
            .build()
            .unwrap();
        let json = serde_json::to_string(&item).unwrap();
        prop_assert_eq!(&Feedback::from_json(&json).unwrap(), &item);
        let value: Feedback = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(value, item);
    }
}
