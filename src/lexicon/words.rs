//! The hash table of ASCII words, keyed by the word itself in four machine words.

/// Longest word that can be listed, in bytes; one byte of the key stays zero.
pub(super) const LONGEST_WORD: usize = 31;
/// No word, no node, no term.
pub(super) const NONE: u32 = u32::MAX;

/// A lower-case word padded with zeros. Words hold no zero byte, so padding tells lengths apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
        if length > LONGEST_WORD {
            return None;
        }
        // Nine words in ten have at most eight letters.
        if length <= 8
            && let Some(bytes) = rest.first_chunk::<8>()
        {
            let from = u64::from_le_bytes(*bytes);
            let mask = MASKS.get(length).copied().unwrap_or(u64::MAX);
            return Some((
                Self([(from | CASE) & mask, 0, 0, 0]),
                small_letters(from) & mask == 0 && length > 1,
            ));
        }
        Self::folded_long(rest, length)
    }

    /// The same for words of more than eight letters and those at the end of the text.
    #[inline(never)]
    fn folded_long(rest: &[u8], length: usize) -> Option<(Self, bool)> {
        let raw = match rest.first_chunk::<32>() {
            Some(bytes) => Self::from_bytes(bytes),
            None => Self::new(rest.get(..length)?)?,
        };
        let (mut key, mut small) = ([0; 4], 0);
        for (i, (to, from)) in key.iter_mut().zip(raw.0).enumerate() {
            let mask = MASKS.get(length.saturating_sub(8 * i)).copied().unwrap_or(u64::MAX);
            small |= small_letters(from) & mask;
            *to = (from | CASE) & mask;
        }
        Some((Self(key), small == 0 && length > 1))
    }

    fn spell(&self, out: &mut String) {
        out.clear();
        let bytes = self.0.iter().flat_map(|part| part.to_le_bytes());
        out.extend(bytes.take_while(|b| *b != 0).map(char::from));
    }

    /// A number that stands for the word among the cues; never 0.
    #[inline]
    pub(super) fn number(&self) -> u64 {
        self.hash() | 1 << 63
    }

    #[inline]
    fn hash(&self) -> u64 {
        let [a, b, c, d] = self.0;
        let mixed = (a ^ b.rotate_left(23)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mixed = (mixed ^ c.rotate_left(31) ^ d.rotate_left(47)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        mixed ^ (mixed >> 32)
    }
}

/// The bit that tells the case of a letter, in every byte.
const CASE: u64 = 0x2020_2020_2020_2020;

/// That bit of every small letter: bit 6 tells letters from digits, apostrophe and hyphen.
#[inline]
const fn small_letters(raw: u64) -> u64 {
    const LETTER: u64 = 0x4040_4040_4040_4040;
    raw & CASE & ((raw & LETTER) >> 1)
}

/// Masks of the first `i` bytes.
static MASKS: [u64; 8] =
    [0, 0xFF, 0xFFFF, 0xFF_FFFF, 0xFFFF_FFFF, 0xFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF, 0xFF_FFFF_FFFF_FFFF];

/// What is known of a word; its number is its place among the words and, for a listed one, its root node in
/// the phrase trie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    key: Key,
    /// The listed word it is a regular form of, or [`NONE`].
    pub(super) base: u32,
    /// The term that is this one word, or [`NONE`].
    pub(super) term: u32,
    /// Groups of its term, once [settled](Words::settle) those of its base too.
    pub(super) groups: u16,
    /// Words that any phrase goes on with, one bit for many; once settled those of its base too.
    pub(super) next: u32,
    /// The same of the phrases that the sentiment asks for.
    pub(super) next_spoken: u32,
    /// Whether a list has it as it stands; else it is only a form of `base`.
    pub(super) listed: bool,
    /// What it does to the phrases around it, in the bits of whoever asks.
    pub(super) role: u32,
}

/// A cell of the index: part of the hash, and the number of the word.
#[derive(Debug, Clone, Copy)]
struct Cell {
    tag: u32,
    word: u32,
}

const FREE: Cell = Cell { tag: 0, word: NONE };

/// Open addressing with linear probing, at most half full. The cells are small, so that looking for a word
/// that is in no list, as most are, touches little memory.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    cells: Vec<Cell>,
    words: Vec<Word>,
}

impl Words {
    /// Number of words.
    pub(super) fn len(&self) -> u32 {
        self.words.len() as u32
    }

    /// Bytes held.
    pub(super) fn heap_bytes(&self) -> usize {
        self.cells.capacity() * size_of::<Cell>() + self.words.capacity() * size_of::<Word>()
    }

    /// A word by its number.
    #[inline]
    pub(super) fn get(&self, word: u32) -> Option<&Word> {
        self.words.get(word as usize)
    }

    /// A word by its number, to be changed.
    pub(super) fn get_mut(&mut self, word: u32) -> Option<&mut Word> {
        self.words.get_mut(word as usize)
    }

    /// The number of a word, or [`NONE`].
    #[inline]
    pub(super) fn find(&self, key: &Key) -> u32 {
        let hash = key.hash();
        let mask = self.cells.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        let tag = (hash >> 32) as u32;
        while let Some(cell) = self.cells.get(at) {
            if cell.word == NONE {
                break;
            }
            if cell.tag == tag && self.get(cell.word).is_some_and(|w| w.key == *key) {
                return cell.word;
            }
            at = (at + 1) & mask;
        }
        NONE
    }

    /// The number of a word, which is added when it is new.
    pub(super) fn insert(&mut self, key: Key, base: u32, listed: bool) -> u32 {
        if self.cells.len() < 2 * (self.words.len() + 1) {
            self.grow();
        }
        let found = self.find(&key);
        if found != NONE {
            return found;
        }
        let word = self.len();
        self.words.push(Word { key, base, term: NONE, groups: 0, next: 0, next_spoken: 0, listed, role: 0 });
        self.place(&key, word);
        word
    }

    /// Gives every word what its base has, so that a text's word is looked up once; called when all are in.
    pub(super) fn settle(&mut self) {
        let of_base = |w: &Word| self.get(w.base).map_or((0, 0, 0), |b| (b.groups, b.next, b.next_spoken));
        let bases: Vec<(u16, u32, u32)> = self.words.iter().map(of_base).collect();
        for (word, (groups, next, next_spoken)) in self.words.iter_mut().zip(bases) {
            word.groups |= groups;
            word.next |= next;
            word.next_spoken |= next_spoken;
        }
    }

    /// Gives back what is not used.
    pub(super) fn shrink_to_fit(&mut self) {
        self.words.shrink_to_fit();
    }

    fn place(&mut self, key: &Key, word: u32) {
        let hash = key.hash();
        let mask = self.cells.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while self.cells.get(at).is_some_and(|c| c.word != NONE) {
            at = (at + 1) & mask;
        }
        if let Some(cell) = self.cells.get_mut(at) {
            *cell = Cell { tag: (hash >> 32) as u32, word };
        }
    }

    fn grow(&mut self) {
        self.cells = vec![FREE; (2 * self.cells.len()).max(64)];
        let keys: Vec<Key> = self.words.iter().map(|w| w.key).collect();
        for (key, word) in keys.iter().zip(0..) {
            self.place(key, word);
        }
    }
}

/// The bit of a word among those that may follow another.
#[inline]
pub(super) const fn bit(word: u32) -> u32 {
    1 << (word.wrapping_mul(0x9E37_79B1) >> 27)
}

impl Word {
    /// Writes the word out.
    pub(super) fn spell(&self, out: &mut String) {
        self.key.spell(out);
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
            assert_eq!(words.insert(Key::new(w.as_bytes()).unwrap(), NONE, true), i as u32);
        }
        assert_eq!(words.len(), 5000);
        for (i, w) in all.iter().enumerate() {
            assert_eq!(words.find(&Key::new(w.as_bytes()).unwrap()), i as u32);
        }
        assert_eq!(words.find(&Key::new(b"absent").unwrap()), NONE);
        assert_eq!(Words::default().find(&Key::default()), NONE);
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
