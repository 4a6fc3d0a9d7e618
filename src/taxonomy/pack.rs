//! Packs: topics as TOML, to stand alone or to be laid over others.

use super::entry::{Entry, EntryForm};
use super::source::Source;
use super::{builtin, check};
use crate::error::{Error, ErrorKind, Result};
use serde::Deserialize;
use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

/// Departments that every pack may dispatch topics to.
const DEPARTMENTS: &[&str] = &[
    "product",
    "logistics",
    "service",
    "orders",
    "finance",
    "accounts",
    "pricing",
    "site",
    "returns",
    "marketing",
];

/// Topics read from TOML, checked by themselves, not yet laid over others.
///
/// Under `[[topic]]`, an `id` that the packs below do not know makes a new topic, which needs every field. An `id`
/// that they know changes that topic: fields that are given replace its own, words are added to its own.
/// `replace = true` under `[topic.en]` or `[topic.zh]` drops the words known below first, `remove = [...]` single ones.
/// `disabled = true` takes the topic away, and a group with all its topics. Groups need no topic of their own:
/// `tea/leaf` makes the group `tea`. Departments beyond the built-in ones are listed under `departments` at the top, where `name`,
/// `about` and `version` may stand as well.
///
/// ```
/// use candor::{Engine, Taxonomy, taxonomy::Pack};
/// let pack = Pack::parse("tea.toml", r#"
///     name = "tea house"
///     version = 3
///     departments = ["kitchen"]
///     [[topic]]
///     id = "product/scent"
///     department = "kitchen"
///     [topic.en]
///     targets = ["first infusion"]
///     [[topic]]
///     id = "installation"
///     disabled = true
/// "#)?;
/// let taxonomy = Taxonomy::commerce()?.overlay(pack)?;
/// let scent = taxonomy.topic(taxonomy.require("product/scent")?).unwrap();
/// assert_eq!(scent.department(), "kitchen");
/// assert_eq!(taxonomy.find("installation"), None);
/// assert_eq!(taxonomy.packs()[1].version(), Some(3));
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Pack {
    info: PackInfo,
    pub(super) entries: Vec<Entry>,
}

/// What a pack says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackInfo {
    name: String,
    about: String,
    version: Option<u32>,
}

impl PackInfo {
    /// Its name; that of its file when it states none.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// One sentence, empty when it states none.
    pub fn about(&self) -> &str {
        &self.about
    }

    /// Version of its topics, when it states one.
    pub fn version(&self) -> Option<u32> {
        self.version
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackForm {
    name: Option<String>,
    about: Option<String>,
    version: Option<u32>,
    #[serde(default)]
    departments: Vec<String>,
    #[serde(default)]
    topic: Vec<EntryForm>,
}

impl Pack {
    /// Reads a pack from one TOML text; `name` appears in error messages.
    ///
    /// # Errors
    /// With file, line and column: [`ErrorKind::Syntax`] when it is not TOML of the documented shape,
    /// [`ErrorKind::Unknown`] for a department that is not defined, [`ErrorKind::Conflict`] for a term or topic declared
    /// twice, [`ErrorKind::Invalid`] for a term that can never match, [`ErrorKind::OutOfRange`] for a severity
    /// outside 0..1.
    pub fn parse(name: &str, toml: &str) -> Result<Self> {
        Self::read(name, [Source::new(name, Cow::Owned(toml.to_owned()))])
    }

    /// Reads a pack from a TOML file or from all `.toml` files of a folder, in the order of their names.
    ///
    /// # Errors
    /// As [`Pack::parse`]; [`ErrorKind::Io`] when a file cannot be read, [`ErrorKind::Missing`] for a folder without any.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let mut paths = vec![path.to_path_buf()];
        if path.is_dir() {
            let entries = std::fs::read_dir(path).map_err(|e| unreadable(path, e))?;
            paths = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
            paths.retain(|p| p.extension().is_some_and(|x| x == "toml"));
            paths.sort();
        }
        if paths.is_empty() {
            let error = Error::new(ErrorKind::Missing, "the folder holds no .toml file");
            return Err(error.at_source(path.display().to_string()));
        }
        let mut sources = Vec::new();
        for path in &paths {
            let text = std::fs::read_to_string(path).map_err(|e| unreadable(path, e))?;
            sources.push(Source::new(path.display().to_string(), Cow::Owned(text)));
        }
        let name = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
        Self::read(&name, sources)
    }

    /// The built-in pack with this name: `commerce` or `dining`.
    ///
    /// ```
    /// use candor::taxonomy::Pack;
    /// assert_eq!(Pack::named("dining")?.info().version(), Some(1));
    /// let error = Pack::named("comerce").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "pack \"comerce\" is not built in; known packs: commerce, dining; did you mean \"commerce\"?",
    /// );
    /// # Ok::<(), candor::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Unknown`] for any other name, with the names there are.
    pub fn named(name: &str) -> Result<Self> {
        let files = builtin::files(name)?;
        Self::read(name, files.iter().map(|(file, text)| Source::new(*file, Cow::Borrowed(*text))))
    }

    /// What it says of itself.
    pub fn info(&self) -> &PackInfo {
        &self.info
    }

    fn read(name: &str, sources: impl IntoIterator<Item = Arc<Source>>) -> Result<Self> {
        let mut info = PackInfo { name: name.to_owned(), about: String::new(), version: None };
        let (mut forms, mut departments) = (Vec::new(), Vec::new());
        for source in sources {
            let form: PackForm = toml::from_str(source.text()).map_err(|e| source.syntax(&e))?;
            info.name = form.name.unwrap_or(info.name);
            info.about = form.about.unwrap_or(info.about);
            info.version = form.version.or(info.version);
            departments.extend(form.departments);
            forms.extend(form.topic.into_iter().map(|topic| (topic, source.clone())));
        }
        let known: Vec<&str> =
            DEPARTMENTS.iter().copied().chain(departments.iter().map(String::as_str)).collect();
        let entries = forms.into_iter().map(|(form, source)| Entry::read(form, &source, &known));
        let pack = Self { info, entries: entries.collect::<Result<_>>()? };
        check::pack(&pack.entries)?;
        Ok(pack)
    }

    pub(super) fn into_parts(self) -> (PackInfo, Vec<Entry>) {
        (self.info, self.entries)
    }
}

fn unreadable(path: &Path, error: std::io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("cannot read the pack: {error}"))
        .at_source(path.display().to_string())
        .with_source(error)
}
