//! The adapter that looks first: reads the head of the input and hands over to the surest adapter.

use super::parse::forms::after_look;
use super::{Adapter, Confidence, ReadOptions, Reject, adapter, sniff};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::Feedback;
use std::io::BufRead;

/// `auto`; not in the list it chooses from.
pub(super) struct Auto;

impl Adapter for Auto {
    fn name(&self) -> &'static str {
        "auto"
    }

    fn sniff(&self, head: &[u8]) -> Confidence {
        sniff(head).first().map_or(Confidence::No, |(_, confidence)| *confidence)
    }

    fn read<'a>(
        &'a self,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
        after_look(input, options, choose)
    }
}

/// The surest adapter, else CSV for what does not begin like JSON.
fn choose(head: &[u8]) -> Result<&'static dyn Adapter> {
    if let Some((name, _)) = sniff(head).first() {
        return adapter(name);
    }
    let json = head.iter().find(|b| !b.is_ascii_whitespace()).is_some_and(|b| matches!(b, b'{' | b'['));
    let fallback = if json { Err(()) } else { adapter("csv").map_err(drop) };
    fallback.map_err(|()| Error::new(ErrorKind::Unknown, "no adapter knows this input"))
}
