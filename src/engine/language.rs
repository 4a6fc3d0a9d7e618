//! Packs of the host for other languages in Latin script.

use super::{Engine, Scratch, rules};
use crate::annotate::{Catalog, Insight, Language, is_brought, known_by, known_here};
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::{Lexicon, List, Origin, Stemmer, Table, Vocabulary, VocabularyBuilder};
use std::sync::Arc;

/// Lists for a language in Latin script that the crate does not read by itself.
///
/// The lists are those of the built-in languages (`term  value  class  note`); opinion words, negators and degree words
/// make the sentiment, [`List::Function`] tells the language. Items in which the pack's lists know more words than
/// the built-in ones, and enough of them, are read by the pack alone: no English word speaks in them, emoji do, and
/// rules of the host hold as ever. Marks on letters do not matter ("pésimo", "pesimo"), neither in lists nor in
/// texts. What opinions are said of is not found without rules that name topics.
///
/// ```
/// use candor::annotate::Language;
/// use candor::engine::LanguagePack;
/// use candor::lexicon::{Lexicon, List};
/// use candor::Engine;
///
/// let words = Lexicon::new()
///     .list(List::Valence, "valence.tsv", "bueno\t1.8\nlento\t-1.6\n")?
///     .list(List::Negator, "negator.tsv", "no es\t1\n")?
///     .list(List::Function, "function.tsv", "el\t1\nla\t1\nes\t1\nmuy\t1\n")?;
/// let spanish = LanguagePack::new(Language::Spanish, words)
///     .stemmer(|word| word.trim_end_matches(['s', 'o', 'a']).to_owned());
/// let engine = Engine::builder().language(spanish).build()?;
/// let insight = engine.analyze_text("La entrega es muy lenta");
/// assert_eq!(insight.language(), Language::Spanish);
/// assert!(insight.sentiment().score < 0.0);
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "give it to `EngineBuilder::language`"]
pub struct LanguagePack {
    language: Language,
    words: Lexicon,
    stemmer: Option<Stemmer>,
}

impl LanguagePack {
    /// A pack that reads its words as they are listed.
    pub fn new(language: Language, words: Lexicon) -> Self {
        Self { language, words, stemmer: None }
    }

    /// How a word in small letters is led back to its stem: words of a text that are not listed count as the listed
    /// word with the same stem, negators, contrast and function words aside. Must depend on the word alone; the
    /// fingerprint of the engine does not know it. Costs time only for words that are not listed.
    pub fn stemmer(mut self, stemmer: fn(&str) -> String) -> Self {
        self.stemmer = Some(stemmer);
        self
    }

    /// The pack's words, over those that all languages share.
    pub(super) fn vocabulary(&self, lists: &[(Origin, Lexicon)]) -> Vocabulary {
        let mut builder = VocabularyBuilder::default();
        for (origin, lexicon) in lists.iter().filter(|(origin, _)| *origin == Origin::Shared) {
            builder.lexicon(*origin, lexicon);
        }
        let code = self.language.as_str().as_bytes().first_chunk().copied().unwrap_or(*b"xx");
        builder.lexicon(Origin::Pack(code), &self.words);
        builder.build()
    }

    /// What is read with, where an item is in the pack's language.
    pub(super) fn catalog(&self, vocabulary: Vocabulary, own: &Catalog) -> Catalog {
        let table = Table::latin_of(vocabulary, self.stemmer);
        Catalog {
            taxonomy: own.taxonomy.clone(),
            base: Arc::new(rules::watching(table, own.ruling.as_deref())),
            overlay: None,
            phrases: own.phrases.clone(),
            ruling: own.ruling.clone(),
            own_ruling: None,
            fingerprint: own.fingerprint.clone(),
            language: Some(self.language),
            brought: Vec::new(),
        }
    }
}

/// Whether the packs can be told from each other and from the built-in languages.
pub(super) fn check(packs: &[LanguagePack]) -> Result<()> {
    for (at, pack) in packs.iter().enumerate() {
        let fail =
            |kind, message: &str| Err(Error::new(kind, format!("language \"{}\" {message}", pack.language)));
        if !is_brought(pack.language) {
            return fail(ErrorKind::Invalid, "is not one that a pack can bring; words for it go to `words`");
        }
        if !pack.words.entries().iter().any(|e| e.list == List::Function) {
            return fail(ErrorKind::Missing, "has no function words to be told by; list some as `function`");
        }
        if packs.iter().take(at).any(|other| other.language == pack.language) {
            return fail(ErrorKind::Conflict, "is brought by two packs; make one of their lists");
        }
    }
    Ok(())
}

impl Engine {
    /// Turns an insight whose item was read to the pack whose language the item is in; whether there is one.
    pub(super) fn adopt_brought<'t>(
        &self,
        texts: &(impl Iterator<Item = &'t str> + Clone),
        scratch: &mut Scratch,
        insight: &mut Insight,
    ) -> bool {
        if self.catalog.brought.is_empty() {
            return false;
        }
        let Some(mut best) = known_here(&scratch.work, insight.language()) else { return false };
        let mut found = None;
        for catalog in &self.catalog.brought {
            let known = known_by(catalog, texts.clone(), &mut scratch.work);
            if known.is_language_over(best) {
                (best, found) = (known, Some(catalog));
            }
        }
        let Some(catalog) = found else { return false };
        insight.catalog = catalog.clone();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rules know the codes of languages, but not the type, which is of a later room.
    #[test]
    fn rules_can_ask_for_every_language_that_a_pack_brings() {
        for code in crate::rule::BROUGHT {
            let language: Language = serde_json::from_value(code.into()).unwrap();
            assert!(is_brought(language) && language.as_str() == code && code.len() == 2, "{code}");
        }
        let codes = Language::ALL.iter().filter(|language| is_brought(**language)).count();
        assert_eq!(codes, crate::rule::BROUGHT.len());
    }
}
