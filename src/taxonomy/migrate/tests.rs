use super::*;

fn taxonomy(topics: &[(&str, &str)]) -> Taxonomy {
    let one = |(id, target): &(&str, &str)| {
        format!(
            "[[topic]]\nid = \"{id}\"\nname = {{ en = \"x\", zh = \"x\" }}\nabout = \"A topic.\"\n\
             department = \"product\"\ncomplaint_class = \"other\"\nstage = \"other\"\nseverity = 0.5\n\
             [topic.en]\ntargets = [\"{target}\"]\n"
        )
    };
    Taxonomy::parse("t", &topics.iter().map(one).collect::<String>()).unwrap()
}

fn migrate(mapping: &str) -> Result<Migration> {
    let old = taxonomy(&[("tea", "brew"), ("cup", "cup"), ("pot", "pot")]);
    let new =
        taxonomy(&[("tea", "brew"), ("tea/leaf", "leaf"), ("tea/water", "hot water"), ("ware", "ware")]);
    old.migrate(&new, "map.toml", mapping)
}

const MERGED: &str =
    "[[topic]]\nfrom = \"cup\"\nto = [\"ware\"]\n[[topic]]\nfrom = \"pot\"\nto = [\"ware\"]\n";

#[track_caller]
fn refused(mapping: &str, message: &str) {
    assert_eq!(migrate(mapping).unwrap_err().to_string(), message);
}

#[test]
fn renamed_merged_and_kept() {
    let map = migrate(MERGED).unwrap();
    assert_eq!(
        (map.path("cup"), map.path("pot"), map.path("tea")),
        (Some("ware"), Some("ware"), Some("tea"))
    );
    assert_eq!(map.path("ware"), None);
}

#[test]
fn split_by_words() {
    let map =
        migrate(&format!("{MERGED}[[topic]]\nfrom = \"tea\"\nto = [\"tea/leaf\", \"tea/water\"]")).unwrap();
    let home = |words: &[&str]| map.home_of("tea", words).map(|home| (home.path, home.decided)).unwrap();
    assert_eq!(home(&["The leaf", "stale"]), ("tea/leaf", true));
    assert_eq!(home(&["leaf in hot water"]), ("tea/water", true));
    assert_eq!(home(&["leaflet"]), ("tea", false));
    assert_eq!(home(&["it", "bad"]), ("tea", false));
}

#[test]
fn faults_of_a_mapping() {
    refused(
        "[[topic]]\nfrom = \"cop\"\nto = [\"ware\"]",
        "map.toml, line 2, column 8: topic \"cop\" is not in the older taxonomy; did you mean \"cup\"?",
    );
    refused(
        "[[topic]]\nfrom = \"cup\"\nto = [\"wear\"]",
        "map.toml, line 3, column 7: topic \"wear\" is not in the newer taxonomy; did you mean \"ware\"?",
    );
    refused(
        &format!("{MERGED}[[topic]]\nfrom = \"cup\"\nto = [\"tea\"]"),
        "map.toml, line 8, column 8: topic \"cup\" is moved twice",
    );
    refused(
        "[[topic]]\nfrom = \"cup\"\nto = []",
        "map.toml, line 2, column 8: topic \"cup\" goes nowhere; name at least one topic under `to`",
    );
    refused(
        "[[topic]]\nfrom = \"cup\"\nto = [\"ware\", \"tea\"]",
        "map.toml, line 2, column 8: topic \"cup\" is split without a topic above all parts; name a `default`",
    );
    refused("", "map.toml: topic \"cup\" has no place in the newer taxonomy");
    refused(
        "[[topic]]\nfrom = 3",
        "map.toml, line 2, column 8: invalid type: integer `3`, expected a string",
    );
}
