//! Days of the synthetic records.

use credit_core::date::Date;

use super::SOURCE_DATE;
use super::random::Random;

/// The day that a literal says.
pub(super) fn day(text: &str) -> Date {
    text.parse().unwrap_or(Date::EPOCH)
}

/// The first day of random decisions.
pub(super) fn first_decision() -> Date {
    day("2023-01-01")
}

/// The last day of decisions, before the day of the data.
pub(super) fn last_decision() -> Date {
    days_after(day(SOURCE_DATE), -2)
}

pub(super) fn days_after(date: Date, days: i64) -> Date {
    date.plus_days(days).unwrap_or(date)
}

/// The day on which an office sent what it had decided: mostly within the term of seven
/// working days, which a weekend or two makes longer.
pub(super) fn sent(decided: Date, random: &mut Random) -> Date {
    let days = match random.below(100) {
        0..85 => random.below(8),
        85..94 => 8 + random.below(6),
        _ => 14 + random.below(40),
    };
    days_after(decided, i64::from(days)).min(day(SOURCE_DATE))
}

/// The last day of a term of months that begins on `date`.
pub(super) fn term_end(date: Date, months: u16) -> Date {
    let after = date.plus_months(months).unwrap_or(date);
    days_after(after, -1)
}

/// The year that a date begins with.
pub(super) fn year(date: Date) -> u16 {
    let text = date.to_string();
    text.get(..4)
        .and_then(|year| year.parse().ok())
        .unwrap_or_default()
}
