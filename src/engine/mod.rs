//! The engine: lists and taxonomy built once, shared by threads, asked for verdicts.

mod build;
mod builder;
mod fingerprint;
mod language;
#[cfg(feature = "parallel")]
mod parallel;
mod rules;
mod scratch;
mod self_test;

pub use builder::EngineBuilder;
pub use language::LanguagePack;
pub use scratch::Scratch;
pub use self_test::Failure;

use crate::annotate::{Catalog, Constants, Depth, Explanation, Insight, Sentiment, fields, read, read_text};
use crate::error::Result;
use crate::feedback::Feedback;
use crate::lexicon::Lexicon;
use crate::rule::RulePack;
use crate::taxonomy::{Taxonomy, TopicSet};
use once_cell::sync::OnceCell;
use std::sync::Arc;

/// Reads feedback: immutable, cheap to clone, `Send + Sync`.
///
/// ```
/// use candor::{Engine, Feedback};
/// let engine = Engine::builder().build()?;
/// let feedback = Feedback::from_text("Great lamp, but delivery took forever.");
/// let insight = engine.analyze(&feedback);
/// for opinion in insight.opinions() {
///     println!("{:?} {}", opinion.topic.map(|t| insight.path(t)), opinion.score);
/// }
/// assert_eq!(engine.fingerprint(), insight.fingerprint());
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Engine {
    catalog: Arc<Catalog>,
    constants: Arc<Constants>,
}

impl Engine {
    /// A builder; without settings it gives the built-in lists and the pack `commerce`.
    pub fn builder() -> EngineBuilder {
        EngineBuilder::default()
    }

    /// The engine with the built-in lists and the pack `commerce`, built on first use and then shared.
    ///
    /// # Errors
    /// Never for the lists as shipped; a test proves it.
    pub fn default_engine() -> Result<&'static Self> {
        static ENGINE: OnceCell<Engine> = OnceCell::new();
        ENGINE.get_or_try_init(|| Self::builder().build())
    }

    /// All annotations of one item. Time is linear in the text.
    #[must_use]
    pub fn analyze(&self, feedback: &Feedback) -> Insight {
        let mut insight = self.insight();
        self.analyze_into(feedback, &mut self.scratch(), &mut insight);
        insight
    }

    /// As [`analyze`](Self::analyze), into memory that is reused: no allocation once it has grown.
    pub fn analyze_into(&self, feedback: &Feedback, scratch: &mut Scratch, insight: &mut Insight) {
        self.read(feedback, Depth::Full, scratch, insight);
    }

    /// As [`analyze`](Self::analyze) with the topics of a set only, at no cost: opinions on others stay, on no topic,
    /// and all else is the same. [`Insight::retain_topics`] does it to an insight that is there.
    #[must_use]
    pub fn analyze_topics(&self, feedback: &Feedback, topics: &TopicSet) -> Insight {
        let mut insight = self.analyze(feedback);
        insight.retain_topics(topics);
        insight
    }

    /// All annotations of a bare text.
    #[must_use]
    pub fn analyze_text(&self, text: &str) -> Insight {
        self.analyze(&Feedback::from_text(text))
    }

    /// The insights of a stream of items, in order, with one scratch for all.
    pub fn analyze_iter<'a, I>(&'a self, items: I) -> impl Iterator<Item = (Feedback, Insight)> + 'a
    where
        I: IntoIterator<Item = Feedback>,
        I::IntoIter: 'a,
    {
        let mut scratch = self.scratch();
        items.into_iter().map(move |feedback| {
            let mut insight = self.insight();
            self.analyze_into(&feedback, &mut scratch, &mut insight);
            (feedback, insight)
        })
    }

    /// Only how a bare text feels.
    #[must_use]
    pub fn sentiment(&self, text: &str) -> Sentiment {
        let mut insight = self.insight();
        self.sentiment_into(text, &mut self.scratch(), &mut insight)
    }

    /// As [`sentiment`](Self::sentiment), with reused memory; `insight` then holds the evidence.
    pub fn sentiment_into(&self, text: &str, scratch: &mut Scratch, insight: &mut Insight) -> Sentiment {
        self.adopt(insight);
        read_text(text, &self.constants, &mut scratch.work, insight);
        if self.adopt_brought(&[text].into_iter(), scratch, insight) {
            read_text(text, &self.constants, &mut scratch.work, insight);
        }
        insight.sentiment()
    }

    /// As [`analyze_into`](Self::analyze_into) with language and sentiment only.
    pub(crate) fn sentiment_of_into(
        &self,
        feedback: &Feedback,
        scratch: &mut Scratch,
        insight: &mut Insight,
    ) {
        self.read(feedback, Depth::Sentiment, scratch, insight);
    }

    /// Reads an item, and once more where it is in a language that a pack brought.
    fn read(&self, feedback: &Feedback, depth: Depth, scratch: &mut Scratch, insight: &mut Insight) {
        self.adopt(insight);
        read(feedback, depth, &self.constants, &mut scratch.work, insight);
        if self.adopt_brought(&fields(feedback).map(|(_, text)| text), scratch, insight) {
            read(feedback, depth, &self.constants, &mut scratch.work, insight);
        }
    }

    /// How the verdict on an item came about, in words.
    pub fn explain<'a>(&self, insight: &'a Insight, feedback: &'a Feedback) -> Explanation<'a> {
        Explanation::new(insight, feedback)
    }

    /// Print of lists, taxonomy and constants: same print and same text, same verdict.
    pub fn fingerprint(&self) -> &str {
        &self.catalog.fingerprint
    }

    /// The taxonomy.
    pub fn taxonomy(&self) -> &Taxonomy {
        &self.catalog.taxonomy
    }

    /// A new engine with words laid over this one's: a tenant's own words over the shared base.
    ///
    /// Costs time and memory in proportion to `words` only. Where words overlap, those of the overlay win; an
    /// overlay replaces one that was laid before.
    ///
    /// ```
    /// use candor::{Engine, lexicon::{Lexicon, List}};
    /// let base = Engine::builder().build()?;
    /// let words = Lexicon::new().word(List::Valence, "mooncake grade", 2.0, "opinion")?;
    /// let tenant = base.derive(&words)?;
    /// assert!(tenant.sentiment("it is mooncake grade").score > 0.0);
    /// assert!(base.sentiment("it is mooncake grade").score <= 0.0);
    /// # Ok::<(), candor::Error>(())
    /// ```
    ///
    /// # Errors
    /// None so far: words are checked as they are listed.
    pub fn derive(&self, words: &Lexicon) -> Result<Self> {
        self.derive_with_rules(words, &RulePack::default())
    }

    /// As [`derive`](Self::derive), with a tenant's own rules beside those of this engine.
    ///
    /// ```
    /// use candor::{Engine, lexicon::Lexicon, rule::{Rule, RulePack}};
    /// let base = Engine::builder().build()?;
    /// let rules = RulePack::new("tenant").rule(Rule::new("gift", "\"gift card\"")?.tag("gift_card"))?;
    /// let tenant = base.derive_with_rules(&Lexicon::new(), &rules)?;
    /// assert_eq!(tenant.analyze_text("my gift card expired").tags().collect::<Vec<_>>(), ["gift_card"]);
    /// assert_eq!(base.analyze_text("my gift card expired").tags().count(), 0);
    /// # Ok::<(), candor::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`EngineBuilder::build`] for the rules.
    pub fn derive_with_rules(&self, words: &Lexicon, rules: &RulePack) -> Result<Self> {
        let own = rules::own(rules, self.catalog.ruling.as_deref())?;
        let ruling = rules::ruling(&own, &self.catalog.taxonomy)?;
        let overlay = rules::watching(build::overlay(words), ruling.as_ref());
        let fingerprint = fingerprint::derived(&self.catalog.fingerprint, words, &own);
        let ruling = ruling.map(Arc::new);
        let catalog = self.catalog.overlaid(&Arc::new(overlay), ruling.as_ref(), &fingerprint);
        Ok(Self { catalog: Arc::new(catalog), constants: self.constants.clone() })
    }

    /// Working memory for [`analyze_into`](Self::analyze_into); one a thread.
    #[must_use]
    pub fn scratch(&self) -> Scratch {
        Scratch::default()
    }

    /// An empty insight to be filled.
    #[must_use]
    pub fn insight(&self) -> Insight {
        Insight::empty(self.catalog.clone())
    }

    /// Bytes held by the lists and rules, estimated.
    pub fn memory(&self) -> usize {
        let rules = [&self.catalog.ruling, &self.catalog.own_ruling];
        let brought = self.catalog.brought.iter().map(|c| c.base.heap_bytes());
        self.catalog.base.heap_bytes()
            + brought.sum::<usize>()
            + self.catalog.overlay.as_ref().map_or(0, |o| o.heap_bytes())
            + rules.into_iter().flatten().map(|r| r.program.heap_bytes()).sum::<usize>()
    }

    fn adopt(&self, insight: &mut Insight) {
        if !Arc::ptr_eq(&insight.catalog, &self.catalog) {
            insight.catalog = self.catalog.clone();
        }
    }
}
