use super::*;
use crate::rule::testing::{leaf, tree};
use proptest::prelude::*;

#[track_caller]
fn reads(rule: &str, canonical: &str) {
    let expr = parse(rule).unwrap();
    assert_eq!(expr.to_string(), canonical, "{rule}");
    assert_eq!(parse(canonical).unwrap(), expr, "{rule}");
}

#[track_caller]
fn fails(rule: &str, message: &str) {
    assert_eq!(parse(rule).unwrap_err().to_string(), message, "{rule}");
}

#[test]
fn precedence() {
    reads("a OR b AND c", "a OR b AND c");
    reads("(a or b) and c", "(a OR b) AND c");
    reads("a NOT b", "a AND NOT b");
    reads("not a near/2 b", "NOT a NEAR/2 b");
    reads("not (a and b) or not not c", "NOT (a AND b) OR NOT NOT c");
    reads("(a OR b) NEAR/3 (c OR \"d e\") ONEAR/0 f", "(a OR b) NEAR/3 (c OR \"d e\") ONEAR/0 f");
    reads("((a AND (b AND c)))", "a AND b AND c");
    reads("clause(late AND polarity:negative)", "CLAUSE(late AND polarity:negative)");
    reads("SENTENCE( CLAUSE(a) AND b )", "SENTENCE(CLAUSE(a) AND b)");
}

#[test]
fn words_are_folded_as_texts_are() {
    reads("Refund* OR 退*款", "refund* OR 退*款");
    reads("“Never  Again” AND 質量", "\"never again\" AND 质量");
    reads("（ａ OR b）", "a OR b");
    reads("\"not\" OR \"AND\"", "\"not\" OR \"and\"");
}

#[test]
fn conditions() {
    reads("channel:Review", "channel:\"review\"");
    reads("product:\"Aurora  Lamp\"", "product:\"aurora  lamp\"");
    reads("product:aurora* AND segment:*", "product:aurora* AND segment:*");
    reads("rating <= 2 OR rating:3 OR nps>=9.5", "rating<=2 OR rating=3 OR nps>=9.5");
    reads("attributes.floor:3 AND tag:vip", "attributes.floor:\"3\" AND tag:\"vip\"");
    reads("language:zh", "language:\"zh\"");
}

#[test]
fn errors_name_the_place_what_is_there_and_what_is_due() {
    let due = "is due";
    fails("", &format!("column 1: found the end where {OPERAND} {due}"));
    fails("a AND", &format!("column 6: found the end where {OPERAND} {due}"));
    fails("(a OR ) b", &format!("column 7: found \")\" where {OPERAND} {due}"));
    fails("(a OR b", "column 1: the bracket is not closed");
    let operator = "where AND, OR, NOT, NEAR/n, ONEAR/n, \")\" or the end is due";
    fails(
        "late delivery",
        &format!("column 6: found \"delivery\" {operator}; words that belong together stand in quotes"),
    );
    fails("late ANDD slow", &format!("column 6: found \"ANDD\" {operator}; did you mean \"AND\"?"));
    fails("a) b", &format!("column 2: found \")\" {operator}"));
    fails("物流 NAER/4 慢", "column 4: operator \"NAER/4\" is not known; did you mean \"NEAR\"?");
    fails("a NEAR b", "column 3: NEAR needs a distance, such as NEAR/5");
    fails("a NEAR/ b", "column 3: NEAR/: the distance is 0..99 words");
    fails("a near/100 b", "column 3: NEAR/100: the distance is 0..99 words");
    fails("\"open", "column 1: the quotation mark has no partner");
    fails("chanel:review", "column 1: field \"chanel\" is not known; did you mean \"channel\"?");
    fails("floor:3", "column 1: field \"floor\" is not known; a host's own are attributes.NAME");
    fails("channel:", "column 9: found the end where a value of \"channel\" is due");
    fails("channel<3", "column 9: channel is no number: write channel:3");
    fails("rating<=low", "column 9: rating is compared with a number, not \"low\"");
    fails("polarity:negativ", "column 10: polarity \"negativ\" is not known; did you mean \"negative\"?");
    fails(
        "language:zh-han",
        "column 10: language \"zh-han\" is not known; did you mean \"zh-hans\"?; languages: en, zh, zh-hans, zh-hant, mixed, und",
    );
    fails("product:a*b", "column 9: value \"a*b\": the wildcard * may only end it");
    fails("product:\" \"", "column 9: the value is empty; the wildcard * stands for any");
}

#[test]
fn errors_of_words_and_operands() {
    fails("a*", "column 1: the wildcard of \"a*\" needs 2 letters before it");
    fails("*款", "column 1: the wildcard of \"*款\" needs 1 letters before it");
    fails("c++", "column 1: \"c++\" holds signs and must stand in quotes");
    fails("\"?!\"", "column 1: \"?!\" holds no word");
    fails("\"late deliver*\"", "column 1: a wildcard stands outside of quotes");
    fails(&"a".repeat(32), "column 1: words have at most 31 letters");
    fails(
        "(a AND b) NEAR/2 c",
        "column 1: NEAR/2 joins words, phrases and groups of them by OR, not \"a AND b\"",
    );
    fails("a NEAR/2 nps>2", "column 10: NEAR/2 joins words, phrases and groups of them by OR, not \"nps>2\"");
    fails(
        "a NEAR/2 (b NEAR/2 c)",
        "column 10: NEAR/2 joins words, phrases and groups of them by OR, not \"b NEAR/2 c\"",
    );
    fails("CLAUSE late", "column 8: CLAUSE needs its words in brackets: CLAUSE(late AND parcel)");
    fails("SENTENCE(NOT a)", "column 1: SENTENCE needs a word that must stand in it");
    fails("CLAUSE(a AND SENTENCE(b))", "column 14: a clause holds no whole SENTENCE");
    let chain = ["a"; 6].join(" NEAR/1 ");
    fails(&chain, "column 46: at most 4 NEAR operators stand one behind the other");
    fails(&"(".repeat(100), "column 65: brackets and NOTs stand more than 64 deep");
    fails(&"NOT ".repeat(100), "column 257: brackets and NOTs stand more than 64 deep");
}

proptest! {
    #[test]
    fn what_is_printed_reads_the_same(expr in tree(leaf())) {
        let printed = expr.to_string();
        match parse(&printed) {
            Ok(read) => prop_assert_eq!(read, expr, "{}", printed),
            Err(e) => prop_assert_eq!(e.kind(), ErrorKind::Invalid, "{}: {}", printed, e),
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,40}", rule in "[a退( )\"*:<=/0-9\u{ff08}NOTEARnd ]{0,40}") {
        for text in [&text, &rule] {
            if let Ok(expr) = parse(text) {
                prop_assert_eq!(parse(&expr.to_string()).unwrap(), expr);
            }
        }
    }
}
