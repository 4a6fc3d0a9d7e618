//! What rules cost: the same texts read with none, 100, 1,000 and 10,000 rules.
//!
//! The ratios are to stay far below the growth of the number of rules.
#![allow(missing_docs, clippy::unwrap_used, reason = "macros of the bench harness")]

use candor::engine::Engine;
use candor::{
    Feedback,
    rule::{Rule, RulePack},
};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

#[path = "../tests/sample/mod.rs"]
mod sample;

const COMMON: [&str; 12] = [
    "delivery",
    "parcel",
    "service",
    "price",
    "quality",
    "\"not good\"",
    "物流",
    "客服",
    "质量",
    "价格",
    "很好",
    "太慢",
];

/// Rules of every form over a word of their own and common ones.
fn rules(count: usize) -> RulePack {
    (0..count).fold(RulePack::new("bench"), |pack, i| {
        let common = COMMON.iter().cycle().nth(i).copied().unwrap_or_default();
        let next = COMMON.iter().cycle().nth(i + 5).copied().unwrap_or_default();
        let when = match i % 6 {
            0 => format!("model{i}x AND {common}"),
            1 => format!("({common} OR {next}) NEAR/5 part{i}"),
            2 => format!("CLAUSE(brand{i} AND polarity:negative)"),
            3 => format!("\"batch code {i}\" OR series{i}* AND rating<=2"),
            4 => format!("型号{i} AND {next}"),
            _ => format!("货*第{i}批 AND NOT {common}"),
        };
        pack.rule(Rule::new(format!("r{i}"), &when).unwrap().tag("t")).unwrap()
    })
}

fn bench(c: &mut Criterion) {
    let items: Vec<Feedback> = sample::all().map(Feedback::from_text).collect();
    let bytes: usize = items.iter().map(|i| i.text().len()).sum();
    let mut group = c.benchmark_group("rules");
    group.sample_size(20);
    group.throughput(Throughput::Bytes(bytes as u64));
    for count in [0, 100, 1_000, 10_000] {
        let engine = Engine::builder().rules(rules(count)).build().unwrap();
        let (mut scratch, mut insight) = (engine.scratch(), engine.insight());
        group.bench_function(BenchmarkId::from_parameter(count), |b| {
            b.iter(|| {
                for item in &items {
                    engine.analyze_into(item, &mut scratch, &mut insight);
                    black_box(insight.tags().count());
                }
            });
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
