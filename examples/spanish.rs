//! `spanish [TEXT]...`: a language that the crate does not know by itself, brought by the host.
//!
//! The lists stand in `examples/data/spanish`, in the form of the built-in ones; the Snowball stemmer finds other forms
//! of the listed words. Without texts the sentences of that folder are read and compared with what they should be;
//! the program fails when more than one in ten comes out on the wrong side.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program speaks to its caller")]

use candor::annotate::Language;
use candor::engine::LanguagePack;
use candor::lexicon::{Lexicon, List};
use candor::{Engine, Insight};
use rust_stemmers::{Algorithm, Stemmer};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// One sentence in so many may come out wrong.
const WRONG: usize = 10;
/// A score nearer to 0 takes no side.
const NEAR: f32 = 0.05;

fn main() -> ExitCode {
    let texts: Vec<String> = std::env::args().skip(1).collect();
    match run(&texts) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("spanish: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(texts: &[String]) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/spanish");
    let engine = Engine::builder().language(pack(&folder)?).build()?;
    for text in texts {
        println!("{}\t{text}", shown(&engine.analyze_text(text)));
    }
    if !texts.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let sentences = fs::read_to_string(folder.join("sentences.tsv"))?;
    let cases = sentences.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    let (mut all, mut wrong) = (0, 0);
    for (sign, text) in cases {
        let insight = engine.analyze_text(text);
        let right = sign == side(insight.sentiment().score) && insight.language() == Language::Spanish;
        (all, wrong) = (all + 1, wrong + usize::from(!right));
        println!("{}\t{}\t{text}", if right { "right" } else { "WRONG" }, shown(&insight));
    }
    println!("{} of {all} as expected", all - wrong);
    Ok(if wrong * WRONG > all { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Reads every list of the folder.
fn pack(folder: &Path) -> Result<LanguagePack, Box<dyn std::error::Error>> {
    let mut words = Lexicon::new();
    for list in List::ALL {
        let name = format!("{}.tsv", list.as_str());
        let path = folder.join(&name);
        if path.exists() {
            words = words.list(*list, &name, &fs::read_to_string(path)?)?;
        }
    }
    Ok(LanguagePack::new(Language::Spanish, words).stemmer(stem))
}

fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::Spanish).stem(word).into_owned()
}

fn side(score: f32) -> &'static str {
    match score {
        s if s >= NEAR => "+",
        s if s <= -NEAR => "-",
        _ => "0",
    }
}

fn shown(insight: &Insight) -> String {
    let sentiment = insight.sentiment();
    let abstained = insight.abstained().map_or_else(String::new, |a| format!(" ({a})"));
    format!("{}\t{}\t{:+.2}{abstained}", insight.language(), sentiment.polarity, sentiment.score)
}
