//! What a question asks for, told from its words.

use crate::error::Result;
use crate::feedback::{Rating, RatingKind};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// `data/field.tsv`: names that identify, and the field each fills.
static FIELDS: LazyLock<BTreeMap<&str, &str>> =
    LazyLock::new(|| entries(include_str!("../data/field.tsv")).collect());

/// `data/scale.tsv`: wordings of questions that ask for a number, and what it measures.
static WORDINGS: LazyLock<Vec<(&str, RatingKind)>> = LazyLock::new(|| {
    let kind = |name| match name {
        "nps" => RatingKind::Nps,
        "csat" => RatingKind::Csat,
        "ces" => RatingKind::Ces,
        "stars" => RatingKind::Stars,
        _ => RatingKind::Unknown,
    };
    entries(include_str!("../data/scale.tsv")).map(|(wording, name)| (wording, kind(name))).collect()
});

/// Bounds that a question names: `(1-5)`, `from 0 to 10`, `1到5分`.
static BOUNDS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?-u:\b)([01])\s*(?:[-–—~～]|to|到|至)\s*(\d{1,3})(?-u:\b)").ok());

fn entries(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// The field that a hidden field or a question of this name fills.
pub(super) fn field(name: &str) -> Option<&'static str> {
    let bare: String =
        name.chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '?' | ':' | '：')).collect();
    FIELDS.get(bare.to_lowercase().as_str()).copied()
}

/// What a question that is answered by a number measures; `Unknown` when it asks for points without saying
/// of what, nothing when its words do not ask for a rating.
pub(in crate::channel::survey) fn measure(question: &str) -> Option<RatingKind> {
    let alone = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    let words: String = question.to_lowercase().chars().map(alone).collect();
    let words = format!(" {} ", words.split_whitespace().collect::<Vec<_>>().join(" "));
    let holds = |wording: &str| {
        if wording.is_ascii() { words.contains(&format!(" {wording} ")) } else { words.contains(wording) }
    };
    let kinds = [RatingKind::Nps, RatingKind::Csat, RatingKind::Ces, RatingKind::Stars, RatingKind::Unknown];
    kinds.into_iter().find(|kind| WORDINGS.iter().any(|(wording, of)| of == kind && holds(wording)))
}

/// The rating that a number is: on the given bounds, else on those that the question names, else on an
/// unknown scale. What it measures is told by the question, else by `kind`; likelihood to recommend
/// counts only on 0..10.
pub(in crate::channel::survey) fn rate(
    question: &str,
    value: f64,
    bounds: Option<(f64, f64)>,
    kind: RatingKind,
) -> Result<Rating> {
    let Some((min, max)) = bounds.or_else(|| told(question)) else { return Rating::unscaled(value) };
    let kind = match measure(question) {
        Some(RatingKind::Nps) if (min, max) != (0.0, 10.0) => kind,
        Some(RatingKind::Unknown) | None => kind,
        Some(asked) => asked,
    };
    Rating::new(value, min, max, kind)
}

/// The bounds a question names.
fn told(question: &str) -> Option<(f64, f64)> {
    let found = BOUNDS.as_ref()?.captures(question)?;
    let bound = |group| found.get(group)?.as_str().parse::<f64>().ok();
    let (min, max) = (bound(1)?, bound(2)?);
    (3.0..=100.0).contains(&max).then_some((min, max))
}

#[cfg(test)]
mod tests {
    use super::super::fill;
    use super::*;
    use crate::feedback::Feedback;

    #[test]
    fn lists_are_sorted_and_of_use() {
        for list in [include_str!("../data/field.tsv"), include_str!("../data/scale.tsv")] {
            assert!(list.lines().filter(|line| !line.starts_with('#')).is_sorted());
        }
        let empty = Feedback::builder("1").text("x").build().unwrap();
        for (name, known) in entries(include_str!("../data/field.tsv")) {
            assert_eq!(field(name), Some(known), "{name}");
            let filled = fill(Feedback::builder("1").text("x"), known, "y").build().unwrap();
            let of_customer =
                ["customer_id", "name", "first_name", "last_name", "email", "segment"].contains(&known);
            assert!(of_customer != (filled != empty), "{known}");
        }
    }

    #[test]
    fn questions_tell_what_they_measure() {
        let table = [
            ("How likely are you to recommend us to a friend?", Some(RatingKind::Nps)),
            ("您有多大可能向朋友推荐我们？", Some(RatingKind::Nps)),
            ("Overall, how satisfied are you?", Some(RatingKind::Csat)),
            ("物流满意度", Some(RatingKind::Csat)),
            ("The shop made it easy for me to return the lamp", Some(RatingKind::Ces)),
            ("Please rate the packing", Some(RatingKind::Unknown)),
            ("How many lamps did you buy?", None),
            ("What is a separate matter?", None),
        ];
        for (question, kind) in table {
            assert_eq!(measure(question), kind, "{question}");
        }
    }

    #[test]
    fn bounds_are_taken_where_they_are_told() {
        let scale = |question, bounds| rate(question, 4.0, bounds, RatingKind::Unknown).unwrap();
        assert_eq!(
            scale("Rate the packing (1-5)", None),
            Rating::new(4.0, 1.0, 5.0, RatingKind::Unknown).unwrap()
        );
        assert_eq!(scale("请从1到5为物流满意度打分", None).kind(), RatingKind::Csat);
        assert_eq!(scale("Would you recommend us, 0 to 10?", None), Rating::nps(4.0).unwrap());
        assert_eq!(scale("Would you recommend us?", Some((1.0, 5.0))).kind(), RatingKind::Unknown);
        assert_eq!(scale("How satisfied are you?", None), Rating::unscaled(4.0).unwrap());
        assert_eq!(scale("Rate our 0-2 day delivery", None).scale(), None);
        let outside = rate("Rate it (1-5)", 7.0, None, RatingKind::Unknown).unwrap_err();
        assert_eq!(outside.to_string(), "rating 7 is outside its scale 1..5");
    }
}
