//! Surveys and forms.

#[cfg(feature = "csv")]
mod google_forms;
#[cfg(feature = "csv")]
mod qualtrics;
#[cfg(any(feature = "json", feature = "csv"))]
mod response;
#[cfg(feature = "json")]
mod typeform;

use super::Adapter;

pub(super) static ADAPTERS: &[&dyn Adapter] = &[
    #[cfg(feature = "json")]
    &typeform::ADAPTER,
    #[cfg(feature = "csv")]
    &qualtrics::Qualtrics,
    #[cfg(feature = "csv")]
    &google_forms::GoogleForms,
];
