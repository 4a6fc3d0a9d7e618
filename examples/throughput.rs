//! `throughput [--json] [FILE]`: megabytes a second of this crate, of two rival crates and of the floor, in
//! one process on the same texts (one a line; without FILE those of the sample data).
//!
//! The floor is the least that a word-list reader must do: for English splitting into words and looking each
//! up in a hash table of the same list, for Chinese one leftmost-longest automaton pass over the text.
//! Allocations are counted elsewhere (`tests/alloc.rs`): an allocator that counts would weigh on all of them.
#![allow(clippy::print_stdout, reason = "a program speaks to its caller")]

use candor::{Engine, Feedback};
use rustc_hash::FxHashMap;
use std::hint::black_box;
use std::time::Instant;

/// Rounds over the texts; the fastest counts, as the least disturbed.
const ROUNDS: usize = 7;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let json = arguments.iter().any(|a| a == "--json");
    let texts = match arguments.iter().find(|a| !a.starts_with("--")) {
        Some(path) => std::fs::read_to_string(path)?.lines().map(str::to_owned).collect(),
        None => sample(),
    };
    let texts: Vec<String> = texts.into_iter().filter(|t| !t.trim().is_empty()).collect();
    let figures = Figures::measure(&texts)?;
    if json {
        println!("{}", figures.json());
    } else {
        figures.table();
    }
    Ok(())
}

/// The English texts of the sample reviews.
fn sample() -> Vec<String> {
    let lines = include_str!("data/reviews.jsonl").lines();
    let items = lines.filter_map(|l| serde_json::from_str::<serde_json::Value>(l).ok());
    items.filter_map(|v| v.get("text")?.as_str().map(str::to_owned)).filter(|t| t.is_ascii()).collect()
}

struct Figures {
    texts: usize,
    bytes: usize,
    chinese: bool,
    build_ms: f64,
    rebuild_ms: f64,
    engine_bytes: usize,
    full: f64,
    sentiment: f64,
    vader_sentiment: f64,
    vader_sentimental: f64,
    floor: f64,
}

impl Figures {
    #[expect(clippy::too_many_lines, reason = "one measurement after another, on the same texts")]
    fn measure(texts: &[String]) -> Result<Self, Box<dyn std::error::Error>> {
        let bytes: usize = texts.iter().map(String::len).sum();
        let han =
            texts.iter().flat_map(|t| t.chars()).filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
        let chinese = han * 6 > bytes;
        let started = Instant::now();
        let engine = Engine::builder().build()?;
        // The first build of a process is what a host pays; later ones find warm memory.
        let build_ms = started.elapsed().as_secs_f64() * 1e3;
        let mut rebuild_ms = f64::MAX;
        for _ in 0..ROUNDS {
            let started = Instant::now();
            black_box(Engine::builder().build()?);
            rebuild_ms = rebuild_ms.min(started.elapsed().as_secs_f64() * 1e3);
        }
        let items: Vec<Feedback> = texts.iter().map(|t| Feedback::from_text(t.as_str())).collect();
        let (mut scratch, mut insight) = (engine.scratch(), engine.insight());
        let full = fastest(bytes, || {
            for item in &items {
                engine.analyze_into(item, &mut scratch, &mut insight);
                black_box(insight.sentiment().score);
            }
        });
        let sentiment = fastest(bytes, || {
            for text in texts {
                black_box(engine.sentiment_into(text, &mut scratch, &mut insight).score);
            }
        });
        let vader = vader_sentiment::SentimentIntensityAnalyzer::new();
        let vader_sentiment = fastest(bytes, || {
            for text in texts {
                black_box(vader.polarity_scores(text).len());
            }
        });
        let vader = vader_sentimental::SentimentIntensityAnalyzer::new();
        let vader_sentimental = fastest(bytes, || {
            for text in texts {
                black_box(vader.polarity_scores(text));
            }
        });
        let floor = if chinese { floor_chinese(texts, bytes)? } else { floor_english(texts, bytes) };
        Ok(Self {
            texts: texts.len(),
            bytes,
            chinese,
            build_ms,
            rebuild_ms,
            engine_bytes: engine.memory(),
            full,
            sentiment,
            vader_sentiment,
            vader_sentimental,
            floor,
        })
    }

    fn best_rival(&self) -> f64 {
        self.vader_sentiment.max(self.vader_sentimental)
    }

    fn json(&self) -> String {
        let round = |x: f64| (x * 1000.0).round() / 1000.0;
        serde_json::json!({
            "texts": self.texts, "bytes": self.bytes, "language": if self.chinese { "zh" } else { "en" },
            "build_ms": round(self.build_ms), "rebuild_ms": round(self.rebuild_ms), "engine_bytes": self.engine_bytes,
            "mb_per_s": {"full": round(self.full), "sentiment": round(self.sentiment),
                "vader_sentiment": round(self.vader_sentiment), "vader_sentimental": round(self.vader_sentimental),
                "floor": round(self.floor)},
            "ratio": {"full_to_best_rival": round(self.full / self.best_rival()),
                "sentiment_to_best_rival": round(self.sentiment / self.best_rival()),
                "full_to_floor": round(self.full / self.floor)},
        })
        .to_string()
    }

    fn table(&self) {
        println!(
            "{} texts, {} bytes, mostly {}",
            self.texts,
            self.bytes,
            if self.chinese { "zh" } else { "en" }
        );
        println!(
            "engine: built in {:.1} ms, again in {:.1} ms, {:.1} MB",
            self.build_ms,
            self.rebuild_ms,
            self.engine_bytes as f64 / 1e6
        );
        println!();
        let rows = [
            ("full analysis", self.full),
            ("sentiment alone", self.sentiment),
            ("vader_sentiment", self.vader_sentiment),
            ("vader-sentimental", self.vader_sentimental),
            ("floor", self.floor),
        ];
        for (name, speed) in rows {
            println!("{name:18} {speed:8.1} MB/s   {:6.2} x the faster rival", speed / self.best_rival());
        }
        println!("\nfull analysis reaches {:.0} % of the floor", 100.0 * self.full / self.floor);
    }
}

/// Megabytes a second of the fastest round.
fn fastest(bytes: usize, mut round: impl FnMut()) -> f64 {
    let times = (0..ROUNDS).map(|_| {
        let started = Instant::now();
        round();
        started.elapsed().as_secs_f64()
    });
    bytes as f64 / 1e6 / times.fold(f64::MAX, f64::min)
}

/// The files of the opinion words of a language.
macro_rules! opinions {
    ($language:literal) => {
        opinions!($language: "" "/apparel" "/beauty" "/commerce" "/devices" "/dining" "/food")
    };
    ($language:literal: $($layer:literal)*) => {
        [$(include_str!(concat!("../src/lexicon/", $language, "/valence", $layer, ".tsv"))),*]
    };
}

/// The terms of word lists.
fn terms(lists: &'static [&'static str]) -> impl Iterator<Item = &'static str> {
    lists
        .iter()
        .flat_map(|list| list.lines())
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split('\t').next())
}

fn floor_english(texts: &[String], bytes: usize) -> f64 {
    let words: FxHashMap<Vec<u8>, usize> = terms(&opinions!("en"))
        .filter(|t| !t.contains(' '))
        .enumerate()
        .map(|(i, t)| (t.as_bytes().to_vec(), i))
        .collect();
    let mut lower = Vec::new();
    fastest(bytes, || {
        let mut hits = 0;
        for text in texts {
            for word in text.as_bytes().split(|b| !b.is_ascii_alphanumeric() && *b != b'\'') {
                lower.clear();
                lower.extend(word.iter().map(u8::to_ascii_lowercase));
                hits += usize::from(words.contains_key(lower.as_slice()));
            }
        }
        black_box(hits);
    })
}

fn floor_chinese(texts: &[String], bytes: usize) -> Result<f64, Box<dyn std::error::Error>> {
    let mut patterns: Vec<&str> = terms(&opinions!("zh")).collect();
    patterns.sort_unstable();
    patterns.dedup();
    let automaton = daachorse::CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(daachorse::MatchKind::LeftmostLongest)
        .build_with_values(patterns.into_iter().zip(0u32..))
        .map_err(|e| e.to_string())?;
    Ok(fastest(bytes, || {
        let hits: usize = texts.iter().map(|t| automaton.leftmost_find_iter(t).count()).sum();
        black_box(hits);
    }))
}
