//! Surveys and forms.

#[cfg(feature = "json")]
mod delighted;
#[cfg(feature = "json")]
mod formbricks;
#[cfg(feature = "csv")]
mod google_forms;
mod lint;
#[cfg(feature = "csv")]
mod qualtrics;
#[cfg(any(feature = "json", feature = "csv"))]
mod response;
#[cfg(feature = "json")]
mod survey_monkey;
#[cfg(feature = "json")]
mod survicate;
#[cfg(feature = "json")]
mod typeform;
#[cfg(feature = "json")]
mod wootric;

use super::Adapter;
pub use lint::{AnswerForm, SurveyFault, SurveyFinding, SurveyQuestion, lint_survey};

pub(super) static ADAPTERS: &[&dyn Adapter] = &[
    #[cfg(feature = "json")]
    &typeform::ADAPTER,
    #[cfg(feature = "json")]
    &survey_monkey::ADAPTER,
    #[cfg(feature = "json")]
    &delighted::ADAPTER,
    #[cfg(feature = "json")]
    &formbricks::ADAPTER,
    #[cfg(feature = "json")]
    &wootric::ADAPTER,
    #[cfg(feature = "json")]
    &survicate::ADAPTER,
    #[cfg(feature = "csv")]
    &qualtrics::ADAPTER,
    #[cfg(feature = "csv")]
    &google_forms::GoogleForms,
];
