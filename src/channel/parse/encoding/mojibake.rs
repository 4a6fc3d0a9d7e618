//! UTF-8 that was read as Windows-1252 and written as UTF-8 once more: `donâ€™t`, `å¾ˆå¥½`.

use std::ops::Range;

/// Characters of Windows-1252 that do not stand at their own number.
const MOVED: [(char, u8); 27] = [
    ('€', 0x80),
    ('‚', 0x82),
    ('ƒ', 0x83),
    ('„', 0x84),
    ('…', 0x85),
    ('†', 0x86),
    ('‡', 0x87),
    ('ˆ', 0x88),
    ('‰', 0x89),
    ('Š', 0x8A),
    ('‹', 0x8B),
    ('Œ', 0x8C),
    ('Ž', 0x8E),
    ('‘', 0x91),
    ('’', 0x92),
    ('“', 0x93),
    ('”', 0x94),
    ('•', 0x95),
    ('–', 0x96),
    ('—', 0x97),
    ('˜', 0x98),
    ('™', 0x99),
    ('š', 0x9A),
    ('›', 0x9B),
    ('œ', 0x9C),
    ('ž', 0x9E),
    ('Ÿ', 0x9F),
];

/// The byte beyond ASCII that was read as this character.
fn byte(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ 0x80..=0xFF => u8::try_from(code).ok(),
        0x100.. => MOVED.iter().find(|(moved, _)| *moved == c).map(|(_, byte)| *byte),
        _ => None,
    }
}

/// Every such text has a character that is written with this byte.
const LEAD: u8 = 0xC3;

/// A text with the lines mended that were read wrongly, and where those are. Such a line has at least one run of
/// characters beyond ASCII, and every run in it is UTF-8 byte for byte: chance does not do that.
pub(super) fn mend(text: &str) -> Option<(String, Vec<Range<usize>>)> {
    if !text.as_bytes().contains(&LEAD) {
        return None;
    }
    let (mut out, mut ranges) = (String::with_capacity(text.len()), Vec::new());
    for line in text.split_inclusive('\n') {
        let start = out.len();
        match line.as_bytes().contains(&LEAD).then(|| mended(line)).flatten() {
            Some(line) => {
                out.push_str(&line);
                ranges.push(start..out.trim_end_matches(['\r', '\n']).len());
            }
            None => out.push_str(line),
        }
    }
    (!ranges.is_empty()).then_some((out, ranges))
}

/// The line as it was meant; nothing when a run does not fit. Characters of other scripts stay.
fn mended(line: &str) -> Option<String> {
    let mut out = String::with_capacity(line.len());
    let mut run = Vec::new();
    let mut any = false;
    for c in line.chars() {
        if let Some(byte) = byte(c) {
            run.push(byte);
            continue;
        }
        any |= !run.is_empty();
        out.push_str(std::str::from_utf8(&run).ok()?);
        run.clear();
        out.push(c);
    }
    any |= !run.is_empty();
    out.push_str(std::str::from_utf8(&run).ok()?);
    any.then_some(out)
}

/// Where the run begins that the text ends in, because its rest may follow.
pub(super) fn open_run(text: &str) -> usize {
    let run = text.chars().rev().take(RUN).take_while(|c| byte(*c).is_some());
    text.len() - run.map(char::len_utf8).sum::<usize>()
}

/// Characters of a run looked at.
const RUN: usize = 4096;

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::WINDOWS_1252;

    fn garbled(text: &str) -> String {
        WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn what_was_read_wrongly_is_mended() {
        for text in ["don’t – really", "很好，下次再来！", "déjà vu", "naïve 🙂\u{a0}", "всё плохо"]
        {
            assert_eq!(mend(&garbled(text)).map(|(mended, _)| mended).as_deref(), Some(text));
        }
        let mixed = format!("très bien\n{}\n很好\n", garbled("très mal"));
        let (text, ranges) = mend(&mixed).unwrap();
        assert_eq!(text, "très bien\ntrès mal\n很好\n");
        assert_eq!(ranges.iter().map(|range| (range.start, range.end)).collect::<Vec<_>>(), [(11, 20)]);
    }

    #[test]
    fn what_was_read_rightly_stays() {
        for text in [
            "plain",
            "« voilà »",
            "“déçu” – CAFÉ® «QUALITÉ»",
            "NÃO É POSSÍVEL… “IRMÃ”",
            "很好“包装”……",
            "Größe ÄÖÜ²",
            "500 € für €",
            "Ελλάδα",
        ] {
            assert_eq!(mend(text), None, "{text}");
        }
    }
}
