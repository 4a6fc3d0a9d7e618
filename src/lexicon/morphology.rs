//! What the Snowball stemmer (English, "Porter 2") would say of a regular form, where its rules for `-ed` and
//! `-ing` alone decide it.

use super::stem::Ending;

/// A word of small letters, with what those rules look at.
pub(super) struct Shape<'a> {
    word: &'a str,
    /// Vowels, one bit a letter; `y` is one behind a consonant.
    vowels: u32,
    /// Where the regions R1 and R2 of the stemmer begin: behind the first consonant that follows a vowel.
    regions: (usize, usize),
}

/// Letters that the stemmer takes for one when doubled.
const DOUBLES: &[u8] = b"bdfgmnprt";
/// Ends of a word without its `e` on which later rules act.
const SUFFIXES: &[&str] =
    &["ic", "al", "er", "ant", "ent", "ism", "ous", "ion", "ful", "ness", "ator", "anc", "enc", "iv", "ll"];
/// Words and forms that the stemmer knows by heart.
const IRREGULAR: &[&str] = &[
    "canning", "dying", "earring", "early", "gently", "herring", "howe", "idly", "inning", "lying", "only",
    "outing", "singly", "sky", "tying", "ugly",
];

impl<'a> Shape<'a> {
    pub(super) fn of(word: &'a str) -> Self {
        let (mut vowels, mut last) = (0, true);
        for (i, b) in word.bytes().take(32).enumerate() {
            last = matches!(b, b'a' | b'e' | b'i' | b'o' | b'u') || b == b'y' && !last;
            vowels |= u32::from(last) << i;
        }
        let consonants = !vowels & u32::MAX.checked_shr(32 - word.len().min(32) as u32).unwrap_or(0);
        let region = |from: usize| {
            let after = u32::MAX.checked_shl(from as u32).unwrap_or(0);
            let found = vowels & after & (consonants >> 1);
            if found == 0 { word.len() } else { found.trailing_zeros() as usize + 2 }
        };
        let first = region(0);
        Self { word, vowels, regions: (first, region(first)) }
    }

    /// Whether the stemmer leads `form`, made with `ending`, back to the stem of the word; `None` where it must
    /// be asked.
    pub(super) fn leads_back(&self, form: &str, ending: Ending) -> Option<bool> {
        let word = self.word;
        if ending == Ending::S {
            return Some(true);
        }
        let odd_start = ["gener", "commun", "arsen"].iter().any(|s| word.starts_with(s));
        let odd_end = word.contains("yy") || ["s", "eed", "edly", "ingly"].iter().any(|e| word.ends_with(e));
        if odd_start || odd_end || word.len() > 32 || IRREGULAR.contains(&word) || IRREGULAR.contains(&form) {
            return None;
        }
        // Of a form itself (`amazing`) the stemmer takes the ending, of a form of that (`amazinged`) only the last.
        if ["ed", "ing"].iter().any(|e| word.strip_suffix(e).is_some_and(|base| self.has_vowel(base.len()))) {
            return Some(false);
        }
        match ending {
            Ending::S | Ending::OnY => Some(true),
            Ending::Plain => self.plain(),
            Ending::Doubled => word.bytes().last().is_some_and(|b| DOUBLES.contains(&b)).then_some(true),
            Ending::ForE => self.for_e(),
        }
    }

    /// Without the ending the word stands there as it was, unless the stemmer puts an `e` to it or takes half
    /// of a doubled letter.
    fn plain(&self) -> Option<bool> {
        if !self.has_vowel(self.word.len()) || is_mended(self.word) || is_doubled(self.word) {
            return None;
        }
        Some(!self.is_short(self.word.len()))
    }

    /// Without the ending the word lacks its `e`: the stemmer puts it back, or takes it from the word too.
    fn for_e(&self) -> Option<bool> {
        let base = self.word.strip_suffix('e')?;
        let (end, (first, second)) = (base.len(), self.regions);
        let odd = ["e", "i", "y"].iter().chain(SUFFIXES).any(|s| base.ends_with(s));
        if !self.has_vowel(end) || odd && !is_mended(base) || is_doubled(base) {
            return None;
        }
        let mended = is_mended(base) || self.is_short(end);
        Some(mended || second <= end || first <= end && !self.is_short_syllable(end))
    }

    fn is_vowel(&self, at: usize) -> bool {
        self.vowels.checked_shr(at as u32).unwrap_or(0) & 1 == 1
    }

    /// Whether a vowel stands before `end`.
    fn has_vowel(&self, end: usize) -> bool {
        (self.vowels.trailing_zeros() as usize) < end
    }

    /// Whether the letters before `end` are short: one syllable, and that a short one.
    fn is_short(&self, end: usize) -> bool {
        self.regions.0 >= end && self.is_short_syllable(end)
    }

    /// Whether the letters before `end` close with a vowel between consonants, or are a vowel and a consonant.
    fn is_short_syllable(&self, end: usize) -> bool {
        let bytes = self.word.as_bytes().get(..end).unwrap_or_default();
        match bytes {
            [_, _] => self.is_vowel(0) && !self.is_vowel(1),
            [.., last] if end > 2 => {
                let closed = !self.is_vowel(end - 1) && !matches!(last, b'w' | b'x' | b'y');
                closed && self.is_vowel(end - 2) && !self.is_vowel(end - 3)
            }
            _ => false,
        }
    }
}

/// Whether the stemmer puts an `e` to what is left without the ending.
fn is_mended(base: &str) -> bool {
    ["at", "bl", "iz"].iter().any(|e| base.ends_with(e))
}

fn is_doubled(base: &str) -> bool {
    matches!(base.as_bytes(), [.., a, b] if a == b && DOUBLES.contains(b))
}
