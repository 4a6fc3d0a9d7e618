//! The adapter that `--from` names.

#[cfg(all(feature = "json", feature = "csv"))]
use candor::channel::Mapping;
use candor::channel::{Adapter, adapter};

/// A built-in adapter, or one that a mapping describes.
pub(crate) enum From {
    Known(&'static dyn Adapter),
    #[cfg(all(feature = "json", feature = "csv"))]
    Mapped(Box<Mapping>),
}

impl From {
    /// `NAME`, or `mapping:FILE.toml`.
    pub(crate) fn named(name: &str) -> Result<Self, String> {
        match name.strip_prefix("mapping:") {
            Some(path) => Self::mapped(path),
            None => adapter(name).map(Self::Known).map_err(|e| e.to_string()),
        }
    }

    #[cfg(all(feature = "json", feature = "csv"))]
    fn mapped(path: &str) -> Result<Self, String> {
        let toml = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
        let stem = std::path::Path::new(path).file_stem().and_then(|s| s.to_str()).unwrap_or("mapping");
        Mapping::parse(stem, &toml).map(Box::new).map(Self::Mapped).map_err(|e| e.to_string())
    }

    #[cfg(not(all(feature = "json", feature = "csv")))]
    fn mapped(path: &str) -> Result<Self, String> {
        Err(format!("{path}: mappings need the features json and csv"))
    }

    pub(crate) fn adapter(&self) -> &dyn Adapter {
        match self {
            Self::Known(adapter) => *adapter,
            #[cfg(all(feature = "json", feature = "csv"))]
            Self::Mapped(mapping) => mapping.as_ref(),
        }
    }
}
