//! A thousand tenants, each with twenty words of its own over one shared base.
//!
//! The mean of `derive/one` is to stay at or below 2 ms: a tenant must cost its own words, not the base's.
#![allow(missing_docs, clippy::unwrap_used, reason = "macros of the bench harness")]

use candor::Engine;
use candor::lexicon::{Lexicon, List};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

const TENANTS: u64 = 1_000;
const WORDS: u64 = 20;

/// Ten English and ten Chinese words that no other tenant has.
fn words(tenant: u64) -> Lexicon {
    (0..WORDS).fold(Lexicon::new(), |lexicon, i| {
        let term = if i % 2 == 0 { format!("brand{tenant}x{i}") } else { format!("品牌{tenant}号{i}") };
        lexicon.word(List::Valence, &term, 1.5, "opinion").unwrap()
    })
}

fn tenants(c: &mut Criterion) {
    let base = Engine::builder().build().unwrap();
    let all: Vec<Lexicon> = (0..TENANTS).map(words).collect();
    let mut group = c.benchmark_group("derive");
    let Some(one) = all.first() else { return };
    group.sample_size(10);
    group.bench_function("one", |b| b.iter(|| black_box(base.derive(one).unwrap())));
    group.throughput(Throughput::Elements(TENANTS));
    group.bench_function("thousand", |b| {
        b.iter(|| black_box(all.iter().map(|w| base.derive(w).unwrap()).collect::<Vec<_>>()));
    });
    let engines: Vec<Engine> = all.iter().map(|w| base.derive(w).unwrap()).collect();
    let (mut scratch, mut insight) = (base.scratch(), base.insight());
    group.bench_function("read_by_each", |b| {
        b.iter(|| {
            for engine in &engines {
                black_box(
                    engine.sentiment_into("The brand7x0 lamp is good", &mut scratch, &mut insight).score,
                );
            }
        });
    });
    group.finish();
}

criterion_group!(benches, tenants);
criterion_main!(benches);
