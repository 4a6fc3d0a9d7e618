//! What the app writes in place of words: files, notices, marks.

use crate::channel::carrier::speaker::{bare, is_invisible};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Where a phrase stands, and what it stands for.
type Phrase = (&'static str, &'static str, &'static str);

/// `data/whatsapp.tsv`.
static PHRASES: LazyLock<Vec<Phrase>> = LazyLock::new(|| {
    let lines = include_str!("../data/whatsapp.tsv").lines().filter(|line| !line.starts_with('#'));
    let columns = |line: &'static str| {
        let mut columns = line.split('\t');
        Some((columns.next()?, columns.next()?, columns.next()?))
    };
    lines.filter_map(columns).collect()
});

static WHOLE: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    PHRASES
        .iter()
        .filter(|(_, place, _)| *place == "whole")
        .map(|(phrase, _, kind)| (*phrase, *kind))
        .collect()
});

/// `<attached: 00000012-PHOTO.jpg>` in any language.
static ATTACHED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^<[^<>:：]{2,30}[:：]\s*(?<file>[^<>:：/]+\.[0-9A-Za-z]{2,5})>(?s:(?<rest>.*))$").ok()
});

/// `IMG-20230105-WA0003.jpg (file attached)` in any language.
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?<file>[A-Z]{2,4}-[0-9]{8}-WA[0-9]{4}\.[0-9A-Za-z]{2,5}) [(（][^()（）]+[)）](?:\n(?s:(?<rest>.*)))?$").ok()
});

/// `<…>` and nothing else: a file left out, in a language that the list does not know.
static ANGLES: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^<[\p{L} ]{4,40}>$").ok());

/// What a message says without words of its sender.
#[derive(Debug, PartialEq)]
pub(super) enum Meaning<'t> {
    /// A notice of the app.
    System,
    /// A file of this kind that is not in the export, and what is said beside it.
    Omitted(&'static str, &'t str),
    /// The file, and what is said beside it.
    Attached(&'t str, &'t str),
}

/// Where a phrase at the end of `text` begins.
fn ending(text: &str, phrase: &str) -> Option<usize> {
    let at = text.len().checked_sub(phrase.len())?;
    let (_, end) = text.split_at_checked(at)?;
    (end.to_lowercase() == phrase).then_some(at)
}

/// The text without the mark of an edited message, and whether it had one.
pub(super) fn unedited(text: &str) -> (&str, bool) {
    let text = text.trim_end();
    if !text.ends_with('>') {
        return (text, false);
    }
    let marks = PHRASES.iter().filter(|(_, _, kind)| *kind == "edited");
    let start = marks.filter_map(|(phrase, ..)| ending(text, phrase)).min();
    match start.and_then(|at| text.get(..at)) {
        Some(own) => (own, true),
        None => (text, false),
    }
}

/// What the message stands for, if it is no message of words alone.
pub(super) fn meaning(text: &str) -> Option<Meaning<'_>> {
    let marked = text.trim_start().starts_with(is_invisible);
    let text = bare(text);
    let lower = text.to_lowercase();
    if let Some(kind) = WHOLE.get(lower.as_str()) {
        return Some(Meaning::Omitted(kind, ""));
    }
    if PHRASES.iter().any(|(phrase, place, _)| *place == "start" && lower.starts_with(phrase)) {
        return Some(Meaning::System);
    }
    let file = [&ATTACHED, &NAMED].into_iter().find_map(|form| form.as_ref()?.captures(text));
    if let Some(found) = file {
        let rest = found.name("rest").map_or("", |rest| rest.as_str());
        return Some(Meaning::Attached(bare(found.name("file")?.as_str()), rest));
    }
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let first = bare(first);
    let lower = first.to_lowercase();
    for (phrase, _, kind) in
        PHRASES.iter().filter(|(phrase, place, _)| *place == "end" && lower.ends_with(phrase))
    {
        let Some(name) = ending(first, phrase).and_then(|at| first.get(..at)) else { continue };
        match *kind {
            "attached" => return Some(Meaning::Attached(bare(name), rest)),
            // `bill.pdf • 2 pages document omitted`
            "file" => return Some(Meaning::Omitted("file", name)),
            _ => {}
        }
    }
    if ANGLES.as_ref().is_some_and(|form| form.is_match(text)) {
        return Some(Meaning::Omitted("media", ""));
    }
    // The app marks what it writes itself; a poll is its sender's.
    (marked && !text.starts_with("POLL:")).then_some(Meaning::System)
}

/// What kind of thing a file of this name is.
pub(super) fn kind(file: &str) -> &'static str {
    let ending = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "jpg" | "jpeg" | "png" | "webp" | "heic" | "gif" => "image",
        "mp4" | "mov" | "3gp" | "avi" | "mkv" => "video",
        "opus" | "m4a" | "mp3" | "ogg" | "aac" | "amr" | "wav" => "audio",
        _ => "file",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_known() {
        let lines: Vec<&str> =
            include_str!("../data/whatsapp.tsv").lines().filter(|line| !line.starts_with('#')).collect();
        assert!(lines.is_sorted(), "sort data/whatsapp.tsv");
        assert_eq!(lines.len(), PHRASES.len());
        for (phrase, place, kind) in PHRASES.iter() {
            assert_eq!(*phrase, phrase.to_lowercase());
            let known = match *place {
                "whole" => ["image", "video", "audio", "file", "media"].contains(kind),
                "start" => *kind == "system",
                _ => *place == "end" && ["file", "attached", "edited"].contains(kind),
            };
            assert!(known, "{phrase}: {kind} {place}");
        }
    }

    #[test]
    fn what_stands_for_other_things() {
        for (text, wanted) in [
            ("\u{200e}image omitted", Some(Meaning::Omitted("image", ""))),
            ("<Media omitted>", Some(Meaning::Omitted("media", ""))),
            ("<Médias omis>", Some(Meaning::Omitted("media", ""))),
            ("<Medya atlanmış>", Some(Meaning::Omitted("media", ""))),
            ("\u{200e}图像已忽略", Some(Meaning::Omitted("image", ""))),
            (
                "bill.pdf • \u{200e}2 pages \u{200e}document omitted",
                Some(Meaning::Omitted("file", "bill.pdf • \u{200e}2 pages \u{200e}")),
            ),
            ("\u{200e}<attached: 00000012-PHOTO.jpg>", Some(Meaning::Attached("00000012-PHOTO.jpg", ""))),
            ("<Anhang: a b.pdf>", Some(Meaning::Attached("a b.pdf", ""))),
            (
                "IMG-20230105-WA0003.jpg (file attached)\nbroken",
                Some(Meaning::Attached("IMG-20230105-WA0003.jpg", "broken")),
            ),
            ("IMG-20230105-WA0003.jpg (ekli dosya)", Some(Meaning::Attached("IMG-20230105-WA0003.jpg", ""))),
            ("你好.pdf (文件附件)", Some(Meaning::Attached("你好.pdf", ""))),
            ("This message was deleted", Some(Meaning::System)),
            ("\u{200e}Lena created this group", Some(Meaning::System)),
            ("the image omitted the label", None),
            ("it is broken (again)", None),
        ] {
            assert_eq!(meaning(text), wanted, "{text}");
        }
        assert_eq!(unedited("late again \u{200e}<This message was edited>"), ("late again \u{200e}", true));
        assert_eq!(unedited("late again"), ("late again", false));
    }
}
