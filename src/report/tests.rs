use super::csv::cell;
use super::{ReadCounts, Report};
use crate::case::{Desk, Playbook};
use crate::discover::{ThemeOptions, Themes};
use crate::engine::Engine;
use crate::feedback::{Channel, Feedback, Rating};
use crate::metrics::driver::Drivers;
use crate::metrics::testing::{CATALOG, Item, aggregate};
use crate::metrics::{Aggregate, SummaryOptions};
use crate::priority::Model;
use crate::sla::Policy;
use serde_json::Value;

fn shop() -> Aggregate {
    aggregate((0..60).map(|i| {
        let item = Item::new(&format!("c-{i}")).day(i / 3 + 1).with(|b| b.channel(Channel::CHAT));
        let item = item.product(if i % 3 == 0 { "=lamp|\"x\"" } else { "kettle" });
        match i % 3 {
            0 => item.text("坏了，call 555 1234").bad("product/quality", 0.6).stars(1.0),
            1 => item.text("slow | slower\n<b>slowest</b>").bad("delivery/speed", 0.4).stars(3.0),
            _ => item.good("service/attitude").stars(5.0),
        }
    }))
}

fn report() -> Report {
    let (policy, playbook) = (Policy::builtin().unwrap(), Playbook::builtin().unwrap());
    let summary = shop().summary(&SummaryOptions::default());
    let ranked = Model::builtin().unwrap().rank(&summary);
    let (feedback, insight) = Item::new("c-0").bad("product/quality", 0.6).done();
    let cases = [Desk::builtin().unwrap().open(&feedback, &insight, summary.now.unwrap())];
    let builder = Report::builder(&summary, &ranked).cases(&cases).policy(&policy).playbook(&playbook);
    let read = ReadCounts { items: 65, rejects: 2, duplicates: 3, templates: 2, ..ReadCounts::default() };
    builder.taxonomy(&CATALOG.taxonomy).read(read).build(|text| text.replace("555 1234", "[phone]"))
}

fn json() -> Value {
    serde_json::from_str(&report().to_json()).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[track_caller]
fn has(value: &Value, names: &[&str]) {
    let keys = keys(value);
    for name in names {
        assert!(keys.contains(name), "{name} is not in {keys:?}");
    }
}

#[test]
fn json_has_the_promised_shape() {
    let json = json();
    has(&json, &["schema", "read", "period", "satisfaction", "issues", "alerts", "cases"]);
    let read = serde_json::json!({"items": 65, "rejects": 2, "duplicates": 3, "templates": 2, "spam": 0, "others": 0});
    assert_eq!(json["read"], read);
    assert_eq!(json["period"], serde_json::json!({"from": "2025-01-01", "to": "2025-01-20"}));
    has(&json["satisfaction"]["rating"], &["value", "low", "high", "n", "min", "max"]);
    assert_eq!(json["satisfaction"]["rating"]["value"], 3.0);
    has(&json["satisfaction"], &["csat", "nps", "sentiment"]);
    let issue = &json["issues"][0];
    let wanted = [
        "rank",
        "topic",
        "scope",
        "items",
        "customers",
        "share",
        "severity",
        "trend",
        "impact",
        "priority",
        "quotes",
        "department",
        "complaint_class",
        "due",
    ];
    has(issue, &wanted);
    assert_eq!((&issue["topic"], &issue["rank"]), (&"product/quality".into(), &1.into()));
    assert_eq!(issue["scope"], serde_json::json!({"product": "=lamp|\"x\""}));
    assert_eq!(
        (&issue["department"], &issue["complaint_class"]),
        (&"product".into(), &"product_quality".into())
    );
    assert_eq!(issue["due"], "2025-01-21T00:00:00Z");
    has(&issue["share"], &["value", "low", "high", "n"]);
    has(&issue["trend"], &["direction", "change", "q"]);
    has(&issue["impact"], &["on", "value", "low", "high"]);
    has(&issue["priority"], &["score", "low", "high", "terms", "override"]);
    has(&issue["quotes"][0], &["id", "source", "text", "start", "end"]);
    assert_eq!(issue["remedies"].as_array().unwrap().len(), 2);
    assert_eq!(json["cases"][0]["due"]["resolution"], "2025-01-21T00:00:00Z");
}

#[test]
fn contributions_sum_to_the_score_on_the_wire() {
    for issue in json()["issues"].as_array().unwrap() {
        let priority = &issue["priority"];
        let terms = priority["terms"].as_array().unwrap();
        has(&terms[0], &["name", "value", "contribution"]);
        let sum: f64 = terms.iter().map(|t| t["contribution"].as_f64().unwrap()).sum();
        assert!((sum - priority["score"].as_f64().unwrap()).abs() < 1e-9);
    }
}

#[test]
fn overrides_are_alerts() {
    let item = |i: usize| Item::new(&format!("c-{i}"));
    let items = (0..20)
        .map(|i| if i == 7 { item(i).bad("product/safety", 0.9) } else { item(i).bad("price/value", 0.5) });
    let summary = aggregate(items).summary(&SummaryOptions::default());
    let ranked = Model::builder().unwrap().overrides_apart().build().unwrap().rank(&summary);
    let report = Report::builder(&summary, &ranked).taxonomy(&CATALOG.taxonomy).build(str::to_owned);
    let json: Value = serde_json::from_str(&report.to_json()).unwrap();
    assert_eq!(json["issues"][0]["topic"], "price/value");
    assert_eq!(json["alerts"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&json["alerts"][0]["topic"], &json["alerts"][0]["rank"]),
        (&"product/safety".into(), &2.into())
    );
    assert_eq!(
        (&json["alerts"][0]["reason"], &json["alerts"][0]["department"]),
        (&"safety".into(), &"product".into())
    );
    assert!(report.to_markdown().contains("## Act now"));
}

#[test]
fn every_form_is_masked() {
    let report = report();
    for text in [report.to_json(), report.to_markdown(), report.to_csv()] {
        assert!(text.contains("phone") && !text.contains("555 1234"));
    }
}

#[test]
fn markdown_tables_hold_foreign_words() {
    let markdown = report().to_markdown();
    let columns = |line: &str| line.replace("\\|", "").matches('|').count();
    let table: Vec<usize> =
        markdown.lines().filter(|l| l.starts_with("| 1 ") || l.starts_with("| 2 ")).map(columns).collect();
    assert_eq!(table, [12, 12]);
    assert!(markdown.contains("> slow \\| slower (host/c-"), "{markdown}");
    assert!(markdown.contains("| NPS (points) | not asked | | 0 |"));
    assert!(markdown.contains("product: =lamp"));
}

#[test]
fn csv_runs_no_formula() {
    assert_eq!(cell("=1+1"), "'=1+1");
    assert_eq!(cell(" @SUM(A1)"), "' @SUM(A1)");
    assert_eq!(cell("\tx\n"), "\"'\tx\n\"");
    assert_eq!(cell("＝cmd, \"x\""), "\"'＝cmd, \"\"x\"\"\"");
    assert_eq!(cell("plain"), "plain");
    let csv = report().to_csv();
    let first = csv.lines().nth(1).unwrap();
    assert!(first.starts_with("1,product/quality,\"product==lamp|\"\"x\"\"\",20,20,"), "{first}");
}

#[test]
fn an_empty_report_says_so() {
    let summary = Aggregate::new().summary(&SummaryOptions::default());
    let report = Report::builder(&summary, &[]).build(str::to_owned);
    assert!(report.to_markdown().contains("No problem was found."));
    assert!(report.to_json().contains("\"issues\": []"));
}

/// Ratings that go down with slow deliveries, and a latch that no topic knows.
fn rich() -> Report {
    let engine = Engine::default_engine().unwrap();
    let (mut aggregate, mut drivers, mut themes) = (Aggregate::new(), Drivers::default(), Themes::new());
    let verbs = ["rattles badly", "came loose", "pops open", "is terrible", "slips off"];
    for i in 0..120 {
        let (text, stars) = match i % 4 {
            0 => (
                format!("Delivery was far too slow, call 13812345678. Note {i}"),
                1.0 + f64::from(i % 3 == 0),
            ),
            1 => (format!("The magnetic latch {}, write to me: 13812345678", verbs[i as usize / 4 % 5]), 2.0),
            _ => (format!("Fast delivery, I love the rug {i}"), 4.0 + f64::from(i % 3 == 0)),
        };
        let rating = Rating::stars(stars).unwrap();
        let feedback = Feedback::builder(format!("r-{i}")).text(text).rating(rating).build().unwrap();
        let insight = engine.analyze(&feedback);
        aggregate.push(&feedback, &insight);
        drivers.push(&feedback, &insight);
        themes.push(&feedback, &insight);
    }
    let summary = aggregate.summary(&SummaryOptions::default());
    let themes = themes.summary(&ThemeOptions::default());
    Report::builder(&summary, &[]).drivers(&drivers).themes(&themes).build(crate::text::mask)
}

#[test]
fn drivers_and_themes_have_sections_when_given() {
    let rich = rich();
    let json: Value = serde_json::from_str(&rich.to_json()).unwrap();
    let driver = &json["drivers"][0];
    has(driver, &["kind", "name", "on", "correlation", "q", "mean", "impact"]);
    assert_eq!((&driver["name"], &driver["on"]), (&"delivery/speed".into(), &"rating".into()));
    assert!(driver["correlation"]["low"].as_f64().unwrap() > 0.5, "{driver}");
    let theme = &json["themes"][0];
    has(theme, &["phrases", "items", "customers", "z", "q", "quotes"]);
    assert!(theme["phrases"][0].as_str().unwrap().contains("latch"), "{theme}");
    let markdown = rich.to_markdown();
    for part in
        ["## What goes along with the rating", "| topic delivery/speed | +", "## What no topic knows yet"]
    {
        assert!(markdown.contains(part), "{part}\n{markdown}");
    }
    assert!(!markdown.contains("13812345678") && !rich.to_json().contains("13812345678"));
    let plain = report();
    assert!(!plain.to_markdown().contains("## What goes along"));
    assert!(plain.to_json().contains("\"drivers\": []"));
}
