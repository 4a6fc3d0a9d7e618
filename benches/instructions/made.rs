//! Words and topics in any number, the same ones every time.

use candor::lexicon::{Lexicon, List};
use candor::taxonomy::Pack;
use std::fmt::Write;

/// A word that no list has: three to five syllables by its number.
pub(crate) fn english(number: usize) -> String {
    const SYLLABLES: [&str; 20] = [
        "ba", "ke", "lo", "mi", "nu", "pa", "re", "so", "ti", "vu", "da", "fe", "go", "hi", "ju", "la", "me",
        "no", "ri", "zu",
    ];
    let mut word = String::from("xo");
    let mut rest = number;
    for _ in 0..4 {
        word.push_str(SYLLABLES.get(rest % SYLLABLES.len()).unwrap());
        rest /= SYLLABLES.len();
    }
    word
}

/// Two to four Han characters by its number, of which any may begin a word of the text.
pub(crate) fn chinese(number: usize) -> String {
    let mut rest = number.wrapping_mul(0x9E37_79B1);
    let mut word = String::new();
    for _ in 0..2 + number % 3 {
        rest = rest.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        word.extend(char::from_u32(0x4E00 + ((rest >> 33) % 6_000) as u32));
    }
    word
}

/// As many words and phrases: of four, one English word, one English phrase, two Chinese words.
pub(crate) fn host(count: usize) -> Lexicon {
    let tsv: String = (0..count).fold(String::new(), |mut out, number| {
        let term = match number % 4 {
            0 => english(number),
            1 => format!("{} {}", english(number), english(number + 7)),
            _ => chinese(number),
        };
        let value = if number % 3 == 0 { 1.5 } else { -1.5 };
        writeln!(out, "{term}\t{value}").unwrap();
        out
    });
    Lexicon::new().list(List::Valence, "host", &tsv).unwrap()
}

/// As many topics, with eight targets in each language.
pub(crate) fn pack(count: usize) -> Pack {
    let toml: String = (0..count).fold(String::new(), |mut out, topic| {
        // Of two characters there are too few for no two topics to share one.
        let longer: fn(usize) -> String = |number| chinese(3 * number + 1);
        let targets = |word: fn(usize) -> String| {
            let words: Vec<String> = (0..8).map(|i| format!("{:?}", word(8 * topic + i))).collect();
            words.join(", ")
        };
        write!(
            out,
            "[[topic]]\nid = \"t{topic}\"\nname = {{ en = \"T\", zh = \"T\" }}\nabout = \"T.\"\ndepartment = \"service\"\n\
             complaint_class = \"service\"\nstage = \"other\"\nseverity = 0.5\n\
             [topic.en]\ntargets = [{}]\n[topic.zh]\ntargets = [{}]\n",
            targets(english),
            targets(longer)
        )
        .unwrap();
        out
    });
    Pack::parse("generated", &toml).unwrap()
}
