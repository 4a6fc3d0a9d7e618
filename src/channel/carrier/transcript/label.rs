//! Names of speakers at the beginning of lines.

use crate::channel::carrier::speaker::{bare, role_of};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The names that are speakers in one transcript.
#[derive(Debug, Default)]
pub(super) struct Labels(BTreeSet<String>);

/// A line that may name its speaker.
#[derive(Debug, PartialEq)]
pub(super) struct Labelled<'t> {
    pub(super) name: &'t str,
    pub(super) time: Option<&'t str>,
    pub(super) text: &'t str,
}

/// A time of day or place in a recording, with or without a date before it.
const TIME: &str = r"(?:[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?[T\s]+)?[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,3})?";

static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let name = r#"[^\s:：,，。！？!?;；"“”<>{}\[\]【】/\\][^:：,，。！？!?;；"“”<>{}\[\]【】/\\]{0,39}?"#;
    [
        // `[00:05 - 00:09] Agent: words`, `Agent (00:05): words`, `客服：您好`
        format!(r"^(?:[\[(（【]?(?<before>{TIME})(?:\s*(?:-|–|-->)\s*{TIME})?[\])）】]?\s*[-–]?\s*)?(?:>>\s*)?(?<name>{name})\s*(?:[\[(（【](?<behind>{TIME})[\])）】])?\s*(?:[:：])(?<text>.*)$"),
        // `[Agent] words`, `【客服】您好`
        format!(r"^(?:[\[(（【]?(?<before>{TIME})[\])）】]?\s*[-–]?\s*)?[\[【](?<name>{name})[\]】]\s*[:：]?(?<text>.+)$"),
        // `Speaker 1 00:05`, `小美 2024-01-02 10:00:00`: the words stand below.
        format!(r"^(?<name>{name})\s+[\[(（【]?(?<behind>{TIME})[\])）】]?(?<text>)$"),
        // `2024-01-02 10:00:00 小美`
        format!(r"^(?<before>[0-9]{{4}}[-/.年]{TIME}|[0-9]{{4}}[-/.年][0-9]{{1,2}}[-/.月][0-9]{{1,2}}日?\s+{TIME})\s+(?<name>{name})(?<text>)$"),
    ]
    .iter()
    .filter_map(|form| Regex::new(form).ok())
    .collect()
});

/// The name, time and words of a line, if it looks as though it named its speaker.
pub(super) fn labelled(line: &str) -> Option<Labelled<'_>> {
    let line = bare(line);
    FORMS.iter().find_map(|form| {
        let found = form.captures(line)?;
        let name = bare(found.name("name")?.as_str());
        let text = found.name("text")?;
        let colon = line.get(..text.start()).is_some_and(|before| before.ends_with(':'));
        let next = text.as_str().chars().next();
        // `10:30`, `https://`, `re:order`
        let joined = colon && next.is_some_and(|c| c.is_ascii() && !c.is_whitespace());
        if joined || !name.chars().any(char::is_alphabetic) || name.split_whitespace().count() > 5 {
            return None;
        }
        let time = found.name("before").or(found.name("behind")).map(|time| time.as_str());
        Some(Labelled { name, time, text: text.as_str().trim() })
    })
}

impl Labels {
    /// The names that are known, timed, or come twice in these lines.
    pub(super) fn of<'t>(lines: impl Iterator<Item = &'t str>, agents: &[String]) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for found in lines.filter_map(labelled) {
            let sure = found.time.is_some() || role_of(found.name).is_some();
            *counts.entry(found.name.to_lowercase()).or_default() += if sure { 2 } else { 1 };
        }
        let named = agents.iter().map(|name| bare(name).to_lowercase());
        Self(counts.into_iter().filter(|(_, count)| *count > 1).map(|(name, _)| name).chain(named).collect())
    }

    /// The speaker of a line, if it names one of them.
    pub(super) fn split<'t>(&self, line: &'t str) -> Option<Labelled<'t>> {
        labelled(line).filter(|found| self.0.contains(&found.name.to_lowercase()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_name_their_speakers() {
        for (line, name, time, text) in [
            ("Agent: how can I help?", "Agent", None, "how can I help?"),
            ("客服：您好", "客服", None, "您好"),
            ("客服:您好", "客服", None, "您好"),
            ("[Agent] Hello", "Agent", None, "Hello"),
            ("【客户】没收到", "客户", None, "没收到"),
            ("[00:01:05] Mr. Hale: yes", "Mr. Hale", Some("00:01:05"), "yes"),
            ("00:05 - 00:09 Lena: well", "Lena", Some("00:05"), "well"),
            ("Lena (00:05): well", "Lena", Some("00:05"), "well"),
            ("Speaker 1 00:05", "Speaker 1", Some("00:05"), ""),
            ("小美 (2024-01-02 10:00:00):", "小美", Some("2024-01-02 10:00:00"), ""),
            ("2024-01-02 10:00:00 小美", "小美", Some("2024-01-02 10:00:00"), ""),
            (">> Lena: well", "Lena", None, "well"),
        ] {
            assert_eq!(labelled(line), Some(Labelled { name, time, text }), "{line}");
        }
        for line in [
            "",
            "at 10:30 it came",
            "see https://x.example",
            "well, no: never",
            "12:30",
            "[Music]",
            "just words",
        ] {
            assert_eq!(labelled(line), None, "{line}");
        }
    }

    #[test]
    fn a_name_is_known_or_comes_twice() {
        let lines = ["Lena: a", "Note: b", "Lena: c", "Agent: d", "Tom: e"];
        let labels = Labels::of(lines.into_iter(), &["Tom".to_owned()]);
        let names: Vec<_> = lines.iter().map(|line| labels.split(line).is_some()).collect();
        assert_eq!(names, [true, false, true, true, true]);
    }
}
