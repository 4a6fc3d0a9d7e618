//! Reading word lists: TSV with a header of `#` lines.

use super::list::List;
use super::{CLEAN, Entry, Lexicon, is_clean};
use crate::error::{Error, ErrorKind, Result, suggest};
use crate::text::clean_term;

/// Adds the entries of one list to a lexicon, each line as `entry` reads it.
pub(super) fn list<'a>(
    lexicon: &mut Lexicon,
    name: &str,
    tsv: &'a str,
    entry: impl Fn(&'a str) -> Result<Entry<'static>>,
) -> Result<()> {
    for (number, line) in tsv.lines().enumerate() {
        if line.starts_with('#') && !line.starts_with("#\t") || line.is_empty() {
            continue;
        }
        let entry = entry(line).map_err(|e| e.at_source(name).at_line(number as u64 + 1))?;
        lexicon.entries.push(entry);
    }
    Ok(())
}

/// Reads one line.
pub(super) fn entry(list: List, line: &str) -> Result<Entry<'_>> {
    let mut fields = line.split('\t');
    let term = clean_term(fields.next().unwrap_or_default());
    if !is_clean(&term) {
        return Err(
            Error::new(ErrorKind::Invalid, format!("term \"{term}\" can never match: {CLEAN}")).at_column(1)
        );
    }
    let value = value(list, fields.next().unwrap_or_default())?;
    let class = class(list, fields.next().unwrap_or_default())?;
    if let Some(surplus) = fields.nth(1) {
        let message = format!("surplus column \"{surplus}\" after the note");
        return Err(Error::new(ErrorKind::Syntax, message).at_column(5));
    }
    Ok(Entry { term, list, value, class })
}

fn value(list: List, field: &str) -> Result<f32> {
    let fail = |kind, message: String| Err(Error::new(kind, message).at_column(2));
    let Ok(value) = field.parse::<f32>() else {
        return fail(ErrorKind::Syntax, format!("value \"{field}\" is not a number"));
    };
    let (min, max) = list.range();
    if !(min..=max).contains(&value) {
        let message = format!("value {value} of a {} is outside {min}..{max}", list.as_str());
        return fail(ErrorKind::OutOfRange, message);
    }
    Ok(value)
}

/// An empty class is the first of the list.
pub(super) fn class(list: List, field: &str) -> Result<u8> {
    let classes = list.classes();
    let found = if field.is_empty() { Some(0) } else { classes.iter().position(|c| *c == field) };
    found.map(|i| i as u8).ok_or_else(|| {
        let hint = suggest(field, classes.iter().copied());
        let message =
            format!("class \"{field}\" of a {} is not one of {}{hint}", list.as_str(), classes.join(", "));
        Error::new(ErrorKind::Unknown, message).at_column(3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn fails(kind: List, tsv: &str, message: &str) {
        let error = Lexicon::new().list(kind, "host.tsv", tsv).unwrap_err();
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn errors_name_the_place() {
        fails(List::Valence, "# c\ngood\tx", "host.tsv, line 2, column 2: value \"x\" is not a number");
        fails(List::Valence, "good\t9", "host.tsv, line 1, column 2: value 9 of a valence is outside -4..4");
        fails(
            List::Valence,
            "good\t2\topinon",
            "host.tsv, line 1, column 3: class \"opinon\" of a valence is not one of opinion, problem, middling, \
             cue, graded; did you mean \"opinion\"?",
        );
        fails(
            List::Negator,
            "two  blanks\t1",
            "host.tsv, line 1, column 1: term \"two  blanks\" can never match: terms are lower case and \
             Simplified, with single blanks and straight apostrophes",
        );
        fails(
            List::Valence,
            "good\t2\topinion\tnote\tmore",
            "host.tsv, line 1, column 5: surplus column \"more\" after the note",
        );
    }

    #[test]
    fn terms_are_folded_like_texts() {
        let lexicon = Lexicon::new().list(List::Valence, "h", "Ｇood’s\t1\n難用\t-2").unwrap();
        assert_eq!(lexicon.entries.iter().map(|e| &*e.term).collect::<Vec<_>>(), ["good's", "难用"]);
    }
}
