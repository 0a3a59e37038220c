//! 工作日: days off and days worked by notice of the State Council.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::date::Date;
use crate::table::table;

const TABLE: &str = table!("../../data/calendar.txt");

/// The calendar of working days.
#[derive(Debug, Default)]
pub struct Calendar {
    off: BTreeSet<Date>,
    worked: BTreeSet<Date>,
    /// First and last day that notices cover; outside, weekends alone count.
    pub known: Option<(Date, Date)>,
}

/// The calendar.
#[must_use]
pub fn calendar() -> &'static Calendar {
    static CALENDAR: OnceLock<Calendar> = OnceLock::new();
    CALENDAR.get_or_init(|| {
        let mut calendar = Calendar::default();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let word = columns.next();
            let mut date = || columns.next()?.parse::<Date>().ok();
            let (Some(first), last) = (date(), date()) else {
                continue;
            };
            match (word, last) {
                (Some("known"), Some(last)) => calendar.known = Some((first, last)),
                (Some("off"), Some(last)) => {
                    let mut day = Some(first);
                    while let Some(off) = day.filter(|day| *day <= last) {
                        calendar.off.insert(off);
                        day = off.plus_days(1);
                    }
                }
                (Some("work"), _) => {
                    calendar.worked.insert(first);
                }
                _ => {}
            }
        }
        calendar
    })
}

impl Calendar {
    /// Whether public bodies work on `day`.
    #[must_use]
    pub fn is_working(&self, day: Date) -> bool {
        // 1970-01-01 was a Thursday; days 0 to 4 are Monday to Friday.
        let weekday = (day.days_since_epoch() + 3).rem_euclid(7);
        self.worked.contains(&day) || (weekday < 5 && !self.off.contains(&day))
    }

    /// Working days after `from` up to `to`; none when `to` is not after it.
    #[must_use]
    pub fn working_days(&self, from: Date, to: Date) -> u32 {
        let days = from.days_since_epoch() + 1..=to.days_since_epoch();
        let worked = days
            .filter_map(Date::from_days_since_epoch)
            .filter(|day| self.is_working(*day));
        u32::try_from(worked.count()).unwrap_or(u32::MAX)
    }

    /// The last day of a term of `days` working days that begins after `from`.
    #[must_use]
    pub fn after(&self, from: Date, days: u32) -> Option<Date> {
        let mut day = from;
        let mut left = days;
        while left > 0 {
            day = day.plus_days(1)?;
            left -= u32::from(self.is_working(day));
        }
        Some(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holidays_are_off_and_make_up_days_are_worked() {
        for (day, is_working) in [
            ("2026-02-14", true),
            ("2026-02-16", false),
            ("2026-02-23", false),
            ("2026-02-24", true),
            ("2026-02-28", true),
            ("2026-03-01", false),
            ("2026-10-07", false),
            ("2026-10-10", true),
            ("2026-11-24", true),
            ("2026-11-28", false),
        ] {
            assert_eq!(
                calendar().is_working(day.parse().unwrap()),
                is_working,
                "{day}"
            );
        }
    }

    #[test]
    fn a_term_is_counted_in_working_days() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        // Over the National Day holiday: 28, 29, 30 September, 8, 9, 10, 12 October.
        let end = calendar().after(date("2026-09-25"), 7).unwrap();
        assert_eq!(end, date("2026-10-12"));
        assert_eq!(calendar().working_days(date("2026-09-25"), end), 7);
        assert_eq!(calendar().working_days(end, end), 0);
        assert_eq!(calendar().working_days(end, date("2026-09-25")), 0);
    }
}
