//! The README tells the truth: its code is the example, its commands run on files that exist.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test may stop")]

use std::path::Path;

const README: &str = include_str!("../README.md");
const EXAMPLE: &str = include_str!("../examples/first_insight.rs");
const GUIDE: &str = include_str!("../src/lib.rs");

/// The first code block of a language.
fn block<'a>(text: &'a str, language: &str) -> &'a str {
    let start = text.find(&format!("```{language}\n")).unwrap() + language.len() + 4;
    let end = text[start..].find("```").unwrap();
    &text[start..start + end]
}

#[test]
fn the_code_is_the_example() {
    let code = block(README, "rust");
    assert!(EXAMPLE.ends_with(code), "{code}");
    assert_eq!(code.lines().filter(|line| !line.is_empty()).count(), 12);
}

#[test]
fn the_guide_shows_the_same_code() {
    let guide: Vec<&str> = GUIDE.lines().map_while(|line| line.strip_prefix("//!")).collect();
    let guide =
        guide.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n");
    assert!(guide.contains(block(README, "rust")));
}

#[test]
fn both_commands_stand_on_their_own_lines() {
    assert!(README.lines().any(|line| line == "cargo test"));
    let triage =
        README.lines().find(|line| line.starts_with("cargo run --release --example triage -- ")).unwrap();
    let files: Vec<&str> = triage.split_once(" -- ").unwrap().1.split(' ').collect();
    assert_eq!(files.len(), 7);
    for file in files {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(file).is_file(), "{file}");
    }
}

#[test]
fn links_lead_somewhere() {
    for link in README.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(link.contains("://") || Path::new(env!("CARGO_MANIFEST_DIR")).join(link).exists(), "{link}");
    }
}

#[test]
fn the_rooms_are_those_of_the_crate() {
    let modules = GUIDE.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    for room in modules {
        assert!(README.contains(&format!("| `{room}` |")), "{room}");
    }
}
