//! The hash table of ASCII words, keyed by the word itself in four machine words.

/// Longest word that can be listed, in bytes; one byte of the key stays zero.
pub(super) const LONGEST_WORD: usize = 31;
/// No word, no node, no term.
pub(super) const NONE: u32 = u32::MAX;

/// A lower-case word padded with zeros. Words hold no zero byte, so padding tells lengths apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key([u64; 4]);

impl Key {
    /// The key of a lower-case word; `None` when it is too long.
    pub(super) fn new(word: &[u8]) -> Option<Self> {
        if word.len() > LONGEST_WORD {
            return None;
        }
        let mut bytes = [0; 32];
        for (to, from) in bytes.iter_mut().zip(word) {
            *to = *from;
        }
        Some(Self::from_bytes(&bytes))
    }

    fn from_bytes(bytes: &[u8; 32]) -> Self {
        let mut key = [0; 4];
        for (to, from) in key.iter_mut().zip(bytes.as_chunks::<8>().0) {
            *to = u64::from_le_bytes(*from);
        }
        Self(key)
    }

    /// The key of the word of `length` bytes that starts `rest`, folded to lower case, and whether it is
    /// written in capitals throughout.
    ///
    /// Letters, digits, apostrophe and hyphen all keep their meaning when bit 5 is set.
    #[inline]
    pub(super) fn folded(rest: &[u8], length: usize) -> Option<(Self, bool)> {
        const CASE: u64 = 0x2020_2020_2020_2020;
        if length > LONGEST_WORD {
            return None;
        }
        let raw = match rest.first_chunk::<32>() {
            Some(bytes) => Self::from_bytes(bytes),
            None => Self::new(rest.get(..length)?)?,
        };
        let (mut key, mut small) = ([0; 4], 0);
        for (i, (to, from)) in key.iter_mut().zip(raw.0).enumerate() {
            let mask = MASKS.get(length.saturating_sub(8 * i)).copied().unwrap_or(u64::MAX);
            small |= from & CASE & mask;
            *to = (from | CASE) & mask;
        }
        Some((Self(key), small == 0 && length > 1))
    }

    /// Writes the word out.
    pub(super) fn spell(&self, out: &mut String) {
        out.clear();
        let bytes = self.0.iter().flat_map(|part| part.to_le_bytes());
        out.extend(bytes.take_while(|b| *b != 0).map(char::from));
    }

    #[inline]
    fn hash(&self) -> u64 {
        let [a, b, c, d] = self.0;
        let mixed = (a ^ b.rotate_left(23)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mixed = (mixed ^ c.rotate_left(31) ^ d.rotate_left(47)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        mixed ^ (mixed >> 32)
    }
}

/// Masks of the first `i` bytes.
static MASKS: [u64; 8] = [
    0,
    0xFF,
    0xFFFF,
    0xFF_FFFF,
    0xFFFF_FFFF,
    0xFF_FFFF_FFFF,
    0xFFFF_FFFF_FFFF,
    0xFF_FFFF_FFFF_FFFF,
];

/// What is known of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// The word itself as a step in phrases, or [`NONE`].
    pub(super) id: u32,
    /// The listed word it is a regular form of, or [`NONE`].
    pub(super) base: u32,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    key: Key,
    word: Word,
}

/// Open addressing with linear probing, at most half full.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    slots: Vec<Slot>,
    length: usize,
}

const FREE: Slot = Slot { key: Key([0; 4]), word: Word { id: NONE, base: NONE } };

impl Words {
    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// Bytes held.
    pub(super) fn heap_bytes(&self) -> usize {
        self.slots.capacity() * size_of::<Slot>()
    }

    /// What is known of a word.
    #[inline]
    pub(super) fn get(&self, key: &Key) -> Option<Word> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = key.hash() as usize & mask;
        loop {
            let slot = self.slots.get(at)?;
            if slot.key == *key {
                return Some(slot.word);
            }
            if slot.key == FREE.key {
                return None;
            }
            at = (at + 1) & mask;
        }
    }

    /// The entry of a word, made with `word` when it is new.
    pub(super) fn entry(&mut self, key: Key, word: Word) -> Option<&mut Word> {
        if self.slots.len() < 2 * (self.length + 1) {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut at = key.hash() as usize & mask;
        while self.slots.get(at).is_some_and(|s| s.key != key && s.key != FREE.key) {
            at = (at + 1) & mask;
        }
        let slot = self.slots.get_mut(at)?;
        if slot.key != key {
            *slot = Slot { key, word };
            self.length += 1;
        }
        Some(&mut slot.word)
    }

    fn grow(&mut self) {
        let larger = vec![FREE; (2 * self.slots.len()).max(64)];
        let old = std::mem::replace(&mut self.slots, larger);
        let mask = self.slots.len() - 1;
        for slot in old.into_iter().filter(|s| s.key != FREE.key) {
            let mut at = slot.key.hash() as usize & mask;
            while self.slots.get(at).is_some_and(|s| s.key != FREE.key) {
                at = (at + 1) & mask;
            }
            if let Some(free) = self.slots.get_mut(at) {
                *free = slot;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_put_in() {
        let mut words = Words::default();
        let all: Vec<String> = (0..5000).map(|i| format!("w{i}")).collect();
        for (i, w) in all.iter().enumerate() {
            words.entry(Key::new(w.as_bytes()).unwrap(), Word { id: i as u32, base: NONE });
        }
        assert_eq!(words.len(), 5000);
        for (i, w) in all.iter().enumerate() {
            assert_eq!(words.get(&Key::new(w.as_bytes()).unwrap()).unwrap().id, i as u32);
        }
        assert_eq!(words.get(&Key::new(b"absent").unwrap()), None);
        assert_eq!(Words::default().get(&Key::default()), None);
    }

    #[test]
    fn folding_ends_at_the_word() {
        let text = b"DON'T buy this thing, it is really not good";
        let (key, shouted) = Key::folded(text, 5).unwrap();
        assert_eq!((key, shouted), (Key::new(b"don't").unwrap(), true));
        assert_eq!(Key::folded(b"Rip-Off", 7).unwrap(), (Key::new(b"rip-off").unwrap(), false));
        assert_eq!(Key::folded(&[b'a'; 40], 32), None);
        let long = b"abcdefghijklmnopqrstuvwxyzabcde and more text behind it";
        assert_eq!(Key::folded(long, 31).unwrap().0, Key::new(&long[..31]).unwrap());
        assert_eq!(Key::folded(long, 8).unwrap().0, Key::new(b"abcdefgh").unwrap());
    }
}
