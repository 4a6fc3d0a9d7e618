use super::*;
use crate::feedback::{AspectRating, Rating};
use crate::metrics::testing::Item;

/// 40 answers: the stars follow speed, hardly care; every fourth does not rate care.
fn survey() -> Drivers {
    let mut drivers = Drivers::default();
    for i in 0..40_u32 {
        let (speed, care) = (f64::from(i % 5) + 1.0, f64::from(i % 3) + 3.0);
        let rated = |aspect: &str, value| AspectRating {
            aspect: aspect.into(),
            rating: Rating::stars(value).unwrap(),
        };
        let mut aspects = vec![rated("speed", speed)];
        if i % 4 != 0 {
            aspects.push(rated("care", care.min(5.0)));
        }
        let item = Item::new(&i.to_string()).stars((speed + f64::from(i % 2)).min(5.0));
        let (feedback, insight) = item.with(|b| b.aspect_ratings(aspects)).done();
        drivers.push(&feedback, &insight);
    }
    drivers
}

#[test]
fn dimensions_are_correlated_and_placed() {
    let drivers = survey();
    assert_eq!(drivers.aspects(Basis::Rating), [("care", 30), ("speed", 40)]);
    let rows = drivers.correlations(Basis::Rating, Confidence::default());
    let speed = rows.iter().find(|row| row.dimension.name() == "speed").unwrap();
    assert!(speed.pearson.unwrap().low > 0.8 && speed.q.unwrap() < 0.001);
    let grid = drivers.grid(Basis::Rating, true, Confidence::default()).unwrap();
    let placed: Vec<_> = grid.placed.iter().map(|p| (p.name.as_str(), p.quadrant.as_str())).collect();
    assert_eq!(placed, [("speed", "concentrate_here"), ("care", "possible_overkill")]);
    assert_eq!(drivers.grid(Basis::Nps, true, Confidence::default()), None);
}

#[test]
fn a_sample_of_aspects_takes_complete_answers() {
    let drivers = survey();
    assert_eq!(drivers.aspect_sample(Basis::Rating, &["speed"]).gram().n(), 40);
    assert_eq!(drivers.aspect_sample(Basis::Rating, &["speed", "care"]).gram().n(), 30);
}
