//! The built-in lists.

use super::list::List;
use super::vocabulary::Origin;
use super::{Lexicon, load};
use crate::error::Result;

macro_rules! lists {
    ($($folder:literal $origin:ident: $($file:literal $list:ident),* ;)*) => {
        /// Every file with its kind.
        pub(super) const FILES: &[(Origin, List, &str, &'static str)] = &[$($(
            (Origin::$origin, List::$list, concat!($folder, "/", $file, ".tsv"),
             include_str!(concat!($folder, "/", $file, ".tsv"))),
        )*)*];
    };
}

lists! {
    "en" English: "valence" Valence, "negator" Negator, "booster" Booster, "downtoner" Downtoner,
        "contrast" Contrast, "irrealis" Irrealis, "intent" Intent, "severity" Severity, "urgency" Urgency,
        "churn" Churn, "emotion" Emotion, "effort" Effort, "function" Function, "template" Template,
        "compound" Compound, "dependent" Dependent, "facet" Facet, "sarcasm" Sarcasm, "cue" Cue;
    "zh" Chinese: "valence" Valence, "negator" Negator, "booster" Booster, "downtoner" Downtoner,
        "contrast" Contrast, "irrealis" Irrealis, "intent" Intent, "severity" Severity, "urgency" Urgency,
        "churn" Churn, "emotion" Emotion, "effort" Effort, "function" Function, "template" Template,
        "compound" Compound, "dependent" Dependent, "facet" Facet, "sarcasm" Sarcasm, "cue" Cue;
    "shared" Shared: "emoji" Symbol, "emoticon" Symbol, "bracket" Symbol;
}

/// Reads them all.
pub(super) fn load() -> Result<Vec<(Origin, Lexicon)>> {
    let mut out: Vec<(Origin, Lexicon)> = Vec::new();
    for (origin, list, name, text) in FILES {
        let mut lexicon = Lexicon::new();
        load::list(&mut lexicon, name, text, |line| load::entry(*list, line))?;
        out.push((*origin, lexicon));
    }
    Ok(out)
}
