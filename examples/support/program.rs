//! The frame of a program: what fails is said on the error output, and the exit code is 2.

use crate::arguments::Arguments;
use std::process::ExitCode;

/// Runs `work` with the arguments of this process; `name` begins the message of a failure.
pub(crate) fn program(name: &str, work: impl FnOnce(Arguments) -> Result<(), String>) -> ExitCode {
    match Arguments::of_process().and_then(work) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{name}: {message}");
            ExitCode::from(2)
        }
    }
}
