//! Time by length of the text, 20 bytes to a megabyte, and on texts made to be slow: all must stay linear.
#![allow(missing_docs, clippy::unwrap_used, reason = "macros of the bench harness")]

use candor::{Engine, Feedback};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use text::{WORST, filled, nested};

#[path = "../tests/sample/mod.rs"]
mod sample;
mod text;

const SIZES: [usize; 5] = [20, 400, 8_000, 100_000, 1_000_000];

fn scale(c: &mut Criterion) {
    let engine = Engine::builder().build().unwrap();
    let (mut scratch, mut insight) = (engine.scratch(), engine.insight());
    let mut bench = |c: &mut Criterion, group: &str, name: &str, text: String| {
        let mut group = c.benchmark_group(group);
        group.sample_size(10).throughput(Throughput::Bytes(text.len() as u64));
        let id = BenchmarkId::new(name, text.len());
        let item = Feedback::from_text(text);
        group.bench_function(id, |b| {
            b.iter(|| {
                engine.analyze_into(&item, &mut scratch, &mut insight);
                black_box(insight.sentiment().score);
            });
        });
        group.finish();
    };
    let mixed = sample::all().collect::<Vec<_>>().join("\n");
    for size in SIZES {
        bench(c, "scale", "mixed", filled(&mixed, size));
        bench(c, "scale", "en", filled(&sample::ENGLISH.join(" "), size));
        bench(c, "scale", "zh", filled(&sample::CHINESE.concat(), size));
    }
    for (name, open, close) in WORST {
        for size in [10_000, 100_000] {
            bench(c, "worst", name, nested(open, close, size));
        }
    }
}

criterion_group!(benches, scale);
criterion_main!(benches);
