//! Random trees of rules.

use super::ast::{Expr, Near, Scope, Tone};
use super::field::{Condition, Field};
use super::syntax::Compare;
use proptest::prelude::*;

/// A word of the small vocabulary that random texts are made of.
pub(super) fn word() -> impl Strategy<Value = Expr> {
    (0..6u32).prop_map(|n| Expr::Word(format!("w{n}")))
}

/// Words, phrases and conditions of every form.
pub(super) fn leaf() -> impl Strategy<Value = Expr> {
    let text = |field: Field, value: &str, prefix| {
        Expr::Field(Condition::Text { field, value: value.to_owned(), prefix })
    };
    let number = (0..4usize, -20i32..20).prop_map(|(i, n)| {
        let compare = [Compare::Less, Compare::AtMost, Compare::Equal, Compare::More][i];
        Expr::Field(Condition::Number { name: "rating", compare, value: f64::from(n) / 4.0 })
    });
    prop_oneof![
        4 => word(),
        1 => prop::sample::select(vec!["refund*", "un*able", "退款", "退*款", "don't", "5g"])
            .prop_map(|w| Expr::Word(w.into())),
        1 => prop::sample::select(vec!["never again", "and", "很 好", "24/7", "not"])
            .prop_map(|p| Expr::Phrase(p.into())),
        1 => number,
        1 => Just(text(Field::Attribute("floor".into()), "3 b", false)),
        1 => Just(text(Field::Scope("segment"), "", true)),
        1 => Just(text(Field::Scope("product"), "aurora", true)),
        1 => prop::sample::select(Tone::ALL.to_vec()).prop_map(Expr::Polarity),
    ]
}

/// Trees over the given leaves, in the form in which a parser makes them.
pub(super) fn tree(leaf: impl Strategy<Value = Expr> + 'static) -> impl Strategy<Value = Expr> {
    let group = prop::collection::vec(word(), 1..3).prop_map(Expr::any).boxed();
    let near = (group.clone(), prop::collection::vec((group, 0..4u32, any::<bool>()), 1..4));
    let near = near.prop_map(|(first, links)| {
        links.into_iter().fold(first, |left, (right, words, ordered)| {
            Expr::Near(Box::new(Near { left, right, words, ordered }))
        })
    });
    prop_oneof![3 => leaf, 1 => near].prop_recursive(4, 24, 4, |inner| {
        let many = prop::collection::vec(inner.clone(), 1..4);
        let scope = prop::sample::select(vec![Scope::Clause, Scope::Sentence]);
        prop_oneof![
            many.clone().prop_map(Expr::any),
            many.prop_map(Expr::all),
            inner.clone().prop_map(|e| Expr::Not(Box::new(e))),
            (scope, word(), flat(inner)).prop_map(|(scope, word, inner)| {
                Expr::Within(scope, Box::new(Expr::all(vec![word, inner])))
            }),
        ]
    })
}

/// Trees without a scope, as they may stand in any scope.
fn flat(inner: impl Strategy<Value = Expr>) -> impl Strategy<Value = Expr> {
    inner.prop_map(|expr| if scoped(&expr) { Expr::Word("w0".to_owned()) } else { expr })
}

fn scoped(expr: &Expr) -> bool {
    match expr {
        Expr::Within(..) => true,
        Expr::Any(parts) | Expr::All(parts) => parts.iter().any(scoped),
        Expr::Not(inner) => scoped(inner),
        _ => false,
    }
}
