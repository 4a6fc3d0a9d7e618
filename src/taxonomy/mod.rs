//! Topics: what feedback can be about, as data.
//!
//! A [`Taxonomy`] is read from a pack (a TOML file or a folder of them); the built-in packs are `commerce` and `dining`.
//! Topic ids are paths (`delivery/speed`) and stable: aggregates are keyed by them.

mod check;
mod load;
mod overlay;
mod topic;

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
#[derive(Debug, Clone, PartialEq)]
pub struct Taxonomy {
    name: String,
    topics: Vec<Topic>,
    index: FxHashMap<String, TopicId>,
}

impl Taxonomy {
    /// The built-in pack for shops (design: product, price, packaging, delivery, order, return, service,
    /// payment, account, site, installation).
    ///
    /// # Errors
    /// Never for the pack as shipped; a test proves it.
    pub fn commerce() -> Result<Self> {
        load::files("commerce", load::COMMERCE)
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
        load::files("dining", load::DINING)
    }

    /// The built-in pack with this name: `commerce` or `dining`.
    ///
    /// ```
    /// use candor::Taxonomy;
    /// assert_eq!(Taxonomy::named("dining")?.name(), "dining");
    /// let error = Taxonomy::named("comerce").unwrap_err();
    /// assert_eq!(error.to_string(), "pack \"comerce\" is not built in; known packs: commerce, dining");
    /// # Ok::<(), candor::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Unknown`] for any other name, with the names there are.
    pub fn named(name: &str) -> Result<Self> {
        match name {
            "commerce" => Self::commerce(),
            "dining" => Self::dining(),
            _ => {
                let message = format!("pack \"{name}\" is not built in; known packs: commerce, dining");
                Err(Error::new(ErrorKind::Unknown, message))
            }
        }
    }

    /// Reads a pack from one TOML text; `name` appears in error messages.
    ///
    /// # Errors
    /// [`ErrorKind::Syntax`] with line and column when it is not TOML of the documented shape,
    /// [`ErrorKind::Unknown`] for a class or parent that is not defined, [`ErrorKind::Conflict`] for a term
    /// or topic declared twice, [`ErrorKind::Invalid`] for a term that can never match.
    pub fn parse(name: &str, toml: &str) -> Result<Self> {
        load::files(name, &[(name, toml)])
    }

    /// Reads a pack from a TOML file or from all `.toml` files of a folder, in the order of their names.
    ///
    /// # Errors
    /// As [`Taxonomy::parse`]; [`ErrorKind::Io`] when a file cannot be read.
    pub fn from_path(path: impl AsRef<std::path::Path>) -> Result<Self> {
        load::path(path.as_ref())
    }

    /// Lays another pack over this one: the same id means the same topic, whose words are joined; a term that
    /// led to another topic here leads where the upper pack says.
    ///
    /// ```
    /// use candor::Taxonomy;
    /// let both = Taxonomy::commerce()?.merge(Taxonomy::dining()?)?;
    /// assert_eq!(both.name(), "commerce+dining");
    /// assert!(both.find("product/quality").is_some() && both.find("food/taste").is_some());
    /// # Ok::<(), candor::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Limit`] beyond 65535 topics.
    pub fn merge(mut self, other: Self) -> Result<Self> {
        self.name = format!("{}+{}", self.name, other.name);
        overlay::yield_terms(&mut self.topics, &other.topics);
        for topic in other.topics {
            match self.index.get(topic.path()) {
                Some(id) => {
                    if let Some(own) = self.topics.get_mut(id.index()) {
                        own.absorb(topic);
                    }
                }
                None => self.push(topic)?,
            }
        }
        check::terms(&self)?;
        Ok(self)
    }

    fn from_topics(name: &str, topics: Vec<Topic>) -> Result<Self> {
        let mut taxonomy = Self { name: name.to_owned(), topics: Vec::new(), index: FxHashMap::default() };
        for topic in topics {
            taxonomy.push(topic)?;
        }
        check::all(&taxonomy)?;
        Ok(taxonomy)
    }

    fn push(&mut self, topic: Topic) -> Result<()> {
        let Ok(id) = u16::try_from(self.topics.len()) else {
            return Err(Error::new(ErrorKind::Limit, "a taxonomy holds at most 65535 topics"));
        };
        if self.index.insert(topic.path().to_owned(), TopicId(id)).is_some() {
            let message = format!("topic \"{}\" is defined twice", topic.path());
            return Err(Error::new(ErrorKind::Conflict, message).at_source(self.label()));
        }
        self.topics.push(topic);
        Ok(())
    }

    /// Name of the pack; composed packs are joined by `+`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All topics in the order of the pack.
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
