//! The adapter that `--from` names.

use candor::channel::{Adapter, Mapping, adapter};
use std::path::Path;

/// A built-in adapter, or one that a mapping describes.
pub(crate) enum From {
    Known(&'static dyn Adapter),
    Mapped(Box<Mapping>),
}

impl From {
    /// `NAME`, or `mapping:FILE.toml`.
    pub(crate) fn named(name: &str) -> Result<Self, String> {
        let Some(path) = name.strip_prefix("mapping:") else {
            return adapter(name).map(Self::Known).map_err(|e| e.to_string());
        };
        let toml = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
        let stem = Path::new(path).file_stem().and_then(|s| s.to_str()).unwrap_or("mapping");
        Mapping::parse(stem, &toml).map(Box::new).map(Self::Mapped).map_err(|e| e.to_string())
    }

    pub(crate) fn adapter(&self) -> &dyn Adapter {
        match self {
            Self::Known(adapter) => *adapter,
            Self::Mapped(mapping) => mapping.as_ref(),
        }
    }
}
