//! Ratings that know their kind and scale.

use crate::error::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};

/// What a rating measures; NPS is computed from [`RatingKind::Nps`] only, and so on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RatingKind {
    /// Stars or points for a product or purchase.
    Stars,
    /// Likelihood to recommend, 0..10.
    Nps,
    /// Satisfaction with one contact or service.
    Csat,
    /// Effort the customer had to spend.
    Ces,
    /// Ordered levels whose distances mean nothing (good / neutral / bad).
    Ordinal,
    /// A number whose scale is not known.
    #[default]
    Unknown,
}

/// A rating on its scale: `min <= value <= max`.
///
/// ```
/// use candor::feedback::{Rating, RatingKind};
/// let rating = Rating::new(4.0, 1.0, 5.0, RatingKind::Stars)?;
/// assert_eq!(rating.normalized(), Some(0.75));
/// assert_eq!(Rating::new(11.0, 0.0, 10.0, RatingKind::Nps).unwrap_err().to_string(), "rating 11 is outside its scale 0..10");
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rating {
    value: f64,
    scale: Option<(f64, f64)>,
    kind: RatingKind,
}

impl Rating {
    /// A rating on the scale `min..=max`.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] when a number is not finite, the scale is empty or the value outside it;
    /// [`ErrorKind::Invalid`] when the kind is NPS and the scale not 0..10.
    pub fn new(value: f64, min: f64, max: f64, kind: RatingKind) -> Result<Self> {
        if !(value.is_finite() && min.is_finite() && max.is_finite()) {
            return Err(Error::new(ErrorKind::OutOfRange, "rating is not a finite number"));
        }
        if min >= max {
            return Err(Error::new(ErrorKind::OutOfRange, format!("rating scale {min}..{max} is empty")));
        }
        if value < min || value > max {
            let message = format!("rating {value} is outside its scale {min}..{max}");
            return Err(Error::new(ErrorKind::OutOfRange, message));
        }
        if kind == RatingKind::Nps && (min, max) != (0.0, 10.0) {
            let message = format!("nps is asked on the scale 0..10, not {min}..{max}");
            return Err(Error::new(ErrorKind::Invalid, message));
        }
        Ok(Self { value, scale: Some((min, max)), kind })
    }

    /// Stars on the scale 1..5.
    ///
    /// # Errors
    /// As [`Rating::new`].
    pub fn stars(value: f64) -> Result<Self> {
        Self::new(value, 1.0, 5.0, RatingKind::Stars)
    }

    /// A likelihood to recommend, 0..10.
    ///
    /// # Errors
    /// As [`Rating::new`].
    pub fn nps(value: f64) -> Result<Self> {
        Self::new(value, 0.0, 10.0, RatingKind::Nps)
    }

    /// A number whose scale nobody told: kept, never guessed.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] when the number is not finite.
    pub fn unscaled(value: f64) -> Result<Self> {
        if !value.is_finite() {
            return Err(Error::new(ErrorKind::OutOfRange, "rating is not a finite number"));
        }
        Ok(Self { value, scale: None, kind: RatingKind::Unknown })
    }

    /// The value on its own scale.
    pub fn value(&self) -> f64 {
        self.value
    }

    /// Lowest and highest possible value, when known.
    pub fn scale(&self) -> Option<(f64, f64)> {
        self.scale
    }

    /// What the rating measures.
    pub fn kind(&self) -> RatingKind {
        self.kind
    }

    /// The value mapped to 0..1; `None` when the scale is unknown.
    pub fn normalized(&self) -> Option<f64> {
        self.scale.map(|(min, max)| (self.value - min) / (max - min))
    }
}

/// A rating of one aspect ("value for money: 2").
#[derive(Debug, Clone, PartialEq)]
pub struct AspectRating {
    /// Name of the aspect as the source gives it.
    pub aspect: String,
    /// The rating.
    pub rating: Rating,
}
