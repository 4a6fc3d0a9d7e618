//! Ratings on the wire: an object, or a plain number whose scale stands beside it or is unknown.

use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{AspectRating, Rating, RatingKind};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// `rating_scale`.
#[derive(Serialize, Deserialize, Clone, Copy)]
pub(super) struct Scale {
    min: f64,
    max: f64,
}

/// `rating`.
#[derive(Serialize)]
pub(super) struct WireRating {
    #[serde(serialize_with = "whole")]
    value: f64,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "whole_or_none")]
    min: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "whole_or_none")]
    max: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<RatingKind>,
}

/// One of `aspect_ratings`.
#[derive(Serialize, Deserialize)]
pub(super) struct WireAspect {
    aspect: String,
    rating: WireRating,
}

impl WireRating {
    /// The rating on its own scale, else on `beside`, else of unknown scale. A rating of NPS needs no scale:
    /// the question is defined on 0..10. For any other kind a missing scale is not guessed, and the number
    /// becomes one of kind `unknown`.
    pub(super) fn on(self, beside: Option<Scale>) -> Result<Rating> {
        let kind = self.kind.unwrap_or_default();
        match (self.min, self.max, beside) {
            (Some(min), Some(max), _) | (None, None, Some(Scale { min, max })) => {
                Rating::new(self.value, min, max, kind)
            }
            (None, None, None) if kind == RatingKind::Nps => Rating::nps(self.value),
            (None, None, None) => Rating::unscaled(self.value),
            _ => Err(Error::new(ErrorKind::Missing, "a rating scale needs both min and max")),
        }
    }
}

impl From<Rating> for WireRating {
    fn from(rating: Rating) -> Self {
        let (min, max) = rating.scale().unzip();
        let kind = Some(rating.kind()).filter(|kind| *kind != RatingKind::Unknown);
        Self { value: rating.value(), min, max, kind }
    }
}

impl WireAspect {
    pub(super) fn resolve(self) -> Result<AspectRating> {
        Ok(AspectRating { aspect: self.aspect, rating: self.rating.on(None)? })
    }
}

impl From<AspectRating> for WireAspect {
    fn from(aspect: AspectRating) -> Self {
        Self { aspect: aspect.aspect, rating: aspect.rating.into() }
    }
}

/// `4`, not `4.0`: most ratings are whole.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn whole<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
        serializer.serialize_i64(*value as i64)
    } else {
        serializer.serialize_f64(*value)
    }
}

#[expect(clippy::ref_option, reason = "the signature serde asks for")]
fn whole_or_none<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => whole(value, serializer),
        None => serializer.serialize_none(),
    }
}

#[derive(Deserialize)]
struct Fields {
    value: f64,
    min: Option<f64>,
    max: Option<f64>,
    kind: Option<RatingKind>,
}

impl<'de> Deserialize<'de> for WireRating {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor)
    }
}

struct Visitor;

impl Visitor {
    const fn plain(value: f64) -> WireRating {
        WireRating { value, min: None, max: None, kind: None }
    }
}

impl<'de> de::Visitor<'de> for Visitor {
    type Value = WireRating;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or an object with value, min, max, kind")
    }

    fn visit_f64<E>(self, value: f64) -> Result<WireRating, E> {
        Ok(Self::plain(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<WireRating, E> {
        Ok(Self::plain(value as f64))
    }

    fn visit_i64<E>(self, value: i64) -> Result<WireRating, E> {
        Ok(Self::plain(value as f64))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<WireRating, A::Error> {
        let f = Fields::deserialize(de::value::MapAccessDeserializer::new(map))?;
        Ok(WireRating { value: f.value, min: f.min, max: f.max, kind: f.kind })
    }
}
