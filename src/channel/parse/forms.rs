//! Sources that hand out the same records in several forms, such as JSON and tables.

use crate::channel::{Adapter, Confidence, ReadOptions, Reject};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::Feedback;
use std::cmp::Reverse;
use std::io::{BufRead, Cursor, Read};
use std::iter;

/// Bytes looked at.
const HEAD: u64 = 64 * 1024;

/// One source, and an adapter for each of its forms.
pub(crate) struct Forms {
    pub(crate) name: &'static str,
    /// The first is taken when none is sure.
    pub(crate) all: &'static [&'static dyn Adapter],
}

impl Adapter for Forms {
    fn name(&self) -> &'static str {
        self.name
    }

    fn sniff(&self, head: &[u8]) -> Confidence {
        self.all.iter().map(|form| form.sniff(head)).max().unwrap_or(Confidence::No)
    }

    fn read<'a>(
        &'a self,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
        after_look(input, options, |head| {
            let surest = self.all.iter().copied().min_by_key(|form| Reverse(form.sniff(head)));
            surest.ok_or_else(|| Error::new(ErrorKind::Unknown, "no form is known"))
        })
    }
}

/// Reads with the adapter that is chosen by the head of the input.
pub(crate) fn after_look<'a>(
    mut input: Box<dyn BufRead + 'a>,
    options: &'a ReadOptions,
    choose: impl FnOnce(&[u8]) -> Result<&'static dyn Adapter>,
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
