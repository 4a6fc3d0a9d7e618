use super::*;

const PACK: &str = r#"
[[rule]]
id = "late"
about = "Waits."
when = 'late NEAR/3 parcel'
then = { topic = ["delivery/speed", "order/status"], tag = "late" }
examples = ["The parcel is late", { text = "late parcel", rating = 2, channel = "chat" }]
near_misses = ["late night"]

[[rule]]
id = "old"
when = 'gone'
then = { intent = "churn" }
disabled = true
"#;

#[track_caller]
fn fails(toml: &str, message: &str) {
    assert_eq!(RulePack::parse("shop.toml", toml).unwrap_err().to_string(), message);
}

#[test]
fn a_pack_is_read() {
    let pack = RulePack::parse("shop.toml", PACK).unwrap();
    let [late, old] = pack.rules() else { panic!("two rules") };
    assert_eq!(
        (late.id(), late.description(), late.when().as_str()),
        ("late", "Waits.", "late NEAR/3 parcel")
    );
    assert_eq!((late.topics().len(), late.tags(), late.intents().len()), (2, &["late".to_owned()][..], 0));
    assert_eq!(late.examples()[1].channel().as_str(), "chat");
    assert_eq!(late.near_misses()[0].text(), "late night");
    assert_eq!((old.is_disabled(), old.place()), (true, Some(("shop.toml", 11))));
}

#[test]
fn errors_stand_at_their_place_in_the_file() {
    fails("[[rule]]\nid = 3", "shop.toml, line 2, column 6: invalid type: integer `3`, expected a string");
    let rule = |when: &str| format!("[[rule]]\nid = \"a\"\nwhen = {when}\nthen = {{ tag = \"t\" }}");
    fails(
        &rule("'late NAER/3 parcel'"),
        "shop.toml, line 3, column 14: operator \"NAER/3\" is not known; did you mean \"NEAR\"?",
    );
    fails(
        &rule("'''\n物流 OR\n  \"open'''"),
        "shop.toml, line 5, column 3: the quotation mark has no partner",
    );
    fails(&rule("\"a AND \\\"\\\"\""), "shop.toml, line 3, column 8: \"\" holds no word");
    fails(
        "[[rule]]\nid = \"a b\"\nwhen = 'x'\nthen = { tag = \"t\" }",
        "shop.toml, line 2, column 6: rule id \"a b\" is empty or holds blanks",
    );
    fails(
        "[[rule]]\nid = \"a\"\nwhen = 'x'\nthen = {}",
        "shop.toml, line 2: rule \"a\": nothing follows: \"then\" names a topic, an intent or a tag",
    );
    let twice = format!("{}\n{}", rule("'x'"), rule("'y'"));
    fails(&twice, "shop.toml, line 6, column 6: rule \"a\" stands twice");
    fails(
        &format!("{}\nexamples = [{{ rating = 9, channel = 3 }}]", rule("'x'")),
        "shop.toml, line 5, column 13: example /channel: invalid type: integer `3`, expected a string",
    );
}

#[test]
fn packs_are_put_together() {
    let rule = |id: &str| Rule::new(id, "x").unwrap().tag("t");
    let pack = RulePack::new("shop").rule(rule("a")).unwrap();
    let error = pack.rule(rule("a")).unwrap_err();
    assert_eq!(error.to_string(), "rule \"a\": the id is taken by another rule");
    let error = RulePack::from_path("no/such/file.toml").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
}
