//! The parts of the program `triage`, in the order of the data.

mod clean;
mod complaint;
pub(crate) mod intake;
pub(crate) mod settings;
pub(crate) mod show;
mod table;
