//! The same garbled text written as JSON escapes, which a decoder of bytes cannot see: `"don\u00e2\u20ac\u2122t"`.

use super::mojibake;
use memchr::{memchr2, memmem};

/// What every such text holds.
const MARK: &[u8] = b"\\u00";

/// JSON with the strings mended that were read wrongly before they were escaped; nothing when there are none.
pub(crate) fn mend(json: &str) -> Option<String> {
    memmem::find(json.as_bytes(), MARK)?;
    let mut out = String::with_capacity(json.len());
    let (mut rest, mut any) = (json, false);
    while let Some((before, after)) = rest.split_once('"') {
        let body = after.get(..body(after)).unwrap_or(after);
        let mended = mojibake::mend(&unescaped(body)).map(|(mended, _)| mended);
        any |= mended.is_some();
        out.extend([before, "\"", mended.as_deref().unwrap_or(body)]);
        rest = after.get(body.len()..).unwrap_or_default();
        if let Some(left) = rest.strip_prefix('"') {
            out.push('"');
            rest = left;
        }
    }
    out.push_str(rest);
    any.then_some(out)
}

/// Where the string ends whose quote was just passed.
fn body(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
        if bytes.get(at + found) == Some(&b'"') {
            return at + found;
        }
        at = (at + found + 2).min(bytes.len());
    }
    text.len()
}

/// The body of a string with the escapes undone that stand for characters beyond ASCII; the others stay.
fn unescaped(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let number = after.strip_prefix('u').and_then(|digits| digits.get(..4));
        let code = number.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        if let Some(character) = code.filter(|code| *code >= 0x80).and_then(char::from_u32) {
            out.push(character);
            rest = after.get(5..).unwrap_or_default();
        } else {
            let one = after.chars().next().map_or(0, char::len_utf8);
            out.push('\\');
            out.push_str(after.get(..one).unwrap_or_default());
            rest = after.get(one..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_text_is_mended() {
        for (json, mended) in [
            (r#"{"a":"don\u00e2\u20ac\u2122t","b":"\u00e9t\u00e9"}"#, r#"{"a":"don’t","b":"\u00e9t\u00e9"}"#),
            (r#"["\u00e5\u00be\u02c6\u00e5\u00a5\u00bd\n\"x\""]"#, r#"["很好\n\"x\""]"#),
            (r#"["\u00f0\u009f\u0098\u0081"]"#, r#"["😁"]"#),
            (r#"["\u00c3\u00a9"#, r#"["é"#),
        ] {
            assert_eq!(mend(json).as_deref(), Some(mended), "{json}");
        }
    }

    #[test]
    fn what_is_right_stays() {
        for json in [
            r#"{"a":"\u00e9"}"#,
            r#"["\\u00c3\\u00a9"]"#,
            r#"["\ud83d\ude00 \u00fc"]"#,
            r#"["\u0041\u00"]"#,
            r#"["\u5f88\u597d"]"#,
            "\"\\",
        ] {
            assert_eq!(mend(json), None, "{json}");
        }
    }
}
