use super::super::golden::{ASPECTS, aspects};
use super::*;

/// Longley (1967) as the Statistical Reference Datasets of NIST give it: deflator, GNP, unemployed, armed
/// forces, population, year; then employment. Certified values: itl.nist.gov/div898/strd/lls/data/Longley.shtml
const LONGLEY: [[f64; 7]; 16] = [
    [83.0, 234_289.0, 2356.0, 1590.0, 107_608.0, 1947.0, 60_323.0],
    [88.5, 259_426.0, 2325.0, 1456.0, 108_632.0, 1948.0, 61_122.0],
    [88.2, 258_054.0, 3682.0, 1616.0, 109_773.0, 1949.0, 60_171.0],
    [89.5, 284_599.0, 3351.0, 1650.0, 110_929.0, 1950.0, 61_187.0],
    [96.2, 328_975.0, 2099.0, 3099.0, 112_075.0, 1951.0, 63_221.0],
    [98.1, 346_999.0, 1932.0, 3594.0, 113_270.0, 1952.0, 63_639.0],
    [99.0, 365_385.0, 1870.0, 3547.0, 115_094.0, 1953.0, 64_989.0],
    [100.0, 363_112.0, 3578.0, 3350.0, 116_219.0, 1954.0, 63_761.0],
    [101.2, 397_469.0, 2904.0, 3048.0, 117_388.0, 1955.0, 66_019.0],
    [104.6, 419_180.0, 2822.0, 2857.0, 118_734.0, 1956.0, 67_857.0],
    [108.4, 442_769.0, 2936.0, 2798.0, 120_445.0, 1957.0, 68_169.0],
    [110.8, 444_546.0, 4681.0, 2637.0, 121_950.0, 1958.0, 66_513.0],
    [112.6, 482_704.0, 3813.0, 2552.0, 123_366.0, 1959.0, 68_655.0],
    [114.2, 502_601.0, 3931.0, 2514.0, 125_368.0, 1960.0, 69_564.0],
    [115.7, 518_173.0, 4806.0, 2572.0, 127_852.0, 1961.0, 69_331.0],
    [116.9, 554_894.0, 4007.0, 2827.0, 130_081.0, 1962.0, 70_551.0],
];

#[track_caller]
fn near(value: f64, golden: f64, digits: i32) {
    assert!((value / golden - 1.0).abs() < 10f64.powi(-digits), "{value} is not {golden}");
}

#[test]
fn certified_values_of_an_ill_conditioned_set() {
    let mut gram = Gram::default();
    for [a, b, c, d, e, f, y] in LONGLEY {
        gram.add(&[("1", a), ("2", b), ("3", c), ("4", d), ("5", e), ("6", f)], y);
    }
    let fit = fit(&gram, Confidence::default()).unwrap();
    let certified = [
        (15.061_872_271_373_3, 84.914_925_774_766_9),
        (-0.358_191_792_925_910e-1, 0.334_910_077_722_432e-1),
        (-2.020_229_803_816_83, 0.488_399_681_651_699),
        (-1.033_226_867_173_59, 0.214_274_163_161_675),
        (-0.511_041_056_535_807e-1, 0.226_073_200_069_370),
        (1_829.151_464_613_55, 455.478_499_142_212),
    ];
    for (coefficient, (value, error)) in fit.coefficients.iter().zip(certified) {
        near(coefficient.value, value, 9);
        near(coefficient.standard_error, error, 9);
    }
    near(fit.intercept.value, -3_482_258.634_595_82, 9);
    near(fit.intercept.standard_error, 890_420.383_607_373, 9);
    near(fit.r2, 0.995_479_004_577_296, 12);
    near(fit.residual, 304.854_073_561_965, 9);
    near(fit.f.unwrap(), 330.285_339_234_588, 9);
}

/// statsmodels 0.15: `OLS(y, add_constant(X)).fit()`, `variance_inflation_factor`.
#[test]
fn everything_else_as_statsmodels() {
    let fit = fit(&aspects(), Confidence::default()).unwrap();
    let golden = [
        (1.528_337_383_397_349_5, 5.052_288_934_337_398_5, 0.000_986_445_204_344_45, 5.265_540_487_575_448),
        (0.334_169_475_582_034_4, 1.400_254_490_604_212_5, 0.199_005_966_754_594_37, 2.196_049_227_874_891),
        (0.376_107_235_243_395_4, 1.366_825_930_047_064, 0.208_852_651_255_494_7, 3.398_683_075_958_297_6),
    ];
    for (coefficient, (value, t, p, inflation)) in fit.coefficients.iter().zip(golden) {
        near(coefficient.value, value, 9);
        near(coefficient.t.unwrap(), t, 9);
        near(coefficient.p.unwrap(), p, 7);
        near(coefficient.inflation, inflation, 9);
    }
    near(fit.coefficients[0].low, 0.830_762_012_727_537, 8);
    near(fit.coefficients[0].high, 2.225_912_754_067_161_7, 8);
    near(fit.intercept.value, -1.171_513_678_764_6, 9);
    near(fit.intercept.p.unwrap(), 0.117_994_720_271_474_47, 7);
    near(fit.adjusted_r2, 0.954_402_083_330_656_1, 12);
    near(fit.p.unwrap(), 2.936_496_396_804_271_6e-6, 7);
    near(fit.residual, 0.649_180_476_007_084_3, 9);
}

#[test]
fn collinear_and_constant_columns_are_named() {
    let mut gram = Gram::default();
    for [speed, care, price, y] in ASPECTS {
        gram.add(
            &[("care", care), ("speed", speed), ("sum", speed + care), ("same", 3.0), ("tax", price)],
            y,
        );
    }
    let fit = fit(&gram, Confidence::default()).unwrap();
    assert_eq!(fit.left_out, ["same", "sum"]);
    near(fit.coefficients[1].value, 1.528_337_383_397_349_5, 9);
}

#[test]
fn what_cannot_be_fitted_says_why() {
    let mut gram = Gram::default();
    (0..3).for_each(|i| gram.add(&[("a", f64::from(i)), ("b", f64::from(i * i))], f64::from(i)));
    let lack = |gram: &Gram| fit(gram, Confidence::default()).unwrap_err().to_string();
    assert_eq!(lack(&gram), "not enough data: 3 observations, 4 needed");
    let mut flat = Gram::default();
    (0..9).for_each(|i| flat.add(&[("a", f64::from(i))], 1.0));
    assert_eq!(lack(&flat), "not enough data: all numbers of \"outcome\" are equal");
    assert_eq!(lack(&Gram::default()), "not enough data: 0 observations, 3 needed");
}

#[test]
fn a_perfect_fit_has_no_test() {
    let mut gram = Gram::default();
    (0..9).for_each(|i| gram.add(&[("a", f64::from(i))], f64::from(2 * i + 1)));
    let fit = fit(&gram, Confidence::default()).unwrap();
    assert_eq!((fit.r2, fit.f, fit.coefficients[0].t), (1.0, None, None));
    near(fit.intercept.value, 1.0, 9);
}
