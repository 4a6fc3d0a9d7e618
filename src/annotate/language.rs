//! Language: by script, and for Latin script by the words that English has so often.

use super::label::Language;
use crate::text::ScriptCounts;

/// Share of function words below which a longer Latin text is not English. Running English has 35–50 %.
const FUNCTION_SHARE: f32 = 0.12;
/// Share of listed words at which a text without function words is English.
const KNOWN_SHARE: f32 = 0.2;
/// Words from which the shares are trusted.
const ENOUGH_WORDS: u32 = 8;
/// A part of the text smaller than this share does not make it mixed.
const MIXED_SHARE: f32 = 0.15;

/// Words that the lists of a language know, among those of an item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// Words in Latin letters.
    pub(crate) words: u32,
    /// Of these, the commonest words of the language.
    pub(crate) function: u32,
    /// Opinion words with their modifiers.
    pub(crate) opinion: u32,
}

impl Known {
    /// Whether the item is in the language of these lists rather than in that of `other`: they know more of its
    /// words, and enough of them.
    pub(crate) fn is_language_over(self, other: Self) -> bool {
        let share = |known: u32| known as f32 / self.words.max(1) as f32;
        let enough = share(self.function) >= FUNCTION_SHARE || share(self.opinion) >= KNOWN_SHARE;
        enough && self.function + self.opinion > other.function + other.opinion
    }
}

/// Whether a language is Chinese in one script.
pub(crate) const fn is_chinese(language: Language) -> bool {
    matches!(language, Language::Simplified | Language::Traditional)
}

/// Whether a pack of the host can bring a language: not those that are built in.
pub(crate) const fn is_brought(language: Language) -> bool {
    let here = matches!(language, Language::English | Language::Mixed | Language::Undetermined);
    !here && !is_chinese(language)
}

/// The language of an item from its counts; `known` is the number of listed words that were found.
pub(crate) fn language(counts: &ScriptCounts, known: u32) -> Language {
    // A Han character carries about as much as half an English word.
    let (han, words) = (counts.han as f32 / 2.0, counts.words as f32);
    let foreign = (counts.foreign + counts.accented) as f32 / 4.0;
    if foreign > han + words || han + words == 0.0 {
        return Language::Undetermined;
    }
    if counts.han > 0 && han >= MIXED_SHARE * (han + words) {
        return chinese(counts, han, words);
    }
    // Phrase lists ("Terrible service, rude staff") have no function words but listed ones.
    let running = counts.function_words as f32 >= FUNCTION_SHARE * words;
    let listed = known as f32 >= KNOWN_SHARE * words && counts.accented == 0;
    let short = counts.words < ENOUGH_WORDS && (known > 0 || counts.accented == 0 && counts.foreign == 0);
    if running || listed || short { Language::English } else { Language::Undetermined }
}

fn chinese(counts: &ScriptCounts, han: f32, words: f32) -> Language {
    // Brand names and "ok" do not make a Chinese text mixed; English sentences do.
    if counts.function_words >= 2 && words >= MIXED_SHARE * (han + words) && counts.words >= 4 {
        return Language::Mixed;
    }
    // One character in ten that only Traditional has: running Traditional text has one in three.
    if counts.traditional * 10 >= counts.han { Language::Traditional } else { Language::Simplified }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_that_know_more_words_win() {
        let known = |function, opinion| Known { words: 10, function, opinion };
        assert!(known(4, 1).is_language_over(known(1, 0)));
        assert!(!known(1, 0).is_language_over(known(0, 0)), "too few words");
        assert!(!known(2, 1).is_language_over(known(2, 1)), "the built-in language where both know as many");
    }

    fn counts(han: u32, traditional: u32, words: u32, function_words: u32, foreign: u32) -> ScriptCounts {
        ScriptCounts { han, traditional, words, function_words, foreign, accented: 0 }
    }

    #[test]
    fn by_script_and_function_words() {
        assert_eq!(language(&counts(20, 0, 0, 0, 0), 0), Language::Simplified);
        assert_eq!(language(&counts(20, 7, 1, 0, 0), 0), Language::Traditional);
        assert_eq!(language(&counts(20, 0, 8, 3, 0), 0), Language::Mixed);
        assert_eq!(language(&counts(0, 0, 12, 5, 0), 0), Language::English);
        assert_eq!(language(&counts(0, 0, 12, 0, 0), 1), Language::Undetermined);
        assert_eq!(language(&counts(0, 0, 0, 0, 30), 0), Language::Undetermined);
    }
}
