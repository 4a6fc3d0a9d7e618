use super::*;
use crate::case::{ReplyKind, Tongue};
use crate::taxonomy::Taxonomy;

fn chinese(text: &str) -> bool {
    text.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn every_topic_has_both_kinds_in_both_languages() {
    let playbook = Playbook::builtin().unwrap();
    for taxonomy in [Taxonomy::named("commerce").unwrap(), Taxonomy::named("dining").unwrap()] {
        for (_, topic) in taxonomy.topics() {
            for kind in [RemedyKind::Individual, RemedyKind::Systemic] {
                let found = playbook.remedies(topic.path()).find(|remedy| remedy.kind == kind);
                let own = found.is_some_and(|r| r.topic == "overall") == (topic.path() == "overall");
                assert!(found.is_some() && own, "{} {kind:?}", topic.path());
            }
        }
    }
    assert!(playbook.iter().all(|r| chinese(&r.zh) && !chinese(&r.en) && !r.en.is_empty()));
}

#[test]
fn the_nearest_topic_counts() {
    let playbook = Playbook::builtin().unwrap();
    let topics = |topic| playbook.remedies(topic).map(|r| r.topic.as_str()).collect::<BTreeSet<_>>();
    assert_eq!(topics("product/safety"), BTreeSet::from(["product/safety"]));
    assert_eq!(topics("product/unheard"), BTreeSet::from(["product"]));
    assert_eq!(topics("weather"), BTreeSet::from(["overall"]));
    assert!(playbook.thanks("service/attitude").all(|r| r.kind == RemedyKind::Praise));
    assert!(playbook.thanks("delivery/speed").next().is_some());
}

#[test]
fn picks_say_why_and_come_once() {
    let toml = "schema = 1
[[remedy]]
id = \"a\"
topic = \"price\"
kind = \"individual\"
severity = \"major\"
segment = \"vip\"
en = \"Call.\"
zh = \"致电。\"
";
    let playbook = Playbook::parse("mine.toml", toml).unwrap();
    let picks = |severity, segment| playbook.pick(["price/value", "price"], severity, segment);
    assert!(picks(SeverityLevel::Moderate, Some("vip")).is_empty());
    assert!(picks(SeverityLevel::Major, None).is_empty());
    let found = picks(SeverityLevel::Critical, Some("vip"));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].reason, "topic price/value by price, severity major or worse, segment vip");
}

#[test]
fn limits_rise_with_severity_and_segment() {
    let playbook = Playbook::builtin().unwrap();
    let levels = [
        SeverityLevel::None,
        SeverityLevel::Minor,
        SeverityLevel::Moderate,
        SeverityLevel::Major,
        SeverityLevel::Critical,
    ];
    let limits = levels.map(|severity| playbook.compensation_limit(severity, None));
    assert_eq!(limits, [0.0, 0.05, 0.1, 0.3, 1.0]);
    assert!(playbook.compensation_limit(SeverityLevel::Moderate, Some("vip")) > limits[2]);
    assert_eq!(playbook.compensation_limit(SeverityLevel::Moderate, Some("unheard")), limits[2]);
}

#[test]
fn the_words_of_the_house_keep_its_own_tone() {
    let playbook = Playbook::builtin().unwrap();
    for kind in [ReplyKind::First, ReplyKind::Ask, ReplyKind::Solved, ReplyKind::FollowUp, ReplyKind::Praise]
    {
        let reply = playbook.reply(kind).unwrap();
        for (tongue, is_chinese) in [(Tongue::English, false), (Tongue::Chinese, true)] {
            let text = reply.fill(tongue, |slot| Some(format!("<{slot}>"))).unwrap();
            assert_eq!(chinese(&text), is_chinese, "{text}");
            assert!(playbook.check_tone(&text).next().is_none(), "{text}");
            assert!(!text.contains('{'));
        }
    }
    let empty = playbook.reply(ReplyKind::First).unwrap().fill(Tongue::English, |_| None).unwrap_err();
    assert_eq!(empty.to_string(), "reply \"first-reply\": slot \"customer\" has no value");
}

#[test]
fn a_crisis_has_steps_in_time_order() {
    let playbook = Playbook::builtin().unwrap();
    for reason in ["safety", "legal", "fraud", "privacy", "surge"] {
        let steps: Vec<_> = playbook.crisis(reason).collect();
        assert!(steps.len() >= 3 && steps.is_sorted_by_key(|step| step.within_minutes), "{reason}");
        assert!(steps.iter().all(|step| chinese(&step.zh) && !chinese(&step.en)));
    }
    assert_eq!(playbook.crisis("weather").count(), 0);
}

#[test]
fn a_host_replaces_what_has_the_same_id() {
    let toml = "schema = 1\n[[limit]]\nseverity = \"minor\"\norder_share = 0.5\n[[remedy]]\nid = \"product-inspect\"\n\
                topic = \"product\"\nkind = \"systemic\"\nen = \"Ours.\"\nzh = \"自定。\"\n";
    let builtin = Playbook::builtin().unwrap();
    let count = builtin.iter().count();
    let playbook = builtin.merge(Playbook::parse("mine.toml", toml).unwrap());
    assert_eq!(playbook.iter().count(), count);
    assert_eq!(playbook.iter().find(|r| r.id == "product-inspect").unwrap().en, "Ours.");
    assert_eq!(playbook.compensation_limit(SeverityLevel::Minor, None), 0.5);
}

#[test]
fn errors_name_the_thing() {
    let error =
        |toml: &str| Playbook::parse("mine.toml", &format!("schema = 1\n{toml}")).unwrap_err().to_string();
    let remedy = "[[remedy]]\nid = \"a\"\ntopic = \"price\"\nkind = \"systemic\"\nen = \"x\"\nzh = \"x\"\n";
    assert_eq!(error(&remedy.repeat(2)), "mine.toml: remedy \"a\" is defined twice");
    assert_eq!(
        error("[[limit]]\nseverity = \"minor\"\norder_share = 2.0"),
        "mine.toml: limit 2 is outside 0..1"
    );
    assert_eq!(
        error("[[reply]]\nid = \"a\"\nkind = \"first\"\nen = \"Dear {customr}\"\nzh = \"\""),
        "mine.toml: reply \"a\": slot \"customr\" is not known; did you mean \"customer\"?"
    );
    let newer = Playbook::parse("mine.toml", "schema = 2\nremedy = []").unwrap_err();
    assert_eq!(newer.to_string(), "mine.toml: schema 2 is not supported, only 1");
}
