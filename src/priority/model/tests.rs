use super::*;
use crate::metrics::testing::{Item, aggregate};
use crate::metrics::{Aggregate, Basis, Confidence, Direction, Estimate, Impact, SummaryOptions, Trend};
use crate::priority::{moves, tipping_factor};
use proptest::prelude::*;

fn model() -> Model {
    Model::builtin().unwrap()
}

fn order(ranked: &[Ranked]) -> Vec<&str> {
    ranked.iter().map(Ranked::topic).collect()
}

fn rank(items: Vec<Item>) -> Vec<Ranked> {
    model().rank(&aggregate(items).summary(&SummaryOptions::default()))
}

fn shop() -> Vec<Item> {
    let item = |i: usize| {
        Item::new(&format!("c-{i}"))
            .product(if i.is_multiple_of(3) { "lamp" } else { "kettle" })
            .day(i64::try_from(i).unwrap() / 10 + 1)
    };
    let say = |i: usize| match i {
        i if i % 3 == 0 && i < 150 => item(i).bad("product/quality", 0.6).stars(2.0),
        i if i % 20 == 1 => item(i).bad("delivery/speed", 0.5).stars(3.0),
        77 => item(i).bad("product/safety", 0.3),
        i if i % 20 == 2 => item(i).bad("price/value", 0.2).stars(4.0),
        i => item(i).good("service/attitude").stars(5.0),
    };
    (0..200).map(say).collect()
}

#[test]
fn volume_times_importance_with_safety_first() {
    let ranked = rank(shop());
    assert_eq!(order(&ranked), ["product/safety", "product/quality", "delivery/speed", "price/value"]);
    assert_eq!(ranked[0].override_reason(), Some("safety"));
    assert!(ranked[0].score() < ranked[1].score());
    assert_eq!(ranked[1].scope().map(ToString::to_string).as_deref(), Some("product=lamp"));
    assert_eq!(ranked.iter().map(Ranked::rank).collect::<Vec<_>>(), [1, 2, 3, 4]);
}

#[test]
fn overrides_apart_keep_their_reason_and_lose_their_place() {
    let summary = aggregate(shop()).summary(&SummaryOptions::default());
    let ranked = Model::builder().unwrap().overrides_apart().build().unwrap().rank(&summary);
    assert_eq!(order(&ranked), ["product/quality", "delivery/speed", "price/value", "product/safety"]);
    assert_eq!(ranked[3].override_reason(), Some("safety"));
    assert!(ranked.iter().is_sorted_by(|a, b| a.score() >= b.score()));
}

#[test]
fn contributions_sum_to_the_score() {
    for issue in rank(shop()) {
        let sum: f64 = issue.terms().iter().map(|t| t.contribution).sum();
        assert_eq!(sum, issue.score());
        assert!((issue.terms().iter().map(|t| t.weight).sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(
            issue.low() <= issue.score() && issue.score() <= issue.high() && issue.high() <= 100.0 + 1e-9
        );
    }
}

#[test]
fn a_weight_moves_ranks() {
    let summary = aggregate(shop()).summary(&SummaryOptions::default());
    let mut builder = Model::builder().unwrap().override_topic("price", "campaign");
    builder =
        builder.weight(TermName::Reach, 0.0).weight(TermName::Impact, 0.0).weight(TermName::Momentum, 0.0);
    let ranked = builder.build().unwrap().rank(&summary);
    assert_eq!(order(&ranked), ["product/safety", "price/value", "product/quality", "delivery/speed"]);
    assert_eq!(ranked[0].terms().len(), 1);
}

#[test]
fn unknown_terms_leave_their_weight_to_the_others() {
    let items = vec![Item::new("a").bad("price/value", 0.4), Item::new("b")];
    let names: Vec<_> = rank(items)[0].terms().iter().map(|t| t.name).collect();
    assert_eq!(names, [TermName::Reach, TermName::Severity]);
}

#[test]
fn ties_go_by_recency_then_path() {
    let item = |id: &str, topic: &str, day| Item::new(id).bad(topic, 0.5).day(day);
    let items =
        vec![item("a", "service/attitude", 1), item("b", "price/value", 2), item("c", "delivery/speed", 1)];
    assert_eq!(order(&rank(items)), ["price/value", "delivery/speed", "service/attitude"]);
}

#[test]
fn errors_name_the_place() {
    let change =
        |from: &str, to: &str| Model::parse("mine.toml", &BUILTIN.replace(from, to)).unwrap_err().to_string();
    assert_eq!(change("schema = 1", "schema = 3"), "mine.toml: schema 3 is not supported, only 1");
    assert_eq!(change("= 0.6", "= 6"), "mine.toml: concentration 6 is outside 0..1");
    assert!(change("reach =", "size =").starts_with("mine.toml, line 9: unknown variant `size`"));
    assert_eq!(
        change("share = 0.2", "share = 2"),
        "mine.toml: share 2 of override \"safety\" is outside 0..1"
    );
    let builder = Model::builder().unwrap();
    let none = TermName::ALL.iter().fold(builder, |builder, name| builder.weight(*name, 0.0));
    assert_eq!(none.build().unwrap_err().to_string(), "the model has no term with a weight");
}

#[test]
fn grave_words_of_several_customers_come_first() {
    let summary = aggregate(shop()).summary(&SummaryOptions::default());
    let facts = |customers: usize| {
        let mut facts = Facts::default();
        let late = (0..200).filter(|i| i % 20 == 1).take(customers);
        for (feedback, mut insight) in
            late.map(|i| Item::new(&format!("c-{i}")).bad("delivery/speed", 0.5).done())
        {
            insight.name(Consequence::Legal);
            facts.push(&feedback, &insight);
        }
        facts
    };
    let reason = |customers| {
        let ranked = model().rank_with(&summary, &facts(customers));
        let late = ranked.iter().find(|issue| issue.topic() == "delivery/speed").unwrap();
        (late.override_reason().map(str::to_owned), late.rank())
    };
    assert_eq!(reason(2), (None, 3));
    assert_eq!(reason(3), (Some("legal".to_owned()), 1));
}

#[test]
fn facts_add_their_terms_and_move_ranks() {
    let summary = aggregate(shop()).summary(&SummaryOptions::default());
    let mut facts = Facts::default();
    facts.cases("price/value", 90, 100);
    facts.effort("price/value", None, 1.0);
    facts.effort("product/quality", None, 400.0);
    let heavy = model().into_builder().weight(TermName::Sla, 2.0).build().unwrap();
    let (before, after) = (model().rank(&summary), heavy.rank_with(&summary, &facts));
    assert_eq!(order(&after), ["product/safety", "price/value", "product/quality", "delivery/speed"]);
    let moved = moves(&before, &after);
    assert_eq!((moved[1].from, moved[1].to, moved[1].change > 0.0), (Some(4), 2, true));
    let names: Vec<_> = after[0].terms().iter().map(|t| t.name).collect();
    assert!(
        names.contains(&TermName::Sla)
            && names.contains(&TermName::Effort)
            && !names.contains(&TermName::Value)
    );
}

#[test]
fn a_stated_stake_takes_the_place_of_worth_and_sums_to_the_score() {
    let summary = aggregate(shop()).summary(&SummaryOptions::default());
    let mut facts = Facts::default();
    facts.stake("price/value", None, 0.1);
    let ranked = model().rank_with(&summary, &facts);
    for issue in &ranked {
        let term = issue.terms().iter().find(|t| t.name == TermName::Value).unwrap();
        let wanted = if issue.topic() == "price/value" { 2.0 / 3.0 } else { 0.0 };
        assert!((term.measured.value - wanted).abs() < 1e-9, "{}", issue.topic());
        let sum: f64 = issue.terms().iter().map(|t| t.contribution).sum();
        assert!((sum - issue.score()).abs() < 1e-9);
    }
}

#[test]
fn the_surest_leader_is_probably_first() {
    let ranked = rank(shop());
    let sum: f64 = ranked.iter().map(Ranked::probability_first).sum();
    assert!((sum - 1.0).abs() < 1e-9);
    let chance = |topic: &str| ranked.iter().find(|r| r.topic() == topic).unwrap().probability_first();
    assert!(chance("product/quality") > 0.5 && chance("product/quality") > chance("delivery/speed"));
    let twins = |id: &str, topic| Item::new(id).bad(topic, 0.5);
    let equal = rank(vec![twins("a", "price/value"), twins("b", "delivery/speed")]);
    assert!(equal.iter().all(|issue| (issue.probability_first() - 0.5).abs() < 1e-9));
}

#[test]
fn beyond_the_tipping_factor_two_issues_change_places() {
    let summary = aggregate(shop()).summary(&SummaryOptions::default());
    let builder = || Model::builder().unwrap().overrides_apart().weight(TermName::Momentum, 0.0);
    let ranked = builder().build().unwrap().rank(&summary);
    let find = |ranked: &[Ranked], topic: &str| ranked.iter().find(|r| r.topic() == topic).unwrap().clone();
    let (a, b) = (find(&ranked, "product/quality"), find(&ranked, "product/safety"));
    // The single report of danger is behind in every term: no weight helps it.
    assert_eq!(tipping_factor(&a, &b, TermName::Severity), None);
    let (late, dear) = (find(&ranked, "delivery/speed"), find(&ranked, "price/value"));
    if let Some(factor) = tipping_factor(&late, &dear, TermName::Reach) {
        let gap = |factor: f64| {
            let ranked = builder().weight(TermName::Reach, 0.4 * factor).build().unwrap().rank(&summary);
            find(&ranked, "delivery/speed").score() - find(&ranked, "price/value").score()
        };
        assert!(gap(factor * 0.9) * gap(factor * 1.1) < 0.0);
    }
}

#[test]
fn names_do_not_matter() {
    let swap = |name: &'static str| {
        shop()
            .into_iter()
            .enumerate()
            .map(move |(i, item)| if i % 3 == 0 { item.product(name) } else { item })
    };
    let named = |name| rank(swap(name).collect());
    let numbers = |ranked: &[Ranked]| {
        ranked.iter().map(|r| (r.topic().to_owned(), r.score(), r.rank())).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&named("lamp")), numbers(&named("台灯")));
    assert_eq!(numbers(&named("lamp")), numbers(&named("zzz")));
}

/// A row whose terms can be moved one by one.
fn row(customers: u64, severity: f64, harm: f64, growth: f64) -> TopicSummary {
    let items = (0..1000).map(|i| {
        let item = Item::new(&format!("c-{i}"));
        if i == 0 { item.bad("price/value", 0.5) } else { item }
    });
    let mut row = aggregate(items).summary(&SummaryOptions::default()).topics.remove(0);
    row.reach = Estimate::share(customers, 1000, Confidence::default()).unwrap();
    row.severity = Estimate { value: severity, low: severity, high: severity, n: 10 };
    row.impact = Some(Impact { on: Basis::Rating, value: -harm, low: -harm, high: -harm, n: 10 });
    let trend =
        Trend { direction: Direction::Rising, low: Some(growth), high: Some(growth), ..Trend::default() };
    row.trend = Trend { p: Some(0.01), ..trend };
    row
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_score_is_monotone_in_each_term(
        customers in 1..900_u64, severity in 0.0..0.9_f64, harm in 0.0..3.0_f64, growth in 0.5..9.0_f64,
    ) {
        let summary = Summary { basis: Some(Basis::Rating), window_days: 7, ..Summary::default() };
        let score = |row: &TopicSummary| model().score(row, &summary, &Facts::default()).score();
        let base = score(&row(customers, severity, harm, growth));
        for more in [
            row(customers + 50, severity, harm, growth),
            row(customers, severity + 0.1, harm, growth),
            row(customers, severity, harm + 0.5, growth),
            row(customers, severity, harm, growth + 1.0),
        ] {
            prop_assert!(score(&more) >= base);
        }
    }

    #[test]
    fn order_and_splitting_of_the_input_change_nothing(cut in 0..200_usize, step in prop::sample::select(vec![1_usize, 3, 7, 77])) {
        let whole = rank(shop());
        let mut items: Vec<Option<Item>> = shop().into_iter().map(Some).collect();
        let n = items.len();
        let mut shuffled = (0..n).filter_map(|i| items[i * step % n].take()).collect::<Vec<_>>();
        let rest = shuffled.split_off(cut);
        let mut merged: Aggregate = aggregate(rest);
        merged.merge(&aggregate(shuffled)).unwrap();
        prop_assert_eq!(model().rank(&merged.summary(&SummaryOptions::default())), whole);
    }
}
