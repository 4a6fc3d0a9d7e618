//! Words that no list has as they stand: parts of a compound, a possessive, repeated letters.

use super::phrase::Ref;
use super::scan::Scan;
use super::table::{NONE, Table};
use super::words::{Key, LONGEST_WORD};

impl Scan {
    /// Looks for a word in another form than it is written in.
    #[cold]
    pub(super) fn unknown_word(&mut self, table: &Table, rest: &[u8], length: usize, mut entry: Ref) {
        let written = rest.get(..length).unwrap_or_default();
        let known =
            |part: &[u8]| Key::folded(part, part.len()).map_or(NONE, |(key, _)| table.words().find(&key));
        if written.contains(&b'-') {
            let mut start = entry.start;
            for part in written.split(|b| *b == b'-') {
                let end = start + part.len() as u32;
                let mut piece = Ref::new(start as usize, end as usize, entry.unit);
                piece.shouted = entry.shouted;
                piece.set(table, known(part), self.wanted);
                self.refs.push(piece);
                start = end + 1;
            }
            return;
        }
        let mut word = written.strip_suffix(b"'s").map_or(NONE, known);
        if word == NONE {
            word = squeezed(table, written);
            entry.stretched = word != NONE;
        }
        entry.set(table, word, self.wanted);
        self.refs.push(entry);
    }
}

/// Whether a word that is not listed as it stands may be listed in another form.
pub(super) fn is_unusual(rest: &[u8], length: usize) -> bool {
    let written = rest.get(..length).unwrap_or_default();
    written.iter().any(|b| matches!(b, b'-' | b'\''))
        || written.windows(3).any(|w| matches!(w, [a, b, c] if a == b && b == c))
}

/// `sooo` → `soo` → `so`: the first form that is listed.
fn squeezed(table: &Table, written: &[u8]) -> u32 {
    let mut buffer = [0u8; LONGEST_WORD];
    let found = [2, 1].into_iter().find_map(|keep| {
        let (mut length, mut run, mut last) = (0, 0, 0);
        for b in written.iter().map(u8::to_ascii_lowercase) {
            run = if b == last { run + 1 } else { 1 };
            last = b;
            if run <= keep
                && let Some(cell) = buffer.get_mut(length)
            {
                *cell = b;
                length += 1;
            }
        }
        let word = buffer.get(..length).and_then(Key::new).map(|key| table.words().find(&key));
        word.filter(|w| *w != NONE)
    });
    found.unwrap_or(NONE)
}
