use super::super::golden::aspects;
use super::*;

/// numpy 2.4 by the steps of the paper: w, V = eigh(R); L = V·√w·V'; b = solve(L, r); (L∘L)·(b∘b).
#[test]
fn weights_as_numpy() {
    let weights = relative(&aspects()).unwrap();
    let golden =
        [("a speed", 0.428_145_403_528), ("c price", 0.307_204_456_838), ("b care", 0.231_488_018_42)];
    for (weight, (name, value)) in weights.iter().zip(golden) {
        assert_eq!(weight.name, name);
        assert!((weight.value - value).abs() < 1e-11, "{}", weight.value);
    }
    let total: f64 = weights.iter().map(|weight| weight.value).sum();
    assert!((total - 0.966_837_878_785_931_6).abs() < 1e-12);
}

/// With two columns Johnson's weights are the mean of the two orders of taking them in (his equation 8, and the
/// general dominance of Budescu 1993).
#[test]
fn two_columns_share_as_dominance_does() {
    let gram = aspects().with_columns(|name, _| name != "c price");
    let weights = relative(&gram).unwrap();
    let alone = |name: &str| {
        let one = gram.with_columns(|other, _| other == name);
        relative(&one).unwrap()[0].value
    };
    let (both, speed, care) = (weights[0].value + weights[1].value, alone("a speed"), alone("b care"));
    assert!((weights[0].value - (speed + both - care) / 2.0).abs() < 1e-12);
}

#[test]
fn intervals_need_many_customers() {
    let (mut few, mut many) = (Sample::default(), Sample::default());
    for i in 0..400_u32 {
        let (a, b, noise) = (f64::from(i % 5), f64::from(i % 7), f64::from(i * 31 % 11));
        few.add(&(i % 3).to_string(), &[("a", a), ("b", b)], a + noise);
        many.add(&i.to_string(), &[("a", a), ("b", b)], a + noise);
    }
    assert!(few.relative_weights(Confidence::default()).unwrap().iter().all(|weight| weight.low.is_none()));
    let weights = many.relative_weights(Confidence::default()).unwrap();
    let ends: Vec<_> =
        weights.iter().map(|w| (w.low.unwrap() < w.value, w.high.unwrap() > w.value)).collect();
    assert_eq!(ends, [(true, true), (true, true)]);
    assert_eq!(few.relative_weights(Confidence::default()).unwrap()[0].value, weights[0].value);
}
