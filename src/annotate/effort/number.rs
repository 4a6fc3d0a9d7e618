//! The number before a word: digits, or the words that count in English and Chinese.

/// English words; about as many as is meant.
const ENGLISH: &[(&str, f32)] = &[
    ("a", 1.0),
    ("an", 1.0),
    ("another", 1.0),
    ("countless", 10.0),
    ("couple", 2.0),
    ("dozen", 12.0),
    ("dozens", 24.0),
    ("eight", 8.0),
    ("eleven", 11.0),
    ("endless", 10.0),
    ("few", 3.0),
    ("fifteen", 15.0),
    ("fifty", 50.0),
    ("five", 5.0),
    ("forty", 40.0),
    ("four", 4.0),
    ("half", 0.5),
    ("hundred", 100.0),
    ("hundreds", 100.0),
    ("many", 5.0),
    ("multiple", 4.0),
    ("nine", 9.0),
    ("numerous", 6.0),
    ("one", 1.0),
    ("seven", 7.0),
    ("several", 3.0),
    ("six", 6.0),
    ("ten", 10.0),
    ("thirty", 30.0),
    ("three", 3.0),
    ("twelve", 12.0),
    ("twenty", 20.0),
    ("two", 2.0),
    ("umpteen", 10.0),
];

/// Words that may stand between an English number and what it counts.
const BETWEEN: &[&str] = &[
    "bloody",
    "business",
    "different",
    "entire",
    "full",
    "good",
    "long",
    "more",
    "of",
    "phone",
    "separate",
    "solid",
    "whole",
    "working",
];

/// Chinese words, those with another inside first.
const CHINESE: &[(&str, f32)] = &[
    ("好几十", 30.0),
    ("几十", 30.0),
    ("十几", 12.0),
    ("好几", 4.0),
    ("好多", 5.0),
    ("很多", 5.0),
    ("许多", 5.0),
    ("无数", 20.0),
    ("几", 3.0),
    ("多", 4.0),
    ("数", 4.0),
    ("半", 0.5),
    ("一", 1.0),
    ("二", 2.0),
    ("两", 2.0),
    ("三", 3.0),
    ("四", 4.0),
    ("五", 5.0),
    ("六", 6.0),
    ("七", 7.0),
    ("八", 8.0),
    ("九", 9.0),
    ("百", 100.0),
    ("n", 5.0),
];

/// Words read backwards, and bytes of them.
const WORDS: usize = 3;
const LONGEST: usize = 12;

/// The number that ends before byte `at`, and where it starts; digits that the word itself begins with belong to it.
pub(super) fn before(text: &str, at: usize) -> Option<(f32, usize)> {
    let own = text.get(at..)?.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = text.get(..at + own)?;
    for _ in 0..WORDS {
        rest = rest.trim_end_matches([' ', '-']);
        if let Some(found) = digits(rest).or_else(|| han(rest)) {
            return Some(found);
        }
        let letters = rest.bytes().rev().take(LONGEST).take_while(u8::is_ascii_alphabetic).count();
        let start = rest.len() - letters;
        let word = rest.get(start..).filter(|word| !word.is_empty())?;
        let same = |known: &str| known.eq_ignore_ascii_case(word);
        if let Some((_, number)) = ENGLISH.iter().find(|(known, _)| same(known)) {
            return Some((*number, start));
        }
        BETWEEN.iter().find(|known| same(known))?;
        rest = rest.get(..start)?;
    }
    None
}

fn digits(rest: &str) -> Option<(f32, usize)> {
    let rest = rest.strip_suffix('+').or_else(|| rest.strip_suffix('多')).unwrap_or(rest);
    let length = rest.bytes().rev().take(4).take_while(u8::is_ascii_digit).count();
    let start = rest.len() - length;
    Some((rest.get(start..)?.parse().ok()?, start))
}

fn han(rest: &str) -> Option<(f32, usize)> {
    // What measures or rounds stands between: 三个多(小时), 两个(星期).
    let measured = rest.strip_suffix("个多").or_else(|| rest.strip_suffix('个'));
    let counted = measured.unwrap_or(rest);
    if let Some(found) = counted.strip_suffix('多').and_then(han) {
        return Some(found);
    }
    if measured.is_some()
        && let Some(found) = digits(counted)
    {
        return Some(found);
    }
    let known = CHINESE.iter().find_map(|(word, number)| Some((*number, counted.strip_suffix(word)?.len())));
    let (unit, start) = known.unwrap_or((0.0, counted.len()));
    let tens = (unit == 0.0 || (1.0..10.0).contains(&unit))
        .then(|| counted.get(..start)?.strip_suffix('十'))
        .flatten();
    let Some(tens) = tens else { return known };
    let ten =
        CHINESE.iter().find(|(word, n)| (1.0..10.0).contains(n) && tens.ends_with(word) && *word != "n");
    match ten {
        Some((word, ten)) => Some((ten * 10.0 + unit, tens.len() - word.len())),
        None => Some((10.0 + unit, tens.len())),
    }
}
