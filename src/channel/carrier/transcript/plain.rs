//! Plain text with the speakers' names before their words.

use super::label::{Labels, labelled};
use super::{Piece, Script};
use crate::channel::Confidence;
use crate::channel::carrier::speaker::role_of;
use crate::channel::parse::time::Clock;
use std::collections::BTreeSet;

/// How much these lines look like a conversation.
pub(super) fn sniff(lines: &[&str]) -> Confidence {
    let found: Vec<_> = lines.iter().map(|line| labelled(line)).collect();
    let labels = Labels::of(lines.iter().copied(), &[]);
    let speakers = lines.iter().filter(|line| labels.split(line).is_some()).count();
    let known: BTreeSet<String> = found
        .iter()
        .flatten()
        .filter(|line| role_of(line.name).is_some())
        .map(|line| line.name.to_lowercase())
        .collect();
    let first = found.iter().take(3).any(Option::is_some);
    match known.len() {
        2.. if first => Confidence::Certain,
        1 if first && speakers > 1 => Confidence::Likely,
        1 if first => Confidence::Possible,
        _ if first && speakers > 2 && speakers * 2 > lines.len() => Confidence::Possible,
        _ => Confidence::No,
    }
}

pub(super) fn read(lines: &[String], agents: &[String], clock: &Clock) -> Script {
    let labels = Labels::of(lines.iter().map(String::as_str), agents);
    let mut script = Script::default();
    for line in lines {
        if let Some(found) = labels.split(line) {
            let mut piece = Piece {
                author: Some(found.name.to_owned()),
                text: found.text.to_owned(),
                ..Piece::default()
            };
            if let Some(time) = found.time {
                piece.start = offset(time);
                piece.at = if piece.start.is_none() { clock.read(time).ok() } else { None };
                if piece.start.is_none() && piece.at.is_none() {
                    script.unread.push(time.to_owned());
                }
            }
            script.pieces.push(piece);
        } else if let Some(last) = script.pieces.last_mut() {
            if !last.text.is_empty() {
                last.text.push('\n');
            }
            last.text.push_str(line);
        } else {
            script.heading.push_str(line);
            script.heading.push('\n');
        }
    }
    for piece in &mut script.pieces {
        piece.text = piece.text.trim().to_owned();
    }
    script
}

/// Milliseconds of `1:02:03.5`, `02:03`; nothing for a time with a date.
pub(super) fn offset(time: &str) -> Option<u64> {
    let (clock, fraction) = time.split_once(['.', ',']).unwrap_or((time, ""));
    let mut total: u64 = 0;
    for part in clock.split(':') {
        total = total.checked_mul(60)?.checked_add(part.parse().ok()?)?;
    }
    total.checked_mul(1000)?.checked_add(format!("{fraction:0<3}").get(..3)?.parse().ok()?)
}
