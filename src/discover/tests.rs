//! The whole way: items in, themes out, a suggestion accepted.

use super::{Contrast, Theme, ThemeOptions, Themes};
use crate::engine::Engine;
use crate::feedback::Feedback;
use crate::metrics::Quote;
use crate::taxonomy::{Pack, Taxonomy};

const ENDINGS: [&str; 8] = [
    "Sent it back.",
    "My sister laughed.",
    "The colour is nice.",
    "Two of them did that.",
    "No more of these.",
    "Such a pity.",
    "I taped it down.",
    "It stands in the hall now.",
];

fn item(id: usize, text: String) -> Feedback {
    Feedback::builder(format!("i-{id}")).text(text).build().unwrap()
}

/// Items that speak of a latch and of a sticker, outside every topic.
fn planted(count: usize) -> Vec<Feedback> {
    let latch = ["rattles badly", "came loose", "pops open", "is terrible", "slips off"];
    let sticker = [
        "撕不下来，很烦",
        "一撕就碎，太差了",
        "怎么也撕不掉，失望",
        "留了一圈胶印，难看",
        "根本撕不干净，垃圾",
    ];
    let before = ["", "Sadly ", "Again ", "By noon "];
    let vor = ["瓶子上的", "", "底部的", "这张"];
    (0..count)
        .map(|i| match i % 2 {
            0 => {
                let (head, verb) = (before[i / 2 % 4], latch[i / 3 % 5]);
                item(i, format!("{head}the magnetic latch {verb}. {}", ENDINGS[i % 8]))
            }
            _ => item(i, format!("{}二维码贴纸{}。", vor[i / 2 % 4], sticker[i / 3 % 5])),
        })
        .collect()
}

/// Items about other things.
fn others(count: usize) -> Vec<Feedback> {
    let things = ["kettle", "rug", "curtain", "clock", "candle", "basket"];
    let likes = ["I love the", "Great", "So happy with this", "What a lovely", "Delivery was slow but nice"];
    (0..count)
        .map(|i| item(10_000 + i, format!("{} {}. {}", likes[i % 5], things[i / 5 % 6], ENDINGS[i % 8])))
        .collect()
}

fn engine() -> &'static Engine {
    Engine::default_engine().unwrap()
}

fn counted(items: &[Feedback]) -> Themes {
    into(Themes::new(), items)
}

fn into(mut themes: Themes, items: &[Feedback]) -> Themes {
    for item in items {
        themes.push(item, &engine().analyze(item));
    }
    themes
}

#[track_caller]
fn assert_equal(a: &Themes, b: &Themes) {
    let sorted = |themes: &Themes| {
        let mut all: Vec<String> = themes
            .phrases()
            .map(|(phrase, tally)| format!("{phrase} {:?} {}", tally.counts, tally.missed))
            .collect();
        all.sort();
        all
    };
    assert_eq!(sorted(a), sorted(b));
    let all = ThemeOptions::default().max_q(1.0).min_items(1).top(50);
    assert_eq!(a.summary(&all), b.summary(&all));
}

#[test]
fn planted_themes_stand_first() {
    let items = [planted(60), others(200)].concat();
    let themes = counted(&items).summary(&ThemeOptions::default());
    let leads: Vec<&str> = themes.iter().map(|theme| theme.phrases()[0].as_str()).collect();
    assert_eq!(leads, ["二维码贴纸", "magnetic latch"]);
    let sticker = &themes[0];
    assert_eq!((sticker.items(), sticker.customers()), (30, 30));
    assert!(sticker.z() > 2.0 && sticker.q() < 0.05);
    for quote in sticker.quotes() {
        let source = items.iter().find(|item| item.id() == quote.id()).unwrap();
        assert_eq!(quote.span().slice(source.text()), Some(quote.text()));
    }
}

#[test]
fn a_later_period_stands_against_an_earlier_one() {
    let (earlier, later) = (counted(&others(200)), counted(&[planted(60), others(100)].concat()));
    let options = ThemeOptions::default().contrast(Contrast::Since(&earlier));
    let leads: Vec<String> = later.summary(&options).iter().map(|theme| theme.phrases()[0].clone()).collect();
    assert_eq!(leads, ["二维码贴纸", "magnetic latch"]);
    assert!(later.summary(&options.contrast(Contrast::Since(&later))).is_empty());
    let praise = later.summary(&ThemeOptions::default().contrast(Contrast::Positive));
    assert!(praise.iter().all(|theme| !theme.phrases()[0].contains("latch")));
}

#[test]
fn a_suggestion_can_be_accepted() {
    let items = planted(60);
    let themes = counted(&[items.clone(), others(200)].concat()).summary(&ThemeOptions::default());
    for (theme, number) in themes.iter().zip([1, 0]) {
        let pack = Taxonomy::parse("accepted", theme.suggestion()).unwrap();
        let (_, topic) = pack.topics().next().unwrap();
        let path = topic.path().to_owned();
        assert!(path == "new/magnetic_latch" || path.starts_with("new/theme_"), "{path}");
        let taxonomy = Taxonomy::commerce()
            .unwrap()
            .overlay(Pack::parse("accepted", theme.suggestion()).unwrap())
            .unwrap();
        let wiser = Engine::builder().taxonomy(taxonomy).build().unwrap();
        let own: Vec<&Feedback> = items.iter().skip(number).step_by(2).collect();
        let led = own.iter().filter(|item| {
            let insight = wiser.analyze(item);
            insight.topics().iter().any(|mention| insight.path(mention.topic) == path)
        });
        // What an expression says by itself ("came loose") keeps its own topic.
        let led = led.count();
        assert!(led * 2 >= own.len(), "{path}: {led} of {}", own.len());
        let mut again = Themes::new();
        for item in &items {
            again.push(item, &wiser.analyze(item));
        }
        let words = &theme.phrases()[0];
        assert!(again.phrases().all(|(phrase, _)| phrase != words), "what has a topic is not new");
    }
}

#[test]
fn halves_make_the_whole_in_any_order() {
    let mut items = [planted(40), others(60)].concat();
    let whole = counted(&items);
    let (first, second) = items.split_at(37);
    let mut merged = counted(first);
    merged.merge(&counted(second));
    assert_equal(&merged, &whole);
    items.reverse();
    assert_equal(&counted(&items), &whole);
}

#[test]
fn a_stored_state_goes_on_as_if_it_had_not_been() {
    let items = [planted(40), others(60)].concat();
    let (first, second) = items.split_at(37);
    let stored = serde_json::to_string(&counted(first)).unwrap();
    let read: Themes = serde_json::from_str(&stored).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), stored);
    assert_equal(&into(read, second), &counted(&items));
    let themes = counted(&items).summary(&ThemeOptions::default());
    let text = serde_json::to_string(&themes).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Theme>>(&text).unwrap(), themes);
}

#[test]
fn a_strange_state_is_refused() {
    let error = |json: &str| serde_json::from_str::<Themes>(json).unwrap_err().to_string();
    let stored = serde_json::to_string(&counted(&planted(2))).unwrap();
    let later = error(&stored.replace("\"schema\":1", "\"schema\":2"));
    assert!(later.starts_with("themes have schema 2, this version reads 1"), "{later}");
    let low = error(&stored.replace("\"cap\":null", "\"cap\":10"));
    assert!(low.starts_with("a cap of 10 phrases is too low"), "{low}");
    let mut value: serde_json::Value = serde_json::from_str(&stored).unwrap();
    value["quotes"] = serde_json::json!([]);
    assert!(error(&value.to_string()).starts_with("themes use a quote that they do not hold"));
}

#[test]
fn memory_is_bounded_and_the_shortfall_is_told() {
    let rare = |i: usize| item(50_000 + i, format!("zab{i} qux{i} vop{i} kel{i}"));
    let items: Vec<Feedback> = planted(100)
        .into_iter()
        .chain(others(100))
        .enumerate()
        .flat_map(|(i, f)| [f, rare(2 * i), rare(2 * i + 1)])
        .collect();
    let (bound, free) = (into(Themes::with_cap(1000).unwrap(), &items), counted(&items));
    assert!(bound.phrases().count() <= 1000 && free.phrases().count() > 3000);
    assert_eq!(free.shortfall(), 0);
    assert!(bound.shortfall() > 0);
    for (phrase, tally) in free.phrases() {
        let (at_least, at_most) = (
            bound.phrases().find(|(p, _)| *p == phrase).map_or(0, |(_, t)| t.counts.items),
            bound.at_most(phrase),
        );
        assert!(at_least <= tally.counts.items && tally.counts.items <= at_most, "{phrase}");
    }
}

#[test]
fn quotes_are_masked() {
    let call = |i: usize| item(i, format!("{} magnetic latch broke, call me at 1381234567{}", ENDINGS[i], i));
    let items = [(0..8).map(call).collect(), others(60)].concat();
    let themes = counted(&items).summary(&ThemeOptions::default().max_q(1.0));
    let quotes: Vec<&str> = themes.iter().flat_map(Theme::quotes).map(Quote::text).collect();
    assert!(quotes.iter().any(|text| text.contains("*********7")), "{quotes:?}");
    assert!(quotes.iter().all(|text| !text.contains("13812345")), "{quotes:?}");
}

#[test]
fn nothing_comes_of_nothing() {
    let empty = Themes::new();
    assert!(empty.summary(&ThemeOptions::default()).is_empty());
    let mut themes = counted(&others(3));
    themes.push(&Feedback::from_text(""), &engine().analyze_text(""));
    assert_eq!(themes.items(), 3);
}
