//! Reading costs no allocation once the reused memory has grown.
#![allow(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

mod sample;

use candor::{Engine, Feedback};
use sample::{CHINESE, ENGLISH, all};

/// Rounds until the reused memory has grown: buffers change places while a text is cleaned, so each must meet
/// the longest text.
const WARM_UP: usize = 4;

/// Two hundred texts of every form: plain, joined, marked up, Traditional, with symbols and personal data.
fn texts() -> Vec<String> {
    let mut out: Vec<String> = all().map(str::to_owned).collect();
    for (english, chinese) in ENGLISH.iter().zip(CHINESE) {
        out.push(format!("<p>{english}</p><br>&quot;{chinese}&quot; &amp; more&#33;"));
        out.push(format!("{english} 😡😡 T_T :) [微笑] 👍🏽 {chinese}"));
        out.push(format!("{chinese}\r\n> {english}\r\nCall 13812345678 or +1 415 555 0134, jo@shop.example"));
    }
    let traditional = [
        "這個檯燈質量很好，物流也很快，非常滿意。",
        "客服態度惡劣，問題一直沒有解決，請退款！",
        "味道還不錯，就是價錢貴了點，CP值不高。",
        "等了兩個禮拜才到貨，包裝還破損，太失望了。",
        "超級好用，顏色漂亮，推薦給大家～～～",
    ];
    for text in traditional {
        out.extend([
            text.to_owned(),
            format!("<div>{text}</div>"),
            format!("{text}//@客服:謝謝支持"),
            text.repeat(20),
        ]);
    }
    for i in 0..30 {
        out.push(format!(
            "{} soooooo gooooood!!!! 哈哈哈哈哈哈 １２３ ＯＫ {}",
            "very ".repeat(i),
            "不好".repeat(i)
        ));
    }
    out
}

#[test]
fn no_allocation_an_item() {
    let engine = Engine::builder().build().unwrap();
    let items: Vec<Feedback> = texts().into_iter().map(Feedback::from_text).collect();
    assert_eq!(items.len(), 200);
    let asked = engine.taxonomy().select(["delivery", "service/attitude"]).unwrap();
    let (mut scratch, mut insight) = (engine.scratch(), engine.insight());
    for item in items.iter().cycle().take(WARM_UP * items.len()) {
        engine.analyze_into(item, &mut scratch, &mut insight);
        engine.sentiment_into(item.text(), &mut scratch, &mut insight);
    }
    for item in &items {
        let full = allocation_counter::measure(|| {
            engine.analyze_into(item, &mut scratch, &mut insight);
            insight.retain_topics(&asked);
        });
        assert_eq!(full.count_total, 0, "full analysis of {:?}", item.text());
        let sentiment = allocation_counter::measure(|| {
            engine.sentiment_into(item.text(), &mut scratch, &mut insight);
        });
        assert_eq!(sentiment.count_total, 0, "sentiment of {:?}", item.text());
    }
}

#[test]
fn a_tenant_costs_no_allocation_either() {
    let engine = Engine::builder().build().unwrap();
    let words = candor::lexicon::Lexicon::new()
        .word(candor::lexicon::List::Valence, "kettle", 1.0, "opinion")
        .unwrap();
    let tenant = engine.derive(&words).unwrap();
    let items: Vec<Feedback> = texts().into_iter().map(Feedback::from_text).collect();
    let (mut scratch, mut insight) = (tenant.scratch(), tenant.insight());
    for item in items.iter().cycle().take(WARM_UP * items.len()) {
        tenant.analyze_into(item, &mut scratch, &mut insight);
    }
    let counted = allocation_counter::measure(|| {
        for item in &items {
            tenant.analyze_into(item, &mut scratch, &mut insight);
        }
    });
    assert_eq!(counted.count_total, 0);
}

#[test]
fn rules_cost_no_allocation_either() {
    use candor::rule::{Rule, RulePack};
    let conditions = [
        "good OR 好 OR delivery",
        "(very OR 太) NEAR/4 (slow OR 慢 OR good)",
        "CLAUSE(不好 AND polarity:negative)",
        "SENTENCE(call* AND NOT refund)",
        "不*好 OR \"not good\"",
        "NOT lamp AND rating<=2",
        "product:aurora* OR language:zh",
    ];
    let rules = conditions.iter().enumerate().fold(RulePack::new("test"), |pack, (i, when)| {
        pack.rule(Rule::new(format!("r{i}"), when).unwrap().tag("t").topic("delivery/speed")).unwrap()
    });
    let engine = Engine::builder().rules(rules).build().unwrap();
    let items: Vec<Feedback> = texts().into_iter().map(Feedback::from_text).collect();
    let (mut scratch, mut insight) = (engine.scratch(), engine.insight());
    let mut held = 0;
    for item in items.iter().cycle().take(WARM_UP * items.len()) {
        engine.analyze_into(item, &mut scratch, &mut insight);
        held += insight.rules().count();
    }
    assert!(held > items.len());
    let counted = allocation_counter::measure(|| {
        for item in &items {
            engine.analyze_into(item, &mut scratch, &mut insight);
        }
    });
    assert_eq!(counted.count_total, 0);
}
