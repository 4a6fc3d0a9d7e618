//! Setting an engine up.

use super::{Engine, LanguagePack, build, fingerprint, language, rules};
use crate::annotate::{Catalog, Constants, PhraseWords};
use crate::error::Result;
use crate::lexicon::{Layer, Lexicon, Table, Vocabulary};
use crate::rule::RulePack;
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
    rules: Vec<RulePack>,
    languages: Vec<LanguagePack>,
    without: Vec<Layer>,
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

    /// Adds rules; they change topics, intents and tags, never the sentiment.
    pub fn rules(mut self, pack: RulePack) -> Self {
        self.rules.push(pack);
        self
    }

    /// Leaves out the built-in opinion words of one trade, in all languages; the base stays.
    pub fn without_layer(mut self, layer: Layer) -> Self {
        self.without.push(layer);
        self
    }

    /// Adds a language: items in it are read by the pack's lists instead of being abstained from.
    pub fn language(mut self, pack: LanguagePack) -> Self {
        self.languages.push(pack);
        self
    }

    /// Checks everything and builds the look-up structures.
    ///
    /// # Errors
    /// [`ErrorKind::Unknown`](crate::ErrorKind::Unknown) for a rule that names a topic or intent that is not defined,
    /// [`ErrorKind::Conflict`](crate::ErrorKind::Conflict) for a rule id that stands in two packs or a language that two
    /// packs bring, [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for a pack of a language that is built in, and
    /// [`ErrorKind::Missing`](crate::ErrorKind::Missing) for one without function words. The built-in lists and packs
    /// give none.
    pub fn build(self) -> Result<Engine> {
        let constants = Constants::parse(Constants::BUILTIN)?;
        let (lists, taxonomy) = build::sources(self.taxonomy, &self.without)?;
        let vocabulary = build::vocabulary(&lists, &taxonomy, &self.words);
        let rules = rules::all(&taxonomy, &self.rules)?;
        let ruling = rules::ruling(&rules, &taxonomy)?;
        language::check(&self.languages)?;
        let languages: Vec<Vocabulary> = self.languages.iter().map(|p| p.vocabulary(&lists)).collect();
        let vocabularies = std::iter::once(&vocabulary).chain(&languages);
        let fingerprint = fingerprint::of(vocabularies, &taxonomy, &rules);
        let phrases = PhraseWords::builtin()?;
        let table = Table::build(vocabulary).with_roles(phrases.english());
        let mut catalog = Catalog {
            base: Arc::new(rules::watching(table, ruling.as_ref())),
            taxonomy: Arc::new(taxonomy),
            overlay: None,
            phrases: Arc::new(phrases),
            ruling: ruling.map(Arc::new),
            own_ruling: None,
            fingerprint,
            language: None,
            brought: Vec::new(),
        };
        let packs = self.languages.iter().zip(languages);
        catalog.brought =
            packs.map(|(pack, vocabulary)| Arc::new(pack.catalog(vocabulary, &catalog))).collect();
        Ok(Engine { catalog: Arc::new(catalog), constants: Arc::new(constants) })
    }
}
