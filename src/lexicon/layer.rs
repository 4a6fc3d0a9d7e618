//! Layers: the opinion words of one trade, over those of every day.

/// Built-in opinion words and phrases that belong to one trade; each is a file of its own beside `valence.tsv`, the
/// base, which is always there.
///
/// A host leaves out a trade that is not its own and whose words its customers use otherwise: "fresh bread" is praise,
/// a "stale" price list is not about bread.
///
/// ```
/// use candor::{Engine, lexicon::Layer};
/// let engine = Engine::builder().without_layer(Layer::Food).build()?;
/// assert!(Engine::default_engine()?.sentiment("it is soggy").score < 0.0);
/// assert!(engine.sentiment("it is soggy").score > -0.1);
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Layer {
    /// Clothes, shoes and what they are made of.
    Apparel,
    /// Skin, hair, make-up and scents.
    Beauty,
    /// Buying: prices, sellers, delivery, returns, support.
    Commerce,
    /// Devices, apps and sites.
    Devices,
    /// Restaurants: service at the table, portions, rooms.
    Dining,
    /// What one eats and drinks.
    Food,
}

impl Layer {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::Apparel, Self::Beauty, Self::Commerce, Self::Devices, Self::Dining, Self::Food];

    /// Name of its file without the ending.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Apparel => "apparel",
            Self::Beauty => "beauty",
            Self::Commerce => "commerce",
            Self::Devices => "devices",
            Self::Dining => "dining",
            Self::Food => "food",
        }
    }
}

impl std::fmt::Display for Layer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
