//! Words of another language in Latin script: looked up without their marks, and by their stems where that fails.

use super::{Kinds, NONE, Table};
use crate::lexicon::gram::BREAK;
use crate::lexicon::list::List;
use crate::lexicon::phrase::Ref;
use crate::lexicon::scan::Scan;
use crate::lexicon::vocabulary::Vocabulary;
use crate::lexicon::wide::Wide;
use crate::lexicon::words::Key;
use rustc_hash::FxHashMap;

/// Leads a word in small letters back to its stem.
pub(crate) type Stemmer = fn(&str) -> String;

/// How the words of a language are found.
pub(in crate::lexicon) struct Latin {
    stemmer: Option<Stemmer>,
    /// The listed word with a stem; of several the first.
    stems: FxHashMap<Key, u32>,
}

impl Latin {
    /// The listed word with the stem of `written`, or [`NONE`].
    fn by_stem(&self, written: &str) -> u32 {
        let Some(stemmer) = self.stemmer else { return NONE };
        let key = Key::new(unmarked(&stemmer(&written.to_lowercase())).as_bytes());
        key.and_then(|key| self.stems.get(&key)).copied().unwrap_or(NONE)
    }
}

impl Table {
    /// The structures for the lists of a language in Latin script. Terms and words lose their marks; words that are
    /// not listed are led back by `stemmer`, one at a time and only then, for no rule here knows their forms.
    pub(crate) fn latin_of(vocabulary: Vocabulary, stemmer: Option<Stemmer>) -> Self {
        let mut table = Self::default();
        let plain: Vec<String> = vocabulary.iter().map(|(_, text)| unmarked(text)).collect();
        let Kinds { wide, phrases } = table.sort(&vocabulary, plain.iter().map(String::as_str));
        table.wide = Wide::build(&vocabulary, &wide);
        table.insert_words(&phrases, &vocabulary);
        let stems = stemmer.map_or_else(FxHashMap::default, |s| table.lead_back(&phrases, &vocabulary, s));
        table.words.settle();
        table.latin = Some(Box::new(Latin { stemmer, stems }));
        table.vocabulary = vocabulary;
        table
    }

    /// The stems of listed words, then of the words in phrases; those that only work as they stand have none. A word
    /// that only stands in phrases is a form of the listed word with its stem.
    fn lead_back(
        &mut self,
        phrases: &[(&str, u32)],
        vocabulary: &Vocabulary,
        stemmer: Stemmer,
    ) -> FxHashMap<Key, u32> {
        let mut stems = FxHashMap::default();
        let (alone, joined): (Vec<_>, Vec<_>) = phrases.iter().partition(|(plain, _)| !plain.contains(' '));
        for &(plain, number) in alone.into_iter().chain(joined) {
            let written = vocabulary.text(number as usize).split(' ');
            for (plain, written) in plain.split(' ').zip(written) {
                let word = Key::new(plain.as_bytes()).map_or(NONE, |key| self.words.find(&key));
                let stem = Key::new(unmarked(&stemmer(written)).as_bytes());
                let Some(stem) = stem.filter(|_| word != NONE && !self.is_fixed(word, vocabulary)) else {
                    continue;
                };
                let base = *stems.entry(stem).or_insert(word);
                if let Some(known) = self.words.get_mut(word).filter(|w| w.term == NONE && base != word) {
                    known.base = base;
                }
            }
        }
        stems
    }

    fn is_fixed(&self, word: u32, vocabulary: &Vocabulary) -> bool {
        let term = self.words.get(word).map_or(NONE, |w| w.term);
        let fixed = |list| matches!(list, List::Function | List::Negator | List::Contrast);
        term != NONE && vocabulary.senses(term as usize).iter().any(|s| fixed(s.list))
    }
}

impl Scan {
    /// A word with letters outside ASCII.
    pub(in crate::lexicon) fn latin_word(
        &mut self,
        text: &str,
        table: &Table,
        bit: u32,
        start: usize,
        end: usize,
    ) {
        let written = text.get(start..end).unwrap_or_default();
        self.counts.words += 1;
        let unit = self.units;
        self.units += 1;
        let key = Key::new(unmarked(written).as_bytes());
        self.word_cues(table, bit, start, end, key.map_or(BREAK, |k| k.number()));
        let shouted = written.chars().count() > 1 && !written.chars().any(char::is_lowercase);
        self.shouted += u32::from(shouted);
        let mut entry = Ref::new(start, end, unit);
        entry.shouted = shouted;
        let word = key.map_or(NONE, |key| table.words().find(&key));
        if word == NONE {
            return self.latin_form(text, table, start, end, shouted);
        }
        entry.set(table, word, self.wanted);
        self.refs.push(entry);
    }

    /// A word that is not listed as it stands: by its stem, else with its repeated letters taken out.
    #[cold]
    pub(in crate::lexicon) fn latin_form(
        &mut self,
        text: &str,
        table: &Table,
        start: usize,
        end: usize,
        shouted: bool,
    ) {
        let written = text.get(start..end).unwrap_or_default();
        let mut entry = Ref::new(start, end, self.units - 1);
        entry.shouted = shouted;
        let word = table.latin().map_or(NONE, |latin| latin.by_stem(written));
        if word == NONE {
            let plain = unmarked(written);
            return self.unknown_word(table, plain.as_bytes(), plain.len(), entry);
        }
        entry.set(table, word, self.wanted);
        self.refs.push(entry);
    }
}

/// A text in small letters without the marks on them: "pésimo" and "pesimo" are one word to customers in a hurry.
fn unmarked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match base(c) {
            Some(plain) => out.push_str(plain),
            None => out.push(c),
        }
    }
    out
}

/// What a letter of Latin-1 Supplement or Latin Extended-A, or a comma-below letter of Romanian, is without its mark;
/// nothing for the mark alone.
fn base(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        '\u{300}'..='\u{36F}' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off() {
        assert_eq!(unmarked("Pésimo, Straße, İyi, ŁADNY"), "pesimo, strasse, iyi, ladny");
        assert_eq!(unmarked("pe\u{301}simo"), "pesimo");
        assert_eq!(unmarked("很好 👍"), "很好 👍");
    }
}
