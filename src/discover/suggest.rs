//! A theme as a topic of a pack.

use super::phrase::is_chinese;
use super::theme::Theme;
use crate::metrics::stable;
use std::fmt::Write;

/// The TOML of the topic; phrases hold no character that TOML would read otherwise.
pub(super) fn topic(theme: &Theme) -> String {
    let (zh, en): (Vec<&String>, Vec<&String>) = theme.phrases().iter().partition(|p| is_chinese(p));
    let lead = theme.phrases().first().map_or("", String::as_str);
    let name = |own: &[&String]| own.first().map_or(lead, |p| p.as_str()).to_owned();
    let (items, customers, z) = (theme.items(), theme.customers(), theme.z());
    let mut out = format!(
        "[[topic]]
id = \"new/{}\"
name = {{ en = \"{}\", zh = \"{}\" }}
about = \"Found in {items} items of {customers} customers, z = {z:.1}.\"
department = \"product\"
complaint_class = \"other\"
stage = \"product\"
severity = 0.35
",
        slug(lead),
        name(&en),
        name(&zh),
    );
    for (language, phrases) in [("en", en), ("zh", zh)] {
        if !phrases.is_empty() {
            let terms: Vec<String> = phrases.iter().map(|p| format!("\"{p}\"")).collect();
            // Writing to a string cannot fail.
            _ = write!(out, "\n[topic.{language}]\ntargets = [{}]\n", terms.join(", "));
        }
    }
    out
}

/// The last part of the id: the English words, or a number that stands for the Chinese ones.
fn slug(phrase: &str) -> String {
    if is_chinese(phrase) {
        return format!("theme_{:08x}", stable(&["theme", phrase]) as u32);
    }
    phrase.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}
