use super::*;

const PATHS: Paths = Paths { items: &["data/reviews", "reviews", "by_day/*"], sides: &["users"] };

/// `path raw` of every element, `! error` of every fault.
fn found(text: &str, limit: usize) -> Vec<String> {
    let cursor = Cursor::new(Box::new(text.as_bytes()), limit);
    let show = |found: Result<Element, Fault>| match found {
        Ok(Element { raw, path, side, .. }) => {
            format!("{}{path} {}", side.unwrap_or_default(), String::from_utf8(raw).unwrap())
        }
        Err(fault) => format!("! {}", fault.error),
    };
    Elements::new(cursor, PATHS).map(show).collect()
}

#[track_caller]
fn finds(text: &str, expected: &[&str]) {
    assert_eq!(found(text, 999), expected, "{text}");
}

#[test]
fn elements_are_found_at_their_paths() {
    finds(
        r#"{"n":1,"data":{"x":["reviews"],"reviews":[{"a":1}, {"b":[{}]}]}}"#,
        &[r#"/data/reviews/0 {"a":1}"#, r#"/data/reviews/1 {"b":[{}]}"#],
    );
    finds(
        r#"{"by_day":{"mon":[{"a":1}],"tue":[]},"other":{"mon":[{"b":2}]}}"#,
        &[r#"/by_day/mon/0 {"a":1}"#],
    );
    finds(
        r#"{"users":[{"id":1}],"reviews":[{"a":1}]}"#,
        &[r#"users/users/0 {"id":1}"#, r#"/reviews/0 {"a":1}"#],
    );
    finds(r#"{"reviews":{"a":1}}"#, &[r#"/reviews {"a":1}"#]);
    finds(r#"{"reviews":null,"data":{}}"#, &[]);
}

#[test]
fn lists_may_lie_on_the_way() {
    let found = |text: &str, path: &str| {
        let cursor = Cursor::new(Box::new(text.as_bytes()), 999);
        let show = |found: Result<Element, Fault>| match found {
            Ok(Element { raw, path, .. }) => format!("{path} {}", String::from_utf8(raw).unwrap()),
            Err(fault) => format!("! {}", fault.error),
        };
        Elements::at(cursor, [path.to_owned()]).map(show).collect::<Vec<_>>()
    };
    assert_eq!(
        found(r#"[{"p":1,"all":[{"a":1}]},7,{"all":[{"b":2},{"c"#, "[]/all"),
        [
            r#"/0/all/0 {"a":1}"#,
            r#"/2/all/0 {"b":2}"#,
            "! line 1, column 44, /2/all/1: the input ends inside the item",
        ]
    );
    assert_eq!(
        found(r#"{"data":{"pages":[{"all":[{"a":1}]},{"all":[]},{"all":[{"b":2}]}]}}"#, "data/pages/[]/all"),
        [r#"/data/pages/0/all/0 {"a":1}"#, r#"/data/pages/2/all/0 {"b":2}"#]
    );
}

#[test]
fn documents_come_in_many_wraps() {
    finds(r#"[{"a":1},{"b":2}]"#, &[r#"/0 {"a":1}"#, r#"/1 {"b":2}"#]);
    finds(r#"{"a":"}"}"#, &[r#" {"a":"}"}"#]);
    finds(
        "{\"a\":1}\n{\"reviews\":[{\"b\":2}]}, [{\"c\":3}]",
        &[r#" {"a":1}"#, r#"/reviews/0 {"b":2}"#, r#"/0 {"c":3}"#],
    );
    for (before, after) in
        [("call(", ");"), ("/**/ ns.call (", ")"), (")]}',\n", ""), ("for(;;);", "\n"), ("x = ", ";")]
    {
        finds(&format!(r#"{before}{{"reviews":[{{"a":1}}]}}{after}"#), &[r#"/reviews/0 {"a":1}"#]);
    }
    finds("nothing here", &["! line 1, column 1: expected a JSON object or array"]);
    finds("", &[]);
}

#[test]
fn damage_stays_local() {
    finds(
        r#"{"reviews":[{"a":1},{"b":"cut"#,
        &[r#"/reviews/0 {"a":1}"#, "! line 1, column 21, /reviews/1: the input ends inside the item"],
    );
    finds(
        r#"[{"a":1},"#,
        &[r#"/0 {"a":1}"#, "! line 1, column 10, /1: the input ends before the document does"],
    );
    finds(
        "[{\"a\":\"open},\n{\"b\":2}]",
        &["! line 1, column 2, /0: a string is not closed", r#"/1 {"b":2}"#],
    );
    finds("[\n{\"a\":[1,\n{\"b\":2}]", &["! line 2, column 1, /0: a bracket is not closed", r#"/1 {"b":2}"#]);
    finds(
        "[{\"a\":\"x\ny\"},{\"b\":2}]",
        &["! line 1, column 2, /0: a string holds a line break", r#"/1 {"b":2}"#],
    );
    finds(
        r#"[{"a":[1},{"b":2],{"c":3}]"#,
        &[
            r#"/0 {"a":[1}"#,
            r#"/1 {"b":2"#,
            r#" {"c":3}"#,
            "! line 1, column 26: expected a JSON object or array",
        ],
    );
}

#[test]
fn long_items_are_passed_over() {
    let long = "x".repeat(200_000);
    let text = format!(r#"{{"reviews":[{{"a":1}},{{"b":"{long}"}},{{"c":3}}]}}"#);
    assert_eq!(
        found(&text, 100),
        [
            r#"/reviews/0 {"a":1}"#,
            "! line 1, column 21, /reviews/1: the item is longer than the limit",
            r#"/reviews/2 {"c":3}"#,
        ]
    );
    assert_eq!(
        found(&format!(r#"{{"b":"{long}"}}"#), 100),
        ["! line 1, column 1: the item is longer than the limit"]
    );
}

#[test]
fn without_paths_every_document_is_an_element() {
    let lines = "{\"a\":\"x\n{\"a\":[\n{\"b\":{\"c\":1}}\n{\"d\":\n  {\"e\":1}}\n";
    let elements = Elements::at(Cursor::new(Box::new(lines.as_bytes()), 999), []);
    let found = elements.map(|found| match found {
        Ok(element) => format!("{} {}", element.place.line, String::from_utf8(element.raw).unwrap()),
        Err(fault) => format!("! {}", fault.error),
    });
    let expected = [
        "! line 1, column 1: a string is not closed",
        "! line 2, column 1: a bracket is not closed",
        "3 {\"b\":{\"c\":1}}",
        "4 {\"d\":\n  {\"e\":1}}",
    ];
    assert_eq!(found.collect::<Vec<_>>(), expected);
}
