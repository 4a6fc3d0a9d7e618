//! A phrase in a text, and the language of a known one.

/// Words of the longest English phrase.
pub(super) const MOST_WORDS: usize = 4;
/// Characters of the longest Chinese phrase.
pub(super) const MOST_CHARS: usize = 6;

/// A phrase that may be new.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'a> {
    /// Folded, in lower case, with single blanks.
    pub(super) words: &'a str,
    /// First byte in the cleaned text.
    pub(super) start: usize,
    /// Number of the neighbour before; 0 at the begin of a clause.
    pub(super) before: u32,
    /// Number of the neighbour behind; 0 at the end of a clause.
    pub(super) behind: u32,
}

/// Whether a phrase is written in Han characters; phrases are in one script.
pub(super) fn is_chinese(phrase: &str) -> bool {
    !phrase.is_ascii()
}

/// Length in words; two Han characters make one.
pub(super) fn length(phrase: &str) -> f64 {
    let units =
        if is_chinese(phrase) { phrase.chars().count().div_ceil(2) } else { phrase.split(' ').count() };
    units as f64
}

/// All shorter phrases within a phrase.
pub(super) fn parts(phrase: &str) -> impl Iterator<Item = &str> {
    let chinese = is_chinese(phrase);
    let starts: Vec<usize> = if chinese {
        phrase.char_indices().map(|(i, _)| i).collect()
    } else {
        std::iter::once(0).chain(phrase.match_indices(' ').map(|(i, _)| i + 1)).collect()
    };
    let ends: Vec<usize> =
        starts.iter().skip(1).map(|s| s - usize::from(!chinese)).chain([phrase.len()]).collect();
    let shortest = if chinese { 6 } else { 1 };
    starts.into_iter().flat_map(move |start| {
        let ends = ends.clone();
        ends.into_iter().filter(move |end| *end >= start + shortest).filter_map(move |end| {
            let part = phrase.get(start..end)?;
            (part.len() < phrase.len()).then_some(part)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_words() {
        assert_eq!(
            parts("box lid latch").collect::<Vec<_>>(),
            ["box", "box lid", "lid", "lid latch", "latch"]
        );
        assert_eq!(parts("防尘网").collect::<Vec<_>>(), ["防尘", "尘网"]);
        assert_eq!((length("lid latch"), length("防尘网"), parts("lid").count()), (2.0, 2.0, 0));
    }
}
