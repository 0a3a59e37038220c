//! Calendar days and instants, without a clock: who calls brings the time.

use std::fmt;
use std::str::FromStr;

use crate::lang::{Lang, text};
use crate::text::{pieces, whole};

/// Seconds that China's time is ahead of UTC. The country has one zone and no
/// summer time since 1992; "today" in every rule is the date in it.
pub const CHINA_OFFSET_SECONDS: i64 = 8 * 60 * 60;

const DAY_SECONDS: i64 = 86_400;

/// A day of the Gregorian calendar between 1900-01-01 and 2200-12-31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// Why a text is not a date.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DateError {
    /// Neither `YYYY-MM-DD` nor `YYYY/MM/DD`.
    Form,
    /// No such day, such as 30 February.
    NoSuchDay,
    /// Outside 1900 to 2200.
    Range,
}

impl Date {
    /// 1970-01-01.
    pub const EPOCH: Self = Self {
        year: 1970,
        month: 1,
        day: 1,
    };

    /// The day `day` of `month` (from 1) of `year`.
    ///
    /// # Errors
    /// [`DateError::Range`] or [`DateError::NoSuchDay`].
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, DateError> {
        if !(1900..=2200).contains(&year) {
            return Err(DateError::Range);
        }
        let length = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if year.is_multiple_of(4)
                && (!year.is_multiple_of(100) || year.is_multiple_of(400)) =>
            {
                29
            }
            2 => 28,
            _ => return Err(DateError::NoSuchDay),
        };
        if day == 0 || day > length {
            return Err(DateError::NoSuchDay);
        }
        Ok(Self { year, month, day })
    }

    /// The day of eight digits, `YYYYMMDD`, as numbers have it in them.
    #[must_use]
    pub fn from_digits(digits: &str) -> Option<Self> {
        if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let (year, day) = digits.split_at(4);
        let (month, day) = day.split_at(2);
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
    }

    /// Days since 1970-01-01, by the civil-calendar algorithm of H. Hinnant.
    #[must_use]
    pub fn days_since_epoch(self) -> i64 {
        let shifted = i64::from(self.year) - i64::from(self.month <= 2);
        let era = shifted.div_euclid(400);
        let year_of_era = shifted - era * 400;
        let month = i64::from(self.month);
        let day_of_year =
            (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The day that is `days` after 1970-01-01, if it is in range.
    #[must_use]
    pub fn from_days_since_epoch(days: i64) -> Option<Self> {
        let shifted = days.checked_add(719_468)?;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted - era * 146_097;
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_shifted + 2) / 5 + 1;
        let month = if month_shifted < 10 {
            month_shifted + 3
        } else {
            month_shifted - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self::new(
            u16::try_from(year).ok()?,
            u8::try_from(month).ok()?,
            u8::try_from(day).ok()?,
        )
        .ok()
    }

    /// The day `days` after this one.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Option<Self> {
        Self::from_days_since_epoch(self.days_since_epoch().checked_add(days)?)
    }

    /// The same day of the month `months` later, or the last day of a month
    /// that is too short (民法典 article 202).
    #[must_use]
    pub fn plus_months(self, months: u16) -> Option<Self> {
        self.month_at(self.month_number() + i32::from(months))
    }

    /// The same day of the month `months` earlier, or the last day of a month
    /// that is too short.
    #[must_use]
    pub fn minus_months(self, months: u16) -> Option<Self> {
        self.month_at(self.month_number() - i32::from(months))
    }

    /// The first day of the month.
    #[must_use]
    pub fn month_begin(self) -> Self {
        Self { day: 1, ..self }
    }

    fn month_number(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.month) - 1
    }

    /// This day in another month, or the last one that it has.
    fn month_at(self, number: i32) -> Option<Self> {
        let year = u16::try_from(number.div_euclid(12)).ok()?;
        let month = u8::try_from(number.rem_euclid(12)).ok()? + 1;
        let mut days = (28..=self.day).rev().chain([self.day.min(28)]);
        days.find_map(|day| Self::new(year, month, day).ok())
    }

    /// The instant this day begins in China.
    #[must_use]
    pub fn midnight_in_china(self) -> Timestamp {
        Timestamp(self.days_since_epoch() * DAY_SECONDS - CHINA_OFFSET_SECONDS)
    }
}

impl FromStr for Date {
    type Err = DateError;

    /// Parses `YYYY-MM-DD`, `YYYY/M/D` and `YYYY.M.D`.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let [year, month, day] = pieces(text.trim(), b"-/.")[..] else {
            return Err(DateError::Form);
        };
        let number = |part: &str, longest: usize| {
            let number = whole(part).filter(|_| part.len() <= longest);
            number
                .and_then(|number| u16::try_from(number).ok())
                .ok_or(DateError::Form)
        };
        let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
        let small = |number: u16| u8::try_from(number).map_err(|_| DateError::Form);
        Self::new(year, small(month)?, small(day)?)
    }
}

impl Date {
    /// The day as ISO 8601 has it, without a formatter on the way.
    #[must_use]
    pub fn text(self) -> String {
        let mut text = String::with_capacity(10);
        push_two(&mut text, self.year / 100);
        push_two(&mut text, self.year % 100);
        for part in [self.month, self.day] {
            text.push('-');
            push_two(&mut text, part.into());
        }
        text
    }
}

/// The last two digits of a number.
fn push_two(text: &mut String, number: u16) {
    for digit in [number / 10 % 10, number % 10] {
        text.push(char::from_digit(digit.into(), 10).unwrap_or('0'));
    }
}

impl Date {
    /// As people say it: `2026年1月5日`, `5 January 2026`.
    #[must_use]
    pub fn in_words(self, lang: Lang) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let Self { year, month, day } = self;
        match lang {
            Lang::ZhCn => format!("{year}年{month}月{day}日"),
            Lang::En => format!("{day} {} {year}", MONTHS[usize::from(month) - 1]),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl DateError {
    /// Stable code for machines.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Form => "date-form",
            Self::NoSuchDay => "no-such-day",
            Self::Range => "date-range",
        }
    }

    /// The sentence for people.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> &'static str {
        let sentence = match self {
            Self::Form => text(
                "日期应写明年月日，例如 2026-11-27",
                "a day has year, month and day, such as 2026-11-27",
            ),
            Self::NoSuchDay => text("日历上没有这一天", "the calendar has no such day"),
            Self::Range => text(
                "年份应在 1900 至 2200 之间",
                "the year is between 1900 and 2200",
            ),
        };
        sentence.in_lang(lang)
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => "not a date of the form YYYY-MM-DD",
            Self::NoSuchDay => "the calendar has no such day",
            Self::Range => "year outside 1900 to 2200",
        })
    }
}

impl std::error::Error for DateError {}

/// A moment, in seconds since 1970-01-01T00:00:00Z. Written with China's
/// offset, as Chinese documents do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment `seconds` after 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn from_unix(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn unix(self) -> i64 {
        self.0
    }

    /// This moment and `seconds`.
    #[must_use]
    pub fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// The date in China at this moment; the nearest representable one when
    /// the moment is outside 1900 to 2200.
    #[must_use]
    pub fn date_in_china(self) -> Date {
        let days = self
            .0
            .saturating_add(CHINA_OFFSET_SECONDS)
            .div_euclid(DAY_SECONDS);
        let edge = if days < 0 {
            (1900, 1, 1)
        } else {
            (2200, 12, 31)
        };
        Date::from_days_since_epoch(days).unwrap_or(Date {
            year: edge.0,
            month: edge.1,
            day: edge.2,
        })
    }

    /// Hours, minutes, seconds of the day in China.
    #[must_use]
    pub fn time_in_china(self) -> (u8, u8, u8) {
        let seconds = self
            .0
            .saturating_add(CHINA_OFFSET_SECONDS)
            .rem_euclid(DAY_SECONDS);
        // Below 86 400, so each part fits.
        let part = |number: i64| u8::try_from(number).unwrap_or_default();
        (
            part(seconds / 3600),
            part(seconds / 60 % 60),
            part(seconds % 60),
        )
    }
}

impl Timestamp {
    /// In China, as RFC 3339 has it: `2026-11-24T09:05:00+08:00`.
    #[must_use]
    pub fn text(self) -> String {
        let (hour, minute, second) = self.time_in_china();
        let mut text = self.date_in_china().text();
        for (before, part) in [('T', hour), (':', minute), (':', second)] {
            text.push(before);
            push_two(&mut text, part.into());
        }
        text.push_str("+08:00");
        text
    }

    /// Date and minute in China, as people read them: `2026-11-24 09:05`.
    #[must_use]
    pub fn minute(self) -> String {
        let (hour, minute, _) = self.time_in_china();
        let mut text = self.date_in_china().text();
        text.push(' ');
        push_two(&mut text, hour.into());
        text.push(':');
        push_two(&mut text, minute.into());
        text
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl FromStr for Timestamp {
    type Err = DateError;

    /// Parses what [`Display`](fmt::Display) writes: China's offset, whole seconds.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let date = text.get(..10).ok_or(DateError::Form)?;
        let time = text.get(10..).unwrap_or_default();
        let time = time.strip_prefix('T').ok_or(DateError::Form)?;
        let time = time.strip_suffix("+08:00").filter(|time| time.len() == 8);
        let [hour, minute, second] = pieces(time.ok_or(DateError::Form)?, b":")[..] else {
            return Err(DateError::Form);
        };
        let number = |part: &str, limit: i64| {
            whole(part)
                .filter(|number| part.len() == 2 && *number < limit)
                .ok_or(DateError::Form)
        };
        let (hour, minute, second) = (number(hour, 24)?, number(minute, 60)?, number(second, 60)?);
        let midnight = date.parse::<Date>()?.midnight_in_china();
        Ok(midnight.plus(hour * 3600 + minute * 60 + second))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_are_read_as_registries_write_them() {
        for (text, expected) in [
            ("1979-10-03", Ok("1979-10-03")),
            ("1979/1/3", Ok("1979-01-03")),
            ("2000-02-29", Ok("2000-02-29")),
            ("1900-02-29", Err("no-such-day")),
            ("1990-02-30", Err("no-such-day")),
            ("1990-13-01", Err("no-such-day")),
            ("0000-00-00", Err("date-range")),
            ("99999-01-01", Err("date-form")),
            ("N/A", Err("date-form")),
            ("", Err("date-form")),
            ("1990-01-01-01", Err("date-form")),
            ("+990-01-01", Err("date-form")),
        ] {
            let found = text.parse::<Date>().map(|date| date.to_string());
            let found = found.as_deref().map_err(DateError::code);
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn months_end_where_the_calendar_has_a_day() {
        for (from, months, expected) in [
            ("2026-04-01", 12, "2027-04-01"),
            ("2025-11-30", 3, "2026-02-28"),
            ("2023-11-30", 3, "2024-02-29"),
            ("2026-01-31", 1, "2026-02-28"),
            ("2026-12-15", 1, "2027-01-15"),
            ("2026-08-31", 36, "2029-08-31"),
        ] {
            let date: Date = from.parse().unwrap();
            let found = date.plus_months(months).unwrap().to_string();
            assert_eq!(found, expected, "{from} and {months} months");
        }
        let last: Date = "2200-12-31".parse().unwrap();
        assert_eq!(last.plus_months(1), None);
        assert_eq!(last.plus_days(1), None);
    }

    #[test]
    fn the_day_turns_at_midnight_in_china() {
        let before: Timestamp = "2026-11-23T23:59:59+08:00".parse().unwrap();
        assert_eq!(before.unix(), 1_795_449_599);
        assert_eq!(before.date_in_china().to_string(), "2026-11-23");
        assert_eq!(before.plus(1).to_string(), "2026-11-24T00:00:00+08:00");
        assert_eq!(
            Timestamp::from_unix(0).to_string(),
            "1970-01-01T08:00:00+08:00"
        );
        assert_eq!(
            Timestamp::from_unix(i64::MAX).date_in_china().to_string(),
            "2200-12-31"
        );
        assert_eq!(
            Timestamp::from_unix(i64::MIN).date_in_china().to_string(),
            "1900-01-01"
        );
    }

    proptest! {
        #[test]
        fn every_day_survives_the_round_trip(days in -25_000_i64..84_000) {
            let date = Date::from_days_since_epoch(days).unwrap();
            prop_assert_eq!(date.days_since_epoch(), days);
            prop_assert_eq!(date.to_string().parse::<Date>().unwrap(), date);
        }

        #[test]
        fn every_moment_survives_the_round_trip(seconds in -2_000_000_000_i64..7_000_000_000) {
            let moment = Timestamp::from_unix(seconds);
            prop_assert_eq!(moment.to_string().parse::<Timestamp>().unwrap(), moment);
        }

        #[test]
        fn no_text_panics(text in ".{0,40}") {
            let _ = text.parse::<Date>();
            let _ = text.parse::<Timestamp>();
        }
    }
}
