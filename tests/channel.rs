//! Every adapter against its fixtures and the contract that all of them share.
#![cfg(all(feature = "json", feature = "csv"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests may fail loudly"
)]

use candor::channel::{Adapter, ReadOptions, Reject, Revisions, adapter, adapters};
#[cfg(all(feature = "xml", feature = "email"))]
use candor::channel::{Confidence, sniff};
use candor::{ErrorKind, Feedback};
use proptest::prelude::*;
use serde_json::{Value, json};
#[cfg(all(feature = "xml", feature = "email"))]
use std::fmt::Write;
use std::fs;
use std::io::{BufReader, Read};
use std::path::PathBuf;

/// Formats in which nothing closes an item: one that lost its end still reads as whole.
const OPEN_ENDED: &[&str] =
    &["csv", "shopify", "qualtrics", "google_forms", "schema_org", "email", "mbox", "whatsapp", "transcript"];

/// Formats in which a small limit may leave items whole.
const SHORT_ITEMS: &[&str] = &["csv", "shopify", "judge_me"];

/// Formats that tell at the end of a document what its items refer to: a cut one knows less of them.
const TOLD_LATE: &[&str] = &["twitter"];

/// Set to write the expected records anew; read the difference before keeping it.
const UPDATE: &str = "UPDATE_EXPECTED";

fn fixtures(source: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixture").join(source);
    let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| !path.to_string_lossy().ends_with(".expected.jsonl"));
    paths.retain(|path| cfg!(feature = "xml") || path.extension().is_none_or(|end| end != "xml"));
    paths.sort();
    let read = |path: PathBuf| {
        let bytes = fs::read(&path).unwrap();
        (path, bytes)
    };
    paths.into_iter().map(read).collect()
}

/// What is read, one JSON value each, in input order.
fn read(adapter: &dyn Adapter, bytes: &[u8], options: &ReadOptions) -> Vec<Value> {
    adapter.read(Box::new(bytes), options).map(line).collect()
}

fn line(item: Result<Feedback, Reject>) -> Value {
    match item {
        Ok(item) => serde_json::to_value(item).unwrap(),
        Err(reject) => json!({ "reject": reject }),
    }
}

fn check_fixtures(name: &str) {
    let found = fixtures(name);
    for kind in ["normal", "minimal", "damaged"] {
        let there = found.iter().any(|(path, _)| path.file_stem().is_some_and(|stem| stem == kind));
        assert!(there, "tests/fixture/{name} needs a {kind} fixture");
    }
    for (path, bytes) in found {
        let lines = read(adapter(name).unwrap(), &bytes, &ReadOptions::new());
        let text: String = lines.iter().flat_map(|line| [line.to_string(), "\n".to_owned()]).collect();
        let expected = PathBuf::from(format!("{}.expected.jsonl", path.display()));
        if std::env::var_os(UPDATE).is_some() {
            fs::write(&expected, &text).unwrap();
        }
        let wanted = fs::read_to_string(&expected).unwrap_or_default();
        let wanted: Vec<Value> = wanted.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for (line, wanted) in lines.iter().zip(&wanted) {
            assert_eq!(line, wanted, "{}", path.display());
        }
        assert_eq!(lines.len(), wanted.len(), "{}: number of records", path.display());
    }
}

/// `auto` must come to the same records.
fn check_auto(name: &str) {
    let options = ReadOptions::new();
    for (path, bytes) in fixtures(name) {
        if bytes.is_empty() {
            continue;
        }
        let auto = read(adapter("auto").unwrap(), &bytes, &options);
        assert_eq!(auto, read(adapter(name).unwrap(), &bytes, &options), "{}", path.display());
    }
}

fn check_parse(name: &str) {
    let adapter = adapter(name).unwrap();
    for (path, bytes) in fixtures(name) {
        let lines = read(adapter, &bytes, &ReadOptions::new());
        let batch = adapter.parse(&bytes);
        let (rejects, items): (Vec<_>, Vec<_>) =
            lines.into_iter().partition(|line| line.get("reject").is_some());
        assert_eq!(
            batch.items.into_iter().map(|i| line(Ok(i))).collect::<Vec<_>>(),
            items,
            "{}",
            path.display()
        );
        assert_eq!(batch.rejects.into_iter().map(|r| line(Err(r))).collect::<Vec<_>>(), rejects);
    }
}

fn check_line_ends(name: &str) {
    let options = ReadOptions::new();
    for (path, bytes) in fixtures(name) {
        let mut windows = Vec::new();
        for byte in bytes.iter().copied() {
            windows.extend((byte == b'\n').then_some(b'\r').into_iter().chain([byte]));
        }
        let plain = |lines: Vec<Value>| {
            lines.iter().map(|l| l.to_string().replace("\\r\\n", "\\n")).collect::<Vec<_>>()
        };
        let adapter = adapter(name).unwrap();
        let (unix, windows) = (read(adapter, &bytes, &options), read(adapter, &windows, &options));
        assert_eq!(plain(windows), plain(unix), "{}", path.display());
    }
}

fn check_chunks(name: &str) {
    let (adapter, options) = (adapter(name).unwrap(), ReadOptions::new());
    for (path, bytes) in fixtures(name) {
        let drops: Vec<Value> = adapter
            .read(Box::new(BufReader::with_capacity(1, bytes.as_slice())), &options)
            .map(line)
            .collect();
        assert_eq!(drops, read(adapter, &bytes, &options), "{}", path.display());
    }
}

/// A file cut anywhere still gives its whole items, and at most one reject for the rest.
fn check_cuts(name: &str) {
    let (adapter, options) = (adapter(name).unwrap(), ReadOptions::new());
    for (path, bytes) in fixtures(name) {
        if path.file_stem().is_none_or(|stem| stem != "normal") {
            continue;
        }
        let whole = read(adapter, &bytes, &options);
        for end in 0..bytes.len() {
            let mut cut = read(adapter, &bytes[..end], &options);
            if OPEN_ENDED.contains(&name) {
                // The last item may have lost its end without a sign; lines after an open quote are read again.
                cut.truncate(cut.iter().position(|line| line.get("reject").is_some()).unwrap_or(cut.len()));
                cut.pop();
            } else if cut.last().is_some_and(|last| last.get("reject").is_some()) {
                cut.pop();
            }
            if TOLD_LATE.contains(&name) {
                let all = whole.iter().zip(&cut).all(|(whole, cut)| whole.get("id") == cut.get("id"));
                assert!(all && cut.len() <= whole.len(), "{} cut after {end} bytes", path.display());
                continue;
            }
            assert!(whole.starts_with(&cut), "{} cut after {end} bytes", path.display());
        }
    }
}

/// A small limit refuses items, not memory.
fn check_limit(name: &str) {
    let (adapter, options) = (adapter(name).unwrap(), ReadOptions::new().max_item_bytes(16));
    for (path, bytes) in fixtures(name) {
        for item in adapter.read(Box::new(bytes.as_slice()), &options) {
            assert!(item.is_err() || SHORT_ITEMS.contains(&name) || bytes.len() < 32, "{}", path.display());
        }
    }
}

/// Nothing panics, and rejects are numbered in input order.
fn check_any(adapter: &dyn Adapter, bytes: &[u8]) {
    adapter.sniff(bytes);
    let mut last = None;
    for reject in adapter.parse(bytes).rejects {
        assert!(last < Some(reject.index()), "reject {} comes after {last:?}", reject.index());
        last = Some(reject.index());
        assert!(!reject.to_string().is_empty());
    }
}

/// What holds formats together.
const PIECES: &[&str] =
    &["\"", "{", "}", "[", "]", ",", "\n", "\\", "null", ":", "\u{feff}", "<", ">", "</", "<!--", "&"];

fn edits() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, Vec<u8>)>> {
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..4),
        prop::sample::select(PIECES).prop_map(|s| s.as_bytes().to_vec()),
    ];
    prop::collection::vec((any::<prop::sample::Index>(), 0..3_u8, piece), 1..6)
}

fn edited(mut bytes: Vec<u8>, edits: Vec<(prop::sample::Index, u8, Vec<u8>)>) -> Vec<u8> {
    for (at, kind, piece) in edits {
        let at = at.index(bytes.len() + 1);
        let end = match kind {
            0 => at,
            1 => (at + piece.len()).min(bytes.len()),
            _ => (at + 1).min(bytes.len()),
        };
        bytes.splice(at..end, if kind == 2 { Vec::new() } else { piece });
    }
    bytes
}

/// Every adapter on a line of its own, and on it all that the adapter has to keep.
macro_rules! adapter_contract {
    ($($(#[$gate:meta])* $name:ident)*) => {
        const UNDER_CONTRACT: &[&str] = &[$($(#[$gate])* stringify!($name)),*];

        $(
        $(#[$gate])*
        mod $name {
            use super::*;

            const NAME: &str = stringify!($name);

            #[test]
            fn fixtures_give_the_expected_records() {
                check_fixtures(NAME);
            }

            #[test]
            fn auto_finds_the_adapter() {
                check_auto(NAME);
            }

            #[test]
            fn parse_equals_read() {
                check_parse(NAME);
            }

            #[test]
            fn line_ends_do_not_matter() {
                check_line_ends(NAME);
            }

            #[test]
            fn chunks_do_not_matter() {
                check_chunks(NAME);
            }

            #[test]
            fn cut_files_keep_their_whole_items() {
                check_cuts(NAME);
            }

            #[test]
            fn items_are_limited() {
                check_limit(NAME);
            }

            proptest! {
                #![proptest_config(ProptestConfig::with_cases(64))]

                #[test]
                fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
                    check_any(adapter(NAME).unwrap(), &bytes);
                }

                #[test]
                fn any_text_is_survived(text in r#"[\[\]{}",:;|()\\a-c0-2 \n\t好]{0,300}"#) {
                    check_any(adapter(NAME).unwrap(), text.as_bytes());
                }

                #[test]
                fn damage_is_survived(which in any::<prop::sample::Index>(), edits in edits()) {
                    let found = fixtures(NAME);
                    let bytes = edited(found[which.index(found.len())].1.clone(), edits);
                    check_any(adapter(NAME).unwrap(), &bytes);
                    check_any(adapter("auto").unwrap(), &bytes);
                }
            }
        }
        )*
    };
}

adapter_contract! {
    google_play
    zendesk
    typeform
    qualtrics
    google_forms
    survey_monkey
    delighted
    formbricks
    twitter
    weibo
    heimao
    taobao
    jd
    trustpilot
    yotpo
    app_store_connect
    app_store
    amazon
    yelp
    judge_me
    google_business
    woo_commerce
    big_commerce
    facebook
    shopify
    intercom
    freshdesk
    gorgias
    slack
    livechat
    tawk
    chatwoot
    help_scout
    wootric
    survicate
    jsonl
    csv
    schema_org
    #[cfg(feature = "xml")]
    product_feed
    whatsapp
    transcript
    json
    #[cfg(feature = "email")]
    email
    #[cfg(feature = "email")]
    mbox
}

/// An input that never ends.
struct Endless {
    head: &'static [u8],
    item: &'static [u8],
    at: usize,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        for byte in buffer.iter_mut() {
            *byte = match self.head.get(self.at) {
                Some(byte) => *byte,
                None => self.item[(self.at - self.head.len()) % self.item.len()],
            };
            self.at += 1;
        }
        Ok(buffer.len())
    }
}

#[test]
fn items_come_while_the_input_flows() {
    let options = ReadOptions::new();
    let inputs: [(&str, &str, &str); 7] = [
        ("jsonl", "", "{\"text\":\"ok\"}\n"),
        ("csv", "review\n", "fine\n"),
        ("json", "{\"pages\":[{\"rows\":[", "{\"comment\":\"ok\",\"stars\":5},"),
        ("twitter", "{\"data\":[", "{\"id\":\"1\",\"text\":\"x\"},"),
        ("google_forms", "Timestamp,Why?\n", "2024-03-01,fine\n"),
        ("taobao", "{\"trade_rates\":[", "{\"oid\":1,\"content\":\"好\"},"),
        (
            "auto",
            "{\"more\":[1,{}],\"reviews\":[",
            "{\"reviewId\":\"1\",\"comments\":[{\"userComment\":{\"text\":\"x\"}}]},",
        ),
    ];
    for (name, head, item) in inputs {
        let endless = Endless { head: head.as_bytes(), item: item.as_bytes(), at: 0 };
        let input = Box::new(BufReader::new(endless));
        let items = adapter(name).unwrap().read(input, &options).take(20_000);
        assert!(items.map(Result::unwrap).count() == 20_000, "{name}");
    }
}

#[test]
fn every_adapter_is_under_contract() {
    let mut names: Vec<&str> = adapters().iter().map(|adapter| adapter.name()).collect();
    let mut kept = UNDER_CONTRACT.to_vec();
    names.sort_unstable();
    kept.sort_unstable();
    assert_eq!(kept, names, "extend `adapter_contract!`");
}

/// What `auto` takes the fixtures for: how often it is right, how sure it is then, how often another adapter is
/// as sure, and what else it takes them for.
#[cfg(all(feature = "xml", feature = "email"))]
#[test]
fn auto_confuses_nothing() {
    let mut table = "source\tfixtures\tright\tcertain\tlikely\tpossible\topen\ttaken for\n".to_owned();
    for name in UNDER_CONTRACT {
        let (mut counts, mut others) = ([0; 6], Vec::new());
        for (_, bytes) in fixtures(name).iter().filter(|(_, bytes)| !bytes.is_empty()) {
            let found = sniff(&bytes[..bytes.len().min(1 << 16)]);
            counts[0] += 1;
            let Some((first, confidence)) = found.first() else {
                others.push("nothing");
                continue;
            };
            let open = found.iter().filter(|(_, other)| other == confidence).count() > 1;
            let levels = [Confidence::Certain, Confidence::Likely, Confidence::Possible];
            let sure = levels.map(|level| first == name && *confidence == level);
            let all = [first == name, sure[0], sure[1], sure[2], open];
            counts[1..].iter_mut().zip(all).for_each(|(count, yes)| *count += usize::from(yes));
            others.extend((first != name).then_some(*first));
        }
        let counts = counts.map(|count| count.to_string()).join("\t");
        writeln!(table, "{name}\t{counts}\t{}", others.join(" ")).unwrap();
    }
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/snapshot/auto.tsv");
    if std::env::var_os(UPDATE).is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &table).unwrap();
    }
    assert_eq!(table, fs::read_to_string(path).unwrap());
}

#[test]
fn unknown_input_is_one_reject() {
    let auto = adapter("auto").unwrap();
    for unknown in ["[\n {\"a\": 1}\n]", "just some words\nand more"] {
        let batch = auto.parse(unknown.as_bytes());
        assert_eq!((batch.items.len(), batch.rejects.len()), (0, 1), "{unknown}");
    }
    assert_eq!(
        adapter("zendisk").err().unwrap().to_string(),
        "adapter \"zendisk\" is not defined; did you mean \"zendesk\"?"
    );
}

#[test]
fn importing_again_doubles_nothing() {
    let items = || all_records().into_iter().map(|(_, item)| item);
    let mut all: Revisions = items().collect();
    let once = all.len();
    all.extend(items());
    assert_eq!(all.len(), once);
}

#[test]
fn what_is_set_aside_is_told_from_what_is_damaged() {
    let kinds = |name: &str, input: &str| -> Vec<ErrorKind> {
        adapter(name).unwrap().parse(input.as_bytes()).rejects.iter().map(|r| r.error().kind()).collect()
    };
    assert_eq!(
        kinds(
            "taobao",
            r#"{"trade_rates":[{"oid":1,"role":"seller","content":"a"},{"oid":2,"result":"x"}]}"#
        ),
        [ErrorKind::NotFeedback, ErrorKind::Unknown]
    );
    let ratings = r#"{"satisfaction_ratings":[{"id":1,"score":"offered","ticket_id":2}]}"#;
    assert_eq!(kinds("zendesk", ratings), [ErrorKind::NotFeedback]);
    assert_eq!(
        kinds("slack", r#"[{"type":"message","subtype":"channel_join","ts":"1.2"}]"#),
        [ErrorKind::NotFeedback]
    );
}

/// Every record of every fixture.
fn all_records() -> Vec<(String, Feedback)> {
    let records = |name: &&str| {
        let adapter = adapter(name).unwrap();
        let all = fixtures(name).into_iter();
        all.flat_map(|(path, bytes)| {
            let items = adapter.parse(&bytes).items;
            items.into_iter().map(move |item| (format!("{}: {}", path.display(), item.id()), item))
        })
        .collect::<Vec<_>>()
    };
    UNDER_CONTRACT.iter().flat_map(records).collect()
}

#[test]
fn schema_org_says_every_record() {
    let adapter = adapter("schema_org").unwrap();
    for (name, item) in all_records() {
        let review = candor::channel::to_schema_org(&item);
        let batch = adapter.parse(review.to_string().as_bytes());
        assert!(batch.rejects.is_empty(), "{name}: {:?}", batch.rejects);
        assert_eq!(batch.items, [item], "{name}: {review}");
    }
}

#[test]
fn the_own_form_says_every_record() {
    let (auto, adapter) = (adapter("auto").unwrap(), adapter("jsonl").unwrap());
    for (name, item) in all_records() {
        let json = serde_json::to_string(&item).unwrap();
        assert_eq!(Feedback::from_json(&json).unwrap(), item, "{name}");
        assert_eq!(adapter.parse(json.as_bytes()).items, std::slice::from_ref(&item), "{name}");
        assert_eq!(auto.parse(json.as_bytes()).items, [item], "{name}: auto");
    }
}
