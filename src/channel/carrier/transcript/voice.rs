//! The voices of a cue, and its words without tags.

use crate::channel::parse::text::unescape;

/// What one voice says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Voice {
    pub(super) name: Option<String>,
    pub(super) text: String,
}

/// Splits `<v Lena>words</v>`; other tags are dropped, references undone.
pub(super) fn split(payload: &str) -> Vec<Voice> {
    let mut voices = vec![Voice::default()];
    let mut rest = payload;
    while let Some((before, after)) = rest.split_once('<') {
        push(&mut voices, before);
        if let Some((tag, left)) = closed(after, '>').filter(|(tag, _)| is_tag(tag)) {
            if let Some(name) = voice(tag) {
                voices.push(Voice { name, text: String::new() });
            }
            rest = left;
        } else {
            push(&mut voices, "<");
            rest = after;
        }
    }
    push(&mut voices, rest);
    for voice in &mut voices {
        voice.text = unescape(&placed(&voice.text)).replace(['\u{200e}', '\u{200f}'], "");
    }
    voices.retain(|voice| !voice.text.trim().is_empty());
    voices
}

fn push(voices: &mut [Voice], text: &str) {
    if let Some(last) = voices.last_mut() {
        last.text.push_str(text);
    }
}

/// Bytes within which a tag ends.
const TAG: usize = 256;

/// What stands before and after the end of a tag.
fn closed(text: &str, end: char) -> Option<(&str, &str)> {
    let at = text.bytes().take(TAG).position(|b| char::from(b) == end)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// `v Lena`, `/v`, `c.loud`, `font color="red"`, `00:00:01.000`; not `3` of `<3`.
fn is_tag(tag: &str) -> bool {
    let body = tag.strip_prefix('/').unwrap_or(tag);
    let name: String = body.chars().take_while(char::is_ascii_alphanumeric).collect();
    let is_time = body.contains(':') && body.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
    let known = ["v", "c", "i", "b", "u", "s", "ruby", "rt", "lang", "font", "span", "p", "br"]
        .contains(&name.to_ascii_lowercase().as_str());
    let next = body.get(name.len()..).and_then(|rest| rest.chars().next());
    is_time || known && next.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | '/'))
}

/// Whose words begin with this tag: of a name, of nobody named, or no change.
#[expect(clippy::option_option, reason = "a voice that ends is not the same as no voice tag")]
fn voice(tag: &str) -> Option<Option<String>> {
    if tag == "/v" {
        return Some(None);
    }
    let rest = tag.strip_prefix('v').filter(|rest| rest.starts_with([' ', '\t', '.']))?;
    let name = rest.split_once(char::is_whitespace).map_or("", |(_, name)| name.trim());
    Some((!name.is_empty()).then(|| unescape(name)))
}

/// Without `{\an8}`, which tells a player where to show the words.
fn placed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{\\") {
        out.push_str(before);
        if let Some((_, left)) = closed(after, '}') {
            rest = left;
        } else {
            out.push_str("{\\");
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voices_are_split() {
        let voice = |name: &str, text: &str| Voice {
            name: (!name.is_empty()).then(|| name.to_owned()),
            text: text.to_owned(),
        };
        for (payload, voices) in [
            ("<v Lena>it is <i>late</i>", vec![voice("Lena", "it is late")]),
            ("<v.loud Tom Berg>No</v> <v Lena>Yes</v>", vec![voice("Tom Berg", "No"), voice("Lena", "Yes")]),
            ("I <3 it &amp; <00:00:01.000>you", vec![voice("", "I <3 it & you")]),
            ("{\\an8}<font color=\"red\">up</font>", vec![voice("", "up")]),
            ("<v Lena>", vec![]),
        ] {
            assert_eq!(split(payload), voices, "{payload}");
        }
    }
}
