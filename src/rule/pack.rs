//! Rules as data: packs in TOML, each rule with its consequence and its own tests.

use super::ast::Expr;
use super::parse::parse;
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::schema::{Fallback, read};
use crate::feedback::{Feedback, Source};
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::ops::Range;
use std::path::Path;

/// A rule: when it holds, and what follows.
///
/// ```
/// use candor::rule::Rule;
/// let rule = Rule::new("late", "(late OR slow) NEAR/4 deliver*")?.topic("delivery/speed").tag("logistics");
/// assert_eq!(rule.when(), "(late OR slow) NEAR/4 deliver*");
/// let error = Rule::new("late", "late NAER/4 delivery").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "rule \"late\", column 6: operator \"NAER/4\" is not known; did you mean \"NEAR\"?"
/// );
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Rule {
    id: String,
    about: String,
    pub(super) expr: Expr,
    topics: Vec<String>,
    intents: Vec<String>,
    tags: Vec<String>,
    examples: Vec<Feedback>,
    near_misses: Vec<Feedback>,
    disabled: bool,
    /// Pack and line, where it was read from a file.
    place: Option<(String, u64)>,
}

impl Rule {
    /// A rule without a consequence; `when` is written in the language of [this room](super).
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`] for an empty id or one with blanks; [`ErrorKind::Syntax`], [`ErrorKind::Unknown`],
    /// [`ErrorKind::Invalid`] or [`ErrorKind::Limit`] with the column for a condition that cannot be read.
    pub fn new(id: impl Into<String>, when: &str) -> Result<Self> {
        let id = id.into();
        if id.is_empty() || id.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(Error::new(ErrorKind::Invalid, format!("rule id \"{id}\" is empty or holds blanks")));
        }
        let expr = parse(when).map_err(|e| e.at_source(format!("rule \"{id}\"")))?;
        Ok(Self {
            id,
            about: String::new(),
            expr,
            topics: Vec::new(),
            intents: Vec::new(),
            tags: Vec::new(),
            examples: Vec::new(),
            near_misses: Vec::new(),
            disabled: false,
            place: None,
        })
    }

    /// One sentence for people.
    pub fn about(mut self, about: impl Into<String>) -> Self {
        self.about = about.into();
        self
    }

    /// The item gets this topic, named by its path.
    pub fn topic(mut self, path: impl Into<String>) -> Self {
        self.topics.push(path.into());
        self
    }

    /// The item gets this intent, by its name on the wire.
    pub fn intent(mut self, name: impl Into<String>) -> Self {
        self.intents.push(name.into());
        self
    }

    /// The item gets this tag, a name of the host's own.
    pub fn tag(mut self, name: impl Into<String>) -> Self {
        self.tags.push(name.into());
        self
    }

    /// An item for which it must hold.
    pub fn example(mut self, item: Feedback) -> Self {
        self.examples.push(item);
        self
    }

    /// An item for which it must not.
    pub fn near_miss(mut self, item: Feedback) -> Self {
        self.near_misses.push(item);
        self
    }

    /// Stable name, unique within an engine.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The sentence for people; empty when there is none.
    pub fn description(&self) -> &str {
        &self.about
    }

    /// The condition in its canonical spelling.
    pub fn when(&self) -> String {
        self.expr.to_string()
    }

    /// Paths of the topics that follow.
    pub fn topics(&self) -> &[String] {
        &self.topics
    }

    /// Names of the intents that follow.
    pub fn intents(&self) -> &[String] {
        &self.intents
    }

    /// Tags that follow.
    pub fn tags(&self) -> &[String] {
        &self.tags
    }

    /// Items for which it must hold.
    pub fn examples(&self) -> &[Feedback] {
        &self.examples
    }

    /// Items for which it must not.
    pub fn near_misses(&self) -> &[Feedback] {
        &self.near_misses
    }

    /// Whether it is switched off: kept, never asked.
    pub fn is_disabled(&self) -> bool {
        self.disabled
    }

    /// The same under another name.
    pub(crate) fn named(mut self, id: String) -> Self {
        self.id = id;
        self
    }

    /// Its condition.
    pub(crate) fn expr(&self) -> &Expr {
        &self.expr
    }

    /// Pack and line it was read from.
    pub(super) fn place(&self) -> Option<(&str, u64)> {
        self.place.as_ref().map(|(pack, line)| (pack.as_str(), *line))
    }

    /// An error about this rule.
    pub(crate) fn fault(&self, kind: ErrorKind, message: impl Into<String>) -> Error {
        let error = Error::new(kind, format!("rule \"{}\": {}", self.id, message.into()));
        match self.place() {
            Some((pack, line)) => error.at_source(pack).at_line(line),
            None => error,
        }
    }
}

/// A set of rules, read from TOML or put together.
///
/// A pack holds `[[rule]]` tables with `id`, `when`, `then` and, as wanted, `about`, `examples`, `near_misses` and
/// `disabled`. `then` is a table of `topic`, `intent` and `tag`, each a name or a list of names. Examples are texts,
/// or items in the JSON form of [`Feedback`] where a condition asks for more than words.
///
/// ```
/// use candor::{Engine, Feedback, rule::RulePack};
/// let pack = RulePack::parse("shop.toml", r#"
/// [[rule]]
/// id = "vip_refund"
/// about = "A customer of the first segment wants the money back."
/// when = 'refund* AND segment:vip'
/// then = { tag = "vip_refund", intent = "request" }
/// examples = [{ text = "I want a refund", customer = { segment = "vip" } }]
/// near_misses = ["I want a refund"]
/// "#)?;
/// let engine = Engine::builder().rules(pack.clone()).build()?;
/// assert!(engine.self_test(&pack).is_empty());
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[must_use]
pub struct RulePack {
    name: String,
    rules: Vec<Rule>,
    ids: FxHashSet<String>,
}

impl RulePack {
    /// A pack without rules; `name` appears in error messages.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Adds a rule.
    ///
    /// # Errors
    /// [`ErrorKind::Conflict`] when the pack has a rule of this id.
    pub fn rule(mut self, rule: Rule) -> Result<Self> {
        if !self.ids.insert(rule.id.clone()) {
            return Err(rule.fault(ErrorKind::Conflict, "the id is taken by another rule"));
        }
        self.rules.push(rule);
        Ok(self)
    }

    /// Reads a pack; `name` appears in error messages.
    ///
    /// # Errors
    /// [`ErrorKind::Syntax`] when it is not TOML of the documented shape, [`ErrorKind::Conflict`] for an id that
    /// stands twice, [`ErrorKind::Missing`] for a rule without a consequence; otherwise as [`Rule::new`]. All with
    /// line and column.
    pub fn parse(name: &str, toml: &str) -> Result<Self> {
        let file: File = toml::from_str(toml).map_err(|e| {
            let error = Error::new(ErrorKind::Syntax, e.message().trim().to_owned()).at_source(name);
            match e.span() {
                Some(span) => error.at_byte(toml, span.start),
                None => error,
            }
        })?;
        let mut pack = Self::new(name);
        for entry in file.rule {
            let start = entry.id.span().start;
            if !pack.ids.insert(entry.id.get_ref().clone()) {
                let message = format!("rule \"{}\" stands twice", entry.id.get_ref());
                return Err(Error::new(ErrorKind::Conflict, message).at_source(name).at_byte(toml, start));
            }
            pack.rules.push(entry.rule(name, toml)?);
        }
        Ok(pack)
    }

    /// Reads a pack from a file.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when it cannot be read; otherwise as [`RulePack::parse`].
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let toml = std::fs::read_to_string(path).map_err(|e| {
            Error::new(ErrorKind::Io, format!("cannot read the rules: {e}")).at_source(&name).with_source(e)
        })?;
        Self::parse(&name, &toml)
    }

    /// Name of the pack.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The rules in their order, disabled ones too.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: toml::Spanned<String>,
    #[serde(default)]
    about: String,
    when: toml::Spanned<String>,
    then: Then,
    #[serde(default)]
    examples: Vec<toml::Spanned<toml::Value>>,
    #[serde(default)]
    near_misses: Vec<toml::Spanned<toml::Value>>,
    #[serde(default)]
    disabled: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Then {
    #[serde(default)]
    topic: Names,
    #[serde(default)]
    intent: Names,
    #[serde(default)]
    tag: Names,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Many(Vec<String>),
}

impl Default for Names {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl Names {
    fn into_vec(self) -> Vec<String> {
        match self {
            Self::One(name) => vec![name],
            Self::Many(names) => names,
        }
    }
}

impl Entry {
    fn rule(self, pack: &str, toml: &str) -> Result<Rule> {
        let (start, when) = (self.id.span().start, self.when.span());
        let id = self.id.into_inner();
        let written = self.when.into_inner();
        let mut rule = Rule::new(id, &written).map_err(|e| match e.location().column() {
            Some(_) => in_file(e, pack, toml, when, &written),
            None => e.at_source(pack).at_byte(toml, start),
        })?;
        let line = toml.get(..start).unwrap_or_default().matches('\n').count() as u64 + 1;
        (rule.about, rule.disabled, rule.place) = (self.about, self.disabled, Some((pack.to_owned(), line)));
        rule.topics = self.then.topic.into_vec();
        rule.intents = self.then.intent.into_vec();
        rule.tags = self.then.tag.into_vec();
        if [&rule.topics, &rule.intents, &rule.tags].iter().all(|names| names.is_empty()) {
            let message = "nothing follows: \"then\" names a topic, an intent or a tag";
            return Err(rule.fault(ErrorKind::Missing, message));
        }
        let items = |list: Vec<toml::Spanned<toml::Value>>| -> Result<Vec<Feedback>> {
            list.into_iter().map(|example| item(example, pack, toml)).collect()
        };
        (rule.examples, rule.near_misses) = (items(self.examples)?, items(self.near_misses)?);
        Ok(rule)
    }
}

/// Puts an error of a condition at its place in the file, if the condition stands there as it is read.
pub(crate) fn in_file(error: Error, file: &str, toml: &str, span: Range<usize>, when: &str) -> Error {
    let inside = toml.get(span.clone()).and_then(|raw| raw.find(when));
    let column = error.location().column().unwrap_or(1) as usize;
    let before: usize = when.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
    error.at_source(file).at_byte(toml, inside.map_or(span.start, |at| span.start + at + before))
}

/// An example: a text, or an item in its JSON form.
fn item(example: toml::Spanned<toml::Value>, pack: &str, toml: &str) -> Result<Feedback> {
    let start = example.span().start;
    match example.into_inner() {
        toml::Value::String(text) => Ok(Feedback::from_text(text)),
        other => {
            let json = serde_json::to_vec(&other).unwrap_or_default();
            let fallback = Fallback { source: Source::HOST, id: Some("example".to_owned()) };
            read(&json, fallback).map_err(|e| {
                let path = e.location().path().map(|p| format!(" {p}")).unwrap_or_default();
                let message = format!("example{path}: {}", e.message());
                Error::new(e.kind(), message).at_source(pack).at_byte(toml, start)
            })
        }
    }
}

#[cfg(test)]
mod tests;
