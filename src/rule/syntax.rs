//! The words and signs of a rule.

use crate::error::{Error, ErrorKind, Result};

/// Operators as they are written; what they are told apart by is upper case.
pub(super) const OPERATORS: [&str; 7] = ["AND", "OR", "NOT", "NEAR/n", "ONEAR/n", "CLAUSE", "SENTENCE"];

/// Most words that may stand between two places.
pub(super) const FARTHEST: u32 = 99;

/// A piece of a rule.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    Near { words: u32, ordered: bool },
    Clause,
    Sentence,
    Colon,
    Compare(Compare),
    Word(String),
    Phrase(String),
    End,
}

/// How a number is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Compare {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

impl Compare {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Equal => "=",
            Self::AtLeast => ">=",
            Self::More => ">",
        }
    }

    pub(crate) fn holds(self, left: f64, right: f64) -> bool {
        match self {
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::Equal => left == right,
            Self::AtLeast => left >= right,
            Self::More => left > right,
        }
    }
}

/// A token at its place.
#[derive(Debug, Clone)]
pub(super) struct Lexeme {
    pub(super) token: Token,
    /// First byte.
    pub(super) start: usize,
    /// One past the last.
    pub(super) end: usize,
}

/// An error at a byte of the rule.
pub(super) fn fault(kind: ErrorKind, rule: &str, at: usize, message: impl Into<String>) -> Error {
    let before = rule.get(..at).unwrap_or(rule);
    Error::new(kind, message).at_column(before.chars().count() as u64 + 1)
}

/// Cuts a rule into tokens; the last is [`Token::End`].
pub(super) fn tokens(rule: &str) -> Result<Vec<Lexeme>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(rest) = rule.get(at..)
        && let Some(char) = rest.chars().next()
    {
        let mut end = at + char.len_utf8();
        let token = match char {
            '(' | '（' => Some(Token::Open),
            ')' | '）' => Some(Token::Close),
            ':' | '：' => Some(Token::Colon),
            '"' | '“' | '”' => {
                let inside = rule.get(end..).unwrap_or_default();
                let Some((length, mark)) = inside.char_indices().find(|(_, c)| matches!(c, '"' | '“' | '”'))
                else {
                    return Err(fault(ErrorKind::Syntax, rule, at, "the quotation mark has no partner"));
                };
                end += length + mark.len_utf8();
                Some(Token::Phrase(inside.get(..length).unwrap_or_default().to_owned()))
            }
            '<' | '>' | '=' => {
                let (compare, length) = compare(rest);
                end = at + length;
                Some(Token::Compare(compare))
            }
            c if c.is_whitespace() => None,
            _ => {
                end = at + rest.find(ends_word).unwrap_or(rest.len());
                let word = rest.get(..end - at).unwrap_or_default();
                let keyword = keyword(word).map_err(|m| fault(ErrorKind::Unknown, rule, at, m))?;
                Some(keyword.unwrap_or_else(|| Token::Word(word.to_owned())))
            }
        };
        out.extend(token.map(|token| Lexeme { token, start: at, end }));
        at = end;
    }
    out.push(Lexeme { token: Token::End, start: rule.len(), end: rule.len() });
    Ok(out)
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '（' | '）' | ':' | '：' | '"' | '“' | '”' | '<' | '>' | '=')
}

fn compare(rest: &str) -> (Compare, usize) {
    let two = rest.get(..2).unwrap_or_default();
    match two {
        "<=" => (Compare::AtMost, 2),
        ">=" => (Compare::AtLeast, 2),
        _ if rest.starts_with('<') => (Compare::Less, 1),
        _ if rest.starts_with('>') => (Compare::More, 1),
        _ => (Compare::Equal, 1),
    }
}

/// The operator that a word is, in capitals or not; an error when it only looks like one.
fn keyword(word: &str) -> std::result::Result<Option<Token>, String> {
    let upper = word.to_ascii_uppercase();
    let token = match upper.as_str() {
        "AND" => Token::And,
        "OR" => Token::Or,
        "NOT" => Token::Not,
        "CLAUSE" => Token::Clause,
        "SENTENCE" => Token::Sentence,
        "NEAR" | "ONEAR" => return Err(format!("{upper} needs a distance, such as {upper}/5")),
        _ => match upper.split_once('/') {
            Some((name, count)) if is_distance(name, count) => return near(name, count).map(Some),
            _ => return Ok(None),
        },
    };
    Ok(Some(token))
}

fn is_distance(name: &str, count: &str) -> bool {
    let letters = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphabetic());
    let digits = count.bytes().all(|b| b.is_ascii_digit());
    letters && digits && (!count.is_empty() || matches!(name, "NEAR" | "ONEAR"))
}

fn near(name: &str, count: &str) -> std::result::Result<Token, String> {
    let ordered = match name {
        "NEAR" => false,
        "ONEAR" => true,
        _ => {
            let hint = crate::error::suggest(name, ["NEAR", "ONEAR"]);
            return Err(format!("operator \"{name}/{count}\" is not known{hint}"));
        }
    };
    match count.parse() {
        Ok(words @ 0..=FARTHEST) => Ok(Token::Near { words, ordered }),
        _ => Err(format!("{name}/{count}: the distance is 0..{FARTHEST} words")),
    }
}
