//! What it costs to set an engine up.
#![allow(missing_docs, clippy::unwrap_used, reason = "macros of the bench harness")]

use candor::{Engine, Taxonomy};
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;

fn build(c: &mut Criterion) {
    let mut group = c.benchmark_group("build");
    group.sample_size(20);
    group.bench_function("engine", |b| b.iter(|| black_box(Engine::builder().build().unwrap())));
    group.bench_function("taxonomy", |b| b.iter(|| black_box(Taxonomy::commerce().unwrap())));
    group.finish();
}

criterion_group!(benches, build);
criterion_main!(benches);
