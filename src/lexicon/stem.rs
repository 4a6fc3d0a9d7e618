//! Regular inflections of English words, made while the lists are built, so that no word of a text is stemmed.

use super::morphology::Shape;
use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;

/// The stem of an English word by the Snowball stemmer: for a few words, not for texts.
pub(crate) fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}

/// Makes `breaks, breaking, …` of `break`; a form counts only when the Snowball stemmer leads it back.
pub(super) struct Inflector {
    stemmer: Stemmer,
    form: String,
}

impl Inflector {
    pub(super) fn new() -> Self {
        Self { stemmer: Stemmer::create(Algorithm::English), form: String::new() }
    }

    /// Calls `each` with every regular form of `word` other than itself.
    pub(super) fn forms(&mut self, word: &str, mut each: impl FnMut(&str)) {
        if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return;
        }
        let (form, stemmer, shape) = (&mut self.form, &self.stemmer, Shape::of(word));
        let mut stem: Option<Cow<'_, str>> = None;
        candidates(word, |parts, ending| {
            form.clear();
            form.extend(parts.iter().copied());
            // The stemmer is slow, and seldom needed.
            let leads_back = shape
                .leads_back(form, ending)
                .unwrap_or_else(|| stemmer.stem(form) == *stem.get_or_insert_with(|| stemmer.stem(word)));
            if leads_back {
                each(form);
            }
        });
    }
}

/// How a form is made of its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Plural and third person: always leads back.
    S,
    /// `-ed` or `-ing` on the word as it stands.
    Plain,
    /// The same on a doubled last letter.
    Doubled,
    /// The same in place of a last `e`.
    ForE,
    /// The same on a word in `y` behind a consonant.
    OnY,
}

/// Regular spellings of plural, third person, past and progressive, in parts.
fn candidates(word: &str, mut each: impl FnMut(&[&str], Ending)) {
    let bytes = word.as_bytes();
    let vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u');
    if ["s", "x", "z", "ch", "sh", "o"].iter().any(|e| word.ends_with(e)) {
        each(&[word, "es"], Ending::S);
    } else if !(word.ends_with('y') && bytes.iter().nth_back(1).is_some_and(|b| !vowel(*b))) {
        each(&[word, "s"], Ending::S);
    }
    if let Some(base) = word.strip_suffix('e') {
        each(&[word, "d"], Ending::ForE);
        each(&[base, "ing"], Ending::ForE);
    } else if let (Some(base), Some(&before)) = (word.strip_suffix('y'), bytes.iter().nth_back(1))
        && !vowel(before)
    {
        each(&[base, "ies"], Ending::S);
        each(&[base, "ied"], Ending::OnY);
        each(&[word, "ing"], Ending::OnY);
    } else {
        each(&[word, "ed"], Ending::Plain);
        each(&[word, "ing"], Ending::Plain);
        if let [.., a, v, c] = bytes
            && !vowel(*a)
            && vowel(*v)
            && !vowel(*c)
            && !matches!(c, b'w' | b'x' | b'y')
        {
            let last = word.get(word.len() - 1..).unwrap_or_default();
            each(&[word, last, "ed"], Ending::Doubled);
            each(&[word, last, "ing"], Ending::Doubled);
        }
    }
}

/// Comparative and superlative of an adjective.
pub(super) fn degrees(word: &str) -> Vec<String> {
    if !(3..=8).contains(&word.len()) || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Vec::new();
    }
    if let Some(base) = word.strip_suffix('y') {
        return vec![format!("{base}ier"), format!("{base}iest")];
    }
    if word.ends_with('e') {
        return vec![format!("{word}r"), format!("{word}st")];
    }
    vec![format!("{word}er"), format!("{word}est")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn forms(word: &str) -> Vec<String> {
        let mut out = Vec::new();
        Inflector::new().forms(word, |f| out.push(f.to_owned()));
        out
    }

    #[test]
    fn regular_forms() {
        assert_eq!(forms("break"), ["breaks", "breaked", "breaking"]);
        assert_eq!(forms("stop"), ["stops", "stopped", "stopping"]);
        assert_eq!(forms("worry"), ["worries", "worried", "worrying"]);
        assert_eq!(forms("freeze"), ["freezes", "freezed", "freezing"]);
        assert_eq!(forms("amazing"), ["amazings"]);
        assert_eq!(forms("is"), Vec::<String>::new());
        assert_eq!(degrees("nasty"), ["nastier", "nastiest"]);
    }

    /// Every form that the rules decide is decided as the stemmer would.
    #[track_caller]
    fn check(word: &str) -> usize {
        let (stemmer, mut decided) = (Stemmer::create(Algorithm::English), 0);
        candidates(word, |parts, ending| {
            let form = parts.concat();
            if let Some(leads_back) = Shape::of(word).leads_back(&form, ending)
                && ending != Ending::S
            {
                assert_eq!(leads_back, stemmer.stem(&form) == stemmer.stem(word), "{form} of {word}");
                decided += 1;
            }
        });
        decided
    }

    #[test]
    fn listed_words_are_decided_as_by_the_stemmer() {
        let lists = [
            include_str!("en/valence.tsv"),
            include_str!("en/valence/commerce.tsv"),
            include_str!("en/intent.tsv"),
            include_str!("en/function.tsv"),
        ];
        let words = lists.iter().flat_map(|l| l.lines()).filter_map(|l| l.split('\t').next());
        let words = words.flat_map(|t| t.split(' ')).filter(|w| w.len() > 2);
        let decided: usize = words.filter(|w| w.bytes().all(|b| b.is_ascii_lowercase())).map(check).sum();
        assert!(decided > 10_000, "the stemmer is asked too often: {decided}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        #[test]
        fn any_word_is_decided_as_by_the_stemmer(
            word in "[a-z]{1,4}[aeiouy]{0,2}[b-z]{0,2}(|e|y|l|ed|eed|ing|ly|edly|at|bl|iz|er|al|ent|ant|ous|ic|iv|ion|enc|ll|ull|ss|s){0,2}(e|y)?",
        ) {
            if word.len() > 2 {
                check(&word);
            }
        }
    }
}
