//! Surveys and forms.

#[cfg(feature = "json")]
mod survicate;
#[cfg(feature = "json")]
mod wootric;

use super::Adapter;

pub(super) static ADAPTERS: &[&dyn Adapter] = &[
    #[cfg(feature = "json")]
    &wootric::ADAPTER,
    #[cfg(feature = "json")]
    &survicate::ADAPTER,
];
