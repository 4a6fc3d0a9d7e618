//! The built-in lists.

use super::layer::Layer;
use super::list::List;
use super::vocabulary::Origin;
use super::{Lexicon, load};
use crate::error::Result;

/// One list of one language: its base, and the layers over it.
struct Built {
    origin: Origin,
    list: List,
    /// Layer, name and text of each file.
    files: &'static [(Option<Layer>, &'static str, &'static str)],
}

macro_rules! lists {
    ($($folder:literal $origin:ident: $($file:literal $list:ident $([$($part:literal $layer:ident),*])?),* ;)*) => {
        /// Every list with its files.
        const LISTS: &[Built] = &[$($(
            Built {
                origin: Origin::$origin,
                list: List::$list,
                files: &[
                    (None, concat!($folder, "/", $file, ".tsv"), include_str!(concat!($folder, "/", $file, ".tsv"))),
                    $($((
                        Some(Layer::$layer),
                        concat!($folder, "/", $file, "/", $part, ".tsv"),
                        include_str!(concat!($folder, "/", $file, "/", $part, ".tsv")),
                    ),)*)?
                ],
            },
        )*)*];
    };
}

lists! {
    "en" English:
        "valence" Valence ["apparel" Apparel, "beauty" Beauty, "commerce" Commerce, "devices" Devices,
            "dining" Dining, "food" Food],
        "negator" Negator, "booster" Booster, "downtoner" Downtoner,
        "contrast" Contrast, "irrealis" Irrealis, "intent" Intent, "severity" Severity, "urgency" Urgency,
        "churn" Churn, "emotion" Emotion, "effort" Effort, "function" Function, "template" Template,
        "compound" Compound, "dependent" Dependent, "facet" Facet, "sarcasm" Sarcasm, "cue" Cue;
    "zh" Chinese:
        "valence" Valence ["apparel" Apparel, "beauty" Beauty, "commerce" Commerce, "devices" Devices,
            "dining" Dining, "food" Food],
        "negator" Negator, "booster" Booster, "downtoner" Downtoner,
        "contrast" Contrast, "irrealis" Irrealis, "intent" Intent, "severity" Severity, "urgency" Urgency,
        "churn" Churn, "emotion" Emotion, "effort" Effort, "function" Function, "template" Template,
        "compound" Compound, "dependent" Dependent, "facet" Facet, "sarcasm" Sarcasm, "cue" Cue;
    "shared" Shared: "emoji" Symbol, "emoticon" Symbol, "bracket" Symbol;
}

/// Reads them all but the layers `without`.
pub(super) fn load(without: &[Layer]) -> Result<Vec<(Origin, Lexicon)>> {
    let mut out: Vec<(Origin, Lexicon)> = Vec::new();
    for built in LISTS {
        let mut lexicon = Lexicon::new();
        for (layer, name, text) in built.files {
            if layer.is_none_or(|layer| !without.contains(&layer)) {
                load::list(&mut lexicon, name, text, |line| load::entry(built.list, line))?;
            }
        }
        // One order of terms however the rows are spread over files: so a row may move without a change of verdicts.
        if built.files.len() > 1 {
            lexicon.entries.sort_by(|a, b| a.term.cmp(&b.term));
        }
        out.push((built.origin, lexicon));
    }
    Ok(out)
}
