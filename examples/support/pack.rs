//! The topics asked for by `--pack`.

use candor::Taxonomy;
use std::path::Path;

/// Built-in packs by name, others by the path of a TOML file or folder; several are merged, none is `commerce`.
pub(crate) fn taxonomy(packs: &[String]) -> candor::Result<Taxonomy> {
    let mut packs = packs.iter().map(|pack| one(pack));
    let first = packs.next().unwrap_or_else(Taxonomy::commerce)?;
    packs.try_fold(first, |all, pack| all.merge(pack?))
}

fn one(pack: &str) -> candor::Result<Taxonomy> {
    let built_in = Taxonomy::named(pack);
    if built_in.is_err() && Path::new(pack).exists() { Taxonomy::from_path(pack) } else { built_in }
}
