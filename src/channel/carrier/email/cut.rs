//! Where the writer's own words end: quoted replies and signatures, in English and Chinese.

use regex::Regex;
use std::sync::LazyLock;

/// A body taken apart; every byte is in one of the parts.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Parts {
    pub(super) text: String,
    pub(super) quoted: String,
    pub(super) signature: String,
}

/// Lines that stand above a reply that is quoted whole.
static DIVIDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let forms = [
        r"^\s*-{2,}\s*(?:original (?:message|e-?mail)|forwarded message|原始邮件|原邮件|原始郵件|原郵件|转发(?:的)?邮件|轉寄郵件|回复的原邮件)\s*-{2,}",
        r"^\s*(?:on\b.{5,200}\bwrote|在.{4,120}(?:写道|寫道)|于.{4,120}(?:写道|寫道)|.{4,120}于.{4,80}(?:写道|寫道))\s*[:：]?\s*$",
        r"^\s*begin forwarded message:",
    ];
    Regex::new(&format!("(?i)(?:{})", forms.join("|"))).ok()
});

/// `From:` and its kin; a block of at least two such lines heads a quoted message.
static HEADER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let names = "from|sent|to|cc|date|subject|发件人|发送时间|发送日期|收件人|抄送|主题|日期|寄件者|寄件人|傳送時間|收件者|主旨";
    Regex::new(&format!(r"(?i)^\s*\*{{0,2}}(?:{names})\s*\*{{0,2}}[:：]")).ok()
});

/// The first of them.
static SENDER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^\s*\*{0,2}(?:from|发件人|寄件者|寄件人)\s*\*{0,2}[:：]").ok());

/// What a telephone writes below.
static DEVICE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let forms = [
        r"sent (?:from|via) (?:my |the |yahoo|outlook|mail for|gmail|proton|samsung|huawei|xiaomi)",
        r"get outlook for (?:ios|android)",
        r"(?:发自|發自|发送自|傳送自|來自|来自)\s*我?的?\s*(?:iphone|ipad|手机|手機|小米|华为|三星|vivo|oppo|荣耀|网易|qq邮箱|foxmail|yahoo|samsung|huawei)",
        r"从我的\s*\S+\s*(?:发送|发出)",
    ];
    Regex::new(&format!(r"(?i)^\s*(?:{})", forms.join("|"))).ok()
});

/// Containers into which mail programs put what they quote.
static CONTAINER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let forms = [
        r"<blockquote\b",
        r#"<div[^>]*(?:class|id)=["']?(?:gmail_quote|gmail_attr|yahoo_quoted|moz-cite-prefix|divrplyfwdmsg|appendonsend|x_gmail_quote|ntes-pcmail-quote|isreplycontent)"#,
        r"<(?:div|p|span|td|b|font)[^>]*>\s*(?:<[^>]+>\s*)*-{2,}\s*(?:original message|forwarded message|原始邮件|原始郵件)",
        r"<div[^>]*>\s*(?:<[^>]+>\s*)*(?:from|发件人|寄件者)\s*[:：]",
        r"<(?:div|p|span)[^>]*>\s*on [^<>]{5,200}(?:<[^>]+>[^<>]{0,100}){0,4}wrote:",
        r"<(?:div|p|span)[^>]*>\s*在[^<>]{4,120}(?:写道|寫道)",
    ];
    Regex::new(&format!("(?i)(?:{})", forms.join("|"))).ok()
});

fn fits(form: &LazyLock<Option<Regex>>, text: &str) -> bool {
    form.as_ref().is_some_and(|form| form.is_match(text))
}

/// Takes a plain body apart.
pub(super) fn plain(body: &str) -> Parts {
    let lines: Vec<&str> = body.split_inclusive('\n').collect();
    let (own, quoted) = lines.split_at(quote_start(&lines).min(lines.len()));
    let (own, signature) = own.split_at(signature_start(own).min(own.len()));
    let (marked, own): (Vec<&str>, Vec<&str>) = own.iter().partition(|line| is_marked(line));
    let parts = Parts {
        text: own.concat(),
        quoted: marked.concat() + &quoted.concat(),
        signature: signature.concat(),
    };
    // A forwarded message, or one that is all quotation, has no words of its own to stand for it.
    if parts.text.trim().is_empty() { Parts { text: body.to_owned(), ..Parts::default() } } else { parts }
}

/// Takes an HTML body apart: what a mail program quotes stands in containers it has names for.
pub(super) fn html(body: &str) -> Parts {
    let start = CONTAINER.as_ref().and_then(|form| form.find(body)).map_or(body.len(), |found| found.start());
    let (own, quoted) = body.split_at_checked(start).unwrap_or((body, ""));
    let words =
        own.split('<').filter_map(|tag| tag.split_once('>').map_or(Some(tag), |(_, words)| Some(words)));
    if words.map(str::trim).all(str::is_empty) {
        return Parts { text: body.to_owned(), ..Parts::default() };
    }
    Parts { text: own.to_owned(), quoted: quoted.to_owned(), signature: String::new() }
}

/// `> words`, `>words`, `>> words`; not `>_<`.
fn is_marked(line: &str) -> bool {
    let next = line.trim_start().strip_prefix('>').map(|rest| rest.chars().next());
    next.is_some_and(|next| next.is_none_or(|c| c.is_alphanumeric() || c.is_whitespace() || c == '>'))
}

/// The line from which on everything is quoted.
fn quote_start(lines: &[&str]) -> usize {
    let line = |at: usize| lines.get(at).copied().unwrap_or_default();
    for at in 0..lines.len() {
        if fits(&DIVIDER, line(at).trim_end()) {
            return with_rule(lines, at);
        }
        // `On … wrote:` is often broken into two lines.
        let opens = line(at).trim_start().to_lowercase();
        if opens.starts_with("on ") || opens.starts_with('在') {
            let both = format!("{} {}", line(at).trim_end(), line(at + 1).trim());
            if !line(at + 1).trim().is_empty() && fits(&DIVIDER, &both) {
                return at;
            }
        }
        let block = fits(&SENDER, line(at)) && (1..=3).any(|next| fits(&HEADER, line(at + next)));
        if block {
            return with_rule(lines, at);
        }
    }
    lines.len()
}

/// A line of `_` or `-` above belongs to what it divides.
fn with_rule(lines: &[&str], at: usize) -> usize {
    let above = (0..at).rev().find(|i| lines.get(*i).is_some_and(|line| !line.trim().is_empty()));
    let is_rule =
        |line: &&str| line.trim().len() >= 8 && line.trim().chars().all(|c| matches!(c, '_' | '-' | '='));
    above.filter(|i| lines.get(*i).is_some_and(is_rule)).unwrap_or(at)
}

/// The most lines a signature may have.
const SIGNATURE: usize = 12;

/// The line from which on a signature stands.
fn signature_start(own: &[&str]) -> usize {
    let last = own.len();
    let words = |from: usize| own.iter().skip(from).filter(|line| !line.trim().is_empty()).count();
    let sign = |(at, line): &(usize, &&str)| {
        let line = line.trim_end_matches(['\n', '\r']);
        let dashes = matches!(line, "-- " | "--" | "—— ") && words(*at) <= SIGNATURE;
        dashes || fits(&DEVICE, line) && words(*at) <= 3
    };
    own.iter().enumerate().find(sign).map_or(last, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, quoted: &str, signature: &str) -> Parts {
        Parts { text: text.to_owned(), quoted: quoted.to_owned(), signature: signature.to_owned() }
    }

    /// Bodies with what is said, quoted and signed.
    fn check(table: &[(&str, &str, &str, &str)]) {
        for (body, text, quoted, signature) in table {
            assert_eq!(plain(body), parts(text, quoted, signature), "{body}");
        }
    }

    #[test]
    fn quotes_are_cut() {
        let table = [
            (
                "Still broken.\n\nOn Mon, 3 Jun 2024 at 10:00, Shop <s@x.example> wrote:\n> Fixed\n",
                "Still broken.\n\n",
                "On Mon, 3 Jun 2024 at 10:00, Shop <s@x.example> wrote:\n> Fixed\n",
                "",
            ),
            (
                "Still broken.\nOn Monday the third of June, the service team\n<s@x.example> wrote:\n> Fixed\n",
                "Still broken.\n",
                "On Monday the third of June, the service team\n<s@x.example> wrote:\n> Fixed\n",
                "",
            ),
            (
                "还没收到。\n\n在 2024年6月3日，客服 写道：\n> 已发货\n",
                "还没收到。\n\n",
                "在 2024年6月3日，客服 写道：\n> 已发货\n",
                "",
            ),
            (
                "还没收到。\n------------------ 原始邮件 ------------------\n发件人: \"客服\"\n",
                "还没收到。\n",
                "------------------ 原始邮件 ------------------\n发件人: \"客服\"\n",
                "",
            ),
            (
                "No answer\n________________________________\nFrom: Shop\nSent: Monday\nHi\n",
                "No answer\n",
                "________________________________\nFrom: Shop\nSent: Monday\nHi\n",
                "",
            ),
            ("发件人：我不知道是谁\n很生气\n", "发件人：我不知道是谁\n很生气\n", "", ""),
            (
                "> Did it help?\nNo, it did not.\n> Anything else?\nA refund.\n",
                "No, it did not.\nA refund.\n",
                "> Did it help?\n> Anything else?\n",
                "",
            ),
        ];
        check(&table);
    }

    #[test]
    fn signatures_are_cut() {
        let table = [
            ("Too late.\n\n-- \nMira\nRiverside 7\n", "Too late.\n\n", "", "-- \nMira\nRiverside 7\n"),
            ("Too late.\nSent from my iPhone\n", "Too late.\n", "", "Sent from my iPhone\n"),
            (
                "太慢了\n发自我的iPhone\n\n在 2024年6月3日，客服 写道：\n好\n",
                "太慢了\n",
                "在 2024年6月3日，客服 写道：\n好\n",
                "发自我的iPhone\n\n",
            ),
            (
                "On Monday the courier wrote: nobody home.\nBad\n",
                "On Monday the courier wrote: nobody home.\nBad\n",
                "",
                "",
            ),
            ("> only quoted\n", "> only quoted\n", "", ""),
            (">_< so slow\n", ">_< so slow\n", "", ""),
            ("", "", "", ""),
        ];
        check(&table);
    }

    #[test]
    fn containers_are_cut() {
        let table = [
            (
                "<p>Bad</p><div class=\"gmail_quote\">On …</div>",
                "<p>Bad</p>",
                "<div class=\"gmail_quote\">On …</div>",
            ),
            (
                "<p>Bad</p><blockquote type=cite>x</blockquote>",
                "<p>Bad</p>",
                "<blockquote type=cite>x</blockquote>",
            ),
            (
                "<div>慢</div><div>在 2024年6月3日，客服 写道：</div>",
                "<div>慢</div>",
                "<div>在 2024年6月3日，客服 写道：</div>",
            ),
            ("<blockquote>only</blockquote>", "<blockquote>only</blockquote>", ""),
        ];
        for (body, text, quoted) in table {
            assert_eq!(html(body), parts(text, quoted, ""), "{body}");
        }
    }
}
