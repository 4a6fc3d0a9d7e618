//! What is counted: fixed inputs, made of the project's own samples.

use crate::made::{chinese, english, host, pack};
use crate::program::{adapters, steps};
use crate::sample::{CHINESE, ENGLISH, all};
use crate::text::{WORST, filled, nested};
use candor::feedback::Format;
use candor::{Engine, Feedback, Taxonomy};
use std::fmt::Write;
use std::hint::black_box;

/// One figure of a table.
pub(crate) struct Case {
    pub(crate) row: String,
    pub(crate) column: String,
    /// Bytes that `work` reads.
    pub(crate) bytes: usize,
    pub(crate) work: Work,
}

/// Work that is counted.
pub(crate) type Work = Box<dyn FnMut()>;

pub(crate) type Cases = Box<dyn Iterator<Item = Case>>;

/// The cases of one table.
pub(crate) struct Group {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    /// What the rows are.
    pub(crate) about: &'static str,
    pub(crate) cases: fn() -> Cases,
}

impl Group {
    pub(crate) fn named(name: &str) -> &'static Self {
        GROUPS.iter().find(|group| group.name == name).unwrap()
    }
}

pub(crate) const GROUPS: &[Group] = &[
    Group { name: "inputs", title: "Reading words", about: "Input", cases: inputs },
    Group {
        name: "adapters",
        title: "Reading records, their words not read",
        about: "Adapter",
        cases: adapters,
    },
    Group {
        name: "steps",
        title: "Steps of the programs, by bytes of the file",
        about: "Step",
        cases: steps,
    },
    Group { name: "sizes", title: "By bytes of an item", about: "Text", cases: sizes },
    Group {
        name: "worst",
        title: "By bytes of an item made to be slow",
        about: "Piece, over and over",
        cases: worst,
    },
    Group { name: "words", title: "By words of the host", about: "Text", cases: words },
    Group { name: "topics", title: "By topics", about: "Text", cases: topics },
];

/// Bytes of a long text.
const LONG: usize = 8_000;

pub(crate) fn engine() -> Engine {
    Engine::builder().build().unwrap()
}

/// The analysis of all `items`.
pub(crate) fn full(engine: &Engine, items: Vec<Feedback>) -> Work {
    let engine = engine.clone();
    let (mut scratch, mut insight) = (engine.scratch(), engine.insight());
    Box::new(move || {
        for item in &items {
            engine.analyze_into(item, &mut scratch, &mut insight);
            black_box(insight.sentiment().score);
        }
    })
}

fn sentiment(engine: &Engine, items: Vec<Feedback>) -> Work {
    let engine = engine.clone();
    let (mut scratch, mut insight) = (engine.scratch(), engine.insight());
    Box::new(move || {
        for item in &items {
            black_box(engine.sentiment_into(item.text(), &mut scratch, &mut insight).score);
        }
    })
}

fn items<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Feedback> {
    texts.into_iter().map(Feedback::from_text).collect()
}

fn bytes(items: &[Feedback]) -> usize {
    items.iter().map(|item| item.text().len()).sum()
}

fn mixed() -> String {
    all().fold(String::new(), |out, sentence| out + sentence + "\n")
}

fn inputs() -> Cases {
    let engine = engine();
    let mail = Feedback::builder("mail").text(mail()).format(Format::Html).build().unwrap();
    let inputs = [
        ("English, 30 items of a sentence", items(ENGLISH.iter().copied())),
        ("English, one item of 8 KB", items([filled(&ENGLISH.join(" "), LONG).as_str()])),
        ("Chinese, 30 items of a sentence", items(CHINESE.iter().copied())),
        ("Chinese, one item of 8 KB", items([filled(&CHINESE.concat(), LONG).as_str()])),
        ("both mixed, one item of 8 KB", items([filled(&mixed(), LONG).as_str()])),
        ("a mail in HTML", vec![mail]),
        ("100,000 clauses in one item", items(["the lid leaks, ".repeat(100_000).as_str()])),
    ];
    Box::new(inputs.into_iter().flat_map(move |(row, items)| {
        let case = |column: &str, work| Case {
            row: row.to_owned(),
            column: column.to_owned(),
            bytes: bytes(&items),
            work,
        };
        [
            case("full", full(&engine, items.clone())),
            case("sentiment alone", sentiment(&engine, items.clone())),
        ]
    }))
}

/// A mail as mail programs write it: styles, a table around the words, a quoted message below.
fn mail() -> String {
    let paragraphs: String = ENGLISH.iter().fold(String::new(), |mut out, sentence| {
        write!(out, "<p class=\"MsoNormal\" style=\"margin:0cm;font-size:11pt\"><span lang=\"EN-GB\">")
            .unwrap();
        write!(out, "{}&nbsp;<o:p></o:p></span></p>\r\n", sentence.replace('&', "&amp;")).unwrap();
        out
    });
    format!(
        "<html><head><style>p.MsoNormal {{ margin: 0cm; font-family: Calibri, sans-serif; }}</style></head>\r\n\
         <body lang=\"EN-GB\"><table><tr><td>\r\n{paragraphs}</td></tr></table>\r\n\
         <blockquote type=\"cite\"><p>Dear customer, how was the kettle?</p></blockquote></body></html>\r\n"
    )
}

/// `text` in pieces of at most `size` bytes, cut at blanks where there are some.
fn pieces(mut text: &str, size: usize) -> Vec<&str> {
    let mut out = Vec::new();
    while text.len() > size {
        let end = (0..=size).rev().find(|i| text.is_char_boundary(*i)).unwrap();
        let (head, _) = text.split_at(end);
        let (piece, rest) = text.split_at(head.rfind(' ').map_or(end, |blank| blank + 1));
        out.push(piece);
        text = rest;
    }
    out.push(text);
    out
}

fn sizes() -> Cases {
    let engine = engine();
    let texts = [("English", ENGLISH.join(" ")), ("Chinese", CHINESE.concat()), ("mixed", mixed())];
    Box::new(texts.into_iter().flat_map(move |(row, text)| {
        let engine = engine.clone();
        [20, 100, 400, 2_000, 8_000, 100_000, 1_000_000].into_iter().map(move |size| {
            // The same sentences, in items of another size.
            let text = filled(&text, size.max(text.len()));
            let items = items(pieces(&text, size));
            Case {
                row: row.to_owned(),
                column: size.to_string(),
                bytes: bytes(&items),
                work: full(&engine, items),
            }
        })
    }))
}

fn worst() -> Cases {
    let engine = engine();
    Box::new(WORST.iter().flat_map(move |(name, open, close)| {
        let engine = engine.clone();
        [8_000, 100_000, 1_000_000].into_iter().map(move |size| {
            let items = items([nested(open, close, size).as_str()]);
            Case {
                row: format!("`{name}`"),
                column: size.to_string(),
                bytes: bytes(&items),
                work: full(&engine, items),
            }
        })
    }))
}

/// The sample sentences with a word of the host behind every third.
fn with_host_words(samples: &[&str]) -> String {
    let mut out = String::new();
    for (number, sample) in samples.iter().enumerate() {
        let word = if sample.is_ascii() { english(4 * number) } else { chinese(4 * number + 2) };
        write!(out, "{sample} ").unwrap();
        if number % 3 == 0 {
            write!(out, "{word} ").unwrap();
        }
    }
    filled(&out, LONG)
}

fn words() -> Cases {
    let counts = [0, 5_000, 25_000, 100_000];
    let base = engine();
    let ways = counts.into_iter().flat_map(move |count| {
        let words = host(count);
        let tenant = base.derive(&words).unwrap();
        [("in the lists", Engine::builder().words(words).build().unwrap()), ("a tenant's", tenant)]
            .map(|(way, engine)| (way, count, engine))
    });
    Box::new(ways.flat_map(|(way, count, engine)| {
        [("English", ENGLISH), ("Chinese", CHINESE)].map(|(language, samples)| {
            let items = items([with_host_words(samples).as_str()]);
            Case {
                row: format!("{language}, {way}"),
                column: count.to_string(),
                bytes: bytes(&items),
                work: full(&engine, items),
            }
        })
    }))
}

fn topics() -> Cases {
    let own = Taxonomy::commerce().unwrap().topics().len();
    let engines = [own, 250, 1_000, 2_000].into_iter().map(move |count| {
        let taxonomy = Taxonomy::commerce().unwrap().overlay(pack(count - own)).unwrap();
        (count, Engine::builder().taxonomy(taxonomy).build().unwrap())
    });
    Box::new(engines.flat_map(|(count, engine)| {
        [("English", ENGLISH), ("Chinese", CHINESE)].map(|(row, samples)| {
            let items = items([with_host_words(samples).as_str()]);
            Case {
                row: row.to_owned(),
                column: count.to_string(),
                bytes: bytes(&items),
                work: full(&engine, items),
            }
        })
    }))
}
