//! The house rules that no compiler checks: rooms use only lower rooms, files and functions stay small.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "helpers of tests may fail loudly"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every room with its rank; a room may use rooms of lower rank only.
const ROOMS: &[(&str, u32)] = &[
    ("error", 0),
    ("span", 0),
    ("data", 1),
    ("feedback", 1),
    ("channel", 2),
    ("text", 3),
    ("lexicon", 4),
    ("rule", 5),
    ("taxonomy", 6),
    ("annotate", 7),
    ("engine", 8),
    ("induce", 9),
    ("sla", 9),
    ("metrics", 10),
    ("discover", 11),
    ("priority", 11),
    ("case", 12),
    ("report", 13),
];

/// Methods that one room adds to a type of another: file, type, reason.
const GUESTS: &[(&str, &str, &str)] =
    &[("annotate/wire.rs", "Feedback", "a field is named by the verdict, the text belongs to the record")];

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 40;

/// A source file without comments, texts and tests; line breaks are kept.
struct Source {
    /// Path below `src`.
    path: String,
    code: String,
    /// Lines with tests left out.
    lines: usize,
}

impl Source {
    fn room(&self) -> &str {
        self.path.split('/').next().unwrap().trim_end_matches(".rs")
    }

    fn line_of(&self, at: usize) -> usize {
        self.code[..at].matches('\n').count() + 1
    }

    /// Number of modules around the code of the file: 1 for `text/mod.rs`.
    fn depth(&self) -> usize {
        let parts = self.path.split('/').count();
        if self.path.ends_with("/mod.rs") { parts - 1 } else { parts }
    }
}

fn rank(room: &str) -> Option<u32> {
    ROOMS.iter().find(|(name, _)| *name == room).map(|(_, rank)| *rank)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn paths(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { paths(&path, out) } else { out.push(path) }
    }
}

/// All sources except files that exist for tests only.
fn sources() -> Vec<Source> {
    let mut all = Vec::new();
    paths(&root(), &mut all);
    all.retain(|p| p.extension().is_some_and(|e| e == "rs"));
    let mut tests = BTreeSet::new();
    let mut out = Vec::new();
    for path in &all {
        let text = fs::read_to_string(path).unwrap();
        let mut code = blank(&text);
        let left_out = cut_tests(&mut code, |name| {
            let home = if path.ends_with("mod.rs") {
                path.parent().unwrap().to_owned()
            } else {
                path.with_extension("")
            };
            tests.insert(home.join(name));
        });
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        out.push(Source { path: name, code, lines: text.lines().count() - left_out });
    }
    let is_test = |path: &str| {
        let path = root().join(path);
        tests.iter().any(|t| path.starts_with(t) || path == t.with_extension("rs"))
    };
    out.retain(|s| !is_test(&s.path));
    out
}

/// The text with comments and the insides of literals as blanks.
fn blank(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = literal_end(&chars, at);
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            out.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    out
}

/// Where the comment or literal at `at` ends; `at` itself when there is none.
fn literal_end(chars: &[char], at: usize) -> usize {
    let next = |i: usize| chars.get(at + i).copied().unwrap_or('\0');
    let find = |from: usize, end: &str| {
        let end: Vec<char> = end.chars().collect();
        let rest = chars.get(from..).unwrap_or_default();
        rest.windows(end.len()).position(|w| w == end).map_or(chars.len(), |i| from + i + end.len())
    };
    let in_word = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
    match (chars[at], next(1)) {
        ('/', '/') => chars[at..].iter().position(|c| *c == '\n').map_or(chars.len(), |i| at + i),
        ('/', '*') => find(at + 2, "*/"),
        ('"', _) => quoted_end(chars, at + 1, '"'),
        ('r', '"' | '#') if !in_word || chars[at - 1] == 'b' => {
            let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
            if next(1 + hashes) == '"' {
                find(at + 2 + hashes, &format!("\"{}", "#".repeat(hashes)))
            } else {
                at
            }
        }
        // A lifetime has no closing mark behind its first character.
        ('\'', '\\') => quoted_end(chars, at + 1, '\''),
        ('\'', _) if next(2) == '\'' => at + 3,
        _ => at,
    }
}

fn quoted_end(chars: &[char], mut at: usize, mark: char) -> usize {
    while at < chars.len() && chars[at] != mark {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// Blanks every item under `#[cfg(test)]`; returns its lines. `file` gets the names of modules in own files.
fn cut_tests(code: &mut String, mut file: impl FnMut(&str)) -> usize {
    const MARK: &str = "#[cfg(test)]";
    let mut lines = 0;
    while let Some(start) = code.find(MARK) {
        let end = item_end(code, start + MARK.len());
        let item = code[start..end].to_owned();
        let words: Vec<&str> = item[MARK.len()..].split_whitespace().collect();
        if let Some(i) = words.iter().position(|w| *w == "mod")
            && let Some(name) = words[i + 1].strip_suffix(';')
        {
            file(name);
        }
        lines += item.matches('\n').count() + 1;
        let blanks: String = item.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        code.replace_range(start..end, &blanks);
    }
    lines
}

/// One past the item that starts at `from`: its closing brace or its semicolon.
fn item_end(code: &str, from: usize) -> usize {
    let mut depth = 0;
    for (i, c) in code[from..].char_indices() {
        match c {
            '{' | '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return from + i + 1;
                }
            }
            ';' if depth == 0 => return from + i + 1,
            _ => {}
        }
    }
    code.len()
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// First names behind `crate::`, one for each branch of a group.
fn first_names(rest: &str) -> Vec<&str> {
    let Some(group) = rest.strip_prefix('{') else { return vec![word(rest)] };
    let (mut depth, mut names, mut expected) = (1, Vec::new(), true);
    for (i, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => expected = true,
            c if expected && (c.is_alphabetic() || c == '_') => {
                names.push(word(&group[i..]));
                expected = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

#[track_caller]
fn none(faults: &[String], rule: &str) {
    assert!(faults.is_empty(), "{rule}:\n  {}", faults.join("\n  "));
}

#[test]
fn rooms_use_only_lower_rooms() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|s| s.path != "lib.rs") {
        let own = source.room();
        for (at, _) in source.code.match_indices("crate::") {
            for name in first_names(&source.code[at + "crate::".len()..]) {
                let place = format!("src/{}:{}", source.path, source.line_of(at));
                match rank(name) {
                    _ if name == own => {}
                    None => faults.push(format!("{place} uses crate::{name}, which is no room")),
                    Some(other) if Some(other) >= rank(own) => {
                        faults.push(format!("{place}: {own} uses the higher room {name}"));
                    }
                    Some(_) => {}
                }
            }
        }
    }
    none(&faults, "a room may use only rooms of lower rank, by their own names");
}

#[test]
fn no_path_climbs_out_of_its_room() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|s| s.path != "lib.rs") {
        let climb = "super::".repeat(source.depth());
        let found =
            source.code.match_indices(&climb).filter(|(at, _)| !source.code[..*at].ends_with("super::"));
        let inline = |at: usize| {
            source.code[..at].lines().any(|l| l.trim_start().starts_with("mod ") && l.ends_with('{'))
        };
        faults.extend(
            found
                .filter(|(at, _)| !inline(*at))
                .map(|(at, _)| format!("src/{}:{}", source.path, source.line_of(at))),
        );
    }
    none(&faults, "use `crate::room`, not `super::`, to leave a room");
}

#[test]
fn methods_are_added_only_to_own_types() {
    let sources = sources();
    let mut own: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for source in &sources {
        for kind in ["struct ", "enum ", "trait ", "type "] {
            let names = source.code.match_indices(kind).map(|(at, _)| word(&source.code[at + kind.len()..]));
            own.entry(source.room()).or_default().extend(names);
        }
    }
    let mut faults = Vec::new();
    for source in &sources {
        for (at, _) in source.code.match_indices("\nimpl") {
            let head = &source.code[at + "\nimpl".len()..];
            let head = &head[..head.find('{').unwrap_or(head.len())];
            let head = if head.starts_with('<') { &head[closing(head)..] } else { head };
            let name = word(head.trim_start());
            let guest = GUESTS.iter().any(|(file, of, _)| *file == source.path && *of == name);
            if !head.contains(" for ") && !own[source.room()].contains(name) && !guest {
                faults.push(format!("src/{}:{} adds methods to {name}", source.path, source.line_of(at + 1)));
            }
        }
    }
    none(&faults, "a room adds methods to its own types only");
}

/// One past the bracket that closes the one at the start.
fn closing(text: &str) -> usize {
    let mut depth = 0;
    for (i, c) in text.char_indices() {
        depth += i32::from(c == '<') - i32::from(c == '>');
        if depth == 0 {
            return i + 1;
        }
    }
    text.len()
}

#[test]
fn every_file_stands_in_a_room() {
    let mut all = Vec::new();
    paths(&root(), &mut all);
    let mut faults = Vec::new();
    for path in all {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        let known = match name.split_once('/') {
            Some((room, _)) => rank(room).is_some_and(|r| r > 0),
            None => matches!(name.as_str(), "lib.rs" | "error.rs" | "span.rs"),
        };
        if !known {
            faults.push(format!("src/{name}"));
        }
    }
    none(&faults, "files outside the known rooms");
}

#[test]
fn files_are_short() {
    let long = |s: &Source| s.lines > LONGEST_FILE;
    let faults: Vec<String> =
        sources().iter().filter(|s| long(s)).map(|s| format!("src/{}: {} lines", s.path, s.lines)).collect();
    none(&faults, "a file has at most 400 lines, tests aside");
}

#[test]
fn functions_are_short() {
    let mut faults = Vec::new();
    for source in sources() {
        for (at, _) in source.code.match_indices("fn ") {
            let before = source.code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let lines = body_lines(&source.code[at..item_end(&source.code, at)]);
            // What stands before it: attributes, visibility.
            let head = source.code[..at].rsplit(['{', '}', ';']).next().unwrap_or_default();
            if lines > LONGEST_FUNCTION && !head.contains("clippy::too_many_lines") {
                let name = word(&source.code[at + 3..]);
                faults.push(format!("src/{}:{} {name}: {lines} lines", source.path, source.line_of(at)));
            }
        }
    }
    none(&faults, "a function has at most 40 lines, or an attribute that says why");
}

/// Lines of code between the braces.
fn body_lines(function: &str) -> usize {
    let body = function.split_once('{').map_or("", |(_, body)| body);
    body.lines().filter(|l| !l.trim().is_empty()).count().saturating_sub(1)
}

#[test]
fn manifest_promises() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let package = &manifest["package"];
    assert_eq!(package["rust-version"].as_str(), Some("1.88"), "the minimum supported Rust is declared");
    assert_eq!(package["edition"].as_str(), Some("2024"));
    assert_eq!(manifest["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
    assert_eq!(manifest["lints"]["rust"]["missing_docs"].as_str(), Some("deny"));
    let default: Vec<&str> =
        manifest["features"]["default"].as_array().unwrap().iter().filter_map(|f| f.as_str()).collect();
    assert_eq!(default, ["json", "csv", "tzdb"]);
}

#[test]
fn the_scan_sees_what_it_should() {
    let mut code = blank(
        "use crate::{a::{x, y}, b}; // crate::c\nlet s = \"crate::d\"; let c = '\"'; 'a: loop {}\n#[cfg(test)]\nmod tests {\n  use crate::e;\n}\nfn f() { crate::g(); }\n",
    );
    let mut files = Vec::new();
    assert_eq!(cut_tests(&mut code, |name| files.push(name.to_owned())), 4);
    let names: Vec<&str> =
        code.match_indices("crate::").flat_map(|(at, _)| first_names(&code[at + 7..])).collect();
    assert_eq!(names, ["a", "b", "g"]);
    let mut code = "#[cfg(test)]\nmod testing;\nfn f() {}".to_owned();
    cut_tests(&mut code, |name| files.push(name.to_owned()));
    assert_eq!(files, ["testing"]);
    assert_eq!(blank("r#\"a\"b\"# x '\\'' y"), "         x      y");
}
