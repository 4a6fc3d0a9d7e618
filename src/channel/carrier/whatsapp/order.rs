//! Whether day or month comes first, told by all dates of a chat.

use crate::channel::DateOrder;
use crate::channel::parse::time::{Clock, order_of};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The order that the dates tell; nothing when they contradict each other or leave it open.
pub(super) fn told<'t>(dates: &(impl Iterator<Item = &'t str> + Clone)) -> Option<DateOrder> {
    let mut orders = dates.clone().filter_map(order_of);
    if let Some(first) = orders.next() {
        return orders.all(|order| order == first).then_some(first);
    }
    // Nobody writes the month first between points.
    let pointed = |date: &str| {
        let date = date.split(' ').next().unwrap_or_default();
        date.contains('.') && date.split('.').next().is_some_and(|part| part.len() <= 2)
    };
    if dates.clone().next().is_some_and(pointed) {
        return Some(DateOrder::DayMonth);
    }
    match [DateOrder::DayMonth, DateOrder::MonthDay].map(|order| runs_on(order, dates.clone())) {
        [true, false] => Some(DateOrder::DayMonth),
        [false, true] => Some(DateOrder::MonthDay),
        _ => None,
    }
}

/// Seconds by which the clock of a telephone may go back.
const DRIFT: i64 = 2 * 24 * 3600;

/// Whether time does not run backwards when the dates are read in this order.
fn runs_on<'t>(order: DateOrder, dates: impl Iterator<Item = &'t str>) -> bool {
    let clock = Clock::new(TimeZone::UTC, Some(order));
    let mut last = Timestamp::MIN;
    dates.filter_map(|date| clock.read(date).ok()).all(|at| {
        let forward = at.as_second() + DRIFT >= last.as_second();
        last = last.max(at);
        forward
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_file_tells() {
        for (dates, order) in [
            (&["03/04/24 10:00", "25/04/24 10:00"][..], Some(DateOrder::DayMonth)),
            (&["3/4/24 1:00 PM", "4/25/24 1:00 PM"], Some(DateOrder::MonthDay)),
            (&["03.04.24 10:00"], Some(DateOrder::DayMonth)),
            (&["11/10/23 10:00", "02/11/23 10:00"], Some(DateOrder::DayMonth)),
            (&["10/11/23 10:00", "11/02/23 10:00"], Some(DateOrder::MonthDay)),
            (&["03/04/24 10:00", "04/04/24 10:00"], None),
            (&["25/04/24 10:00", "04/25/24 10:00"], None),
            (&["2024/04/03 10:00"], None),
        ] {
            assert_eq!(told(&dates.iter().copied()), order, "{dates:?}");
        }
    }
}
