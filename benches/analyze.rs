//! Full analysis and sentiment alone, English and Chinese, with reused memory.
#![allow(missing_docs, clippy::unwrap_used, reason = "macros of the bench harness")]

use candor::{Engine, Feedback};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

#[path = "../tests/sample/mod.rs"]
mod sample;

fn analyze(c: &mut Criterion) {
    let engine = Engine::builder().build().unwrap();
    let mut group = c.benchmark_group("analyze");
    for (name, texts) in [("en", sample::ENGLISH), ("zh", sample::CHINESE)] {
        let items: Vec<Feedback> = texts.iter().map(|t| Feedback::from_text(*t)).collect();
        let (mut scratch, mut insight) = (engine.scratch(), engine.insight());
        group.throughput(Throughput::Bytes(texts.iter().map(|t| t.len() as u64).sum()));
        group.bench_function(format!("{name}/full"), |b| {
            b.iter(|| {
                for item in &items {
                    engine.analyze_into(item, &mut scratch, &mut insight);
                    black_box(insight.sentiment().score);
                }
            });
        });
        group.bench_function(format!("{name}/sentiment"), |b| {
            b.iter(|| {
                for text in texts {
                    black_box(engine.sentiment_into(text, &mut scratch, &mut insight).score);
                }
            });
        });
    }
    let mixed: Vec<Feedback> = sample::all().map(Feedback::from_text).collect();
    group.throughput(Throughput::Bytes(mixed.iter().map(|f| f.text().len() as u64).sum()));
    group.bench_function("mixed/fresh_memory", |b| {
        b.iter(|| {
            for item in &mixed {
                black_box(engine.analyze(item).sentiment().score);
            }
        });
    });
    group.finish();
}

criterion_group!(benches, analyze);
criterion_main!(benches);
