//! Ratings as sources write them: numbers, words, fractions, percentages, stars.

use super::text::Word;
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{FeedbackBuilder, Rating, RatingKind};

/// The scale a field is known to be on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scale {
    min: f64,
    max: f64,
    kind: RatingKind,
}

/// Stars, 1..5.
pub(crate) const STARS: Scale = Scale { min: 1.0, max: 5.0, kind: RatingKind::Stars };
/// Likelihood to recommend, 0..10.
pub(crate) const NPS: Scale = Scale { min: 0.0, max: 10.0, kind: RatingKind::Nps };
/// Satisfaction, 1..5.
pub(crate) const CSAT: Scale = Scale { min: 1.0, max: 5.0, kind: RatingKind::Csat };
/// Satisfied or not, 0..1.
pub(crate) const THUMB: Scale = Scale { min: 0.0, max: 1.0, kind: RatingKind::Csat };
/// Effort, 1..7.
pub(crate) const CES: Scale = Scale { min: 1.0, max: 7.0, kind: RatingKind::Ces };
/// Whether the customer recommends, 0..1.
pub(crate) const RECOMMENDATION: Scale = Scale { min: 0.0, max: 1.0, kind: RatingKind::Ordinal };
/// Bad, neutral, good.
const LEVELS: Scale = Scale { min: 1.0, max: 3.0, kind: RatingKind::Ordinal };

impl Scale {
    /// A scale that a host tells.
    pub(crate) fn new(min: f64, max: f64, kind: RatingKind) -> Result<Self> {
        Rating::new(min, min, max, kind).map(|_| Self { min, max, kind })
    }

    /// Whether this is asked in surveys.
    pub(crate) fn is_survey(self) -> bool {
        matches!(self.kind, RatingKind::Nps | RatingKind::Csat | RatingKind::Ces)
    }

    /// This value on the scale.
    pub(crate) fn rate(self, value: f64) -> Result<Rating> {
        Rating::new(value, self.min, self.max, self.kind)
    }

    /// Sets the rating that a field holds, if any.
    pub(crate) fn set(self, builder: FeedbackBuilder, field: &Word) -> Result<FeedbackBuilder> {
        let rating = field.as_deref().map(|text| self.read(text)).transpose()?.flatten();
        Ok(match rating {
            Some(rating) => builder.rating(rating),
            None => builder,
        })
    }

    /// The rating a text stands for; nothing when the text says that there is none.
    pub(crate) fn read(self, text: &str) -> Result<Option<Rating>> {
        let text = text.trim();
        if let Some(value) = bare(text) {
            return self.rate(value).map(Some);
        }
        if is_none(text) {
            return Ok(None);
        }
        if let Some(rating) = level(text) {
            return rating.map(Some);
        }
        let (value, of) = number(text).ok_or_else(|| unreadable(text))?;
        match of {
            // A fraction of another denominator brings its own scale.
            Some(of) if of != self.max => Rating::new(value, 0.0, of, self.kind).map(Some),
            _ => self.rate(value).map(Some),
        }
    }
}

/// Stars of sources that write 0 where none were given.
pub(crate) fn stars_or_none(builder: FeedbackBuilder, field: &Word) -> Result<FeedbackBuilder> {
    let is_zero = field.as_deref().is_some_and(|text| text.trim().parse() == Ok(0.0));
    if is_zero { Ok(builder) } else { STARS.set(builder, field) }
}

/// A number of unknown scale; a fraction or percentage brings its own.
pub(crate) fn unscaled(text: &str) -> Result<Option<Rating>> {
    let text = text.trim();
    if let Some(value) = bare(text) {
        return Rating::unscaled(value).map(Some);
    }
    if is_none(text) {
        return Ok(None);
    }
    if let Some(rating) = level(text) {
        return rating.map(Some);
    }
    match number(text) {
        Some((value, Some(of))) => Rating::new(value, 0.0, of, RatingKind::Unknown).map(Some),
        Some((value, None)) => Rating::unscaled(value).map(Some),
        None => Err(unreadable(text)),
    }
}

/// Good, neutral or bad, as three ordered levels 3, 2, 1.
pub(crate) fn level(word: &str) -> Option<Result<Rating>> {
    let value = match word.to_ascii_lowercase().as_str() {
        "good" | "positive" | "好评" | "好評" => 3.0,
        "neutral" | "中评" | "中評" => 2.0,
        "bad" | "negative" | "差评" | "差評" => 1.0,
        _ => return None,
    };
    Some(LEVELS.rate(value))
}

/// Whether the text says that there is no rating.
pub(crate) fn is_none(text: &str) -> bool {
    matches!(text.to_ascii_lowercase().as_str(), "" | "-" | "n/a" | "na" | "nan" | "null" | "none" | "无")
}

fn unreadable(text: &str) -> Error {
    let short: String = text.chars().take(40).collect();
    Error::new(ErrorKind::Syntax, format!("\"{short}\" is not a rating"))
}

/// A number and nothing else, as most ratings are.
fn bare(text: &str) -> Option<f64> {
    text.starts_with(|c: char| c.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// The number, and the denominator when the text names one.
fn number(text: &str) -> Option<(f64, Option<f64>)> {
    if let Some(stars) = pictured(text) {
        return Some(stars);
    }
    let text = half_width(text).to_lowercase();
    if let Some(percent) = text.strip_suffix('%') {
        return Some((plain(percent)?, Some(100.0)));
    }
    if let Some((value, of)) = text.split_once('/').or_else(|| text.split_once("out of")) {
        return Some((plain(value)?, Some(plain(of).filter(|of| *of > 0.0)?)));
    }
    let unit = ["stars", "star", "points", "星级", "颗星", "星", "分"]
        .iter()
        .find_map(|unit| text.strip_suffix(unit));
    Some((plain(unit.unwrap_or(&text))?, None))
}

fn plain(text: &str) -> Option<f64> {
    let text = text.trim();
    let word = match text {
        "one" | "一" => 1.0,
        "two" | "二" | "两" => 2.0,
        "three" | "三" => 3.0,
        "four" | "四" => 4.0,
        "five" | "五" => 5.0,
        _ => return text.replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite()),
    };
    Some(word)
}

/// `★★★★☆`: the filled ones count; empty ones tell how many there could be.
fn pictured(text: &str) -> Option<(f64, Option<f64>)> {
    let (mut full, mut empty) = (0_u32, 0_u32);
    for c in text.chars() {
        match c {
            '★' | '⭐' | '🌟' => full += 1,
            '☆' => empty += 1,
            '\u{fe0f}' | ' ' => {}
            _ => return None,
        }
    }
    (full + empty > 0).then(|| (full.into(), (empty > 0).then(|| (full + empty).into())))
}

fn half_width(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let table = [
            ("5", STARS, 5.0, (1.0, 5.0)),
            ("4.0", STARS, 4.0, (1.0, 5.0)),
            ("4,5", STARS, 4.5, (1.0, 5.0)),
            ("FIVE", STARS, 5.0, (1.0, 5.0)),
            ("4/5", STARS, 4.0, (1.0, 5.0)),
            ("8/10", STARS, 8.0, (0.0, 10.0)),
            ("3 out of 5", STARS, 3.0, (1.0, 5.0)),
            ("80%", STARS, 80.0, (0.0, 100.0)),
            ("★★★★☆", STARS, 4.0, (1.0, 5.0)),
            ("⭐️⭐️", STARS, 2.0, (1.0, 5.0)),
            ("４分", STARS, 4.0, (1.0, 5.0)),
            ("五星", STARS, 5.0, (1.0, 5.0)),
            ("3 stars", STARS, 3.0, (1.0, 5.0)),
            ("0", NPS, 0.0, (0.0, 10.0)),
            ("7", CES, 7.0, (1.0, 7.0)),
            ("好评", STARS, 3.0, (1.0, 3.0)),
            ("bad", STARS, 1.0, (1.0, 3.0)),
        ];
        for (text, scale, value, range) in table {
            let rating = scale.read(text).unwrap().unwrap();
            assert_eq!((rating.value(), rating.scale()), (value, Some(range)), "{text}");
        }
        for none in ["", " ", "N/A", "nan", "-"] {
            assert_eq!(STARS.read(none).unwrap(), None);
        }
        assert_eq!(unscaled("50").unwrap(), Some(Rating::unscaled(50.0).unwrap()));
    }

    #[test]
    fn what_does_not_fit_is_told() {
        assert_eq!(STARS.read("7").unwrap_err().to_string(), "rating 7 is outside its scale 1..5");
        assert_eq!(STARS.read("great").unwrap_err().to_string(), "\"great\" is not a rating");
        assert_eq!(NPS.read("inf").unwrap_err().to_string(), "\"inf\" is not a rating");
    }
}
