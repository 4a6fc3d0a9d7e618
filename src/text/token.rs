//! Tokens of the cleaned text: words, numbers, Han characters, symbols, and the breaks between clauses.

use unicode_segmentation::UnicodeSegmentation;

/// Letters and digits, by one look into a table.
#[inline]
fn is_letter(byte: u8) -> bool {
    LETTERS.get(byte as usize).copied().unwrap_or_default()
}

#[expect(
    clippy::indexing_slicing,
    reason = "INVARIANT: evaluated while compiling, where a bad index is an error"
)]
static LETTERS: [bool; 256] = {
    let mut letters = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        letters[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    letters
};

/// Letters and digits that begin `rest`, eight at a look: no branch that depends on the length of a word.
#[inline]
fn letters(rest: &[u8]) -> usize {
    let mut count = 0;
    let mut left = rest;
    while let Some((eight, behind)) = left.split_first_chunk::<8>() {
        let others = others(u64::from_le_bytes(*eight));
        if others != 0 {
            return count + (others.trailing_zeros() / 8) as usize;
        }
        count += 8;
        left = behind;
    }
    count + left.iter().take_while(|b| is_letter(**b)).count()
}

/// The top bit of every byte that is neither letter nor digit.
#[inline]
const fn others(bytes: u64) -> u64 {
    const TOP: u64 = 0x8080_8080_8080_8080;
    const EACH: u64 = 0x0101_0101_0101_0101;
    let low = bytes & !TOP;
    let small = low | (0x20 * EACH);
    // Adding carries into the top bit where the byte is at least, or more than, the bound.
    let letter = (small + (0x80 - b'a' as u64) * EACH) & !(small + (0x7F - b'z' as u64) * EACH);
    let digit = (low + (0x80 - b'0' as u64) * EACH) & !(low + (0x7F - b'9' as u64) * EACH);
    !((letter | digit) & !bytes) & TOP
}

/// First bytes of U+4000..U+9FFF: the main block of Han characters and a few signs of the I Ching.
const LEADS_HAN: std::ops::RangeInclusive<u8> = 0xE4..=0xE9;

/// First bytes of U+00C0..U+07FF: letters of the alphabets next to ASCII.
const LEADS_LETTER: std::ops::RangeInclusive<u8> = 0xC3..=0xDF;

/// How strong a break is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Break {
    /// Comma, dash, bracket: ends a clause.
    Clause,
    /// Full stop, question or exclamation mark: ends a sentence.
    Sentence,
    /// Line end.
    Line,
}

/// A token; positions are bytes of the cleaned text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    /// ASCII letters with inner apostrophes and hyphens; digits may follow letters (`mp3`).
    Word {
        /// First byte.
        start: usize,
        /// One past the last.
        end: usize,
    },
    /// Digits with their separators, currency sign and unit sign left aside.
    Number {
        /// First byte.
        start: usize,
        /// One past the last.
        end: usize,
    },
    /// A word with letters outside ASCII: accented Latin, Greek, Cyrillic.
    Foreign {
        /// First byte.
        start: usize,
        /// One past the last.
        end: usize,
    },
    /// A run of Han characters of the main block, three bytes each.
    Han {
        /// First byte.
        start: usize,
        /// One past the last.
        end: usize,
    },
    /// One other character outside ASCII that is no break: emoji, letters with marks, rare Han.
    Wide {
        /// First byte.
        start: usize,
        /// The character.
        char: char,
    },
    /// Punctuation that separates.
    Break {
        /// First byte.
        start: usize,
        /// How strong.
        kind: Break,
        /// The character.
        char: char,
    },
    /// Any other ASCII sign.
    Sign {
        /// The byte.
        start: usize,
    },
}

impl Token {
    /// First byte.
    #[inline]
    pub(crate) const fn start(&self) -> usize {
        match self {
            Self::Word { start, .. }
            | Self::Number { start, .. }
            | Self::Han { start, .. }
            | Self::Foreign { start, .. }
            | Self::Wide { start, .. }
            | Self::Break { start, .. }
            | Self::Sign { start } => *start,
        }
    }

    /// Whether an emoticon may begin here: at a sign, a number, or a single letter (`T_T`).
    #[inline]
    pub(crate) const fn may_begin_emoticon(&self) -> bool {
        match self {
            Self::Break { .. } | Self::Sign { .. } | Self::Number { .. } => true,
            Self::Word { start, end } => *end - *start == 1,
            Self::Han { .. } | Self::Foreign { .. } | Self::Wide { .. } => false,
        }
    }
}

/// Iterator over the tokens of a text; blanks are skipped.
#[derive(Debug, Clone)]
pub(crate) struct Tokens<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, bytes: text.as_bytes(), at: 0 }
    }

    /// Goes on at byte `at`, which a matcher has read up to.
    pub(crate) fn seek(&mut self, at: usize) {
        self.at = at;
    }

    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    #[inline]
    fn word(&mut self, start: usize) -> Token {
        let mut end = start + 1;
        loop {
            end += letters(self.bytes.get(end..).unwrap_or_default());
            if !(matches!(self.byte(end), b'\'' | b'-') && is_letter(self.byte(end + 1))) {
                break;
            }
            end += 1;
        }
        if LEADS_LETTER.contains(&self.byte(end)) {
            return self.foreign(start);
        }
        self.at = end;
        Token::Word { start, end }
    }

    /// A word by the rules of Unicode (UAX #29).
    #[cold]
    fn foreign(&mut self, start: usize) -> Token {
        let word = self.text.get(start..).and_then(|rest| rest.split_word_bounds().next());
        let end = start + word.map_or(1, str::len);
        self.at = end;
        Token::Foreign { start, end }
    }

    #[inline]
    fn number(&mut self, start: usize) -> Token {
        let mut end = start + 1;
        while self.byte(end).is_ascii_digit()
            || (matches!(self.byte(end), b'.' | b',') && self.byte(end + 1).is_ascii_digit())
        {
            end += 1;
        }
        self.at = end;
        Token::Number { start, end }
    }

    #[inline]
    fn han(&mut self, start: usize) -> Token {
        let mut end = start;
        while self.bytes.get(end).is_some_and(|b| LEADS_HAN.contains(b)) {
            end += 3;
        }
        self.at = end;
        Token::Han { start, end }
    }

    fn ascii(&mut self, start: usize, byte: u8) -> Token {
        self.at = start + 1;
        let kind = match byte {
            b'.' | b'!' | b'?' => Break::Sentence,
            b'\n' | b'\r' => Break::Line,
            b',' | b';' | b':' | b'(' | b')' | b'[' | b']' | b'"' | b'{' | b'}' => Break::Clause,
            b'-' if self.byte(start + 1) == b'-' || self.byte(start + 1) == b' ' => Break::Clause,
            _ => return Token::Sign { start },
        };
        Token::Break { start, kind, char: char::from(byte) }
    }

    fn wide(&mut self, start: usize) -> Option<Token> {
        let char = self.text.get(start..)?.chars().next()?;
        self.at = start + char.len_utf8();
        let kind = match char {
            '。' | '！' | '？' | '…' | '｡' => Break::Sentence,
            '，' | '；' | '、' | '：' | '（' | '）' | '—' | '–' | '【' | '】' | '“' | '”' | '「' | '」'
            | '《' | '》' | '～' | '•' | '·' => Break::Clause,
            _ => return Some(Token::Wide { start, char }),
        };
        Some(Token::Break { start, kind, char })
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    #[inline]
    fn next(&mut self) -> Option<Token> {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t')) {
            self.at += 1;
        }
        let start = self.at;
        let byte = *self.bytes.get(start)?;
        if byte.is_ascii_alphabetic() {
            Some(self.word(start))
        } else if byte.is_ascii_digit() {
            Some(self.number(start))
        } else if byte < 0x80 {
            Some(self.ascii(start, byte))
        } else if LEADS_HAN.contains(&byte) {
            Some(self.han(start))
        } else if LEADS_LETTER.contains(&byte) {
            Some(self.foreign(start))
        } else {
            self.wide(start)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        Tokens::new(text)
            .filter_map(|t| match t {
                Token::Word { start, end }
                | Token::Number { start, end }
                | Token::Foreign { start, end }
                | Token::Han { start, end } => text.get(start..end),
                Token::Wide { start, char } => text.get(start..start + char.len_utf8()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn words_keep_apostrophes_and_hyphens() {
        assert_eq!(words("don't rip-off 'quoted' 3.5 mp3"), ["don't", "rip-off", "quoted", "3.5", "mp3"]);
        assert_eq!(words("iPhone很好用"), ["iPhone", "很好用"]);
        assert_eq!(words("the café très señor's été"), ["the", "café", "très", "señor's", "été"]);
    }

    #[test]
    fn eight_bytes_are_told_as_one() {
        for byte in 0..=255u8 {
            for at in 0..8 {
                let mut bytes = *b"abcXYZ09";
                bytes[at] = byte;
                let expected = if byte.is_ascii_alphanumeric() { 8 } else { at };
                assert_eq!(letters(&bytes), expected, "{byte} at {at}");
            }
        }
        assert_eq!(letters(b"understanding, "), 13);
    }

    #[test]
    fn breaks_have_a_strength() {
        let kinds: Vec<Break> = Tokens::new("a, b. c！d\ne - f")
            .filter_map(|t| if let Token::Break { kind, .. } = t { Some(kind) } else { None })
            .collect();
        let [clause, sentence, line] = [Break::Clause, Break::Sentence, Break::Line];
        assert_eq!(kinds, [clause, sentence, sentence, line, clause]);
    }
}
