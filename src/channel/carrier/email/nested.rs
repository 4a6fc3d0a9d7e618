//! Messages inside a message: forwarded ones, and those that a help desk wraps.

use mail_parser::{Message, PartType};

/// How deep messages are looked for in one another, and how many.
const DEPTH: usize = 8;
const COUNT: usize = 50;

/// The messages inside, the outer before the inner ones.
pub(super) fn messages<'m>(message: &'m Message<'m>) -> Vec<&'m Message<'m>> {
    let mut found: Vec<(&Message<'_>, usize)> = vec![(message, 0)];
    let mut next = 0;
    while let Some((outer, depth)) = found.get(next).copied() {
        next += 1;
        for part in &outer.parts {
            if let PartType::Message(inner) = &part.body
                && depth < DEPTH
                && found.len() <= COUNT
            {
                found.push((inner, depth + 1));
            }
        }
    }
    found.into_iter().skip(1).map(|(inner, _)| inner).collect()
}
