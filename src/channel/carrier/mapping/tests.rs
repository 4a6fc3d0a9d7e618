use super::*;

#[track_caller]
fn error(toml: &str) -> String {
    Mapping::parse("m", toml).unwrap_err().to_string()
}

fn lines(toml: &str, input: &str) -> Vec<String> {
    let mapping = Mapping::parse("m", toml).unwrap();
    let options = ReadOptions::new();
    let show = |item: Result<Feedback, Reject>| match item {
        Ok(item) => serde_json::to_string(&item).unwrap(),
        Err(reject) => format!("! {reject}"),
    };
    mapping.read(Box::new(input.as_bytes()), &options).map(show).collect()
}

#[test]
fn mistakes_are_told_with_their_place() {
    assert_eq!(
        error("[fields]\ntext = \"/t\"\n\n[feilds]\n"),
        "mapping \"m\", line 4, column 2: key \"feilds\" is not known; did you mean \"fields\"?"
    );
    assert_eq!(
        error("[fields]\ntext = 7\n"),
        "mapping \"m\", line 2, column 8: `text` is integer, expected a string"
    );
    assert_eq!(
        error("[fields]\nid = \"/id\"\n"),
        "mapping \"m\", line 1, column 1: nothing fills text, title or rating; name at least one of them in [fields] or [rating]"
    );
    assert_eq!(
        error("[fields]\ntext = \"/t\"\nid = \"id\"\n"),
        "mapping \"m\", line 3, column 6: \"id\" is a column where others are pointers; did you mean \"/id\"?"
    );
    assert_eq!(
        error("items = \"data\"\n[fields]\ntext = \"/t\"\n"),
        "mapping \"m\", line 1, column 9: \"data\" is no pointer; did you mean \"/data\"?"
    );
    assert_eq!(
        error("items = \"/data\"\n[fields]\ntext = \"Review\"\n"),
        "mapping \"m\", line 1, column 1: a table has no list of items; leave `items` out, or write pointers like \"/text\""
    );
    assert_eq!(
        error("[rating]\nfrom = \"/r\"\nkind = \"star\"\n"),
        "mapping \"m\", line 3, column 8: kind \"star\" is not known; did you mean \"stars\"?"
    );
    assert_eq!(
        error("[rating]\nfrom = \"/r\"\nmin = 5\nmax = 1\n"),
        "mapping \"m\", line 1, column 1: rating scale 5..1 is empty"
    );
    assert_eq!(
        error("zone = \"Mars\"\n[fields]\ntext = \"/t\"\n"),
        "mapping \"m\", line 1, column 8: zone \"Mars\" is not known; write an offset such as \"+08:00\""
    );
    assert!(error("[fields\n").starts_with("mapping \"m\", line 1, column "));
}

#[test]
fn json_is_read_by_pointers() {
    let toml = r#"
        items = "/by_day/*"
        time_format = "%d.%m.%Y %H:%M"
        zone = "+02:00"
        markup = "html"
        [fields]
        text = "/msg/body"
        tags = "/labels"
        created_at = "/at"
        [constants]
        channel = "chat"
        store = "Riverside"
        [attributes]
        campaign = "/utm/campaign"
        [[aspect_ratings]]
        aspect = "speed"
        from = "/marks/0"
        kind = "ordinal"
        min = 0
        max = 10
    "#;
    let input = r#"{"by_day":{"mon":[{"msg":{"body":"<p>Slow</p>"},"labels":["a",2],"at":"03.04.2024 09:30",
        "utm":{"campaign":"may"},"marks":[3],"floor":{"n":2}},{"msg":null},{"msg":{"body":"x"},"marks":[11]}]}}"#;
    assert_eq!(
        lines(toml, input),
        [
            concat!(
                r#"{"schema":1,"id":"m:1:19","source":"m","channel":"chat","created_at":"2024-04-03T07:30:00Z","text":"<p>Slow</p>","#,
                r#""format":"html","aspect_ratings":[{"aspect":"speed","rating":{"value":3,"min":0,"max":10,"kind":"ordinal"}}],"#,
                r#""store":"Riverside","tags":["a","2"],"attributes":{"campaign":"may"},"generated_id":true,"floor":{"n":2}}"#
            ),
            "! item 1, line 2, column 63, /by_day/mon/1: the item has none of text, title, rating, turns",
            "! item 2, line 2, column 76, /by_day/mon/2/marks/0: rating 11 is outside its scale 0..10",
        ]
    );
}

#[test]
fn tables_are_read_by_columns() {
    let toml = "[fields]\ntext = \"Was\"\nid = \"Nr\"\n[rating]\nfrom = \"Note\"\nmin = 1\nmax = 6\nkind = \"csat\"\n\
        values = { gut = 5 }\n";
    assert_eq!(
        lines(toml, "Nr\tWas\tNote\tOrt\n1\tGood value\tgut\tUlm\n2\tbad\tschlimm\t\n3\tshort\n"),
        [
            concat!(
                r#"{"schema":1,"id":"1","source":"m","channel":"survey","text":"Good value","#,
                r#""rating":{"value":5,"min":1,"max":6,"kind":"csat"},"Ort":"Ulm"}"#
            ),
            "! item 1, line 3, Note: \"schlimm\" is none of the values of the rating",
            "! item 2, line 4: the row has 2 fields, the header 4",
        ]
    );
    assert_eq!(
        lines(toml, "Nr,Wass,Note\n"),
        ["! item 0, line 1: the table has no column \"Was\"; did you mean \"Wass\"?"]
    );
}

#[test]
fn it_knows_its_own() {
    let mapping = Mapping::parse("m", "[fields]\ntext = \"/msg/body\"\n").unwrap();
    assert_eq!(mapping.sniff(b"{\"msg\":{\"body\":1}}"), Confidence::Likely);
    assert_eq!(mapping.sniff(b"{\"text\":1}"), Confidence::No);
    assert_eq!(mapping.sniff(b"msg,body\n"), Confidence::No);
    assert_eq!(mapping.name(), "m");
}
