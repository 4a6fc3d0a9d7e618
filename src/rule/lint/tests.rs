use super::*;

/// Kinds and rules of what is found in rules that are given as id, condition and topic.
fn found(rules: &[(&str, &str, &str)]) -> Vec<(FindingKind, String)> {
    let pack = rules.iter().fold(RulePack::new("test"), |pack, (id, when, topic)| {
        pack.rule(Rule::new(*id, when).unwrap().topic(*topic)).unwrap()
    });
    let findings = pack.lint(["speed", "price"]);
    findings.into_iter().map(|f| (f.kind, f.rule)).collect()
}

#[track_caller]
fn one(when: &str, expected: Option<FindingKind>) {
    let found = found(&[("a", when, "speed")]);
    let kinds: Vec<FindingKind> = found.into_iter().map(|f| f.0).collect();
    assert_eq!(kinds, expected.into_iter().collect::<Vec<_>>(), "{when}");
}

#[test]
fn contradictions() {
    let never = Some(FindingKind::NeverMatches);
    one("late AND NOT late", never);
    one("(late OR slow) AND NOT late AND NOT slow", never);
    one("refund AND NOT refund*", never);
    one("late AND channel:review AND channel:chat", never);
    one("late AND product:aurora* AND product:borealis", never);
    one("late AND rating<=2 AND rating>=4", never);
    one("late AND rating<2 AND rating>=2", never);
    one("late AND polarity:negative AND polarity:positive", never);
    one("(late NEAR/2 parcel) AND NOT parcel", never);
    one("CLAUSE(late AND parcel) NOT late", never);
    one("物流太慢 NOT 太慢", never);
    one("late AND NOT slow", None);
    one("late AND tag:a AND tag:b", None);
    one("late AND language:zh AND language:zh-hans", None);
    one("late AND rating<=2 AND rating>=2", None);
    one("late AND NOT (late NEAR/2 parcel)", None);
    one("(late AND rating<2) OR (late AND rating>4)", None);
}

#[test]
fn what_is_always_asked() {
    assert_eq!(
        found(&[("a", "late OR NOT late", "speed")]).into_iter().map(|f| f.0).collect::<Vec<_>>(),
        [FindingKind::MatchesEverything, FindingKind::AlwaysAsked]
    );
    one("rating<=2 AND segment:vip", Some(FindingKind::AlwaysAsked));
    one("NOT late", Some(FindingKind::AlwaysAsked));
    one("late OR rating<=2", Some(FindingKind::AlwaysAsked));
}

#[test]
fn shadows_and_conflicts() {
    let shadowed = |id: &str| vec![(FindingKind::Shadowed, id.to_owned())];
    let with =
        |when: &str| found(&[("wide", "late OR deliver* OR \"never came\"", "speed"), ("b", when, "speed")]);
    for when in [
        "late AND parcel",
        "late NEAR/2 parcel",
        "CLAUSE(delivery AND bad)",
        "\"late delivery\"",
        "late AND rating<2 OR delivers AND rating>3",
    ] {
        assert_eq!(with(when), shadowed("b"), "{when}");
    }
    for when in ["late* AND parcel", "late OR parcel", "never AND came"] {
        assert_eq!(with(when), [], "{when}");
    }
    assert_eq!(found(&[("a", "late AND parcel", "speed"), ("b", "late", "speed")]), shadowed("a"));
    assert_eq!(
        found(&[("a", "late NEAR/3 parcel", "speed"), ("b", "parcel NEAR/2 late", "speed")]),
        shadowed("b")
    );
    assert_eq!(found(&[("a", "late", "speed"), ("b", "late", "speed")]), shadowed("b"));
    assert_eq!(
        found(&[("a", "late OR slow", "speed"), ("b", "slow OR late", "price")]),
        [(FindingKind::Conflicting, "b".to_owned())]
    );
    assert_eq!(found(&[("a", "late", "sped")]), [(FindingKind::UnknownTopic, "a".to_owned())]);
}

#[test]
fn findings_name_their_place() {
    let toml = "\n[[rule]]\nid = \"a\"\nwhen = 'x AND NOT x'\nthen = { topic = \"sped\", intent = \"praise\" }\n\
                [[rule]]\nid = \"b\"\nwhen = 'late'\nthen = { intent = \"praise\" }\n\
                [[rule]]\nid = \"c\"\nwhen = 'late'\nthen = { intent = \"complaint\" }\n";
    let texts: Vec<String> =
        RulePack::parse("shop.toml", toml).unwrap().lint(["speed"]).iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "shop.toml, line 3: rule \"a\": topic \"sped\" is not defined; did you mean \"speed\"?",
            "shop.toml, line 3: rule \"a\": its condition contradicts itself",
            "shop.toml, line 11: rule \"c\": has the condition of \"b\" and another consequence",
        ]
    );
}
