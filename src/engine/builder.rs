//! Setting an engine up.

use super::{Engine, build, fingerprint};
use crate::annotate::{Catalog, Constants, PhraseWords};
use crate::error::Result;
use crate::lexicon::{Lexicon, Table};
use crate::taxonomy::Taxonomy;
use std::sync::Arc;

/// Builds an [`Engine`]; all configuration errors appear in [`build`](Self::build).
///
/// ```
/// use candor::{Engine, Taxonomy, lexicon::{Lexicon, List}};
/// let engine = Engine::builder()
///     .taxonomy(Taxonomy::commerce()?)
///     .words(Lexicon::new().word(List::Valence, "cromulent", 1.5, "opinion")?)
///     .build()?;
/// assert!(engine.sentiment("a perfectly cromulent kettle").score > 0.0);
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Default)]
#[must_use = "call `build` to get the engine"]
pub struct EngineBuilder {
    taxonomy: Option<Taxonomy>,
    words: Vec<Lexicon>,
}

impl EngineBuilder {
    /// The topics; without this call those of the pack `commerce`.
    pub fn taxonomy(mut self, taxonomy: Taxonomy) -> Self {
        self.taxonomy = Some(taxonomy);
        self
    }

    /// Adds words over the built-in lists; later ones override earlier ones.
    pub fn words(mut self, words: Lexicon) -> Self {
        self.words.push(words);
        self
    }

    /// Checks everything and builds the look-up structures.
    ///
    /// # Errors
    /// Those of the built-in lists and packs: none as shipped.
    pub fn build(self) -> Result<Engine> {
        let constants = Constants::parse(Constants::BUILTIN)?;
        let (lists, taxonomy) = build::sources(self.taxonomy)?;
        let vocabulary = build::vocabulary(&lists, &taxonomy, &self.words);
        let fingerprint = fingerprint::of(&vocabulary, &taxonomy);
        let phrases = PhraseWords::builtin()?;
        let catalog = Catalog {
            taxonomy: Arc::new(taxonomy),
            base: Arc::new(Table::build(vocabulary).with_roles(phrases.english())),
            overlay: None,
            phrases: Arc::new(phrases),
            fingerprint,
        };
        Ok(Engine { catalog: Arc::new(catalog), constants: Arc::new(constants) })
    }
}
