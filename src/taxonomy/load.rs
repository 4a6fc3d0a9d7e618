//! Reading packs from TOML.

use super::{Taxonomy, Terms, Topic};
use crate::error::{Error, ErrorKind, Result, suggest};
use crate::rule::{Rule, in_file};
use crate::taxonomy::ComplaintClass;
use serde::Deserialize;
use std::path::Path;

/// The built-in pack for shops, file by file.
pub(super) const COMMERCE: &[(&str, &str)] = &[
    ("commerce/overall.toml", include_str!("pack/commerce/overall.toml")),
    ("commerce/product.toml", include_str!("pack/commerce/product.toml")),
    ("commerce/product_more.toml", include_str!("pack/commerce/product_more.toml")),
    ("commerce/price.toml", include_str!("pack/commerce/price.toml")),
    ("commerce/packaging.toml", include_str!("pack/commerce/packaging.toml")),
    ("commerce/delivery.toml", include_str!("pack/commerce/delivery.toml")),
    ("commerce/order.toml", include_str!("pack/commerce/order.toml")),
    ("commerce/return.toml", include_str!("pack/commerce/return.toml")),
    ("commerce/service.toml", include_str!("pack/commerce/service.toml")),
    ("commerce/payment.toml", include_str!("pack/commerce/payment.toml")),
    ("commerce/account.toml", include_str!("pack/commerce/account.toml")),
    ("commerce/site.toml", include_str!("pack/commerce/site.toml")),
];

/// The built-in pack for restaurants, file by file.
pub(super) const DINING: &[(&str, &str)] = &[
    ("dining/overall.toml", include_str!("pack/dining/overall.toml")),
    ("dining/food.toml", include_str!("pack/dining/food.toml")),
    ("dining/service.toml", include_str!("pack/dining/service.toml")),
    ("dining/price.toml", include_str!("pack/dining/price.toml")),
    ("dining/ambience.toml", include_str!("pack/dining/ambience.toml")),
    ("dining/order.toml", include_str!("pack/dining/order.toml")),
];

/// Departments a topic may be dispatched to.
pub(super) const DEPARTMENTS: &[&str] = &[
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackFile {
    #[serde(default)]
    topic: Vec<TopicEntry>,
    #[serde(default)]
    #[expect(dead_code, reason = "read for the record, shown by no one yet")]
    name: Option<String>,
    #[serde(default)]
    #[expect(dead_code, reason = "read for the record, shown by no one yet")]
    about: Option<String>,
    #[serde(default)]
    #[expect(dead_code, reason = "read for the record, shown by no one yet")]
    version: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicEntry {
    id: toml::Spanned<String>,
    name: Names,
    about: String,
    department: toml::Spanned<String>,
    complaint_class: ComplaintClass,
    stage: toml::Spanned<String>,
    severity: toml::Spanned<f32>,
    #[serde(default)]
    rules: Vec<toml::Spanned<String>>,
    #[serde(default)]
    en: Terms,
    #[serde(default)]
    zh: Terms,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    en: String,
    zh: String,
}

/// Reads the files of one pack.
pub(super) fn files(name: &str, files: &[(&str, &str)]) -> Result<Taxonomy> {
    let mut topics = Vec::new();
    for (file, text) in files {
        let pack: PackFile = toml::from_str(text).map_err(|e| syntax(file, text, &e))?;
        for entry in pack.topic {
            topics.push(topic(file, text, entry)?);
        }
    }
    Taxonomy::from_topics(name, topics)
}

/// Reads a file, or all `.toml` files of a folder.
pub(super) fn path(path: &Path) -> Result<Taxonomy> {
    let io = |p: &Path, e: std::io::Error| {
        Error::new(ErrorKind::Io, format!("cannot read the pack: {e}"))
            .at_source(p.display().to_string())
            .with_source(e)
    };
    let mut paths = vec![path.to_path_buf()];
    if path.is_dir() {
        let entries = std::fs::read_dir(path).map_err(|e| io(path, e))?;
        paths = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
        paths.retain(|p| p.extension().is_some_and(|x| x == "toml"));
        paths.sort();
    }
    let mut texts = Vec::new();
    for p in &paths {
        texts.push((p.display().to_string(), std::fs::read_to_string(p).map_err(|e| io(p, e))?));
    }
    let texts: Vec<(&str, &str)> = texts.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let name = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    files(&name, &texts)
}

fn syntax(file: &str, text: &str, e: &toml::de::Error) -> Error {
    let error = Error::new(ErrorKind::Syntax, e.message().trim().to_owned()).at_source(file);
    match e.span() {
        Some(span) => place(error, text, span.start),
        None => error,
    }
}

/// Adds line and column of byte `at`.
fn place(error: Error, text: &str, at: usize) -> Error {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() as u64 + 1;
    let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) as u64 + 1;
    error.at_line(line).at_column(column)
}

fn topic(file: &str, text: &str, entry: TopicEntry) -> Result<Topic> {
    let fail =
        |kind, at: usize, message: String| Err(place(Error::new(kind, message).at_source(file), text, at));
    let id = entry.id.get_ref();
    let clean = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '/';
    if id.is_empty() || !id.chars().all(clean) || id.split('/').any(str::is_empty) {
        let message = format!("topic id \"{id}\" is not a path of a-z, 0-9 and _");
        return fail(ErrorKind::Invalid, entry.id.span().start, message);
    }
    let department = entry.department.get_ref();
    if !DEPARTMENTS.contains(&department.as_str()) {
        let hint = suggest(department, DEPARTMENTS.iter().copied());
        let message = format!("department \"{department}\" is not defined{hint}");
        return fail(ErrorKind::Unknown, entry.department.span().start, message);
    }
    if !(0.0..=1.0).contains(entry.severity.get_ref()) {
        let message = format!("severity {} is outside 0..1", entry.severity.get_ref());
        return fail(ErrorKind::OutOfRange, entry.severity.span().start, message);
    }
    let rules = rules(file, text, id, &entry.rules)?;
    Ok(Topic {
        path: entry.id.into_inner(),
        name_en: entry.name.en,
        name_zh: entry.name.zh,
        about: entry.about,
        department: entry.department.into_inner(),
        complaint_class: entry.complaint_class,
        stage: entry.stage.into_inner(),
        severity: entry.severity.into_inner(),
        rules,
        en: entry.en.clean(),
        zh: entry.zh.clean(),
    })
}

/// The rules of a topic, which follows from each.
fn rules(file: &str, text: &str, topic: &str, given: &[toml::Spanned<String>]) -> Result<Vec<Rule>> {
    let mut rules = Vec::new();
    for when in given {
        let rule = Rule::new(Topic::rule_id(topic, rules.len()), when.get_ref())
            .map_err(|e| in_file(e, file, text, when.span(), when.get_ref()))?;
        rules.push(rule.topic(topic));
    }
    Ok(rules)
}
