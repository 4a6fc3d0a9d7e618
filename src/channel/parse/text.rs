//! Readers of words: fields that are sometimes strings and sometimes numbers, lists in one cell.

use crate::feedback::FeedbackBuilder;
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;
use std::fmt;

/// A string, number or truth value, as text; `null` and blanks are nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Word(Option<String>);

impl Word {
    pub(crate) fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }

    pub(crate) fn is_some(&self) -> bool {
        self.0.is_some()
    }

    pub(crate) fn into_option(self) -> Option<String> {
        self.0
    }

    /// The text, empty when there is none.
    pub(crate) fn text(self) -> String {
        self.0.unwrap_or_default()
    }

    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0.or(other.0))
    }

    /// The number, 0 when there is none.
    pub(crate) fn count(&self) -> u64 {
        count(self.as_deref().unwrap_or_default())
    }
}

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        Self((!text.trim().is_empty()).then(|| text.to_owned()))
    }
}

/// A whole number, 0 when it is none.
pub(crate) fn count(text: &str) -> u64 {
    let text = text.trim();
    text.parse().unwrap_or_else(|_| text.parse::<f64>().map_or(0, |number| number as u64))
}

/// Yes or no in the words of exports.
pub(crate) fn flag(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "1" | "1.0" | "yes" | "y" | "t" | "是" | "有" => Some(true),
        "false" | "0" | "0.0" | "no" | "n" | "f" | "否" | "无" => Some(false),
        _ => None,
    }
}

/// The entries of a list in one cell.
pub(crate) fn list(text: &str) -> Vec<String> {
    let entries = text.split([',', ';', '|', '、', '，', '；']).map(str::trim);
    entries.filter(|entry| !entry.is_empty()).map(str::to_owned).collect()
}

/// The web addresses in one cell, whatever separates them: they may hold commas themselves.
pub(crate) fn addresses(text: &str) -> Vec<String> {
    let separates = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '"' | '[' | ']');
    let begins =
        |at: usize| text.get(..at).is_some_and(|before| before.is_empty() || before.ends_with(separates));
    let starts: Vec<usize> = text.match_indices("http").map(|(at, _)| at).filter(|at| begins(*at)).collect();
    if starts.is_empty() {
        return list(text);
    }
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    let cut = starts.iter().zip(ends).filter_map(|(from, to)| text.get(*from..to));
    cut.map(|address| address.trim_end_matches(separates).to_owned()).collect()
}

/// A JSON value as text: lists are joined; `null`, blanks and objects are none.
pub(crate) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Object(_) => None,
        Value::String(text) => (!text.trim().is_empty()).then(|| text.clone()),
        Value::Array(all) => {
            let texts: Vec<String> = all.iter().filter_map(plain).collect();
            (!texts.is_empty()).then(|| texts.join(", "))
        }
        other => Some(other.to_string()),
    }
}

/// Sets the attributes that have a value.
pub(crate) fn attributes<'a>(
    builder: FeedbackBuilder,
    all: impl IntoIterator<Item = (&'a str, Word)>,
) -> FeedbackBuilder {
    let present = all.into_iter().filter_map(|(name, value)| Some((name, value.into_option()?)));
    present.fold(builder, |builder, (name, value)| builder.attribute(name, value))
}

/// Text with the character references undone that mark-up cannot do without.
pub(crate) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let end = after.bytes().take(9).position(|b| b == b';');
        let reference = end.and_then(|at| Some((after.get(..at)?, after.get(at + 1..)?)));
        if let Some((character, left)) = reference.and_then(|(name, left)| Some((character(name)?, left))) {
            out.push(character);
            rest = left;
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// The character of a reference without `&` and `;`.
fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']).map(|hex| u32::from_str_radix(hex, 16));
        return char::from_u32(hex.unwrap_or_else(|| number.parse()).ok()?);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "lrm" => '\u{200e}',
        "rlm" => '\u{200f}',
        "hellip" => '…',
        "mdash" => '—',
        "ndash" => '–',
        "rsquo" => '’',
        "lsquo" => '‘',
        "rdquo" => '”',
        "ldquo" => '“',
        _ => return None,
    })
}

/// Whether the bytes hold U+FFFD.
pub(crate) fn has_replacement(utf8: &[u8]) -> bool {
    utf8.windows(3).any(|three| three == [0xEF, 0xBF, 0xBD])
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor)
    }
}

struct Visitor;

impl<'de> de::Visitor<'de> for Visitor {
    type Value = Word;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, number, truth value or null")
    }

    fn visit_str<E>(self, value: &str) -> Result<Word, E> {
        Ok(Word::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Word, E> {
        Ok(Word(Some(value.to_string())))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Word, E> {
        Ok(Word(Some(value.to_string())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Word, E> {
        Ok(Word(Some(value.to_string())))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Word, E> {
        Ok(Word(Some(value.to_string())))
    }

    fn visit_unit<E>(self) -> Result<Word, E> {
        Ok(Word(None))
    }

    fn visit_none<E>(self) -> Result<Word, E> {
        Ok(Word(None))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Word, D::Error> {
        Word::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_in_many_types() {
        let words: Vec<Word> =
            serde_json::from_str(r#"["a", " ", 9007199254740993, -1, 1.5, true, null]"#).unwrap();
        let texts: Vec<_> = words.iter().map(Word::as_deref).collect();
        let expected =
            [Some("a"), None, Some("9007199254740993"), Some("-1"), Some("1.5"), Some("true"), None];
        assert_eq!(texts, expected);
        assert_eq!(Word::from("12").count(), 12);
        assert_eq!(Word::from("12.0").count(), 12);
        assert_eq!(Word::from("many").count(), 0);
        assert_eq!(flag("是"), Some(true));
        let urls = ["https://a.example/1,2.jpg", "http://b.example/3.jpg"];
        assert_eq!(addresses("https://a.example/1,2.jpg, http://b.example/3.jpg;"), urls);
        assert_eq!(addresses("one.jpg;two.jpg"), ["one.jpg", "two.jpg"]);
        assert_eq!(list("late, refund；退款"), ["late", "refund", "退款"]);
    }
}
