//! Personal data: found by patterns, masked wherever a quote leaves the crate.

mod detect;
mod mask;

pub(crate) use detect::holds_personal_data;
pub use mask::mask;
