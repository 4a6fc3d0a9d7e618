//! From one version of a taxonomy to the next: topics renamed, merged, split, and where their history goes.

use super::source::{Place, Source};
use super::{Taxonomy, Terms, TopicId};
use crate::error::{Error, ErrorKind, Result, suggest};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::borrow::Cow;
use toml::Spanned;

/// Where every topic of an older taxonomy is in a newer one.
///
/// Topics whose path both have stay. Every `[[topic]]` of the mapping moves one: to one path it is renamed, several to
/// the same path are merged, to several paths it is split. An opinion on a split topic goes where its own words lead
/// among those paths; where they lead to none or to several, and for counts without words, the history goes to
/// the `default`, without one to the nearest topic above all of them.
///
/// ```
/// use candor::Taxonomy;
/// let (old, new) = (Taxonomy::commerce()?, Taxonomy::dining()?);
/// let error = old.migrate(&new, "shop-to-restaurant.toml", r#"
///     [[topic]]
///     from = "product/scent"
///     to = ["food/tase"]
/// "#).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "shop-to-restaurant.toml, line 4, column 11: topic \"food/tase\" is not in the newer taxonomy; \
///      did you mean \"food/taste\"?",
/// );
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Migration {
    moves: FxHashMap<String, Move>,
}

/// What becomes of one topic.
#[derive(Debug, Clone, PartialEq)]
struct Move {
    /// Where history goes that no word decides.
    to: String,
    /// The topics it is split into, with their words.
    split: Vec<(String, Vec<String>)>,
}

/// What a migration did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    pub(crate) moved: u64,
    pub(crate) undecided: u64,
}

impl Moved {
    /// What got another path for certain: opinions and named topics of an insight, items of an aggregate.
    pub fn moved(self) -> u64 {
        self.moved
    }

    /// What belonged to a split topic and went where its rule says, because nothing decided.
    pub fn undecided(self) -> u64 {
        self.undecided
    }

    /// Counts `number` of what got `path` instead of `old`.
    pub(crate) fn note(&mut self, old: &str, home: Home<'_>, number: u64) {
        if !home.decided {
            self.undecided += number;
        } else if home.path != old {
            self.moved += number;
        }
    }
}

/// Where something of an older topic is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Home<'a> {
    pub(crate) path: &'a str,
    /// Whether it is there for certain.
    pub(crate) decided: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mapping {
    #[serde(default)]
    topic: Vec<MoveForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MoveForm {
    from: Spanned<String>,
    to: Spanned<Vec<Spanned<String>>>,
    default: Option<Spanned<String>>,
}

impl Taxonomy {
    /// The way from this taxonomy to a newer one by a mapping in TOML; `name` appears in error messages.
    ///
    /// # Errors
    /// With file, line and column: [`ErrorKind::Syntax`] when it is not TOML of the form that [`Migration`] shows,
    /// [`ErrorKind::Unknown`] for a path that the older or newer taxonomy does not have, [`ErrorKind::Conflict`] for a
    /// topic that is moved twice, [`ErrorKind::Missing`] for a topic that has no place in the newer taxonomy or a
    /// split without a default.
    pub fn migrate(&self, newer: &Self, name: &str, toml: &str) -> Result<Migration> {
        let source = Source::new(name, Cow::Owned(toml.to_owned()));
        let mapping: Mapping = toml::from_str(source.text()).map_err(|e| source.syntax(&e))?;
        let mut moves = FxHashMap::default();
        for form in mapping.topic {
            let place = source.place(form.from.span().start);
            let from = form.from.get_ref();
            let known = |taxonomy: &Self, age: &str, path: &str, place: &Place| {
                taxonomy.find(path).ok_or_else(|| unknown(taxonomy, age, path, place))
            };
            known(self, "older", from, &place)?;
            let to = form.to.get_ref();
            for path in to.iter().chain(&form.default) {
                known(newer, "newer", path.get_ref(), &source.place(path.span().start))?;
            }
            let paths: Vec<&str> = to.iter().map(|path| path.get_ref().as_str()).collect();
            let moved =
                newer.moved(from, &paths, form.default.as_ref().map(|d| d.get_ref().as_str()), &place)?;
            if moves.insert(from.clone(), moved).is_some() {
                return Err(place.error(ErrorKind::Conflict, format!("topic \"{from}\" is moved twice")));
            }
        }
        for (_, topic) in self.topics() {
            let path = topic.path();
            if newer.find(path).is_none() && !moves.contains_key(path) {
                let hint = suggest(path, newer.topics().map(|(_, topic)| topic.path()));
                let message = format!("topic \"{path}\" has no place in the newer taxonomy{hint}");
                return Err(Error::new(ErrorKind::Missing, message).at_source(name));
            }
            let stays = || Move { to: path.to_owned(), split: Vec::new() };
            moves.entry(path.to_owned()).or_insert_with(stays);
        }
        Ok(Migration { moves })
    }

    /// Where one topic goes; this taxonomy is the newer one.
    fn moved(&self, from: &str, to: &[&str], default: Option<&str>, place: &Place) -> Result<Move> {
        let [only] = to else {
            let rule = default.map(str::to_owned).or_else(|| self.above(to));
            let Some(rule) = rule else {
                let message = if to.is_empty() {
                    format!("topic \"{from}\" goes nowhere; name at least one topic under `to`")
                } else {
                    format!("topic \"{from}\" is split without a topic above all parts; name a `default`")
                };
                return Err(place.error(ErrorKind::Missing, message));
            };
            let words = |path: &&str| {
                ((*path).to_owned(), self.find(path).map_or_else(Vec::new, |id| self.words(id)))
            };
            return Ok(Move { to: rule, split: to.iter().map(words).collect() });
        };
        Ok(Move { to: (*only).to_owned(), split: Vec::new() })
    }

    /// The nearest topic above all of `paths`.
    fn above(&self, paths: &[&str]) -> Option<String> {
        let (first, rest) = paths.split_first()?;
        let mut above = *first;
        while let Some((parent, _)) = above.rsplit_once('/') {
            let holds = |path: &&str| path.strip_prefix(parent).is_some_and(|rest| rest.starts_with('/'));
            if self.find(parent).is_some() && rest.iter().all(holds) {
                return Some(parent.to_owned());
            }
            above = parent;
        }
        None
    }

    fn words(&self, id: TopicId) -> Vec<String> {
        let terms = self.topic(id).into_iter().flat_map(|topic| [topic.en(), topic.zh()]);
        terms.flat_map(Terms::terms).map(str::to_owned).collect()
    }
}

fn unknown(taxonomy: &Taxonomy, age: &str, path: &str, place: &Place) -> Error {
    let hint = suggest(path, taxonomy.topics().map(|(_, topic)| topic.path()));
    place.error(ErrorKind::Unknown, format!("topic \"{path}\" is not in the {age} taxonomy{hint}"))
}

impl Migration {
    /// Where history of an older topic goes when nothing but its path is known; `None` for a path that the older
    /// taxonomy does not have.
    ///
    /// ```
    /// use candor::Taxonomy;
    /// let taxonomy = Taxonomy::commerce()?;
    /// let migration = taxonomy.migrate(&taxonomy, "merge.toml", r#"
    ///     [[topic]]
    ///     from = "delivery/cost"
    ///     to = ["price/fee"]
    /// "#)?;
    /// assert_eq!(migration.path("delivery/cost"), Some("price/fee"));
    /// assert_eq!(migration.path("delivery/speed"), Some("delivery/speed"));
    /// # Ok::<(), candor::Error>(())
    /// ```
    pub fn path(&self, older: &str) -> Option<&str> {
        self.moves.get(older).map(|m| m.to.as_str())
    }

    /// Whether an older topic is split.
    pub(crate) fn is_split(&self, older: &str) -> bool {
        self.moves.get(older).is_some_and(|m| !m.split.is_empty())
    }

    /// The same with certainty told, and an error for a path that the older taxonomy does not have.
    pub(crate) fn home(&self, older: &str) -> Result<Home<'_>> {
        let moved = self.moves.get(older).ok_or_else(|| {
            let hint = suggest(older, self.moves.keys().map(String::as_str));
            Error::new(ErrorKind::Unknown, format!("topic \"{older}\" is not in the older taxonomy{hint}"))
        })?;
        Ok(Home { path: &moved.to, decided: moved.split.is_empty() })
    }

    /// Where an opinion on an older topic goes: of a split topic to the part that has its longest word.
    pub(crate) fn home_of(&self, older: &str, words: &[&str]) -> Result<Home<'_>> {
        let general = self.home(older)?;
        let Some(moved) = self.moves.get(older).filter(|_| !general.decided) else { return Ok(general) };
        let words: Vec<Cow<'_, str>> = words.iter().map(|text| crate::text::clean_term(text)).collect();
        let said = |term: &&String| words.iter().any(|text| holds(text, term));
        let longest = |terms: &[String]| terms.iter().filter(said).map(String::len).max().unwrap_or_default();
        let found = moved.split.iter().map(|(path, terms)| (longest(terms), path.as_str()));
        let best = found.clone().max_by_key(|(length, _)| *length);
        let best =
            best.filter(|(length, _)| *length > 0 && found.filter(|(other, _)| other == length).count() == 1);
        Ok(best.map_or(general, |(_, path)| Home { path, decided: true }))
    }
}

/// Whether `text` has `term` in it, in Latin letters as whole words.
fn holds(text: &str, term: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.match_indices(term).any(|(at, term)| {
        let (before, after) =
            (text.get(..at).unwrap_or_default(), text.get(at + term.len()..).unwrap_or_default());
        let joined = |edge: Option<char>, next: Option<char>| letter(edge) && letter(next);
        !joined(term.chars().next(), before.chars().next_back())
            && !joined(term.chars().next_back(), after.chars().next())
    })
}

#[cfg(test)]
mod tests;
