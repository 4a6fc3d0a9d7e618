//! Texts thrown together from pieces that matter, for tests on any text.

use proptest::prelude::*;

/// Words that act on each other, markup, signs, noise.
const PIECES: &[&str] = &[
    "good", "not", "very", " ", "the ", "delivery ", "slow", "but ", "terrible", "don't ", "!", "?", ".", ", ", "\n",
    "\r\n", "好", "不", "很", "物流", "太慢", "但是", "质量", "，", "。", "！", "？", "沒有", "問題", "<b>", "</p>",
    "<script>", "<!--", "-->", "<", ">", "&amp;", "&#39;", "&", ";", "\u{200b}", "\u{feff}", "\u{301}", "😍", "👍🏽",
    ":)", "T_T", "[微笑]", "//@a: ", "> ", "ＧＯＯＤ", "𝗴𝗿𝗲𝗮𝘁", "aaaaaaaa", "哈哈哈哈哈", "13812345678", "a@b.example",
    "é", "ß", "д", "ก", "\u{0}", "\u{202e}", "10/10", "0 stars", "666", "_", "'", "’", "-", "…",
];

/// Up to `most` pieces in a row.
pub(crate) fn texts(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..most).prop_map(|pieces| pieces.concat())
}
