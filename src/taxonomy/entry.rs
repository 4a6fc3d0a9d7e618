//! One `[[topic]]` of a pack: a new topic, a change of one that is known below, or its end.

use super::source::{Place, Source};
use super::topic::{Example, NearMiss, Terms, Topic};
use crate::error::{ErrorKind, Result, suggest};
use crate::rule::{Rule, in_file};
use crate::taxonomy::ComplaintClass;
use serde::Deserialize;
use std::borrow::Cow;
use std::sync::Arc;
use toml::Spanned;

/// A topic as the file states it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryForm {
    id: Spanned<String>,
    #[serde(default)]
    disabled: bool,
    name: Option<Names>,
    about: Option<String>,
    department: Option<Spanned<String>>,
    complaint_class: Option<ComplaintClass>,
    stage: Option<String>,
    severity: Option<Spanned<f32>>,
    #[serde(default)]
    rules: Vec<Spanned<String>>,
    #[serde(default)]
    en: WordsForm,
    #[serde(default)]
    zh: WordsForm,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    en: String,
    zh: String,
}

/// The words of one language.
#[derive(Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WordsForm {
    replace: bool,
    remove: Vec<String>,
    targets: Vec<String>,
    attributes: Vec<String>,
    expressions: Vec<String>,
    problems: Vec<String>,
    praises: Vec<String>,
    examples: Vec<Example>,
    near_misses: Vec<NearMiss>,
}

/// A topic as a pack gives it; what it does not state stays as it is below.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) place: Place,
    pub(super) path: String,
    pub(super) disabled: bool,
    name: Option<Names>,
    about: Option<String>,
    department: Option<String>,
    complaint_class: Option<ComplaintClass>,
    stage: Option<String>,
    severity: Option<f32>,
    rules: Vec<Rule>,
    pub(super) en: Words,
    pub(super) zh: Words,
}

/// What a pack does to the words of one language.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Words {
    /// Drop those known below.
    replace: bool,
    remove: Vec<String>,
    pub(super) add: Terms,
}

impl From<WordsForm> for Words {
    fn from(form: WordsForm) -> Self {
        let WordsForm { targets, attributes, expressions, problems, praises, examples, near_misses, .. } =
            form;
        let add = Terms { targets, attributes, expressions, problems, praises, examples, near_misses };
        let mut remove = form.remove;
        remove.iter_mut().for_each(clean);
        Self { replace: form.replace, remove, add: add.clean() }
    }
}

/// Folds a term to the form in which texts are matched.
fn clean(term: &mut String) {
    if let Cow::Owned(folded) = crate::text::clean_term(term) {
        *term = folded;
    }
}

impl EntryForm {
    /// The id, department and severity are of the kind that they must be.
    fn check(&self, source: &Arc<Source>, departments: &[&str]) -> Result<()> {
        let place = source.place(self.id.span().start);
        let path = self.id.get_ref();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '/';
        if !path.chars().all(plain) || path.split('/').any(str::is_empty) {
            let message = format!("topic id \"{path}\" is not a path of a-z, 0-9 and _");
            return Err(place.error(ErrorKind::Invalid, message));
        }
        if let Some(department) = &self.department
            && !departments.contains(&department.get_ref().as_str())
        {
            let name = department.get_ref();
            let hint = suggest(name, departments.iter().copied());
            let message = format!("department \"{name}\" is not defined{hint}");
            return Err(source.place(department.span().start).error(ErrorKind::Unknown, message));
        }
        if let Some(severity) = &self.severity
            && !(0.0..=1.0).contains(severity.get_ref())
        {
            let message = format!("severity {} is outside 0..1", severity.get_ref());
            return Err(source.place(severity.span().start).error(ErrorKind::OutOfRange, message));
        }
        Ok(())
    }
}

impl Entry {
    /// Checks the form of one topic.
    pub(super) fn read(form: EntryForm, source: &Arc<Source>, departments: &[&str]) -> Result<Self> {
        form.check(source, departments)?;
        let place = source.place(form.id.span().start);
        let rules = rules(source, form.id.get_ref(), &form.rules)?;
        let entry = Self {
            place,
            path: form.id.into_inner(),
            disabled: form.disabled,
            name: form.name,
            about: form.about,
            department: form.department.map(Spanned::into_inner),
            complaint_class: form.complaint_class,
            stage: form.stage,
            severity: form.severity.map(Spanned::into_inner),
            rules,
            en: form.en.into(),
            zh: form.zh.into(),
        };
        if entry.disabled && entry.says_more() {
            let message = format!("topic \"{}\" is disabled, so nothing else can be said of it", entry.path);
            return Err(entry.place.error(ErrorKind::Conflict, message));
        }
        Ok(entry)
    }

    fn says_more(&self) -> bool {
        let none = Words::from(WordsForm::default());
        let words = self.en != none || self.zh != none || !self.rules.is_empty();
        let home = self.department.is_some() || self.complaint_class.is_some() || self.stage.is_some();
        words || home || self.name.is_some() || self.about.is_some() || self.severity.is_some()
    }

    /// Whether it takes this topic away: a group goes with all its topics.
    pub(super) fn disables(&self, path: &str) -> bool {
        let below = path.strip_prefix(self.path.as_str());
        self.disabled && below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Takes the words away that this entry removes or replaces.
    pub(super) fn strip(&self, topic: &mut Topic) -> Result<()> {
        for (language, words, own) in
            [("English", &self.en, &mut topic.en), ("Chinese", &self.zh, &mut topic.zh)]
        {
            for term in &words.remove {
                if !own.remove(term) {
                    let hint = suggest(term, own.terms());
                    let message =
                        format!("term \"{term}\" is no {language} word of topic \"{}\"{hint}", self.path);
                    return Err(self.place.of_term(term).error(ErrorKind::Unknown, message));
                }
            }
            if words.replace {
                *own = Terms::default();
            }
        }
        Ok(())
    }

    /// Changes a topic that is known below.
    pub(super) fn change(self, topic: &mut Topic) {
        if let Some(Names { en, zh }) = self.name {
            (topic.name_en, topic.name_zh) = (en, zh);
        }
        set(&mut topic.about, self.about);
        set(&mut topic.department, self.department);
        set(&mut topic.complaint_class, self.complaint_class);
        set(&mut topic.stage, self.stage);
        set(&mut topic.severity, self.severity);
        for rule in self.rules {
            let id = Topic::rule_id(&topic.path, topic.rules.len());
            topic.rules.push(rule.named(id));
        }
        topic.en.absorb(self.en.add);
        topic.zh.absorb(self.zh.add);
    }

    /// A topic that is not known below, of which everything must be said; `known` are the paths it may have meant.
    pub(super) fn create<'a>(self, known: impl IntoIterator<Item = &'a str>) -> Result<Topic> {
        let missing = self.missing();
        if !missing.is_empty() || !self.en.remove.is_empty() || !self.zh.remove.is_empty() {
            let lacks = if missing.is_empty() { "words to remove".to_owned() } else { missing.join(", ") };
            let hint = suggest(&self.path, known);
            let message = format!("topic \"{}\" is new and has no {lacks}{hint}", self.path);
            return Err(self.place.error(ErrorKind::Missing, message));
        }
        let (name_en, name_zh) = self.name.map(|n| (n.en, n.zh)).unwrap_or_default();
        Ok(Topic {
            path: self.path,
            name_en,
            name_zh,
            about: self.about.unwrap_or_default(),
            department: self.department.unwrap_or_default(),
            complaint_class: self.complaint_class.unwrap_or_default(),
            stage: self.stage.unwrap_or_default(),
            severity: self.severity.unwrap_or_default(),
            rules: self.rules,
            en: self.en.add,
            zh: self.zh.add,
        })
    }

    /// Fields that a new topic needs and this one lacks.
    fn missing(&self) -> Vec<&'static str> {
        let fields = [
            ("name", self.name.is_some()),
            ("about", self.about.is_some()),
            ("department", self.department.is_some()),
            ("complaint_class", self.complaint_class.is_some()),
            ("stage", self.stage.is_some()),
            ("severity", self.severity.is_some()),
        ];
        fields.into_iter().filter(|(_, given)| !given).map(|(name, _)| name).collect()
    }
}

/// The rules of a topic, which follows from each.
fn rules(source: &Source, topic: &str, given: &[Spanned<String>]) -> Result<Vec<Rule>> {
    let mut rules = Vec::new();
    for when in given {
        let rule = Rule::new(Topic::rule_id(topic, rules.len()), when.get_ref())
            .map_err(|e| in_file(e, source.file(), source.text(), when.span(), when.get_ref()))?;
        rules.push(rule.topic(topic));
    }
    Ok(rules)
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}
