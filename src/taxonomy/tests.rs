use super::*;

const LOWER: &str = r#"
[[topic]]
id = "cup"
name = { en = "Cup", zh = "杯" }
about = "Cups."
department = "product"
complaint_class = "product_quality"
stage = "product"
severity = 0.5
[topic.en]
targets = ["cup", "mug"]
problems = ["handle came off"]

[[topic]]
id = "tea/leaf"
name = { en = "Leaf", zh = "茶叶" }
about = "Leaves."
department = "product"
complaint_class = "product_quality"
stage = "product"
severity = 0.5
[topic.en]
targets = ["leaf"]
[topic.zh]
targets = ["茶叶"]
"#;

fn lower() -> Taxonomy {
    Taxonomy::parse("lower.toml", LOWER).unwrap()
}

fn over(toml: &str) -> Result<Taxonomy> {
    lower().overlay(Pack::parse("upper.toml", toml)?)
}

#[track_caller]
fn refused(toml: &str, message: &str) {
    assert_eq!(over(toml).unwrap_err().to_string(), message);
}

fn topic<'a>(taxonomy: &'a Taxonomy, path: &str) -> &'a Topic {
    taxonomy.topic(taxonomy.find(path).unwrap()).unwrap()
}

#[test]
fn fields_replace_and_words_add() {
    let both = over(
        "departments = [\"kitchen\"]\n[[topic]]\nid = \"cup\"\ndepartment = \"kitchen\"\nseverity = 0.9\n\
         [topic.en]\ntargets = [\"beaker\"]",
    )
    .unwrap();
    let cup = topic(&both, "cup");
    assert_eq!((cup.department(), cup.severity(), cup.about()), ("kitchen", 0.9, "Cups."));
    assert_eq!(cup.en().targets, ["cup", "mug", "beaker"]);
    assert_eq!(both.name(), "lower.toml+upper.toml");
}

#[test]
fn words_are_removed_and_replaced() {
    let less = over("[[topic]]\nid = \"cup\"\n[topic.en]\nremove = [\"Mug\"]").unwrap();
    assert_eq!(topic(&less, "cup").en().targets, ["cup"]);
    let anew = over("[[topic]]\nid = \"tea/leaf\"\n[topic.en]\nreplace = true\ntargets = [\"tip\"]").unwrap();
    let leaf = topic(&anew, "tea/leaf");
    assert_eq!(
        (leaf.en().targets.as_slice(), leaf.zh().targets.as_slice()),
        (["tip".to_owned()].as_slice(), ["茶叶".to_owned()].as_slice())
    );
}

#[test]
fn a_claimed_word_leaves_the_lower_topic() {
    let both = over("[[topic]]\nid = \"tea/leaf\"\n[topic.en]\ntargets = [\"cup\"]").unwrap();
    assert_eq!(topic(&both, "cup").en().targets, ["mug"]);
}

#[test]
fn topics_and_groups_are_disabled() {
    let one = over("[[topic]]\nid = \"cup\"\ndisabled = true").unwrap();
    assert_eq!(one.find("cup"), None);
    assert_eq!(one.homeless().problems, ["handle came off"]);
    assert_eq!(one.path(one.find("tea/leaf").unwrap()), "tea/leaf");
    let group = over("[[topic]]\nid = \"tea\"\ndisabled = true").unwrap();
    assert_eq!(group.topics().len(), 1);
}

#[test]
fn packs_tell_of_themselves() {
    let both = over("name = \"house\"\nabout = \"Ours.\"\nversion = 4").unwrap();
    let house = both.packs().last().unwrap();
    assert_eq!((house.name(), house.about(), house.version()), ("house", "Ours.", Some(4)));
    assert_eq!(both.packs().first().unwrap().version(), None);
}

#[test]
fn errors_of_form() {
    refused(
        "[[topic]]\nid = \"cup\"\n  department = \"produt\"",
        "upper.toml, line 3, column 16: department \"produt\" is not defined; did you mean \"product\"?",
    );
    refused(
        "[[topic]]\nid = \"Cup\"",
        "upper.toml, line 2, column 6: topic id \"Cup\" is not a path of a-z, 0-9 and _",
    );
    refused(
        "[[topic]]\nid = \"cup\"\nseverity = 7",
        "upper.toml, line 3, column 12: severity 7 is outside 0..1",
    );
    refused(
        "[[topic]]\nid = \"cup\"\n[[topic]]\nid = \"cup\"",
        "upper.toml, line 4, column 6: topic \"cup\" is defined twice",
    );
    refused(
        "[[topic]]\nid = \"cup\"\nsevrity = 1.0",
        "upper.toml, line 3, column 1: unknown field `sevrity`, expected one of `id`, `disabled`, `name`, `about`, \
         `department`, `complaint_class`, `stage`, `severity`, `rules`, `en`, `zh`",
    );
}

#[test]
fn errors_of_words() {
    refused(
        "[[topic]]\nid = \"cup\"\n[topic.en]\ntargets = [\"rim\"]\n[[topic]]\nid = \"tea/leaf\"\n[topic.en]\n\
         targets = [\"vein\", \"rim\"]",
        "upper.toml, line 8, column 20: term \"rim\" leads to both \"cup\" and \"tea/leaf\"; keep it in one",
    );
    refused(
        "[[topic]]\nid = \"cup\"\n[topic.en]\nremove = [\"mugg\"]",
        "upper.toml, line 4, column 11: term \"mugg\" is no English word of topic \"cup\"; did you mean \"mug\"?",
    );
    refused(
        "[[topic]]\nid = \"cup\"\n[topic.en]\ntargets = [\"\"]",
        "upper.toml, line 4, column 12: term \"\" of topic \"cup\" can never match: terms are lower case and \
         Simplified, with single blanks and straight apostrophes",
    );
}

#[test]
fn errors_of_topics() {
    refused(
        "[[topic]]\nid = \"tea/leav\"\nseverity = 0.2",
        "upper.toml, line 2, column 6: topic \"tea/leav\" is new and has no name, about, department, \
         complaint_class, stage; did you mean \"tea/leaf\"?",
    );
    refused(
        "[[topic]]\nid = \"cups\"\ndisabled = true",
        "upper.toml, line 2, column 6: topic \"cups\" is disabled but not defined below; did you mean \"cup\"?",
    );
    refused(
        "[[topic]]\nid = \"cup\"\ndisabled = true\nseverity = 0.2",
        "upper.toml, line 2, column 6: topic \"cup\" is disabled, so nothing else can be said of it",
    );
}
