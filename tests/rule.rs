//! Rules of the host, from the pack to the verdict.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

use candor::annotate::{Intent, Polarity};
use candor::lexicon::Lexicon;
use candor::rule::{FindingKind, Rule, RulePack};
use candor::taxonomy::Pack;
use candor::{Engine, ErrorKind, Feedback, Insight, Taxonomy};
use proptest::prelude::*;
use std::sync::LazyLock;

static PLAIN: LazyLock<Engine> = LazyLock::new(|| Engine::builder().build().unwrap());

fn pack(rules: &[Rule]) -> RulePack {
    rules.iter().fold(RulePack::new("test"), |pack, rule| pack.rule(rule.clone()).unwrap())
}

fn rule(id: &str, when: &str) -> Rule {
    Rule::new(id, when).unwrap()
}

fn engine(rules: &[Rule]) -> Engine {
    Engine::builder().rules(pack(rules)).build().unwrap()
}

fn held(insight: &Insight) -> Vec<&str> {
    insight.rules().map(|rule| rule.id()).collect()
}

fn topics(insight: &Insight) -> Vec<(&str, Polarity)> {
    insight.topics().iter().map(|t| (insight.path(t.topic), t.polarity)).collect()
}

/// Many rules over the words of the tests.
static MANY: LazyLock<Engine> = LazyLock::new(|| {
    engine(&[
        rule("gap", "退*款").tag("money"),
        rule("words", "refund* OR \"money back\" OR 太慢 OR 慢死").topic("return/refund"),
        rule("clause", "CLAUSE(slow AND NOT parcel)").intent("request"),
        rule("near", "(parcel OR 物流) ONEAR/3 (slow OR 慢)").topic("delivery/speed"),
        rule("bad", "CLAUSE(lamp AND polarity:negative)").tag("bad_lamp"),
        rule("none", "NOT lamp").tag("no_lamp"),
    ])
});

#[test]
fn a_topic_rule_lists_the_topic_as_the_item_leans() {
    let engine = engine(&[rule("seal", "seal* NEAR/4 open*").topic("product/safety")]);
    let insight =
        engine.analyze_text("I am angry. The seal had been opened. Twice I wrote. Twice nobody answered.");
    assert!(topics(&insight).contains(&("product/safety", Polarity::Negative)), "{:?}", topics(&insight));
    let places: Vec<_> = insight.rules().flat_map(|r| r.places().to_vec()).collect();
    assert_eq!(places.len(), 2);
    let feedback = Feedback::from_text("The seal was opened");
    let insight = engine.analyze(&feedback);
    assert!(topics(&insight).iter().any(|(path, _)| *path == "product/safety"));
    let explained = engine.explain(&insight, &feedback).to_string();
    assert!(explained.ends_with("  rule seal by \"seal\", \"opened\"\n"), "{explained}");
}

#[test]
fn an_opinion_without_topic_gets_that_of_the_rule() {
    let text = "The zorbulator is terrible";
    let before = PLAIN.analyze_text(text);
    assert_eq!(before.opinions()[0].topic, None);
    let engine = engine(&[rule("z", "zorbulator").topic("product/features")]);
    let insight = engine.analyze_text(text);
    assert_eq!(insight.opinions()[0].topic.map(|t| insight.path(t)), Some("product/features"));
    let mention = insight.topics()[0];
    assert_eq!((mention.polarity, mention.mentions), (Polarity::Negative, 1));
}

#[test]
fn intents_and_tags_follow() {
    let engine = engine(&[
        rule("leave", "cancel* AND segment:vip").intent("churn").tag("vip").tag("call"),
        rule("empty", "rating<=2 AND segment:vip").tag("vip").tag("low"),
    ]);
    let vip = |text: &str| {
        let json = format!(
            r#"{{"id":"1","text":"{text}","rating":{{"value":1,"min":1,"max":5}},"customer":{{"segment":"VIP"}}}}"#
        );
        Feedback::from_json(&json).unwrap()
    };
    let feedback = vip("Cancelled today, goodbye");
    let insight = engine.analyze(&feedback);
    assert!(insight.intents().contains(Intent::Churn));
    assert_eq!(insight.tags().collect::<Vec<_>>(), ["vip", "call", "low"]);
    let wire = serde_json::to_value(insight.to_wire(&feedback)).unwrap();
    assert_eq!(wire["tags"], serde_json::json!(["vip", "call", "low"]));
    let silent = vip("");
    let insight = engine.analyze(&silent);
    assert!(insight.abstained().is_some());
    assert_eq!(held(&insight), ["empty"], "fields speak where words do not");
    let plain = Feedback::from_text("Cancelled");
    let wire = serde_json::to_value(engine.analyze(&plain).to_wire(&plain)).unwrap();
    assert_eq!(wire.get("tags"), None);
}

#[test]
fn clauses_sentences_and_feelings() {
    let engine = engine(&[
        rule("clause", "CLAUSE(lamp AND slow)").tag("t"),
        rule("sentence", "SENTENCE(lamp AND slow)").tag("t"),
        rule("item", "lamp AND slow").tag("t"),
        rule("bad", "CLAUSE(lamp AND polarity:negative)").tag("t"),
    ]);
    let of =
        |text: &str| held(&engine.analyze_text(text)).iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
    assert_eq!(of("The lamp is slow"), ["clause", "sentence", "item", "bad"]);
    assert_eq!(of("Great lamp, but delivery was slow"), ["sentence", "item"]);
    assert_eq!(of("Great lamp. Delivery was slow."), ["item"]);
    assert_eq!(of("Great delivery, awful lamp"), ["bad"]);
}

#[test]
fn rules_read_both_languages_and_every_field() {
    let words = |insight: &Insight, feedback: &Feedback| -> Vec<String> {
        let places = insight.rules().flat_map(|r| r.places().to_vec());
        places.map(|(field, span)| span.slice(feedback.field(field)).unwrap().to_owned()).collect()
    };
    let engine = engine(&[rule("r", "退*款 AND refund* AND \"never again\"").tag("t")]);
    let json = r#"{"id":"1","title":"請<b>退個</b>款","text":"NEVER again!","turns":[{"role":"customer","text":"refunds?"}]}"#;
    let feedback = Feedback::from_json(json).unwrap();
    let insight = engine.analyze(&feedback);
    assert_eq!(words(&insight, &feedback), ["退個</b>款", "NEVER again", "refunds"]);
}

#[test]
fn a_rule_that_cannot_be_followed_is_refused() {
    let fails = |rule: Rule, message: &str| {
        let error = Engine::builder().rules(pack(&[rule])).build().unwrap_err();
        assert_eq!((error.to_string().as_str(), error.kind()), (message, ErrorKind::Unknown));
    };
    fails(
        rule("a", "x").topic("delivery/sped"),
        "rule \"a\": topic \"delivery/sped\" is not defined; did you mean \"delivery/speed\"?",
    );
    fails(
        rule("a", "x").intent("chrun"),
        "rule \"a\": intent \"chrun\" is not known; did you mean \"churn\"?",
    );
    let one = pack(&[rule("a", "x").tag("t")]);
    let error = Engine::builder().rules(one.clone()).rules(one.clone()).build().unwrap_err();
    assert_eq!(error.to_string(), "rule \"a\": the id is taken by a rule of another pack");
    let base = Engine::builder().rules(one.clone()).build().unwrap();
    let error = base.derive_with_rules(&Lexicon::new(), &one).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict);
}

#[test]
fn tenants_have_rules_of_their_own_beside_the_shared_ones() {
    let base = engine(&[rule("base", "lamp").tag("base")]);
    let own = pack(&[rule("own", "lamp AND 灯").topic("product/design").tag("own")]);
    let tenant = base.derive_with_rules(&Lexicon::new(), &own).unwrap();
    let insight = tenant.analyze_text("lamp 灯");
    assert_eq!(
        (held(&insight), insight.tags().collect::<Vec<_>>()),
        (vec!["base", "own"], vec!["base", "own"])
    );
    assert_eq!(held(&base.analyze_text("lamp 灯")), ["base"]);
    assert_ne!(tenant.fingerprint(), base.derive(&Lexicon::new()).unwrap().fingerprint());
    assert_ne!(base.fingerprint(), PLAIN.fingerprint());
    let again = engine(&[rule("base", "(lamp)").tag("base")]);
    assert_eq!(base.fingerprint(), again.fingerprint());
}

#[test]
fn a_pack_tests_itself() {
    let rules = rule("late", "late NEAR/3 parcel").tag("late");
    let rules = rules.example(Feedback::from_text("The parcel came late"));
    let good = pack(&[rules.clone().near_miss(Feedback::from_text("late night"))]);
    assert_eq!(engine_of(&good).self_test(&good), []);
    let bad = pack(&[rules.example(Feedback::from_text("The parcel came early"))]);
    let failures = engine_of(&bad).self_test(&bad);
    assert_eq!(failures.len(), 1);
    assert_eq!(
        failures[0].to_string(),
        "rule \"late\" does not hold for its example \"The parcel came early\""
    );
    assert_eq!(PLAIN.self_test(&good).len(), 1, "the engine does not know the rule");
}

#[test]
fn topics_bring_rules_of_their_own() {
    let topic = |rules: &str| {
        format!(
            "[[topic]]\nid = \"gift/wrap\"\nname = {{ en = \"Wrap\", zh = \"包装纸\" }}\nabout = \"Gift wrap.\"\n\
             department = \"product\"\ncomplaint_class = \"other\"\nstage = \"other\"\nseverity = 0.2\nrules = {rules}\n"
        )
    };
    let pack = |rules: &str| Pack::parse("gift.toml", &topic(rules));
    let both = [pack("['ribbon*']").unwrap(), pack("['bow NEAR/2 box', '丝*带']").unwrap()];
    let both = Taxonomy::compose(both).unwrap();
    let engine = Engine::builder().taxonomy(both).build().unwrap();
    let insight = engine.analyze_text("No ribbons, 丝绸带, awful");
    assert_eq!(held(&insight), ["gift/wrap#1", "gift/wrap#3"]);
    assert_eq!(topics(&insight), [("gift/wrap", Polarity::Negative)]);
    let error = pack("['ribbon*', 'bow NAER/2 box']").unwrap_err();
    assert_eq!(
        error.to_string(),
        "gift.toml, line 9, column 26: operator \"NAER/2\" is not known; did you mean \"NEAR\"?"
    );
}

#[test]
fn the_sample_packs_hold_what_they_promise() {
    for name in ["rules_old.toml", "rules_new.toml"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data").join(name);
        let pack = RulePack::from_path(path).unwrap();
        let engine = engine_of(&pack);
        let failures: Vec<String> = engine.self_test(&pack).iter().map(ToString::to_string).collect();
        assert!(failures.is_empty(), "{name}: {failures:?}");
        let findings = pack.lint(engine.taxonomy().topics().map(|(_, topic)| topic.path()));
        let kinds: Vec<_> = findings.iter().map(|f| (f.kind(), f.rule())).collect();
        // A customer's segment is no word.
        let expected: &[_] =
            if name == "rules_new.toml" { &[(FindingKind::AlwaysAsked, "vip_unhappy")] } else { &[] };
        assert_eq!(kinds, expected, "{name}");
    }
}

fn engine_of(pack: &RulePack) -> Engine {
    Engine::builder().rules(pack.clone()).taxonomy(Taxonomy::commerce().unwrap()).build().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn rules_never_change_the_sentiment(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "物流太慢", "慢死了", "退钱款", "的", "，", "。", " parcel", " slow", " not good", " refund", " lamp",
                " but", ", ", ". ", " water-proof", " never", "😡", "\n",
            ]),
            0..24,
        ),
    ) {
        let text = words.concat();
        let (with, without) = (MANY.analyze_text(&text), PLAIN.analyze_text(&text));
        prop_assert_eq!(with.sentiment(), without.sentiment(), "{}", text);
        prop_assert_eq!(with.evidence(), without.evidence(), "{}", text);
        prop_assert_eq!(with.opinions().len(), without.opinions().len());
        for (_, span) in with.rules().flat_map(|r| r.places()) {
            prop_assert!(span.slice(&text).is_some_and(|words| !words.is_empty()), "{}", text);
        }
        let lamp = text.contains("lamp");
        prop_assert_eq!(held(&with).contains(&"none"), !lamp);
        prop_assert_eq!(held(&with).contains(&"gap"), text.contains("退钱款"));
    }
}
