//! What reading into records costs beside reading the same bytes into untyped values (`serde_json::Value`, rows
//! of `csv`). Inputs are the normal fixtures with their items over and over. Both readers take turns, time is that of
//! the processor where the system tells it, and the fastest of several rounds counts, so that a busy machine does
//! not decide. Words behind `--` name adapters.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench may fail loudly, and speaks to its caller"
)]

use candor::channel::{ReadOptions, adapter, adapters};
use serde_json::Value;
use std::hint::black_box;
use std::time::{Duration, Instant};
use std::{env, fs};

const BYTES: usize = 2 << 20;
const ROUNDS: usize = 5;
const LEAST: Duration = Duration::from_millis(40);

fn main() {
    let words: Vec<String> = env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    // Run as a test, everything once is enough.
    let (bytes, rounds) = if env::args().any(|word| word == "--bench") { (BYTES, ROUNDS) } else { (1, 1) };
    println!("| adapter | form | items | MB/s | untyped MB/s | share |\n|---|---|---:|---:|---:|---:|");
    for name in adapters().iter().map(|adapter| adapter.name()) {
        for form in ["json", "jsonl", "csv", "tsv"] {
            let path = format!("{}/tests/fixture/{name}/normal.{form}", env!("CARGO_MANIFEST_DIR"));
            match fs::read_to_string(path) {
                // Some sources wrap their JSON in what no other reader takes.
                Ok(text)
                    if (words.is_empty() || words.iter().any(|word| word == name))
                        && is_plain(form, &text) =>
                {
                    measure(name, form, &filled(name, form, &text, bytes), rounds);
                }
                _ => {}
            }
        }
    }
}

fn is_plain(form: &str, text: &str) -> bool {
    !form.starts_with("json")
        || serde_json::Deserializer::from_str(text).into_iter::<Value>().all(|v| v.is_ok())
}

fn measure(name: &str, form: &str, input: &str, rounds: usize) {
    let (adapter, options) = (adapter(name).unwrap(), ReadOptions::new());
    let mut fastest = [Duration::MAX; 2];
    let mut items = 0;
    for _ in 0..rounds {
        let read = || items = adapter.read(Box::new(input.as_bytes()), &options).map(black_box).count();
        fastest[0] = fastest[0].min(timed(read));
        fastest[1] = fastest[1].min(timed(|| untyped(form, input)));
    }
    let [own, plain] = fastest.map(|time| input.len() as f64 / 1e6 / time.as_secs_f64());
    println!("| {name} | {form} | {items} | {own:.0} | {plain:.0} | {:.0} % |", own / plain * 100.0);
}

/// The time of one run; runs are repeated up to what the clock can tell apart.
fn timed(mut work: impl FnMut()) -> Duration {
    // Nanoseconds that this thread has run, on Linux.
    let run = || -> Option<u64> {
        let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        told.split(' ').next()?.parse().ok()
    };
    let (start, before, mut times) = (Instant::now(), run(), 0);
    loop {
        work();
        times += 1;
        let run = run().zip(before).map(|(after, before)| Duration::from_nanos(after - before));
        let spent = run.unwrap_or_else(|| start.elapsed());
        if spent >= LEAST {
            return spent / times;
        }
    }
}

fn untyped(form: &str, input: &str) {
    if form.starts_with("json") {
        for value in serde_json::Deserializer::from_str(input).into_iter::<Value>() {
            black_box(value.unwrap());
        }
        return;
    }
    let delimiter = if form == "tsv" { b'\t' } else { b',' };
    let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(input.as_bytes());
    for row in rows.records() {
        black_box(row.unwrap());
    }
}

/// About this many bytes of the fixture's items in the fixture's frame.
fn filled(name: &str, form: &str, text: &str, bytes: usize) -> String {
    let times = 1 + bytes / text.len();
    match form {
        "json" => {
            let Ok(mut document) = serde_json::from_str::<Value>(text) else { return text.repeat(times) };
            let pages = format!("{document}\n").repeat(times);
            let list = document.pointer_mut(&longest(&document, String::new()).0).unwrap();
            let items = list.as_array().unwrap();
            *list = items.iter().cycle().take(items.len() * times).cloned().collect();
            // Where the document itself is the item, the list was inside of it.
            let listed = document.to_string();
            let count = |input: &str| adapter(name).unwrap().parse(input.as_bytes()).items.len();
            if count(&listed) < count(&pages) { pages } else { listed }
        }
        "jsonl" => text.repeat(times),
        _ => {
            let heads = if name == "qualtrics" { 3 } else { 1 };
            let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            let head = rows.records().nth(heads).unwrap().unwrap().position().unwrap().byte();
            let (head, rows) = text.split_at(usize::try_from(head).unwrap());
            head.to_owned() + &rows.repeat(times)
        }
    }
}

/// Pointer and length of the longest list that lies in no other.
fn longest(value: &Value, pointer: String) -> (String, usize) {
    match value {
        Value::Object(members) => {
            let inner = members.iter().map(|(name, value)| longest(value, format!("{pointer}/{name}")));
            inner.max_by_key(|(_, length)| *length).unwrap_or_default()
        }
        Value::Array(_) => (pointer, value.to_string().len()),
        _ => (pointer, 0),
    }
}
