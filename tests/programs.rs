//! The programs on the sample data: what they write, with which exit code, masked, twice the same.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test may stop")]

use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

const FILES: &[&str] = &[
    "reviews.jsonl",
    "survey_nps.csv",
    "store_reviews_zh.csv",
    "google_play.json",
    "zendesk_tickets.json",
    "taobao_rates.json",
    "jd_comments.json",
];

/// Personal data planted in the texts of the samples.
const PRIVATE: &[&str] = &[
    "13800000000",
    "13900000000",
    "13700000000",
    "555-0143",
    "chen.yu@example.com",
    "maeve.byrne@example.com",
    "g.oduya@example.org",
];

/// The folder of the built programs. They are built again, as `cargo test --test programs` leaves them as they are.
static EXAMPLES: LazyLock<PathBuf> = LazyLock::new(|| {
    let profile = std::env::current_exe().unwrap().parent().unwrap().parent().unwrap().to_owned();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    cargo.args(
        ["annotate", "diff_packs", "triage", "themes", "first_insight", "embed", "spanish"]
            .iter()
            .flat_map(|name| ["--example", name]),
    );
    if profile.ends_with("release") {
        cargo.arg("--release");
    }
    assert!(cargo.status().unwrap().success());
    profile.join("examples")
});

fn data(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data").join(name).to_str().unwrap().to_owned()
}

/// A file in the scratch folder of the tests.
fn scratch(name: &str) -> String {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).to_str().unwrap().to_owned()
}

fn run(program: &str, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(EXAMPLES.join(program));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that refuses its arguments does not read its input.
    _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    std::str::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[track_caller]
fn has(value: &Value, wanted: &[&str]) {
    let keys = keys(value);
    for name in wanted {
        assert!(keys.contains(name), "{name} is not in {keys:?}");
    }
}

#[track_caller]
fn tells_nothing_private(text: &[u8]) {
    let text = String::from_utf8_lossy(text);
    for private in PRIVATE {
        assert!(!text.contains(private), "{private}");
    }
}

#[test]
fn annotate_writes_one_insight_a_line_in_order() {
    let input = "{\"id\":\"a\",\"text\":\"物流太慢\"}\nnonsense\n{\"id\":\"b\",\"text\":\"Great lamp\"}\n{\"text\":7}\n";
    let output = run("annotate", &[], input);
    assert_eq!(code(&output), 0);
    let insights = lines(&output.stdout);
    assert_eq!(insights.iter().map(|i| i["id"].as_str().unwrap()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(insights[0]["topics"][0]["topic"], "delivery/speed");
    let rejects = lines(&output.stderr);
    let places: Vec<_> = rejects.iter().map(|r| (r["index"].as_u64(), r["line"].as_u64())).collect();
    assert_eq!(places, [(Some(1), Some(2)), (Some(3), Some(4))]);
    assert!(rejects.iter().all(|reject| reject["error"].is_string()));
}

#[test]
fn annotate_reads_every_sample_twice_the_same() {
    for (file, rejected) in FILES.iter().zip([3, 1, 0, 0, 0, 0, 0]) {
        let path = data(file);
        let output = run("annotate", &["--from", "auto", &path], "");
        assert_eq!(code(&output), 0, "{file}");
        assert!(lines(&output.stdout).len() >= 35, "{file}");
        assert_eq!(lines(&output.stderr).len(), rejected, "{file}");
        tells_nothing_private(&output.stdout);
        if *file == "reviews.jsonl" {
            assert_eq!(run("annotate", &["--from=auto", &path], "").stdout, output.stdout);
        }
    }
}

#[test]
fn annotate_obeys_its_options() {
    let (rejects, path) = (scratch("rejects.jsonl"), data("reviews.jsonl"));
    let arguments =
        ["--rejects", &rejects, "--evidence", "all", "--pack", "commerce", "--pack", "dining", &path];
    let output = run("annotate", &arguments, "");
    assert_eq!((code(&output), output.stderr.len()), (0, 0));
    assert_eq!(lines(&std::fs::read(&rejects).unwrap()).len(), 3);
    for insight in lines(&output.stdout) {
        let evidence = insight["evidence"].as_array().unwrap();
        assert!(evidence.iter().all(|firing| firing["rule"] != "rest"));
        let sum: f64 = evidence.iter().map(|firing| firing["effect"].as_f64().unwrap()).sum();
        let score = insight["sentiment"]["score"].as_f64().unwrap();
        assert!((sum - score).abs() < 2e-3, "{}", insight["id"]);
    }
    let pack = scratch("pack.toml");
    let topic = "[[topic]]\nid = \"pets\"\nname = { en = \"Pets\", zh = \"宠物\" }\nabout = \"Animals.\"\n";
    std::fs::write(&pack, topic).unwrap();
    let refused = String::from_utf8(run("annotate", &["--pack", &pack], "").stderr).unwrap();
    assert!(refused.contains("pack.toml"), "{refused}");
}

#[test]
fn annotate_tags_by_rules() {
    let output = run("annotate", &["--rules", &data("rules_new.toml"), &data("reviews.jsonl")], "");
    assert_eq!(code(&output), 0);
    let tagged = lines(&output.stdout).iter().filter(|insight| insight["tags"].is_array()).count();
    assert!(tagged > 5, "{tagged}");
}

#[test]
fn diff_packs_shows_what_a_new_version_changes() {
    let (old, new, file) = (data("rules_old.toml"), data("rules_new.toml"), data("reviews.jsonl"));
    let output = run("diff_packs", &["--old", &old, "--new", &new, "--items", "200", &file], "");
    assert_eq!(code(&output), 0);
    tells_nothing_private(&output.stdout);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("202 items read, 3 refused") && text.contains("tag vip_call"), "{text}");
    let same = run("diff_packs", &["--old", &new, "--new", &new, &file], "");
    assert!(
        String::from_utf8(same.stdout).unwrap().ends_with("202 items read, 3 refused, 0 verdicts change\n")
    );
    assert_eq!(code(&run("diff_packs", &["--old", &old], "")), 2);
}

#[test]
fn annotate_says_what_it_cannot_use() {
    let says = |arguments: &[&str], input: &str| {
        let output = run("annotate", arguments, input);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).unwrap()
    };
    assert_eq!(
        says(&["--from", "taobo"], ""),
        "annotate: adapter \"taobo\" is not defined; did you mean \"taobao\"?\n"
    );
    assert_eq!(
        says(&["--pack", "nothing"], ""),
        "annotate: pack \"nothing\" is not built in; known packs: commerce, dining\n"
    );
    assert_eq!(
        says(&["--evidence", "some"], ""),
        "annotate: --evidence some: only all and strongest are known\n"
    );
    assert_eq!(says(&["--from"], ""), "annotate: --from needs a value\n");
    assert!(says(&["--fast"], "").starts_with("annotate: unknown option --fast\nusage: "));
    assert!(says(&["a.jsonl", "b.jsonl"], "").starts_with("annotate: a second input, b.jsonl\n"));
    assert!(says(&["no/such/file"], "").starts_with("annotate: no/such/file: "));
    assert_eq!(says(&[], ""), "annotate: the input holds no item\n");
    assert_eq!(lines(says(&["-"], "nonsense\n").as_bytes())[0]["line"], 1);
}

/// The table and the JSON of a run over all samples.
fn triage(name: &str) -> (Vec<u8>, Vec<u8>) {
    let out = scratch(name);
    let paths: Vec<String> = FILES.iter().map(|file| data(file)).collect();
    let mut arguments: Vec<&str> = paths.iter().map(String::as_str).collect();
    arguments.extend(["--json", &out]);
    let output = run("triage", &arguments, "");
    assert_eq!((code(&output), output.stderr.len()), (0, 0));
    (output.stdout, std::fs::read(&out).unwrap())
}

static TRIAGE: LazyLock<(Vec<u8>, Value)> = LazyLock::new(|| {
    let (table, json) = triage("triage.json");
    (table, serde_json::from_slice(&json).unwrap())
});

#[test]
fn triage_ranks_the_planted_burst_first() {
    let issues = TRIAGE.1["issues"].as_array().unwrap();
    let first = &issues[0];
    assert_eq!((&first["rank"], &first["topic"]), (&1.into(), &"delivery/speed".into()));
    assert_eq!(first["scope"], serde_json::json!({"courier": "swiftline"}));
    assert_eq!(first["trend"]["direction"], "rising");
    assert!(first["impact"]["high"].as_f64().unwrap() < 0.0);
    let trend = |topic: &str| {
        let issue = issues.iter().find(|issue| issue["topic"] == topic).unwrap();
        issue["trend"]["direction"].as_str().unwrap().to_owned()
    };
    assert_eq!(trend("service/attitude"), "falling");
    assert_ne!(trend("product/quality"), "rising");
    assert!(TRIAGE.1["alerts"].as_array().unwrap().iter().any(|alert| alert["topic"] == "product/safety"));
    let table = String::from_utf8_lossy(&TRIAGE.0);
    for part in ["Act now (safety): product/safety", "courier=swiftline", "stands out: product=Aurora lamp"] {
        assert!(table.contains(part), "{part}\n{table}");
    }
}

#[test]
fn triage_writes_the_promised_shape() {
    let json = &TRIAGE.1;
    has(json, &["schema", "read", "period", "satisfaction", "issues", "alerts", "cases"]);
    assert_eq!(json["schema"], 1);
    has(&json["read"], &["items", "rejects", "duplicates", "templates"]);
    assert_eq!((&json["read"]["rejects"], &json["read"]["duplicates"]), (&4.into(), &6.into()));
    assert!(json["read"]["items"].as_u64().unwrap() >= 483);
    assert_eq!(json["period"], serde_json::json!({"from": "2026-03-02", "to": "2026-05-10"}));
    has(&json["satisfaction"]["rating"], &["value", "low", "high", "n", "min", "max"]);
    for number in ["csat", "nps", "sentiment"] {
        has(&json["satisfaction"][number], &["value", "low", "high", "n"]);
    }
    assert_eq!(json["satisfaction"]["nps"]["value"], -6.4516);
    for issue in json["issues"].as_array().unwrap() {
        has(issue, &["rank", "topic", "scope", "items", "customers", "share", "severity", "trend", "impact"]);
        has(issue, &["priority", "quotes", "department", "complaint_class", "due"]);
        has(&issue["share"], &["value", "low", "high", "n"]);
        has(&issue["trend"], &["direction", "change", "q"]);
        has(&issue["priority"], &["score", "low", "high", "terms", "override"]);
        has(&issue["quotes"][0], &["id", "source", "text", "start", "end"]);
        let terms = issue["priority"]["terms"].as_array().unwrap();
        let sum: f64 = terms.iter().map(|term| term["contribution"].as_f64().unwrap()).sum();
        assert!((sum - issue["priority"]["score"].as_f64().unwrap()).abs() < 1e-9);
    }
    let cases = json["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 20);
    has(&cases[0], &["id", "complaint_class", "department", "severity", "topics", "due"]);
    assert_eq!(cases[0]["severity"], "critical");
}

#[test]
fn triage_is_masked_and_twice_the_same() {
    let (table, json) = triage("again.json");
    assert!(table == TRIAGE.0);
    assert_eq!(serde_json::from_slice::<Value>(&json).unwrap(), TRIAGE.1);
    assert_eq!(json, triage("once_more.json").1);
    tells_nothing_private(&table);
    tells_nothing_private(&json);
}

#[test]
fn triage_takes_facts_and_rules_of_the_host() {
    let (out, facts, rules) = (scratch("facts.json"), data("facts.toml"), data("rules_new.toml"));
    let md = scratch("facts.md");
    let arguments =
        ["--facts", &facts, "--rules", &rules, "--weights", "effort=2", "--json", &out, "--report", &md];
    let output = run("triage", &[&arguments[..], &[&data("reviews.jsonl")]].concat(), "");
    assert_eq!(code(&output), 0, "{}", String::from_utf8_lossy(&output.stderr));
    let table = String::from_utf8(output.stdout).unwrap();
    for part in ["\nNamed by your rules: ", " swiftline_late", "\nWith the weights of --weights\n"] {
        assert!(table.contains(part), "{part}\n{table}");
    }
    let md = std::fs::read_to_string(md).unwrap();
    assert!(md.contains("## What goes along with the rating") && md.contains("| topic delivery/speed | +"));
    let json: Value = serde_json::from_slice(&std::fs::read(out).unwrap()).unwrap();
    let term = |topic: &str, name: &str| {
        let issue = json["issues"].as_array().unwrap().iter().find(|issue| issue["topic"] == topic).unwrap();
        let terms = issue["priority"]["terms"].as_array().unwrap();
        let sum: f64 = terms.iter().map(|term| term["contribution"].as_f64().unwrap()).sum();
        assert!((sum - issue["priority"]["score"].as_f64().unwrap()).abs() < 1e-9);
        terms.iter().find(|term| term["name"] == name).unwrap()["value"].as_f64().unwrap()
    };
    // Two days with the courier, thirty over the quality: 1 - log10(days) / 3.
    assert_eq!((term("delivery/speed", "effort"), term("product/quality", "effort")), (0.8997, 0.5076));
    // 15 % of the turnover, stated: 1 + log10(0.15) / 3.
    assert_eq!(term("product/quality", "value"), 0.7254);
    assert!(term("delivery/speed", "value") > 0.0, "the worth of the customers seen");
}

#[test]
fn triage_counts_late_answers_of_conversations() {
    let turn = |role: &str, minute: u32, text: &str| serde_json::json!({"role": role, "at": format!("2026-03-02T10:{minute:02}:00Z"), "text": text});
    let mut lines = String::new();
    for i in 0..24 {
        let mut turns = vec![turn("customer", 0, "The parcel is still not here, delivery is terribly slow!")];
        turns.push(turn("customer", 1, &format!("My number is {i}.")));
        // Half are answered in time, a quarter too late, a quarter never.
        match i % 4 {
            0 | 1 => turns.push(turn("agent", 2, "I am sorry.")),
            2 => turns.push(turn("agent", 40, "I am sorry.")),
            _ => {}
        }
        let at = "2026-03-02T10:00:00Z";
        let item =
            serde_json::json!({"id": format!("t-{i}"), "channel": "chat", "created_at": at, "turns": turns});
        lines.extend([item.to_string(), "\n".to_owned()]);
    }
    let (input, out) = (scratch("chats.jsonl"), scratch("chats.json"));
    std::fs::write(&input, lines).unwrap();
    let output = run("triage", &["--now", "2026-03-03T00:00:00Z", "--json", &out, &input], "");
    assert_eq!(code(&output), 0, "{}", String::from_utf8_lossy(&output.stderr));
    let json: Value = serde_json::from_slice(&std::fs::read(out).unwrap()).unwrap();
    let issue = json["issues"].as_array().unwrap().iter().find(|i| i["topic"] == "delivery/speed").unwrap();
    let sla = issue["priority"]["terms"].as_array().unwrap().iter().find(|t| t["name"] == "sla").unwrap();
    assert_eq!(sla["value"], 0.3143); // lower end of the Wilson interval of 12 in 24
}

#[test]
fn triage_writes_reports_by_their_ending() {
    let (md, csv) = (scratch("report.md"), scratch("report.csv"));
    let tickets = data("zendesk_tickets.json");
    // Given twice, everything but the default reviews is a duplicate.
    let output = run("triage", &["--report", &md, "--report", &csv, &tickets, &tickets], "");
    assert_eq!(code(&output), 0, "{}", String::from_utf8_lossy(&output.stderr));
    let md = std::fs::read(md).unwrap();
    assert!(md.starts_with(b"# Customer feedback\n\n2026-"));
    assert!(String::from_utf8_lossy(&md).contains("80 items read; set aside: 0 unreadable, 40 duplicates"));
    let csv = std::fs::read(csv).unwrap();
    assert!(csv.starts_with(b"rank,topic,scope,"));
    tells_nothing_private(&md);
    tells_nothing_private(&csv);
}

#[test]
fn triage_looks_back_from_the_time_asked_for() {
    let out = scratch("april.json");
    let output =
        run("triage", &["--now", "2026-04-20T00:00:00Z", "--json", &out, &data("reviews.jsonl")], "");
    assert_eq!(code(&output), 0);
    let json: Value = serde_json::from_slice(&std::fs::read(out).unwrap()).unwrap();
    assert_eq!(json["period"]["to"], "2026-04-19");
    assert!(json["read"]["others"].as_u64().unwrap() > 50);
    let rising =
        |issue: &Value| issue["topic"] == "delivery/speed" && issue["trend"]["direction"] == "rising";
    assert!(!json["issues"].as_array().unwrap().iter().any(rising));
}

#[test]
fn triage_says_what_it_cannot_use() {
    let says = |arguments: &[&str]| {
        let output = run("triage", arguments, "");
        assert_eq!((code(&output), output.stdout.len()), (2, 0), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(says(&[]).starts_with("triage: no file is named\nusage: "));
    assert!(says(&["no/such/file"]).starts_with("triage: no/such/file: "));
    let facts = data("rules_new.toml");
    assert_eq!(says(&["--facts", &facts, "x"]), format!("triage: {facts}, line 1: missing field `schema`\n"));
    assert_eq!(says(&["--now", "soon", "x"]), "triage: --now soon: not a time like 2026-05-10T18:00:00Z\n");
    assert_eq!(says(&["--window", "0", "x"]), "triage: --window 0: not a number of days\n");
    assert_eq!(
        says(&["--report", "out.pdf", "x"]),
        "triage: --report out.pdf: the name must end in .md, .json or .csv\n"
    );
    let empty = scratch("empty.jsonl");
    std::fs::write(&empty, "nonsense\n").unwrap();
    assert!(says(&["--from", "jsonl", &empty]).starts_with("triage: nothing readable in the files\n"));
}

#[test]
fn the_small_programs_end_well() {
    let output = run("first_insight", &[], "");
    assert_eq!(code(&output), 0);
    let promised =
        include_str!("../README.md").split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).starts_with(promised));
    let output = run("embed", &[], "");
    assert_eq!(code(&output), 0);
    let text = String::from_utf8_lossy(&output.stdout);
    let prints: BTreeSet<&str> = text.lines().filter_map(|line| line.split(" verdicts by ").nth(1)).collect();
    assert_eq!(prints.len(), 2, "both engines were at work: {text}");
}

#[test]
fn themes_finds_what_no_topic_knows() {
    let (pack, new) = (scratch("themes.toml"), data("new_words.jsonl"));
    let files: Vec<String> =
        ["reviews.jsonl", "store_reviews_zh.csv", "taobao_rates.json", "jd_comments.json"].map(data).into();
    let arguments = ["--split", "2026-05-01T00:00:00Z", "--out", &pack, &new];
    let arguments: Vec<&str> = arguments.into_iter().chain(files.iter().map(String::as_str)).collect();
    let output = run("themes", &arguments, "");
    assert_eq!(code(&output), 0);
    tells_nothing_private(&output.stdout);
    let text = String::from_utf8(output.stdout).unwrap();
    let table: Vec<&str> = text.lines().skip(3).take_while(|line| !line.is_empty()).collect();
    for planted in ["magnetic latch", "二维码贴纸"] {
        assert!(table.iter().take(3).any(|line| line.contains(planted)), "{planted}\n{text}");
    }
    let output = run("annotate", &["--pack", "commerce", "--pack", &pack, &new], "");
    let led = lines(&output.stdout).iter().filter(|i| i["topics"].to_string().contains("new/")).count();
    assert!(led >= 25, "the accepted topics lead {led} of 34 items");
    assert_eq!(code(&run("themes", &["--side", "sideways", &new], "")), 2);
}
