//! The word lists: sorted, without repeats or contradictions, documented, and every word able to match.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests may fail loudly"
)]

mod ratchet;

use candor::lexicon::{Layer, Lexicon, List};
use candor::{Engine, Feedback};
use ratchet::Ratchet;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Opinion words and phrases a language must have; the cues beside them do not count.
const OPINIONS: usize = 3_000;
/// Emoji, emoticons and bracket emoticons together.
const SYMBOLS: usize = 400;
/// From here a value clearly takes a side.
const CLEAR: f32 = 1.0;
/// Characters that Simplified texts use although they are also Traditional forms of others.
const SIMPLIFIED_TOO: &[char] = &['著', '藉', '搵'];

struct File {
    /// `en/valence`, `en/valence/food`.
    name: String,
    list: List,
    text: String,
    rows: Vec<Row>,
}

#[derive(Clone)]
struct Row {
    line: usize,
    term: String,
    value: f32,
    class: String,
}

impl File {
    fn language(&self) -> &str {
        self.name.split('/').next().unwrap()
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files() -> Vec<File> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in ["en", "en/valence", "zh", "zh/valence", "shared"] {
        let entries = fs::read_dir(root().join("src/lexicon").join(folder)).unwrap();
        paths.extend(entries.map(|e| e.unwrap().path()).filter(|p| p.is_file()));
    }
    paths.sort();
    paths.iter().map(|path| file(path)).collect()
}

fn file(path: &Path) -> File {
    let stem = path.file_stem().unwrap().to_str().unwrap();
    let folder = path.parent().unwrap().strip_prefix(root().join("src/lexicon")).unwrap().to_str().unwrap();
    let kind = folder.split('/').nth(1).unwrap_or(stem);
    let list = List::ALL.iter().copied().find(|l| l.as_str() == kind && folder != "shared");
    let list = if folder == "shared" { Some(List::Symbol) } else { list };
    let text = fs::read_to_string(path).unwrap();
    File {
        name: format!("{folder}/{stem}"),
        list: list.unwrap_or_else(|| panic!("{}: no kind of list has this name", path.display())),
        rows: text.lines().enumerate().filter_map(|(i, line)| row(i + 1, line)).collect(),
        text,
    }
}

/// A kaomoji may begin with the sign of a comment, which has a blank behind it.
fn row(line: usize, text: &str) -> Option<Row> {
    let fields: Vec<&str> = text.split('\t').collect();
    if text.starts_with('#') && fields.len() == 1 {
        return None;
    }
    let value = fields.get(1).and_then(|v| v.parse().ok()).unwrap_or(f32::NAN);
    let class = fields.get(2).copied().unwrap_or_default().to_owned();
    Some(Row { line, term: fields[0].to_owned(), value, class })
}

/// Rows whose value is an opinion, not only a lean seen in many texts.
fn opinions(files: &[File], language: &str) -> BTreeMap<String, f32> {
    let valence = files.iter().filter(|f| f.list == List::Valence && f.language() == language);
    let rows = valence.flat_map(|f| &f.rows).filter(|r| r.class != "cue");
    rows.map(|r| (r.term.clone(), r.value)).collect()
}

#[track_caller]
fn none(faults: &[String], rule: &str) {
    assert!(faults.is_empty(), "{} {rule}:\n  {}", faults.len(), faults.join("\n  "));
}

#[test]
fn headers_tell_where_the_words_come_from() {
    let mut faults = Vec::new();
    for file in files() {
        let header: Vec<&str> = file.text.lines().take_while(|l| l.starts_with("# ")).collect();
        let has = |key: &str| header.iter().any(|l| l.strip_prefix(key).is_some_and(|rest| rest.len() > 3));
        for key in ["# origin: ", "# licence: "] {
            if !has(key) {
                faults.push(format!("{}: no line \"{key}\"", file.name));
            }
        }
        if header.last() != Some(&"# columns: term  value  class  note") {
            faults.push(format!("{}: the header must end with its columns", file.name));
        }
        if !file.text.ends_with('\n') || file.text.contains('\r') || file.text.contains("\n\n") {
            faults.push(format!("{}: lines end in \\n and none is empty", file.name));
        }
    }
    none(&faults, "faults of headers");
}

#[test]
fn every_line_reads() {
    for file in files() {
        let read = Lexicon::new().list(file.list, &file.name, &file.text).unwrap();
        assert_eq!(read.len(), file.rows.len(), "{}", file.name);
    }
}

#[test]
fn lines_are_sorted_and_single() {
    let mut faults = Vec::new();
    for file in files() {
        for pair in file.rows.windows(2) {
            if pair[0].term.as_bytes() > pair[1].term.as_bytes() {
                faults.push(format!("{}:{} {:?} stands too late", file.name, pair[1].line, pair[1].term));
            }
        }
        let mut seen = BTreeSet::new();
        for row in &file.rows {
            // One phrase may show two intents, one word stand with several kinds of target.
            let by_class = matches!(file.list, List::Intent | List::Dependent | List::Facet);
            let class = if by_class { row.class.as_str() } else { "" };
            if !seen.insert((row.term.as_str(), class)) {
                faults.push(format!("{}:{} {:?} is listed twice", file.name, row.line, row.term));
            }
        }
    }
    none(&faults, "lines out of order or repeated");
}

/// Symbols are matched without regard to case, so both forms must say the same.
#[test]
fn symbols_agree() {
    let mut seen: BTreeMap<String, (String, Row)> = BTreeMap::new();
    let mut faults = Vec::new();
    for file in files().into_iter().filter(|f| f.list == List::Symbol) {
        for row in &file.rows {
            let Some((other, twin)) = seen.insert(row.term.to_lowercase(), (file.name.clone(), row.clone()))
            else {
                continue;
            };
            if other != file.name {
                faults.push(format!("{}:{} {:?} is in {other} too", file.name, row.line, row.term));
            } else if twin.value != row.value || twin.class != row.class {
                faults.push(format!("{other}:{} {:?} and {:?} differ", row.line, row.term, twin.term));
            }
        }
    }
    none(&faults, "symbols that contradict each other");
}

#[test]
fn words_are_written_as_texts_are_read() {
    let table = fs::read_to_string(root().join("src/text/data/traditional.tsv")).unwrap();
    let traditional: BTreeSet<char> =
        table.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.chars().next()).collect();
    let unclean = |c: char| {
        let wide = matches!(c, '\u{FF10}'..='\u{FF19}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}');
        let hidden =
            matches!(c, '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{A0}' | '\u{AD}');
        // Joiners hold emoji together.
        wide || hidden && c != '\u{200D}' || (traditional.contains(&c) && !SIMPLIFIED_TOO.contains(&c))
    };
    let mut faults = Vec::new();
    for file in files() {
        let symbols = file.list == List::Symbol;
        for row in &file.rows {
            let term = &row.term;
            let blanks = term.trim() != term || term.contains("  ") || term.is_empty();
            let letters = !symbols && (*term != term.to_lowercase() || term.contains(['’', '‘', '`', '´']));
            if blanks || letters || term.chars().any(unclean) {
                faults.push(format!("{}:{} {term:?}", file.name, row.line));
            }
        }
    }
    none(&faults, "terms that are not lower case, Simplified, half width, with single blanks");
}

#[test]
fn a_word_stands_in_one_layer() {
    for language in ["en", "zh"] {
        let files = files();
        let lists = files.iter().filter(|f| f.list == List::Valence && f.language() == language);
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        let mut faults = Vec::new();
        let mut layers = BTreeSet::new();
        for file in lists {
            layers.extend(file.name.split('/').nth(2));
            for row in &file.rows {
                if let Some(other) = seen.insert(&row.term, &file.name) {
                    faults.push(format!("{}:{} {:?} stands in {other} too", file.name, row.line, row.term));
                }
            }
        }
        none(&faults, "words in two layers");
        let named: BTreeSet<&str> = Layer::ALL.iter().map(|l| l.as_str()).collect();
        assert_eq!(layers, named, "{language}: a file a layer");
    }
}

#[test]
fn lists_are_large_enough() {
    let files = files();
    for language in ["en", "zh"] {
        let found = opinions(&files, language).len();
        assert!(found >= OPINIONS, "{language}: {found} opinion words");
    }
    let symbols: usize = files.iter().filter(|f| f.list == List::Symbol).map(|f| f.rows.len()).sum();
    assert!(symbols >= SYMBOLS, "{symbols} symbols");
}

#[test]
fn no_word_takes_both_sides() {
    let files = files();
    let symbols: Vec<(&str, &Row)> = files
        .iter()
        .filter(|f| f.list == List::Symbol)
        .flat_map(|f| f.rows.iter().map(|r| (f.name.as_str(), r)))
        .collect();
    let mut faults = Vec::new();
    for language in ["en", "zh"] {
        let valence = opinions(&files, language);
        for (name, row) in &symbols {
            let other = valence.get(&row.term.to_lowercase());
            if other.is_some_and(|v| v.abs() >= CLEAR && row.value.abs() >= CLEAR && v * row.value < 0.0) {
                faults.push(format!(
                    "{name}:{} {:?} is the other way round in {language}/valence",
                    row.line, row.term
                ));
            }
        }
    }
    for file in files.iter().filter(|f| f.list == List::Churn) {
        for row in &file.rows {
            let stays = matches!(row.class.as_str(), "loyal" | "repurchase");
            if stays != (row.value < 0.0) {
                faults.push(format!(
                    "{}:{} {:?}: {} with {}",
                    file.name, row.line, row.term, row.class, row.value
                ));
            }
        }
    }
    none(&faults, "contradictions");
}

#[test]
fn modifiers_are_no_opinions() {
    let text = fs::read_to_string(root().join("tests/suite/modifier_and_opinion.tsv")).unwrap();
    let mut allowed = BTreeSet::new();
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        assert!(fields.len() == 3 && !fields[2].is_empty(), "no reason: {line:?}");
        assert!(allowed.insert((fields[0].to_owned(), fields[1].to_owned())), "listed twice: {line:?}");
    }
    let files = files();
    let (mut faults, mut used) = (Vec::new(), BTreeSet::new());
    for file in &files {
        let modifier = matches!(
            file.list,
            List::Negator
                | List::Booster
                | List::Downtoner
                | List::Contrast
                | List::Irrealis
                | List::Compound
        );
        let valence = opinions(&files, file.language());
        for row in file.rows.iter().filter(|r| modifier && valence.contains_key(&r.term)) {
            let key = (file.name.clone(), row.term.clone());
            if allowed.contains(&key) {
                used.insert(key);
            } else {
                faults.push(format!("{}:{} {:?} is an opinion as well", file.name, row.line, row.term));
            }
        }
    }
    faults.extend(
        allowed.difference(&used).map(|(file, term)| format!("allowed for nothing: {file} {term:?}")),
    );
    none(&faults, "words that modify and judge");
}

/// A word that no text can hit is dead weight; each must be found where it stands alone.
#[test]
fn every_opinion_word_can_match() {
    let engine = Engine::builder().build().unwrap();
    let mut ratchet = Ratchet::new("open_lexicon.txt");
    let (mut scratch, mut insight) = (engine.scratch(), engine.insight());
    for file in files().iter().filter(|f| matches!(f.list, List::Valence | List::Symbol)) {
        for row in file.rows.iter().filter(|r| r.value != 0.0) {
            let feedback = Feedback::from_text(row.term.as_str());
            engine.analyze_into(&feedback, &mut scratch, &mut insight);
            let whole = |s: candor::Span| s.start == 0 && s.end as usize == row.term.len();
            let hit = insight.evidence().iter().any(|f| whole(f.span));
            let fault = (!hit).then(|| format!("line {}: not found in a text that is only this", row.line));
            ratchet.note(&format!("{}|{}", file.name, row.term), fault);
        }
    }
    ratchet.close();
}

/// A learned lean on people, names or brands would be an accident of the sample, and an injustice.
#[test]
fn cues_lean_on_no_people_names_or_brands() {
    let text = fs::read_to_string(root().join("tests/suite/no_cue.txt")).unwrap();
    let barred: Vec<&str> =
        text.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').next().unwrap()).collect();
    assert!(barred.windows(2).all(|w| w[0] < w[1]), "no_cue.txt is sorted and single");
    let holds = |term: &str, word: &&str| {
        if word.is_ascii() { term.split(' ').any(|w| w == *word) } else { term.contains(*word) }
    };
    let mut faults = Vec::new();
    for file in files().iter().filter(|f| f.list == List::Cue) {
        for row in &file.rows {
            let letter = row.term.len() == 1;
            if letter || barred.iter().any(|word| holds(&row.term, word)) {
                faults.push(format!("{}:{}: {}", file.name, row.line, row.term));
            }
        }
    }
    none(&faults, "cues that lean by accident");
}
