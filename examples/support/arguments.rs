//! Command lines: `--name value` or `--name=value` in any order, the rest are operands.

use std::collections::VecDeque;

/// The arguments not yet looked at.
pub(crate) struct Arguments {
    rest: VecDeque<String>,
    /// Everything after a bare `--` is an operand.
    ended: bool,
}

/// The next argument.
pub(crate) enum Argument {
    /// `--name`; its value is asked for by [`Arguments::value`].
    Option(String),
    /// Anything else, also a bare `-`.
    Operand(String),
}

impl Arguments {
    /// The arguments of this process.
    pub(crate) fn of_process() -> Result<Self, String> {
        let unreadable = |raw: std::ffi::OsString| format!("argument {} is not Unicode", raw.display());
        let rest: Result<_, _> = std::env::args_os().skip(1).map(std::ffi::OsString::into_string).collect();
        Ok(Self { rest: rest.map_err(unreadable)?, ended: false })
    }

    /// The value of the option `name`.
    pub(crate) fn value(&mut self, name: &str) -> Result<String, String> {
        self.rest.pop_front().ok_or_else(|| format!("{name} needs a value"))
    }
}

impl Iterator for Arguments {
    type Item = Argument;

    fn next(&mut self) -> Option<Argument> {
        let argument = self.rest.pop_front()?;
        if self.ended || !argument.starts_with('-') || argument == "-" {
            return Some(Argument::Operand(argument));
        }
        if argument == "--" {
            self.ended = true;
            return self.next();
        }
        if let Some((name, value)) = argument.split_once('=') {
            self.rest.push_front(value.to_owned());
            return Some(Argument::Option(name.to_owned()));
        }
        Some(Argument::Option(argument))
    }
}
