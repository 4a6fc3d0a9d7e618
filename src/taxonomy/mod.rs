//! Topics: what feedback can be about, as data.
//!
//! A [`Taxonomy`] is composed of packs (a TOML file or a folder of them each), the later laid over the earlier; the
//! built-in packs are `commerce` and `dining`. Topic ids are paths (`delivery/speed`) and stable: aggregates are keyed
//! by them.

mod builtin;
mod check;
mod entry;
mod migrate;
mod overlay;
mod pack;
mod set;
mod source;
#[cfg(test)]
mod tests;
mod topic;

pub use migrate::{Migration, Moved};
pub use pack::{Pack, PackInfo};
pub use set::TopicSet;
pub use topic::{ComplaintClass, Example, NearMiss, Terms, Topic, TopicId};

use crate::error::{Error, ErrorKind, Result, suggest};
use rustc_hash::FxHashMap;

/// An ordered set of topics with the words that lead to them.
///
/// ```
/// use candor::Taxonomy;
/// let taxonomy = Taxonomy::commerce()?;
/// let id = taxonomy.find("delivery/speed").unwrap();
/// let topic = taxonomy.topic(id).unwrap();
/// assert_eq!(topic.department(), "logistics");
/// assert!(taxonomy.require("delivery/sped").unwrap_err().to_string().contains("did you mean"));
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Taxonomy {
    name: String,
    packs: Vec<PackInfo>,
    topics: Vec<Topic>,
    index: FxHashMap<String, TopicId>,
    /// Phrases of disabled topics: still good or bad news, of no topic.
    homeless: Terms,
}

impl Taxonomy {
    /// The built-in pack for shops (design: product, price, packaging, delivery, order, return, service,
    /// payment, account, site, installation).
    ///
    /// # Errors
    /// Never for the pack as shipped; a test proves it.
    pub fn commerce() -> Result<Self> {
        Self::named("commerce")
    }

    /// The built-in pack for restaurants and food delivery (design: food, drink, service, price, ambience,
    /// hygiene, location, queue, order, delivery, packaging).
    ///
    /// ```
    /// use candor::{Engine, Feedback, Taxonomy};
    /// let engine = Engine::builder().taxonomy(Taxonomy::dining()?).build()?;
    /// let insight = engine.analyze(&Feedback::from_text("Delicious dumplings, but the waiter was rude."));
    /// let topics: Vec<_> = insight.topics().iter().map(|t| insight.path(t.topic)).collect();
    /// assert_eq!(topics, ["food/taste", "service/attitude"]);
    /// # Ok::<(), candor::Error>(())
    /// ```
    ///
    /// # Errors
    /// Never for the pack as shipped; a test proves it.
    pub fn dining() -> Result<Self> {
        Self::named("dining")
    }

    /// The built-in pack with this name: `commerce` or `dining`.
    ///
    /// ```
    /// use candor::Taxonomy;
    /// assert_eq!(Taxonomy::named("dining")?.name(), "dining");
    /// # Ok::<(), candor::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Pack::named`].
    pub fn named(name: &str) -> Result<Self> {
        Self::compose([Pack::named(name)?])
    }

    /// Reads a pack that stands alone from one TOML text; `name` appears in error messages.
    ///
    /// # Errors
    /// As [`Pack::parse`] and [`Taxonomy::overlay`].
    pub fn parse(name: &str, toml: &str) -> Result<Self> {
        Self::compose([Pack::parse(name, toml)?])
    }

    /// Packs laid one over the other, the lowest first.
    ///
    /// ```
    /// use candor::{Taxonomy, taxonomy::Pack};
    /// let both = Taxonomy::compose([Pack::named("commerce")?, Pack::named("dining")?])?;
    /// assert_eq!(both.name(), "commerce+dining");
    /// assert!(both.find("product/quality").is_some() && both.find("food/taste").is_some());
    /// # Ok::<(), candor::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Taxonomy::overlay`].
    pub fn compose(packs: impl IntoIterator<Item = Pack>) -> Result<Self> {
        packs.into_iter().try_fold(Self::default(), Self::overlay)
    }

    /// Lays a pack over this taxonomy: the same id means the same topic, which it changes as [`Pack`] says; a term that
    /// led to another topic here leads where the upper pack says.
    ///
    /// What was good or bad news of a topic that the pack disables stays so, as an opinion on no topic.
    ///
    /// # Errors
    /// With file, line and column: [`ErrorKind::Missing`] for a new topic that lacks a field, [`ErrorKind::Unknown`]
    /// for a topic that is disabled or a term that is removed but not defined here; [`ErrorKind::Limit`] beyond 65535
    /// topics.
    pub fn overlay(mut self, pack: Pack) -> Result<Self> {
        overlay::lay(&mut self, pack)?;
        Ok(self)
    }

    /// Numbers the topics anew.
    fn reindex(&mut self) -> Result<()> {
        u16::try_from(self.topics.len()).map_err(|_| overlay::too_many())?;
        self.index = self.topics().map(|(id, topic)| (topic.path().to_owned(), id)).collect();
        Ok(())
    }

    /// Name of the pack; composed packs are joined by `+`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The packs it was composed of, the lowest first.
    pub fn packs(&self) -> &[PackInfo] {
        &self.packs
    }

    /// Phrases that are good or bad news of no topic of this taxonomy.
    pub(crate) fn homeless(&self) -> &Terms {
        &self.homeless
    }

    /// All topics in the order of the packs.
    pub fn topics(&self) -> impl ExactSizeIterator<Item = (TopicId, &Topic)> {
        self.topics.iter().enumerate().map(|(i, t)| (TopicId(i as u16), t))
    }

    /// The topic with this id; `None` when it belongs to another taxonomy.
    pub fn topic(&self, id: TopicId) -> Option<&Topic> {
        self.topics.get(id.index())
    }

    /// Path of a topic, empty when it belongs to another taxonomy.
    pub fn path(&self, id: TopicId) -> &str {
        self.topic(id).map_or("", Topic::path)
    }

    /// The topic with this path.
    pub fn find(&self, path: &str) -> Option<TopicId> {
        self.index.get(path).copied()
    }

    /// The topic with this path, or an error that suggests the nearest.
    ///
    /// # Errors
    /// [`ErrorKind::Unknown`].
    pub fn require(&self, path: &str) -> Result<TopicId> {
        self.find(path).ok_or_else(|| {
            let hint = suggest(path, self.topics.iter().map(Topic::path));
            Error::new(ErrorKind::Unknown, format!("topic \"{path}\" is not defined{hint}"))
                .at_source(self.label())
        })
    }

    fn label(&self) -> String {
        format!("taxonomy \"{}\"", self.name)
    }
}
