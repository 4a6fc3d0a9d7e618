//! Tokens to a tree: recursive descent, one function a level of precedence.

use super::ast::{Expr, Near, Scope, Tone};
use super::field::{Condition, Named, named};
use super::syntax::{Compare, Lexeme, OPERATORS, Token, fault, tokens};
use crate::error::{Error, ErrorKind, Result, suggest};
use crate::text::{Token as Part, Tokens, clean_term};

/// Brackets and `NOT`s inside each other.
const DEEPEST: usize = 64;
/// `NEAR` operators one behind the other.
const LONGEST_CHAIN: usize = 4;
/// Letters of the longest word that can be found.
const LONGEST_WORD: usize = 31;
/// What may stand where an operand is due.
const OPERAND: &str = "a word, a phrase, a condition, NOT, CLAUSE, SENTENCE or \"(\"";

/// The tree of a rule.
pub(super) fn parse(rule: &str) -> Result<Expr> {
    let tokens = tokens(rule)?;
    let mut parser = Parser { rule, tokens: &tokens, at: 0, depth: 0, scopes: 0 };
    let expr = parser.any()?;
    match parser.peek() {
        Token::End => Ok(expr),
        _ => Err(parser.no_operator()),
    }
}

struct Parser<'a> {
    rule: &'a str,
    tokens: &'a [Lexeme],
    at: usize,
    depth: usize,
    /// Open `CLAUSE` brackets.
    scopes: usize,
}

impl Parser<'_> {
    fn lexeme(&self) -> Option<&Lexeme> {
        self.tokens.get(self.at).or(self.tokens.last())
    }

    fn peek(&self) -> &Token {
        self.lexeme().map_or(&Token::End, |l| &l.token)
    }

    fn start(&self) -> usize {
        self.lexeme().map_or(self.rule.len(), |l| l.start)
    }

    /// The token as it is written, for messages.
    fn found(&self) -> String {
        let lexeme = self.lexeme().filter(|l| l.token != Token::End);
        let written = lexeme.and_then(|l| self.rule.get(l.start..l.end));
        written.map_or_else(|| "the end".to_owned(), |w| format!("\"{}\"", w.trim_matches('"')))
    }

    fn fault(&self, kind: ErrorKind, at: usize, message: impl Into<String>) -> Error {
        fault(kind, self.rule, at, message)
    }

    fn eat(&mut self, token: &Token) -> bool {
        let eaten = self.peek() == token;
        self.at += usize::from(eaten);
        eaten
    }

    /// What is wrong where an operator is due.
    fn no_operator(&self) -> Error {
        let word =
            if let Token::Word(word) = self.peek() { word.to_ascii_uppercase() } else { String::new() };
        let hint = if word.len() > 1 { suggest(&word, OPERATORS) } else { String::new() };
        let hint = match (hint.is_empty(), self.peek()) {
            (true, Token::Word(_) | Token::Phrase(_)) => "; words that belong together stand in quotes",
            _ => &hint,
        };
        let found = self.found();
        let message =
            format!("found {found} where AND, OR, NOT, NEAR/n, ONEAR/n, \")\" or the end is due{hint}");
        self.fault(ErrorKind::Syntax, self.start(), message)
    }

    fn any(&mut self) -> Result<Expr> {
        let mut parts = vec![self.all()?];
        while self.eat(&Token::Or) {
            parts.push(self.all()?);
        }
        Ok(Expr::any(parts))
    }

    /// `a AND b`; `a NOT b` is short for `a AND NOT b`.
    fn all(&mut self) -> Result<Expr> {
        let mut parts = vec![self.not()?];
        while self.eat(&Token::And) || *self.peek() == Token::Not {
            parts.push(self.not()?);
        }
        Ok(Expr::all(parts))
    }

    fn not(&mut self) -> Result<Expr> {
        let start = self.start();
        if self.eat(&Token::Not) {
            self.deeper(start)?;
            let inner = self.not()?;
            self.depth -= 1;
            return Ok(Expr::Not(Box::new(inner)));
        }
        self.near()
    }

    fn deeper(&mut self, start: usize) -> Result<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message = format!("brackets and NOTs stand more than {DEEPEST} deep");
            return Err(self.fault(ErrorKind::Limit, start, message));
        }
        Ok(())
    }

    fn near(&mut self) -> Result<Expr> {
        let mut start = self.start();
        let mut left = self.operand()?;
        while let Token::Near { words, ordered } = *self.peek() {
            let operator = self.found();
            self.at += 1;
            if !(left.is_group() || matches!(left, Expr::Near(_))) {
                return Err(self.no_place(&operator, &left, start));
            }
            start = self.start();
            let right = self.operand()?;
            if !right.is_group() {
                return Err(self.no_place(&operator, &right, start));
            }
            if left.chain() == LONGEST_CHAIN {
                let message = format!("at most {LONGEST_CHAIN} NEAR operators stand one behind the other");
                return Err(self.fault(ErrorKind::Limit, start, message));
            }
            left = Expr::Near(Box::new(Near { left, right, words, ordered }));
        }
        Ok(left)
    }

    fn no_place(&self, operator: &str, operand: &Expr, at: usize) -> Error {
        let operator = operator.trim_matches('"');
        let message = format!("{operator} joins words, phrases and groups of them by OR, not \"{operand}\"");
        self.fault(ErrorKind::Invalid, at, message)
    }

    fn operand(&mut self) -> Result<Expr> {
        let start = self.start();
        let token = self.peek().clone();
        self.at += 1;
        match token {
            Token::Open => self.bracket(start),
            Token::Clause => self.scope(Scope::Clause, start),
            Token::Sentence => self.scope(Scope::Sentence, start),
            Token::Phrase(phrase) => self.phrase(&phrase, start),
            Token::Word(word) => match self.peek() {
                Token::Colon | Token::Compare(_) => self.condition(&word, start),
                _ => self.word(&word, start),
            },
            _ => {
                self.at -= 1;
                let message = format!("found {} where {OPERAND} is due", self.found());
                Err(self.fault(ErrorKind::Syntax, start, message))
            }
        }
    }

    /// What stands behind an opening bracket at `start`, up to its partner.
    fn bracket(&mut self, start: usize) -> Result<Expr> {
        self.deeper(start)?;
        let inner = self.any()?;
        self.depth -= 1;
        if self.eat(&Token::Close) {
            return Ok(inner);
        }
        match self.peek() {
            Token::End => Err(self.fault(ErrorKind::Syntax, start, "the bracket is not closed")),
            _ => Err(self.no_operator()),
        }
    }

    fn scope(&mut self, scope: Scope, start: usize) -> Result<Expr> {
        let open = self.start();
        if !self.eat(&Token::Open) {
            let message = format!("{} needs its words in brackets: {0}(late AND parcel)", scope.as_str());
            return Err(self.fault(ErrorKind::Syntax, open, message));
        }
        if scope == Scope::Sentence && self.scopes > 0 {
            return Err(self.fault(ErrorKind::Invalid, start, "a clause holds no whole SENTENCE"));
        }
        self.scopes += usize::from(scope == Scope::Clause);
        let inner = self.bracket(open)?;
        self.scopes -= usize::from(scope == Scope::Clause);
        if needs_word(&inner) {
            return Ok(Expr::Within(scope, Box::new(inner)));
        }
        let message = format!("{} needs a word that must stand in it", scope.as_str());
        Err(self.fault(ErrorKind::Invalid, start, message))
    }

    fn phrase(&self, phrase: &str, start: usize) -> Result<Expr> {
        let clean = clean_term(phrase);
        let words: Vec<&str> = clean.split_whitespace().collect();
        let clean = words.join(" ");
        if clean.contains('*') {
            return Err(self.fault(ErrorKind::Invalid, start, "a wildcard stands outside of quotes"));
        }
        self.findable(&clean, start)?;
        Ok(Expr::Phrase(clean))
    }

    fn word(&self, word: &str, start: usize) -> Result<Expr> {
        let clean = clean_term(word).into_owned();
        if clean.is_ascii() {
            let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'\'' | b'-' | b'*');
            if !clean.bytes().all(plain) {
                let message = format!("\"{word}\" holds signs and must stand in quotes");
                return Err(self.fault(ErrorKind::Syntax, start, message));
            }
        }
        let least = if clean.is_ascii() { 2 } else { 1 };
        let head = clean.find('*').map_or(least, |at| clean.get(..at).unwrap_or_default().chars().count());
        if head < least {
            let message = format!("the wildcard of \"{word}\" needs {least} letters before it");
            return Err(self.fault(ErrorKind::Invalid, start, message));
        }
        clean.split('*').filter(|piece| !piece.is_empty()).try_for_each(|p| self.findable(p, start))?;
        Ok(Expr::Word(clean))
    }

    /// Refuses what no text can hold.
    fn findable(&self, clean: &str, start: usize) -> Result<()> {
        let mut words = 0;
        for part in Tokens::new(clean) {
            words += usize::from(!matches!(part, Part::Sign { .. } | Part::Break { .. }));
            if let Part::Word { start: from, end } | Part::Number { start: from, end } = part
                && end - from > LONGEST_WORD
            {
                let message = format!("words have at most {LONGEST_WORD} letters");
                return Err(self.fault(ErrorKind::Limit, start, message));
            }
        }
        match words {
            0 => Err(self.fault(ErrorKind::Invalid, start, format!("\"{clean}\" holds no word"))),
            _ => Ok(()),
        }
    }

    /// The condition that begins with a field's name.
    fn condition(&mut self, name: &str, start: usize) -> Result<Expr> {
        let field = named(name).map_err(|m| self.fault(ErrorKind::Unknown, start, m))?;
        let compare = if let Token::Compare(compare) = self.peek() { *compare } else { Compare::Equal };
        self.at += 1;
        let at = self.start();
        let (value, quoted) = match self.peek() {
            Token::Word(value) => (value.clone(), false),
            Token::Phrase(value) => (value.clone(), true),
            _ => {
                let message = format!("found {} where a value of \"{name}\" is due", self.found());
                return Err(self.fault(ErrorKind::Syntax, at, message));
            }
        };
        self.at += 1;
        let invalid = |m: String| self.fault(ErrorKind::Invalid, at, m);
        match field {
            Named::Number(name) => match value.parse::<f64>() {
                Ok(value) if value.is_finite() => {
                    Ok(Expr::Field(Condition::Number { name, compare, value: value + 0.0 }))
                }
                _ => Err(invalid(format!("{name} is compared with a number, not \"{value}\""))),
            },
            _ if compare != Compare::Equal => {
                Err(invalid(format!("{name} is no number: write {name}:{value}")))
            }
            Named::Text(field) => Condition::text(field, &value, quoted).map(Expr::Field).map_err(invalid),
            Named::Polarity => {
                Tone::ALL.into_iter().find(|tone| tone.as_str() == value).map(Expr::Polarity).ok_or_else(
                    || {
                        let hint = suggest(&value, Tone::ALL.map(Tone::as_str));
                        invalid(format!("polarity \"{value}\" is not known{hint}"))
                    },
                )
            }
        }
    }
}

/// Whether a word must be there for it to hold.
fn needs_word(expr: &Expr) -> bool {
    match expr {
        Expr::Any(parts) => parts.iter().all(needs_word),
        Expr::All(parts) => parts.iter().any(needs_word),
        Expr::Near(_) | Expr::Word(_) | Expr::Phrase(_) | Expr::Within(..) => true,
        Expr::Not(_) | Expr::Field(_) | Expr::Polarity(_) => false,
    }
}

#[cfg(test)]
mod tests;
