//! Character references: `&amp;`, `&#39;`, `&#x597d;`.

use super::Step;
use crate::text::{Rewriter, Signals};

/// Named references met in feedback exports; the W3C table has 2,231, nearly all of them mathematics.
const NAMED: &[(&str, &str)] = &[
    ("amp", "&"),
    ("apos", "'"),
    ("bull", "•"),
    ("cent", "¢"),
    ("copy", "©"),
    ("deg", "°"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("euro", "€"),
    ("frac12", "½"),
    ("gt", ">"),
    ("hearts", "♥"),
    ("hellip", "…"),
    ("laquo", "«"),
    ("ldquo", "\""),
    ("lrm", ""),
    ("lsquo", "'"),
    ("lt", "<"),
    ("mdash", "—"),
    ("middot", "·"),
    ("nbsp", " "),
    ("ndash", "–"),
    ("ntilde", "ñ"),
    ("ouml", "ö"),
    ("pound", "£"),
    ("quot", "\""),
    ("raquo", "»"),
    ("rdquo", "\""),
    ("reg", "®"),
    ("rlm", ""),
    ("rsquo", "'"),
    ("sbquo", "'"),
    ("shy", ""),
    ("thinsp", " "),
    ("ensp", " "),
    ("emsp", " "),
    ("times", "×"),
    ("trade", "™"),
    ("uuml", "ü"),
    ("yen", "¥"),
    ("zwj", ""),
    ("zwnj", ""),
];

/// Longest reference that is looked for.
const LONGEST: usize = 12;

/// The step.
pub(in crate::text) struct Entity;

impl Step for Entity {
    fn applies(&self, signals: Signals) -> bool {
        signals.may_hold_entities()
    }

    fn run(&self, text: &str, out: &mut Rewriter<'_>) {
        let mut buffer = [0; 4];
        let mut at = 0;
        while let Some(found) = text.get(at..).and_then(|rest| rest.find('&')) {
            let start = at + found;
            at = start + 1;
            let Some(body) = body(text, at) else { continue };
            let end = at + body.len() + 1;
            if let Some(c) = body.strip_prefix('#').and_then(number) {
                out.replace(start, end, c.encode_utf8(&mut buffer));
                at = end;
            } else if let Ok(i) = named(body) {
                out.replace(start, end, NAMED.get(i).map_or("", |(_, text)| text));
                at = end;
            }
        }
    }
}

/// Index of a named reference; some exports write them in capitals.
fn named(body: &str) -> Result<usize, ()> {
    NAMED.iter().position(|(name, _)| name.eq_ignore_ascii_case(body)).ok_or(())
}

/// What stands between `&` and `;`.
fn body(text: &str, at: usize) -> Option<&str> {
    let rest = text.get(at..)?;
    let length = rest.as_bytes().iter().take(LONGEST).position(|b| *b == b';')?;
    rest.get(..length).filter(|b| !b.is_empty() && b.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'#'))
}

fn number(digits: &str) -> Option<char> {
    let hex = digits.strip_prefix(['x', 'X']);
    let code = hex.map_or_else(|| digits.parse().ok(), |h| u32::from_str_radix(h, 16).ok())?;
    char::from_u32(code).filter(|c| !c.is_control() || *c == '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    super::super::step_contract!(Entity, [
        "AT&amp;T isn&#39;t &quot;good&quot;" => "AT&T isn't \"good\"",
        "&#x597D;&#29992;&nbsp;!" => "好用 !",
        "R&D; a & b; &unknown; &#0; &" => "R&D; a & b; &unknown; &#0; &",
        "I &LT;3 it" => "I <3 it",
    ]);
}
