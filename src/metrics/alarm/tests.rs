use super::*;
use jiff::civil::{Date, date};

/// Numbers of `SplitMix64` (Steele et al. 2014, OOPSLA): the same in every run.
struct Dice(u64);

impl Dice {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Poisson by counting exponential waits.
    fn poisson(&mut self, mean: f64) -> u64 {
        let (mut left, mut count) = (mean, 0);
        loop {
            left += (1.0 - self.unit()).ln();
            if left < 0.0 {
                return count;
            }
            count += 1;
        }
    }

    /// Poisson whose mean is itself gamma distributed with a whole shape: variance = mean·(1 + mean/shape).
    fn spread(&mut self, mean: f64, shape: u32) -> u64 {
        let gamma: f64 = (0..shape).map(|_| -(1.0 - self.unit()).ln()).sum();
        self.poisson(mean * gamma / f64::from(shape))
    }
}

const WEEK: [f64; 7] = [0.9, 0.85, 0.9, 0.95, 1.1, 1.3, 1.0];
const DAYS: usize = 120;
/// Days before the last month of a series.
const MONTH: i64 = 90;
/// The last month of a series from here on follows on 双11, Black Friday, 双12 and Christmas.
const SEASON: Date = date(2025, 9, 28);

/// A year without promotions in the days looked at.
fn series(counts: Vec<u64>) -> Series {
    Series::daily(date(2022, 1, 3), counts)
}

fn quiet(dice: &mut Dice, mean: f64, week: bool, spread: bool) -> Vec<u64> {
    let rate = |t: usize| if week { mean * WEEK[t % 7] } else { mean };
    // A shape of five times the mean: a fifth more variance than Poisson.
    let shape = (5.0 * mean).ceil() as u32;
    (0..DAYS).map(|t| if spread { dice.spread(rate(t), shape) } else { dice.poisson(rate(t)) }).collect()
}

/// Series of a kind with a burst, and with another change, in the last 30 days.
fn alarms(runs: usize, mean: f64, week: bool, spread: bool, seed: u64) -> (usize, usize) {
    alarms_since(date(2022, 1, 3), runs, mean, (week, spread), seed)
}

fn alarms_since(
    first: Date,
    runs: usize,
    mean: f64,
    (week, spread): (bool, bool),
    seed: u64,
) -> (usize, usize) {
    let mut dice = Dice(seed);
    let month = first.checked_add(jiff::Span::new().days(MONTH)).unwrap();
    let (mut bursts, mut others) = (0, 0);
    for _ in 0..runs {
        let scan = scan(&Series::daily(first, quiet(&mut dice, mean, week, spread)));
        let new = |c: &&Change| c.end.is_none_or(|end| end >= month);
        bursts += usize::from(scan.changes.iter().filter(new).any(|c| c.kind == ChangeKind::Burst));
        others += usize::from(scan.changes.iter().filter(new).any(|c| c.kind != ChangeKind::Burst));
    }
    (bursts, others)
}

/// Share of bursts of two days that are found on one of them.
fn found(runs: u32, mean: f64, factor: f64, seed: u64) -> f64 {
    let mut dice = Dice(seed);
    let mut hits = 0;
    for run in 0..runs {
        let week = run % 2 == 0;
        let start = DAYS - 9 + run as usize % 7;
        let mut counts = quiet(&mut dice, mean, week, false)[..start].to_vec();
        for t in start..start + 2 {
            let rhythm = if week { WEEK[t % 7] } else { 1.0 };
            counts.push(dice.poisson(mean * rhythm * factor));
        }
        let scan = scan(&series(counts));
        hits += u32::from(scan.changes.iter().any(|c| c.kind == ChangeKind::Burst && c.end.is_none()));
    }
    f64::from(hits) / f64::from(runs)
}

/// The numbers in the documentation of the module: run with `--ignored --nocapture`.
#[test]
#[expect(clippy::print_stderr, reason = "the tables are its result")]
#[ignore = "prints the tables of the documentation; takes a minute with optimisation"]
fn tables() {
    for mean in [0.2, 1.0, 3.0, 10.0, 20.0, 50.0, 200.0] {
        for (week, spread) in [(false, false), (true, false), (true, true)] {
            eprintln!("{mean} week {week} spread {spread}: {:?}", alarms(1000, mean, week, spread, 1));
        }
    }
    for mean in [1.0, 3.0, 10.0, 50.0] {
        let told = alarms_since(SEASON, 1000, mean, (true, false), 1);
        eprintln!("{mean} week, after the promotions of a winter: {told:?}");
    }
    for mean in [0.2, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0, 100.0] {
        let row: Vec<_> =
            [1.5, 2.0, 3.0, 5.0, 10.0].map(|f| format!("{:.2}", found(1000, mean, f, 2))).into();
        let scan = scan(&series(quiet(&mut Dice(3), mean, true, false)));
        eprintln!("{mean}: {} least {:?}", row.join(" "), scan.least_factor);
    }
}

#[test]
fn quiet_series_stay_quiet() {
    // 1,000 series: five rates, with and without the rhythm of a week, the half of them with a fifth more spread.
    let mut told = 0;
    for (seed, mean) in [1.0, 3.0, 10.0, 20.0, 50.0].into_iter().enumerate() {
        for (week, spread) in [(true, false), (true, true)] {
            let (bursts, others) = alarms(100, mean, week, spread, seed as u64 + 10);
            told += bursts + others;
        }
    }
    assert!(told <= 10, "{told} of 1000 quiet series were told in a month");
}

#[test]
fn a_season_of_promotions_neither_blinds_nor_alarms() {
    let (bursts, others) = alarms_since(SEASON, 100, 10.0, (true, false), 10);
    assert!(bursts + others <= 1, "{bursts} + {others}");
    let mut counts = steady(DAYS);
    counts[DAYS - 3..].fill(35);
    let scan = scan(&Series::daily(SEASON, counts));
    assert_eq!((scan.changes.len(), scan.is_watched()), (1, true));
    // Too few usual days among the last 56.
    let last = SEASON.checked_add(jiff::Span::new().days(MONTH)).unwrap();
    let usual = (8..64)
        .filter(|ago| promotion::on(last.checked_sub(jiff::Span::new().days(*ago)).unwrap()).is_none());
    assert!(usual.count() < 21);
}

#[test]
fn planted_bursts_are_found_within_two_days() {
    for (mean, factor) in [(20.0, 2.0), (10.0, 3.0), (3.0, 5.0)] {
        let found = found(200, mean, factor, 7);
        assert!(found >= 0.85, "{factor} times {mean}: {found}");
    }
}

fn steady(days: usize) -> Vec<u64> {
    [10, 12, 9, 11, 8, 10, 10].into_iter().cycle().take(days).collect()
}

#[test]
fn a_burst_has_start_peak_and_end() {
    let mut counts = steady(60);
    counts.extend([30, 55, 41, 28]);
    counts.extend(steady(10));
    let changes = scan(&series(counts)).changes;
    assert_eq!(changes.len(), 1);
    let burst = &changes[0];
    assert_eq!(burst.kind, ChangeKind::Burst);
    assert_eq!((burst.start, burst.peak), (date(2022, 3, 4), date(2022, 3, 5)));
    assert_eq!((burst.end, burst.events), (Some(date(2022, 3, 7)), 154));
    assert!((burst.expected - 40.0).abs() < 4.0 && burst.low.unwrap() > 3.0 && burst.is_rise());
}

#[test]
fn a_level_moves_once() {
    for (factor, rise) in [(2, true), (1, false)] {
        let mut counts: Vec<u64> = steady(70).iter().map(|n| n * 2).collect();
        counts.extend(steady(50).iter().map(|n| if rise { n * 2 * factor } else { n * factor }));
        let changes = scan(&series(counts)).changes;
        let kinds: Vec<_> = changes.iter().map(|c| (c.kind, c.is_rise())).collect();
        assert_eq!(kinds, [(ChangeKind::Shift, rise)], "{changes:?}");
        assert_eq!((changes[0].start, changes[0].end), (date(2022, 3, 14), None));
    }
}

#[test]
fn a_slow_rise_is_a_drift() {
    let counts: Vec<u64> = (0..150).map(|t| (20.0 * (0.006 * f64::from(t)).exp()).round() as u64).collect();
    let changes = scan(&series(counts)).changes;
    assert!(changes.iter().all(|c| c.kind == ChangeKind::Drift && c.is_rise()) && !changes.is_empty());
}

#[test]
fn exposure_explains_a_busy_day() {
    let mut counts = steady(60);
    counts.extend([31, 29]);
    let mut orders = vec![1000.0; 60];
    orders.extend([3000.0, 3000.0]);
    assert_eq!(scan(&series(counts.clone())).changes.len(), 1);
    assert!(scan(&series(counts).exposure(orders)).changes.is_empty());
}

#[test]
fn promotions_are_held_against_their_items() {
    let first = date(2025, 9, 1);
    let days = 70; // until 9 November, in the days of 双11
    let counts = |factor: u64| -> Vec<u64> {
        steady(days).iter().enumerate().map(|(t, n)| if t < 49 { *n } else { n * factor }).collect()
    };
    let items: Vec<u64> = counts(3).iter().map(|n| n * 10).collect();
    let scanned = |factor, items: Vec<u64>| scan(&Series::daily(first, counts(factor)).items(items)).changes;
    assert!(scanned(3, items.clone()).is_empty());
    let changes = scanned(9, items);
    assert_eq!(changes[0].promotion, Some("双11"));
}

/// Events and all items until 13 November, in the days of 双11 for the last 4 of which a crisis adds events.
fn promoted(usual: u64, others: u64, busy: u64, crisis: u64) -> Vec<Change> {
    let days = 74;
    let busy = |t: usize| if t < 49 { 1 } else { busy };
    let counts: Vec<u64> =
        (0..days).map(|t| usual * busy(t) + if t < days - 4 { 0 } else { crisis }).collect();
    let items: Vec<u64> = counts.iter().enumerate().map(|(t, count)| count + others * busy(t)).collect();
    scan(&Series::daily(date(2025, 9, 1), counts).items(items)).changes
}

#[test]
fn a_crisis_that_is_most_of_the_feedback_does_not_explain_itself() {
    for (usual, others) in [(2, 40), (10, 30), (30, 10)] {
        assert!(promoted(usual, others, 3, 0).is_empty(), "{usual} of {others}: a busy promotion");
        let changes = promoted(usual, others, 3, 12 * (usual + others));
        assert_eq!(changes.len(), 1, "{usual} of {others}: {changes:?}");
        assert_eq!((changes[0].kind, changes[0].promotion), (ChangeKind::Burst, Some("双11")));
        assert_eq!(changes[0].start, date(2025, 11, 10));
    }
    // No others to tell a busy day by.
    assert_eq!(promoted(10, 0, 1, 40)[0].start, date(2025, 11, 10));
}

#[test]
fn the_number_of_all_items_is_not_judged_on_promotion_days() {
    let mut counts = steady(63);
    counts.extend(steady(11).iter().map(|n| n * 9));
    let scan = scan(&Series::daily(date(2025, 9, 1), counts).volume());
    assert_eq!((scan.changes.len(), scan.is_watched()), (0, false));
}

#[test]
fn little_history_says_nothing() {
    let scan = scan(&series(steady(20)));
    assert_eq!(scan, Scan::default());
    assert!(!scan.is_watched());
}
