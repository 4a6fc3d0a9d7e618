//! Regular inflections of English words, made while the lists are built, so that no word of a text is stemmed.

use rust_stemmers::{Algorithm, Stemmer};

/// Makes `breaks, breaking, …` of `break`; a form counts only when the Snowball stemmer leads it back.
pub(super) struct Inflector {
    stemmer: Stemmer,
}

impl Inflector {
    pub(super) fn new() -> Self {
        Self { stemmer: Stemmer::create(Algorithm::English) }
    }

    /// Calls `each` with every regular form of `word` other than itself.
    pub(super) fn forms(&self, word: &str, mut each: impl FnMut(&str)) {
        if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return;
        }
        let stem = self.stemmer.stem(word);
        for form in candidates(word) {
            // The plural always leads back; the stemmer is asked about the rest only.
            if form.ends_with('s') || self.stemmer.stem(&form) == stem {
                each(&form);
            }
        }
    }
}

/// Regular spellings of plural, third person, past and progressive.
fn candidates(word: &str) -> Vec<String> {
    let bytes = word.as_bytes();
    let vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u');
    let mut forms = Vec::with_capacity(5);
    if ["s", "x", "z", "ch", "sh", "o"].iter().any(|e| word.ends_with(e)) {
        forms.push(format!("{word}es"));
    } else if !(word.ends_with('y') && bytes.iter().nth_back(1).is_some_and(|b| !vowel(*b))) {
        forms.push(format!("{word}s"));
    }
    if let Some(base) = word.strip_suffix('e') {
        forms.extend([format!("{word}d"), format!("{base}ing")]);
    } else if let (Some(base), Some(&before)) = (word.strip_suffix('y'), bytes.iter().nth_back(1))
        && !vowel(before)
    {
        forms.extend([format!("{base}ies"), format!("{base}ied"), format!("{word}ing")]);
    } else {
        forms.extend([format!("{word}ed"), format!("{word}ing")]);
        if let [.., a, v, c] = bytes
            && !vowel(*a)
            && vowel(*v)
            && !vowel(*c)
            && !matches!(c, b'w' | b'x' | b'y')
        {
            let last = char::from(*c);
            forms.extend([format!("{word}{last}ed"), format!("{word}{last}ing")]);
        }
    }
    forms
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
        assert_eq!(forms("is"), Vec::<String>::new());
        assert_eq!(degrees("nasty"), ["nastier", "nastiest"]);
    }
}
