//! The notation of Slack's texts: what stands in angle brackets, and three escaped characters.

use crate::channel::parse::text::unescape;
use serde_json::Value;

/// The text as Slack shows it, and the addresses that it hides behind words.
pub(super) fn plain(text: &str) -> (String, Vec<String>) {
    let (mut out, mut links, mut rest) = (String::with_capacity(text.len()), Vec::new(), text);
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(&unescape(before));
        // Inside a bracket no other opens: Slack escapes those that people write.
        let end = after.find(['<', '>', '\n']);
        let parts = end.and_then(|at| Some((after.get(..at)?, after.get(at..)?.strip_prefix('>')?)));
        let Some((inside, left)) = parts else {
            out.push('<');
            rest = after;
            continue;
        };
        let (target, label) = inside.split_once('|').unwrap_or((inside, ""));
        let label = unescape(label);
        match target.chars().next() {
            Some(sign @ ('@' | '#')) if !label.is_empty() => {
                out.push(sign);
                out.push_str(label.trim_start_matches(sign));
            }
            Some('@' | '#') => out.push_str(target),
            Some('!') if !label.is_empty() => out.push_str(&label),
            Some('!') => {
                out.push('@');
                out.push_str(target.trim_start_matches('!'));
            }
            _ if label.is_empty() => out.push_str(&unescape(target)),
            _ => {
                links.extend((!target.ends_with(label.as_str())).then(|| unescape(target)));
                out.push_str(&label);
            }
        }
        rest = left;
    }
    out.push_str(&unescape(rest));
    (out, links)
}

/// The words of blocks or attachments: every piece of text in order, one a line.
pub(super) fn collect(value: &Value) -> String {
    let mut out = Vec::new();
    walk(value, &mut out);
    out.join("\n")
}

fn walk<'a>(value: &'a Value, out: &mut Vec<&'a str>) {
    match value {
        Value::Array(all) => all.iter().for_each(|value| walk(value, out)),
        Value::Object(all) => {
            let worded = |name: &str| matches!(all.get(name), Some(Value::String(text)) if !text.is_empty());
            let fallback =
                !["pretext", "title", "text"].into_iter().any(worded) && !all.contains_key("blocks");
            for (name, value) in all {
                match (name.as_str(), value) {
                    ("pretext" | "title" | "text", Value::String(text)) if !text.is_empty() => out.push(text),
                    ("fallback", Value::String(text)) if fallback => out.push(text),
                    ("text" | "elements" | "fields" | "blocks" | "title", value) => walk(value, out),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_written_out() {
        let table = [
            ("<@U1>: the <#C2|returns> page", "@U1: the #returns page"),
            ("<@U1|ann> <!here> <!subteam^S1|@shop> <!date^1^{date}|May 1>", "@ann @here @shop May 1"),
            ("see <https://shop.example/a?b=1&amp;c=2>", "see https://shop.example/a?b=1&c=2"),
            ("<mailto:a@example.com|a@example.com>", "a@example.com"),
            ("1 &lt; 2 &amp; 3 &gt; 2", "1 < 2 & 3 > 2"),
            ("a < b", "a < b"),
            ("a <b\n> c <d", "a <b\n> c <d"),
            ("<>", ""),
        ];
        for (text, wanted) in table {
            assert_eq!(plain(text), (wanted.to_owned(), Vec::new()), "{text}");
        }
        let (text, links) = plain("the <https://shop.example/faq|help page> is gone");
        assert_eq!(
            (text.as_str(), links),
            ("the help page is gone", vec!["https://shop.example/faq".to_owned()])
        );
    }

    #[test]
    fn blocks_give_their_words() {
        let blocks = serde_json::json!([
            {"type": "header", "text": {"type": "plain_text", "text": "New review"}},
            {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"text": "too slow"}]}]},
            {"fallback": "a preview"},
            {"fallback": "[x] b", "pretext": "x", "text": "b"}
        ]);
        assert_eq!(collect(&blocks), "New review\ntoo slow\na preview\nx\nb");
    }
}
