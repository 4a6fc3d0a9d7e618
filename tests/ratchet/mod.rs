//! Open cases: what is known to fail, listed in a file that may only shrink.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Set to write the list of open cases anew; read the difference before keeping it.
const UPDATE: &str = "UPDATE_OPEN";

/// One gate over many cases, each with a name that stays.
pub(crate) struct Ratchet {
    path: PathBuf,
    cases: BTreeSet<String>,
    faults: BTreeMap<String, String>,
}

impl Ratchet {
    /// The gate whose open cases stand in `tests/suite/<file>`.
    pub(crate) fn new(file: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite").join(file);
        Self { path, cases: BTreeSet::new(), faults: BTreeMap::new() }
    }

    /// Notes how a case went; `fault` is what is wrong with it.
    pub(crate) fn note(&mut self, name: &str, fault: Option<String>) {
        let name = name.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t");
        if let Some(fault) = fault {
            self.faults.insert(name.clone(), fault);
        }
        self.cases.insert(name);
    }

    /// Fails when an unlisted case fails, a listed one passes, or a listed one does not exist.
    pub(crate) fn close(&self) {
        let text = fs::read_to_string(&self.path).unwrap_or_default();
        let open: BTreeSet<&str> = text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
        if std::env::var_os(UPDATE).is_some() {
            return self.write(&text);
        }
        let new = self.faults.iter().filter(|(name, _)| !open.contains(name.as_str()));
        let new: Vec<String> = new.map(|(name, fault)| format!("{name}\n      {fault}")).collect();
        let gone = open.iter().filter(|name| !self.cases.contains(**name));
        let done =
            open.iter().filter(|name| self.cases.contains(**name) && !self.faults.contains_key(**name));
        let lists = [
            ("cases that must pass", new),
            ("open cases that pass now: take them off the list", done.map(ToString::to_string).collect()),
            ("open cases that do not exist: take them off the list", gone.map(ToString::to_string).collect()),
        ];
        let shown =
            |(rule, list): &(&str, Vec<String>)| format!("{} {rule}:\n  {}\n", list.len(), list.join("\n  "));
        let report: String = lists.iter().filter(|(_, list)| !list.is_empty()).map(shown).collect();
        assert!(report.is_empty(), "{}: {report}({UPDATE}=1 rewrites the list)", self.path.display());
    }

    /// Keeps the header of the list.
    fn write(&self, old: &str) {
        let header = old.lines().take_while(|l| l.starts_with('#'));
        let lines: Vec<&str> = header.chain(self.faults.keys().map(String::as_str)).collect();
        fs::write(&self.path, lines.join("\n") + "\n").unwrap();
    }
}
