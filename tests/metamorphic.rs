//! What must not change a verdict: line ends, width, markup, blanks, invisible characters, script, copies.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "helpers of tests may fail loudly"
)]

mod pieces;
mod ratchet;
mod sample;

use candor::annotate::{EvidenceLimit, Field, Sentiment};
use candor::feedback::{Role, Turn};
use candor::{Engine, Feedback, Insight, Span};
use proptest::prelude::*;
use ratchet::Ratchet;
use sample::{CHINESE, ENGLISH, all};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::builder().build().unwrap());

/// Copies may differ by this much: the last one ends without a line break.
const COPIES: f32 = 0.05;
/// Rounding of 32-bit sums.
const ROUNDING: f32 = 1e-4;

/// Collects what differs, so that one run shows all of it.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn compare(&mut self, text: &str, changed: &str) {
        let (before, after) = (ENGINE.sentiment(text), ENGINE.sentiment(changed));
        if before.polarity != after.polarity || (before.score - after.score).abs() > ROUNDING {
            let show = |s: Sentiment| format!("{} {:+.3}", s.polarity, s.score);
            self.0.push(format!("{} became {}: {changed:?}", show(before), show(after)));
        }
    }

    #[track_caller]
    fn none(&self) {
        assert!(self.0.is_empty(), "{} verdicts changed:\n  {}", self.0.len(), self.0.join("\n  "));
    }
}

#[track_caller]
fn unchanged<'a>(texts: impl Iterator<Item = &'a str>, change: impl Fn(&str) -> String) {
    let mut differences = Differences::default();
    for text in texts {
        differences.compare(text, &change(text));
    }
    differences.none();
}

fn replace(text: &str, with: impl Fn(char) -> Option<char>) -> String {
    text.chars().map(|c| with(c).unwrap_or(c)).collect()
}

#[test]
fn sixty_sentences() {
    assert_eq!((ENGLISH.len(), CHINESE.len()), (30, 30));
}

#[test]
fn line_ends() {
    let mut differences = Differences::default();
    for list in [ENGLISH, CHINESE] {
        for pair in list.windows(2) {
            let unix = pair.join("\n");
            differences.compare(&unix, &unix.replace('\n', "\r\n"));
            differences.compare(&unix, &unix.replace('\n', "\n\n"));
            differences.compare(&unix, &format!("{unix}\r\n"));
        }
    }
    differences.none();
}

#[test]
fn full_width_letters() {
    unchanged(all(), |text| {
        replace(text, |c| c.is_ascii_alphanumeric().then(|| char::from_u32(c as u32 + 0xFEE0)).flatten())
    });
}

#[test]
fn full_width_signs_and_blanks() {
    unchanged(ENGLISH.iter().copied(), |text| {
        replace(text, |c| match c {
            '!' | '?' | ',' | ';' => char::from_u32(c as u32 + 0xFEE0),
            ' ' => Some('\u{3000}'),
            _ => None,
        })
    });
}

#[test]
fn half_width_signs() {
    unchanged(CHINESE.iter().copied(), |text| {
        replace(text, |c| match c {
            '，' => Some(','),
            '。' => Some('.'),
            '！' => Some('!'),
            '？' => Some('?'),
            _ => None,
        })
    });
}

#[test]
fn markup_around() {
    unchanged(all(), |text| format!("<p>{text}</p>"));
    unchanged(all(), |text| format!("<div class=\"review bad\"><b>{text}</b><br/></div>"));
    unchanged(all(), |text| format!("<style>p {{ color: bad }}</style><span>{text}</span><!-- terrible -->"));
}

#[test]
fn markup_between_words() {
    unchanged(ENGLISH.iter().copied(), |text| text.replacen(' ', " <b>", 1).replacen(' ', " </b>", 2));
    unchanged(all(), |text| text.replace(' ', " <i></i>"));
}

#[test]
fn character_references() {
    unchanged(all(), |text| text.replace('&', "&amp;").replace('\'', "&#39;").replace('"', "&quot;"));
    unchanged(all(), |text| text.replace(' ', "&nbsp;"));
    unchanged(CHINESE.iter().copied(), |text| {
        text.chars().map(|c| format!("&#x{:X};", c as u32)).collect::<Vec<_>>().concat()
    });
}

#[test]
fn surplus_blanks() {
    unchanged(all(), |text| format!("  \t{text} \n "));
    unchanged(all(), |text| text.replace(' ', "   "));
    unchanged(ENGLISH.iter().copied(), |text| text.replace(' ', "\t"));
    unchanged(CHINESE.iter().copied(), |text| text.replace('，', "， ").replace('。', "。 "));
}

#[test]
fn invisible_characters() {
    unchanged(all(), |text| format!("\u{feff}{text}"));
    unchanged(all(), |text| text.replace(' ', " \u{200b}"));
    unchanged(all(), |text| text.chars().flat_map(|c| [c, '\u{200b}']).collect());
    unchanged(ENGLISH.iter().copied(), |text| text.replace("ee", "e\u{ad}e"));
}

#[test]
fn typographic_apostrophes() {
    unchanged(ENGLISH.iter().copied(), |text| text.replace('\'', "’"));
}

#[test]
fn traditional_and_simplified() {
    let table = include_str!("../src/text/data/traditional.tsv");
    let mut traditional = BTreeMap::new();
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split('\t').filter_map(|f| f.chars().next());
        if let (Some(from), Some(to)) = (fields.next(), fields.next()) {
            traditional.entry(to).or_insert(from);
        }
    }
    let change = |text: &str| replace(text, |c| traditional.get(&c).copied());
    assert_eq!(CHINESE.iter().filter(|t| change(t) != **t).count(), CHINESE.len(), "all are changed");
    unchanged(CHINESE.iter().copied(), change);
}

#[test]
fn copies_keep_the_score() {
    let mut ratchet = Ratchet::new("open_copies.txt");
    for text in all() {
        let once = ENGINE.sentiment(text).score;
        let changed =
            [(2, "\n"), (2, " "), (3, "\n"), (7, " "), (20, "\n")].into_iter().find_map(|(n, between)| {
                let many = ENGINE.sentiment(&vec![text; n].join(between)).score;
                let far = (many - once).abs() > COPIES;
                far.then(|| format!("{once:+.3} became {many:+.3} in {n} copies joined by {between:?}"))
            });
        ratchet.note(text, changed);
    }
    ratchet.close();
}

/// What every insight promises, whatever the text.
fn check(feedback: &Feedback, insight: &Insight) {
    let s = insight.sentiment();
    for value in
        [s.score, s.positive, s.negative, s.confidence, insight.churn_risk(), insight.severity().score]
    {
        assert!(value.is_finite(), "{s:?}");
    }
    assert!((-1.0..=1.0).contains(&s.score) && (0.0..=1.0).contains(&s.confidence), "{s:?}");
    assert!((s.positive - s.negative - s.score).abs() < ROUNDING, "{s:?}");
    let sum: f32 = insight.evidence().iter().map(|f| f.effect).sum();
    assert!((sum - s.score).abs() < 0.001, "effects sum to {sum}, score is {}", s.score);
    if insight.abstained().is_some() {
        assert!(s == Sentiment::default() && insight.opinions().is_empty(), "abstained with {s:?}");
    }
    let inside = |field: Field, span: Span| {
        let text = feedback.field(field);
        let slice = span.slice(text).unwrap_or_else(|| panic!("{span:?} does not fit {text:?}"));
        assert_eq!(slice, &text[span.start as usize..span.end as usize]);
        assert!(!slice.is_empty(), "{span:?} of {text:?} is empty");
    };
    for opinion in insight.opinions() {
        inside(opinion.field, opinion.expression);
        opinion.target.iter().for_each(|t| inside(opinion.field, *t));
        assert!((-1.0..=1.0).contains(&opinion.score), "{opinion:?}");
    }
    for firing in insight.evidence() {
        inside(firing.field, firing.span);
        insight.steps(firing).iter().filter_map(|s| s.span).for_each(|s| inside(firing.field, s));
    }
    for topic in insight.topics() {
        assert!(!insight.path(topic.topic).is_empty());
        assert!(
            insight.opinions().iter().any(|o| o.topic == Some(topic.topic)) == (topic.mentions > 0),
            "{topic:?}"
        );
    }
    serde_json::to_string(&insight.to_wire_with(feedback, EvidenceLimit::All)).unwrap();
    assert!(!ENGINE.explain(insight, feedback).to_string().is_empty());
}

fn any_text() -> impl Strategy<Value = String> {
    let any = prop::collection::vec(any::<char>(), 0..300).prop_map(String::from_iter);
    prop_oneof![any, pieces::texts(60)]
}

proptest! {
    #[test]
    fn any_text_is_read_within_bounds(title in any_text(), text in any_text(), said in any_text()) {
        let turn = Turn { role: Role::Customer, text: said, ..Turn::default() };
        let feedback = Feedback::builder("any").title(title).text(text).turn(turn).build().unwrap();
        check(&feedback, &ENGINE.analyze(&feedback));
    }

    #[test]
    fn pieces_are_read_within_bounds(text in pieces::texts(60)) {
        let feedback = Feedback::from_text(text);
        check(&feedback, &ENGINE.analyze(&feedback));
    }
}
