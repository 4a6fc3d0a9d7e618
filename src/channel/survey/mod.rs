//! Surveys and forms.

use super::Adapter;

pub(super) static ADAPTERS: &[&dyn Adapter] = &[];
