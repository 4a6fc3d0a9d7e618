//! Data of the tests of several methods.

#[cfg(feature = "regression")]
use super::Gram;

/// Speed, care, price and the likelihood to recommend of twelve invented customers.
pub(super) const ASPECTS: [[f64; 4]; 12] = [
    [5.0, 4.0, 5.0, 9.0],
    [4.0, 4.0, 3.0, 8.0],
    [2.0, 3.0, 2.0, 3.0],
    [5.0, 5.0, 4.0, 10.0],
    [3.0, 2.0, 4.0, 6.0],
    [1.0, 2.0, 1.0, 1.0],
    [4.0, 5.0, 5.0, 9.0],
    [2.0, 1.0, 3.0, 4.0],
    [3.0, 3.0, 3.0, 6.0],
    [4.0, 3.0, 5.0, 7.0],
    [5.0, 4.0, 4.0, 9.0],
    [1.0, 3.0, 2.0, 2.0],
];

#[cfg(feature = "regression")]
pub(super) fn aspects() -> Gram {
    let mut gram = Gram::default();
    for [speed, care, price, y] in ASPECTS {
        gram.add(&[("a speed", speed), ("b care", care), ("c price", price)], y);
    }
    gram
}
