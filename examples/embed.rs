//! A host that has nothing but the standard library: one engine shared by threads, its own row type, a tenant
//! with words of its own, and a new engine swapped in while the threads work. Ends by itself.
#![allow(clippy::print_stdout, reason = "a program speaks to its caller")]

use candor::feedback::{Rating, Source};
use candor::lexicon::{Lexicon, List};
use candor::{Engine, Feedback, Result};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

/// A row as the host's database has it.
struct Row {
    id: u32,
    stars: u8,
    body: &'static str,
}

const ROWS: &[Row] = &[
    Row { id: 1, stars: 5, body: "Lovely lamp and quick delivery, thank you!" },
    Row { id: 2, stars: 2, body: "The parcel came a week late and the box was crushed." },
    Row { id: 3, stars: 1, body: "客服态度很差，问了三次都不回。" },
    Row { id: 4, stars: 4, body: "面料很舒服，就是物流太慢。" },
    Row { id: 5, stars: 5, body: "A real five-pillow sofa." },
];

impl Row {
    /// The record that the engine reads.
    fn feedback(&self) -> Result<Feedback> {
        let row = Feedback::builder(self.id.to_string()).source(Source::new("shop-db"));
        row.text(self.body).rating(Rating::stars(f64::from(self.stars))?).build()
    }
}

/// The engine in use. Readers take a clone of the inner `Arc` and never wait while verdicts are made.
type Current = RwLock<Arc<Engine>>;

fn current(engine: &Current) -> Arc<Engine> {
    engine.read().unwrap_or_else(PoisonError::into_inner).clone()
}

fn swap(engine: &Current, new: Engine) {
    *engine.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
}

fn main() -> Result<()> {
    let started = Instant::now();
    let base = Engine::builder().build()?;
    println!(
        "engine {} built in {} ms, {} KiB",
        base.fingerprint(),
        started.elapsed().as_millis(),
        base.memory() / 1024
    );
    tenant(&base)?;
    let rows: Vec<Feedback> = ROWS.iter().map(Row::feedback).collect::<Result<_>>()?;
    let engine: Current = RwLock::new(Arc::new(base.clone()));
    let stop = AtomicBool::new(false);
    let counts = thread::scope(|scope| {
        let workers: Vec<_> = (0..3).map(|_| scope.spawn(|| work(&engine, &rows, &stop))).collect();
        thread::sleep(Duration::from_millis(100));
        // The new engine is built beside the old one; verdicts go on meanwhile.
        let words = Lexicon::new().word(List::Valence, "crushed", -3.0, "problem");
        let swapped = words.and_then(|words| base.derive(&words)).map(|new| swap(&engine, new));
        thread::sleep(Duration::from_millis(100));
        stop.store(true, Ordering::Relaxed);
        swapped.map(|()| workers.into_iter().filter_map(|worker| worker.join().ok()).collect::<Vec<_>>())
    })?;
    for (thread, counts) in counts.iter().enumerate() {
        for (fingerprint, count) in counts {
            println!("thread {thread}: {count} verdicts by {fingerprint}");
        }
    }
    println!("done after {} ms", started.elapsed().as_millis());
    Ok(())
}

/// A tenant's own words over the shared base: the base does not change.
fn tenant(base: &Engine) -> Result<()> {
    let text = "A real five-pillow sofa.";
    let tenant = base.derive(&Lexicon::new().word(List::Valence, "five-pillow", 3.0, "opinion")?)?;
    println!(
        "base says {:.2}, tenant says {:.2}: {text}",
        base.sentiment(text).score,
        tenant.sentiment(text).score
    );
    Ok(())
}

/// Analyses rows until told to stop: verdicts made, by the engine that made them.
fn work(engine: &Current, rows: &[Feedback], stop: &AtomicBool) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    let first = current(engine);
    let (mut scratch, mut insight) = (first.scratch(), first.insight());
    while !stop.load(Ordering::Relaxed) {
        // One look a batch: all rows of it are read by the same engine.
        let engine = current(engine);
        for row in rows {
            engine.analyze_into(row, &mut scratch, &mut insight);
        }
        *counts.entry(insight.fingerprint().to_owned()).or_default() += rows.len() as u64;
    }
    counts
}
