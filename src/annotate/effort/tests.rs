use super::number::before;
use super::{Hassle, many};

#[track_caller]
fn number(text: &str, word: &str, wanted: Option<(f32, &str)>) {
    let at = text.find(word).unwrap();
    let found = before(text, at);
    assert_eq!(found.map(|(n, start)| (n, text.get(start..at).unwrap())), wanted, "{text}");
}

#[test]
fn english_numbers() {
    number("called 12 times", "times", Some((12.0, "12 ")));
    number("called twenty-two times", "times", Some((2.0, "two ")));
    number("a couple of weeks", "weeks", Some((2.0, "couple of ")));
    number("over 3 long weeks", "weeks", Some((3.0, "3 long ")));
    number("five different people", "people", Some((5.0, "five different ")));
    number("many times", "times", Some((5.0, "many ")));
    number("at times", "times", None);
    number("times", "times", None);
}

#[test]
fn chinese_numbers() {
    number("打了三次", "次", Some((3.0, "三")));
    number("打了13次", "次", Some((13.0, "13")));
    number("好几个星期", "星期", Some((4.0, "好几个")));
    number("三个多小时", "小时", Some((3.0, "三个多")));
    number("十五天", "天", Some((15.0, "十五")));
    number("二十多天", "天", Some((20.0, "二十多")));
    number("四十天", "天", Some((40.0, "四十")));
    number("等了40分钟", "0分钟", Some((40.0, "4")));
    number("半个月", "个月", Some((0.5, "半")));
    number("这次", "次", None);
}

#[test]
fn more_costs_more_but_never_all() {
    assert_eq!(many(0.5, 1.0), 0.5);
    assert_eq!(many(0.5, 2.0), 0.75);
    assert!(many(0.9, 100.0) <= 1.0);
    assert!(many(0.4, 0.5) < 0.4);
}

#[test]
fn evidence_holds_the_number() {
    let engine = crate::Engine::builder().build().unwrap();
    let text = "I had to call them five times.";
    let insight = engine.analyze_text(text);
    let found: Vec<_> =
        insight.effort_reasons().iter().map(|r| (r.kind, r.span.slice(text).unwrap())).collect();
    assert_eq!(found, [(Hassle::Contact, "five times")]);
}
