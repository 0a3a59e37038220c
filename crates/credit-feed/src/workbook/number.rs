//! Numbers of a workbook as a CSV would have them.

/// Days from 1899-01-01 to 1899-12-31, which is day 0, and to 1904-01-01.
const TO_1900: i64 = 364;
const TO_1904: i64 = 1_825;

/// 9999-12-31, the last day that a workbook can hold.
const LAST: f64 = 2_958_466.0;

/// A day in milliseconds.
const DAY: f64 = 86_400_000.0;

/// The text of a number; `is_day` where its style shows a day.
pub(super) fn text(said: &str, is_day: bool, is_1904: bool) -> String {
    let Some(number) = said.trim().parse::<f64>().ok().filter(|n| n.is_finite()) else {
        return said.to_owned();
    };
    if is_day && let Some(day) = day(number, is_1904) {
        return day;
    }
    if number.fract() == 0.0 && number.abs() < 1e15 {
        format!("{number:.0}")
    } else if number.abs() >= 1e15 {
        // Beyond fifteen digits a workbook has rounded: this is no code any more,
        // and may not look like one.
        format!("{number:e}")
    } else {
        number.to_string()
    }
}

/// The day that a number of days stands for; the core's calendar is too short for
/// what a workbook can hold.
fn day(number: f64, is_1904: bool) -> Option<String> {
    if !(0.0..LAST).contains(&number) {
        return None;
    }
    // What is a blink before midnight is the next day.
    let carried = i64::from((number.fract() * DAY).round() >= DAY);
    let days = number.trunc() as i64 + carried;
    let days = match days {
        days if is_1904 => days + TO_1904,
        // Lotus 1-2-3 had a 29th of February in 1900, and so has every workbook.
        60.. => days - 1 + TO_1900,
        days => days + TO_1900,
    };
    let (mut year, mut left) = (1899, days);
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    while left >= 365 + i64::from(leap(year)) {
        left -= 365 + i64::from(leap(year));
        year += 1;
    }
    let lengths = [
        31,
        28 + i64::from(leap(year)),
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ];
    let mut month = 0;
    while left >= lengths[month] {
        left -= lengths[month];
        month += 1;
    }
    Some(format!("{year:04}-{:02}-{:02}", month + 1, left + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_would() {
        for (said, is_day, expected) in [
            ("45425", true, "2024-05-13"),
            ("45425.9999999999", true, "2024-05-14"),
            ("45425.5", true, "2024-05-13"),
            ("61", true, "1900-03-01"),
            ("59", true, "1900-02-28"),
            ("1", true, "1900-01-01"),
            ("-1", true, "-1"),
            ("0.5", true, "1899-12-31"),
            ("2958465", true, "9999-12-31"),
            ("2958466", true, "2958466"),
            ("45425", false, "45425"),
            ("1.20102199001010013E17", false, "1.2010219900101002e17"),
            ("0.10000000000000001", false, "0.1"),
            ("12.5", false, "12.5"),
            ("abc", false, "abc"),
            ("1e999", false, "1e999"),
            ("", true, ""),
        ] {
            assert_eq!(text(said, is_day, false), expected, "{said}");
        }
        assert_eq!(text("43963", true, true), "2024-05-13");
    }
}
