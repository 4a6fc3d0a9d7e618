//! ASCII emoticons: `:)`, `T_T`, `<3`.

use rustc_hash::FxHashMap;

/// An emoticon in lower case and its term.
type Form = (Box<str>, u32);

/// Emoticons by their first two bytes, longest first.
#[derive(Debug, Default)]
pub(super) struct Emoticons {
    forms: FxHashMap<[u8; 2], Vec<Form>>,
    /// Bytes that may begin one.
    starts: u128,
}

impl Emoticons {
    /// Adds one, in lower case; people write both `:d` and `:D`.
    pub(super) fn insert(&mut self, text: &str, term: u32) {
        let Some(first) = text.as_bytes().first_chunk::<2>().copied() else { return };
        self.forms.entry(first).or_default().push((text.into(), term));
        for start in [first[0], first[0].to_ascii_uppercase()] {
            self.starts |= 1 << (start & 0x7F);
        }
    }

    /// Puts longer ones first; called once after the last insertion.
    pub(super) fn finish(&mut self) {
        for forms in self.forms.values_mut() {
            forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        }
    }

    /// The longest one at `at`: its term and length.
    #[inline]
    pub(super) fn find(&self, text: &[u8], at: usize) -> Option<(u32, usize)> {
        let first = text.get(at..)?.first_chunk::<2>()?;
        if first[0] >= 0x80 || self.starts & (1 << first[0]) == 0 {
            return None;
        }
        let (rest, forms) = (text.get(at..)?, self.forms.get(&first.map(|b| b.to_ascii_lowercase()))?);
        let alphanumeric = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
        let found = forms.iter().find(|(form, _)| {
            // `:D` must not be found in `:Done`, nor `8)` in `(18)`.
            let form = form.as_bytes();
            let runs_on = alphanumeric(form.last()) && alphanumeric(rest.get(form.len()));
            let before = at.checked_sub(1).and_then(|i| text.get(i));
            let runs_in = alphanumeric(form.first()) && alphanumeric(before);
            // `:/` stands in every address.
            let address = form == b":/" && (alphanumeric(before) || rest.get(2) == Some(&b'/'));
            !runs_on
                && !runs_in
                && !address
                && rest.get(..form.len()).is_some_and(|r| r.eq_ignore_ascii_case(form))
        });
        found.map(|(form, term)| (*term, form.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_and_whole() {
        let mut e = Emoticons::default();
        for (i, form) in [":)", ":))", ":d", "8)"].iter().enumerate() {
            e.insert(form, i as u32);
        }
        e.finish();
        assert_eq!(e.find(b"ok :)) yes", 3), Some((1, 3)));
        assert_eq!(e.find(b":D", 0), Some((2, 2)));
        assert_eq!(e.find(b":Done", 0), None);
        assert_eq!(e.find(b"(18)", 2), None);
        assert_eq!(e.find(b":", 0), None);
        e.insert(":/", 9);
        assert_eq!((e.find(b"http://x", 4), e.find(b"no :/", 3)), (None, Some((9, 2))));
    }
}
