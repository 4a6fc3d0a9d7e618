//! The adapter that looks first: reads the head of the input and hands over to the surest adapter.

use super::{Adapter, Confidence, ReadOptions, Reject, adapter, sniff};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::Feedback;
use std::io::{BufRead, Cursor, Read};
use std::iter;

/// Bytes looked at.
const HEAD: u64 = 64 * 1024;

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
        mut input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
        let mut head = Vec::new();
        let chosen = match input.by_ref().take(HEAD).read_to_end(&mut head) {
            Ok(_) => choose(&head),
            Err(e) => Err(Error::new(ErrorKind::Io, format!("reading failed: {e}")).with_source(e)),
        };
        match chosen {
            Ok(chosen) => chosen.read(Box::new(Cursor::new(head).chain(input)), options),
            Err(error) => Box::new(iter::once(Err(Reject::new(0, error, &head)))),
        }
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
