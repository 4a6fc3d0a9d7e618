//! Known days of promotions.

use jiff::ToSpan;
use jiff::civil::Date;
use std::sync::LazyLock;

/// Days after a promotion in which its parcels and their reviews come in.
const AFTER: i64 = 7;

/// How many of the promotions that have begun to look at: no day lies in an earlier one.
const OVERLAP: usize = 4;

static DAYS: LazyLock<Vec<(Date, Date, &'static str)>> =
    LazyLock::new(|| include_str!("data/promotion.tsv").lines().filter_map(row).collect());

fn row(line: &'static str) -> Option<(Date, Date, &'static str)> {
    let mut cells = line.split('\t');
    let first = cells.next()?.parse().ok()?;
    let last: Date = cells.next()?.parse().ok()?;
    Some((first, last.checked_add(AFTER.days()).ok()?, cells.next()?))
}

/// The promotion that raises the feedback of a day: 618, 双11, Black Friday …; known for 2023 to 2028.
///
/// It counts until a week after its last day, because feedback follows the parcels.
///
/// ```
/// use candor::metrics::alarm::promotion;
/// use jiff::civil::date;
/// assert_eq!(promotion::on(date(2025, 11, 11)), Some("双11"));
/// assert_eq!(promotion::on(date(2025, 9, 1)), None);
/// ```
pub fn on(day: Date) -> Option<&'static str> {
    let begun = DAYS.get(..DAYS.partition_point(|(first, ..)| *first <= day)).unwrap_or_default();
    begun.iter().rev().take(OVERLAP).find(|(_, last, _)| *last >= day).map(|(_, _, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Weekday, date};

    #[test]
    fn every_row_is_read_and_in_order() {
        let rows = include_str!("data/promotion.tsv").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(rows.count(), DAYS.len());
        assert!(DAYS.windows(2).all(|pair| pair[0].0 <= pair[1].0));
        assert!(DAYS.iter().all(|(first, last, _)| first < last && (2023..=2028).contains(&first.year())));
    }

    #[test]
    fn no_promotion_is_overlooked() {
        let mut day = date(2023, 1, 1);
        while day < date(2029, 2, 1) {
            let all = DAYS.iter().rev().find(|(first, last, _)| (*first..=*last).contains(&day));
            assert_eq!(on(day), all.map(|(_, _, name)| *name), "{day}");
            day = day.tomorrow().unwrap();
        }
    }

    #[test]
    fn moving_days_follow_their_rule() {
        for year in 2023..=2028 {
            let friday =
                date(year, 11, 1).nth_weekday_of_month(4, Weekday::Thursday).unwrap().tomorrow().unwrap();
            let named =
                |name| DAYS.iter().find(|(first, _, n)| first.year() == year && *n == name).unwrap().0;
            assert_eq!(named("Black Friday"), friday);
            assert_eq!(named("Cyber Monday"), friday.nth_weekday(1, Weekday::Monday).unwrap());
        }
    }
}
