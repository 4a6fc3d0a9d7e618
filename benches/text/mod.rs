//! Texts of any size, made of the sample sentences or to be slow.

/// Pieces that make a reader look far ahead, keep much open, or rewrite every byte; the second closes what the first
/// opens.
pub(crate) const WORST: &[(&str, &str, &str)] = &[
    ("unclosed_tags", "<a ", ""),
    ("nested_elements", "<div><b>", "</b></div>"),
    ("hidden_elements", "<script>", ""),
    ("comments", "<!-- ", ""),
    ("references", "&amp;", ""),
    ("lone_ampersands", "&a", ""),
    ("negators", "not ", ""),
    ("negators_han", "不", ""),
    ("opinions", "good ", ""),
    ("opinions_han", "好", ""),
    ("degrees", "very ", ""),
    ("contrasts", "but good ", ""),
    ("clauses", "the lid leaks, ", ""),
    ("clauses_han", "盖子漏水，", ""),
    ("questions", "why is it so slow? ", ""),
    ("traditional", "這個問題", ""),
    ("emoji", "😡", ""),
    ("emoji_joined", "👩\u{200d}👧👍🏽", ""),
    ("emoticons", ":( ", ""),
    ("zero_width", "a\u{200b}", ""),
    ("accents", "e\u{301}", ""),
    ("one_character", "aaaaaaaa", ""),
    ("endless_word", "kettlelamp", ""),
    ("endless_number", "8675309", ""),
    ("endless_han", "的地得和", ""),
    ("capitals", "GOOD LAMP ", ""),
    ("quoted_lines", "> a\n", ""),
    ("blank_lines", "\n", ""),
    ("brackets", "([{", ""),
    ("quotation_marks", "\"good ", ""),
    ("digits", "1381234567 ", ""),
    ("marks_at", "a@b.", ""),
    ("links", "http://a.b/c?d=", ""),
];

/// `text` over and over up to `size` bytes, cut at a character.
pub(crate) fn filled(text: &str, size: usize) -> String {
    let mut out = text.repeat(size / text.len() + 1);
    out.truncate((0..=size).rev().find(|i| out.is_char_boundary(*i)).unwrap_or(0));
    out
}

/// About `size` bytes of `open`, then as many of `close` as close them.
pub(crate) fn nested(open: &str, close: &str, size: usize) -> String {
    if close.is_empty() {
        return filled(open, size);
    }
    let depth = size / (open.len() + close.len());
    open.repeat(depth) + &close.repeat(depth)
}
