//! The topics asked for by `--pack`.

use candor::Taxonomy;
use candor::taxonomy::Pack;
use std::path::Path;

/// Built-in packs by name, others by the path of a TOML file or folder, each laid over those before. A host's pack
/// that comes first is laid over nothing; none at all is `commerce`.
pub(crate) fn taxonomy(packs: &[String]) -> candor::Result<Taxonomy> {
    if packs.is_empty() {
        return Taxonomy::commerce();
    }
    packs.iter().try_fold(Taxonomy::default(), |below, pack| below.overlay(one(pack)?))
}

fn one(pack: &str) -> candor::Result<Pack> {
    let built_in = Pack::named(pack);
    if built_in.is_err() && Path::new(pack).exists() { Pack::from_path(pack) } else { built_in }
}
