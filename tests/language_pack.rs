//! A language that the host brings: told from the built-in ones, read by its own lists alone.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may fail loudly")]

use candor::annotate::{Abstention, EvidenceLimit, Language};
use candor::engine::LanguagePack;
use candor::lexicon::{Lexicon, List};
use candor::rule::{Rule, RulePack};
use candor::{Engine, ErrorKind, Feedback};
use rust_stemmers::{Algorithm, Stemmer};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::builder().language(spanish()).language(german()).build().unwrap());

fn spanish() -> LanguagePack {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/spanish");
    let mut words = Lexicon::new();
    for list in List::ALL {
        let name = format!("{}.tsv", list.as_str());
        if let Ok(tsv) = fs::read_to_string(folder.join(&name)) {
            words = words.list(*list, &name, &tsv).unwrap();
        }
    }
    LanguagePack::new(Language::Spanish, words)
        .stemmer(|word| Stemmer::create(Algorithm::Spanish).stem(word).into_owned())
}

fn german() -> LanguagePack {
    let function = "der\t1\ndie\t1\ndas\t1\nist\t1\nund\t1\nsehr\t1\nein\t1\nnicht\t1\n";
    let words = Lexicon::new()
        .list(List::Function, "function.tsv", function)
        .and_then(|w| w.list(List::Valence, "valence.tsv", "großartig\t3\nlangsam\t-2\nschön\t2\n"))
        .and_then(|w| w.list(List::Negator, "negator.tsv", "nicht\t1\nkein\t1\n"))
        .unwrap();
    LanguagePack::new(Language::German, words)
        .stemmer(|word| Stemmer::create(Algorithm::German).stem(word).into_owned())
}

/// Everything but the print of the engine.
fn said(engine: &Engine, text: &str) -> serde_json::Value {
    let feedback = Feedback::from_text(text);
    let insight = engine.analyze(&feedback);
    let mut wire = serde_json::to_value(insight.to_wire_with(&feedback, EvidenceLimit::All)).unwrap();
    wire.as_object_mut().unwrap().remove("fingerprint");
    wire
}

#[test]
fn built_in_languages_are_read_as_without_it() {
    let plain = Engine::builder().build().unwrap();
    let texts = [
        "No me and no one else was happy: the son of the shop owner was rude",
        "The lamp is beautiful, but delivery was too slow. 客服很耐心。",
        "物流太慢了",
        "Great lamp, no problem",
        "Terrible",
        "ok",
        "👍",
        "",
        "Продавец очень вежливый, доставка быстрая, рекомендую всем",
        "Mauvaise qualité, livraison lente et service client absent depuis trois semaines",
    ];
    for text in texts {
        assert_eq!(said(&ENGINE, text), said(&plain, text), "{text}");
    }
}

#[test]
fn each_language_is_told_by_its_words() {
    let languages = [
        ("El vestido es precioso y llegó a tiempo", Language::Spanish, 1.0),
        ("EL VESTIDO ES PRECIOSO", Language::Spanish, 1.0),
        ("Das Kleid ist nicht schon und die Lieferung sehr langsam", Language::German, -1.0),
        ("Die großartigen Schuhe", Language::German, 1.0),
        ("The dress is lovely and came in time", Language::English, 1.0),
    ];
    let (mut scratch, mut insight) = (ENGINE.scratch(), ENGINE.insight());
    for (text, language, sign) in languages {
        let feedback = Feedback::from_text(text);
        ENGINE.analyze_into(&feedback, &mut scratch, &mut insight);
        assert_eq!(insight.language(), language, "{text}");
        assert!(insight.sentiment().score * sign > 0.0, "{text}: {}", insight.sentiment().score);
        assert_eq!(ENGINE.sentiment(text), insight.sentiment(), "{text}");
        let titled = Feedback::builder("title").title(text).build().unwrap();
        assert_eq!(ENGINE.analyze(&titled).language(), language, "title: {text}");
    }
}

#[test]
fn evidence_lies_in_the_text_as_written() {
    let text = "PÉSIMA calidad; las botas llegaron rotas";
    let insight = ENGINE.analyze_text(text);
    let found: Vec<(String, &str)> =
        insight.evidence().iter().map(|f| (insight.rule(f), f.span.slice(text).unwrap())).collect();
    assert_eq!(found, [("es/opinion/pésimo".to_owned(), "PÉSIMA"), ("es/problem/roto".to_owned(), "rotas")]);
}

#[test]
fn without_the_pack_the_engine_abstains() {
    let text = "Los zapatos son muy bonitos y la tienda los manda rápido a casa";
    let plain = Engine::builder().build().unwrap().analyze_text(text);
    assert_eq!(plain.abstained(), Some(Abstention::UnsupportedLanguage));
    assert!(ENGINE.analyze_text(text).sentiment().score > 0.0);
}

#[test]
fn rules_and_a_tenant_go_with_it() {
    let rules = RulePack::new("shop")
        .rule(Rule::new("envio", "(envío OR entrega) AND language:es").unwrap().topic("delivery/speed"))
        .unwrap();
    let engine = Engine::builder().language(spanish()).rules(rules).build().unwrap();
    let text = "La entrega fue muy lenta";
    let insight = engine.analyze_text(text);
    assert_eq!(
        insight.topics().iter().map(|t| insight.path(t.topic)).collect::<Vec<_>>(),
        ["delivery/speed"]
    );
    let words = Lexicon::new().word(List::Valence, "chachi", 2.0, "opinion").unwrap();
    let tenant = engine.derive(&words).unwrap();
    assert!(tenant.analyze_text("El bolso es chachi y no me lo quito").sentiment().score > 0.0);
    assert_eq!(tenant.analyze_text(text).language(), Language::Spanish);
}

#[test]
fn packs_that_cannot_be_told_apart_are_refused() {
    let fails = |packs: &[LanguagePack], kind: ErrorKind, message: &str| {
        let builder = packs.iter().fold(Engine::builder(), |b, pack| b.language(pack.clone()));
        let error = builder.build().unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (kind, message));
    };
    fails(
        &[LanguagePack::new(Language::English, Lexicon::new())],
        ErrorKind::Invalid,
        "language \"en\" is not one that a pack can bring; words for it go to `words`",
    );
    fails(
        &[LanguagePack::new(Language::Polish, Lexicon::new())],
        ErrorKind::Missing,
        "language \"pl\" has no function words to be told by; list some as `function`",
    );
    fails(
        &[german(), german()],
        ErrorKind::Conflict,
        "language \"de\" is brought by two packs; make one of their lists",
    );
}
