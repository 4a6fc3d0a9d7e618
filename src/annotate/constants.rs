//! The numbers of the score algebra, read from one data file.

use crate::error::{Error, ErrorKind, Result};
use serde::Deserialize;

/// All constants; the file says what each means.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Constants {
    pub(crate) kappa: f32,
    pub(crate) mixed_share: f32,
    pub(crate) mixed_band: f32,
    pub(crate) neutral_band: PerLanguage,
    pub(crate) negation: Negation,
    pub(crate) intensity: Intensity,
    pub(crate) contrast: Contrast,
    pub(crate) irrealis: Irrealis,
    pub(crate) excess: Excess,
    pub(crate) comparison: Comparison,
    pub(crate) confidence: PerLanguage,
    pub(crate) lean: Lean,
    pub(crate) title: Title,
    pub(crate) sarcasm: Sarcasm,
    pub(crate) problem: Problem,
    pub(crate) complaint: Complaint,
    pub(crate) severity: Severity,
    pub(crate) effort: Effort,
}

/// One number a language.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PerLanguage {
    pub(crate) en: f32,
    pub(crate) zh: f32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Negation {
    pub(crate) positive: f32,
    pub(crate) negative: f32,
    pub(crate) problem: f32,
    pub(crate) cue: f32,
    pub(crate) reach: u32,
    pub(crate) reach_han: u32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Intensity {
    pub(crate) reach: u32,
    pub(crate) shouted: f32,
    pub(crate) stretched: f32,
    pub(crate) exclaim: f32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Contrast {
    pub(crate) stronger: f32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Irrealis {
    pub(crate) reach: u32,
    pub(crate) question: f32,
    pub(crate) outcry: f32,
    pub(crate) report: f32,
    pub(crate) opposite_good: f32,
    pub(crate) opposite_bad: f32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Excess {
    pub(crate) over: f32,
    pub(crate) not_over: f32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Comparison {
    pub(crate) rival_good: f32,
    pub(crate) rival_bad: f32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lean {
    pub(crate) cap: f32,
    pub(crate) brief: f32,
    pub(crate) brief_silent: f32,
    pub(crate) slight: f32,
    pub(crate) emphatic: f32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Title {
    pub(crate) factor: f32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sarcasm {
    pub(crate) praise: f32,
    pub(crate) confidence: f32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Problem {
    pub(crate) fault: PerLanguage,
    pub(crate) positive: f32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Complaint {
    pub(crate) negative: PerLanguage,
    pub(crate) score: f32,
    pub(crate) problem: PerLanguage,
    pub(crate) fault: PerLanguage,
    pub(crate) sentence: f32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Severity {
    pub(crate) minor: f32,
    pub(crate) moderate: f32,
    pub(crate) major: f32,
    pub(crate) critical: f32,
    pub(crate) strength: f32,
    pub(crate) topic: f32,
    pub(crate) no_topic: f32,
    pub(crate) consequence: f32,
    pub(crate) time: f32,
    pub(crate) happy: f32,
    pub(crate) remark: f32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Effort {
    pub(crate) moderate: f32,
    pub(crate) high: f32,
    pub(crate) easy: f32,
}

impl Constants {
    /// The built-in numbers.
    pub(crate) const BUILTIN: &'static str = include_str!("data/constants.toml");

    /// Reads the file's form.
    pub(crate) fn parse(toml: &str) -> Result<Self> {
        toml::from_str(toml).map_err(|e| {
            Error::new(ErrorKind::Syntax, e.message().trim().to_owned()).at_source("constants.toml")
        })
    }
}
