//! How a message begins, on iOS and on Android.

use crate::channel::carrier::speaker::bare;
use regex::Regex;
use std::sync::LazyLock;

/// `[31/12/2022, 11:40:26] `, `8/8/19, 1:25 PM - `, `2023/12/31 下午10:15 - `.
static HEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let form = r"(?x)^[\u{200e}\u{200f}\u{202a}-\u{202e}\u{feff}]*
        (?<open>\[)?
        (?<date>[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)\.?[,،]?[\s\u{200e}\u{200f}]+
        (?<half>凌晨|清晨|早上|上午|中午|下午|傍晚|晚上)?\s?
        (?<clock>[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?)
        (?:\s?(?<ampm>[AaPp])\.?\s?[Mm]\.?)?
        (?:(?<close>\])|\s[-–—])\s?
        (?<rest>.*)$";
    Regex::new(form).ok()
});

/// The head of a message.
#[derive(Debug, PartialEq)]
pub(super) struct Head<'t> {
    /// Date and time in one way of writing.
    pub(super) when: String,
    pub(super) rest: &'t str,
}

/// The head of a message, if the line is the first of one.
pub(super) fn head(line: &str) -> Option<Head<'_>> {
    let found = HEAD.as_ref()?.captures(line)?;
    let part = |name| found.name(name).map_or("", |part| part.as_str());
    if part("open").is_empty() != part("close").is_empty() {
        return None;
    }
    let half = match part("half") {
        "清晨" => "上午",
        "傍晚" => "下午",
        half => half,
    };
    let ampm = if part("ampm").is_empty() { String::new() } else { format!(" {}m", part("ampm")) };
    let when = format!("{} {half}{}{ampm}", part("date"), part("clock"));
    Some(Head { when, rest: found.name("rest")?.as_str() })
}

/// Longest name of a sender, in bytes.
const NAME: usize = 120;

/// Sender and words; a line without a sender is the app's own.
pub(super) fn author(rest: &str) -> (Option<&str>, &str) {
    let split = rest.split_once(": ").or_else(|| Some((rest.strip_suffix(':')?, "")));
    let Some((name, text)) = split else { return (None, rest) };
    // `Lena changed the subject to "Order: late"` names no sender.
    let notice = name.len() > NAME || name.contains(['"', '“', '”', '「', '„', '«']);
    // Senders who are not in the address book.
    let name = bare(bare(name).trim_start_matches('~'));
    if notice || name.is_empty() { (None, rest) } else { (Some(name), text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_all_apps() {
        for (line, when, rest) in [
            ("[31/12/2022 11:40:26] John: text", "31/12/2022 11:40:26", "John: text"),
            ("\u{200e}[11/01/22, 4:19:15\u{202f}PM] A: b", "11/01/22 4:19:15 Pm", "A: b"),
            ("[2017-09-07, 7:58:30 AM] A: b", "2017-09-07 7:58:30 Am", "A: b"),
            ("[16.07.21, 15:03:00] A: b", "16.07.21 15:03:00", "A: b"),
            ("8/8/19, 1:25 PM - A: text", "8/8/19 1:25 Pm", "A: text"),
            ("5/4/19, 14:59 - John: x", "5/4/19 14:59", "John: x"),
            ("2021-03-18, 3:02 p. m. - A: x", "2021-03-18 3:02 pm", "A: x"),
            ("2023/12/31 下午10:15 - 名字: 消息", "2023/12/31 下午10:15", "名字: 消息"),
            ("[2023/12/31 清晨5:15:30] 名字: 消息", "2023/12/31 上午5:15:30", "名字: 消息"),
            ("2023年12月31日 22:15 - 名字: 消息", "2023年12月31日 22:15", "名字: 消息"),
        ] {
            assert_eq!(head(line), Some(Head { when: when.to_owned(), rest }), "{line}");
        }
        for line in [
            "",
            "at 8/8/19, 1:25 PM - A: text",
            "[8/8/19, 1:25 PM - A: text",
            "8/8/19 was fine",
            "1:25 - A: b",
        ] {
            assert_eq!(head(line), None, "{line}");
        }
    }

    #[test]
    fn senders_end_at_the_first_colon() {
        assert_eq!(author("~ Lena: see: this"), (Some("Lena"), "see: this"));
        assert_eq!(author("\u{202a}+86 138 0000 0000\u{202c}: 好"), (Some("+86 138 0000 0000"), "好"));
        assert_eq!(author("Lena:"), (Some("Lena"), ""));
        assert_eq!(author("Lena left"), (None, "Lena left"));
        assert_eq!(author("Lena named the group \"Order: late\"").0, None);
    }
}
