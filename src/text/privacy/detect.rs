//! Where a text holds a phone number or an e-mail address.

use regex::Regex;
use std::sync::LazyLock;

/// E-mail addresses (the practical core of RFC 5322) and phone numbers: international form, mainland China
/// mobile (1[3-9] + 9 digits, MIIT numbering plan), North American and grouped national forms.
static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?: [A-Za-z0-9._%+-]+ @ [A-Za-z0-9-]+ (?: \. [A-Za-z0-9-]+ )* \. [A-Za-z]{2,24} )
        | (?:
            \+ [0-9]{1,3} [\ .-]? (?: \( [0-9]{1,4} \) [\ .-]? )? [0-9]{2,4} (?: [\ .-]? [0-9]{2,4} ){1,4}
          | 1 [3-9] [0-9] [\ -]? [0-9]{4} [\ -]? [0-9]{4}
          | \( [0-9]{3} \) \ ? [0-9]{3} [\ .-] [0-9]{4}
          | [0-9]{3} [.-] [0-9]{3} [.-] [0-9]{4}
          | 0 [0-9]{2,3} - [0-9]{7,8}
        )",
    )
    .ok()
});

/// A piece of personal data: byte range and whether it is an address (else a phone number).
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) is_email: bool,
}

/// All pieces, in order. Digits that run on at either side make an order number, not a phone number.
pub(super) fn find(text: &str) -> impl Iterator<Item = Found> {
    let pattern = if may_hold(text) { PATTERN.as_ref() } else { None };
    let digit_at =
        |i: Option<usize>| i.and_then(|i| text.as_bytes().get(i)).is_some_and(u8::is_ascii_alphanumeric);
    pattern
        .into_iter()
        .flat_map(move |p| p.find_iter(text))
        .map(|m| Found { start: m.start(), end: m.end(), is_email: m.as_str().contains('@') })
        .filter(move |f| f.is_email || !(digit_at(f.start.checked_sub(1)) || digit_at(Some(f.end))))
}

/// A fast look: an at sign, or seven digits.
fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.contains(&b'@') || bytes.iter().filter(|b| b.is_ascii_digit()).nth(6).is_some()
}

/// Whether the text holds any.
pub(crate) fn holds_personal_data(text: &str) -> bool {
    find(text).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_compiles() {
        assert!(PATTERN.is_some());
    }

    #[test]
    fn finds_people_not_orders() {
        for yes in [
            "mail me: jo.doe@shop.example",
            "call +44 20 7946 0018",
            "电话13812345678谢谢",
            "(555) 010-1234",
            "021-55501234",
        ] {
            assert!(holds_personal_data(yes), "{yes}");
        }
        for no in [
            "订单 20260502113812345678",
            "order 4420079460018777",
            "size 10.5",
            "5 stars @home",
            "2026-05-02",
        ] {
            assert!(!holds_personal_data(no), "{no}");
        }
    }
}
