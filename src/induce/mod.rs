//! Rated feedback → a readable layer of words for a person to accept: learning without a black box.
//!
//! [`learn`] looks at rated or labelled items through an engine: every firing of a rule is a feature, and so is
//! every word, pair of words and short run of Han characters that is frequent enough. A regularised logistic
//! model finds what each of them is worth; the values that the lists already give are where it starts from, so
//! only what the data insist on moves. What comes out is a [`Layer`]: entries with value, count and interval,
//! written as TSV. Nothing takes effect until [`Layer::lexicon`] or the file is given to an engine.
//!
//! The same input gives the same bytes. Time is linear in the texts and the passes; memory in what the texts hold.

mod candidate;
mod design;
mod fit;
mod layer;
mod select;

pub use layer::{Layer, Learned};

use crate::engine::Engine;
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::Feedback;

/// An item whose side is known.
#[derive(Debug, Clone, Copy)]
pub struct Example<'a> {
    /// The words.
    pub feedback: &'a Feedback,
    /// Whether the customer was content.
    pub content: bool,
    /// Where it is from; each domain has the weight of the root of its size, both sides alike.
    pub domain: &'a str,
}

impl<'a> Example<'a> {
    /// An item by its rating, its source as domain: the upper quarter of the scale is content, the lower one is
    /// not; `None` between them or without a rating on a known scale.
    ///
    /// ```
    /// use candor::{Feedback, feedback::Rating, induce::Example};
    /// let good = Feedback::builder("r-1").text("love it").rating(Rating::stars(5.0)?).build()?;
    /// assert!(Example::rated(&good).is_some_and(|e| e.content));
    /// assert!(Example::rated(&Feedback::from_text("love it")).is_none());
    /// # Ok::<(), candor::Error>(())
    /// ```
    pub fn rated(feedback: &'a Feedback) -> Option<Self> {
        let place = feedback.rating()?.normalized()?;
        let sided = place >= 0.75 || place <= 0.25;
        sided.then(|| Self { feedback, content: place > 0.5, domain: feedback.source().as_str() })
    }
}

/// How to learn.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Options {
    /// Items in which a new word must stand.
    pub min_count: u32,
    /// Domains in which it must stand, where there are several.
    pub min_domains: u32,
    /// Most new entries.
    pub max_entries: usize,
    /// How strongly the values of the lists are held: the precision of a Gaussian prior around them.
    pub hold: f64,
    /// How strongly new words are held at 0.
    pub doubt: f64,
    /// Smallest value of a new entry, and smallest change of a listed one.
    pub min_change: f32,
}

impl Default for Options {
    fn default() -> Self {
        Self { min_count: 8, min_domains: 2, max_entries: 500, hold: 10.0, doubt: 10.0, min_change: 0.05 }
    }
}

/// Learns a layer over `engine` from examples.
///
/// ```
/// use candor::{Engine, Feedback, induce};
/// let engine = Engine::builder().build()?;
/// let bad: Vec<Feedback> = (0..40).map(|i| Feedback::from_text(format!("the blorp came again, unit {i}"))).collect();
/// let good: Vec<Feedback> = (0..40).map(|i| Feedback::from_text(format!("our unit {i} hums along"))).collect();
/// let side = |content| move |feedback| induce::Example { feedback, content, domain: "shop" };
/// let examples: Vec<_> = bad.iter().map(side(false)).chain(good.iter().map(side(true))).collect();
/// let layer = induce::learn(&engine, &examples, &induce::Options::default())?;
/// let blorp = layer.entries().iter().find(|e| e.term == "blorp").expect("it stands in every complaint");
/// assert!(blorp.value < 0.0 && blorp.count == 40);
/// let wiser = Engine::builder().words(layer.lexicon()?).build()?;
/// assert!(wiser.sentiment("the blorp again").score < 0.0);
/// # Ok::<(), candor::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::Invalid`] when one of the sides has no example.
pub fn learn(engine: &Engine, examples: &[Example<'_>], options: &Options) -> Result<Layer> {
    for (side, content) in [("content", true), ("discontent", false)] {
        if !examples.iter().any(|e| e.content == content) {
            return Err(Error::new(ErrorKind::Invalid, format!("no example is {side}")));
        }
    }
    let candidates = candidate::collect(engine, examples, options);
    let mut design = design::Design::build(&engine.derive(&candidates)?, examples, options);
    let weights = design::balance(examples);
    let first = fit::fit(&design, &weights);
    design.keep(&select::strongest(&design, &first, options));
    let second = fit::fit(&design, &weights);
    Ok(select::layer(&design, &second, options))
}
