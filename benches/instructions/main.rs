//! Instructions a byte on fixed inputs, as tables in Markdown: unlike seconds they do not depend on what else the
//! machine does. Needs `valgrind`. All tables, or those of the groups named:
//!
//! ```sh
//! cargo bench --bench instructions
//! cargo bench --bench instructions -- inputs adapters
//! ```
//!
//! The program runs itself under callgrind, once a group. Everything is built and warmed up first; only what happens
//! inside [`counted_part`] is counted, and written out after each case.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a bench may fail loudly, and speaks to its caller"
)]

mod case;
mod made;
mod program;
mod table;

#[path = "../../tests/sample/mod.rs"]
mod sample;
#[path = "../text/mod.rs"]
mod text;

use case::{Case, GROUPS, Group};
use std::path::Path;
use std::process::Command;
use std::{env, fs};
use table::Table;

/// The argument behind which the group to be counted is named.
const CHILD: &str = "--count";
/// Bytes read in a case, so that small texts are read often enough.
const LEAST: usize = 20_000;

fn main() {
    let words: Vec<String> = env::args().skip(1).collect();
    if let [first, name] = words.as_slice()
        && first == CHILD
    {
        return run(Group::named(name));
    }
    if !words.iter().any(|word| word == "--bench") {
        // Run as a test: that the cases can be read is enough.
        return run(Group::named("adapters"));
    }
    let asked: Vec<&String> = words.iter().filter(|word| !word.starts_with("--")).collect();
    println!(
        "# Instructions a byte\n\nWritten by `cargo bench --bench instructions`, explained in docs/speed.md."
    );
    for group in GROUPS.iter().filter(|g| asked.is_empty() || asked.iter().any(|name| *name == g.name)) {
        println!("\n## {}\n\n{}", group.title, count(group));
    }
}

/// Runs the cases of a group, and says which were counted.
fn run(group: &Group) {
    for Case { row, column, bytes, mut work } in (group.cases)() {
        // Buffers change places while a text is cleaned, so each must meet the longest.
        let warm_up = if bytes > LEAST { 1 } else { 4 };
        (0..warm_up).for_each(|_| work());
        let rounds = LEAST.div_ceil(bytes);
        counted_part(&mut work, rounds);
        println!("{row}\t{column}\t{}", bytes * rounds);
    }
}

/// What is counted.
#[inline(never)]
fn counted_part(work: &mut dyn FnMut(), rounds: usize) {
    (0..rounds).for_each(|_| work());
}

/// The table of a group, counted in a process of its own.
fn count(group: &Group) -> Table {
    let folder = env::temp_dir().join(format!("candor-instructions-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let counts = folder.join("counts");
    let output = Command::new("valgrind")
        .args([
            "--tool=callgrind",
            "--toggle-collect=*counted_part*",
            "--dump-after=instructions::counted_part",
        ])
        .arg(format!("--callgrind-out-file={}", counts.display()))
        .arg(env::current_exe().unwrap())
        .args([CHILD, group.name])
        .output()
        .unwrap_or_else(|error| panic!("valgrind is needed: {error}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut table = Table::new(group.about);
    for (number, line) in String::from_utf8(output.stdout).unwrap().lines().enumerate() {
        let [row, column, bytes] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let instructions = total(&folder.join(format!("counts.{}", number + 1)));
        table.put(row, column, instructions / bytes.parse::<f64>().unwrap());
    }
    fs::remove_dir_all(&folder).unwrap();
    table
}

/// The instructions in one of callgrind's files.
fn total(path: &Path) -> f64 {
    let text = fs::read_to_string(path).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("totals: ")).unwrap();
    line.trim().parse().unwrap()
}
